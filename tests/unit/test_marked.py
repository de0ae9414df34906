"""The marked workbook: the analyst's own formats, no formula, a colour and a sentence at each problem."""

import io
import re
import zipfile

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from indices.export import marked
from indices.export.marked import FILLS, marked_workbook
from indices.export.own_book import own_book
from indices.intake import Answers, Intake, take_in
from indices.loaders.raw import RawTable, raw_table
from indices.problem import Problem
from indices.validation.report import Report

SHEET = "Điểm 'PCI' 1"


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def own_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["A1"] = "Bảng PCI 2024"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:C1")
    for at, heading in enumerate(["Tỉnh", "Điểm", "Hạng"], start=1):
        sheet.cell(2, at, heading)
    for row, cells in enumerate([("Bắc Giag", 70.5, 1), ("Bắc Ninh", "x", 2)], start=3):
        for at, value in enumerate(cells, start=1):
            sheet.cell(row, at, value)
    sheet["B3"].number_format = "0.0000"
    sheet.column_dimensions["A"].width = 33
    sheet["B5"] = "=SUM(B3:B4)"
    sheet["A6"] = "=cmd|' /C calc'!A0"
    sheet["A6"].data_type = "s"
    sheet["A7"].hyperlink = "https://example.vn/x"
    sheet["B4"].comment = Comment("hỏi lại anh Nam", "chị Lan")
    red = PatternFill("solid", bgColor="FF0000")
    sheet.conditional_formatting.add("A1:C9", FormulaRule(formula=["TRUE"], fill=red))
    sheet.add_data_validation(DataValidation("whole", formula1="1", formula2="63", sqref="C3:C4"))
    sheet.add_data_validation(DataValidation("list", formula1="[1]Other!$A$1:$A$9", sqref="A3:A4"))
    book.defined_names["bad"] = DefinedName("bad", attr_text="cmd|' /C calc'!A0")
    book.create_sheet("Ẩn").sheet_state = "hidden"
    return saved(book)


def problem(code: str, row: int | None, at: int | None, severity="error", sheet=SHEET, **slots) -> Problem:
    return Problem(code, "x.xlsx", row, "cột", "giá trị", slots, severity, sheet, at)


PROBLEMS = (
    problem("unknown_province", 3, 1, frame="63", suggestion="Bắc Giang"),
    problem("not_a_number", 4, 2),
    problem("score_out_of_scale", 4, 2, "warning"),
    problem("not_allowed", 1, 3, "warning", allowed="a"),
    problem("rank_out_of_field", 4, 3, "note"),
    problem("column_missing", None, None),
    problem("not_a_number", 5, 1, sheet="không có trang này"),
)


def intake(content: bytes, problems=PROBLEMS, raw=(), name="x.xlsx", readable=True) -> Intake:
    return Intake(name, content, Answers(), Report(problems, readable), raw)


RAW = raw_table(
    [["Bảng"], ["Tỉnh", "Điểm", "Hạng"], ["Bắc Giag", "70,5", "1"], ["Bắc Ninh", "=1+1", "@x"]], SHEET
)


def reopened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=False)


def cells(book: openpyxl.Workbook):
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


def colour(cell) -> str | None:
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type == "solid" else None


def test_problem_cells_are_coloured_and_commented():
    sheet = reopened(marked_workbook(intake(own_workbook(), raw=(RAW,)), "vi"))[SHEET]
    assert colour(sheet["A3"]) == FILLS["error"]
    assert sheet["A3"].comment.text.startswith("Lỗi · unknown_province\n")
    assert "«Bắc Giang»" in sheet["A3"].comment.text
    # Two findings at one cell: the worse one gives the colour, both are said, and so is what stood there.
    assert colour(sheet["B4"]) == FILLS["error"]
    assert "not_a_number" in sheet["B4"].comment.text
    assert "score_out_of_scale" in sheet["B4"].comment.text
    assert sheet["B4"].comment.text.endswith("hỏi lại anh Nam")
    assert colour(sheet["C4"]) == FILLS["note"]
    assert colour(sheet["B3"]) is None
    assert sheet["B3"].comment is None


