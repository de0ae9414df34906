"""The words around a chart: plotly does not wrap text, so lines are cut here to fit a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from textwrap import wrap

TITLE_WIDTH, TEXT_WIDTH = 40, 54
"""Characters a line of the title, and of the smaller texts, may have on a screen 358 px wide."""


@dataclass(frozen=True)
class Caption:
    """What the chart shows, how to read it and where the figures come from, in the reader's language."""

    title: str
    subtitle: str
    source: str


def lines(sentence: str, width: int) -> list[str]:
    """`sentence` cut into lines of at most `width` characters, safe to put into a figure."""
    # Quotes stay as they are: plotly knows no &quot; and would print it.
    return [escape(line, quote=False) for line in wrap(sentence, width, break_on_hyphens=False)]


def packed(items: Iterable[str], width: int = TEXT_WIDTH) -> list[str]:
    """Entries of a key put side by side, none torn apart; tags in them do not count as width."""
    found: list[str] = []
    for item in items:
        if found and _width(found[-1]) + _width(item) + 3 <= width:
            found[-1] += f"   {item}"
        else:
            found.append(item)
    return found


def _width(item: str) -> int:
    return len(re.sub(r"<[^>]+>|&\w+;", "", item))
