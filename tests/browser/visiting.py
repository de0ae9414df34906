"""A visitor's browser window, and what it takes to know that a page stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page, expect

PAGES = (
    "",
    "index_detail",
    "components",
    "compare",
    "gap",
    "why",
    "outlook",
    "directive",
    "export",
    "data",
    "upload",
    "proposals",
    "history",
    "method",
    "administration",
)
LANGUAGES = ("vi", "en")
IN_TURN = tuple((name, LANGUAGES[at % 2]) for at, name in enumerate(PAGES))
"""Every page once, the languages in turn: what is true of a page's layout is so in both, and loading takes
seconds."""
CHARTS = {
    "": 1,
    "index_detail": 4,
    "components": 2,
    "compare": 2,
    "gap": 1,
    "why": 4,
    "outlook": 3,
    "directive": 2,
    "export": 0,
    "data": 1,
    "upload": 0,
    "proposals": 0,
    "history": 0,
    "method": 0,
    "administration": 0,
}
"""Charts on each page for PCI or PAPI."""
CHARTS_OF = {("gap", "pci", "2022"): 2, ("gap", "papi", None): 3}
"""The same by page, index and edition where the figures held allow more than those of the newest PCI."""
FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
LIMIT_MILLISECONDS = 60_000
_contexts: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


@contextmanager
def window(browser: Browser, width: int = 1440, height: int = 900, scheme: str = "light") -> Iterator[Page]:
    """A new window, a visitor of its own to the server; scripts once loaded are kept for the next one."""
    known = _contexts.setdefault(browser, {})
    if scheme not in known:
        known[scheme] = browser.new_context(color_scheme=scheme)
        known[scheme].set_default_timeout(LIMIT_MILLISECONDS)
    page = known[scheme].new_page()
    page.set_viewport_size({"width": width, "height": height})
    try:
        yield page
    finally:
        page.close()


def visit(page: Page, server: str, name: str = "", **choices: str) -> None:
    """Open a page by its address and wait until it is drawn."""
    query = "&".join(f"{choice}={code}" for choice, code in choices.items())
    page.goto(f"{server}/{name}?{query}")
    settle(page)
    drawn = CHARTS_OF.get((name, choices.get("index"), choices.get("edition")), CHARTS[name])
    expect(page.locator(".js-plotly-plot > .plot-container")).to_have_count(drawn, timeout=LIMIT_MILLISECONDS)


def settle(page: Page) -> None:
    """Wait until the script has run and its heading stands."""
    page.locator(FINISHED).wait_for()
    page.locator("h1.headline").wait_for()


def expect_heading(page: Page, words: str) -> None:
    """Wait until the page's heading is this one."""
    expect(page.locator("h1.headline")).to_have_text(words, timeout=LIMIT_MILLISECONDS)
    settle(page)


def choices(page: Page) -> dict[str, str]:
    """The choices that stand in the address."""
    return dict(parse_qsl(urlsplit(page.url).query))


def chart(page: Page, name: str) -> Any:
    """The one chart whose key begins with a name."""
    return page.locator(f'[class*="st-key-chart-{name}"]')


def shown_background(page: Page, selector: str) -> int:
    """Lightness of an element's background, 0 to 255."""
    written: str = page.locator(selector).first.evaluate("one => getComputedStyle(one).backgroundColor")
    red, green, blue = (int(float(part)) for part in written.split("(")[1].strip(")").split(",")[:3])
    return (red + green + blue) // 3
