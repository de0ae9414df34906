"""The decimal mark of a file, told from its clear cells; where none tells, nothing is guessed."""

from __future__ import annotations

from indices.loaders.cells import all_whole, marks_of, odd_marks
from indices.loaders.findings import Findings
from indices.loaders.raw import RawTable
from indices.loaders.roles import below
from indices.loaders.sheets import Sheet
from indices.numbers import DecimalMark


def decimal_mark(
    used: list[Sheet], separator: str, given: DecimalMark | None, findings: Findings
) -> DecimalMark | None:
    """The decimal mark of the file; None where its cells show both or none."""
    if given == "." or (given and separator != ","):
        return given
    marks: set[DecimalMark] = set()
    for sheet in used:
        assert sheet.header is not None
        table = below(sheet.table, sheet.header)
        scores = [column.at for column in sheet.columns if column.role == "score"]
        found = marks_of(table, scores)
        marks |= found
        if len(found) > 1:
            _mixed(findings, sheet, table, scores)
        if separator == "," and not found:
            _comma_unclear(findings, sheet, table)
    return given or (marks.pop() if len(marks) == 1 else None)


def _mixed(findings: Findings, sheet: Sheet, table: RawTable, scores: list[int]) -> None:
    for at, row, text in odd_marks(table, scores):
        heading = next(column.heading for column in sheet.columns if column.at == at)
        findings.add(
            "decimal_marks_mixed",
            table=table,
            place=row,
            at=at,
            heading=heading,
            value=text,
            severity="warning",
        )


def _comma_unclear(findings: Findings, sheet: Sheet, table: RawTable) -> None:
    """A comma may part cells or decimals: scores that all come out whole cannot tell which."""
    for column in sheet.columns:
        right = column.at + 1
        if column.role == "score" and right < table.width and all_whole(table, column.at, right):
            findings.add("comma_unclear", table=table, at=column.at, heading=column.heading)
            return
