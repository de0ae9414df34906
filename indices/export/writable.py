"""Texts that an office file can hold: what its XML has no place for becomes a space."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

_LONGEST = 32_000
"""Letters of a cell, the least that any of the files takes of a text."""
# Control signs, halves of letters, and two codes that are no letters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain_text(value: str) -> str:
    """A text that an office file can hold."""
    return _UNWRITABLE.sub(" ", value)[:_LONGEST]


def writable(value: T) -> T:
    """A story, a slide, a tuple of texts with every text of it as `plain_text`."""
    found: Any = value
    if isinstance(value, str):
        found = plain_text(value)
    elif isinstance(value, tuple):
        found = tuple(writable(one) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{one.name: writable(getattr(value, one.name)) for one in fields(value)})
    return found  # type: ignore[no-any-return]  # of the kind that was given
