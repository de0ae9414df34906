"""The deck: native charts whose workbooks hold the answer's figures, tables, alternative texts, notes."""

import re
from datetime import datetime

import pytest
from pptx.oxml.ns import qn

from indices.export.content import ChartData, SeriesData, Slide, Story, TableData
from indices.export.slide_charts import add_chart
from indices.export.slide_tables import grids
from indices.export.slide_text import Box, Writer
from indices.export.slides import deck_bytes
from tests.unit.briefing import briefing, slide
from tests.unit.decks import cached, charts, described, expected, notes, opened, overlapping, parts, words


@pytest.fixture(scope="module")
def content() -> bytes:
    return deck_bytes(briefing()).content


@pytest.fixture(scope="module")
def deck(content):
    return opened(content)


def told(*slides: Slide, title: str = "T") -> Story:
    return Story(title, "Dòng một\nDòng hai", "B", "vi", "24/11/2026", slides)


def test_a_slide_for_the_title_and_one_for_each_of_the_story(deck):
    assert [page.shapes.title.text_frame.text for page in deck.slides] == [
        "B trong các chỉ số quản trị cấp tỉnh",
        *(one.title for one in briefing().slides),
    ]
    assert "Lập ngày 24/11/2026" in words(deck.slides[0])


def test_the_workbook_inside_holds_the_figures_of_the_answer(deck):
    data = slide(briefing(), "index").chart
    (drawn,) = charts(deck.slides[2])
    assert drawn.sheet == expected(data)
    assert drawn.sheet[1:] == [
        ("2019", 2, 2, None),
        ("2020", 2, None, None),
        ("2021", 2, 3, None),
        ("2022", 2, None, 2),
        ("2023", 2, None, 3),
    ]
    assert cached(drawn.space) == [list(one.values) for one in data.series]


def test_rank_1_is_on_top_and_a_gap_stays_one(deck):
    (drawn,) = charts(deck.slides[2])
    value = next(drawn.space.iter(qn("c:valAx")))
    assert value.find(f"{qn('c:scaling')}/{qn('c:orientation')}").get("val") == "maxMin"
    assert value.find(f"{qn('c:scaling')}/{qn('c:max')}").get("val") in ("5", "5.0")
    assert next(drawn.space.iter(qn("c:dispBlanksAs"))).get("val") == "gap"
    category = next(drawn.space.iter(qn("c:catAx")))
    assert category.find(qn("c:crosses")).get("val") == "max"


def test_every_stretch_looks_the_same_and_the_target_otherwise(deck):
    (drawn,) = charts(deck.slides[2])
    target, first, second = drawn.space.iter(qn("c:ser"))

    def looks(series) -> tuple[str, ...]:
        line = series.find(f"{qn('c:spPr')}/{qn('a:ln')}")
        dash = line.find(qn("a:prstDash"))
        return (
            line.get("w"),
            next(line.iter(qn("a:schemeClr"))).get("val"),
            "" if dash is None else dash.get("val"),
        )

    assert looks(first) == looks(second) == ("38100", "accent1", "")
    assert looks(target)[2] == "dash"
    assert next(drawn.space.iter(qn("c:legend")), None) is None


def test_a_computed_place_has_another_sign(deck):
    (drawn,) = charts(deck.slides[2])
    _, first, second = drawn.space.iter(qn("c:ser"))
    points = {
        int(point.find(qn("c:idx")).get("val")): next(point.iter(qn("c:symbol"))).get("val")
        for point in first.iter(qn("c:dPt"))
    }
    assert points == {2: "diamond"}
    assert list(second.iter(qn("c:dPt"))) == []
    assert first.find(f"{qn('c:marker')}/{qn('c:symbol')}").get("val") == "circle"


def test_the_table_is_native_and_says_what_the_story_says(deck):
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
    data = slide(briefing(), "standing").table
    assert cells == [data.heads, *data.rows]


def test_charts_and_tables_tell_themselves_to_who_cannot_see_them(deck):
    frames = [shape for page in deck.slides for shape in page.shapes if shape.has_chart or shape.has_table]
    stories = [one for one in briefing().slides if one.chart or one.table]
    assert [described(shape) for shape in frames] == [one.alt for one in stories]
    assert all(len(described(shape)) > 30 for shape in frames)


def test_the_title_is_read_first_and_the_number_last(deck):
    for number, page in enumerate(deck.slides, start=1):
        shapes = list(page.shapes)
        assert shapes[0].is_placeholder and shapes[0] == page.shapes.title
        assert shapes[-1]._element.xpath(".//a:fld/@type") == ["slidenum"]
        assert shapes[-1].text_frame.text in (str(number), "")


def test_the_notes_hold_the_numbers(deck):
    for page, one in zip(list(deck.slides)[1:], briefing().slides, strict=True):
        assert notes(page).split("\n") == list(one.notes)


def test_sentences_source_and_footnotes_are_all_on_the_slide(deck):
    for page, one in zip(list(deck.slides)[1:], briefing().slides, strict=True):
        shown = words(page)
        for sentence in (*one.bullets, *one.footnotes, one.source):
            assert sentence in shown
        for lead in one.leads:
            assert lead in shown


def test_nothing_lies_over_anything_else(deck):
    assert overlapping(deck) == []


