"""Two editions under two sets of weights: what really changed, and what the weights did."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.runs import Row, nudged, rows
from indices.charts.sheet import figure, note
from indices.charts.theme import BODY, Stroke, Theme
from indices.i18n import Language, change, score, text

_PLOT, _LABEL = 280, 36
"""Px of the plot's height and of a label of two lines."""
_COLUMNS = ("edition", "weights", "score", "computed", "place")


def reweighted_lines(
    scores: pd.DataFrame, *, caption: Caption, language: Language, theme: Theme
) -> go.Figure:
    """A line a set of weights, from the earlier edition to the later one; hollow where computed by us.

    `scores`: edition, weights (old, new), score, computed, place, one row each, the earlier edition
    first. Between the lines stands what the new weights alone do to an edition.
    """
    found = rows(scores, _COLUMNS)
    editions = list(dict.fromkeys(row["edition"] for row in found))
    strokes = {"old": theme.stroke(0), "new": Stroke(theme.focal, "solid", "circle", "●")}
    values = [row["score"] for row in found]
    around = 0.14 * (max(values) - min(values) or 1)
    low, high = min(values) - around, max(values) + around
    runs = {weights: [row for row in found if row["weights"] == weights] for weights in strokes}
    labels, key = [], []
    for weights, stroke in strokes.items():
        said = text(f"why.weights_{weights}", language)
        key.append(f"<span style='color:{stroke.color}'>{stroke.glyph}</span> {said}")
    labels += _gains(runs, strokes, language)
    for at, edition in enumerate(editions):
        run = [row for row in found if row["edition"] == edition]
        labels += _labels(run, at, strokes, high, low, language)
        key.append(_effect(run, edition, language))
    key.append(text("why.key_hollow", language))
    return figure(
        [
            *_between(runs, theme),
            *(_line(runs[name], stroke, language, theme) for name, stroke in strokes.items()),
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=_PLOT,
        left=78,
        right=84,
        above=12,
        xaxis={"range": [0, 1], "tickvals": [0, 1], "ticktext": editions, "gridcolor": theme.other},
        yaxis={"range": [low, high], "visible": False},
        key=key,
        annotations=labels,
    )


def _line(run: list[Row], stroke: Stroke, language: Language, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": run[0]["weights"],
        "mode": "lines+markers",
        "x": [0, 1],
        "y": [row["score"] for row in run],
        "cliponaxis": False,
        "line": {"color": stroke.color, "width": 3, "dash": stroke.dash},
        "marker": {
            "symbol": stroke.symbol,
            "size": 11,
            "color": [theme.background if row["computed"] else stroke.color for row in run],
            "line": {"color": stroke.color, "width": 2.5},
        },
        "hovertext": [
            f"{row['edition']}: {_score(row, language)}<br>" + text(f"why.weights_{row['weights']}", language)
            for row in run
        ],
        "hoverinfo": "text",
    }


def _labels(
    run: list[Row], at: int, strokes: dict[str, Stroke], high: float, low: float, language: Language
) -> list[dict[str, Any]]:
    """Points and place beside the marks, left of the earlier edition and right of the later one."""
    scale = _PLOT / (high - low)
    wanted = [(high - row["score"]) * scale for row in run]
    found = []
    for row, want, placed in zip(run, wanted, nudged(wanted, _LABEL), strict=True):
        said = f"<b>{_score(row, language)}</b>"
        if row["place"] is not None:
            said += "<br>" + text("charts.place", language, place=row["place"])
        label = note(said, size=BODY, color=strokes[row["weights"]].color)
        side = {"xanchor": "left", "xshift": 12} if at else {"xanchor": "right", "xshift": -12}
        found.append(
            label
            | {"xref": "paper", "x": at, "y": row["score"], "yanchor": "middle", "align": "left"}
            | side
            | {"yshift": round(want - placed, 1)}
        )
    return found


def _score(row: Row, language: Language) -> str:
    """Published scores as they are printed, ours with the decimals that weights bring."""
    return score(row["score"], language, 3 if row["computed"] else 2)


def _gains(
    runs: dict[str, list[Row]], strokes: dict[str, Stroke], language: Language
) -> list[dict[str, Any]]:
    """The change under each set of weights at the middle of its line, on the side away from the other."""
    middles = {weights: (run[0]["score"] + run[1]["score"]) / 2 for weights, run in runs.items()}
    upper = max(middles, key=lambda weights: middles[weights])
    found = []
    for weights, run in runs.items():
        gained = run[1]["score"] - run[0]["score"]
        above = weights == upper
        label = note(f"<b>{change(gained, language, 2)}</b>", size=BODY, color=strokes[weights].color)
        where = {"x": 0.5, "y": middles[weights], "yanchor": "bottom" if above else "top"}
        # Over a line that rises there is room at the left, under it at the right.
        side = {"xanchor": "right" if above == (gained >= 0) else "left", "yshift": 4 if above else -4}
        found.append(label | where | side)
    return found


def _between(runs: dict[str, list[Row]], theme: Theme) -> list[dict[str, Any]]:
    """What the weights alone do to an edition, as a dotted upright between its two marks."""
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [at, at],
            "y": [run[at]["score"] for run in runs.values()],
            "cliponaxis": False,
            "line": {"color": theme.reference, "width": 2, "dash": "dot"},
            "hoverinfo": "skip",
        }
        for at in (0, 1)
    ]


def _effect(run: list[Row], edition: str, language: Language) -> str:
    by = {row["weights"]: row["score"] for row in run}
    gained = change(by["new"] - by["old"], language, 2)
    return "┊ " + text("why.effect_of_weights", language, edition=edition, change=gained)
