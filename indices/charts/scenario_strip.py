"""A scenario in the field: every province's total as a stroke, ours before and after, the target's line."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.lines import written
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, SMALL, Theme
from indices.i18n import Language, change, points, score, text

_LINE, _STROKE, _SPACE = 18, 22, 16
"""Px of a line of words, of a stroke, and between one strip and the next."""
_ROW = 3 * _LINE + _STROKE + _SPACE
_APART = 0.16
"""Part of the plot's width two numbers need between their points not to run into each other."""
_OUTCOME = ("others", "before", "after", "target_rank", "target_score", "said")


def scenario_strip(
    field: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    focal: str,
    scale_max: float | None,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """One strip for what the others do: their totals, ours before (hollow) and after (filled).

    `field`: others ("still", "moving"), province, score. `outcomes`: others, before, after,
    target_rank, target_score (points; missing where not known), said (the strip's heading). The
    strips share one axis of points.
    """
    strips = rows(outcomes, _OUTCOME)
    found = rows(field, ("others", "province", "score"))
    if not strips or not found:
        return empty(caption=caption, language=language, theme=theme)
    digits = points(scale_max)
    known = [row["score"] for row in found]
    known += [row[name] for row in strips for name in ("before", "after", "target_score")]
    first, last = min(v for v in known if v is not None), max(v for v in known if v is not None)
    room = (last - first or 1.0) * 0.04
    span = (first - room, last + room)
    traces: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for at, strip in enumerate(strips):
        middle = at * _ROW + 2 * _LINE + _STROKE / 2
        others = [row for row in found if row["others"] == strip["others"]]
        traces += [
            _strokes(others, middle, digits, language, theme),
            _ours(strip, middle, focal, digits, language, theme),
        ]
        words.append(_heading(strip, at * _ROW, theme))
        words += _numbers(strip, middle, span, digits, language, theme)
        if strip["target_score"] is not None:
            shapes.append(_target(strip, middle, theme))
    height = len(strips) * _ROW
    key = [
        f"<span style='color:{theme.other}'>┃</span> {text('scenario.key_others', language)}",
        f"<span style='color:{theme.focal}'>○</span> {text('scenario.key_before', language, province=focal)}",
        f"<span style='color:{theme.focal}'>●</span> {text('scenario.key_after', language)}",
    ]
    return figure(
        traces,
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=16,
        above=8,
        below=26,
        xaxis={"range": list(span), "nticks": 6, "showgrid": True},
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=words,
        shapes=shapes,
    )


def _strokes(
    others: list[Row], middle: float, digits: int, language: Language, theme: Theme
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row["score"] for row in others],
        "y": [middle] * len(others),
        "marker": {"symbol": "line-ns", "size": _STROKE / 2, "line": {"color": theme.other, "width": 1.5}},
        "hovertext": [
            f"<b>{row['province']}</b><br>{written(row['score'], language, digits)}" for row in others
        ],
        "hoverinfo": "text",
    }


def _ours(
    strip: Row, middle: float, focal: str, digits: int, language: Language, theme: Theme
) -> dict[str, Any]:
    """Before and after, joined by a line; after stands on top."""
    # Where nothing moved there is one point: hollow and filled one over the other would blur.
    names = ("before", "after") if strip["after"] != strip["before"] else ("before",)
    said = [
        text(f"scenario.hover_{name}", language, province=focal, score=score(strip[name], language, digits))
        for name in names
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": focal,
        "x": [strip[name] for name in names],
        "y": [middle] * len(names),
        "cliponaxis": False,
        "line": {"color": theme.focal, "width": 3},
        "marker": {
            "size": 14,
            "color": [theme.background, theme.focal][-len(names) :],
            "line": {"color": theme.focal, "width": 2.5},
        },
        "hovertext": said,
        "hoverinfo": "text",
    }


def _heading(strip: Row, top: float, theme: Theme) -> dict[str, Any]:
    place = {"xref": "paper", "x": 0, "xshift": -6, "y": top, "yanchor": "top"}
    return note(str(strip["said"]), size=BODY, color=theme.text, weight=600) | place


def _numbers(
    strip: Row, middle: float, span: tuple[float, float], digits: int, language: Language, theme: Theme
) -> list[dict[str, Any]]:
    """The totals over the strip, the target's score under it; each turned inwards near an end."""
    before, after = strip["before"], strip["after"]
    over = middle - _STROKE / 2 - 1
    shown = f"<b>{score(after, language, digits)}</b>"
    gained = change(after - before, language, _fine(after - before, digits))
    moved = after != before
    said = f"{shown} ({gained})" if moved else shown
    found = [note(said, size=BODY, color=theme.focal) | _at(after, span) | {"y": over, "yanchor": "bottom"}]
    if abs(after - before) > 2 * _APART * (span[1] - span[0]):
        label = score(before, language, digits)
        found.append(note(label, color=theme.muted) | _at(before, span) | {"y": over, "yanchor": "bottom"})
    if strip["target_score"] is not None:
        label = text(
            "scenario.target_at",
            language,
            target=strip["target_rank"],
            score=score(strip["target_score"], language, digits),
        )
        under = {"y": middle + _STROKE / 2 + 3, "yanchor": "top"}
        found.append(note(label, size=SMALL, color=theme.text) | _at(strip["target_score"], span) | under)
    return found


def _fine(value: float, digits: int) -> int:
    """Decimals that keep a small change from reading as none."""
    return 4 if 0 < abs(value) < 0.1 else digits


def _at(value: float, span: tuple[float, float]) -> dict[str, Any]:
    share = (value - span[0]) / (span[1] - span[0])
    return {"x": value, "xanchor": "left" if share < 0.3 else "right" if share > 0.7 else "center"}


def _target(strip: Row, middle: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": strip["target_score"],
        "x1": strip["target_score"],
        "y0": middle - _STROKE / 2 - 4,
        "y1": middle + _STROKE / 2 + 4,
        "layer": "above",
        "line": {"color": theme.text, "width": 2, "dash": "dot"},
    }
