"""The straight line of an uploaded file: bytes → raw tables → tidy tables → report.

Nothing is stored here, and nothing is raised for what a file holds: whatever is wrong stands in the
report, every finding at once.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec, edition_spec
from indices.loaders.assemble import Task, figures_of
from indices.loaders.cells import all_whole, marks_of, odd_marks, rows_filled_beyond
from indices.loaders.contents import by_contents
from indices.loaders.findings import Findings
from indices.loaders.header import Header, find_header, is_turned
from indices.loaders.headings import vocabulary_of
from indices.loaders.legacy import legacy_cell, legacy_finding
from indices.loaders.proposal import Evidence, evidence, heading_indices, likely_edition, likely_index
from indices.loaders.raw import RawTable
from indices.loaders.reading import read_file
from indices.loaders.roles import Column, answer, below, blocks, columns_of
from indices.loaders.rows import RowNames
from indices.numbers import DecimalMark
from indices.problem import Severity, column_letters
from indices.validation.checks import checked
from indices.validation.places import Cells
from indices.validation.report import Report

Edition = tuple[str, str]
"""Index and edition: what a version is of."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the analyst says of a file; what is left out is proposed from the file itself.

    `columns` tells what a heading nobody knows means: heading as typed, or the column's letters in
    brackets ("[C]") where headings are empty or alike → role ("skip", "province",
    "index", "edition", "score", "rank", "n_ranked", "source", "note", or "score:<component>" and
    "rank:<component>"). `sheets` are the sheets to read, all that look like a table where empty.
    `source` is where the figures come from, for rows that do not say it.
    """

    index: str | None = None
    edition: str | None = None
    sheets: tuple[str, ...] = ()
    decimal: DecimalMark | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as the analyst chooses it: `is_table` tells that it looks like one, `used` that it was read."""

    name: str
    hidden: bool
    n_rows: int
    is_table: bool
    used: bool


