"""The sheet about the gap: every part of a total, what is lost in it and who has more of it."""

from __future__ import annotations

from typing import Any

from indices.analysis.cells import number, records
from indices.analysis.gap import Gap
from indices.analysis.gap_parts import OTHER, RESIDUAL
from indices.analysis.refusal import Refusal
from indices.export.book_model import (
    BookChart,
    Cell,
    Question,
    Series,
    decimal,
    decimal_form,
    distance,
    signed_form,
)
from indices.export.book_teller import Teller, answered, refused
from indices.i18n import points
from indices.narrative import gap as gap_words
from indices.tidy import OVERALL

Row = dict[str, Any]


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
