"""What a briefing says: its slides, from a table that a reader can check by head."""

from dataclasses import replace

import pytest

from indices.analysis.as_of import as_of, known_by
from indices.export.content import SeriesData
from indices.export.story import SECTIONS
from indices.export.telling import TITLE_ROOM, TITLE_SIZE, sentence, title_of
from indices.export.text_fit import fitted, n_lines, width
from indices.narrative.deck_notes import spans_of
from tests.unit.briefing import TABLE, briefing, catalogue, slide
from tests.unit.conftest import figures


def test_the_slides_come_in_one_order_whatever_was_asked_for():
    assert [one.section for one in briefing().slides] == ["standing", "index", "takes", "outlook", "sources"]
    some = briefing(sections=("sources", "standing"))
    assert [one.section for one in some.slides] == ["standing", "sources"]
    assert SECTIONS == ("standing", "indices", "takes", "outlook", "sources")


def test_the_titles_alone_tell_the_story():
    assert [one.title for one in briefing().slides] == [
        "B: 0/1 chỉ số trong nhóm 2; X hạng 3 cần chú ý",
        "X 2023: hạng 3/5, giảm 1 bậc so với năm 2022; cần thêm 5,00 điểm để vào nhóm 2",
        "Để mọi chỉ số vào nhóm 2: X cần thêm 5,00 điểm",
        "Chưa đủ cơ sở để nói về năm đánh giá tiếp theo của B",
        "Số liệu của 1 cơ quan công bố; 1 chỉ số từng đổi phương pháp, không so hạng qua năm đổi",
    ]


def test_provinces_are_named_in_the_language_of_the_story():
    told = briefing(language="en")
    assert told.title == "B-land in the provincial governance indices"
    assert told.subtitle.endswith("Made on 24 November 2026")
    assert told.slides[0].title == "B-land: 0 of 1 indices in the top 2; to watch: X (rank 3)"
    assert told.slides[1].chart.title == "X rank of B-land, rank 1 on top"
    assert (told.province, told.language, told.made_on) == ("B", "en", "24 November 2026")


def test_where_we_stand_is_a_row_an_index():
    table = slide(briefing(), "standing").table
    assert len(table.heads) == 6
    assert table.rows == (("X", "2023", "3/5", "Sát mục tiêu", "Giảm 1 bậc so với năm 2022", "Kém 5,00"),)


def test_the_line_is_cut_at_the_new_method_and_open_where_a_year_is_missing():
    chart = slide(briefing(), "index").chart
    assert chart.categories == ("2019", "2020", "2021", "2022", "2023")
    assert chart.series == (
        SeriesData("Mục tiêu: hạng 2", "target", (2.0,) * 5),
        SeriesData("B", "focal", (2.0, None, 3.0, None, None), (False, False, True, False, False)),
        SeriesData("B", "focal", (None, None, None, 2.0, 3.0), (False,) * 5),
    )
    assert (chart.form, chart.reversed_axis, chart.axis_max, chart.axis_unit) == ("line", True, 5.0, 5.0)


def test_what_must_be_known_stands_at_the_foot():
    one = slide(briefing(), "index")
    assert one.footnotes == (
        "Đường ngắt ở năm đổi phương pháp (2022); hạng hai bên không so sánh được.",
        "Dấu hình thoi: hạng tính toán từ điểm (2021), không do cơ quan công bố xếp.",
        "Để trống: năm chưa có thứ hạng của tỉnh (2020).",
        "Mới có số liệu công khai của một phần các tỉnh: X 2023 (3/5).",
    )
    assert one.source == "Nguồn: Bộ X; đọc từ x.vn."


def test_three_sentences_and_the_numbers_for_the_speaker():
    one = slide(briefing(), "index")
    assert one.leads == ("Vì sao", "Mục tiêu", "Chắc đến đâu")
    assert one.bullets[1] == "Cần thêm 5,00 điểm để vào nhóm 2."
    assert "Thứ hạng từng năm: 2019: 2/5; 2021: 3/5 (tính toán); 2022: 2/5; 2023: 3/5." in one.notes
    assert "Điểm từng năm: 2019: 70,00; 2021: 60,00; 2022: 85,00; 2023: 80,00." in one.notes
    assert one.alt.startswith("Thứ hạng X của B: từ 2/5 năm 2022 xuống 3/5 năm 2023, giảm 1 bậc")


def test_a_change_across_a_new_method_is_not_told_as_one():
    told = briefing(year=2022)
    assert slide(told, "standing").table.rows[0][4] == "Đổi phương pháp, không so được với năm 2021"
    assert "đổi phương pháp so với năm 2021" in slide(told, "index").title


