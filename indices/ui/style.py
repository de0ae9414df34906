"""The style sheet of what Streamlit's own theme cannot say: cards, tables, notes, print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from indices.charts.theme import DARK, LIGHT, Theme

# Paper is white: a dark page is printed in the colours of the light one, its charts turned about.
_ON_PAPER = (
    "@media print{:root{%s}.stApp,.stApp p,.stApp li{color:var(--ink)}"
    ".stPlotlyChart{filter:invert(1) hue-rotate(180deg) brightness(1.12)}}"
)


@cache
def sheet(looks: Theme) -> str:
    """The style sheet for a light or dark page, as an element to put into it."""
    rules = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    paper = _ON_PAPER % _colours(LIGHT) if looks is DARK else ""
    return f"<style>:root{{{_colours(looks)}}}{rules}{paper}</style>"


def _colours(looks: Theme) -> str:
    named = {
        "page": looks.background,
        "panel": looks.panel,
        "ink": looks.text,
        "muted": looks.muted,
        "rule": looks.grid,
        "focal": looks.focal,
        "band": looks.target,
        "met": looks.met,
        "near": looks.near,
        "missed": looks.missed,
        "unknown": looks.unknown,
    }
    return "".join(f"--{name}:{value};" for name, value in named.items())
