"""People sign in at a real identity provider, do what their role allows, and sign out, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.signing_in import (
    ADMINISTRATOR,
    ANALYST,
    APPROVER,
    Served,
    for_browser,
    served,
    signed_in,
)
from tests.browser.visiting import FINISHED, LIMIT_MILLISECONDS, still
from tests.pages.desk_files import pci_file

expect.set_options(timeout=LIMIT_MILLISECONDS)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")  # the provider's own


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on which a second person approves."""
    with served(tmp_path_factory.mktemp("signed"), approval=True) as found:
        yield found


@contextmanager
def person(browser: Browser, server: Served, name: str | None) -> Iterator[Page]:
    """A browser of somebody's own; signed in where a name is given."""
    context = still(browser.new_context(viewport={"width": 1440, "height": 900}))
    context.set_default_timeout(LIMIT_MILLISECONDS)
    if name:
        context.add_cookies(for_browser(server.url, signed_in(server.url, name)))  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("h1.headline").wait_for()
    page.locator(FINISHED).wait_for()


def test_the_way_in_and_out(server: Served, browser: Browser) -> None:
    with person(browser, server, None) as page:
        begun = f"{server.url}/history?lang=en&index=pci&edition=2022"
        visit(page, begun)
        expect(page.locator("h1.headline")).to_have_text("Please sign in to view")
        expect(page.get_by_test_id("stSidebar")).to_have_count(0)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name=ADMINISTRATOR, exact=True).click()
        page.wait_for_url(begun)
        who = page.locator(".st-key-who")
        expect(who).to_contain_text(f"Signed in: {ADMINISTRATOR}")
        expect(who).to_contain_text("Role: administrator")
        expect(page.locator("h1.headline")).to_have_text("History of the figures")

        page.get_by_role("link", name="Administration", exact=True).click()
        expect(page.locator("h1.headline")).to_have_text("Administration")
        expect(page.locator("table.figures").last).to_contain_text(ADMINISTRATOR)
        page.locator(FINISHED).wait_for()

        page.get_by_role("button", name="Sign out", exact=True).click()
        page.get_by_role("button", name="End session").click()
        page.wait_for_url(f"{server.url}/administration?lang=en**")
        expect(page.locator("h1.headline")).to_have_text("Please sign in to view")
        names = [cookie.get("name") for cookie in page.context.cookies(server.url)]
        assert {"_streamlit_user", "indices_back"} & set(names) == set()
    found = server.audit()
    mine = found.loc[found["actor"] == ADMINISTRATOR, "action"]
    assert list(mine) == ["sign_out", "sign_in"]


def test_a_file_is_used_only_after_a_second_person(server: Served, browser: Browser) -> None:
    with person(browser, server, ANALYST) as analyst:
        visit(analyst, f"{server.url}/upload")
        analyst.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            {"name": "pci_2022.csv", "mimeType": "text/csv", "buffer": pci_file({"Bắc Giang": "70"})}
        )
        form = analyst.get_by_test_id("stForm").last
        form.get_by_label("Nguồn: văn bản hoặc địa chỉ trang thông tin").fill("https://pcivietnam.vn")
        form.get_by_label("Lý do").fill("Số liệu công bố")
        expect(form).to_contain_text(f"Người thực hiện: {ANALYST}")
        for tick in form.get_by_test_id("stCheckbox").all():
            tick.locator("label").click()
        form.get_by_role("button", name="Gửi đi duyệt", exact=True).click()
        expect(analyst.locator(".st-key-receipt")).to_contain_text("Đã gửi đi duyệt: đề nghị số 1.")
        assert len(server.store.history("PCI", "2022")) == 1

    with person(browser, server, APPROVER) as approver:
        visit(approver, f"{server.url}/proposals")
        expect(approver.locator(".fact").first).to_contain_text(f"Người gửi: {ANALYST}")
        expect(approver.locator(".js-plotly-plot > .plot-container")).to_have_count(2)
        approver.get_by_role("button", name="Duyệt và đưa vào", exact=True).click()
        expect(approver.get_by_test_id("stAlert").first).to_contain_text("Đã duyệt đề nghị số 1")
    newest = server.store.history("PCI", "2022").iloc[0]
    assert (newest["added_by"], newest["origin"]) == (ANALYST, "upload")
    assert list(server.audit("approve")["actor"]) == [APPROVER]


def test_a_download_is_written_down(server: Served, browser: Browser) -> None:
    with person(browser, server, APPROVER) as page:
        visit(page, f"{server.url}/data")
        with page.expect_download() as given:
            page.get_by_role("button", name="CSV", exact=False).first.click()
        assert given.value.suggested_filename == "all.csv"
    entry = server.audit("export").iloc[0]
    assert (entry["actor"], entry["outcome"]) == (APPROVER, "done")
    assert '"what": "all.csv"' in entry["what"]
