"""The style sheet of what Streamlit's own theme cannot say: cards, tables, notes, print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from indices.charts.theme import Theme


@cache
def sheet(looks: Theme) -> str:
    """The style sheet for a light or dark page, as an element to put into it."""
    colours = "".join(
        f"--{name}:{value};"
        for name, value in {
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
        }.items()
    )
    rules = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f"<style>:root{{{colours}}}{rules}</style>"
