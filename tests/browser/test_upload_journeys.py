"""What an analyst does at the upload desk and in the history, in a real browser on a server of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import running_server
from tests.browser.visiting import FINISHED, LIMIT_MILLISECONDS, Heard, choices, window
from tests.pages.desk_files import pci_file, scores
from tests.pages.test_language import english_in

expect.set_options(timeout=LIMIT_MILLISECONDS)
VISIBLE_WORDS = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    while (walk.nextNode()) {
        const one = walk.currentNode, box = one.parentElement
        if (box.closest("script, style, noscript, svg") || !one.data.trim()) continue
        if (box.checkVisibility({visibilityProperty: true}) && box.dataset.testid !== "stIconMaterial"
            && !box.closest('[data-testid="stIconMaterial"]')) found.push(one.data.trim())
    }
    return found
}"""
SHOWN_AFTER = """(one) => getComputedStyle(one, "::after").content"""


@pytest.fixture(scope="module")
def desk_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose store these journeys may change."""
    with running_server("server.py", "/api/health", tmp_path_factory.mktemp("desk")) as address:
        yield address


@contextmanager
def analyst(
    browser: Browser, width: int = 1440, height: int = 900, scheme: str = "light"
) -> Iterator[tuple[Page, list[str]]]:
    """A window, and what its console complains about."""
    with window(browser, width, height, scheme) as page:
        heard = Heard(page)
        try:
            yield page, heard.complaints
        finally:
            heard.stop()
        assert [said for said in heard.complaints if said] == []


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(FINISHED).wait_for()
    page.locator("h1.headline").wait_for()


def drop(page: Page, content: bytes, name: str = "pci_2022.csv") -> None:
    """A file chosen in the uploader, and the page drawn with it."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    expect(page.locator(".on-desk")).to_contain_text(name, timeout=LIMIT_MILLISECONDS)
    page.locator(FINISHED).wait_for()


def say_yes(page: Page, name: str, button: str = "Đưa vào") -> None:
    """The form filled in and sent, with every tick it asks for."""
    form = page.get_by_test_id("stForm").last
    form.get_by_label("Tên người thực hiện").fill(name)
    form.get_by_label("Nguồn: văn bản hoặc địa chỉ trang thông tin").fill("https://pcivietnam.vn")
    form.get_by_label("Lý do").fill("Số liệu công bố")
    for tick in form.get_by_test_id("stCheckbox").all():
        tick.locator("label").click()
    form.get_by_role("button", name=button, exact=True).click()


def verdict(page: Page) -> Locator:
    return page.locator(".verdict").last


def english_on(page: Page) -> list[str]:
    return [word for piece in page.evaluate(VISIBLE_WORDS) for word in english_in(piece)]


def test_a_bad_file_is_corrected_uploaded_again_and_kept(desk_url: str, browser: Browser) -> None:
    with analyst(browser) as (page, _):
        visit(page, f"{desk_url}/upload")
        uploader = page.get_by_test_id("stFileUploaderDropzone")
        assert uploader.locator("button > *").first.evaluate(SHOWN_AFTER) == '"Chọn tệp"'
        assert english_on(page) == []

        drop(page, pci_file({"Bắc Giang": "172,8"}))
        expect(verdict(page)).to_have_text("1 lỗi phải sửa trước khi đưa vào.")
        row = list(scores()).index("Bắc Giang") + 2
        expect(page.locator("table.figures th", has_text=f"C{row}").first).to_be_visible()
        expect(page.get_by_role("button", name="Đưa vào", exact=True)).to_have_count(0)
        with page.expect_download() as given:
            page.get_by_role("button", name="Tải tệp Excel có đánh dấu chỗ sai").click()
        assert given.value.suggested_filename == "pci_2022-ket-qua-kiem-tra.xlsx"
        assert Path(given.value.path()).read_bytes()[:2] == b"PK"
        assert english_on(page) == []

        drop(page, pci_file({"Bắc Giang": "71"}), "pci_2022_sua.csv")
        expect(verdict(page)).to_have_text("Không có lỗi, không có cảnh báo.")
        expect(page.locator(".js-plotly-plot > .plot-container")).to_have_count(2)
        assert english_on(page) == []
        say_yes(page, "Nguyễn Thị Lan")
        expect(page.locator(".st-key-receipt")).to_contain_text(
            "Tệp pci_2022_sua.csv, Nguyễn Thị Lan đưa vào lúc"
        )
        assert re.fullmatch(r"[0-9a-f]{64}", page.locator(".st-key-receipt td").last.inner_text())
        expect(page.locator(".on-desk")).to_have_count(0)
        assert english_on(page) == []

        page.get_by_role("link", name="Xem trong lịch sử").click()
        expect(page.locator("h1.headline")).to_have_text("Lịch sử số liệu")
        page.locator(FINISHED).wait_for()
        assert {name: choices(page)[name] for name in ("index", "edition")} == {
            "index": "pci",
            "edition": "2022",
        }
        expect(page.locator("tr.focal").first).to_contain_text("Nguyễn Thị Lan")
        assert english_on(page) == []


