"""Score trends beside the score at the target's place, the middle and the best of the field."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts import lines
from indices.charts.caption import Caption
from indices.charts.names import short_name
from indices.charts.runs import Row, by_province, joined, rows, runs
from indices.charts.sheet import empty, figure, years
from indices.charts.theme import Stroke, Theme
from indices.i18n import Language, points, text

_HEIGHT = 330
_FIELD = ("year", "segment", "target_rank", "best", "target_score", "median")
_DASHES = {"best": "dot", "target_score": "dash", "median": "longdashdot"}


def score_lines(
    history: pd.DataFrame,
    *,
    focal: str,
    field: pd.DataFrame,
    caption: Caption,
    language: Language,
    theme: Theme,
    breaks: pd.DataFrame | None = None,
    scale_max: float | None = None,
) -> go.Figure:
    """Scores of one or several provinces by year.

    `history`: province, year, score, place, computed, n_ranked, segment, basis. `field`: year,
    segment, target_rank, best, target_score, median (points; missing where the field does not
    allow the answer). `scale_max`: upper end of the scale in points.
    """
    groups = by_province(rows(history, lines.HISTORY))
    marks_by_year = sorted(rows(field, _FIELD), key=lambda row: row["year"])
    every = [row for group in groups.values() for row in group]
    if all(row["score"] is None for row in every):
        return empty(caption=caption, language=language, theme=theme)
    first, last = min(row["year"] for row in every), max(row["year"] for row in every)
    bottom, top = _scale(every, marks_by_year, scale_max)
    digits = points(scale_max)
    traces: list[dict[str, Any]] = []
    labels: list[lines.End] = []

    def write(value: float) -> str:
        return lines.written(value, language, digits)

    for name in _DASHES:
        known = [row for row in marks_by_year if row[name] is not None]
        if known:
            said = text(f"charts.line_{name}", language, rank=known[-1]["target_rank"])
            traces.append(_field_line(marks_by_year, name, said, write, theme))
            labels.append(_end(said, known[-1][name], known[-1]["year"], last, theme.muted, write))
    others = [province for province in groups if province != focal]
    for province in [*others, focal] if focal in groups else others:
        # A hollow marker is for a computed place; scores are as published.
        known = [row | {"computed": False} for row in groups[province] if row["score"] is not None]
        if not known:
            continue
        mine = province == focal
        stroke = Stroke(theme.focal, "solid", "circle", "●") if mine else theme.stroke(others.index(province))
        trace = lines.line(
            known,
            "score",
            stroke=stroke,
            focal=mine,
            hover=lambda row: lines.about(
                row | {"score": None},
                text("charts.score_in", language, year=row["year"], score=write(row["score"])),
                language,
            ),
            theme=theme,
        )
        traces.append(trace)
        name = f"{stroke.glyph} {short_name(province)}"
        end = _end(name, known[-1]["score"], known[-1]["year"], last, stroke.color, write)
        labels.append(end if not mine else lines.End(f"<b>{end.text}</b>", end.value, end.color, end.letters))
    shapes, marks = lines.break_marks(breaks, first=first, last=last, at=top, language=language, theme=theme)
    beside, right = lines.ends(labels, top=top, bottom=bottom, height=_HEIGHT)
    key = [text("charts.key_scale", language, scale=f"{scale_max:g}")] if scale_max else []
    key += [text("charts.key_break", language)] * bool(marks)
    return figure(
        [*marks, *traces],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=40,
        right=right,
        above=16,
        xaxis=years(first, last),
        yaxis={"range": [bottom, top], "nticks": 6},
        key=key,
        annotations=beside,
        shapes=shapes,
    )


def _scale(every: list[Row], field: list[Row], scale_max: float | None) -> tuple[float, float]:
    values = [row["score"] for row in every if row["score"] is not None]
    values += [row[name] for row in field for name in _DASHES if row[name] is not None]
    low, high = (min(values), max(values)) if values else (0, scale_max or 1)
    pad = 0.08 * (high - low) or 0.05 * high or 1
    return max(0, low - pad), min(scale_max or high + pad, high + pad)


def _field_line(field: list[Row], name: str, said: str, write: Any, theme: Theme) -> dict[str, Any]:
    pieces = runs(field, name)
    return {
        "type": "scatter",
        "name": said,
        # Markers too: a year that stands alone has no line.
        "mode": "lines+markers",
        "x": joined(pieces, lambda row: row["year"]),
        "y": joined(pieces, lambda row: row[name]),
        "connectgaps": False,
        "line": {"color": theme.reference, "width": 1.2, "dash": _DASHES[name]},
        "marker": {"color": theme.reference, "size": 3},
        "hovertext": [
            words or ""
            for words in joined(pieces, lambda row: f"{said}<br>{row['year']}: {write(row[name])}")
        ],
        "hoverinfo": "text",
    }


def _end(said: str, value: float, year: int, last: int, color: str, write: Any) -> lines.End:
    when = "" if year == last else f" ({year})"
    return lines.End(f"{said} <b>{write(value)}</b>{when}", value, color, len(f"{said} {write(value)}{when}"))
