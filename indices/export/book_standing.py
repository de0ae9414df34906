"""Sheets about where a province stands: in every index now, through the years, and part by part."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from indices.analysis.cells import number, records
from indices.analysis.gap import Gap
from indices.analysis.gap_parts import OTHER, RESIDUAL
from indices.analysis.history import HISTORY_DTYPES
from indices.analysis.refusal import Refusal
from indices.analysis.status import STATUS_DTYPES
from indices.export.book_model import (
    WHOLE,
    BookChart,
    Cell,
    Question,
    Series,
    decimal,
    decimal_form,
    distance,
    of_scale,
    places,
    signed_form,
    whole,
)
from indices.export.book_teller import Teller, answered, refused
from indices.i18n import points, word
from indices.narrative import gap as gap_words
from indices.narrative import headline, history_alt
from indices.narrative.briefing import briefing_sentences
from indices.tidy import OVERALL

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


def gap_parts(teller: Teller) -> Question:
    """One row a part: what is left to its scale's end, and what the province at the line has more of."""
    columns = teller.columns(
        *("index", "edition", "part", "within", "own", "scale_max", "factor", "lost"),
        *("line_province", "at_line", "difference", "difference_around", "source"),
        part=40,
        within=26,
    )
    rows: list[dict[str, Cell]] = []
    charts: list[BookChart] = []
    remarks = teller.without_figure()
    for book in teller.books:
        for edition, refusal in refused(book.gap):
            remarks.append(teller.why_not(book.index, edition, refusal))
        for edition, found in answered(book.gap):
            start = len(rows)
            parts = _parts(found)
            rows += [_part_row(teller, book.index, edition, found, row) for row in parts]
            charts += _gap_chart(teller, book.index, edition, found, parts, start)
            remarks += _gap_remarks(teller, book.index, edition, found)
    return teller.question(
        "gap", _gap_title(teller), columns, rows, charts=tuple(charts), remarks=tuple(dict.fromkeys(remarks))
    )


def _parts(found: Gap) -> list[Row]:
    """The rows of both tables by part: those of the whole first, the largest distance on top."""
    rows: dict[tuple[str, str], Row] = {}
    for table in (found.parts, found.lost):
        if not isinstance(table, Refusal):
            for row in records(table, list(table.columns)):
                known = rows.setdefault((row["parent"], row["component"]), {})
                known |= {name: value for name, value in row.items() if value is not None}
    measure = "lost" if isinstance(found.parts, Refusal) else "difference"
    parents = list(dict.fromkeys(row["parent"] for row in rows.values()))
    parents.sort(key=lambda parent: parent != OVERALL)

    def order(row: Row) -> tuple[int, bool, float]:
        rest = row["component"] in (RESIDUAL, OTHER)
        return parents.index(row["parent"]), rest, -row.get(measure, 0.0)

    return sorted(rows.values(), key=order)


def _part_row(teller: Teller, index: str, edition: str, found: Gap, row: Row) -> dict[str, Cell]:
    rest = row["component"] in (RESIDUAL, OTHER)
    scale, total = row.get("scale_max"), number(found.summary["scale_max"].iloc[0])
    line = None if isinstance(found.parts, Refusal) else found.summary["target_province"].iloc[0]
    return {
        **teller.where(index, edition),
        "part": teller.part(index, edition, row["component"]),
        "within": teller.part(index, edition, row["parent"]),
        "own": decimal(row.get("own"), 4 if rest else points(scale)),
        "scale_max": decimal(scale, points(scale) if scale != round(scale or 0) else 0),
        "factor": decimal(row.get("factor"), 4),
        "lost": decimal(row.get("lost"), 4 if rest else points(total)),
        "line_province": teller.called(line) if row.get("difference") is not None else None,
        "at_line": decimal(row.get("at_line"), 4 if rest else points(scale)),
        "difference": distance(row.get("difference"), total),
        "difference_around": distance(row.get("difference_around"), total),
        "source": row.get("source"),
    }


def _gap_chart(
    teller: Teller, index: str, edition: str, found: Gap, parts: list[Row], start: int
) -> list[BookChart]:
    """Bars of what the province at the line has more of; of what is lost where that is not known, or ours."""
    ours = str(found.summary["target_province"].iloc[0]) == teller.answers.base.province
    measure = "lost" if isinstance(found.parts, Refusal) or ours else "difference"
    shown = [row for row in parts if row["parent"] == OVERALL and row["component"] not in (RESIDUAL, OTHER)]
    if len(shown) < 2 or any(row.get(measure) is None for row in shown):
        return []
    digits = points(number(found.summary["scale_max"].iloc[0]))
    line = teller.called(found.summary["target_province"].iloc[0]) if measure == "difference" else ""
    title = teller.text(f"book.gap_chart_{measure}", index=index, edition=edition, line=line)
    name = next(column.head for column in teller.columns(measure))
    return [
        BookChart(
            form="bar",
            title=title,
            axis_title=teller.text("book.total_points"),
            categories="part",
            series=(Series(name, "focal", measure, start, start + len(shown) - 1),),
            form_of_values=signed_form(digits) if measure == "difference" else decimal_form(digits),
        )
    ]


def _gap_remarks(teller: Teller, index: str, edition: str, found: Gap) -> list[str]:
    row = teller.named(records(found.summary, list(found.summary.columns))[0])
    said = [gap_words.gap_headline(found, teller.focal, teller.language)]
    said.append(teller.of(index, edition, gap_words.line_sentence(row, teller.language) + "."))
    beside = gap_words.neighbours_sentence(row, teller.language)
    said += [teller.of(index, edition, beside + ".")] if beside else []
    refusals = [table for table in (found.parts, found.lost) if isinstance(table, Refusal)]
    return said + [teller.why_not(index, edition, refusal) for refusal in refusals]


def _gap_title(teller: Teller) -> str:
    """The sentence about the index nearest to the target from outside, else with the least lead."""
    found = [answer for book in teller.books for _, answer in list(answered(book.gap))[:1]]
    rows = [(records(answer.summary, ["places_to_go", "points_to_go"])[0], answer) for answer in found]
    outside = [(row["places_to_go"], at) for at, (row, _) in enumerate(rows) if row["places_to_go"]]
    leads = [
        (-row["points_to_go"], at) for at, (row, _) in enumerate(rows) if row["points_to_go"] is not None
    ]
    chosen = min(outside, default=min(leads, default=(0, 0)))[1]
    return gap_words.gap_headline(rows[chosen][1], teller.focal, teller.language) if rows else ""