def test_two_analysts_at_once(desk_url: str, browser: Browser) -> None:
    with analyst(browser) as (first, _), analyst(browser) as (second, _):
        for page, score in ((first, "70"), (second, "69")):
            visit(page, f"{desk_url}/upload")
            drop(page, pci_file({"Bắc Giang": score}))
            expect(verdict(page)).to_have_text("Không có lỗi, không có cảnh báo.")
            page.get_by_role("button", name="Đưa vào", exact=True).wait_for()
        say_yes(first, "Nguyễn Thị Lan")
        expect(first.locator(".st-key-receipt")).to_be_visible()

        say_yes(second, "Trần Văn Minh")
        told = second.get_by_test_id("stAlert").first
        expect(told).to_contain_text("PCI 2022 vừa được đổi trong lúc đang xem: Nguyễn Thị Lan đã đưa vào")
        expect(second.get_by_test_id("stAlert").last).to_contain_text("Chưa đưa vào")
        second.locator(FINISHED).wait_for()
        expect(second.locator(".st-key-receipt")).to_have_count(0)
        for tick in second.get_by_test_id("stForm").last.get_by_test_id("stCheckbox").all():
            tick.locator("label").click()
        second.get_by_role("button", name="Đưa vào", exact=True).click()
        expect(second.locator(".st-key-receipt")).to_be_visible()
        expect(second.get_by_test_id("stAlert")).to_have_count(0)


def test_two_clicks_add_once(desk_url: str, browser: Browser) -> None:
    with analyst(browser) as (page, _):
        visit(page, f"{desk_url}/upload")
        drop(page, pci_file({"Bắc Giang": "68,5"}))
        before = visited_versions(browser, desk_url)
        form = page.get_by_test_id("stForm").last
        form.get_by_label("Tên người thực hiện").fill("Nguyễn Thị Lan")
        form.get_by_label("Nguồn: văn bản hoặc địa chỉ trang thông tin").fill("x")
        form.get_by_label("Lý do").fill("y")
        for tick in form.get_by_test_id("stCheckbox").all():
            tick.locator("label").click()
        form.get_by_role("button", name="Đưa vào", exact=True).dblclick()
        expect(page.locator(".st-key-receipt")).to_be_visible()
        page.wait_for_timeout(1500)
        assert visited_versions(browser, desk_url) == before + 1


def visited_versions(browser: Browser, desk_url: str) -> int:
    """How many versions of PCI 2022 the history shows."""
    with analyst(browser) as (page, _):
        visit(page, f"{desk_url}/history?index=pci&edition=2022")
        return page.locator("table.figures").first.locator("tbody tr").count()


