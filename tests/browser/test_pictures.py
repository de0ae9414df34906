"""Pictures saved by the camera button: really downloaded, measured and read."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.visiting import chart, choices, settle, visit, window

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """Press the camera button of a chart: the file's name and content."""
    box = chart(page, name)
    box.scroll_into_view_if_needed()
    box.locator(".nsewdrag, .plotly").first.hover()
    with page.expect_download() as download:
        box.locator(".modebar-btn").first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def texts(svg: bytes) -> str:
    """All words of an SVG, lines joined by a space."""
    return " ".join(
        " ".join(part for part in text.itertext() if part)
        for text in ElementTree.fromstring(svg).iter(f"{SVG}text")
    )


def today(page: Page) -> str:
    """Today as the Vietnamese page writes it."""
    written: str = page.evaluate("new Date().toLocaleDateString('en-GB')")
    return written


@pytest.mark.parametrize(
    ("chosen", "name", "file", "px"),
    [
        ({}, "rank-pci", "rank-pci-bac-giang-2024.png", (1920, 1080)),
        ({"pic": "document-png"}, "components-pci", "components-pci-bac-giang-2022.png", (1890, 1200)),
        ({"pic": "square-png"}, "map-pci", "map-pci-bac-giang-2022.png", (1500, 1500)),
    ],
)
def test_a_png_has_the_px_and_the_name_of_its_chart(
    server_url: str,
    browser: Browser,
    chosen: dict[str, str],
    name: str,
    file: str,
    px: tuple[int, int],
) -> None:
    with window(browser) as page:
        visit(page, server_url, "index_detail", lang="vi", index="pci", edition="2022", **chosen)
        called, content = saved(page, name)

    assert called == file
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == px
    assert len(Image.open(io.BytesIO(content)).convert("L").getcolors(256) or []) > 20  # not an empty sheet


def test_an_svg_holds_title_source_and_date_as_vietnamese_text(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "index_detail", lang="vi", index="pci", edition="2022", pic="slide-svg")
        called, content = saved(page, "rank-pci")
        day = today(page)

    said = texts(content)
    assert called == "rank-pci-bac-giang-2024.svg"
    assert ElementTree.fromstring(content).get("width") == "1920"
    assert "Thứ hạng PCI của Bắc Giang" in said
    assert "Nguồn: Liên đoàn Thương mại và Công nghiệp Việt Nam (VCCI)" in said
    assert f"Lập ngày {day}" in said


def test_the_date_is_in_the_picture_alone(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "index_detail", lang="vi", index="pci", edition="2022")
        marks = chart(page, "rank-pci").locator("tspan", has_text="Lập ngày")
        seen = [one.evaluate("one => getComputedStyle(one).visibility") for one in marks.all()]

    assert seen and set(seen) == {"hidden"}


def test_the_choice_stands_in_the_address_and_goes_along_to_the_next_page(
    server_url: str, browser: Browser
) -> None:
    with window(browser) as page:
        visit(page, server_url, "index_detail", lang="vi", index="pci", edition="2022")
        page.get_by_text("Cỡ hình biểu đồ").click()
        page.get_by_role("combobox", name="Hình lưu từ biểu đồ").click()
        page.get_by_role("option", name="Vuông, SVG").click()
        settle(page)
        page.wait_for_url("**pic=square-svg**")
        assert choices(page)["pic"] == "square-svg"
        page.keyboard.press("Escape")
        page.get_by_role("link", name="So sánh tỉnh").click()
        page.locator("h1.headline", has_text="So sánh").wait_for()
        settle(page)
        chart(page, "compare-rank").locator(".plot-container").wait_for()
        called, content = saved(page, "compare-rank")

    assert called.startswith("compare-rank-") and called.endswith(".svg")
    assert ElementTree.fromstring(content).get("width") == "1500"
