"""The foot of a page in a browser: whole addresses, copied by a click, that open what they say."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_serving import ask
from tests.browser.visiting import settle, visit, window

TIP = '[data-testid="stTooltipContent"]'


def unfolded(page: Page, label: str) -> list[str]:
    """The addresses at the foot, after a click on the row they are folded into."""
    page.locator("summary").filter(has_text=label).click()
    codes = page.locator('.st-key-links [data-testid="stCode"] code')
    codes.first.wait_for()
    return [one.strip() for one in codes.all_text_contents()]


def test_addresses_are_whole_and_open_what_they_say(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "gap", index="pci", edition="2022", lang="vi")
        heading = page.locator("h1.headline").text_content() or ""
        found = unfolded(page, "Liên kết và địa chỉ dữ liệu")
        assert len(found) == 6
        assert all(address.startswith(f"{server_url}/") for address in found)
        exact, data = found[3], found[4]

        page.goto(exact)
        settle(page)
        expect(page.locator("h1.headline")).to_have_text(heading)

    status, headers, body = ask(data)
    assert status == 200
    assert json.loads(body)["edition"] == "2022"
    status, _, body = ask(data, If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")


def test_the_tip_of_the_copy_button_is_in_the_language_of_the_page(server_url: str, browser: Browser) -> None:
    with window(browser) as page:
        visit(page, server_url, "directive", lang="vi")
        unfolded(page, "Liên kết và địa chỉ dữ liệu")
        code = page.locator('.st-key-links [data-testid="stCode"]').first
        code.hover()
        code.locator("button").hover()
        tip = page.locator(TIP)
        tip.wait_for()
        assert tip.evaluate("one => getComputedStyle(one, '::after').content") == '"Sao chép"'
        assert tip.inner_text().strip() == ""


def test_tags_survive_compression(server_url: str) -> None:
    address = f"{server_url}/api/v1/gap?index=papi"
    _, headers, packed = ask(address, Accept_Encoding="br")
    assert headers["Content-Encoding"] == "br"
    assert headers["ETag"].startswith('W/"')
    assert ask(address, Accept_Encoding="br", If_None_Match=headers["ETag"])[0] == 304
    _, plain, whole = ask(address)
    assert headers["ETag"] == f"W/{plain['ETag']}"
    assert len(packed) < len(whole) / 2