def test_restoring_is_seen_by_every_open_page(desk_url: str, browser: Browser) -> None:
    with analyst(browser) as (reader, _), analyst(browser) as (page, _):
        visit(page, f"{desk_url}/upload")
        drop(page, pci_file({"Bắc Giang": "60"}))
        say_yes(page, "Nguyễn Thị Lan")
        expect(page.locator(".st-key-receipt")).to_be_visible()
        visit(reader, f"{desk_url}/index_detail?index=pci&edition=2022")
        expect(reader.locator("tr.focal").first).not_to_contain_text("72,80")

        visit(page, f"{desk_url}/history?index=pci&edition=2022")
        oldest = page.locator("table.figures").first.locator("tbody tr").last
        expect(oldest).to_contain_text("có sẵn")
        version = oldest.locator("th").inner_text()
        visit(page, f"{desk_url}/history?index=pci&edition=2022&version={version}")
        box = page.locator(".st-key-restore")
        box.get_by_label("Tên người thực hiện").fill("Trần Văn Minh")
        box.get_by_label("Vì sao khôi phục").fill("Đưa nhầm tệp")
        box.get_by_role("button", name="Khôi phục", exact=True).click()
        expect(page.get_by_test_id("stAlert")).to_contain_text(f"Đã khôi phục phiên bản {version}")
        expect(page.locator("tr.focal").first).to_contain_text("Trần Văn Minh")

        reader.get_by_text("English", exact=True).click()
        expect(reader.locator("tr.focal").first).to_contain_text("72.80")


def test_another_language_keeps_the_file(desk_url: str, browser: Browser) -> None:
    with analyst(browser) as (page, _):
        visit(page, f"{desk_url}/upload")
        drop(page, pci_file({"Bắc Giang": "70"}, {"Mã Zx": "7"}))
        expect(verdict(page)).to_have_text("Không có lỗi; 1 cảnh báo cần xác nhận.")
        page.get_by_text("English", exact=True).click()
        expect(verdict(page)).to_have_text("No errors; 1 warnings to confirm.")
        expect(page.locator(".on-desk")).to_contain_text("Looking at: pci_2022.csv")


WIDTHS = """[document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .map((one) => one.scrollWidth - one.clientWidth)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_fits_a_phone(desk_url: str, browser: Browser, scheme: str) -> None:
    with analyst(browser, 390, 844, scheme) as (page, _):
        visit(page, f"{desk_url}/upload")
        drop(page, pci_file({"Bắc Giang": "172,8", "Đà Nẵng": "x" * 400}))
        assert page.evaluate(WIDTHS) == [0, 0]
        drop(page, pci_file({"Bắc Giang": "70"}), "hai.csv")
        expect(page.locator(".js-plotly-plot > .plot-container")).to_have_count(2)
        assert page.evaluate(WIDTHS) == [0, 0]
        visit(page, f"{desk_url}/history?index=pci&edition=2022")
        assert page.evaluate(WIDTHS) == [0, 0]


def answering(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status)


def test_a_file_that_is_too_large_or_comes_too_fast_is_refused_in_words(
    desk_url: str, browser: Browser, tmp_path: Path
) -> None:
    large = tmp_path / "lon.csv"
    with large.open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    with analyst(browser) as (page, complaints):
        visit(page, f"{desk_url}/upload")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(large)
        chip = page.get_by_test_id("stFileChip")
        chip.wait_for()
        said = chip.evaluate(SHOWN_AFTER)
        assert said.startswith('"Không nhận được tệp này: tệp lớn hơn 100 MB, hoặc gửi quá nhiều tệp')
        # What our limit and a proxy answer: the frontend tells them apart in English only.
        for status in (429, 413):
            page.route("**/_stcore/upload_file/**", answering(status))
            page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
                {"name": f"{status}.csv", "mimeType": "text/csv", "buffer": b"a"}
            )
            chip = page.get_by_test_id("stFileChip").filter(has_text=f"{status}.csv")
            expect(chip).to_have_attribute("aria-invalid", "true")
            assert chip.evaluate(SHOWN_AFTER) == said
        chip.hover()
        page.wait_for_timeout(800)
        assert english_on(page) == []
        # The browser's own note of each, in its console.
        complaints[:] = [one for one in complaints if "429" not in one and "413" not in one]
