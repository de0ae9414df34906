"""Every page once: it asks this machine alone, obeys the policy, and is whole on paper.

On paper: A4 across, no menu, no empty page, headline and sources on it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import IN_TURN, Heard, visit, window

READER = shutil.which("pdftotext")
MOST_PAGES = {"index_detail": 7, "outlook": 6, "directive": 6, "method": 6, "history": 6}
"""Pages of paper at most; three or four of any other page."""
CONTROLS = (
    '[data-testid="stSidebar"], [data-testid="stHeader"], .stSelectbox, .stCheckbox, .stButtonGroup, '
    ".stTextInput, .modebar"
)
WITHOUT_SOURCE = ("upload", "history", "export", "data")
AT_REST = """() => {
    const widths = [...document.querySelectorAll(".js-plotly-plot")].map((one) =>
        [one, one.querySelector(".main-svg")].map((box) => Math.round(box.getBoundingClientRect().width)))
    const now = JSON.stringify(widths)
    window.lookedAt = window.widthsBefore === now ? window.lookedAt + 1 : 1
    window.widthsBefore = now
    return window.lookedAt > 5 && widths.every(([box, drawn]) => box === drawn)
}"""
"""Asked every tenth of a second: every chart is drawn as wide as its place, and was half a second ago."""


def pages_of(pdf: Path) -> list[str]:
    """The words of each page, on one line."""
    read = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return [" ".join(page.split()) for page in read.stdout.split("\f")[:-1]]


def sizes_of(pdf: Path) -> set[str]:
    """Width and height of the pages in points."""
    read = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True)
    return {
        line.split(":", 1)[1].strip() for line in read.stdout.splitlines() if line.startswith("Page size")
    }


@pytest.mark.parametrize(("name", "language"), IN_TURN)
def test_a_page_keeps_to_this_machine_and_prints_whole(
    server_url: str, browser: Browser, tmp_path: Path, name: str, language: str
) -> None:
    here = (server_url, server_url.replace("http:", "ws:"), "data:", "blob:")
    pdf = tmp_path / "page.pdf"
    with window(browser) as page:
        heard = Heard(page)
        visit(page, server_url, name, lang=language, index="pci", edition="2022")
        headline = " ".join(page.locator("h1.headline").inner_text().split())
        shown = page.locator(".js-plotly-plot").count()
        menu = page.locator('[class*="st-key-menu"] a').first.inner_text().strip()
        page.emulate_media(media="print")
        page.wait_for_function(AT_REST, polling=100)
        assert [one.inner_text() for one in page.locator(CONTROLS).all() if one.is_visible()] == []
        page.pdf(path=pdf, format="A4", landscape=True, print_background=True)
        page.wait_for_load_state("networkidle")
        heard.stop()
    assert len(heard.asked) > 10
    assert [address for address in heard.asked if not address.startswith(here)] == []
    assert any("/_stcore/stream" in address for address in heard.asked)
    assert [said for said in heard.complaints if said] == []
    if READER is None:
        pytest.skip("no pdftotext installed")
    paper = pages_of(pdf)

    (size,) = sizes_of(pdf)
    assert "(A4)" in size
    width, height = (float(part) for part in size.split(" pts")[0].split(" x "))
    assert width > height  # across
    assert 1 <= len(paper) <= MOST_PAGES.get(name, 4)
    assert headline in paper[0]
    assert [number for number, words in enumerate(paper, start=1) if len(words) < 20] == []
    whole = " ".join(paper)
    sources = whole.count("Nguồn: " if language == "vi" else "Source: ")
    if name not in WITHOUT_SOURCE:
        assert sources >= shown
    assert not whole.startswith(menu)
