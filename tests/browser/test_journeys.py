"""What people do with the dashboard, in a real browser on a desk and on a phone."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running_server
from tests.browser.visiting import (
    IN_TURN,
    chart,
    choices,
    expect_heading,
    shown_background,
    visit,
    window,
)

HEADLINE = "Bắc Giang: 4/6 chỉ số trong nhóm 15; PAPI hạng 16, SIPAS hạng 38 cần chú ý."
TILE = """(chart, province) => {
    const plot = chart.querySelector(".js-plotly-plot")
    const at = plot.data[0].customdata.findIndex(([name]) => name === province)
    const box = plot.querySelectorAll(".barlayer .trace")[0].querySelectorAll(".point path")[at]
        .getBoundingClientRect()
    return [box.x + box.width / 2, box.y + box.height / 2]
}"""


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with window(browser) as page:
        yield page


def boxes(page: Page) -> list[dict[str, float]]:
    found = page.locator('[class*="st-key-card-"]').all()
    return [box for card in found if (box := card.bounding_box()) is not None]


def test_six_cards_are_on_the_first_screen_and_stand_side_by_side_as_the_width_allows(
    server_url: str, desk: Page
) -> None:
    visit(desk, server_url)
    expect_heading(desk, HEADLINE)
    cards = boxes(desk)
    assert len(cards) == 6
    assert all(box["y"] >= 0 and box["y"] + box["height"] <= 900 for box in cards)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 1440 for box in cards)

    for width, in_a_row in ((1440, 3), (1000, 2), (390, 1)):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.wait_for_timeout(500)
        tops = [round(box["y"]) for box in boxes(desk)]
        assert tops.count(tops[0]) == in_a_row, width


WIDTHS = """[document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .map((one) => one.scrollWidth - one.clientWidth)"""
SMALL = """[...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .filter((one) => one.getClientRects().length)
    .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent.trim()])
    .filter(([size]) => size < 12)"""


def test_pages_fit_a_phone_and_can_be_read_there(server_url: str, browser: Browser) -> None:
    with window(browser, 390, 844) as page:
        for name, language in IN_TURN:
            visit(page, server_url, name, lang=language, index="pci")
            assert page.evaluate(WIDTHS) == [0, 0], f"{name} scrolls sideways"
            assert page.evaluate(SMALL) == [], f"letters below 12 px on {name}"


def test_a_card_opens_its_index_and_back_returns(server_url: str, desk: Page) -> None:
    visit(desk, server_url, province="bac-giang", target="10")
    desk.get_by_role("link", name="PAPI", exact=True).click()
    expect_heading(desk, "PAPI · Bắc Giang")
    assert choices(desk)["index"] == "papi"
    assert choices(desk)["target"] == "10"

    desk.go_back()
    expect(desk.locator("h1.headline")).to_contain_text("chỉ số trong nhóm 10", timeout=60_000)
    assert "index_detail" not in desk.url

    desk.go_forward()
    expect_heading(desk, "PAPI · Bắc Giang")


def test_another_language_keeps_province_index_and_edition(server_url: str, desk: Page) -> None:
    visit(desk, server_url, "index_detail", index="papi", province="yen-bai", edition="2019")
    expect_heading(desk, "PAPI · Yên Bái")
    desk.get_by_text("English", exact=True).click()
    expect_heading(desk, "PAPI · Yen Bai")

    kept = {"lang": "en", "province": "yen-bai", "index": "papi", "edition": "2019"}
    assert {name: code for name, code in choices(desk).items() if name in kept} == kept
    expect(chart(desk, "map").locator("text=PAPI 2019 across the country")).to_be_visible()


def test_the_menu_keeps_language_province_and_index(server_url: str, desk: Page) -> None:
    visit(desk, server_url, "index_detail", lang="en", index="papi", province="yen-bai")
    desk.get_by_role("link", name="Compare provinces").click()
    expect_heading(desk, "Yen Bai beside other provinces")

    assert choices(desk)["province"] == "yen-bai"
    assert choices(desk)["index"] == "papi"
    assert desk.locator('[aria-checked="true"]', has_text="PAPI").count() == 1


def test_a_tile_of_the_map_puts_its_province_in_focus(server_url: str, desk: Page) -> None:
    visit(desk, server_url, "index_detail", index="pci", edition="2022")
    board = chart(desk, "map")
    board.scroll_into_view_if_needed()
    desk.mouse.click(*board.evaluate(TILE, "Hải Phòng"))
    expect_heading(desk, "PCI · Hải Phòng")

    assert choices(desk)["province"] == "hai-phong"
    assert choices(desk)["edition"] == "2022"


@pytest.fixture(scope="module")
def warm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("first-request")


DEEP = (
    ("index_detail", "PAPI · Da Nang"),
    ("data", "Figures held"),
    ("", "Da Nang: "),
    ("compare", "Da Nang beside other provinces"),
    ("method", "Method and sources"),
)
"""A start each: with the other tests one page of charts and one of the files held, all in a full trial."""


@pytest.mark.parametrize(
    ("name", "heading"), DEEP if os.environ.get("INDICES_FULL_TRIALS") == "1" else DEEP[:2]
)
def test_a_deep_link_as_the_first_request_after_a_start(
    browser: Browser, warm_folder: Path, name: str, heading: str
) -> None:
    with (
        running_server("server.py", "/api/health", warm_folder) as address,
        window(browser) as page,
    ):
        visit(page, address, name, lang="en", province="da-nang", index="papi")
        expect(page.locator("h1.headline")).to_contain_text(heading)
        assert choices(page)["province"] == "da-nang"
        assert page.locator('[data-testid="stAlert"], [data-testid="stException"]').count() == 0


def saved(page: Page, button: str) -> tuple[str, bytes]:
    """Name and content of what a download button gives."""
    with page.expect_download() as saving:
        page.get_by_role("button", name=button).click()
    return saving.value.suggested_filename, Path(saving.value.path()).read_bytes()


def test_downloads_are_the_same_figures_in_three_formats(server_url: str, desk: Page) -> None:
    visit(desk, server_url, "data", download="dti", lang="vi")
    names, contents = zip(
        *(saved(desk, name) for name in ("Bảng CSV cho Excel", "Bảng Excel (XLSX)", "Tệp Parquet")),
        strict=True,
    )
    csv = pd.read_csv(io.BytesIO(contents[0]), sep=";", decimal=",", encoding="utf-8-sig")
    book = pd.read_excel(io.BytesIO(contents[1]), sheet_name="Số liệu")
    parquet = pd.read_parquet(io.BytesIO(contents[2]))

    assert names == ("dti.csv", "dti.xlsx", "dti.parquet")
    assert contents[0].startswith(b"\xef\xbb\xbf")  # Excel reads UTF-8 by its mark
    assert len(csv) == len(book) == len(parquet) > 100
    assert set(parquet["index"]) == {"DTI"}
    mine = parquet[(parquet["province"] == "Bắc Giang") & (parquet["edition"] == "2022")]
    assert mine.loc[mine["component"] == "overall", "rank"].tolist() == [9]


def test_the_template_and_the_sources_can_be_downloaded(server_url: str, desk: Page) -> None:
    visit(desk, server_url, "data", download="dti", template="sipas", template_edition="2023")
    name, content = saved(desk, "Tải tệp mẫu (XLSX)")
    rows = pd.read_excel(io.BytesIO(content), header=2, engine="openpyxl")
    assert name == "sipas-2023-mau.xlsx"
    assert rows["Tỉnh, thành phố"].nunique() == 63

    name, content = saved(desk, "Danh sách nguồn (CSV)")
    assert name == "dti-nguon.csv"
    assert content.decode("utf-8-sig").count("\n") > 5


def test_a_dark_system_gets_a_dark_page_with_dark_charts(server_url: str, browser: Browser) -> None:
    with window(browser, scheme="dark") as page:
        visit(page, server_url, "index_detail", index="papi")
        assert shown_background(page, '[data-testid="stApp"]') < 40
        page.wait_for_function("document.querySelector('.js-plotly-plot').layout.paper_bgcolor !== '#FFFFFF'")
        papers = page.evaluate(
            "[...document.querySelectorAll('.js-plotly-plot')].map((plot) => plot.layout.paper_bgcolor)"
        )
    assert papers == ["#10161D"] * 4