def test_a_problem_inside_merged_cells_is_told_at_their_first():
    sheet = reopened(marked_workbook(intake(own_workbook(), raw=(RAW,)), "vi"))[SHEET]
    assert colour(sheet["A1"]) == FILLS["warning"]
    assert "not_allowed" in sheet["A1"].comment.text
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"]


def test_an_own_workbook_keeps_its_formats():
    book = reopened(marked_workbook(intake(own_workbook(), raw=(RAW,)), "vi"))
    sheet = book[SHEET]
    assert (sheet["A1"].font.size, sheet["A1"].font.bold) == (16, True)
    assert sheet["B3"].number_format == "0.0000"
    assert sheet.column_dimensions["A"].width == 33
    assert (sheet["B3"].value, sheet["C3"].value, sheet["A3"].value) == (70.5, 1, "Bắc Giag")
    assert book["Ẩn"].sheet_state == "hidden"
    assert book.active.title == SHEET


def test_nothing_that_could_act_comes_along():
    content = marked_workbook(intake(own_workbook(), raw=(RAW,)), "vi")
    book = reopened(content)
    sheet = book[SHEET]
    assert [cell.coordinate for cell in cells(book) if cell.data_type == "f"] == []
    assert sheet["A6"].value == "=cmd|' /C calc'!A0"
    assert sheet["A6"].quotePrefix
    assert sheet["B5"].value is None  # a formula that nobody ever worked out shows nothing
    assert sheet["A7"].hyperlink is None
    assert len(sheet.conditional_formatting) == 0
    assert [rule.formula2 for rule in sheet.data_validations.dataValidation] == ["63"]
    assert list(book.defined_names) == []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not any(b"<f>" in part or b"cmd|' /C calc'!A0</definedName" in part for part in parts.values())
    assert not any("external" in name.lower() or "vba" in name.lower() for name in parts)


