"""Forecasts as they would have been made year by year, and what came."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.runs import Row, joined, rows, runs
from indices.charts.sheet import empty, figure, note, years
from indices.charts.theme import SMALL, Theme
from indices.i18n import Language, percent, text, word

_HEIGHT = 300
_BANDS = (("certain", 0.95), ("likely", 0.70), ("on_the_line", 0.30), ("hard", 0.05), ("very_hard", 0.0))
_COLUMNS = ("next_year", "place", "year", "chance", "next_place", "next_computed", "within", "to_come")
_TOUCH = 0.09
"""Numbers of neighbouring years nearer than this (as a chance) would touch each other on a phone."""
_MARKS = {"met": "circle", "missed": "circle-open", "unknown": "x-thin", "to_come": "diamond"}
_GLYPHS = {"met": "●", "missed": "○", "unknown": "×", "to_come": "◆"}


def forecasts(past: pd.DataFrame, *, caption: Caption, language: Language, theme: Theme) -> go.Figure:
    """Chances by the year they speak of, marked by what came; the next place stands beside its mark.

    `past`: next_year, chance (0 to 1; missing where none was made) from the place in year,
    next_place, next_computed (ours), within (missing where not known), to_come (still open).
    """
    found = [row for row in rows(past, _COLUMNS) if row["chance"] is not None]
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    for row in found:
        row["state"] = _state(row)
    first, last = min(row["next_year"] for row in found), max(row["next_year"] for row in found)
    axis = years(first, last) | {"range": [first - 0.6, last + 0.6]}
    ends = [1.0, *(least for _, least in _BANDS)]
    return figure(
        [
            _line(found, theme),
            *(
                _marks(here, state, language, theme)
                for state in _MARKS
                if (here := [row for row in found if row["state"] == state])
            ),
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=_HEIGHT,
        left=44,
        right=96,
        above=16,
        xaxis=axis,
        yaxis={
            "range": [-0.06, 1.06],
            "tickformat": ".0%",
            "tickvals": [0.05, 0.3, 0.7, 0.95],
        },
        key=[
            f"<span style='color:{_color(state, theme)}'>{glyph}</span> "
            + text(f"outlook.chart_{state}", language)
            for state, glyph in _GLYPHS.items()
            if any(row["state"] == state for row in found)
        ]
        + [text("outlook.chart_computed", language)] * any(row["next_computed"] for row in found),
        annotations=[
            *(
                note(word("chance", code, language), color=theme.muted)
                | {"xref": "paper", "x": 1, "xshift": 6, "y": (least + ends[at]) / 2, "yanchor": "middle"}
                for at, (code, least) in enumerate(_BANDS)
            ),
            *_places_that_came(found, theme),
        ],
    )


def _state(row: Row) -> str:
    if row["to_come"]:
        return "to_come"
    return "unknown" if row["within"] is None else "met" if row["within"] else "missed"


def _color(state: str, theme: Theme) -> str:
    return theme.focal if state == "to_come" else str(getattr(theme, state))


def _marks(found: list[Row], state: str, language: Language, theme: Theme) -> dict[str, Any]:
    color = _color(state, theme)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": text(f"outlook.chart_{state}", language),
        "x": [row["next_year"] for row in found],
        "y": [round(row["chance"], 4) for row in found],
        "cliponaxis": False,
        "marker": {
            "symbol": _MARKS[state],
            "size": 13 if state == "to_come" else 11,
            "color": color,
            "line": {"color": color, "width": 2},
        },
        "hovertext": [_hover(row, state, language) for row in found],
        "hoverinfo": "text",
    }


def _hover(row: Row, state: str, language: Language) -> str:
    said = text(
        "outlook.chart_forecast",
        language,
        year=row["next_year"],
        chance=percent(row["chance"], language),
        place=row["place"],
        since=row["year"],
    )
    came = text(f"outlook.chart_{state}", language)
    if row["next_place"] is not None:
        came = text("outlook.chart_came", language, place=row["next_place"], state=came)
    return f"{said}<br>{came}"


def _line(found: list[Row], theme: Theme) -> dict[str, Any]:
    """A thin line through forecasts of years in a row, cut where a year is missing."""
    pieces = runs([{**row, "year": row["next_year"]} for row in found], "chance")
    return {
        "type": "scatter",
        "mode": "lines",
        "x": joined(pieces, lambda row: row["next_year"]),
        "y": joined(pieces, lambda row: round(row["chance"], 4)),
        "line": {"color": theme.other, "width": 1, "dash": "dot"},
        "connectgaps": False,
        "hoverinfo": "skip",
    }


def _places_that_came(found: list[Row], theme: Theme) -> list[dict[str, Any]]:
    """Each over its mark; under it at the top edge, and where the number before it would be touched."""
    labels: list[dict[str, Any]] = []
    before: tuple[int, float] | None = None
    for row in found:
        if row["next_place"] is None:
            continue
        year, chance = row["next_year"], row["chance"]
        touches = before is not None and year - before[0] == 1 and abs(chance - before[1]) < _TOUCH
        under = chance > 1 - _TOUCH or touches
        before = None if under else (year, chance)
        said = f"{row['next_place']}{'*' * bool(row['next_computed'])}"
        labels.append(
            note(said, size=SMALL, color=theme.text)
            | {"x": year, "y": chance, "xanchor": "center", "yanchor": "top" if under else "bottom"}
            | {"yshift": -8 if under else 8}
        )
    return labels
