"""The straight line of an uploaded file: bytes → raw tables → tidy tables → report.

Nothing is stored here, and nothing is raised for what a file holds: whatever is wrong stands in the
report, every finding at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec
from indices.loaders.raw import RawTable
from indices.numbers import DecimalMark
from indices.validation.report import Report

Edition = tuple[str, str]
"""Index and edition: what a version is of."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the analyst says of a file; what is left out is proposed from the file itself.

    `columns` tells what a heading nobody knows means: heading as typed → role ("skip", "province",
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
    raise NotImplementedError
