"""The foot of a page: its address and those of its figures, to copy."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from indices.serving.api.exports import EXPORTS
from indices.serving.api.mount import PREFIX
from indices.serving.api.table_of_routes import ROUTES
from indices.serving.headers import is_host
from indices.ui import show, state
from indices.ui.frame import MENU, Page
from indices.ui.uploader_words import css_text

CHOICES = (
    *("index", "edition", "since", "within", "group", "with", "split", "sc"),
    *("measure", "events", "dimension", "against"),
)
"""Choices of single pages that a link carries on, beside those that every page shares."""
MOVING = ("edition", "since", "sc")
"""Choices that belong to an edition: without them a link opens the newest."""


def links_view(page: Page, api: str | tuple[str, ...] = (), **codes: str | None) -> None:
    """The page's links, folded away: one that always opens the newest edition, one that keeps this one.

    `api` names the data endpoints of the page's answers, the main one first; `codes` are choices that
    the address may not name because they stand on their defaults.
    """
    fold = st.expander(
        page.text("links.label"), key=state.widget_key("fold.links", page.language), on_change="rerun"
    )
    if not fold.open:
        return
    written = st.query_params.to_dict()
    given = {name: code for name, code in written.items() if name in CHOICES and codes.get(name) is None}
    exact = page.address(**given, **{name: code for name, code in codes.items() if code is not None})
    newest = {name: code for name, code in exact.items() if name not in MOVING}
    routes = (api,) if isinstance(api, str) else api
    with fold, st.container(key="links", gap="small"):
        st.html(_tip(page.text("links.copy")))
        if newest == exact:
            _addresses(page, routes, exact)
        else:
            left, right = st.columns(2)
            with left:
                _heading(page.text("links.newest"))
                _addresses(page, routes, newest)
            with right:
                _heading(page.text("links.exact", edition=exact.get("edition", "")))
                _addresses(page, routes, exact)
        if routes:
            show.note(page.text("links.formats"))


def page_address(base: str, page: Page, codes: Mapping[str, str]) -> str:
    """The whole address of a page with these choices."""
    return f"{base}/{_name(page)}?{urlencode(codes)}"


def data_address(base: str, route: str, codes: Mapping[str, str]) -> str:
    """The address of a data endpoint with those of the choices that it takes."""
    takes = EXPORTS[route].parameters if route in EXPORTS else ROUTES[route].parameters
    taken = {name: code for name, code in codes.items() if name in takes}
    return f"{base}{PREFIX}/{route}?{urlencode(taken)}"


def base_address(url: str | None, name: str) -> str:
    """What stands before a page's name in the address a browser has; "" where that is no web address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not is_host(parts.netloc):
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path.removesuffix(f'/{name}') if name else path}"


def _addresses(page: Page, routes: tuple[str, ...], codes: Mapping[str, str]) -> None:
    base = base_address(st.context.url, _name(page))
    _copied(page.text("links.page"), page_address(base, page, codes))
    for route in routes:
        what = page.text(f"api.route_{route.replace('.', '_')}")
        _copied(page.text("links.data", what=what), data_address(base, route, codes))


def _heading(words: str) -> None:
    st.html(f'<p class="fact"><strong>{escape(words)}</strong></p>')


def _copied(label: str, address: str) -> None:
    with st.container(gap="xxsmall"):
        show.note(label)
        st.code(address, language=None, wrap_lines=True)


def _tip(words: str) -> str:
    """The tip of the copy button in the page's language: Streamlit's own is English and cannot be set.

    Tips hang outside of the page, so ours is told by the button that the pointer is on.
    """
    pointed = '.st-key-links [data-testid="stTooltipHoverTarget"]:is(:hover, :focus-within)'
    tip = f'body:has({pointed}) [data-testid="stTooltipContent"]'
    return f"<style>{tip} > * {{display: none}} {tip}::after {{content: {css_text(words)}}}</style>"


def _name(page: Page) -> str:
    """The page's name in the address; "" for the first one."""
    script = MENU[page.name]
    return script.removeprefix("pages/").removesuffix(".py") if script.startswith("pages/") else ""