def test_sizes_language_and_font(content):
    files = parts(content)
    theme = files["ppt/theme/theme1.xml"].decode()
    assert re.findall(r'<a:latin typeface="([^"]*)"', theme) == ["Calibri", "Calibri"]
    assert "outerShdw" not in theme
    assert "0B5CAD" in theme
    for name, content_of in files.items():
        if re.match(r"ppt/(slides/slide|charts/chart)\d", name):
            xml = content_of.decode()
            assert min(int(size) for size in re.findall(r'\bsz="(\d+)"', xml)) >= 1200
            assert set(re.findall(r'lang="([^"]*)"', xml)) | set(
                re.findall(r'<c:lang val="([^"]*)"', xml)
            ) == {"vi-VN"}
            assert "latin typeface" not in xml
            assert "view3D" not in xml and "outerShdw" not in xml


def test_bullets_and_cells_are_14_points_or_larger(deck):
    for page in deck.slides:
        for shape in page.shapes:
            if shape.has_table:
                sizes = [
                    r.font.size.pt
                    for row in shape.table.rows
                    for c in row.cells
                    for r in c.text_frame.paragraphs[0].runs
                ]
                assert min(sizes) >= 14
            elif shape.is_placeholder and shape.has_text_frame:
                sizes = [run.font.size for p in shape.text_frame.paragraphs for run in p.runs]
                assert all(size is None or size.pt >= 14 for size in sizes)


def test_english_says_so_and_names_the_province(deck):
    made = opened(deck_bytes(briefing(language="en")).content)
    assert made.slides[0].shapes.title.text_frame.text == "B-land in the provincial governance indices"
    assert made.core_properties.language == "en-US"
    assert made.core_properties.created == datetime(2026, 11, 24)


def test_a_name_of_300_letters_is_cut_and_told_in_the_notes():
    long = " ".join(["dài"] * 75)
    cell = Slide(
        "standing", None, long, (long * 4,), table=TableData(("A", "B"), (("x", long * 5),)), source=long
    )
    made = opened(deck_bytes(told(cell, title=long)).content)
    assert overlapping(made) == []
    page = made.slides[1]
    shown = page.shapes.title.text_frame.text
    assert shown.endswith("…") or shown == long
    assert f"Viết đầy đủ: {long * 5}" in notes(page)
    table = next(shape.table for shape in page.shapes if shape.has_table)
    assert table.cell(1, 1).text.endswith("…")


def test_a_table_too_long_for_a_slide_goes_on_on_the_next():
    rows = tuple((f"chỉ số {at}", "chữ " * 20) for at in range(30))
    long = Slide("takes", None, "Bảng dài", ("Một câu.",), table=TableData(("A", "B"), rows), alt="Bảng.")
    made = opened(deck_bytes(told(long)).content)
    pages = list(made.slides)[1:]
    assert len(pages) > 2
    assert pages[1].shapes.title.text_frame.text == "Bảng dài (tiếp)"
    tables = [next(shape.table for shape in page.shapes if shape.has_table) for page in pages]
    assert [table.cell(0, 0).text for table in tables] == ["A"] * len(pages)
    assert sum(len(table.rows) - 1 for table in tables) == 30
    assert "Một câu." in words(pages[-1]) and "Một câu." not in words(pages[0])
    assert overlapping(made) == []


def test_a_table_keeps_its_short_rows_on_one_line():
    table = TableData(("Chỉ số", "Rất nhiều chữ ở đầu cột này"), (("PAR", "một hàng"),) * 3)
    (grid,) = grids(table, 240, 200, Writer("vi"))
    assert len(set(grid.high[1:])) == 1
    assert grid.high[0] > grid.high[1]
    assert sum(grid.wide) == pytest.approx(240)


def test_bars_have_their_names_first_on_top_and_shares_never_quite_none():
    data = ChartData(
        "bar",
        "Khả năng",
        ("PAR", "PCI"),
        (SeriesData("Khả năng", "focal", (0.3, None)),),
        axis_max=100,
        suffix="%",
    )
    made = opened(deck_bytes(told(Slide("outlook", None, "T", chart=data, alt="a"))).content)
    (drawn,) = charts(made.slides[1])
    assert drawn.sheet == [(None, "Khả năng"), ("PAR", 0.3), ("PCI", None)]
    assert next(drawn.space.iter(qn("c:barDir"))).get("val") == "bar"
    category = next(drawn.space.iter(qn("c:catAx")))
    assert category.find(f"{qn('c:scaling')}/{qn('c:orientation')}").get("val") == "maxMin"
    formats = [form.get("formatCode") for form in drawn.space.iter(qn("c:numFmt"))]
    assert '[<1]"<1%";[>99]">99%";0"%"' in formats


def test_scores_have_their_decimals():
    data = ChartData("line", "", ("2019",), (SeriesData("B", "focal", (70.5,)),), decimals=2)
    made = opened(deck_bytes(told(Slide("index", "X", "T", chart=data))).content)
    frame = add_chart(made.slides[1], data, Box(10, 10, 300, 200), "vi", "n", "a")
    codes = {form.text for form in frame.chart._chartSpace.iter(qn("c:formatCode"))}
    assert codes == {"0.00"}


def test_a_slide_without_chart_and_table_is_words_alone():
    made = opened(deck_bytes(told(Slide("index", "X", "X: chưa có số liệu", ("Một câu.",)))).content)
    page = made.slides[1]
    assert [shape.is_placeholder for shape in page.shapes][:2] == [True, True]
    assert "Một câu." in words(page)


def test_a_story_is_not_changed():
    before = briefing()
    deck_bytes(before)
    assert before == briefing()
