"""What an entry of the audit log was about, in words: the same on the page and at the command line."""

from __future__ import annotations

import json
import re

from indices.i18n import NOTHING, Language, count, text, word

_HIDDEN = ("sign_in", "file")
"""Codes of sign-ins and hashes of files, by which programs know them."""
_LABELLED = ("proposal", "version", "versions", "token", "days", "role", "why", "bytes", "failure")
_CODES = ("what", "why", "component", "field")
_ENDPOINT = re.compile(r"[a-z]+(_[a-z]+)*|openapi\.json")
_BEGINNINGS = ("file of version", "file of proposal", "proposal", "template", "audit log")
"""Beginnings of what a page calls a file or an act; a number or an edition follows."""


def about(written: str, language: Language) -> str:
    """The JSON of an entry as pieces of words with dots between; "–" where it says nothing.

    What is no JSON is told as it stands.
    """
    try:
        told = json.loads(written)
    except ValueError:
        return written
    if not isinstance(told, dict):
        return str(told)
    known = [(name, value) for name, value in told.items() if name not in _HIDDEN and value not in (None, "")]
    return " · ".join(_piece(name, value, language) for name, value in known) or NOTHING


def _piece(name: str, value: object, language: Language) -> str:
    """One thing an entry tells, with what it is where a bare number would not say so."""
    said = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    if name == "role":
        said = word("sign_in.role", said, language)
    elif name == "bytes" and isinstance(value, int):
        said = count(value, language)
    elif name in _CODES:
        said = _subject(_asked_for(said) if name == "what" else said, language)
    if name not in _LABELLED:
        return said
    return text(f"administration.about_{name}", language, value=said)


def _subject(said: str, language: Language) -> str:
    """The name of a page, a button, a reason or a part; a file's own name stays."""
    for beginning in _BEGINNINGS:
        if f"{said} ".startswith(f"{beginning} "):
            return _named(beginning.replace(" ", "_"), language) + said.removeprefix(beginning)
    return _named(said, language)


def _named(code: str, language: Language) -> str:
    return word("administration.subject", word("menu", code, language), language)


def _asked_for(what: str) -> str:
    """A code that has no word is where programs ask; told as its address."""
    nameless = _named(what, "vi") == what and _ENDPOINT.fullmatch(what) is not None
    return f"/api/v1/{what}" if nameless else what
