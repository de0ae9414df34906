"""Whether chances come true as often as they say: forecasts by tenths beside what happened."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.runs import rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import SMALL, Theme
from indices.i18n import Language, count, percent, text

_HEIGHT = 320
_SMALLEST, _LARGEST = 8, 22
"""Px of the marks of the bins with the fewest and with the most forecasts (by area between them)."""


def calibration(
    bins: pd.DataFrame,
    *,
    caption: Caption,
    language: Language,
    theme: Theme,
    chance: float | None = None,
) -> go.Figure:
    """One mark a bin, its number of forecasts beside it; on the diagonal chances are just right.

    `bins`: low, high, n, n_within, mean_chance, share_within (0 to 1). `chance`: the forecast in
    question, whose bin is marked.
    """
    found = rows(bins, ("low", "high", "n", "n_within", "mean_chance", "share_within"))
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    most = max(row["n"] for row in found)
    here = [chance is not None and row["low"] <= min(chance, 0.9999) < row["high"] for row in found]
    return figure(
        [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [0, 1],
                "y": [0, 1],
                "line": {"color": theme.other, "width": 1.5, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [round(row["mean_chance"], 4) for row in found],
                "y": [round(row["share_within"], 4) for row in found],
                "cliponaxis": False,
                "marker": {
                    "size": [
                        round(_SMALLEST + (_LARGEST - _SMALLEST) * (row["n"] / most) ** 0.5, 1)
                        for row in found
                    ],
                    "color": [theme.focal if mine else theme.reference for mine in here],
                    "line": {"color": theme.background, "width": 1},
                    "opacity": 1,
                },
                "hovertext": [
                    text(
                        "outlook.chart_bin",
                        language,
                        low=percent(row["low"], language),
                        high=percent(row["high"], language),
                        within=count(row["n_within"], language),
                        n=count(row["n"], language),
                        share=percent(row["share_within"], language),
                    )
                    for row in found
                ],
                "hoverinfo": "text",
            },
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=48,
        right=24,
        above=30,
        below=44,
        xaxis={"range": [-0.03, 1.03], "tickformat": ".0%", "dtick": 0.25, "tick0": 0},
        yaxis={"range": [-0.03, 1.03], "tickformat": ".0%", "dtick": 0.25, "tick0": 0},
        key=[
            *(
                [f"<span style='color:{theme.focal}'>●</span> {text('outlook.chart_this', language)}"]
                * any(here)
            ),
            text("outlook.chart_diagonal", language),
            text("outlook.chart_numbers", language),
        ],
        annotations=[
            *(
                note(count(row["n"], language), size=SMALL, color=theme.focal if mine else theme.text)
                | {
                    "x": row["mean_chance"],
                    "y": row["share_within"],
                    # Away from the diagonal, where neither it nor the next marks run.
                    "xanchor": "left" if row["share_within"] <= row["mean_chance"] else "right",
                    "xshift": 8 if row["share_within"] <= row["mean_chance"] else -8,
                    "yanchor": "top" if row["share_within"] <= row["mean_chance"] else "bottom",
                    "yshift": -2 if row["share_within"] <= row["mean_chance"] else 2,
                }
                for row, mine in zip(found, here, strict=True)
            ),
            note(text("outlook.chart_came_true", language), color=theme.muted)
            | {"xref": "paper", "x": 0, "xshift": -38, "yref": "paper", "y": 1, "yanchor": "bottom"}
            | {"yshift": 6},
            note(text("outlook.chart_said", language), color=theme.muted)
            | {"xref": "paper", "x": 0.5, "xanchor": "center", "yref": "paper", "y": 0}
            | {"yanchor": "top", "yshift": -22},
        ],
    )
