"""Sheets → bytes of the kinds of file that offices and publishers hand out."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Cell = str | float | int | None
Area = tuple[int, int, int, int]
"""First row and column, last row and column, counted from 0."""


@dataclass
class Sheet:
    """Cells by rows; `merged` areas hold their text in the first cell."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Area] = field(default=())
    hidden: bool = False
    number_format: str = "0.00"


def xlsx(*sheets: Sheet) -> bytes:
    """An XLSX workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "SAMPLE / MẪU", "created": datetime(2025, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        number = book.add_format({"num_format": sheet.number_format})
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, float):
                    page.write_number(r, c, cell, number)
                elif cell is not None and cell != "":
                    page.write(r, c, cell)
        for top, left, bottom, right in sheet.merged:
            page.merge_range(top, left, bottom, right, sheet.rows[top][left], bold)
        if sheet.hidden:
            page.hide()
    book.close()
    return target.getvalue()


def xls(*sheets: Sheet) -> bytes:
    """An old XLS workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        number = xlwt.easyxf(num_format_str=sheet.number_format)
        inside = {
            (r, c)
            for top, left, bottom, right in sheet.merged
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        }
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is None or cell == "" or (r, c) in inside:
                    continue
                page.write(r, c, cell, number if isinstance(cell, float) else xlwt.Style.default_style)
        for top, left, bottom, right in sheet.merged:
            page.write_merge(top, bottom, left, right, sheet.rows[top][left])
        if sheet.hidden:
            page.visibility = 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(*sheets: Sheet) -> bytes:
    """An OpenDocument spreadsheet."""
    book = OpenDocumentSpreadsheet()
    for sheet in sheets:
        table = Table(name=sheet.name)
        spans = {
            (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged
        }
        covered = {
            (r, c)
            for top, left, bottom, right in sheet.merged
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        } - set(spans)
        for r, row in enumerate(sheet.rows):
            line = TableRow()
            for c, cell in enumerate(row):
                line.addElement(_ods_cell(cell, spans.get((r, c)), (r, c) in covered))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.write(target)
    return target.getvalue()


def _ods_cell(cell: Cell, span: tuple[int, int] | None, covered: bool) -> TableCell:
    if covered:
        return CoveredTableCell()
    spanned = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if isinstance(cell, int | float):
        made = TableCell(valuetype="float", value=cell, **spanned)
        made.addElement(P(text=str(cell)))
    elif cell:
        made = TableCell(valuetype="string", **spanned)
        made.addElement(P(text=cell))
    else:
        made = TableCell(**spanned)
    return made


def text(
    rows: Sequence[Sequence[Cell]],
    separator: str = ",",
    decimal: str = ".",
    digits: int = 2,
    encoding: str = "utf-8",
    newline: str = "\r\n",
) -> bytes:
    """A text file as Excel saves it: cells with the separator, a quote or a new line stand in quotes."""

    def written(cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, float):
            return quoted(f"{cell:.{digits}f}".replace(".", decimal))
        return quoted(str(cell))

    def quoted(word: str) -> str:
        if any(sign in word for sign in (separator, '"', "\n")):
            return '"' + word.replace('"', '""') + '"'
        return word

    lines = newline.join(separator.join(written(cell) for cell in row) for row in rows) + newline
    return _windows_1258(lines) if encoding == "windows-1258" else lines.encode(encoding)


def _windows_1258(lines: str) -> bytes:
    """Vietnamese in its Windows code page: letters with hats are whole, tones stand after them."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for sign in unicodedata.normalize("NFC", lines):
        parts = unicodedata.normalize("NFD", sign)
        tone = "".join(part for part in parts if part in tones)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(letter + tone)
    return "".join(out).encode("cp1258")
