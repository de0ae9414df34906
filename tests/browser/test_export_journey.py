"""What a slide-maker does: chooses, looks, downloads each file and opens it; an office's master; paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from tests.browser.test_journeys import SMALL, WIDTHS
from tests.browser.test_upload_journeys import SHOWN_AFTER, analyst, english_on
from tests.browser.visiting import FINISHED, choices, visit, window

NAME = re.compile(r"[a-z-]+-bac-giang-20\d\d-\d\d\.(pptx|xlsx|docx)")
TOPS = (
    """[...document.querySelectorAll(".slide")].map((one) => Math.round(one.getBoundingClientRect().top))"""
)


def download(page: Page, button: str) -> tuple[str, bytes]:
    """The file a button gives, under the name it comes with."""
    with page.expect_download() as given:
        page.get_by_role("button", name=button, exact=True).click()
    return given.value.suggested_filename, Path(given.value.path()).read_bytes()


def shown_titles(page: Page) -> list[str]:
    return page.locator(".slide h3").all_inner_texts()


def titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(content)).slides]


def first_cells(content: bytes) -> list[Any]:
    return [row[0].value for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


def lines(content: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(content)).paragraphs]


FILES: dict[str, tuple[str, str, Callable[[bytes], list[Any]]]] = {
    "Tải bản trình chiếu (PPTX)": ("trinh-chieu-", "PAPI 2024: hạng 16/61 (tính toán)", titles),
    "Tải bảng tính (XLSX)": ("bang-tinh-", "PAPI", first_cells),
    "Tải báo cáo (DOCX)": ("bao-cao-", "4/6 chỉ số trong nhóm 15; PAPI hạng 16", lines),
}


def test_each_file_is_downloaded_and_opens(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "export", lang="vi")
        for button, (begins, said, read) in FILES.items():
            name, content = download(page, button)
            assert NAME.fullmatch(name) and name.startswith(begins)
            assert [line for line in read(content) if said in str(line)] != [], button
        assert page.get_by_test_id("stDownloadButton").count() == len(FILES)


def test_the_slides_are_those_that_were_looked_at(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "export", lang="en", indices="papi,pci", year="2021")
        shown = shown_titles(page)
        assert len(shown) == 7
        _, content = download(page, "Download the slides (PPTX)")
        assert titles(content) == shown


def test_choices_change_the_preview_and_the_address(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "export", lang="vi")
        expect(page.locator(".slide")).to_have_count(10)
        page.get_by_label("Chỉ số", exact=True).click()
        page.get_by_role("option", name="PAPI", exact=True).click()
        page.keyboard.press("Escape")
        expect(page.locator(".slide")).to_have_count(6)
        assert choices(page)["indices"] == "papi"
        assert english_on(page) == []


BARS = """[...document.querySelectorAll(".slide-bar div")].map((one) =>
    [parseFloat(one.querySelector("b").textContent), one.querySelector("i").getBoundingClientRect().width])"""


@pytest.mark.parametrize("width", [1440, 390])
def test_bars_are_as_long_as_they_say(server_url: str, browser: Browser, width: int) -> None:
    with window(browser, width) as page:
        visit(page, server_url, "export", lang="vi", sections="outlook")
        known = [(share, long) for share, long in page.evaluate(BARS) if share == share]
        assert [share for share, _ in known] == [86, 93, 42, 62]
        assert [long / known[0][1] for _, long in known] == pytest.approx(
            [share / 86 for share, _ in known], rel=0.02
        )


@pytest.mark.parametrize("broken", [True, False])
def test_a_master_of_the_office(server_url: str, browser: Browser, broken: bool) -> None:
    buffer = io.BytesIO()
    Presentation().save(buffer)
    content = b"PK\x03\x04 not a presentation" if broken else buffer.getvalue()
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    with analyst(browser) as (page, _):
        page.goto(f"{server_url}/export?sections=standing")
        page.locator(FINISHED).wait_for()
        page.get_by_text("Dùng mẫu trình chiếu của cơ quan", exact=True).click()
        uploader = page.get_by_test_id("stFileUploaderDropzone")
        assert uploader.locator("button > *").first.evaluate(SHOWN_AFTER) == '"Chọn tệp"'
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            {"name": "mau.pptx", "mimeType": kind, "buffer": content}
        )
        expect(page.locator(".on-desk")).to_have_text("Mẫu trình chiếu: mau.pptx")
        page.locator(FINISHED).wait_for()
        if broken:
            expect(page.get_by_test_id("stAlert")).to_contain_text("Không dùng được mẫu này")
        assert english_on(page) == []
        _, made = download(page, "Tải bản trình chiếu (PPTX)")
        assert Presentation(io.BytesIO(made)).slide_width == (12191695 if broken else 9144000)
        assert titles(made) == shown_titles(page)

        page.get_by_role("button", name="Bỏ mẫu này").click()
        expect(page.locator(".on-desk")).to_have_count(0)
        expect(page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slides_stand_side_by_side_on_a_desk_and_below_each_other_on_a_phone(
    server_url: str, browser: Browser, scheme: str
) -> None:
    with window(browser, scheme=scheme) as page:
        visit(page, server_url, "export", lang="vi")
        for width, in_a_row in ((1920, 3), (1440, 2), (390, 1)):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(500)
            tops = page.evaluate(TOPS)
            assert len(tops) == 10
            assert tops.count(tops[0]) == in_a_row, width
            assert page.evaluate(WIDTHS) == [0, 0], width
            assert page.evaluate(SMALL) == [], width


def test_on_paper_no_slide_is_cut(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "export", lang="vi")
        page.emulate_media(media="print")
        kept = page.locator(".slide").first.evaluate("one => getComputedStyle(one).breakInside")
        assert kept == "avoid"
        for hidden in ("stDownloadButton", "stMultiSelect", "stSidebar"):
            assert not page.get_by_test_id(hidden).first.is_visible()
