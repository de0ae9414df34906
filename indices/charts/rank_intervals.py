"""Places with what may lie around them: a row a province, the target's places tinted."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.names import short_name
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, SMALL, Theme
from indices.i18n import Language, place, score, text

_ROW, _BAR, _GAP = 24, 9, 14
"""Px of a row, of a bar, and between rows whose places do not follow each other."""
_LEFT, _RIGHT = 124, 58
_COLUMNS = (
    *("province", "basis", "place", "computed", "rank_low", "rank_high"),
    *("chance", "said", "n_provinces", "se"),
)


def rank_intervals(
    field: pd.DataFrame,
    *,
    focal: str,
    target_rank: int,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """Intervals of ranks, one row a province in the order given, rank 1 on the left.

    `field`: province, basis (weights: trials, else confidence), place, computed, rank_low, rank_high,
    chance of the target and the same in words (`said`), n_provinces, se (points, missing where there is
    none). A dotted line stands where places between two rows are left out.
    """
    found = rows(field, _COLUMNS)
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    height = 0
    cuts: list[float] = []
    for before, row in zip([None, *found[:-1]], found, strict=True):
        if before is not None and row["place"] > before["place"] + 1 and not _tied_over(before, row, found):
            cuts.append(height + _GAP / 2)
            height += _GAP
        row["y"], row["said"] = height + _ROW / 2, escape(row["said"], quote=False)
        row["hover"] = _hover(row, target_rank, language)
        height += _ROW
    trials = found[0]["basis"] == "weights"
    reach, whole = max(row["rank_high"] for row in found), max(row["n_provinces"] for row in found)
    last = whole if reach > whole / 2 else max(reach, target_rank + 1)
    key = [text("charts.key_computed", language)] * any(row["computed"] for row in found)
    key += [text("certainty.chart_key_gap", language)] * bool(cuts)
    heads = text(
        "certainty.chart_share" if trials else "certainty.chart_chance", language, target=target_rank
    )
    return figure(
        [_bars(found, focal, theme), _dots(found, focal, theme)],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=_LEFT,
        right=_RIGHT,
        above=40,
        below=28,
        xaxis={"range": [0.5, last + 0.8], "tickvals": _ticks(target_rank, last), "tickformat": "d"},
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=[
            *(label for row in found for label in _labels(row, focal, theme)),
            _head(text("charts.target_group", language, rank=target_rank), theme.focal, xref="x", x=0.5),
            _head(heads, theme.muted, xref="paper", x=1, xshift=_RIGHT - 4, xanchor="right", align="right"),
        ],
        shapes=[_band(target_rank, height, theme), *(_cut(at, theme) for at in cuts)],
        layout={"barmode": "overlay", "bargap": 0},
    )


def _tied_over(before: Row, row: Row, found: list[Row]) -> bool:
    """Whether the places between two rows are not left out but taken by provinces tied with the first."""
    tied = sum(one["place"] == before["place"] for one in found)
    return bool(row["place"] <= before["place"] + tied)


def _ticks(target_rank: int, last: int) -> list[int]:
    """Places written on the axis: the first, the target's, the last, and some between with room for each."""
    fixed = [1, target_rank] + [last] * (abs(last - target_rank) > last / 10)
    step = 5 if last <= 30 else 15
    between = [at for at in range(step, last, step) if all(abs(at - one) > last / 10 for one in fixed)]
    return sorted({*fixed, *between})


def _bars(found: list[Row], focal: str, theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [row["rank_low"] - 0.4 for row in found],
        "x": [round(row["rank_high"] - row["rank_low"] + 0.8, 1) for row in found],
        "y": [row["y"] for row in found],
        "width": _BAR,
        "customdata": [[row["province"], row["rank_low"], row["rank_high"]] for row in found],
        "marker": {"color": [theme.focal if row["province"] == focal else theme.other for row in found]},
        "opacity": 0.55,
        "hovertext": [row["hover"] for row in found],
        "hoverinfo": "text",
    }


def _dots(found: list[Row], focal: str, theme: Theme) -> dict[str, Any]:
    ink = [theme.focal if row["province"] == focal else theme.text for row in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row["place"] for row in found],
        "y": [row["y"] for row in found],
        "cliponaxis": False,
        "marker": {
            "symbol": "circle",
            "size": [13 if row["province"] == focal else 10 for row in found],
            "color": [
                theme.background if row["computed"] else color for row, color in zip(found, ink, strict=True)
            ],
            "line": {"color": ink, "width": [3 if row["province"] == focal else 1.5 for row in found]},
        },
        "hovertext": [row["hover"] for row in found],
        "hoverinfo": "text",
    }


def _labels(row: Row, focal: str, theme: Theme) -> list[dict[str, Any]]:
    """Place and name at the left, the chance at the right."""
    mine = row["province"] == focal
    color = theme.focal if mine else theme.text
    at: dict[str, Any] = {"y": row["y"], "yanchor": "middle", "xref": "paper"}
    named = note(
        f"{row['place']} {short_name(row['province'])}", size=BODY, color=color, weight=600 if mine else 400
    )
    chance = note(row["said"], size=BODY, color=color, weight=600 if mine else 400)
    return [
        named | at | {"x": 0, "xanchor": "right", "xshift": -8, "align": "right"},
        chance | at | {"x": 1, "xanchor": "right", "xshift": _RIGHT - 4, "align": "right"},
    ]


def _head(words: str, color: str, **position: Any) -> dict[str, Any]:
    return note(
        words, size=SMALL, color=color, y=0, yanchor="bottom", yshift=2, **{"align": "left", **position}
    )


def _band(target_rank: int, height: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": 0.5,
        "x1": target_rank + 0.5,
        "y0": 0,
        "y1": height,
        "layer": "below",
        "fillcolor": theme.target,
        "line": {"width": 0},
    }


def _cut(at: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": at,
        "y1": at,
        "line": {"color": theme.muted, "width": 1, "dash": "dot"},
    }


def _hover(row: Row, target_rank: int, language: Language) -> str:
    key = "charts.place_computed" if row["computed"] else "charts.place"
    spread = "chart_hover_trials" if row["basis"] == "weights" else "chart_hover_range"
    parts = [
        f"<b>{row['province']}</b>",
        text(key, language, place=place(row["place"], row["n_provinces"])),
        text(f"certainty.{spread}", language, low=row["rank_low"], high=row["rank_high"]),
        text("certainty.chart_hover_chance", language, target=target_rank, chance=row["said"]),
    ]
    if row["se"] is not None:
        parts.append(text("certainty.chart_hover_se", language, se=score(row["se"], language)))
    return "<br>".join(parts)
