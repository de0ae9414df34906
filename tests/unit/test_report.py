"""The report to take away: its JSON and its lines, in both languages."""

import json

from indices.export.report import one_line, report_lines, report_records, verdict
from indices.intake import Answers, ColumnView, Intake, SheetView
from indices.problem import Problem
from indices.validation.report import Report
from tests.unit.conftest import edition, figures

PROBLEMS = (
    Problem("not_a_number", "x.xlsx", 7, "Điểm", "7o", sheet="Bảng 1", at=3),
    Problem(
        "unknown_province",
        "x.xlsx",
        9,
        "Tỉnh",
        "Bắc Giag",
        {"frame": "63", "suggestion": "Bắc Giang"},
        sheet="Bảng 1",
        at=2,
    ),
    Problem("score_out_of_scale", "x.xlsx", 8, "Điểm", "701", severity="warning", sheet="Bảng 1", at=3),
)
TABLE = figures("""
    edition province component score rank
    2024    A        overall   71.2  1
    2024    A        part      7     -
    2024    B        overall   70.1  2
""")


def intake(problems: tuple[Problem, ...] = PROBLEMS, **more) -> Intake:
    given = {
        "sheets": (SheetView("Bảng 1", False, 66, True, True), SheetView("cũ", True, 3, False, False)),
        "columns": (
            ColumnView("Bảng 1", "B", "Tỉnh", "province", ("Bắc Giag",)),
            ColumnView("Bảng 1", "D", "Cột lạ", "", ("1", "2")),
        ),
        "proposed": ("X", None),
        "tables": {("X", "2024"): TABLE},
        "new_editions": (edition("2024"),),
    }
    return Intake("x.xlsx", b"abc", Answers(), Report(problems), **{**given, **more})


def test_records_hold_everything_a_page_shows():
    records = report_records(intake(), "vi")
    assert json.loads(json.dumps(records)) == records
    assert (records["file"], records["sha256"][:8]) == ("x.xlsx", "ba7816bf")
    assert (records["readable"], records["clean"], records["may_be_added"]) == (True, False, False)
    assert records["proposed"] == {"index": "X", "edition": None}
    assert [(sheet["name"], sheet["hidden"], sheet["used"]) for sheet in records["sheets"]] == [
        ("Bảng 1", False, True),
        ("cũ", True, False),
    ]
    assert [(column["letters"], column["role"]) for column in records["columns"]] == [
        ("B", "province"),
        ("D", ""),
    ]
    assert records["editions"] == [
        {"index": "X", "edition": "2024", "new": True, "n_provinces": 2, "n_figures": 3}
    ]
    assert records["counts"] == {
        "errors": 2,
        "warnings": 1,
        "notes": 0,
        "codes": {"not_a_number": 1, "unknown_province": 1, "score_out_of_scale": 1},
    }


def test_a_problem_says_where_what_and_how():
    first, second, third = report_records(intake(), "vi")["problems"]
    assert (first["severity"], first["sheet"], first["row"], first["column"], first["cell"]) == (
        *("error", "Bảng 1", 7, "Điểm"),
        "C7",
    )
    assert (first["code"], first["value"], first["suggestion"]) == ("not_a_number", "7o", None)
    assert first["message"].startswith("«7o» không phải số")
    assert (second["cell"], second["suggestion"]) == ("B9", "Bắc Giang")
    assert second["message"].endswith("Có phải là «Bắc Giang»? Hãy sửa tên.")
    assert third["severity"] == "warning"
    english = [problem["message"] for problem in report_records(intake(), "en")["problems"]]
    assert english[0].startswith("“7o” is not a number")


def test_lines_are_grouped_by_severity():
    lines = report_lines(intake(), "vi")
    assert lines[0].startswith("Tệp: x.xlsx (SHA-256 ba7816bf")
    assert lines[1] == "X 2024 (năm mới, danh mục chưa có): 2 tỉnh, 3 dòng số liệu."
    assert lines[2] == "Chưa rõ cột D «Cột lạ» là gì (ví dụ: 1; 2)."
    at = lines.index("Lỗi phải sửa: 2")
    assert lines[at + 1].startswith("  trang «Bảng 1», C7, cột «Điểm»: «7o» không phải số")
    assert lines[at + 1].endswith("[not_a_number]")
    assert lines[at + 2].endswith("[unknown_province]")
    assert lines.index("Cảnh báo cần xem và đồng ý: 1") > at
    assert lines[-1].startswith("Chưa đưa vào được")
    assert report_lines(intake(), "en")[-1].startswith("It cannot be added yet")


def test_long_lists_are_cut_and_counted():
    problems = tuple(Problem("cell_empty", "x.csv", row, "Điểm", "", at=2) for row in range(2, 402))
    lines = report_lines(intake(problems), "vi")
    assert sum(line.endswith("[cell_empty]") for line in lines) == 100
    assert "  … và 300 điểm khác." in lines


def test_the_verdict():
    warned, noted = PROBLEMS[2], Problem("cell_empty", "x.xlsx", 2, "Điểm", "", severity="note")
    assert verdict(intake(()), "vi") == "Không có lỗi. Có thể đưa vào."
    assert verdict(intake((noted,)), "vi") == "Không có lỗi. Có thể đưa vào."
    assert verdict(intake((warned,)), "vi").startswith("Không có lỗi, nhưng có cảnh báo")
    assert verdict(intake((), tables={}), "vi").startswith("Chưa đưa vào được")
    unreadable = Intake("x.xlsx", b"", Answers(), Report((Problem("file_empty", "x.xlsx"),), readable=False))
    assert verdict(unreadable, "en") == "No table could be read in this file."


def test_text_of_a_file_cannot_move_the_cursor_of_a_terminal():
    # Escape sequence, carriage return and the sign that turns text around.
    assert one_line("a\x1b[2Jb\rc\u202ed\ne") == "a [2Jb c d e"
    problem = Problem("not_a_number", "x.csv", 2, "\x1b]0;owned\x07", "1\x1b[31m", at=1)
    lines = report_lines(intake((problem,)), "vi")
    assert not any("\x1b" in line or "\n" in line for line in lines)
    assert report_records(intake((problem,)), "vi")["problems"][0]["value"] == "1\x1b[31m"
