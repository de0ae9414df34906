"""The parts of an index: the focal province's points on each scale, with marks to compare with."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, Theme
from indices.i18n import Language, place, points, score, text

_LINE, _BAR, _SPACE = 17, 16, 14
"""Px of a line of a name, of a bar, and between one row and the next."""
_NAME_WIDTH = 36
_COLUMNS = (
    "component",
    "name",
    "scale_max",
    "score",
    "target_score",
    "median",
    "best",
    "place",
    "n_provinces",
)
_MARKS = {
    "target_score": ("line-ns", "┃", 12),
    "median": ("diamond", "◆", 9),
    "best": ("triangle-left", "◀", 10),
}
"""Symbol, the same as a letter, and size in px of each figure compared with."""


def component_bars(
    components: pd.DataFrame, *, focal: str, caption: Caption, language: Language, theme: Theme
) -> go.Figure:
    """One row a component, the name over its bar so that long names fit a phone.

    `components`: component, name, scale_max, score, target_score, median, best (points), place,
    n_provinces; missing where not known. Bars are shares of the scale where every row has one,
    else points.
    """
    found = rows(components, _COLUMNS)
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    whole = all(row["scale_max"] for row in found)
    known = [row[name] for row in found for name in ("score", *_MARKS) if row[name] is not None]
    longest = 1.0 if whole else max(known, default=1.0)
    height = 0
    for row in found:
        row["names"] = wrapped(row["name"], _NAME_WIDTH)
        row["y"] = height + _LINE * len(row["names"]) + _BAR / 2 + 2
        height = round(row["y"] + _BAR / 2 + _SPACE)
        row["unit"] = row["scale_max"] if whole else 1
        row["hover"] = _hover(row, focal, language)
    present = {name: mark for name, mark in _MARKS.items() if any(row[name] is not None for row in found)}
    key = [f"<span style='color:{theme.focal}'>■</span> {focal}"]
    key += [f"{glyph} {text(f'charts.mark_{name}', language)}" for name, (_, glyph, _) in present.items()]
    key += [text("charts.key_computed_all", language)] * any(row["place"] is not None for row in found)
    return figure(
        [
            _bars(found, [longest] * len(found), theme.panel, theme.grid),
            _bars(found, [_share(row, "score") for row in found], theme.focal, theme.focal),
            # A light edge under the upright stroke, to be seen on the bar as well as beside it.
            *([_marks(found, "target_score", theme, theme.background, 7)] * ("target_score" in present)),
            *(_marks(found, name, theme, theme.text, 3) for name in present),
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=22,
        above=10,
        below=26,
        xaxis={
            "range": [0, longest],
            "tickformat": ".0%" if whole else "",
            "nticks": 6,
            "showgrid": False,
        },
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=[label for row in found for label in _labels(row, language, theme)],
        layout={"barmode": "overlay", "bargap": 0},
    )


def _share(row: Row, name: str) -> float | None:
    return None if row[name] is None else round(row[name] / row["unit"], 4)


def _bars(found: list[Row], lengths: list[Any], fill: str, edge: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": [row["y"] for row in found],
        "width": _BAR,
        "marker": {"color": fill, "line": {"color": edge, "width": 1}},
        "customdata": [[row["component"]] for row in found],
        "hovertext": [row["hover"] for row in found],
        "hoverinfo": "text",
    }


def _marks(found: list[Row], name: str, theme: Theme, color: str, stroke: int) -> dict[str, Any]:
    """One figure compared with, row by row; `color` and `stroke` (px) are those of an upright stroke."""
    symbol, _, size = _MARKS[name]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_share(row, name) for row in found],
        "y": [row["y"] for row in found],
        "cliponaxis": False,
        "marker": {
            "symbol": symbol,
            "size": size,
            "color": theme.text,
            "line": {
                "color": color if symbol == "line-ns" else theme.background,
                "width": stroke if symbol == "line-ns" else 1,
            },
        },
        "hovertext": [row["hover"] for row in found],
        "hoverinfo": "text",
    }


def _labels(row: Row, language: Language, theme: Theme) -> list[dict[str, Any]]:
    """The name at the left over the bar, points and place at the right."""
    over: dict[str, Any] = {"y": row["y"] - _BAR / 2 - 1, "yanchor": "bottom", "xref": "paper"}
    said = _points(row, "score", language)
    if row["score"] is not None and row["scale_max"]:
        decimals = len(f"{row['scale_max']:g}".partition(".")[2])
        said = f"<b>{said}</b>/{score(row['scale_max'], language, decimals)}"
    if row["place"] is not None:
        said += f" · {text('charts.place', language, place=place(row['place'], row['n_provinces']))}"
    return [
        note("<br>".join(row["names"]), size=BODY, color=theme.text) | over | {"x": 0},
        note(said, size=BODY, color=theme.text) | over | {"x": 1, "xanchor": "right"},
    ]


def _points(row: Row, name: str, language: Language) -> str:
    if row[name] is None:
        return text("charts.no_figure", language)
    return score(row[name], language, points(row["scale_max"]))


def _hover(row: Row, focal: str, language: Language) -> str:
    parts = [f"<b>{'<br>'.join(row['names'])}</b>", f"{focal}: {_points(row, 'score', language)}"]
    parts += [
        f"{text(f'charts.mark_{name}', language)}: {_points(row, name, language)}"
        for name in _MARKS
        if row[name] is not None
    ]
    return "<br>".join(parts)
