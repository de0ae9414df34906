"""Workbook and report as LibreOffice prints them: pages, letters, nothing cut."""

from dataclasses import replace
from datetime import date

import pytest

from indices.export.book import book_bytes
from indices.export.brief import brief_bytes
from indices.export.story import told
from indices.i18n import LANGUAGES, text
from tests.published.exports import answered
from tests.unit.briefing import briefing
from tests.unit.test_brief import png

DAY = date(2026, 11, 24)
REPORTS = (
    ("Bắc Giang", None, "vi"),
    ("Bắc Giang", None, "en"),
    ("Hà Nội", 2021, "en"),
    ("Bà Rịa - Vũng Tàu", None, "vi"),
)


@pytest.mark.parametrize(("province", "year", "language"), REPORTS)
def test_a_report_of_six_indices_has_two_pages_with_its_picture(printed, province, year, language):
    story = told(answered(province, year).base, language, made_on=DAY)
    paper = printed(brief_bytes(story, pictures=lambda name, index: png(1950, 1100)), "docx")
    assert len(paper.pages) == 2
    assert text("brief.signer", language) in paper.pages[1]
    assert all(inside for _, inside in paper.fonts)


def test_a_report_without_a_picture_has_no_more_pages(printed):
    story = told(answered("Bắc Giang", None).base, "vi", made_on=DAY)
    paper = printed(brief_bytes(story), "docx")
    assert len(paper.pages) == 2
    assert paper.pages[0].startswith("……… (cơ quan chủ quản)")
    assert "Độc lập - Tự do - Hạnh phúc" in paper.pages[0]
    assert paper.pages[1].startswith("2 ")


def test_a_long_name_costs_a_page_at_most(printed):
    story = replace(briefing(), title="Tên rất dài " * 25)
    assert len(printed(brief_bytes(story), "docx").pages) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_prints_every_sheet_with_its_title_and_foot(printed, language):
    paper = printed(book_bytes(answered("Bắc Giang", None), language, made_on=DAY), "xlsx")
    foot = text("book.made_on", language, day="24/11/2026" if language == "vi" else "24 November 2026")
    assert len(paper.pages) < 45
    assert all(foot in page for page in paper.pages)
    assert all("###" not in page for page in paper.pages)  # a number wider than its column
    assert all(inside for _, inside in paper.fonts)
