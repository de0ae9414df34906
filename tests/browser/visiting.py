"""A visitor's browser window, and what it takes to know that a page stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

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
# Streamlit looks for its server below the page's own path first, and is told that it is not there.
SEARCHED = re.compile(rf"/({'|'.join(filter(None, PAGES))})/_stcore/(health|host-config)$")
_AT_ONCE = """addEventListener("DOMContentLoaded", () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`*, *::before, *::after {
        animation-duration: 1ms !important; animation-iteration-count: 1 !important;
        animation-delay: 0s !important; transition-duration: 1ms !important; transition-delay: 0s !important
    }`)
    document.adoptedStyleSheets = [sheet]
})"""
_contexts: WeakKeyDictionary[Browser, BrowserContext] = WeakKeyDictionary()
_free: WeakKeyDictionary[Browser, list[Page]] = WeakKeyDictionary()


class Heard:
    """What a window asked for and what its console complained of, from when it is made until `stop`."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._page = page
        self._listeners: dict[str, Callable[..., None]] = {
            "request": lambda request: self.asked.append(request.url),
            "websocket": lambda socket: self.asked.append(socket.url),
            "pageerror": lambda failure: self.complaints.append(str(failure)),
            "console": lambda message: self.complaints.append(complaint(message)),
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]  # one overload for each event's name

    def stop(self) -> None:
        """Hear no more."""
        for event, listener in self._listeners.items():
            self._page.remove_listener(event, listener)


def complaint(message: ConsoleMessage) -> str:
    """What the console says went wrong or was refused, "" for anything else."""
    if any(words in message.text for words in ("Content Security Policy", "Refused")):
        return message.text
    searching = "404" in message.text and SEARCHED.search(message.location["url"])
    return message.text if message.type == "error" and not searching else ""


def still(context: BrowserContext) -> BrowserContext:
    """The same context, whose pages show the end of every movement at once: nothing here looks at one, and
    without a graphics card a placeholder that shimmers takes as much of a processor as the page it is for."""
    context.add_init_script(_AT_ONCE)
    return context


@contextmanager
def window(browser: Browser, width: int = 1440, height: int = 900, scheme: str = "light") -> Iterator[Page]:
    """A window, a visitor of its own to the server.

    Once its test is over it goes on to the next one as it is: in a new one the browser reads and translates
    megabytes of scripts again, which takes three times as long as drawing the page.
    """
    if browser not in _contexts:
        _contexts[browser] = still(browser.new_context())
        _contexts[browser].set_default_timeout(LIMIT_MILLISECONDS)
    free = _free.setdefault(browser, [])
    page = free.pop() if free else _contexts[browser].new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="null", color_scheme=scheme)  # type: ignore[arg-type]  # "light" or "dark"
    try:
        yield page
    except BaseException:
        page.close()
        raise
    page.unroute_all()
    page.goto("about:blank")
    free.append(page)


def visit(page: Page, server: str, name: str = "", **choices: str) -> None:
    """Open a page by its address and wait until it is drawn."""
    query = "&".join(f"{choice}={code}" for choice, code in choices.items())
    page.goto(f"{server}/{name}?{query}")
    settle(page)
    drawn = CHARTS_OF.get((name, choices.get("index"), choices.get("edition")), CHARTS[name])
    expect(page.locator(".js-plotly-plot > .plot-container")).to_have_count(drawn, timeout=LIMIT_MILLISECONDS)


def settle(page: Page) -> None:
    """Wait until the heading stands and the script has run: before it began, it does not run either."""
    page.locator("h1.headline").wait_for()
    page.locator(FINISHED).wait_for()


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
