"""Choices and the address: a choice stands in the address as a code and is read back from it.

The session keeps one map of codes for all pages. An address that was not written by us (a link, a
bookmark, the back button) is taken over at the start of a run; widgets then start from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

_CODES, _WRITTEN, _EPOCH, _PAGE = "address.codes", "address.written", "address.epoch", "address.page"
_OF, _GIVEN, _DRAWN = "address.of", "address.given", "address.drawn"
NAMES = frozenset(
    {
        *(
            "lang",
            "province",
            "target",
            "index",
            "edition",
            "since",
            "within",
            "group",
            "with",
            "split",
            "sc",
        ),
        *("measure", "events", "dimension", "against", "pic", "indices", "sections", "year", "download"),
        *(
            "version",
            "older",
            "newer",
            "proposal",
            "template",
            "template_edition",
            "audit_action",
            "audit_outcome",
        ),
    }
)
"""Every choice that an address of ours can name: nothing else comes back from a sign-in."""

_MOST_DRAWN = 60
"""Widgets remembered: more than a page has, with those of the pages and languages before it."""

# A notice takes the code it was given: (name of the choice, unknown code).
Refuse = Callable[[str, str], None]


def adopt_address(page: str) -> None:
    """Take over the address where it is not the one this session wrote last on this page.

    Somebody who chooses again before the answer to the last choice has come sends the address of before
    both: what is chosen counts then, and the address is written anew.
    """
    incoming = st.query_params.to_dict()
    written = st.session_state.get(_WRITTEN, {})
    turned = page != st.session_state.get(_PAGE)
    if incoming != written and not turned and _acted():
        return
    if incoming != written:
        owners = st.session_state.get(_OF, {})
        # A choice that depends on another (an edition, on its index) follows only where it is named.
        st.session_state[_OF] = {name: of for name, of in owners.items() if name not in incoming}
        st.session_state[_GIVEN] = set(incoming)
    if incoming != written or turned:
        held = st.session_state.get(_CODES, {})
        if not turned:  # the way back to an address that did not name a choice yet
            held = {name: code for name, code in held.items() if name not in written}
        st.session_state[_CODES] = {**held, **incoming}
        st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1
        st.session_state[_WRITTEN] = incoming
        st.session_state[_PAGE] = page


def _acted() -> bool:
    """Whether this run answers a choice or a button of the page, not a way through the browser's history."""
    from indices.ui.visitor import pressed  # brings the store along, which the server's start does without

    drawn = st.session_state.get(_DRAWN, {})
    chosen = any(st.session_state.get(key, value) != value for key, value in drawn.items())
    return chosen or bool(pressed())


def _draw_with(key: str) -> None:
    """Note the value that a widget is about to be drawn with."""
    drawn = st.session_state.setdefault(_DRAWN, {})
    drawn.pop(key, None)
    drawn[key] = st.session_state[key]
    while len(drawn) > _MOST_DRAWN:
        del drawn[next(iter(drawn))]


def code(name: str) -> str | None:
    """The code held for a choice, or None where nobody chose."""
    found = st.session_state.get(_CODES, {}).get(name)
    return str(found) if found is not None else None


def hold(name: str, value: str | None, default: str | None = None) -> None:
    """Hold a code (None: no choice) and write it into the address.

    A default that the address does not name is left out of it: every word the server adds to an
    address is one more step for the browser's back button.
    """
    assert name in NAMES, name
    codes = st.session_state.setdefault(_CODES, {})
    st.session_state.get(_GIVEN, set()).discard(name)
    if value is None:
        codes.pop(name, None)
        if name in st.query_params:
            del st.query_params[name]
    else:
        codes[name] = value
        if st.query_params.get(name, default) != value:
            st.query_params[name] = value
    st.session_state[_WRITTEN] = st.query_params.to_dict()


def put(name: str, value: str | None) -> None:
    """Choose for the user (a tile that was clicked; None: no choice): widgets start from the new code."""
    hold(name, value)
    st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1


def known_code(name: str, allowed: Sequence[str], default: str, refuse: Refuse) -> str:
    """The held code if it is allowed, else the default; a reader's unknown one is told through `refuse`."""
    held = code(name)
    if held is None:
        return default
    if held not in allowed:
        if _given(name):
            refuse(name, held)
        return default
    return held


def _given(name: str) -> bool:
    """Whether the code held for a choice came with an address from outside and was not checked yet."""
    return name in st.session_state.get(_GIVEN, ())


def widget_key(name: str, language: str) -> str:
    """A key that starts a widget afresh on another page, address or language.

    Streamlit gives a widget of the same key a new identity on every page and keeps a choice by its
    displayed label, which differs between languages: an old key would start from the first option.
    """
    return f"{name}.{language}.{st.session_state.get(_EPOCH, 0)}"


def _choice_key(name: str, language: str, of: str = "") -> str:
    return widget_key(f"{name}.{of}", language)


def chosen_now(name: str, language: str) -> object:
    """What the reader has just chosen by the widget of `choose`, before that is drawn again."""
    return st.session_state.get(_choice_key(name, language))


def belongs(name: str, of: str) -> None:
    """Forget a choice that was made of another thing than `of`, on which its options depend."""
    owners = st.session_state.setdefault(_OF, {})
    if owners.setdefault(name, of) != of:
        hold(name, None)
        owners[name] = of


def choose(
    widget: Callable[..., Any],
    name: str,
    options: Mapping[str, str],
    *,
    default: str,
    language: str,
    refuse: Refuse,
    label: str,
    of: str = "",
    **settings: Any,
) -> str:
    """One choice by a Streamlit widget (selectbox, segmented_control): code → label in, code out.

    `of` is what the options depend on (the index an edition is of): of another thing, the choice
    starts anew from its default, and a code the options do not hold is not the reader's fault.
    """
    belongs(name, of)
    start = known_code(name, list(options), default, refuse)
    key = _choice_key(name, language, of)
    if st.session_state.get(key) not in options:
        st.session_state[key] = start
    _draw_with(key)
    value = widget(label, list(options), format_func=options.__getitem__, key=key, **settings)
    chosen = str(value) if value is not None else start
    hold(name, chosen, default)
    return chosen


def choose_many(
    name: str,
    options: Mapping[str, str],
    *,
    default: Sequence[str],
    most: int,
    language: str,
    refuse: Refuse,
    label: str,
    **settings: Any,
) -> tuple[str, ...]:
    """Up to `most` choices by a multiselect; the codes stand in the address joined by commas."""
    held = code(name)
    wanted = list(default) if held is None else [part for part in held.split(",") if part]
    for part in wanted:
        if part not in options and _given(name):
            refuse(name, part)
    key = widget_key(name, language)
    if key not in st.session_state:
        known = dict.fromkeys(part for part in wanted if part in options)
        st.session_state[key] = list(known)[:most]
    _draw_with(key)
    chosen = st.multiselect(
        label, list(options), format_func=options.__getitem__, key=key, max_selections=most, **settings
    )
    hold(name, ",".join(chosen), ",".join(default))
    return tuple(chosen)


def switch(name: str, *, default: bool, language: str, refuse: Refuse, label: str) -> bool:
    """A yes or no by a toggle; 1 or 0 in the address."""
    key = widget_key(name, language)
    if key not in st.session_state:
        start = known_code(name, ("0", "1"), "1" if default else "0", refuse)
        st.session_state[key] = start == "1"
    _draw_with(key)
    chosen = bool(st.toggle(label, key=key))
    hold(name, "1" if chosen else "0", "1" if default else "0")
    return chosen