def test_a_year_chooses_what_was_known():
    told = briefing(year=2021)
    assert slide(told, "index").title.startswith("X 2021: hạng 3/5 (tính toán), giảm 1 bậc so với năm 2019")
    assert slide(told, "index").chart.categories == ("2019", "2020", "2021")
    assert len(told.notes) == 2
    assert "2021" in told.subtitle


def test_as_of_keeps_the_editions_named_for_the_year_or_earlier():
    held = catalogue()
    table = figures(TABLE)
    found = as_of(table, held, 2021)
    assert sorted(set(found["edition"])) == ["2019", "2020", "2021"]
    assert len(found) == 11
    assert len(as_of(table, held, 2018)) == 0
    assert len(table) == 19
    merged = replace(held, editions=(*held.editions, replace(held.editions[0], edition="2021-34", frame=34)))
    assert [spec.edition for spec in known_by(merged, 2021).editions] == ["2019", "2020", "2021", "2021-34"]


def test_a_province_without_figures_gets_words_and_the_rest_of_the_deck():
    told = briefing("F")
    assert [one.section for one in told.slides] == ["standing", "takes", "outlook", "sources"]
    assert told.slides[0].table.rows == (("X", None, None, "Chưa có số liệu", None, None),)
    assert told.slides[1].title == "Chưa có số liệu của F để nói cần gì để vào nhóm 2"
    assert all(one.bullets or one.table for one in told.slides)
    assert all(one.notes for one in told.slides)


def test_an_index_asked_for_without_figures_has_a_slide_that_says_so():
    one = slide(briefing("F", indices=("X",)), "index")
    assert one.title == "X: chưa có số liệu nào của F"
    assert (one.chart, len(one.bullets)) == (None, 1)


def test_one_edition_is_one_point():
    one = slide(briefing("B", table=TABLE.split("2020")[0]), "index")
    assert one.chart.categories == ("2019",)
    assert one.title == "X 2019: hạng 2/5; cuối nhóm 2, hơn tỉnh kế dưới 10,00 điểm"


def test_scores_alone_are_drawn_as_scores():
    one = slide(briefing("B", table="edition province score rank\n2019 B 70 -\n2021 B 60 -"), "index")
    assert (one.chart.reversed_axis, one.chart.decimals) == (False, 2)
    assert one.chart.series == (SeriesData("B", "focal", (70.0, None, 60.0)),)
    assert one.title.startswith("X 2021: chưa có thứ hạng")


def test_an_index_that_ended_has_a_slide_only_where_it_is_asked_for_or_all_there_is():
    held = catalogue()
    ended = replace(held.indices["X"], last_edition=2023, successor="Y")
    other = replace(held.indices["X"], index="Y")
    known = replace(held, indices={"X": ended, "Y": other})
    assert [one.index for one in briefing(catalogue=known).slides if one.index] == ["X"]
    with_y = briefing(catalogue=known, indices=("Y",))
    assert [one.index for one in with_y.slides if one.index] == ["Y"]
    assert slide(briefing(catalogue=known), "standing").footnotes[-1] == (
        "X đã dừng từ năm 2023; chỉ số kế tiếp: Y."
    )


@pytest.mark.parametrize("asked", [{"indices": ("Z",)}, {"sections": ("appendix",)}])
def test_an_unknown_code_is_an_error(asked):
    with pytest.raises(ValueError, match=r"^(Z|appendix)$"):
        briefing(**asked)


def test_the_first_length_of_a_title_that_fits_is_taken():
    long = "rất dài " * 40
    assert title_of((long, "vừa")) == "vừa"
    assert title_of((long, long + "nữa")) == long + "nữa"
    assert n_lines("ngắn", TITLE_ROOM, TITLE_SIZE) == 1


def test_room_that_words_need():
    assert width("mi", 10) == pytest.approx(11.05)
    assert width("ệ", 10) == width("e", 10)
    assert (n_lines("mm mm", 18, 10), n_lines("mm mm", 80, 10)) == (2, 1)
    assert n_lines("một\nhai", 500, 10) == 2
    assert fitted("mm mm", 18, largest=10, least=4, lines=1).size == 4
    cut = fitted("mm mm mm", 52, largest=10, least=10, lines=1)
    assert (cut.words, cut.cut) == ("mm mm…", True)


def test_small_words():
    assert spans_of([2006, 2007, 2008, 2010]) == "2006–2008, 2010"
    assert sentence("giữ nguyên") == "Giữ nguyên."
