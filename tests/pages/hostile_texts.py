"""Texts that would run, link or format if a page took them for markup, and what tells whether one did."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.shown import chart_texts, charts, html

PIECES = (
    "<script>q7()</script>",
    '"><img src=q7 onerror=q7()>',
    "<svg onload=q7()><a href='javascript:q7()'>q7</a></svg>",
    "[q7](javascript:q7%28%29) ![q7](//q7.example/q7)",
    "**q7** `q7` :red[q7] :material/q7:",
    "$q7^2$ \\(q7\\) $$q7$$",
    "http://q7.example www.q7.example q7@q7.example",
    "{{q7}} ${q7} %{q7} {q7}",
)
"""One way each; where one of them acts, something has "q7" in it that must not be there."""
HOSTILE = " ".join(PIECES)

_READ_OUT = {"alt", "title", "placeholder", "aria-label"}
_RUNNING = {"script", "iframe", "object", "embed", "svg", "form"}
_MARKDOWN = re.compile(
    r"(?<!\\)(?:<(?:script|img|svg|a )|\]\(|\*\*q7|`q7|\$q7|:red|:material/q7)|://q7|www\.q7|q7@",
    re.IGNORECASE,
)
_IN_CHARTS = re.compile(r"<(?:script|img|svg|a )", re.IGNORECASE)
_VALUES = ("markdown", "caption", "info", "warning", "error", "success")
_LABELLED = (
    "button",
    "checkbox",
    "download_button",
    "expander",
    "file_uploader",
    "multiselect",
    "number_input",
    "page_link",
    "selectbox",
    "text_input",
    "toggle",
)


def assert_only_text(at: AppTest) -> None:
    """Nothing on the page took a text of `PIECES` for more than a text."""
    assert not at.exception
    assert acting(html(at)) == []
    assert [said for said in _markdown(at) if _MARKDOWN.search(said)] == []
    words = (words for spec in charts(at) for words in chart_texts(spec))
    assert [said for said in words if "q7" in said and _IN_CHARTS.search(said)] == []


def acting(markup: str) -> list[str]:
    """Elements and attributes of HTML, pictures within it too, that would act or carry "q7"."""
    reader = _Acting()
    reader.feed(markup)
    return reader.found


def _markdown(at: AppTest) -> Iterator[str]:
    """Every text that the browser reads as Markdown."""
    for kind in _VALUES:
        yield from (str(part.value) for part in at.get(kind))
    for kind in _LABELLED:
        for widget in at.get(kind):
            yield from (str(getattr(widget.proto, name, "")) for name in ("label", "help"))
    for group in at.get("button_group"):
        yield from (str(option) for option in group.options)


class _Acting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUNNING:
            self.found.append(tag)
        for name, value in attrs:
            written: Any = value or ""
            if name.startswith("on") or ("q7" in written and name not in _READ_OUT):
                self.found.append(f"{tag} {name}={written}")
            if name == "src" and written.startswith("data:image/svg+xml;base64,"):
                picture = base64.b64decode(written.partition(",")[2]).decode()
                self.found += [one for one in acting(picture) if one != "svg"]
