"""The straight line of an uploaded file: bytes → raw tables → tidy tables → report.

Nothing is stored here, and nothing is raised for what a file holds: whatever is wrong stands in the
report, every finding at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec, edition_spec
from indices.loaders.assemble import Task, figures_of
from indices.loaders.decimals import decimal_mark
from indices.loaders.findings import Findings
from indices.loaders.headings import vocabulary_of
from indices.loaders.naming import name
from indices.loaders.raw import RawTable
from indices.loaders.reading import read_file
from indices.loaders.roles import below, blocks
from indices.loaders.rows import RowNames
from indices.loaders.sheets import Context, Sheet, choose, look_at, too_wide
from indices.loaders.understanding import understand
from indices.numbers import DecimalMark
from indices.problem import column_letters
from indices.validation.checks import checked
from indices.validation.field import TOLD, told_once
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


class _Desk:
    """One file on its way through."""

    def __init__(
        self, file: str, content: bytes, catalogue: Catalogue, answers: Answers, held: pd.DataFrame | None
    ) -> None:
        self.content, self.answers, self.held = content, answers, held
        names, vocabulary = RowNames(catalogue.provinces), vocabulary_of(catalogue)
        self.findings = Findings(file)
        self.context = Context(file, catalogue, vocabulary, names, self.findings)
        self.proposed: tuple[str | None, str | None] = (None, None)

    def intake(self) -> Intake:
        reading = read_file(self.context.file, self.content, self.context.names.is_province)
        self.findings.extend(reading.problems)
        if not reading.tables:
            return self._end((), (), {}, readable=False)
        sheets = [look_at(table, self.context) for table in reading.tables]
        choose(sheets, self.answers.sheets, self.answers.columns, self.context)
        used = [sheet for sheet in sheets if sheet.used]
        if not used:
            return self._end(reading.tables, sheets, {}, readable=False)
        self.proposed = name(used, self.answers.index, self.answers.edition, self.context)
        for sheet in used:
            understand(sheet, self.answers.columns, self.context)
        decimal = decimal_mark(used, reading.separator, self.answers.decimal, self.findings)
        figures = [
            part for n, sheet in enumerate(sheets) if sheet.used for part in self._figures(n, sheet, decimal)
        ]
        tables = self._checked(self._wanted(pd.concat(figures, ignore_index=True)), sheets)
        return self._end(reading.tables, sheets, tables, readable=True)

    def _wanted(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Of a panel, the index and edition asked for; the others are named."""
        for column, given in (("index", self.answers.index), ("edition", self.answers.edition)):
            found = sorted(figures[column].dropna().unique())
            others = [value for value in found if value != given]
            if given is None or not others:
                continue
            said = ", ".join(others[:20])
            if given in found:
                self.findings.add("figures_of_others", severity="note", value=given, found=said, given=given)
                figures = figures[figures[column] == given]
            else:
                self.findings.add(f"wrong_{column}", value=given, found=said, given=given)
        return figures

    def _figures(self, number: int, sheet: Sheet, decimal: DecimalMark | None) -> Iterator[pd.DataFrame]:
        assert sheet.header is not None
        table = below(sheet.table, sheet.header)
        too_wide(sheet, table, self.findings)
        source = self.answers.source or self.context.file
        shared = (self.context.catalogue, self.context.vocabulary, self.context.names, self.findings)
        for columns in blocks(sheet.columns):
            task = Task(number, table, columns, sheet.index, sheet.edition, source, decimal)
            yield figures_of(task, *shared)

    def _checked(self, figures: pd.DataFrame, sheets: list[Sheet]) -> dict[Edition, pd.DataFrame]:
        headings = {
            (n, column.at + 1): column.heading for n, sheet in enumerate(sheets) for column in sheet.columns
        }
        names, raw = zip(*((sheet.table.sheet, sheet.table) for sheet in sheets), strict=True)
        cells = Cells(self.context.file, names, raw, headings)
        tables, problems = checked(figures, self.context.catalogue, self.held, cells)
        told = [problem for problem in self.findings.all() if problem.code in TOLD]
        self.findings.extend(tuple(told_once(problems, told)))
        return tables

    def _end(
        self,
        raw: tuple[RawTable, ...],
        sheets: Sequence[Sheet],
        tables: Mapping[Edition, pd.DataFrame],
        readable: bool,
    ) -> Intake:
        if readable and not tables and not any(p.severity == "error" for p in self.findings.all()):
            self.findings.add("no_figures")
        new = [
            edition_spec(self.context.catalogue, *key)
            for key in tables
            if not self.context.catalogue.edition(*key)
        ]
        return Intake(
            self.context.file,
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


def _views(sheet: Sheet) -> list[ColumnView]:
    assert sheet.header is not None
    table = below(sheet.table, sheet.header)
    views = []
    for column in sheet.columns:
        cells = (cell.strip() for cell in table.columns[column.at].slice(0, 200).to_pylist())
        examples = tuple(dict.fromkeys(cell for cell in cells if cell))[:3]
        letters = column_letters(column.at + 1) if table.turned is None else str(column.at + table.turned)
        views.append(ColumnView(sheet.table.sheet, letters, column.heading, column.written, examples))
    return views
