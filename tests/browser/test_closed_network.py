"""Nothing a page needs comes from outside: every address asked for is this machine's own."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.visiting import IN_TURN, PAGES, visit, window

# Streamlit looks for its server below the page's own path first, and is told that it is not there.
SEARCHED = re.compile(rf"/({'|'.join(filter(None, PAGES))})/_stcore/(health|host-config)$")


def complaint(message: ConsoleMessage) -> str:
    """What the console says went wrong, "" for anything else."""
    searching = "404" in message.text and SEARCHED.search(message.location["url"])
    return message.text if message.type == "error" and not searching else ""


def test_every_page_asks_this_machine_alone_and_complains_of_nothing(
    server_url: str, browser: Browser
) -> None:
    here = (server_url, server_url.replace("http:", "ws:"), "data:", "blob:")
    asked: list[str] = []
    complaints: list[str] = []
    with window(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.on("pageerror", lambda failure: complaints.append(str(failure)))
        page.on("console", lambda message: complaints.append(complaint(message)))
        for name, language in IN_TURN:
            visit(page, server_url, name, lang=language, index="pci", edition="2022")
            page.wait_for_load_state("networkidle")

    assert len(asked) > 50
    assert [address for address in asked if not address.startswith(here)] == []
    assert [said for said in complaints if said] == []
