"""Rank trends: one line a province, 1 on top, the target's places tinted."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts import lines
from indices.charts.caption import Caption
from indices.charts.names import short_name
from indices.charts.runs import Row, by_province, rows, runs
from indices.charts.sheet import empty, figure, note, years
from indices.charts.theme import Stroke, Theme
from indices.i18n import Language, place, text

_HEIGHT = 330
_LABEL_SHARE = 0.25
"""Part of the plot's width the band's name takes on a phone."""
_NUMBERED = 14
"""Up to so many points every point of the focal line carries its place; more would run into each other."""


def rank_lines(
    history: pd.DataFrame,
    *,
    focal: str,
    target_rank: int,
    caption: Caption,
    language: Language,
    theme: Theme,
    breaks: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Places of one or several provinces by year.

    `history`: one row a province and year, figures missing where there are none (province, year,
    place, computed, n_ranked, segment, score, basis). `breaks`: year, text. `events`: x (decimal
    year), text. Lines are cut at missing years and where `segment` changes.
    """
    groups = by_province(rows(history, lines.HISTORY))
    every = [row for group in groups.values() for row in group]
    if all(row["place"] is None for row in every):
        return empty(caption=caption, language=language, theme=theme)
    first, last = min(row["year"] for row in every), max(row["year"] for row in every)
    top, bottom, ticks = _scale(every, target_rank)

    def hover(row: Row) -> str:
        where = place(row["place"], row["n_ranked"])
        key = "charts.place_computed_in" if row["computed"] else "charts.place_in"
        return lines.about(row, text(key, language, year=row["year"], place=where), language)

    traces: list[dict[str, Any]] = []
    labels: list[lines.End] = []
    others = [province for province in groups if province != focal]
    for province in [*others, focal] if focal in groups else others:
        known = [row for row in groups[province] if row["place"] is not None]
        if not known:
            continue
        mine = province == focal
        stroke = Stroke(theme.focal, "solid", "circle", "●") if mine else theme.stroke(others.index(province))
        end = known[-1]
        numbers = None
        if mine and len(known) <= _NUMBERED:

            def numbers(row: Row, end: Row = end) -> str:
                return "" if row is end and row["year"] == last else str(row["place"])

        traces.append(
            lines.line(
                groups[province],
                "place",
                stroke=stroke,
                focal=mine,
                hover=hover,
                theme=theme,
                labels=numbers,
            )
        )
        labels.append(_end(end, stroke, mine, last, language))
    shapes, marks = lines.break_marks(breaks, first=first, last=last, at=top, language=language, theme=theme)
    happened = lines.event_marks(events, at=bottom, theme=theme)
    beside, right = lines.ends(labels, top=top, bottom=bottom, height=_HEIGHT)
    axis = years(first, last)
    band_label = _band_label(
        groups,
        [shape["x0"] for shape in shapes],
        axis["range"],
        target_rank,
        top,
        16 / _HEIGHT * (bottom - top),
        text("charts.target_group", language, rank=target_rank),
        theme,
    )
    key = [text("charts.key_computed", language)] * any(row["computed"] for row in every)
    key += [text("charts.key_break", language)] * bool(marks)
    key += [text("charts.key_event", language)] * bool(happened)
    return figure(
        [*marks, *happened, *traces],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=30,
        right=right,
        above=24,
        xaxis=axis,
        yaxis={"range": [bottom, top], "tickvals": ticks, "tickformat": "d"},
        key=key,
        annotations=[band_label, *beside],
        shapes=[_band(top, target_rank, theme), *shapes],
    )


def _scale(every: list[Row], target_rank: int) -> tuple[float, float, list[int]]:
    """Upper and lower end of the rank axis and the places written on it."""
    shown = max([target_rank, *(row["place"] for row in every if row["place"] is not None)])
    field = max([shown, *(row["n_ranked"] for row in every if row["n_ranked"] is not None)])
    # The whole field where the lines use half of it; else the part they use, to be read easily.
    last = field if shown > field / 2 else round(shown * 1.1) + 1
    step = 5 if last <= 30 else 15
    fixed = {1, target_rank, field} if last == field else {1, target_rank}
    between = {tick for tick in range(step, last, step) if all(abs(tick - at) > last / 16 for at in fixed)}
    # Below the last place there is room for a number and for the marks of events.
    return 1 - 0.03 * last, last * 1.07, sorted(fixed | between)


def _end(end: Row, stroke: Stroke, mine: bool, last: int, language: Language) -> lines.End:
    when = "" if end["year"] == last else f" ({end['year']})"
    name = short_name(end["province"])
    plain = f"{stroke.glyph} {name} {end['place']}{when}"
    said = f"{stroke.glyph} {name} <b>{end['place']}</b>{when}"
    return lines.End(f"<b>{said}</b>" if mine else said, end["place"], stroke.color, len(plain))


def _band(top: float, target_rank: int, theme: Theme) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": top,
        "y1": target_rank + 0.5,
        "layer": "below",
        "fillcolor": theme.target,
        "line": {"width": 0},
    }


def _band_label(
    groups: dict[str, list[Row]],
    cuts: list[float],
    span: tuple[float, float],
    target_rank: int,
    top: float,
    line_height: float,
    words: str,
    theme: Theme,
) -> dict[str, Any]:
    """The band's name in the band, where the fewest lines and cuts run through it."""
    first, last = span
    points = [(cut, None) for cut in cuts] + [at for group in groups.values() for at in _along(group)]
    places = [((x - first) / (last - first), y) for x, y in points]

    def crowd(spot: tuple[float, float]) -> int:
        x, y = spot
        return sum(
            abs(at - x) < _LABEL_SHARE / 2 and (rank is None or abs(rank - y) < line_height)
            for at, rank in places
        )

    half = _LABEL_SHARE / 2
    rows_of_label = (target_rank + 0.5 - line_height / 2, top + line_height / 2)
    columns = [half + (1 - 2 * half) * step / 6 for step in range(7)]
    x, y = min(((x, y) for y in rows_of_label for x in columns), key=crowd)
    return note(words, color=theme.focal) | {
        "xref": "paper",
        "x": x,
        "xanchor": "center",
        "y": y,
        "yanchor": "middle",
    }


def _along(history: list[Row]) -> list[tuple[float, float | None]]:
    """Points of the pieces of a line, three between every two years."""
    found: list[tuple[float, float | None]] = []
    for piece in runs(history, "place"):
        found.append((piece[0]["year"], piece[0]["place"]))
        for before, here in pairwise(piece):
            step, rise = (here["year"] - before["year"]) / 4, (here["place"] - before["place"]) / 4
            found += [(before["year"] + part * step, before["place"] + part * rise) for part in (1, 2, 3, 4)]
    return found
