"""Over a merger: the field of 63 and the field of 34 as two panels, each with its own axis of places."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts import lines
from indices.charts.before_after import band, rank_ticks
from indices.charts.caption import Caption
from indices.charts.runs import Row, by_province, rows, runs
from indices.charts.sheet import axis, empty, figure, note, years
from indices.charts.theme import BODY, Stroke, Theme
from indices.i18n import Language, day, place, text

_HEIGHT = 330
_LEFT, _MIDDLE, _RIGHT = 0.64, 0.69, 0.78
"""Parts of the width: where the panel of 63 ends, where the day stands, where the panel of 34 begins."""
_FIELDS = (63, 34)
"""Provinces in either field; editions until 2008 that ranked 64 stand on the axis of 63."""


def bridge_lines(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    merged_on: date,
    target_rank: int,
    proposed_rank: int,
    caption: Caption,
    language: Language,
    theme: Theme,
    breaks: pd.DataFrame | None = None,
) -> go.Figure:
    """Places of merged provinces until the merger, and of the merged province in the new field.

    `before`: the predecessors, the focal one first; `after`: the merged province (province, year,
    place, computed, n_ranked, score, basis, segment). No line leads from one panel to the other.
    `breaks`: year, text, of the panel of 63. `proposed_rank` is the target's equal part of the new
    field: framed, not tinted, for nobody has set it.
    """
    groups = by_province(rows(before, lines.HISTORY))
    merged = rows(after, lines.HISTORY)
    old = [row for group in groups.values() for row in group]
    if all(row["place"] is None for row in [*old, *merged]):
        return empty(caption=caption, language=language, theme=theme)
    known = [row["year"] for row in old if row["place"] is not None] or [merged_on.year - 1]
    traces: list[dict[str, Any]] = []
    key: list[str] = []
    for at, (province, history) in enumerate(groups.items()):
        stroke = Stroke(theme.focal, "solid", "circle", "●") if at == 0 else theme.stroke(at - 1)
        if runs(history, "place"):
            traces.append(_line(history, stroke, at == 0, language, theme))
        key.append(f"<span style='color:{stroke.color}'>{stroke.glyph}</span> {province}")
    if runs(merged, "place"):
        stroke = Stroke(theme.focal, "dash", "square", "■")
        traces.append(_line(merged, stroke, True, language, theme) | {"xaxis": "x2", "yaxis": "y2"})
        named = text("directive.key_merged", language, province=merged[0]["province"])
        key.append(f"<span style='color:{theme.focal}'>■ ┄</span> {named}")
    cuts, marks = lines.break_marks(
        breaks, first=min(known), last=max(known), at=1 - 0.06 * _FIELDS[0], language=language, theme=theme
    )
    key += [text("charts.key_break", language)] * bool(marks)
    key += [text("charts.key_computed", language)] * any(row["computed"] for row in [*old, *merged])
    key.append(text("directive.key_proposed", language, rank=proposed_rank, n=_FIELDS[1]))
    shown = [row["year"] for row in merged] or [merged_on.year]
    tinted = band(target_rank, _FIELDS[0], theme) | {"x1": _LEFT}
    proposed = band(proposed_rank, _FIELDS[1], theme) | {
        "yref": "y2",
        "x0": _RIGHT,
        "fillcolor": "rgba(0,0,0,0)",
    }
    proposed |= {"line": {"color": theme.focal, "width": 1.5, "dash": "dot"}}
    return figure(
        [*marks, *traces],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=30,
        right=14,
        above=40,
        xaxis=years(min(known), max(known), labels=4) | {"domain": [0, _LEFT]},
        yaxis=_places(_FIELDS[0], target_rank),
        key=key,
        annotations=[
            *_heads(language, theme),
            _day_of_merger(merged_on, language, theme),
            *_nothing(merged, language, theme),
        ],
        shapes=[tinted, proposed, *cuts, _upright(theme)],
        layout={
            "xaxis2": axis(theme)
            | years(min(shown), max(shown), labels=2)
            | {"domain": [_RIGHT, 1], "anchor": "y2", "visible": bool(merged)},
            "yaxis2": axis(theme) | _places(_FIELDS[1], proposed_rank) | {"anchor": "x2"},
        },
    )


def _line(
    history: list[Row], stroke: Stroke, focal: bool, language: Language, theme: Theme
) -> dict[str, Any]:
    last = [row for row in history if row["place"] is not None][-1]

    def hover(row: Row) -> str:
        where = place(row["place"], row["n_ranked"])
        key = "charts.place_computed_in" if row["computed"] else "charts.place_in"
        return lines.about(row, text(key, language, year=row["year"], place=where), language)

    def number(row: Row) -> str:
        return str(row["place"]) if row is last else ""

    return lines.line(history, "place", stroke=stroke, focal=focal, hover=hover, theme=theme, labels=number)


def _places(field: int, marked: int) -> dict[str, Any]:
    """The axis of a whole field: the same height in both panels is the same part of the field."""
    return {
        "range": [field * 1.05, 1 - 0.06 * field],
        "tickvals": rank_ticks(field, marked),
        "tickformat": "d",
    }


def _heads(language: Language, theme: Theme) -> list[dict[str, Any]]:
    over = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 4}
    return [
        note(text("directive.of_provinces", language, n=n), size=BODY, color=theme.text, weight=600)
        | over
        | {"x": x, "xanchor": side}
        for n, x, side in ((_FIELDS[0], 0, "left"), (_FIELDS[1], 1, "right"))
    ]


def _day_of_merger(merged_on: date, language: Language, theme: Theme) -> dict[str, Any]:
    said = text("directive.merged_on", language, day=day(merged_on, language))
    turned = {"textangle": -90, "xref": "paper", "yref": "paper", "x": _MIDDLE, "xanchor": "right"}
    return note(said, color=theme.muted) | turned | {"y": 0.02, "yanchor": "bottom"}


def _upright(theme: Theme) -> dict[str, Any]:
    line = {"color": theme.muted, "width": 1.5, "dash": "dash"}
    ends = {"x0": _MIDDLE, "x1": _MIDDLE, "y0": 0, "y1": 1}
    return {"type": "line", "xref": "paper", "yref": "paper", "layer": "below", "line": line, **ends}


def _nothing(merged: list[Row], language: Language, theme: Theme) -> list[dict[str, Any]]:
    """That the merged province has no place yet, in the middle of its empty panel."""
    if any(row["place"] is not None for row in merged):
        return []
    middle = {"xref": "paper", "x": (_RIGHT + 1) / 2, "xanchor": "center"}
    middle |= {"yref": "y2", "y": _FIELDS[1] * 0.6, "yanchor": "middle", "align": "center"}
    said = text("charts.legend_none", language).replace("|", "<br>")
    return [note(said, size=BODY, color=theme.muted) | middle]
