"""A waterfall of points: how a score moved, part by part."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, Theme
from indices.i18n import Language, change, score

_LINE, _BAR, _SPACE = 17, 14, 12
"""Px of a line of a part's name, of its bar, and between one part and the next."""
_NAME_WIDTH = 38
_POINTS = 64
"""Px at the right for the points of each row."""


def score_steps(
    parts: pd.DataFrame,
    ends: pd.DataFrame,
    *,
    caption: Caption,
    language: Language,
    theme: Theme,
    digits: int = 2,
    end_digits: int = 2,
) -> go.Figure:
    """From the score before to the score after, a row a part, the name over its bar.

    `parts`: name, points (of the total), mark (a sign after the name, or ""), hover; drawn in the
    order given. `ends`: edition, score. `digits` and `end_digits`: decimals of the points and the scores.
    """
    found = rows(parts, ("name", "points", "mark", "hover"))
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    first, last = rows(ends, ("edition", "score"))
    levels = [first["score"]]
    for row in found:
        levels.append(levels[-1] + row["points"])
    span = (max(levels) - min(levels)) or 1
    low, high = min(levels) - 0.06 * span, max(levels) + 0.06 * span
    notes, height = [], 0.0
    heights: list[float] = []
    # In the margin, where no bar and no joint can run through the figures.
    beside = {"x": 1, "xanchor": "right", "xshift": _POINTS - 6}
    said_ends = [(row["edition"], score(row["score"], language, end_digits)) for row in (first, last)]
    lines = [(None, *said_ends[0]), *((row, "", "") for row in found), (None, *said_ends[1])]
    for part, edition, points in lines:
        named = wrapped(part["name"] + part["mark"], _NAME_WIDTH) if part else [f"<b>{edition}</b>"]
        middle = height + _LINE * len(named) + _BAR / 2 + 2
        over: dict[str, Any] = {"y": middle - _BAR / 2 - 1, "yanchor": "bottom", "xref": "paper"}
        notes.append(note("<br>".join(named), size=BODY, color=theme.text) | over | {"x": 0})
        notes.append(_points_label(part, points, language, theme, digits) | over | beside)
        heights.append(middle)
        height = middle + _BAR / 2 + _SPACE
    joints = [
        {
            "type": "line",
            "x0": level,
            "x1": level,
            "y0": above + _BAR / 2,
            "y1": below - _BAR / 2,
            "layer": "below",
            "line": {"color": theme.other, "width": 1, "dash": "dot"},
        }
        for level, (above, below) in zip(levels, pairwise(heights), strict=True)
    ]
    plates = {
        "type": "scatter",
        "mode": "markers",
        "x": [first["score"], levels[-1]],
        "y": [heights[0], heights[-1]],
        "marker": {"symbol": "line-ns", "size": 14, "line": {"color": theme.focal, "width": 6}},
        "hovertext": [f"{edition}: {points}" for edition, points in said_ends],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    return figure(
        [*_score_bars(found, levels, heights[1:-1], theme), plates],
        caption=caption,
        language=language,
        theme=theme,
        height=round(height),
        left=16,
        right=_POINTS,
        above=10,
        below=26,
        xaxis={"range": [low, high], "nticks": 5, "showgrid": True},
        yaxis={"range": [height, 0], "visible": False},
        annotations=notes,
        shapes=joints,
        layout={"bargap": 0, "barmode": "overlay"},
    )


def _score_bars(
    found: list[Row], levels: list[float], heights: list[float], theme: Theme
) -> list[dict[str, Any]]:
    """Bars up, and hatched ones down."""
    bars = []
    for up in (True, False):
        at = [place for place, row in enumerate(found) if (row["points"] >= 0) == up]
        color = theme.met if up else theme.missed
        bar = {
            "type": "bar",
            "orientation": "h",
            "x": [found[place]["points"] for place in at],
            "base": [levels[place] for place in at],
            "y": [heights[place] for place in at],
            "width": _BAR,
            "marker": {
                "color": color if up else theme.background,
                "line": {"color": color, "width": 1.5},
                "pattern": {"shape": "" if up else "/", "fgcolor": color, "size": 6},
            },
            "hovertext": [found[place]["hover"] or found[place]["name"] for place in at],
            "hoverinfo": "text",
        }
        bars += [bar] if at else []
    return bars


def _points_label(row: Any, points: str, language: Language, theme: Theme, digits: int) -> dict[str, Any]:
    if row is None:
        return note(f"<b>{points}</b>", size=BODY, color=theme.focal)
    seen = round(row["points"], digits)
    color = theme.met if seen > 0 else theme.missed if seen < 0 else theme.muted
    return note(f"<b>{change(row['points'], language, digits)}</b>", size=BODY, color=color)
