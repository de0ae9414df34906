"""The workbook: a sheet a question, real numbers, native charts; from tables to be checked by head."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from indices.catalogue import SourceSpec
from indices.export.book import QUESTIONS, book_answers, questions, workbook
from indices.export.book_model import Column, Question, distance, of_scale, places, share, whole
from indices.export.book_writer import Sheets
from indices.i18n import LANGUAGES, text
from indices.provinces import Provinces
from tests.unit import five_provinces as five
from tests.unit.briefing import DAY, TABLE, catalogue
from tests.unit.conftest import figures
from tests.unit.opened_book import CHART, charts, opened, rows, sentences, shown


def made(province: str = "B", language: str = "vi", table: str = TABLE, held=None, **more) -> bytes:
    return workbook(figures(table), held or catalogue(), province, 2, language, made_on=DAY, **more)


def named(book, code: str, language: str = "vi"):
    return book[text(f"book.sheet_{code}", language)]


def head(name: str, language: str = "vi") -> str:
    return text(f"book.head_{name}", language, target=2)


@pytest.fixture(scope="module")
def content() -> bytes:
    return made()


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


def test_a_sheet_a_question_its_sources_last(book):
    assert book.sheetnames == [
        "Hiện trạng",
        "Lịch sử thứ hạng",
        "Khoảng cách từng phần",
        "Vì sao đổi hạng",
        "Ai vượt ai",
        "Vì sao đổi điểm",
        "Mạnh và yếu",
        "Cần gì để đạt mục tiêu",
        "Thứ hạng chắc đến đâu",
        "Năm đánh giá tiếp theo",
        "Dự báo các năm trước",
        "Thử lại mô hình",
        "Trước và sau chỉ đạo",
        "Mục tiêu được giao",
        "Thay đổi phương pháp",
        "Nguồn",
    ]
    assert len(QUESTIONS) == 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_sheets_are_short_and_differ(language):
    names = opened(made(language=language)).sheetnames
    assert max(map(len, names)) <= 31
    assert len({name.casefold() for name in names}) == 16


def test_a_sheet_begins_with_its_answer(book):
    assert book["Hiện trạng"]["A1"].value == "B: 0/1 chỉ số trong nhóm 2; X hạng 3 cần chú ý."
    assert named(book, "history")["A1"].value == (
        "Từ năm 2019, B có 4 thứ hạng đã biết, trong đó 2 lần trong nhóm 2"
    )
    assert named(book, "gap")["A1"].value == "X 2023: B hạng 3/5, cần thêm 5,00 điểm để vào nhóm 2."


def test_where_the_province_stands_is_a_row_of_numbers(book):
    (row,) = rows(named(book, "standing"))
    wanted = {
        "index": "X",
        "edition": "2023",
        "place": 3,
        "place_kind": "công bố",
        "n_ranked": 5,
        "score": 80,
        "places_to_go": 1,
        "target_province": "C",
        "target_score": 85,
        "points_to_go": 5,
        "change": -1,
        "change_since": "2022",
        "source": 1,
    }
    assert {name: row[head(name)] for name in wanted} == wanted


def test_published_and_computed_ranks_stand_in_columns_of_their_own(book):
    found = rows(named(book, "history"))
    assert [
        (row[head("year")], row[head("rank")], row[head("computed")], row[head("place")]) for row in found
    ] == [
        (2019, 2, None, 2),
        (2020, None, None, None),
        (2021, None, 3, 3),
        (2022, 2, None, 2),
        (2023, 3, None, 3),
    ]
    assert [row[head("note")] for row in found] == [
        None,
        "chưa có số liệu",
        None,
        "năm đầu của phương pháp mới",
        None,
    ]
    assert head("computed").startswith("Hạng tính toán")


def test_the_steps_of_a_change_are_told_newest_first_answerable(book):
    found = rows(named(book, "why"))
    assert {row[head("edition")] for row in found} == {"2022"}
    # From 3rd by score (70 and 60 of 80, 70, 60 …) to 2nd of 90, 85, 70 …
    assert [row[head("places")] for row in found] == [1.5, -0.5, 0, 0, 0]
    said = sentences(named(book, "why"))
    assert any("mới có 3/5 tỉnh năm 2023 và 5/5 tỉnh năm 2022" in one for one in said)


def test_a_refusal_stands_in_the_place_of_a_table(book):
    sheet = named(book, "score")
    assert rows(sheet) == []
    assert sheet["A1"].value == "Vì sao đổi điểm (B): chưa có câu trả lời, lý do ghi ở dưới"
    assert any("Chưa có công thức được kiểm chứng" in one for one in sentences(sheet))


def test_the_rank_chart_is_cut_at_a_new_method_and_has_the_target_as_a_series(content):
    chart = charts(content)[0]
    sheet = "'Lịch sử thứ hạng'!"
    assert shown(chart) == [
        ("2019–2021", f"{sheet}$B$5:$B$7", f"{sheet}$E$5:$E$7"),
        ("2022–2023", f"{sheet}$B$8:$B$9", f"{sheet}$E$8:$E$9"),
        ("hạng tính toán", f"{sheet}$B$5:$B$9", f"{sheet}$D$5:$D$9"),
        ("Nhóm 2", f"{sheet}$B$5:$B$9", f"{sheet}$G$5:$G$9"),
    ]
    assert chart.find(f".//{CHART}dispBlanksAs") is None  # a gap, where nothing else is said
    upright = next(
        axis for axis in chart.iter(f"{CHART}valAx") if axis.find(f"{CHART}axPos").get("val") == "l"
    )
    assert upright.find(f"{CHART}scaling/{CHART}orientation").get("val") == "maxMin"
    assert upright.find(f"{CHART}scaling/{CHART}min").get("val") == "1"


def test_charts_are_told_in_words(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if "drawings/drawing" in name]
    assert len(drawings) == 2
    assert 'descr="Thứ hạng X của B: từ 2/5 năm 2022 xuống 3/5 năm 2023, giảm 1 bậc;' in "".join(drawings)
    assert 'descr=""' not in "".join(drawings)


def test_headings_stay_and_every_page_of_paper_has_them(book):
    for sheet in book.worksheets:
        with_table = bool(rows(sheet))
        assert (sheet.freeze_panes == "C5") == with_table
        assert (sheet.auto_filter.ref is not None) == with_table
        assert (sheet.print_title_rows == "$1:$4") == with_table
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "trang «Nguồn»" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "Lập ngày 24/11/2026"


def test_parts_of_a_total_have_a_bar_each():
    found = workbook(five.table(), five.catalogue(), "D", 3, "vi", made_on=DAY)
    table = rows(opened(found)["Khoảng cách từng phần"])
    wanted = text("book.head_difference", "vi", target=3)
    # C, 3rd: 60 = 7.5 × 7 + …, whose other part is not held: only what D itself lost is known.
    assert [row[wanted] for row in table] == [None, None, None]
    lost = [row[text("book.head_lost", "vi", target=3)] for row in table]
    assert lost == pytest.approx([7.5 * 4, 2.5 * 6, 0])
    bars = [chart for chart in charts(found) if chart.find(f".//{CHART}barDir") is not None]
    lying = next(chart for chart in bars if chart.find(f".//{CHART}barDir").get("val") == "bar")
    assert [values for *_, values in shown(lying)] == ["'Khoảng cách từng phần'!$H$5:$H$6"]


def test_texts_run_nothing():
    evil = '=HYPERLINK("http://x","y")'
    held = catalogue(sources={"s": SourceSpec("s", "+1+1", evil, "publisher")})
    sheet = opened(made(held=held))["Nguồn"]
    (row,) = rows(sheet)
    assert row[head("title")] == evil
    cells = {cell.value: cell for cell in sheet[5]}
    assert (cells[evil].data_type, cells[evil].quotePrefix) == ("s", True)
    assert (cells["+1+1"].data_type, cells["+1+1"].quotePrefix) == ("s", True)


def test_the_same_answers_and_day_give_the_same_bytes(content):
    assert made() == content
    assert workbook(figures(TABLE), catalogue(), "B", 2, "vi", made_on=date(2026, 11, 25)) != content


def test_its_properties_name_no_author(book):
    assert book.properties.creator in ("", None)
    assert book.properties.title == "Sổ số liệu các chỉ số quản trị cấp tỉnh: B"
    assert book.properties.created.date() == DAY


def test_what_was_known_in_a_year():
    found = opened(made(year=2021))
    assert [row[head("edition")] for row in rows(named(found, "standing"))] == ["2021"]
    assert [row[head("year")] for row in rows(named(found, "history"))] == [2019, 2020, 2021]
    assert rows(named(found, "methods")) == []


def test_a_province_without_a_figure_gets_words():
    found = opened(made("F"))
    (row,) = rows(named(found, "standing"))
    assert (row[head("index")], row[head("place")], row[head("status")]) == ("X", None, "Chưa rõ")
    for code in ("standing", "gap", "why", "crossings", "score", "strengths", "reach", "certainty"):
        assert "X: chưa có số liệu của F." in sentences(named(found, code)), code
    assert charts(made("F")) == []


def test_a_province_of_one_edition():
    table = "\n".join(
        line for line in TABLE.splitlines() if not line.startswith(("2020", "2021", "2022", "2023"))
    )
    found = opened(made("E", table=table))
    assert [row[head("place")] for row in rows(named(found, "history")) if row[head("place")]] == [5]
    assert rows(named(found, "why")) == []
    reason = "X 2019: Chưa có số liệu X của tỉnh ở năm nào trước năm 2019 để so sánh."
    assert reason in sentences(named(found, "why"))
    assert [row[head("places_to_go")] for row in rows(named(found, "standing"))] == [3]


def test_a_name_of_three_hundred_letters_is_written_out():
    long = "Tỉnh " + "rất dài " * 37
    held = catalogue()
    frames = [
        replace(one, name_vi="B", name_en=long) for one in held.provinces.frame(63) if one.name_vi == "B"
    ]
    others = [one for one in held.provinces.frame(63) if one.name_vi != "B"]
    found = opened(made(language="en", held=replace(held, provinces=Provinces([*others, *frames], [], []))))
    sheet = named(found, "standing", "en")
    assert sheet["A1"].value.startswith(long)
    assert sheet.row_dimensions[1].height > 30


def test_only_the_indices_asked_for():
    answers = book_answers(figures(TABLE), catalogue(), "B", 2)
    asked = questions(answers, "vi", indices=())
    assert [question.rows for question in asked] == [()] * 16


def test_decimals_go_by_the_scale():
    assert [of_scale(71.5, 100).form, of_scale(0.4366, 1).form, whole(4).form] == ["0.00", "0.0000", "0"]
    assert distance(5, 80).form == '+0.00;"−"0.00;0.00'
    assert distance(0.0525, 80).form == '+0.0000;"−"0.0000;0.0000'
    assert [places(2).form, places(1.5).form] == ['+0;"−"0;0', '+0.0;"−"0.0;0']
    assert share(0.004).form == '[<0.01]"<1%";[>0.99]">99%";0%'
    assert [of_scale(None, 100), distance(None, 1), share(None), whole(None)] == [None] * 4


def test_columns_are_wide_enough_for_every_word_of_their_heading():
    column = Column("a", "Nghiêng nghiêng ngoằn-ngoèo-không-ngắt-được", 34)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as writer:
        question = Question("standing", "T", "H", (column,), ({"a": whole(1)},))
        Sheets(writer, {"standing": "S"}, "").write(question, "R")
    wide = opened(buffer.getvalue())["S"].column_dimensions["A"].width
    assert wide > len("ngoằn-ngoèo-không-ngắt-được")
