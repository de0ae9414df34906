"""Workbooks (XLSX, XLS, ODS) → raw tables, one a sheet, with what the sheet knows of its cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import pyarrow as pa

from indices.loaders.apart import book_cells_apart
from indices.loaders.guard import look_inside
from indices.loaders.raw import RawTable
from indices.loaders.sheet_cells import SheetCells, book_cells

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
            files = _sheet_files(inside.content)
            odd_by_sheet = {name: inside.odd_cells.get(file, {}) for name, file in files.items()}
        cells = book_cells(inside.content)
    else:
        cells = book_cells_apart(content)
    if cells.why is not None:
        return Workbook(why=cells.why, value=cells.value)
    tables = tuple(_table(sheet, odd_by_sheet.get(sheet.name, {})) for sheet in cells.sheets)
    return Workbook(tables, n_formulas=n_formulas)


def _table(sheet: SheetCells, odd: OddCells) -> RawTable:
    texts, native = sheet.texts, sheet.native
    n_rows = len(texts[0]) if texts else 0
    if odd:  # cells the reader takes for empty ones may lie outside what it gives
        n_rows = max(n_rows, *(row - sheet.top for row, _ in odd))
        width = max(len(texts), *(column for _, column in odd))
        texts = [column + [""] * (n_rows - len(column)) for column in texts]
        texts += [[""] * n_rows for _ in range(len(texts), width)]
        native = [marks and marks + [False] * (n_rows - len(marks)) for marks in native]
        native += [None] * (width - len(native))
    for (line, number), text in odd.items():
        if line > sheet.top and not texts[number - 1][line - sheet.top - 1]:
            texts[number - 1][line - sheet.top - 1] = text
    return RawTable(
        sheet.name,
        tuple(pa.chunked_array([pa.array(cells, pa.string())]) for cells in texts),
        tuple(pa.chunked_array([pa.array(marks)]) if marks else None for marks in native),
        first_row=sheet.top + 1,
        hidden=sheet.hidden,
        dates=frozenset(sheet.dates),
        merged=tuple(sheet.merged),
    )


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
