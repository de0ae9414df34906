"""Each index before and since a day, side by side: 1 on top, grey where the method was another one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts import lines
from indices.charts.caption import Caption
from indices.charts.runs import Row, joined, rows, runs
from indices.charts.sheet import empty, figure
from indices.charts.theme import Stroke, Theme
from indices.i18n import NOTHING, Language, change, place, text

_HEIGHT = 340
_COLUMNS = (
    "index",
    "edition",
    "year",
    "before",
    "place",
    "computed",
    "n_ranked",
    "segment",
    "comparable",
    "basis",
)
_EDGE = 0.2
"""Part of a column left free at either side, so that numbers of neighbours keep apart on a phone."""


def before_after(
    editions: pd.DataFrame,
    indices: pd.DataFrame,
    *,
    since: int,
    target_rank: int,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """One column an index: the edition before the year `since`, then a step for every year from it on.

    `editions`: index, edition, year, before, place, computed, n_ranked, segment, comparable, basis.
    `indices`: index, edition_before, edition, comparable, change, in the order of the columns.
    What is not `comparable` with the newest edition (False) is grey; lines are cut at missing editions and
    at a new method.
    """
    found = rows(editions, _COLUMNS)
    if all(row["place"] is None for row in found):
        return empty(caption=caption, language=language, theme=theme)
    heads = rows(indices, ("index", "edition_before", "edition", "comparable", "change"))
    steps: int = max(1, *(row["year"] - since + 1 for row in found))
    field = max(row["n_ranked"] for row in found)

    def at(column: int, row: Row) -> float:
        step: int = max(0, int(row["year"]) - since + 1)
        return column + _EDGE + (1 - 2 * _EDGE) * step / steps

    traces: list[dict[str, Any]] = []
    cuts: list[float] = []
    for column, head in enumerate(heads):
        mine = [
            {**row, "province": row["index"], "score": None} for row in found if row["index"] == head["index"]
        ]
        cuts += [
            (at(column, before) + at(column, here)) / 2
            for before, here in pairwise(mine)
            if before["segment"] != here["segment"]
        ]
        newest = next((row for row in mine if row["edition"] == head["edition"]), None)
        for comparable in (False, True):
            piece = [row for row in mine if (row["comparable"] is not False) == comparable]
            if any(row["place"] is not None for row in piece):
                traces.append(_line(piece, column, newest, comparable, at, language, theme))
    return figure(
        traces,
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=30,
        right=10,
        below=74,
        xaxis={
            "range": [0, len(heads)],
            "tickvals": [column + 0.5 for column in range(len(heads))],
            "ticktext": [_foot(head, language) for head in heads],
            "tickangle": 0,
            "showgrid": False,
        },
        yaxis={
            "range": [field * 1.05, 1 - 0.06 * field],
            "tickvals": rank_ticks(field, target_rank),
            "tickformat": "d",
        },
        key=_key(found, theme, language),
        shapes=[band(target_rank, field, theme), *_uprights(len(heads), cuts, theme)],
    )


def rank_ticks(field: int, target_rank: int) -> list[int]:
    """Places written on an axis of a whole field: the first, the target's, the last, some between."""
    fixed = {1, min(target_rank, field), field}
    step = 15 if field > 40 else 10
    between = {
        tick for tick in range(step, field, step) if all(abs(tick - one) > field / 14 for one in fixed)
    }
    return sorted(fixed | between)


def band(target_rank: int, field: int, theme: Theme) -> dict[str, Any]:
    """The target's places as a tint over the width of the plot."""
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": 1 - 0.06 * field,
        "y1": target_rank + 0.5,
        "layer": "below",
        "fillcolor": theme.target,
        "line": {"width": 0},
    }


def _line(
    piece: list[Row],
    column: int,
    newest: Row | None,
    comparable: bool,
    at: Any,
    language: Language,
    theme: Theme,
) -> dict[str, Any]:
    """An index's editions of the newest method, or of earlier ones; numbers at the first and the newest."""
    color = theme.focal if comparable else theme.reference

    def hover(row: Row) -> str:
        where = place(row["place"], row["n_ranked"])
        key = "charts.place_computed_in" if row["computed"] else "charts.place_in"
        return lines.about(row, text(key, language, year=row["edition"], place=where), language)

    trace = lines.line(
        piece,
        "place",
        stroke=Stroke(color, "solid", "circle", "●"),
        focal=comparable,
        hover=hover,
        theme=theme,
        labels=lambda row: str(row["place"]) if row["before"] or row is newest else "",
    )
    pieces = runs(piece, "place")
    trace["x"] = joined(pieces, lambda row: at(column, row))
    symbols = joined(pieces, lambda row: "diamond" if row["before"] else "circle")
    sizes = joined(pieces, lambda row: 11 if row["before"] else 8)
    trace["marker"] |= {"symbol": [one or "circle" for one in symbols], "size": [one or 8 for one in sizes]}
    return trace


def _foot(head: Row, language: Language) -> str:
    """Under a column: the index, the two editions, and the places gained where they can be compared."""
    gained = "┊" if head["comparable"] is False else NOTHING
    if head["comparable"]:
        gained = change(head["change"], language)
    dates = [head["edition_before"] or NOTHING, f"→{head['edition'] or NOTHING}"]
    return "<br>".join([f"<b>{head['index']}</b>", *dates, gained])


def _uprights(columns: int, cuts: list[float], theme: Theme) -> list[dict[str, Any]]:
    """Fine lines between the columns, dotted ones where a method begins."""
    upright = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    between = [(float(x), {"color": theme.grid, "width": 1}) for x in range(1, columns)]
    dotted = [(x, {"color": theme.muted, "width": 1, "dash": "dot"}) for x in cuts]
    return [{**upright, "x0": x, "x1": x, "line": line} for x, line in between + dotted]


def _key(found: list[Row], theme: Theme, language: Language) -> list[str]:
    known = [row for row in found if row["place"] is not None]
    words = [text("directive.key_before", language), text("directive.key_since", language)]
    words += [text("charts.key_computed", language)] * any(row["computed"] for row in known)
    if any(row["comparable"] is False for row in known):
        grey = f"<span style='color:{theme.reference}'>■</span>"
        words += [
            f"{grey} {text('directive.key_other_method', language)}",
            text("directive.key_cut", language),
        ]
    return [*words, text("directive.key_change", language)]
