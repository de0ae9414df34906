"""A table as it was typed: text cells by the rows and columns of the spreadsheet, nothing read into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet of a workbook, or one text file (`sheet` is None).

    `columns` are text columns of one length, "" for an empty cell; the cell in row r (1 is the
    spreadsheet's first) stands at r - `first_row`. `native` says by column which cells were numbers
    in the spreadsheet (None: none of them): these need no decimal mark to be known. `dates` are cells
    that the spreadsheet holds as dates, `merged` areas as (row, column, row, column) counted from 1.
    `turned` is set where rows and columns were changed over: the spreadsheet row of the first column.
    """

    sheet: str | None
    columns: tuple[pa.ChunkedArray, ...]
    native: tuple[pa.ChunkedArray | None, ...]
    first_row: int = 1
    hidden: bool = False
    dates: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    turned: int | None = None

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """Where the spreadsheet has the cell of this table's row and column, both counted from 1."""
        return (row, column) if self.turned is None else (column + self.turned - 1, row)

    def turn(self) -> RawTable:
        """The table with rows and columns changed over, for tables with a column a province."""
        rows = [[*row] for row in zip(*(column.to_pylist() for column in self.columns), strict=True)]
        marks = [self.is_native(at).to_pylist() for at in range(self.width)]
        native = [list(row) for row in zip(*marks, strict=True)]
        return RawTable(
            self.sheet,
            tuple(pa.chunked_array([pa.array(cells, pa.string())]) for cells in rows),
            tuple(pa.chunked_array([pa.array(flags)]) if any(flags) else None for flags in native),
            first_row=1,
            hidden=self.hidden,
            dates=frozenset((column, row - self.first_row + 1) for row, column in self.dates),
            merged=tuple(
                (left, up - self.first_row + 1, right, down - self.first_row + 1)
                for up, left, down, right in self.merged
            ),
            turned=self.first_row,
        )

    @property
    def n_rows(self) -> int:
        """Rows, empty ones included."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def width(self) -> int:
        """Columns, empty ones included."""
        return len(self.columns)

    def head(self, n: int) -> list[list[str]]:
        """The first `n` rows as lists of text."""
        return self.rows(0, n)

    def rows(self, start: int, length: int) -> list[list[str]]:
        """`length` rows from place `start` (0 is the first held) as lists of text."""
        parts = [column.slice(start, length).to_pylist() for column in self.columns]
        return [list(row) for row in zip(*parts, strict=True)]

    def is_native(self, column: int) -> pa.ChunkedArray:
        """By row of a column (0 is the first): whether the cell was a number in the spreadsheet."""
        marks = self.native[column]
        if marks is None:
            return pa.chunked_array([pa.repeat(pa.scalar(False), self.n_rows)])
        return marks


def raw_table(rows: Sequence[Sequence[str]], sheet: str | None = None, first_row: int = 1) -> RawTable:
    """A raw table of rows of text, short rows filled up with empty cells."""
    width = max((len(row) for row in rows), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = tuple(pa.chunked_array([pa.array(cells, pa.string())]) for cells in zip(*full, strict=True))
    return RawTable(sheet, columns, (None,) * len(columns), first_row)


def n_filled(column: pa.ChunkedArray) -> int:
    """How many cells of a column are not empty."""
    filled: int = pc.sum(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py() or 0
    return filled