@dataclass(frozen=True, slots=True)
class ColumnView:
    """How a column was understood: its heading as typed, its letters ("C"), its role ("" is a question)."""

    sheet: str | None
    letters: str
    heading: str
    role: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """A file taken in: what was understood, the tidy tables by edition, and the report.

    `tables` hold an edition only where its rows could be put together; they may be stored only where
    the report has no error. `proposed` are index and edition as the file itself says them (None:
    it does not), `new_editions` those the catalogue does not know yet.
    """

    file_name: str
    content: bytes
    answers: Answers
    report: Report
    raw: tuple[RawTable, ...] = ()
    sheets: tuple[SheetView, ...] = ()
    columns: tuple[ColumnView, ...] = ()
    proposed: tuple[str | None, str | None] = (None, None)
    tables: Mapping[Edition, pd.DataFrame] = field(default_factory=dict)
    new_editions: tuple[EditionSpec, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def questions(self) -> tuple[ColumnView, ...]:
        """Columns whose heading nobody knows, to be asked about once."""
        return tuple(column for column in self.columns if not column.role)

    @property
    def may_be_added(self) -> bool:
        """Whether nothing stops the tables from being stored (warnings still ask for a yes)."""
        return self.report.readable and not self.report.errors and bool(self.tables)


def take_in(
    file_name: str,
    content: bytes,
    catalogue: Catalogue,
    answers: Answers | None = None,
    held: pd.DataFrame | None = None,
) -> Intake:
    """Read, put together and check a file. Never raises for what the file holds.

    `held` is the tidy table of what is held now: with it, unlikely jumps, figures of another edition
    and a file already held are found as well.
    """
    return _Desk(clean_name(file_name), content, catalogue, answers or Answers(), held).intake()


def clean_name(file_name: str) -> str:
    """The name of a file without folders and control signs, at most 120 signs long."""
    last = re.split(r"[\\/]", file_name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-120:] or "file"


@dataclass(slots=True)
class _Sheet:
    """A table on its way: what was found of it."""

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
        return self.header is not None and self.header.province_at is not None


class _Desk:
    def __init__(
        self, file: str, content: bytes, catalogue: Catalogue, answers: Answers, held: pd.DataFrame | None
    ) -> None:
        self.file, self.content, self.catalogue, self.answers, self.held = (
            file,
            content,
            catalogue,
            answers,
            held,
        )
        self.names = RowNames(catalogue.provinces)
        self.vocabulary = vocabulary_of(catalogue)
        self.findings = Findings(file)
        self.proposed: tuple[str | None, str | None] = (None, None)

    def intake(self) -> Intake:
        reading = read_file(self.file, self.content, self.names.is_province)
        self.findings.extend(reading.problems)
        if not reading.tables:
            return self._end((), (), {}, readable=False)
        sheets = [self._looked_at(table) for table in reading.tables]
        self._choose(sheets)
        used = [sheet for sheet in sheets if sheet.used]
        if not used:
            return self._end(reading.tables, sheets, {}, readable=False)
        self._name(sheets, used)
        for sheet in used:
            self._understand(sheet)
        decimal = self._decimal(used, reading.separator)
        figures = [
            part for n, sheet in enumerate(sheets) if sheet.used for part in self._figures(n, sheet, decimal)
        ]
        tables = self._checked(pd.concat(figures, ignore_index=True), sheets)
        return self._end(reading.tables, sheets, tables, readable=True)

    def _looked_at(self, table: RawTable) -> _Sheet:
        if is_turned(table, self.names.is_province):
            table = table.turn()
        header = find_header(table, self.vocabulary, self.names.is_province)
        above = header.above if header else tuple(c for row in table.head(8) for c in row if c.strip())
        headings = [head.heading for head in header.heads] if header else []
        said = [evidence("title", above[:40], self.vocabulary)]
        if table.sheet is not None:
            said.append(evidence("sheet", [table.sheet], self.vocabulary))
        said.append(evidence("heading", headings, self.vocabulary))
        said.append(evidence("file", [self.file.rsplit(".", 1)[0]], self.vocabulary))
        return _Sheet(table, header, said, heading_indices(header) if header else Counter())

    def _choose(self, sheets: list[_Sheet]) -> None:
        """Which sheets are read: those asked for, else every visible one that looks like a table."""
        for sheet in sheets:
            name = sheet.table.sheet
            if self.answers.sheets:
                sheet.used = name in self.answers.sheets and sheet.is_table
                if name in self.answers.sheets and not sheet.is_table:
                    self._no_table(sheet)
                continue
            sheet.used = sheet.is_table and self._has_values(sheet) and not sheet.table.hidden
        if any(sheet.used for sheet in sheets):
            for sheet in sheets:
                if not sheet.used and not self.answers.sheets:
                    code = "sheet_hidden" if sheet.is_table and sheet.table.hidden else "sheet_not_a_table"
                    self.findings.add(code, table=sheet.table, severity="note", value=sheet.table.sheet)
            return
        visible = [sheet for sheet in sheets if not sheet.table.hidden] or sheets
        old = [sheet for sheet in visible[:3] if self._in_old_letters(sheet)]
        if old:
            return
        known = [sheet for sheet in sheets if sheet.is_table and not sheet.table.hidden]
        for sheet in known[:3]:
            self.findings.add("column_missing_score", table=sheet.table, place=sheet.header.last)  # type: ignore[union-attr]
        if not known:
            self._no_table(max(visible, key=lambda sheet: sheet.table.n_rows))

    def _in_old_letters(self, sheet: _Sheet) -> bool:
        """Whether a table is not understood because its text is in an old encoding, which is told."""
        found = legacy_cell(sheet.table, self.names.is_province)
        if found is None:
            return False
        row, column, word = found
        code, slots = legacy_finding(word, self.names.is_province) or ("", {})
        self.findings.add(code, table=sheet.table, place=row, at=column, value=word, **slots)  # type: ignore[arg-type]
        return True

    def _no_table(self, sheet: _Sheet) -> None:
        if sheet.header is not None:
            self.findings.add("column_missing_province", table=sheet.table, place=sheet.header.last)
        else:
            self.findings.add("header_missing", table=sheet.table)

    def _has_values(self, sheet: _Sheet) -> bool:
        assert sheet.header is not None
        answered = any(
            (answer(head, self.answers.columns) or "").split(":")[0] in ("score", "rank")
            for head in sheet.header.heads
        )
        return answered or any(
            entry.role in ("score", "rank", "year")
            for head in sheet.header.heads
            if head.meaning
            for entry in head.meaning.entries
        )

    def _name(self, sheets: list[_Sheet], used: list[_Sheet]) -> None:
        """Index and edition of each sheet: as answered, else as the file says; contradictions are told."""
        for sheet in used:
            sheet.index = likely_index(sheet.said, sheet.votes)
            sheet.edition = likely_edition(sheet.said)
        indices, editions = {s.index for s in used}, {s.edition for s in used}
        self.proposed = (
            next(iter(indices)) if len(indices) == 1 else None,
            next(iter(editions)) if len(editions) == 1 else None,
        )
        if self.answers.index and len(used) > 1:
            self._only(used, "index", self.answers.index)
        if self.answers.edition and len(used) > 1:
            self._only(used, "edition", self.answers.edition)
        for sheet in (sheet for sheet in used if sheet.used):
            if self.answers.index:
                self._contradicts_index(sheet, self.answers.index)
                sheet.index = self.answers.index
            if self.answers.edition:
                self._contradicts_edition(sheet, self.answers.edition)
                sheet.edition = self.answers.edition
        used[:] = [sheet for sheet in used if sheet.used]

    def _only(self, used: list[_Sheet], what: str, wanted: str) -> None:
        """Of several sheets, leave out those that say they are of another index or edition."""
        if not any(getattr(sheet, what) == wanted for sheet in used):
            return
        for sheet in used:
            own = getattr(sheet, what)
            if sheet.used and own not in (None, wanted):
                sheet.used = False
                self.findings.add(
                    "sheet_of_another",
                    table=sheet.table,
                    severity="note",
                    value=sheet.table.sheet,
                    found=str(own),
                    given=wanted,
                )

    def _contradicts_index(self, sheet: _Sheet, given: str) -> None:
        for place in sheet.said:
            if place.indices and given not in place.indices and place.place != "heading":
                severity: Severity = "warning" if place.place == "file" else "error"
                found = ", ".join(sorted(place.indices))
                self._other("wrong_index", sheet, found, given, severity)
                return
        if sheet.votes and not sheet.votes[given] and max(sheet.votes.values()) > 1:
            self._other("wrong_index", sheet, sheet.votes.most_common(1)[0][0], given)

    def _other(self, code: str, sheet: _Sheet, found: str, given: str, severity: Severity = "error") -> None:
        self.findings.add(code, table=sheet.table, value=given, severity=severity, found=found, given=given)

    def _contradicts_edition(self, sheet: _Sheet, given: str) -> None:
        wanted = int(given[:4]) if given[:4].isdigit() else 0
        for place in sheet.said:
            if place.place == "heading" and len(place.years) > 1:
                return  # a panel: each column says its year
            if place.years and wanted not in place.years:
                severity: Severity = "warning" if place.place == "file" else "error"
                found = ", ".join(str(year) for year in sorted(place.years))
                self._other("wrong_edition", sheet, found, given, severity)
                return

    def _understand(self, sheet: _Sheet) -> None:
        assert sheet.header is not None
        year = int(sheet.edition[:4]) if sheet.edition and sheet.edition[:4].isdigit() else None
        columns = columns_of(
            sheet.table, sheet.header, sheet.index, year, self.answers.columns, self.catalogue
        )
        columns = by_contents(
            below(sheet.table, sheet.header),
            columns,
            self.answers.columns,
            self.vocabulary,
            self.catalogue,
            self.findings,
        )
        kept: list[Column] = []
        for column in columns:
            if not column.role:
                self._tell_column(sheet, column, "unused_column", "warning")
            twin = next((k for k in kept if _same(k, column)), None)
            if twin is None or column.role in ("skip", ""):
                kept.append(column)
                continue
            if not sheet.table.columns[twin.at].equals(sheet.table.columns[column.at]):
                self._tell_column(sheet, column, "duplicate_column", other=twin.heading)
            kept.append(replace(column, role="skip"))
        sheet.columns = tuple(kept)
        if not any(column.role in ("score", "rank") for column in kept):
            self.findings.add("column_missing_score", table=sheet.table, place=sheet.header.last)
        has = {column.role for column in kept}
        years = any(c.year for c in kept if c.role in ("score", "rank"))
        own_index = any(c.index for c in kept if c.role in ("score", "rank"))
        if sheet.index is None and "index" not in has and not own_index:
            self.findings.add("index_unknown", table=sheet.table)
        if sheet.edition is None and "edition" not in has and not years:
            self.findings.add("edition_unknown", table=sheet.table)
        elif sheet.edition is not None and sheet.index is not None and "edition" not in has and not years:
            self._known_edition(sheet)

    def _tell_column(
        self, sheet: _Sheet, column: Column, code: str, severity: Severity = "error", **slots: str
    ) -> None:
        assert sheet.header is not None
        self.findings.add(
            code,
            table=sheet.table,
            place=sheet.header.last,
            at=column.at,
            heading=column.heading,
            value=column.heading,
            severity=severity,
            **slots,
        )

    def _known_edition(self, sheet: _Sheet) -> None:
        spec = edition_spec(self.catalogue, str(sheet.index), str(sheet.edition))
        if spec is None or not spec.held:
            code = "edition_not_held" if spec else "edition_impossible"
            self.findings.add(code, table=sheet.table, value=str(sheet.edition), index=str(sheet.index))

    def _decimal(self, used: list[_Sheet], separator: str) -> DecimalMark | None:
        """The decimal mark of the file; None where its cells show both or none."""
        given = self.answers.decimal
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
                self._mixed(sheet, table, scores)
            if separator == "," and not found:
                self._comma_unclear(sheet, table)
        return given or (marks.pop() if len(marks) == 1 else None)

    def _mixed(self, sheet: _Sheet, table: RawTable, scores: list[int]) -> None:
        for at, row, text in odd_marks(table, scores):
            heading = next(column.heading for column in sheet.columns if column.at == at)
            self.findings.add(
                "decimal_marks_mixed",
                table=table,
                place=row,
                at=at,
                heading=heading,
                value=text,
                severity="warning",
            )

    def _comma_unclear(self, sheet: _Sheet, table: RawTable) -> None:
        """A comma may part cells or decimals: scores that all come out whole cannot tell which."""
        for column in sheet.columns:
            right = column.at + 1
            if column.role == "score" and right < table.width and all_whole(table, column.at, right):
                self.findings.add("comma_unclear", table=table, at=column.at, heading=column.heading)
                return

    def _figures(self, number: int, sheet: _Sheet, decimal: DecimalMark | None) -> Iterator[pd.DataFrame]:
        assert sheet.header is not None
        table = below(sheet.table, sheet.header)
        self._too_wide(sheet, table)
        source = self.answers.source or self.file
        for columns in blocks(sheet.columns):
            task = Task(number, table, columns, sheet.index, sheet.edition, source, decimal)
            yield figures_of(task, self.catalogue, self.vocabulary, self.names, self.findings)

    def _too_wide(self, sheet: _Sheet, table: RawTable) -> None:
        """Cells of a text file to the right of its last heading: a separator too many in the row."""
        assert sheet.header is not None
        if sheet.table.sheet is not None:
            return
        last = max((head.at for head in sheet.header.heads if head.heading), default=0)
        for row in rows_filled_beyond(table, last):
            self.findings.add("row_too_long", table=table, place=row, n=str(last + 1))

    def _checked(self, figures: pd.DataFrame, sheets: list[_Sheet]) -> dict[Edition, pd.DataFrame]:
        headings = {
            (n, column.at + 1): column.heading for n, sheet in enumerate(sheets) for column in sheet.columns
        }
        names, raw = zip(*((sheet.table.sheet, sheet.table) for sheet in sheets), strict=True)
        cells = Cells(self.file, names, raw, headings)
        tables, problems = checked(figures, self.catalogue, self.held, cells)
        self.findings.extend(tuple(problems))
        return tables

    def _end(
        self,
        raw: tuple[RawTable, ...],
        sheets: Sequence[_Sheet],
        tables: Mapping[Edition, pd.DataFrame],
        readable: bool,
    ) -> Intake:
        if readable and not tables and not any(p.severity == "error" for p in self.findings.all()):
            self.findings.add("no_figures")
        new = [edition_spec(self.catalogue, *key) for key in tables if not self.catalogue.edition(*key)]
        return Intake(
            self.file,
            self.content,
            self.answers,
            Report(self.findings.all(), readable),
            raw,
            tuple(
                SheetView(s.table.sheet or "", s.table.hidden, s.table.n_rows, s.is_table, s.used)
                for s in sheets
            ),
            tuple(view for sheet in sheets if sheet.used for view in _views(sheet)),
            self.proposed,
            tables,
            tuple(spec for spec in new if spec is not None),
        )


def _same(one: Column, other: Column) -> bool:
    if one.role in ("skip", "", "year", "province") or one.role != other.role:
        return False
    return (one.component, one.index, one.year) == (other.component, other.index, other.year)


def _views(sheet: _Sheet) -> list[ColumnView]:
    assert sheet.header is not None
    table = below(sheet.table, sheet.header)
    views = []
    for column in sheet.columns:
        cells = (cell.strip() for cell in table.columns[column.at].slice(0, 200).to_pylist())
        examples = tuple(dict.fromkeys(cell for cell in cells if cell))[:3]
        letters = column_letters(column.at + 1) if table.turned is None else str(column.at + table.turned)
        views.append(ColumnView(sheet.table.sheet, letters, column.heading, column.written, examples))
    return views
