"""Workbooks (XLSX, XLS, ODS) → raw tables, one a sheet, with what the sheet knows of its cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from indices.loaders.guard import MOST_CELLS, look_inside
from indices.loaders.raw import RawTable

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TAG = re.compile(r"\{.*\}")
OddCells = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that hold cells; or why there are none: a problem code."""

    tables: tuple[RawTable, ...] = ()
    why: str | None = None
    value: str | None = None
    n_formulas: int = 0


def read_workbook(content: bytes) -> Workbook:
    """The tables of a workbook; hidden sheets are there and marked so."""
    odd_by_sheet: dict[str, OddCells] = {}
    n_formulas = 0
    if content.startswith(b"PK"):
        inside = look_inside(content)
        if inside.why is not None:
            return Workbook(why=inside.why, value=inside.value or inside.kind)
        n_formulas = inside.n_formulas
        if inside.odd_cells:
            files = _sheet_files(content)
            odd_by_sheet = {name: inside.odd_cells.get(file, {}) for name, file in files.items()}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            tables = []
            for place, facts in enumerate(book.sheets_metadata):
                if facts.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(place)
                if sheet.height * sheet.width > MOST_CELLS:
                    return Workbook(why="sheet_too_large", value=str(MOST_CELLS))
                hidden = facts.visible != SheetVisibleEnum.Visible
                table = _table(sheet, hidden, odd_by_sheet.get(facts.name, {}))
                if table.n_rows:
                    tables.append(table)
    except PasswordError:
        return Workbook(why="file_password")
    except CalamineError:
        return Workbook(why="file_damaged")
    except Exception:
        # Damaged files make the reader fail in ways it has no name for.
        return Workbook(why="file_damaged")
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the reader's own crash, kept inside by its binding
            raise
        return Workbook(why="file_damaged")
    return Workbook(tuple(tables), n_formulas=n_formulas)


def _table(sheet: CalamineSheet, hidden: bool, odd: OddCells) -> RawTable:
    if sheet.start is None:
        return RawTable(sheet.name, (), (), hidden=hidden)
    top, left = sheet.start
    rows = [list(row) for row in sheet.iter_rows()]
    width = left + max((len(row) for row in rows), default=0)
    n_rows = len(rows)
    if odd:  # cells the reader takes for empty ones may lie outside what it gives
        n_rows = max(n_rows, *(row - top for row, _ in odd))
        width = max(width, *(column for _, column in odd))
    texts = [[""] * n_rows for _ in range(width)]
    native = [[False] * n_rows for _ in range(width)]
    dates: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        for column, value in enumerate(row, start=left):
            if value == "":
                continue
            texts[column][at] = _text(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                native[column][at] = True
            elif isinstance(value, (date, datetime, time, timedelta)):
                dates.add((top + at + 1, column + 1))
    for (line, number), text in odd.items():
        if line > top and not texts[number - 1][line - top - 1]:
            texts[number - 1][line - top - 1] = text
    merged = tuple(
        (up + 1, first + 1, down + 1, last + 1)
        for (up, first), (down, last) in sheet.merged_cell_ranges or ()
    )
    return RawTable(
        sheet.name,
        tuple(pa.chunked_array([pa.array(cells, pa.string())]) for cells in texts),
        tuple(pa.chunked_array([pa.array(marks)]) if any(marks) else None for marks in native),
        first_row=top + 1,
        hidden=hidden,
        dates=frozenset(dates),
        merged=merged,
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


def _sheet_files(content: bytes) -> dict[str, str]:
    """The file of each sheet inside an XLSX; empty where the workbook does not say it plainly."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, OSError):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    files = {}
    for sheet in book.iter():
        if _TAG.sub("", sheet.tag) == "sheet":
            target = targets.get(sheet.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            files[sheet.get("name", "")] = path
    return files
