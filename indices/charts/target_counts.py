"""How many indices met the target, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, years
from indices.charts.theme import BODY, SMALL, Theme
from indices.i18n import Language, text

_HEIGHT = 260
_PATTERNS = {"met": "", "missed": "/", "unknown": ""}


def target_counts(counts: pd.DataFrame, *, caption: Caption, language: Language, theme: Theme) -> go.Figure:
    """Stacked bars of whole numbers: year, met, missed, unknown (numbers of indices)."""
    found = sorted(rows(counts, ("year", *_PATTERNS)), key=lambda row: row["year"])
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    most = max(sum(row[state] or 0 for state in _PATTERNS) for row in found)
    return figure(
        [_bars(found, state, language, theme) for state in _PATTERNS],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=24,
        right=10,
        # Two rows of the legend, as a phone needs.
        above=52,
        xaxis=years(found[0]["year"], found[-1]["year"], labels=11)
        | {"range": [found[0]["year"] - 0.6, found[-1]["year"] + 0.6]},
        yaxis={"range": [0, most], "tickformat": "d", "dtick": 1 if most <= 10 else 5},
        layout={
            "barmode": "stack",
            "bargap": 0.2,
            "showlegend": True,
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1,
                "yanchor": "bottom",
                "font": {"size": BODY, "color": theme.text},
                "traceorder": "normal",
                "itemclick": False,
                "itemdoubleclick": False,
            },
        },
    )


def _bars(found: list[Row], state: str, language: Language, theme: Theme) -> dict[str, Any]:
    color = getattr(theme, state)
    name = text(f"charts.state_{state}", language)
    said = [text("charts.count_in", language, year=row["year"], state=name, n=row[state]) for row in found]
    return {
        "type": "bar",
        "name": name,
        "x": [row["year"] for row in found],
        "y": [row[state] or None for row in found],
        "text": [str(row[state] or "") for row in found],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {
            "size": SMALL + 2,
            "color": theme.background if state == "met" else theme.text,
            "weight": 600,
        },
        "hovertext": said,
        "hoverinfo": "text",
        "marker": {
            # The number must stay readable: patterns lie thin on the page's own colour.
            "color": color if state == "met" else theme.background,
            "line": {"color": color, "width": 1.5},
            "pattern": {"shape": _PATTERNS[state], "fgcolor": color, "size": 10, "solidity": 0.12},
        },
    }
