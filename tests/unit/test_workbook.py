"""Workbooks: every cell at the row and column the spreadsheet has it."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlwt

from indices.catalogue import load_catalogue
from indices.intake import take_in
from indices.loaders.workbook import read_workbook

DATA = Path(__file__).parents[2] / "data"


def xlsx(cells: dict[str, object]) -> bytes:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xls(cells: dict[tuple[int, int], object]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for (row, column), value in cells.items():
        sheet.write(row, column, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content", [xlsx({"B4": "x", "C5": 71.23}), xls({(3, 1): "x", (4, 2): 71.23})], ids=["xlsx", "xls"]
)
def test_a_table_that_begins_below_the_first_row_keeps_its_rows(content):
    (table,) = read_workbook(content).tables
    rows = {table.first_row + n: row for n, row in enumerate(table.head(9))}
    filled = {(row, at + 1): cell for row, cells in rows.items() for at, cell in enumerate(cells) if cell}
    assert filled == {(4, 2): "x", (5, 3): "71.23"}
    assert table.is_native(2).to_pylist()[5 - table.first_row] is True


def test_a_finding_below_empty_rows_names_the_cell_as_the_spreadsheet_does():
    content = xlsx(
        {"B5": "Tỉnh", "C5": "Điểm PCI 2021", "B6": "Hà Nội", "C6": 68.6, "B7": "Bắc Giangg", "C7": 64.7}
    )
    report = take_in("x.xlsx", content, load_catalogue(DATA / "catalogue")).report
    (problem,) = report.errors
    assert (problem.code, problem.cell, problem.value) == ("unknown_province", "B7", "Bắc Giangg")
    assert problem.slots["suggestion"] == "Bắc Giang"


def test_a_header_without_rows_is_a_finding_not_a_crash():
    content = xlsx({"A5": "Tên tỉnh, thành phố", "B5": "Điểm", "A6": "Tỉnh/TP", "B6": "Điểm"})
    intake = take_in("x.xlsx", content, load_catalogue(DATA / "catalogue"))
    assert not intake.may_be_added
    assert intake.report.errors
