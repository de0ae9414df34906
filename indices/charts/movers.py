"""Who passed whom: the province's place in two editions and the lines of those that crossed it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.names import short_name
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, Stroke, Theme
from indices.i18n import Language, text

_COLUMNS = ("province", "kind", "place_before", "place_after")
_ROW, _LEAST, _LETTER = 18, 200, 6.8
"""Px from one row to the next, the least height of the plot, and about what a letter needs in width."""


def crossing_lines(
    crossings: pd.DataFrame,
    between: pd.DataFrame,
    *,
    focal: str,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """Two columns of places, the better ones on top, a line a province.

    `crossings`: province, kind (overtook_us, overtaken, entered, left), place_before, place_after.
    `between`: edition and place of the focal province, the earlier edition first.
    """
    found = [row for row in rows(crossings, _COLUMNS) if row["place_before"] or row["place_after"]]
    before, after = rows(between, ("edition", "place"))
    if before["place"] is None or after["place"] is None:
        return empty(caption=caption, language=language, theme=theme)
    mine: Row = {"province": focal, "kind": "focal"}
    mine |= {"place_before": before["place"], "place_after": after["place"]}
    strokes = {
        "overtook_us": theme.stroke(0),
        "overtaken": Stroke(theme.reference, "solid", "circle", "○"),
        "entered": theme.stroke(1),
        "left": theme.stroke(2),
        "focal": Stroke(theme.focal, "solid", "circle", "●"),
    }
    drawn = [*found, mine]
    sides = [_order(drawn, name) for name in _COLUMNS[2:]]
    last = max(len(side) for side in sides) - 1
    height = max(_LEAST, _ROW * (last + 1))
    # Rows evenly apart, so that every label has its line: the places are written, not measured.
    rank = {(row["province"], x): at for x, side in enumerate(sides) for at, row in enumerate(side)}
    kinds = [kind for kind in strokes if kind != "focal" and any(row["kind"] == kind for row in found)]
    letters = max(len(_named(row)) for row in sides[1])
    return figure(
        [_line(row, strokes[row["kind"]], rank, language, theme) for row in drawn],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=36,
        right=20 + round(_LETTER * letters),
        above=12,
        xaxis={
            "range": [0, 1],
            "tickvals": [0, 1],
            "ticktext": [before["edition"], after["edition"]],
            "gridcolor": theme.other,
        },
        yaxis={"range": [last + 0.5, -0.5], "visible": False},
        key=[_key(kind, strokes[kind], language) for kind in kinds],
        annotations=[
            _label(row, x, rank[row["province"], x], strokes[row["kind"]])
            for x, side in enumerate(sides)
            for row in side
        ],
    )


def _order(drawn: list[Row], name: str) -> list[Row]:
    known = [row for row in drawn if row[name] is not None]
    return sorted(known, key=lambda row: (row[name], row["province"]))


def _line(
    row: Row, stroke: Stroke, rank: dict[tuple[str, int], int], language: Language, theme: Theme
) -> dict[str, Any]:
    focal = row["kind"] == "focal"
    points = [(x, rank[row["province"], x]) for x in (0, 1) if (row["province"], x) in rank]
    said = "<br>".join(
        [f"<b>{row['province']}</b>"]
        + ([text(f"why.kind_{row['kind']}", language)] if not focal else [])
        + [" → ".join(str(row[name] or "–") for name in _COLUMNS[2:])]
    )
    return {
        "type": "scatter",
        "name": row["province"],
        "mode": "lines+markers",
        "x": [x for x, _ in points],
        "y": [at for _, at in points],
        "cliponaxis": False,
        "line": {"color": stroke.color, "width": 4 if focal else 1.2, "dash": stroke.dash},
        "marker": {
            "symbol": stroke.symbol,
            "size": 10 if focal else 6,
            "color": stroke.color if focal or len(points) > 1 else theme.background,
            "line": {"color": stroke.color, "width": 1.5},
        },
        "hovertext": [said] * len(points),
        "hoverinfo": "text",
    }


def _named(row: Row) -> str:
    return f"{row['place_after']} {short_name(row['province'])}"


def _label(row: Row, x: int, at: int, stroke: Stroke) -> dict[str, Any]:
    """The place before at the left; at the right the place after and the name, or the name of who is gone."""
    plain = short_name(row["province"]) if row["place_after"] is None else _named(row)
    said = plain if x else str(row["place_before"])
    if not x and row["place_after"] is None:
        said = f"{plain} {said}"
    side = {"xanchor": "left", "xshift": 9} if x else {"xanchor": "right", "xshift": -9}
    weight = 700 if row["kind"] == "focal" else 400
    label = note(said, size=BODY, color=stroke.color, weight=weight)
    return label | {"xref": "paper", "x": x, "y": at, "yanchor": "middle"} | side


def _key(kind: str, stroke: Stroke, language: Language) -> str:
    return f"<span style='color:{stroke.color}'>{stroke.glyph}</span> {text(f'why.kind_{kind}', language)}"
