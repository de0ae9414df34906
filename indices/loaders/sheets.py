"""The sheets of a file: which of them hold a table, what each says of itself, which are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indices.catalogue import Catalogue
from indices.loaders.cells import rows_filled_beyond
from indices.loaders.findings import Findings
from indices.loaders.header import Header, find_header, is_turned
from indices.loaders.headings import Vocabulary
from indices.loaders.legacy import legacy_cell, legacy_finding
from indices.loaders.proposal import Evidence, evidence, heading_indices
from indices.loaders.raw import RawTable
from indices.loaders.roles import Column, answer
from indices.loaders.rows import RowNames


@dataclass(frozen=True, slots=True)
class Context:
    """What every step of reading a file rests on, and where it tells what it finds."""

    file: str
    catalogue: Catalogue
    vocabulary: Vocabulary
    names: RowNames
    findings: Findings


@dataclass(slots=True)
class Sheet:
    """A table on its way: what was found of it so far."""

    table: RawTable
    header: Header | None
    said: list[Evidence]
    votes: Counter[str]
    used: bool = False
    index: str | None = None
    edition: str | None = None
    columns: tuple[Column, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it has headings and a column of provinces."""
        return self.header is not None and self.header.province_at is not None


def look_at(table: RawTable, context: Context) -> Sheet:
    """A table with its header and what its titles, headings, sheet and file name say of it."""
    is_province, vocabulary = context.names.is_province, context.vocabulary
    if is_turned(table, is_province):
        table = table.turn()
    header = find_header(table, vocabulary, is_province)
    above = header.above if header else tuple(c for row in table.head(8) for c in row if c.strip())
    headings = [head.heading for head in header.heads] if header else []
    said = [evidence("title", above[:40], vocabulary)]
    if table.sheet is not None:
        said.append(evidence("sheet", [table.sheet], vocabulary))
    said.append(evidence("heading", headings, vocabulary))
    said.append(evidence("file", [context.file.rsplit(".", 1)[0]], vocabulary))
    return Sheet(table, header, said, heading_indices(header) if header else Counter())


def choose(sheets: list[Sheet], wanted: Sequence[str], answers: Mapping[str, str], context: Context) -> None:
    """Which sheets are read: those asked for, else every visible one that looks like a table."""
    for sheet in sheets:
        name = sheet.table.sheet
        if wanted:
            sheet.used = name in wanted and sheet.is_table
            if name in wanted and not sheet.is_table:
                _no_table(context, sheet)
            continue
        sheet.used = sheet.is_table and _has_values(sheet, answers) and not sheet.table.hidden
    if any(sheet.used for sheet in sheets):
        for sheet in sheets:
            if not sheet.used and not wanted:
                code = "sheet_hidden" if sheet.is_table and sheet.table.hidden else "sheet_not_a_table"
                context.findings.add(code, table=sheet.table, severity="note", value=sheet.table.sheet)
        return
    visible = [sheet for sheet in sheets if not sheet.table.hidden] or sheets
    old = [sheet for sheet in visible[:3] if _in_old_letters(sheet, context)]
    if old:
        return
    known = [sheet for sheet in sheets if sheet.is_table and not sheet.table.hidden]
    for sheet in known[:3]:
        context.findings.add("column_missing_score", table=sheet.table, place=sheet.header.last)  # type: ignore[union-attr]  # a table has one
    if not known:
        _no_table(context, max(visible, key=lambda sheet: sheet.table.n_rows))


def _in_old_letters(sheet: Sheet, context: Context) -> bool:
    """Whether a table is not understood because its text is in an old encoding, which is told."""
    found = legacy_cell(sheet.table, context.names.is_province)
    if found is None:
        return False
    row, column, word = found
    code, slots = legacy_finding(word, context.names.is_province) or ("", {})
    context.findings.add(code, table=sheet.table, place=row, at=column, value=word, **slots)  # type: ignore[arg-type]  # texts, or none
    return True


def _no_table(context: Context, sheet: Sheet) -> None:
    if sheet.header is not None:
        context.findings.add("column_missing_province", table=sheet.table, place=sheet.header.last)
    else:
        context.findings.add("header_missing", table=sheet.table)


def _has_values(sheet: Sheet, answers: Mapping[str, str]) -> bool:
    assert sheet.header is not None
    answered = any(
        (answer(head, answers) or "").split(":")[0] in ("score", "rank") for head in sheet.header.heads
    )
    return answered or any(
        entry.role in ("score", "rank", "year")
        for head in sheet.header.heads
        if head.meaning
        for entry in head.meaning.entries
    )


def too_wide(sheet: Sheet, table: RawTable, findings: Findings) -> None:
    """Cells of a text file to the right of its last heading: a separator too many in the row."""
    assert sheet.header is not None
    if sheet.table.sheet is not None:
        return
    last = max((head.at for head in sheet.header.heads if head.heading), default=0)
    for row in rows_filled_beyond(table, last):
        findings.add("row_too_long", table=table, place=row, n=str(last + 1))
