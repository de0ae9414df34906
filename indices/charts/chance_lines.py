"""The chance of being within the target next year, by the place held now."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, Theme
from indices.i18n import Language, percent, text

_HEIGHT = 300


def chance_lines(
    curve: pd.DataFrame,
    observed: pd.DataFrame,
    *,
    place: int,
    target_rank: int,
    focal: str,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """The model's chance at every place as a line, the focal place marked, what happened as hollow dots.

    `curve`: place, chance (0 to 1). `observed`: first and last place of a group, n past cases,
    n_within, share_within.
    """
    line = rows(curve, ("place", "chance"))
    if not line:
        return empty(caption=caption, language=language, theme=theme)
    n = line[-1]["place"]
    mine = next(row for row in line if row["place"] == place)
    groups = rows(observed, ("first", "last", "n", "n_within", "share_within"))
    ticks = [1, *(at for at in range(15, n - 6, 15) if abs(at - target_rank) > n / 14), n]
    return figure(
        [
            {
                "type": "scatter",
                "mode": "lines",
                "name": text("outlook.chart_model", language),
                "x": [row["place"] for row in line],
                "y": [round(row["chance"], 4) for row in line],
                "line": {"color": theme.reference, "width": 2},
                "hovertext": [
                    text(
                        "outlook.chart_at",
                        language,
                        place=row["place"],
                        chance=percent(row["chance"], language),
                    )
                    for row in line
                ],
                "hoverinfo": "text",
            },
            _observed(groups, language, theme),
            {
                "type": "scatter",
                "mode": "markers",
                "name": focal,
                "x": [place],
                "y": [round(mine["chance"], 4)],
                "cliponaxis": False,
                "marker": {
                    "symbol": "circle",
                    "size": 13,
                    "color": theme.focal,
                    "line": {"color": theme.background, "width": 2},
                },
                "hoverinfo": "skip",
            },
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=44,
        right=14,
        above=22,
        below=44,
        xaxis={
            "range": [0.2, n + 0.8],
            "tickvals": sorted({*ticks, target_rank}),
            "tickformat": "d",
            "showgrid": False,
        },
        yaxis={"range": [-0.03, 1.03], "tickformat": ".0%", "dtick": 0.25, "tick0": 0},
        key=[
            f"<span style='color:{theme.focal}'>●</span> {focal}",
            f"━ {text('outlook.chart_model', language)}",
            f"○ {text('outlook.chart_observed', language)}",
        ],
        annotations=[
            _label(mine, n, focal, language, theme),
            note(text("charts.target_group", language, rank=target_rank), color=theme.focal)
            | {"x": 0.8, "yref": "paper", "y": 0, "yanchor": "bottom"},
            note(text("outlook.chart_place_now", language), color=theme.muted)
            | {"xref": "paper", "x": 0.5, "xanchor": "center", "yref": "paper", "y": 0}
            | {"yanchor": "top", "yshift": -22},
        ],
        shapes=[
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": 0.2,
                "x1": target_rank + 0.5,
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "fillcolor": theme.target,
                "line": {"width": 0},
            }
        ],
    )


def _observed(groups: list[Row], language: Language, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": text("outlook.chart_observed", language),
        "x": [(row["first"] + row["last"]) / 2 for row in groups],
        "y": [round(row["share_within"], 4) for row in groups],
        "cliponaxis": False,
        "marker": {
            "symbol": "circle",
            "size": 9,
            "color": theme.background,
            "line": {"color": theme.text, "width": 1.5},
        },
        "hovertext": [
            text(
                "outlook.chart_group",
                language,
                first=row["first"],
                last=row["last"],
                within=row["n_within"],
                n=row["n"],
                share=percent(row["share_within"], language),
            )
            for row in groups
        ],
        "hoverinfo": "text",
    }


def _label(mine: Row, n: int, focal: str, language: Language, theme: Theme) -> dict[str, Any]:
    """Place and chance beside the focal mark, on the side where the line leaves room."""
    said = text(
        "outlook.chart_focal",
        language,
        province=focal,
        place=mine["place"],
        chance=percent(mine["chance"], language),
    )
    right = mine["place"] <= n * 0.6
    return note(f"<b>{said}</b>", size=BODY, color=theme.focal) | {
        "x": mine["place"],
        "y": mine["chance"],
        "xanchor": "left" if right else "right",
        "xshift": 10 if right else 0,
        "yanchor": "bottom",
        "yshift": 4 if right else 12,
    }
