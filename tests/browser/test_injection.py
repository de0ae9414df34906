"""Texts that would run, stored and shown by a real browser: no script, dialog, element or request of theirs.

The same for every field, without a browser: tests/pages/test_injection.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from indices.access import tokens
from indices.access.actor import LOCAL, Actor
from indices.access.audit import AuditLog
from indices.access.roles import Role
from indices.store import Store
from tests.browser.conftest import running_server
from tests.browser.visiting import FINISHED, LIMIT_MILLISECONDS, complaint, still
from tests.pages.desk_files import pci_file
from tests.pages.hostile_texts import HOSTILE, PIECES

FILE_NAME = "<img src=q7 onerror=q7()> [q7](javascript:q7()) **q7** $q7^2$ www.q7.example.csv"
SHOWING = {
    "history?index=pci&edition=2022": True,
    "index_detail?index=pci&edition=2022": False,
    "method": False,
    "administration": True,
}
"""Pages that show what was kept, and whether without a fold opened or a line of a chart broken."""
ACTING = """() => {
    const readOut = ["class", "alt", "title", "aria-label", "placeholder", "value"]
    const found = []
    for (const one of document.querySelectorAll("*")) {
        if (one.localName === "script" && one.textContent.includes("q7")) found.push(one.outerHTML)
        if (one.matches(".katex, math, [data-testid=stMarkdownContainer] :is(strong, code, em)")
            && one.textContent.includes("q7")) found.push(one.outerHTML)
        for (const {name, value} of one.attributes)
            if (name.startsWith("on")
                || (value.includes("q7") && !readOut.includes(name) && !name.startsWith("data-")))
                found.push(`${one.localName} ${name}=${value}`)
    }
    return found
}"""
"""Elements and attributes that a text of ours became."""
NOTED = "window.q7 = () => { window.q7Ran = true }"
"""What every one of the texts calls where it runs."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server of its own, and the folder of its store."""
    folder = tmp_path_factory.mktemp("injection")
    with running_server("server.py", "/api/health", folder) as address:
        yield address, folder / "store"


class Watching:
    """A browser's window and whatever happens in it that no page of ours wants."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.here = (server, server.replace("http:", "ws:"), "data:", "blob:")
        self.unwanted: list[str] = []
        page.add_init_script(NOTED)
        page.on("dialog", lambda dialog: (self.unwanted.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self._asked(request.url))
        page.on("popup", lambda other: self.unwanted.append(f"window {other.url}"))
        page.on("pageerror", lambda failure: self.unwanted.append(str(failure)))
        page.on("console", self._said)

    def visit(self, address: str) -> None:
        """Open a page and look at it."""
        self.page.goto(f"{self.server}/{address}")
        self.page.locator("h1.headline").wait_for()
        self.look()

    def look(self) -> None:
        """Nothing of the texts acts on the page as it stands."""
        self.page.locator(FINISHED).wait_for()
        assert self.page.evaluate(ACTING) == []
        assert not self.page.evaluate("window.q7Ran")
        assert [said for said in self.unwanted if said] == []

    def _said(self, message: ConsoleMessage) -> None:
        # The administrator's page is searched below too, as the pages of everybody are.
        if "/administration/_stcore/" not in message.location["url"]:
            self.unwanted.append(complaint(message))

    def _asked(self, address: str) -> None:
        if not address.startswith(self.here) or "q7" in address.partition("?")[0]:
            self.unwanted.append(address)


@pytest.fixture(scope="module")
def watching(server: tuple[str, Path], browser: Browser) -> Iterator[Watching]:
    """A browser of its own."""
    context = still(browser.new_context(viewport={"width": 1440, "height": 900}))
    context.set_default_timeout(LIMIT_MILLISECONDS)
    try:
        yield Watching(context.new_page(), server[0])
    finally:
        context.close()


def fill_in(page: Page) -> None:
    """The form of a file on the desk, every field with such a text, sent."""
    expect(page.locator(".js-plotly-plot > .plot-container")).to_have_count(2, timeout=LIMIT_MILLISECONDS)
    page.locator(FINISHED).wait_for()
    form = page.get_by_test_id("stForm").last
    for label in ("Tên người thực hiện", "Nguồn: văn bản hoặc địa chỉ trang thông tin", "Lý do"):
        field = form.get_by_label(label)
        field.fill(HOSTILE[:80])
        expect(field).to_have_value(HOSTILE[:80])
    # Last, and looked at: a form that is drawn anew under the pointer takes the click and not the tick.
    for tick in form.get_by_test_id("stCheckbox").all():
        tick.locator("label").click()
        expect(tick.get_by_role("checkbox")).to_be_checked()
    form.get_by_role("button", name="Đưa vào", exact=True).click()


def test_what_is_stored_stays_text_on_every_page(server: tuple[str, Path], watching: Watching) -> None:
    page, store = watching.page, Store.open(server[1])
    for piece in PIECES:
        tokens.make(store, piece, Role.VIEWER, LOCAL, 30)
        AuditLog(store).record(Actor(piece, Role.VIEWER, "signed_in"), piece, "refused", {"what": piece})
    watching.visit("upload")
    content = pci_file({"Bắc Giang": "70"}, {"Ghi chú": HOSTILE, HOSTILE: HOSTILE})
    chosen = {"name": FILE_NAME, "mimeType": "text/html", "buffer": content}
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(chosen)  # type: ignore[arg-type]  # a mapping of the right keys
    expect(page.locator(".on-desk")).to_contain_text("**q7**", timeout=LIMIT_MILLISECONDS)
    watching.look()
    fill_in(page)
    expect(page.locator(".st-key-receipt")).to_contain_text("<script>q7()", timeout=LIMIT_MILLISECONDS)
    watching.look()
    for address, at_once in SHOWING.items():
        watching.visit(address)
        if at_once:
            expect(page.get_by_text("<script>q7()").first).to_be_attached(timeout=LIMIT_MILLISECONDS)


@pytest.mark.parametrize("piece", [PIECES[3], PIECES[6]])
def test_what_stands_in_an_address_stays_text(watching: Watching, piece: str) -> None:
    watching.visit(f"method?province={quote(piece)}")
    shown = watching.page.get_by_test_id("stAlert").first.inner_text().replace("\u200b", "")
    assert piece[:40] in shown
