"""Bytes of a workbook → the cells of its sheets as the reader gives them, in plain lists."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from indices.loaders.guard import MOST_CELLS, MOST_UNPACKED

MOST_SHEETS = 200
MOST_MERGED = 1_000
LONGEST_CELL = 32_767
"""What Excel allows."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet: columns of text from column A on, rows from `top` (0 is the first) on.

    `native` tells by column and row which cells were numbers (None: none of the column), `dates`
    cells that were dates, as (row, column) counted from 1, `merged` areas likewise, the uppermost
    where there are very many.
    """

    name: str
    hidden: bool
    top: int
    texts: list[list[str]]
    native: list[list[bool] | None]
    dates: list[tuple[int, int]]
    merged: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class BookCells:
    """The sheets of a workbook that hold cells; or why there are none: a problem code."""

    sheets: tuple[SheetCells, ...] = ()
    why: str | None = None
    value: str | None = None


def book_cells(content: bytes) -> BookCells:
    """The cells of a workbook of any kind."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _book(book)
    except PasswordError:
        return BookCells(why="file_password")
    except (CalamineError, OSError):
        return BookCells(why="file_damaged")
    except Exception:
        # Damaged files make the reader fail in ways it has no name for.
        return BookCells(why="file_damaged")
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the reader's own crash, kept inside by its binding
            raise
        return BookCells(why="file_damaged")


def _book(book: CalamineWorkbook) -> BookCells:
    sheets = []
    n_cells = 0
    if len(book.sheets_metadata) > MOST_SHEETS:
        return BookCells(why="file_too_large", value=str(MOST_UNPACKED // 1_000_000))
    for place, facts in enumerate(book.sheets_metadata):
        if facts.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(place)
        n_cells += sheet.height * (sheet.width + (sheet.start or (0, 0))[1])
        if n_cells > MOST_CELLS:
            return BookCells(why="sheet_too_large", value=str(MOST_CELLS))
        if sheet.start is None:
            continue
        cells = _sheet(sheet, facts.visible != SheetVisibleEnum.Visible)
        if cells is None:
            return BookCells(why="cell_too_long")
        sheets.append(cells)
    return BookCells(tuple(sheets))


def _sheet(sheet: CalamineSheet, hidden: bool) -> SheetCells | None:
    """A sheet with cells, None where a text is longer than a cell can be."""
    top, left = sheet.start or (0, 0)
    n_rows, width = sheet.height, left + sheet.width
    texts = [[""] * n_rows for _ in range(width)]
    native: list[list[bool] | None] = [None] * width
    dates = []
    # The reader hands out the empty rows above the first filled one as well.
    for at, row in enumerate(islice(sheet.iter_rows(), top, None)):
        for column, value in enumerate(row, start=left):
            if value == "":
                continue
            text = _text(value)
            if len(text) > LONGEST_CELL:
                return None
            texts[column][at] = text
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                marks = native[column] = native[column] or [False] * n_rows
                marks[at] = True
            elif isinstance(value, (date, datetime, time, timedelta)):
                dates.append((top + at + 1, column + 1))
    merged = sorted(sheet.merged_cell_ranges or ())[:MOST_MERGED]
    areas = [(up + 1, first + 1, down + 1, last + 1) for (up, first), (down, last) in merged]
    return SheetCells(sheet.name, hidden, top, texts, native, dates, areas)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