def test_a_formula_becomes_the_value_it_showed():
    with zipfile.ZipFile(io.BytesIO(own_workbook())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    # Empty elements are written in two ways, with lxml and without it.
    parts[sheet] = re.sub(rb"</f><v ?/></c>|</f><v></v></c>", b"</f><v>70.5</v></c>", parts[sheet])
    assert b"<v>70.5</v></c></row>" in parts[sheet]
    # A file may call any text a formula, or a formula's text anything.
    parts[sheet] = parts[sheet].replace(b'<c r="A6"', b'<c r="D6" t="f"><v>=1+1</v></c><c r="A6"')
    assert b't="f"' in parts[sheet]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    book = reopened(marked_workbook(intake(buffer.getvalue(), raw=(RAW,)), "vi"))
    assert book[SHEET]["B5"].value == 70.5
    assert book[SHEET]["D6"].value == "=1+1"
    assert [cell.coordinate for cell in cells(book) if cell.data_type == "f"] == []


def test_every_finding_stands_on_the_last_sheet_with_a_link():
    book = reopened(marked_workbook(intake(own_workbook(), raw=(RAW,)), "vi"))
    sheet = book.worksheets[-1]
    assert sheet.title == "Kết quả kiểm tra"
    assert sheet["A1"].value == "Kết quả kiểm tra tệp x.xlsx"
    rows = list(sheet.iter_rows(min_row=5))
    assert [[cell.value for cell in row[:3]] for row in rows] == [
        ["Lỗi", "unknown_province", f"{SHEET}!A3"],
        ["Lỗi", "not_a_number", f"{SHEET}!B4"],
        ["Cảnh báo", "score_out_of_scale", f"{SHEET}!B4"],
        ["Cảnh báo", "not_allowed", f"{SHEET}!C1"],
        ["Ghi chú", "rank_out_of_field", f"{SHEET}!C4"],
        ["Lỗi", "column_missing", SHEET],
        ["Lỗi", "not_a_number", "không có trang này!A5"],
    ]
    assert rows[1][3].value.startswith("cột «cột»: «giá trị» không phải số")
    assert rows[0][2].hyperlink.location == "'Điểm ''PCI'' 1'!A3"
    assert [row[2].hyperlink is not None for row in rows] == [True] * 5 + [False] * 2
    english = reopened(marked_workbook(intake(own_workbook(), raw=(RAW,)), "en")).worksheets[-1]
    assert (english.title, english["A5"].value) == ("Findings", "Error")


@pytest.mark.parametrize("content", [b"junk", b"PK\x03\x04 broken", b""])
def test_what_openpyxl_cannot_open_is_rebuilt_from_the_cells(content):
    book = reopened(marked_workbook(intake(content, raw=(RAW,)), "vi"))
    sheet = book[SHEET]
    assert [sheet.cell(3, at).value for at in (1, 2, 3)] == ["Bắc Giag", "70,5", "1"]
    assert [sheet.cell(4, at).value for at in (2, 3)] == ["=1+1", "@x"]
    assert colour(sheet["A3"]) == FILLS["error"]
    assert [cell.coordinate for cell in cells(book) if cell.data_type == "f"] == []


def test_a_text_file_keeps_its_rows_and_columns():
    # The table begins in row 4 of the file; problems of a text file name no sheet.
    table = raw_table([["Tỉnh", "Điểm"], ["Bắc Giag", "70,5"]], first_row=4)
    found = Problem(
        "unknown_province", "f.csv", 5, "Tỉnh", "Bắc Giag", {"frame": "63", "suggestion": "x"}, at=1
    )
    name = "bang[1]: điểm PCI năm 2024 của 63 tỉnh, thành phố.csv"
    book = reopened(marked_workbook(intake(b"abc", (found,), (table,), name), "vi"))
    sheet = book.worksheets[0]
    assert sheet.title == "bang 1   điểm PCI năm 2024 của"
    assert (sheet["A4"].value, sheet["A5"].value, sheet["B5"].value) == ("Tỉnh", "Bắc Giag", "70,5")
    assert colour(sheet["A5"]) == FILLS["error"]
    assert book.worksheets[-1]["C5"].hyperlink.location.endswith("!A5")


def test_numbers_of_a_spreadsheet_stay_numbers():
    columns = (pa.chunked_array([["Điểm", "70.5", "71"]]), pa.chunked_array([["Mã", "0123", ""]]))
    native = (pa.chunked_array([[False, True, True]]), None)
    book = reopened(marked_workbook(intake(b"xls", (), (RawTable("A", columns, native),), "x.xls"), "vi"))
    assert [[cell.value for cell in row] for row in book["A"].iter_rows()] == [
        ["Điểm", "Mã"],
        [70.5, "0123"],
        [71, None],
    ]


def test_names_of_sheets_are_short_and_never_the_same():
    names = ["Chỉ số năng lực cạnh tranh cấp tỉnh 2023", "Chỉ số năng lực cạnh tranh cấp tỉnh 2024", "a/b?"]
    tables = tuple(raw_table([["x"]], name) for name in names)
    found = tuple(problem("not_a_number", 1, 1, sheet=name) for name in names)
    book = reopened(marked_workbook(intake(b"ods", found, tables, "x.ods"), "vi"))
    assert book.sheetnames == [
        "Chỉ số năng lực cạnh tranh cấp",
        "Chỉ số năng lực cạnh tranh cấ 2",
        "a b",
        "Kết quả kiểm tra",
    ]
    assert [colour(sheet["A1"]) for sheet in book.worksheets[:3]] == [FILLS["error"]] * 3


def test_a_table_too_large_to_repeat_leaves_the_list(monkeypatch):
    monkeypatch.setattr(marked, "MOST_CELLS", 11)
    book = reopened(marked_workbook(intake(own_workbook(), raw=(RAW,)), "vi"))
    assert book.sheetnames == ["Kết quả kiểm tra"]
    assert book.worksheets[0].max_row == 4 + len(PROBLEMS)
    unreadable = intake(own_workbook(), PROBLEMS[:1], readable=False)
    assert reopened(marked_workbook(unreadable, "vi")).sheetnames == ["Kết quả kiểm tra"]


def test_comments_and_list_are_capped(monkeypatch):
    monkeypatch.setattr(marked, "MOST_COMMENTS", 2)
    monkeypatch.setattr(marked, "MOST_LISTED", 3)
    found = tuple(problem("not_a_number", 3, at) for at in (1, 2, 3, 4, 5))
    book = reopened(marked_workbook(intake(own_workbook(), found, (RAW,)), "vi"))
    row = [book[SHEET].cell(3, at) for at in range(1, 6)]
    assert [colour(cell) for cell in row] == [FILLS["error"]] * 5
    assert [cell.comment is not None for cell in row] == [True, True, False, False, False]
    assert [cell.value for cell in book.worksheets[-1]["A"][4:]] == ["Lỗi"] * 3 + ["… và 2 điểm khác."]


def altered(part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(own_workbook())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'mergeCell ref="A1:C1"', b'mergeCell ref="A1:XFD1048576"'),
        ("xl/worksheets/sheet1.xml", b'mergeCell ref="A1:C1"', b'mergeCell ref="A1:&#88;FD1048576"'),
        ("xl/worksheets/sheet1.xml", b'ref="A7"', b'ref="A7:XFD1048576"'),
        ("xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook'),
        ("xl/styles.xml", b"<styleSheet", b" " * 21_000_000 + b"<styleSheet"),
    ],
)
def test_bombs_are_not_opened(part, old, new):
    assert own_book(own_workbook()) is not None
    assert own_book(altered(part, old, new)) is None


