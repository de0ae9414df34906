"""First visits by a real browser over the emulated link: seconds and bytes until something is seen."""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.link import Link
from benchmarks.servers import Server

CHROMIUM = os.environ.get("INDICES_CHROMIUM", "/usr/bin/chromium")
VISIT_LIMIT_MILLISECONDS = 90_000
# A chart is there when Plotly has drawn its axes; a card when its rank can be read.
CHART = ".js-plotly-plot .main-svg .xtick, .js-plotly-plot .main-svg .trace"
CARD = ".card-rank"
# A page is done when nothing was sent to it for this long.
QUIET_SECONDS = 2.0


@dataclass(frozen=True)
class Visit:
    """One first visit: seconds to the first card (None if not asked for) and first chart, and bytes."""

    card_seconds: float | None
    chart_seconds: float
    chart_bytes: int
    page_bytes: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's browser, without the requests it makes for itself."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def first_visit(browser: Browser, server: Server, cards: bool) -> Visit:
    """Visit with an empty cache. Bytes are those sent to the browser, headers and WebSocket included."""
    with Link(server.port) as link:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        try:
            page = context.new_page()
            page.set_default_timeout(VISIT_LIMIT_MILLISECONDS)
            began = time.monotonic()
            page.goto(f"http://127.0.0.1:{link.port}/", wait_until="commit")
            card_seconds = None
            if cards:
                page.locator(CARD, has_text=re.compile(r"\S")).first.wait_for(state="visible")
                card_seconds = time.monotonic() - began
            page.wait_for_selector(CHART, state="attached")
            chart_seconds, chart_bytes = time.monotonic() - began, link.down.bytes_passed
            return Visit(card_seconds, chart_seconds, chart_bytes, bytes_when_quiet(link))
        finally:
            context.close()


def bytes_when_quiet(link: Link) -> int:
    """Bytes sent to the browser once nothing more comes."""
    while True:
        before = link.down.bytes_passed
        time.sleep(QUIET_SECONDS)
        # A WebSocket's keep-alive is not a part of the page.
        if link.down.bytes_passed - before < 500:
            return link.down.bytes_passed


def median_visit(visits: list[Visit]) -> Visit:
    """Each measure's own median."""
    cards = [visit.card_seconds for visit in visits if visit.card_seconds is not None]
    return Visit(
        statistics.median(cards) if cards else None,
        statistics.median(visit.chart_seconds for visit in visits),
        int(statistics.median(visit.chart_bytes for visit in visits)),
        int(statistics.median(visit.page_bytes for visit in visits)),
    )


def walk_through(browser: Browser, server: Server, pages: list[str]) -> None:
    """Open every page once, each as a link from outside would, and wait until its script has run."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        for path in pages:
            page: Page = context.new_page()
            page.goto(f"{server.address}/{path}")
            page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
            page.wait_for_timeout(1500)
    finally:
        context.close()
