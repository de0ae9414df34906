"""The points of an index in parts as bars: what is reached of each, and what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.bar_rows import BAR, hatched, labels, placed
from indices.charts.caption import Caption
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure
from indices.charts.theme import Theme
from indices.i18n import Language, points, score, text

_NAME_WIDTH = 36
"""Characters of a name beside which its figure has room on a phone."""
_COLUMNS = ("component", "name", "gained", "attainable", "lost", "best", "n_parts")


def lost_bars(
    lost: pd.DataFrame,
    *,
    focal: str,
    scale_max: float | None,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """One row a part, as long as what it is worth: solid what was scored, hatched what is lost of it.

    `lost`: component, name, gained, attainable, lost (points of the total), best (the best province's
    points of the total; missing where not known), drawn from the largest loss down; parts that only
    together have a figure (`n_parts`) come last.
    """
    found = sorted(
        (row for row in rows(lost, _COLUMNS) if row["lost"] is not None and row["attainable"] is not None),
        key=lambda row: (row["n_parts"] is not None, -row["lost"]),
    )
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    digits = points(scale_max)
    drawn, height = placed(found, _NAME_WIDTH, top=0)
    for row in drawn:
        gone, of = score(row["lost"], language, digits), _short(row["attainable"], language, digits)
        row["label"] = text("gap.chart_lost", language, lost=f"<b>{gone}</b>", of=of)
        row["color"] = theme.text
        row["hover"] = _hover(row, focal, digits, language)
    longest = max(row["attainable"] for row in drawn)
    best = [row for row in drawn if row["best"] is not None]
    key = [
        f"<span style='color:{theme.focal}'>■</span> {text('gap.key_gained', language)}",
        f"<span style='color:{theme.missed}'>▨</span> {text('gap.key_lost', language)}",
        *[f"◀ {text('gap.key_best', language)}"] * bool(best),
    ]
    return figure(
        [
            _piece(drawn, "gained", theme.focal, "", theme),
            _piece(drawn, "lost", theme.missed, "/", theme),
            *[_best(best, theme)] * bool(best),
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=22,
        above=6,
        below=8,
        xaxis={"range": [0, longest], "visible": False},
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=labels(drawn, theme),
        layout={"barmode": "stack", "bargap": 0},
    )


def _hover(row: Row, focal: str, digits: int, language: Language) -> str:
    parts = [
        f"<b>{'<br>'.join(row['names'])}</b>",
        f"{focal}: {score(row['gained'], language, digits)}/{_short(row['attainable'], language, digits)}",
        text("gap.hover_lost", language, points=score(row["lost"], language, digits)),
    ]
    if row["best"] is not None:
        parts.append(f"{text('gap.key_best', language)}: {score(row['best'], language, digits)}")
    return "<br>".join(parts)


def _piece(drawn: Sequence[Row], name: str, color: str, hatch: str, theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(row[name], 6) for row in drawn],
        "y": [row["y"] for row in drawn],
        "width": BAR,
        "marker": {
            "color": color,
            "pattern": hatched(hatch, color, theme),
            "line": {"color": color, "width": 1},
        },
        "customdata": [[row["component"]] for row in drawn],
        "hovertext": [row["hover"] for row in drawn],
        "hoverinfo": "text",
    }


def _best(drawn: Sequence[Row], theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(row["best"], 6) for row in drawn],
        "y": [row["y"] for row in drawn],
        "cliponaxis": False,
        "marker": {
            "symbol": "triangle-left",
            "size": 11,
            "color": theme.text,
            "line": {"color": theme.background, "width": 1},
        },
        "hovertext": [row["hover"] for row in drawn],
        "hoverinfo": "text",
    }


def _short(value: float, language: Language, digits: int) -> str:
    """A maximum without decimals it does not have."""
    for fewer in range(digits):
        if round(value, fewer) == round(value, digits):
            return score(value, language, fewer)
    return score(value, language, digits)
