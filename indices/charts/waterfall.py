"""A waterfall of places: how a place moved, step by step."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row, rows
from indices.charts.sheet import figure, note
from indices.charts.theme import BODY, SMALL, TITLE, Theme
from indices.i18n import Language, change, place, text

_PLOT = 300
"""Px of the height of the places."""
_TICK_WIDTH = 9
"""Letters a step's name may have in a line below its column on a phone."""


def place_steps(
    steps: pd.DataFrame,
    ends: pd.DataFrame,
    *,
    target_rank: int,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """From the place before to the place after, a column a step, better places on top.

    `steps`: name, places (places gained; steps of 0 are left out). `ends`: edition, place, n_ranked,
    the earlier edition first. The order of the steps says nothing: their sum is the same in any, and
    the one is drawn that stays within the field.
    """
    first, last = rows(ends, ("edition", "place", "n_ranked"))
    n_ranked = max(row["n_ranked"] for row in (first, last))
    moves = _within([row for row in rows(steps, ("name", "places")) if row["places"]], first, n_ranked)
    levels = [first["place"]]
    for move in moves:
        levels.append(levels[-1] - move["places"])
    top, bottom, ticks = _place_axis(levels, target_rank, n_ranked)
    names = [first["edition"], *(move["name"] for move in moves), last["edition"]]
    at_end = [(0, first), (len(moves) + 1, last)]
    bars = [_place_bar(move, at, levels[at - 1], theme) for at, move in enumerate(moves, start=1)]
    plates = {
        "type": "scatter",
        "mode": "markers",
        "x": [at for at, _ in at_end],
        "y": [row["place"] for _, row in at_end],
        "marker": {"symbol": "line-ew", "size": 34, "line": {"color": theme.focal, "width": 6}},
        "hovertext": [
            text("charts.place_in", language, year=row["edition"], place=place(row["place"], row["n_ranked"]))
            for _, row in at_end
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    joints = [
        {
            "type": "line",
            "x0": at + 0.1,
            "x1": at + 0.9,
            "y0": level,
            "y1": level,
            "line": {"color": theme.other, "width": 1, "dash": "dot"},
        }
        for at, level in enumerate(levels)
    ]
    band = {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": top,
        "y1": min(bottom, target_rank + 0.5),
        "layer": "below",
        "fillcolor": theme.target,
        "line": {"width": 0},
    }
    labels = [
        note(f"<b>{row['place']}</b>", size=TITLE, color=theme.focal)
        | {"x": at, "y": row["place"], "xanchor": "center", "yanchor": "bottom", "yshift": 4}
        for at, row in at_end
    ]
    labels += [
        _place_label(move, at, levels[at - 1], language, theme) for at, move in enumerate(moves, start=1)
    ]
    return figure(
        [plates, *bars],
        caption=caption,
        language=language,
        theme=theme,
        height=_PLOT,
        left=30,
        right=12,
        above=14,
        below=16 + 16 * max(len(wrapped(name, _TICK_WIDTH)) for name in names),
        xaxis={
            "range": [-0.6, len(names) - 0.4],
            "tickvals": list(range(len(names))),
            "ticktext": ["<br>".join(wrapped(name, _TICK_WIDTH)) for name in names],
            "tickangle": 0,
            "showgrid": False,
            "tickfont": {"size": SMALL, "color": theme.text},
        },
        yaxis={"range": [bottom, top], "tickvals": ticks, "tickformat": "d"},
        key=[_band_key(target_rank, language, theme)] * (top < target_rank),
        annotations=labels,
        shapes=[band, *joints],
        layout={"bargap": 0.4, "barmode": "overlay"},
    )


def _band_key(target_rank: int, language: Language, theme: Theme) -> str:
    group = text("charts.target_group", language, rank=target_rank)
    return f"<span style='color:{theme.bands[1]}'>■</span> {group}"


def _within(moves: list[Row], first: Row, n_ranked: int) -> list[Row]:
    """The moves in an order that stays between place 1 and the last one, as given where that does."""
    for order in (moves, sorted(moves, key=lambda move: move["places"])):
        level, inside = first["place"], True
        for move in order:
            level -= move["places"]
            inside = inside and 1 <= level <= n_ranked
        if inside:
            return order
    return moves


def _place_axis(levels: list[float], target_rank: int, n_ranked: int) -> tuple[float, float, list[int]]:
    """Upper and lower end of the axis of places, and the places written on it."""
    high, low = min(levels), max(levels)
    around = max(2.0, 0.15 * (low - high))
    top, bottom = high - around, low + around
    step = next(step for step in (1, 2, 5, 10, 20) if (bottom - top) / step <= 8)
    found = {tick for tick in range(0, n_ranked + 1, step) if tick} | {1}
    near = {tick for tick in found if tick != target_rank and abs(tick - target_rank) < step / 2}
    found = (found - near) | {target_rank}
    return top, bottom, sorted(tick for tick in found if top <= tick <= bottom)


def _place_bar(move: Row, at: int, level: float, theme: Theme) -> dict[str, Any]:
    """A floating bar from one level to the next; a bar down is hatched, so that colour is not alone."""
    up = move["places"] > 0
    color = theme.met if up else theme.missed
    return {
        "type": "bar",
        "x": [at],
        "y": [-move["places"]],
        "base": [level],
        "marker": {
            "color": color if up else theme.background,
            "line": {"color": color, "width": 1.5},
            "pattern": {"shape": "" if up else "/", "fgcolor": color, "size": 6},
        },
        "hovertext": [move["name"]],
        "hoverinfo": "text",
    }


def _place_label(move: Row, at: int, level: float, language: Language, theme: Theme) -> dict[str, Any]:
    up = move["places"] > 0
    said = change(move["places"], language, halves(move["places"]))
    return note(f"<b>{said}</b>", size=BODY, color=theme.met if up else theme.missed) | {
        "x": at,
        "y": level - move["places"],
        "xanchor": "center",
        "yanchor": "bottom" if up else "top",
        "yshift": 2 if up else -2,
    }


def halves(places: float) -> int:
    """Decimals that places in halves need: 28, but 27,5."""
    return 0 if places == round(places) else 1