def test_signs_that_no_workbook_can_hold():
    table = raw_table([["a\x00b\x1bc", "x" * 40_000]])
    found = Problem("not_a_number", "f\x07.csv", 1, "\x02", "\x01" + "y" * 40_000, at=1)
    book = reopened(marked_workbook(intake(b"t", (found,), (table,), "f.csv"), "vi"))
    assert book.worksheets[0]["A1"].value == "a b c"
    assert len(book.worksheets[0]["B1"].value) == 32_000
    assert len(book.worksheets[0]["A1"].comment.text) == 1_500


def test_a_marked_workbook_corrected_comes_back_clean(bundled):
    """The whole round: a file with faults, its marked workbook, the cells put right, taken in again."""
    frame = [spec.name_vi for spec in bundled.provinces.frame(63)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "PL II - SIPAS"
    for row in (["Chỉ số SIPAS năm 2023"], ["STT", "Tỉnh/TP", "Điểm", "Hạng"]):
        sheet.append(row)
    for rank, name in enumerate(frame, start=1):
        sheet.append([rank, name, 95 - rank / 4, rank])
    sheet["B10"], sheet["C20"], sheet["D30"] = "Bình Đinhh", "7o,5", 99
    sheet.append(["", "Trung bình cả nước", 80, ""])
    first = take_in("sipas.xlsx", saved(book), bundled)
    errors = {(found.code, found.cell) for found in first.report.errors}
    assert {cell for _, cell in errors} >= {"B10", "C20", "D30"}
    again = reopened(marked_workbook(first, "vi"))
    sheet = again["PL II - SIPAS"]
    assert [colour(sheet[cell]) for cell in ("B10", "C20", "D30")] == [FILLS["error"]] * 3
    sheet["B10"], sheet["C20"], sheet["D30"] = frame[7], 95 - 18 / 4, 28
    second = take_in("sipas.xlsx", saved(again), bundled)
    assert second.report.clean
    table = second.tables["SIPAS", "2023"]
    assert sorted(table["rank"]) == list(range(1, 64))
    assert table.set_index("province").loc[frame[17], "score"] == 90.5
