"""The report: the form of an office's report, the sentences of the story, each number as it stands there."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from indices.export.brief import HIGHEST, brief_bytes
from indices.export.content import Slide, Story, TableData
from tests.unit.briefing import briefing, slide
from tests.unit.opened_brief import grid, opened, paragraphs


def png(width: int, height: int) -> bytes:
    """A white picture."""
    lines = b"".join(b"\x00" + b"\xff" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def story() -> Story:
    return briefing()


@pytest.fixture(scope="module")
def report(story):
    return opened(brief_bytes(story))


def test_the_page_is_that_of_decree_30(report):
    (section,) = report.sections
    assert [round(side / Cm(1), 1) for side in (section.page_width, section.page_height)] == [21.0, 29.7]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Cm(1), 2) for one in margins] == [2, 2, 3, 1.5]
    normal = report.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    fonts = normal.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }


def test_no_letter_is_smaller_than_eleven_points(report):
    sizes = [int(size.get(qn("w:val"))) / 2 for size in report.element.body.iter(qn("w:sz"))]
    written = [
        run
        for run in report.element.body.iter(qn("w:r"))
        if "".join(part.text or "" for part in run.iter(qn("w:t"))).strip()
    ]
    assert len(sizes) >= len(written) > 20
    small = [run for run in written if int(run.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val"))) < 22]
    assert small == []


def test_the_head_leaves_office_and_number_blank(report):
    said = paragraphs(report)
    assert said[:8] == [
        "……… (cơ quan chủ quản)",
        "……… (CƠ QUAN BÁO CÁO)",
        "Số: ……/BC-……",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "……, ngày …… tháng …… năm ……",
        "BÁO CÁO TÓM TẮT",
        "B trong các chỉ số quản trị cấp tỉnh",
    ]


def test_the_english_report_has_no_motto():
    said = paragraphs(opened(brief_bytes(briefing(language="en"))))
    assert said[:5] == [
        "……… (superior office)",
        "……… (REPORTING OFFICE)",
        "No.: ……",
        "SUMMARY REPORT",
        "B-land in the provincial governance indices",
    ]
    assert not any("Độc lập" in one or "Independence" in one for one in said)


def test_sections_are_numbered_and_say_their_finding(report):
    found = [one for one in paragraphs(report) if re.match(r"\d\. ", one)]
    assert [one[:60] for one in found] == [
        "1. B: 0/1 chỉ số trong nhóm 2; X hạng 3 cần chú ý.",
        "2. Từng chỉ số.",
        "3. Để mọi chỉ số vào nhóm 2: X cần thêm 5,00 điểm.",
        "4. Chưa đủ cơ sở để nói về năm đánh giá tiếp theo của B.",
        "5. Nguồn và ghi chú. Nguồn: Bộ X (X). Mới có số liệu công kh",
    ]


def test_the_table_is_that_of_the_story(story, report):
    table = slide(story, "standing").table
    assert grid(report) == [list(table.heads), *map(list, table.rows)]


def test_headings_of_the_table_repeat_and_rows_stay_whole(report):
    ruled = next(table for table in report.tables if table.style.name == "Table Grid")
    assert ruled.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in ruled.rows)


def test_an_index_has_its_three_sentences(story, report):
    one = slide(story, "index")
    said = next(text for text in paragraphs(report) if text.startswith("X. "))
    assert said == "X. " + " ".join(
        f"{lead}: {words}" for lead, words in zip(one.leads, one.bullets, strict=True)
    )
    assert "Cần thêm 5,00 điểm để vào nhóm 2." in said


def test_numbers_are_written_in_the_language():
    table = TableData(("Chỉ số", "Điểm"), (("X", 71.5), ("Y", None)), (0, 2))
    told = Slide("standing", None, "T", table=table)
    vi = Story("S", "U", "B", "vi", "24/11/2026", (told,))
    assert grid(opened(brief_bytes(vi)))[1:] == [["X", "71,50"], ["Y", "–"]]
    en = replace(vi, language="en", made_on="24 November 2026")
    assert grid(opened(brief_bytes(en)))[1:] == [["X", "71.50"], ["Y", "–"]]


@pytest.mark.parametrize(("language", "spoken"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_the_document_says_its_language(language, spoken):
    report = opened(brief_bytes(briefing(language=language)))
    said = list(report.styles.element.iter(qn("w:lang")))
    assert [(one.get(qn("w:val")), one.get(qn("w:eastAsia"))) for one in said] == [(spoken, spoken)]
    assert report.core_properties.language == spoken


def test_pages_after_the_first_are_numbered(report):
    (section,) = report.sections
    assert section.different_first_page_header_footer
    assert section.header._element.xpath("string(.//w:instrText)") == "PAGE"
    assert section.header.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert section.first_page_header.paragraphs[0].text == ""


def test_a_picture_is_asked_for_told_in_words_and_fits(story):
    asked = []

    def pictures(name, index):
        asked.append((name, index))
        return png(195, 110)

    report = opened(brief_bytes(story, pictures=pictures))
    assert asked == [("rank", "X")]
    (shape,) = report.inline_shapes
    assert shape._inline.docPr.get("descr") == slide(story, "index").alt
    assert shape.width <= Cm(16.5)
    assert shape.height <= Cm(HIGHEST)
    assert shape.width / shape.height == pytest.approx(195 / 110, rel=0.01)


def test_without_the_line_of_an_index_all_of_them_are_drawn(story):
    def pictures(name, index):
        return png(195, 110) if name == "before-after" else None

    (shape,) = opened(brief_bytes(story, pictures=pictures)).inline_shapes
    assert shape._inline.docPr.get("descr") == slide(story, "standing").alt


def test_where_nothing_can_be_drawn_the_report_says_so(story):
    report = opened(brief_bytes(story, pictures=lambda name, index: None))
    assert len(report.inline_shapes) == 0
    assert any("máy lập báo cáo chưa vẽ được biểu đồ" in one for one in paragraphs(report))
    assert grid(report) != []


def test_the_same_story_gives_the_same_bytes(story):
    content = brief_bytes(story)
    assert brief_bytes(story) == content
    assert brief_bytes(replace(story, made_on="25/11/2026")) != content


def test_its_properties_name_no_author(report):
    properties = report.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "B trong các chỉ số quản trị cấp tỉnh"
    assert (properties.created.day, properties.created.month, properties.created.year) == (24, 11, 2026)


def test_signs_that_no_document_can_hold_are_left_out():
    told = Story(
        "a\x00b", "U", "B", "vi", "24/11/2026", (Slide("standing", None, "=1+1\x0b", bullets=("c\x1fd",)),)
    )
    said = paragraphs(opened(brief_bytes(told)))
    assert "a b" in said and "1. =1+1 ." in said and "c d." in said


def test_a_story_of_one_section_is_numbered_anew():
    told = briefing(sections=("outlook", "sources"))
    found = [one for one in paragraphs(opened(brief_bytes(told))) if re.match(r"\d\. ", one)]
    assert [one[:2] for one in found] == ["1.", "2."]
    assert found[0].startswith("1. Chưa đủ cơ sở")


def test_a_province_without_a_figure_gets_words():
    said = paragraphs(opened(brief_bytes(briefing("F"))))
    assert any("chưa có số liệu" in one.lower() for one in said)
    assert said[7] == "F trong các chỉ số quản trị cấp tỉnh"


def test_a_name_of_three_hundred_letters_is_written_out():
    long = "Tên dài " * 38
    told = replace(briefing(), title=long)
    assert long in paragraphs(opened(brief_bytes(told)))


def test_nothing_in_the_file_is_fetched_from_elsewhere(story):
    with zipfile.ZipFile(io.BytesIO(brief_bytes(story, pictures=lambda *_: png(20, 10)))) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".rels")]
    assert parts and 'TargetMode="External"' not in "".join(parts)
