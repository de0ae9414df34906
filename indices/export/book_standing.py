"""Sheets about where a province stands: in every index now, and through the years."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.history import HISTORY_DTYPES
from indices.analysis.status import STATUS_DTYPES
from indices.export.book_model import (
    WHOLE,
    BookChart,
    Cell,
    Question,
    Series,
    decimal,
    distance,
    of_scale,
    places,
    whole,
)
from indices.export.book_teller import Teller
from indices.i18n import word
from indices.narrative import headline, history_alt
from indices.narrative.briefing import briefing_sentences

Row = dict[str, Any]


def standing(teller: Teller) -> Question:
    """One row an index: the newest place, the distance to the target, the change; below, why and how sure."""
    columns = teller.columns(
        *("index", "name", "edition", "place", "place_kind", "n_ranked", "score", "scale_max", "status"),
        *("places_to_go", "target_province", "target_score", "points_to_go"),
        *("change", "change_since", "comparable", "n_scores", "n_ranks", "basis", "source"),
        name=30,
        basis=22,
    )
    statuses = teller.answers.base.statuses(teller.indices)
    known = {row["index"]: row for row in records(statuses, list(STATUS_DTYPES))}
    rows = [_status_row(teller, index, known.get(index)) for index in teller.indices]
    remarks = teller.without_figure()
    for book in teller.books:
        base = book.base
        if base.change is not None and base.gap is not None and base.certainty is not None:
            answers = (base.change, base.gap, base.certainty, base.outlook)
            remarks += briefing_sentences(book.index, *answers, teller.language)
    title = headline(statuses, len(teller.indices), teller.target_rank, teller.language)
    said = teller.text("book.standing_title", province=teller.focal, said=title)
    return teller.question("standing", said, columns, rows, remarks=tuple(dict.fromkeys(remarks)))


def _status_row(teller: Teller, index: str, row: Row | None) -> dict[str, Cell]:
    spec = teller.catalogue.indices[index]
    cells: dict[str, Cell] = {
        "index": index,
        "name": spec.name_vi if teller.language == "vi" else spec.name_en,
        "status": teller.text("status.unknown"),
    }
    if row is None:
        return cells
    scale = teller.scale(index, row["edition"])
    change = None if row["change"] is None else row["comparable"]
    return cells | {
        "edition": row["edition"],
        **teller.place(row),
        "n_ranked": whole(row["n_ranked"]),
        "score": of_scale(row["score"], scale),
        "scale_max": decimal(scale, 0),
        "status": teller.text(f"status.{row['status']}"),
        "places_to_go": whole(row["places_to_go"]),
        "target_province": teller.called(row["target_province"]),
        "target_score": of_scale(row["target_score"], scale),
        "points_to_go": distance(row["points_to_go"], scale),
        "change": places(row["change"]),
        "change_since": row["change_since"],
        "comparable": teller.yes(change),
        "n_scores": whole(row["n_scores"]),
        "n_ranks": whole(row["n_ranks"]),
        "basis": word("charts.basis", row["basis"], teller.language),
        "source": row["source"],
    }


def history(teller: Teller) -> Question:
    """One row an index and calendar year; a chart an index, cut where the method changed."""
    columns = teller.columns(
        *("index", "year", "rank", "computed", "place", "n_ranked", "target", "score", "scale_max"),
        *("change", "change_since", "comparable", "basis", "source", "note"),
        basis=22,
        note=30,
    )
    rows: list[dict[str, Cell]] = []
    charts = []
    known = met = 0
    first: int | None = None
    for book in teller.books:
        start = len(rows)
        found = records(book.base.history, list(HISTORY_DTYPES))
        rows += [_year_row(teller, row) for row in found]
        charts += _rank_chart(teller, book.base.history, book.index, found, start)
        placed = [row for row in found if row["place"] is not None]
        known += len(placed)
        met += sum(row["place"] <= teller.target_rank for row in placed)
        first = min([row["year"] for row in placed] + ([first] if first is not None else []), default=None)
    title = ""
    if first is not None:
        slots = {"province": teller.focal, "first": first, "target": teller.target_rank}
        title = teller.text("book.history_title", known=known, met=met, **slots)
    remarks = (
        [teller.text("book.hollow")] if any(series.hollow for c in charts for series in c.series) else []
    )
    return teller.question("history", title, columns, rows, charts=tuple(charts), remarks=tuple(remarks))


def _year_row(teller: Teller, row: Row) -> dict[str, Cell]:
    index, scale = row["index"], teller.scale(row["index"], str(row["year"]))
    note = ""
    if row["starts_method"]:
        note = teller.text("book.new_method")
    elif not row["held"]:
        note = teller.text("book.not_held")
    elif row["place"] is None and row["score"] is None:
        note = teller.text("book.not_known")
    return {
        "index": index,
        "year": whole(row["year"]),
        "rank": whole(row["rank"]),
        "computed": whole(row["place"]) if row["computed"] else None,
        "place": whole(row["place"]),
        "n_ranked": whole(row["n_ranked"]),
        "target": whole(teller.target_rank),
        "score": of_scale(row["score"], scale),
        "scale_max": decimal(scale, 0) if row["score"] is not None else None,
        "change": places(row["change"]),
        "change_since": row["change_since"] if row["change"] is not None else None,
        "comparable": teller.yes(row["comparable"] if row["change"] is not None else None),
        "basis": word("charts.basis", row["basis"], teller.language) if row["basis"] else None,
        "source": row["source"],
        "note": note,
    }


def _rank_chart(
    teller: Teller, table: pd.DataFrame, index: str, found: list[Row], start: int
) -> list[BookChart]:
    placed = [row for row in found if row["place"] is not None]
    if not placed:
        return []
    series = []
    stretches = [list(rows) for _, rows in groupby(enumerate(found), key=lambda at: at[1]["segment"])]
    for stretch in stretches:
        if all(row["place"] is None for _, row in stretch):
            continue
        begins, ends = stretch[0][0], stretch[-1][0]
        first, last = stretch[0][1]["year"], stretch[-1][1]["year"]
        years = str(first) if first == last else teller.text("book.years", first=first, last=last)
        series.append(Series(years, "focal", "place", start + begins, start + ends))
    if any(row["computed"] for row in placed):
        name = teller.text("book.computed_rank")
        series.append(Series(name, "focal", "computed", start, start + len(found) - 1, hollow=True))
    name = teller.text("charts.target_group", rank=teller.target_rank)
    series.append(Series(name, "target", "target", start, start + len(found) - 1))
    fields = [row["n_ranked"] for row in placed if row["n_ranked"] is not None]
    return [
        BookChart(
            form="line",
            title=teller.text("book.history_chart", index=index, province=teller.focal),
            axis_title=teller.text("columns.place"),
            categories="year",
            series=tuple(series),
            form_of_values=WHOLE,
            reversed_axis=True,
            most=max([*fields, *(row["place"] for row in placed), teller.target_rank]),
            alt=history_alt(table, index, teller.focal, teller.language),
        )
    ]
