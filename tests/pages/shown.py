"""What a page shows, read back from a script run: its texts, alerts, charts and controls."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = (
    "overview",
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
UNLISTED = ("proposals", "administration")
"""Pages that the menu names only where people sign in: whoever is alone at the machine needs neither."""
LANGUAGES = ("vi", "en")
RUN_LIMIT_SECONDS = 60
_CHART_WORDS = {"text", "hovertext", "hovertemplate", "ticktext", "name", "title"}
_SPOKEN = {"alt", "title", "placeholder", "aria-label"}


def script(name: str) -> str:
    """The script of a page, beside the main one."""
    return "dashboard.py" if name == "overview" else f"pages/{name}.py"


def open_page(name: str, **address: str) -> AppTest:
    """A new session whose first request is this page with this address (`with_` for `with`)."""
    at = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=RUN_LIMIT_SECONDS)
    if name != "overview":
        at.switch_page(script(name))
    for choice, code in address.items():
        at.query_params[choice.rstrip("_")] = code
    return at.run()


def follow(at: AppTest, name: str, **address: str) -> AppTest:
    """The same session after a link to another page: its address is the link's own."""
    at.switch_page(script(name))
    for choice in list(at.query_params):
        del at.query_params[choice]
    for choice, code in address.items():
        at.query_params[choice] = code
    return at.run()


def unfold(at: AppTest) -> AppTest:
    """The same page with the tables below its charts opened."""
    for fold in at.get("expander"):
        at.session_state[fold.proto.id.split("-", 2)[2]] = True
    return at.run()


def control(at: AppTest, name: str) -> Any:
    """The control of a choice, whatever page, language and address its key is of."""
    kinds = ("selectbox", "multiselect", "toggle", "button_group", "text_input")
    found = [widget for kind in kinds for widget in at.get(kind) if widget.key.split(".")[0] == name]
    assert len(found) == 1, f"{len(found)} controls named {name}"
    return found[0]


def address(at: AppTest) -> dict[str, str]:
    """The address as the page left it."""
    return {name: str(code) for name, code in at.query_params.items()}


def alerts(at: AppTest) -> list[str]:
    """Warnings, errors and exceptions."""
    return [alert.value for kind in (at.warning, at.error, at.exception) for alert in kind]


def assert_calm(at: AppTest) -> None:
    """No exception, error or warning on the page."""
    assert alerts(at) == []


def html(at: AppTest) -> str:
    """Everything written as HTML, without the style sheet."""
    return re.sub(r"<style>.*?</style>", "", "\n".join(part.value for part in at.html), flags=re.S)


def text_of(markup: str) -> str:
    """The words of HTML in one line."""
    return " ".join(_words_of(markup))


def tables(at: AppTest, heading: str) -> list[list[list[str]]]:
    """The tables that have a column of this heading, line by line, the headings first."""
    found = []
    for table in re.findall(r"<table.*?</table>", html(at), flags=re.S):
        lines = [
            [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, flags=re.S)]
            for line in re.findall(r"<tr.*?</tr>", table, flags=re.S)
        ]
        if lines and heading in lines[0]:
            found.append(lines)
    return found


def rows(at: AppTest, heading: str) -> list[list[str]]:
    """The rows below the headings of every table that has a column of this heading."""
    return [line for table in tables(at, heading) for line in table[1:]]


def charts(at: AppTest) -> list[dict[str, Any]]:
    """The charts as the browser gets them, in the page's order, each with its `alt`."""
    return [json.loads(chart.proto.spec) | {"alt": chart.proto.alt} for chart in at.get("plotly_chart")]


def chart(at: AppTest, name: str) -> dict[str, Any]:
    """The one chart whose key begins with a name ("rank", "map")."""
    found = [
        json.loads(one.proto.spec) | {"alt": one.proto.alt}
        for one in at.get("plotly_chart")
        if f"chart.{name}" in one.proto.id
    ]
    assert len(found) == 1, f"{len(found)} charts named {name}"
    return found[0]


def chart_texts(spec: Any) -> Iterator[str]:
    """Every text a chart shows, on it or when a point is touched."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name in _CHART_WORDS:
                yield from _strings(value)
            if isinstance(value, dict | list) and name != "meta":  # plotly draws nothing of it
                yield from chart_texts(value)
    elif isinstance(spec, list):
        for part in spec:
            yield from chart_texts(part)


def texts(at: AppTest) -> list[str]:
    """Every text the page shows or reads out, one entry a piece."""
    found = _words_of(html(at))
    for kind in ("markdown", "caption", "info", "warning", "error", "success", "exception"):
        found += [part.value for part in at.get(kind)]
    for kind in ("selectbox", "multiselect", "toggle", "button_group", "text_input", "number_input"):
        for widget in at.get(kind):
            shown = [
                widget.label,
                getattr(widget.proto, "placeholder", ""),
                getattr(widget.proto, "help", ""),
            ]
            found += shown + [str(option) for option in getattr(widget, "options", [])]
    for kind in ("page_link", "download_button", "expander"):
        found += [part.proto.label for part in at.get(kind)]
    for spec in charts(at):
        found += [*chart_texts(spec), spec["alt"]]
    for one in at.get("plotly_chart"):
        for words in json.loads(one.proto.config)["locales"].values():
            found += words["dictionary"].values()
    return [re.sub(r"<[^>]+>", " ", piece) for piece in found if piece]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _SPOKEN and value:
                self.found.append(value)
            if name == "src" and value and value.startswith("data:image/svg+xml;base64,"):
                self.found += _words_of(base64.b64decode(value.split(",", 1)[1]).decode())


def _words_of(markup: str) -> list[str]:
    parser = _Words()
    parser.feed(markup)
    return parser.found
