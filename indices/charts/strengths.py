"""Strengths and weaknesses as rows: the place in every part, and what distances are worth in the total."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, Theme
from indices.i18n import Language, change, place, points, text

_LINE, _STRIP, _SPACE = 17, 16, 12
"""Px of a line of a name, of the strip below it, and between one row and the next."""
_PLACE_NAME, _DISTANCE_NAME = 37, 40
"""Letters of a name in a line: a place behind it takes more room on a phone than a distance."""
_PLACE_COLUMNS = ("component", "name", "place", "n_provinces", "verdict", "since", "place_before", "change")
_DISTANCE_COLUMNS = ("component", "name", "points")
_SYMBOLS = {"strength": ("circle", "●"), "middle": ("diamond", "◆"), "weakness": ("triangle-up", "▲")}


def part_places(
    parts: pd.DataFrame, *, focal: str, target_rank: int, caption: Caption, language: Language, theme: Theme
) -> go.Figure:
    """One row a part with a place, in the order given: place 1 at the left, the target's places tinted.

    `parts`: component, name, place, n_provinces, verdict, since, place_before, change (places gained since);
    a faint dot and a line show where the part stood then, the number behind the place how far it moved.
    """
    placed = [row for row in rows(parts, _PLACE_COLUMNS) if row["place"] is not None]
    found = _laid_out(placed, _PLACE_NAME)
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    field = max(row["n_provinces"] for row in found)
    height = _height(found)
    moved = [row for row in found if row["place_before"] is not None]
    traces = [_track(found, field, theme)]
    if moved:
        traces.append(_way(moved, theme))
        traces.append(_dots(moved, "place_before", ("circle-open", theme.reference, 8), focal, language))
    key = []
    for code, (symbol, glyph) in _SYMBOLS.items():
        here = [row for row in found if row["verdict"] == code]
        color = theme.missed if code == "weakness" else theme.focal
        if here:
            traces.append(_dots(here, "place", (symbol, color, 13), focal, language))
            said = text(f"strengths.key_{code}", language, target=target_rank)
            key.append(f"<span style='color:{color}'>{glyph}</span> {said}")
    key += [text("strengths.key_before", language)] * bool(moved)
    key += [text("charts.key_computed_all", language)]
    ticks = {1, target_rank, field} | {
        at for at in range(15, field, 15) if abs(at - target_rank) > 4 and field - at > 4
    }
    band = text("charts.target_group", language, rank=target_rank)
    return figure(
        traces,
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=22,
        above=26,
        below=26,
        xaxis={
            "range": [1 - 0.03 * field, field * 1.03],
            "tickvals": sorted(ticks),
            "tickformat": "d",
            "showgrid": False,
        },
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=[
            *(label for row in found for label in _labels(row, _moved(row, language), theme)),
            note(band, color=theme.focal)
            | {"x": 1, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4},
        ],
        shapes=[
            {
                "type": "rect",
                "yref": "paper",
                "x0": 1 - 0.03 * field,
                "x1": target_rank + 0.5,
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "fillcolor": theme.target,
                "line": {"width": 0},
            }
        ],
    )


def part_distances(
    distances: pd.DataFrame,
    *,
    zero: str,
    caption: Caption,
    language: Language,
    theme: Theme,
    scale_max: float | None = None,
) -> go.Figure:
    """One row a part, the longest way to go first: points of the total behind (left) or ahead of a mark.

    `distances`: component, name, points (negative: behind; missing parts are left out); `zero` names the
    mark; `scale_max` is that of the total, for the decimals.
    """
    known = [row for row in rows(distances, _DISTANCE_COLUMNS) if row["points"] is not None]
    found = _laid_out(sorted(known, key=lambda row: row["points"]), _DISTANCE_NAME)
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    height, digits = _height(found), points(scale_max)
    low, high = min(0.0, *(row["points"] for row in found)), max(0.0, *(row["points"] for row in found))
    edge = 0.02 * (high - low or 1)
    low, high = low - edge, high + edge
    share = -low / (high - low)
    anchor = "left" if share < 0.35 else "right" if share > 0.65 else "center"
    said = {row["component"]: change(row["points"], language, digits) for row in found}
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [row["points"] for row in found],
        "y": [row["y"] for row in found],
        "width": _STRIP - 2,
        "marker": {"color": [theme.focal if row["points"] < 0 else theme.other for row in found]},
        "customdata": [[row["component"]] for row in found],
        "hovertext": [
            f"<b>{'<br>'.join(row['names'])}</b><br>"
            + text("strengths.hover_points", language, points=said[row["component"]])
            for row in found
        ],
        "hoverinfo": "text",
    }
    key = []
    if any(row["points"] > 0 for row in found):
        key.append(f"<span style='color:{theme.focal}'>■</span> {text('strengths.key_behind', language)}")
        key.append(f"<span style='color:{theme.other}'>■</span> {text('strengths.key_ahead', language)}")
    return figure(
        [bars],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=22,
        above=26,
        below=26,
        xaxis={"range": [low, high], "nticks": 5, "showgrid": False},
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=[
            *(label for row in found for label in _labels(row, f"<b>{said[row['component']]}</b>", theme)),
            note(zero, color=theme.text)
            | {"x": 0, "y": 1, "yref": "paper", "xanchor": anchor, "yanchor": "bottom", "yshift": 4},
        ],
        # Drawn beside the bars only: a line from top to bottom would run through the names.
        shapes=[_stroke(row, theme) for row in found],
        layout={"bargap": 0},
    )


def _stroke(row: Row, theme: Theme) -> dict[str, Any]:
    """The mark at zero of one row."""
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": row["y"] - _STRIP / 2 - 1,
        "y1": row["y"] + _STRIP / 2 + 1,
        "line": {"color": theme.text, "width": 1.5},
    }


def _laid_out(found: list[Row], width: int) -> list[Row]:
    """Rows with their names cut into lines and the height (px from the top) of their strips."""
    height = 0.0
    for row in found:
        row["names"] = wrapped(row["name"], width)
        row["y"] = height + _LINE * len(row["names"]) + _STRIP / 2 + 2
        height = row["y"] + _STRIP / 2 + _SPACE
    return found


def _height(found: list[Row]) -> int:
    return int(found[-1]["y"] + _STRIP / 2 + _SPACE)


def _labels(row: Row, said: str, theme: Theme) -> list[dict[str, Any]]:
    """The name at the left over the strip, the figure at the right."""
    over: dict[str, Any] = {"y": row["y"] - _STRIP / 2 - 1, "yanchor": "bottom", "xref": "paper"}
    return [
        note("<br>".join(row["names"]), size=BODY, color=theme.text) | over | {"x": 0},
        note(said, size=BODY, color=theme.text) | over | {"x": 1, "xanchor": "right"},
    ]


def _moved(row: Row, language: Language) -> str:
    here = f"<b>{row['place']}</b>/{row['n_provinces']}"
    return here if row["change"] is None else f"{here} ({change(row['change'], language)})"


def _place_words(row: Row, focal: str, language: Language) -> str:
    here = text("charts.place_computed", language, place=place(row["place"], row["n_provinces"]))
    said = [f"<b>{'<br>'.join(row['names'])}</b>", f"{focal}: {here}"]
    if row["place_before"] is not None:
        said.append(text("strengths.hover_before", language, edition=row["since"], place=row["place_before"]))
    return "<br>".join(said)


def _track(found: list[Row], field: int, theme: Theme) -> dict[str, Any]:
    """The way from the first place to the last, row by row."""
    return _lines([(row["y"], 1, field) for row in found], theme.grid, 2)


def _way(moved: list[Row], theme: Theme) -> dict[str, Any]:
    return _lines([(row["y"], row["place_before"], row["place"]) for row in moved], theme.other, 3)


def _lines(found: list[tuple[float, float, float]], color: str, width: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, start, end in found for x in (start, end, None)],
        "y": [y for height, _, _ in found for y in (height, height, None)],
        "line": {"color": color, "width": width},
        "hoverinfo": "skip",
    }


def _dots(
    found: list[Row], name: str, look: tuple[str, str, int], focal: str, language: Language
) -> dict[str, Any]:
    """One mark a row; `look` is its symbol, colour and size in px."""
    symbol, color, size = look
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row[name] for row in found],
        "y": [row["y"] for row in found],
        "cliponaxis": False,
        "customdata": [[row["component"]] for row in found],
        "marker": {"symbol": symbol, "size": size, "color": color, "line": {"color": color, "width": 1.5}},
        "hovertext": [_place_words(row, focal, language) for row in found],
        "hoverinfo": "text",
    }
