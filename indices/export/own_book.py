"""The analyst's own workbook, opened to be written into: formats stay, everything that could act is gone.

Formulas become the values they showed, a text that looks like a formula stays text; macros, links,
queries, pictures and pivot tables do not come along.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from indices.export.tables import FORMULA_SIGNS
from indices.export.writable import plain_text
from indices.loaders.guard import look_inside
from indices.loaders.raw import RawTable

_MOST_UNPACKED = 20_000_000
_MOST_SPANNED = 100_000
_MOST_CELLS = 300_000
_MOST_ROWS = 100_000
_MOST_OTHERS = 200_000
_LONGEST_NAME = 31
_LAST_COLUMN = 16_384
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_PLAIN_RULE = re.compile(r'-?\d+(\.\d+)?|"[^"]*"')
# openpyxl makes a cell for each place under these, so one of them could ask for all the memory there is.
_SPANNING = re.compile(rb"(?:mergeCell|hyperlink|comment)\s")
_SPAN = re.compile(
    rb'(?:mergeCell|hyperlink|comment)\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?"'
)
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")


def own_book(content: bytes) -> Workbook | None:
    """The workbook of an XLSX file with its formats; None where it is none, or too large or odd to open."""
    package = _plain_package(content)
    if package is None:
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # what it leaves behind is meant to be left behind
            book = load_workbook(io.BytesIO(package), data_only=True, keep_vba=False, keep_links=False)
        for sheet in book.worksheets:
            _disarm(sheet)
    except Exception:  # openpyxl raises whatever a broken part makes it stumble over
        return None
    for name in list(book.defined_names):
        del book.defined_names[name]
    for chart in list(book.chartsheets):
        book.remove(chart)
    return book if book.worksheets else None


def rebuilt_book(tables: Sequence[RawTable], file_name: str) -> Workbook:
    """A new workbook of the cells as they were read, each in its own row and column."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        name = free_name(book, table.sheet or PurePath(file_name).stem)
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if table.hidden and book.worksheets[0] is not sheet else "visible"
        for at in range(min(table.width, _LAST_COLUMN)):
            numbers = table.native[at]
            native = numbers.to_pylist() if numbers is not None else [False] * table.n_rows
            for row, (value, is_number) in enumerate(
                zip(table.columns[at].to_pylist(), native, strict=True), start=table.first_row
            ):
                if value:
                    write(sheet.cell(row, at + 1), value, is_number=bool(is_number))
    return book


def write(cell: Cell | WriteOnlyCell, value: str, *, is_number: bool = False) -> None:
    """Put a text into a cell, never as a formula; as a number where it was one."""
    if is_number:
        with contextlib.suppress(ValueError):
            cell.value = float(value)
            return
    cell.value = plain_text(value)
    cell.data_type = "s"
    if value.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True  # it stays text when somebody edits the cell and leaves it


def free_name(book: Workbook, wanted: str) -> str:
    """A name for a new sheet: at most 31 signs, none that Excel forbids, not taken in any case."""
    plain = _NOT_IN_A_NAME.sub(" ", wanted).strip().strip("'")[:_LONGEST_NAME].strip() or "1"
    taken = {name.casefold() for name in book.sheetnames}
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 1 - len(str(number))]} {number}"
    return name


def _plain_package(content: bytes) -> bytes | None:
    """The package packed anew with the parts that tables need; None where it holds a bomb for openpyxl."""
    inside = look_inside(content)
    if inside.why is not None or inside.kind != "xlsx":
        return None
    with zipfile.ZipFile(io.BytesIO(inside.content)) as package:
        parts = {part.filename: package.read(part) for part in package.infolist()}
    if sum(map(len, parts.values())) > _MOST_UNPACKED or not all(map(_is_plain_part, parts.values())):
        return None
    return inside.content if _is_small(parts) else None


def _is_small(parts: Mapping[str, bytes]) -> bool:
    """Whether openpyxl has not too much to make of it: an object for each cell, row and style."""
    sheets = b"".join(part for part in parts.values() if b"sheetData" in part)
    texts = parts.get("xl/sharedStrings.xml", b"")
    others = [part for part in parts.values() if b"sheetData" not in part and part is not texts]
    return (
        sum(1 for _ in _CELL.finditer(sheets)) <= _MOST_CELLS
        and sum(1 for _ in _ROW.finditer(sheets)) <= _MOST_ROWS
        and texts.count(b"<") <= 4 * _MOST_CELLS
        and sum(part.count(b"<") for part in others) <= _MOST_OTHERS
    )


def _is_plain_part(part: bytes) -> bool:
    """No merged area, link or comment over more cells than a table has."""
    spans = _SPAN.findall(part)
    if len(spans) < len(_SPANNING.findall(part)):
        return False
    area = sum(
        (abs(_number(right) - _number(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
        for left, top, right, bottom in spans
        if right
    )
    return area <= _MOST_SPANNED


def _number(letters: bytes) -> int:
    return int(column_index_from_string(letters.decode()))


def _disarm(sheet: Worksheet) -> None:
    sheet.conditional_formatting = ConditionalFormattingList()
    sheet.data_validations = DataValidationList(
        dataValidation=[rule for rule in sheet.data_validations.dataValidation if _is_plain_rule(rule)]
    )
    sheet.defined_names.clear()
    sheet.tables.clear()
    sheet.legacy_drawing = None
    # Kept in lists of openpyxl's own that have no public name.
    for name in ("_images", "_charts", "_pivots", "_hyperlinks"):
        setattr(sheet, name, [])
    for cell in _cells(sheet):
        cell._hyperlink = None
        # The type is the file's own word: it may call a text a formula.
        if isinstance(cell.value, str) and cell.value not in ERROR_CODES:
            write(cell, cell.value)


def _cells(sheet: Worksheet) -> Iterable[Cell]:
    return (cell for cell in sheet._cells.values() if isinstance(cell, Cell))


def _is_plain_rule(rule: DataValidation) -> bool:
    return all(not formula or _PLAIN_RULE.fullmatch(formula) for formula in (rule.formula1, rule.formula2))
