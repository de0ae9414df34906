"""The country as tiles of one size, Hoàng Sa and Trường Sa always in their places."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.lines import about, written
from indices.charts.names import short_name
from indices.charts.runs import Row, rows
from indices.charts.sheet import figure
from indices.charts.theme import SMALL, Theme
from indices.i18n import Language, place, points, text

_ROW, _FLAT_ROW = 43, 26
"""Px of a row: place and a name of two words under each other, or side by side."""
_FLAT_WIDTH = 900
"""Px a figure must be wide for place and name to stand side by side."""
_PITCH = SMALL - 1.5
"""Base size of the tiles' texts: plotly sets lines 1.3 times this apart, letters stay at SMALL."""
_GAP, _WIDER = 0.05, 0.3
_ISLANDS = 1.65
"""Width, in tiles, of the column east of the mainland: island cells above each other, legend over them."""
_COLUMNS = ("province", "place", "computed", "score", "n_ranked", "basis")


def tile_map(
    ranking: pd.DataFrame,
    tiles: pd.DataFrame,
    islands: pd.DataFrame,
    *,
    focal: str,
    measure: str,
    target_rank: int,
    caption: Caption,
    language: Language,
    theme: Theme,
    flat: bool = False,
) -> go.Figure:
    """One edition over the country: a tile a province, coloured by bands of places.

    `ranking`: province, place, computed, score, n_ranked, basis. `tiles`: province_vi, row, col.
    `islands`: label_vi, label_en, parent_63_vi, row_63 …, parent_34_vi, row_34 …. `measure`:
    "place" or "score", what the tiles say. A click gives the province as customdata[0]. `flat`: for a
    picture of at least 900 px, whose tiles have room for place and name side by side.
    """
    known = {row["province"]: row for row in rows(ranking, _COLUMNS)}
    cells = rows(tiles, ("province_vi", "row", "col"))
    east = max(cell["col"] for cell in cells) + 0.5
    size = max((row["n_ranked"] for row in known.values() if row["n_ranked"] is not None), default=len(cells))
    levels = bands(target_rank, size)
    computed = {row["computed"] for row in known.values() if row["place"] is not None}
    # A star tells computed places from published ones where both are on the map.
    star = "*" if len(computed) > 1 else ""
    drawn = [
        _tile(cell["province_vi"], cell["col"], cell["row"], 1, 1, _name_lines(cell["province_vi"], flat))
        for cell in sorted(cells, key=lambda cell: cell["province_vi"] == focal)
    ]
    frame = "34" if len(cells) <= 34 else "63"
    for island in rows(islands, (f"label_{language}", f"parent_{frame}_vi", f"row_{frame}")):
        parent = island[f"parent_{frame}_vi"]
        label = island[f"label_{language}"]
        words = [label, f"({parent})"] if flat else _wrapped(label) + _wrapped(f"({parent})")
        at = island[f"row_{frame}"]
        drawn.append(_tile(parent, east + 0.1 + _ISLANDS / 2, at, _ISLANDS, 1.5, words) | {"island": True})
    for tile in drawn:
        tile |= _filled(known.get(tile["province"]), levels, measure, star, language, theme)
        tile["hover"] = _hover(tile, known.get(tile["province"]), language)
        tile["focal"] = tile["province"] == focal and "island" not in tile
    row_height = _FLAT_ROW if flat else _ROW
    key = _legend(levels, east + 0.1 + _ISLANDS / 2, _ROW / row_height, language, theme)
    key_words = "charts.key_computed_star" if star else "charts.key_computed_all"
    n_rows = max(cell["row"] for cell in cells)
    return figure(
        [_tiles(drawn, theme), _texts(drawn + key, flat, theme)],
        caption=caption,
        language=language,
        theme=theme,
        height=n_rows * row_height,
        left=4,
        right=4,
        above=8,
        below=8,
        xaxis={"range": [0.5, east + _ISLANDS + 0.15], "visible": False},
        yaxis={"range": [n_rows + 0.55, 0.45], "visible": False},
        key=[text(key_words, language)] * (True in computed and measure == "place"),
        layout={"barmode": "overlay", "bargap": 0},
        narrowest=_FLAT_WIDTH if flat else 0,
    )


def bands(target_rank: int, n_ranked: int) -> list[tuple[int, int]]:
    """Places first to last of five bands: two within the target, three about equal ones beyond it.

    >>> bands(15, 63)
    [(1, 5), (6, 15), (16, 31), (32, 47), (48, 63)]
    """
    inner = max(1, target_rank // 3)
    rest = max(0, n_ranked - target_rank)
    limits = [0, inner, target_rank, *(target_rank + rest * part // 3 for part in (1, 2, 3))]
    return [(before + 1, end) for before, end in pairwise(limits)]


def _tile(province: str, x: float, y: float, width: float, height: float, words: list[str]) -> Row:
    return {"province": province, "x": x, "y": y, "width": width, "height": height, "words": words}


def _name_lines(province: str, flat: bool) -> list[str]:
    if flat:
        return [short_name(province)]
    return re.split(r" |(?<=[.-])", short_name(province), maxsplit=1)


def _wrapped(label: str) -> list[str]:
    """A label in lines of two short words at most, as an island's cell is narrow."""
    found: list[str] = []
    for word in label.split():
        if found and len(found[-1]) + len(word) < 11:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _filled(
    row: Row | None, levels: list[tuple[int, int]], measure: str, star: str, language: Language, theme: Theme
) -> Row:
    """Colour, pattern and figure of a tile."""
    rank, value = (row["place"], row["score"]) if row else (None, None)
    band = next((at for at, (_, end) in enumerate(levels) if rank is not None and rank <= end), None)
    fill = theme.background if band is None else theme.bands[band]
    if measure == "score":
        figure_text = "" if value is None else written(value, language, points(1 if value <= 1 else None))
    else:
        figure_text = "" if rank is None or row is None else f"{rank}{star if row['computed'] else ''}"
    return {"fill": fill, "ink": theme.on(fill), "pattern": "" if figure_text else "/", "figure": figure_text}


def _hover(tile: Row, row: Row | None, language: Language) -> str:
    island = f"{' '.join(tile['words'])}<br>" if "island" in tile else ""
    if row is None or (row["place"] is None and row["score"] is None):
        return f"<b>{tile['province']}</b><br>{island}{text('charts.no_figure', language)}"
    if row["place"] is None:
        return about(row, island + text("charts.no_place", language), language)
    key = "charts.place_computed" if row["computed"] else "charts.place"
    return about(row, island + text(key, language, place=place(row["place"], row["n_ranked"])), language)


def _tiles(drawn: list[Row], theme: Theme) -> dict[str, Any]:
    return _bars(drawn, _GAP) | {
        "customdata": [[tile["province"]] for tile in drawn],
        "hovertext": [tile["hover"] for tile in drawn],
        "hoverinfo": "text",
        "marker": {
            "color": [theme.other if tile["pattern"] else tile["fill"] for tile in drawn],
            "pattern": _hatch([tile["pattern"] for tile in drawn], theme),
            "line": {
                "color": [theme.text if tile["focal"] else theme.other for tile in drawn],
                "width": [4 if tile["focal"] else 0.6 for tile in drawn],
            },
        },
        # A chosen tile must not fade the others: their colours are figures.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _texts(drawn: list[Row], flat: bool, theme: Theme) -> dict[str, Any]:
    """Names and figures on bars a little wider than their tiles.

    Plotly shrinks a text that does not fit its bar less 3 px a side; on a phone every name
    would shrink. Where a saved image is lower than the screen, it may.
    """
    return _bars(drawn, -_WIDER, lift=0.04) | {
        "hoverinfo": "skip",
        "marker": {
            "color": [
                theme.other if "swatch" in tile and tile["pattern"] else tile.get("swatch", "rgba(0,0,0,0)")
                for tile in drawn
            ],
            "line": {"width": 0},
            "pattern": _hatch([tile["pattern"] if "swatch" in tile else "" for tile in drawn], theme),
        },
        "text": [f"<span style='font-size:{SMALL}px'>" + _said(tile, flat) + "</span>" for tile in drawn],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": _PITCH, "color": [tile["ink"] for tile in drawn]},
    }


def _said(tile: Row, flat: bool) -> str:
    """Figure and name of a tile: under each other, or side by side."""
    bold = f"<b>{tile['figure']}</b>" if tile["figure"] else ""
    name = "<br>".join(tile["words"])
    return f"{bold} {name}".strip() if flat else "<br>".join(filter(None, (bold, name)))


def _hatch(shapes: list[str], theme: Theme) -> dict[str, Any]:
    # Where colours are given point by point, plotly draws the hatching itself in that colour.
    return {"shape": shapes, "bgcolor": theme.background, "size": 9, "solidity": 0.08}


def _bars(drawn: list[Row], gap: float, lift: float = 0) -> dict[str, Any]:
    """Bars standing on their tiles; `lift` (part of a row) raises texts, which else look too low."""
    return {
        "type": "bar",
        "x": [round(tile["x"], 3) for tile in drawn],
        "width": [round(tile["width"] - gap, 3) for tile in drawn],
        "base": [round(tile["y"] - lift - (tile["height"] - gap) / 2, 3) for tile in drawn],
        "y": [round(tile["height"] - gap, 3) for tile in drawn],
    }


def _legend(
    levels: list[tuple[int, int]], x: float, stretch: float, language: Language, theme: Theme
) -> list[Row]:
    """The bands in words, as tiles in the empty sea of the north-east; rows lower by `stretch` hold less."""

    def entry(at: float, height: float, words: list[str], fill: str, pattern: str = "") -> Row:
        look = {"figure": "", "ink": theme.on(fill), "swatch": fill, "pattern": pattern}
        # As many px high as on higher rows; `_texts` makes bars _WIDER rows higher than their tiles.
        tall = (height + _WIDER) * stretch - _WIDER
        return _tile("", x, 0.5 + (at - 0.5) * stretch, 1.1, tall, words) | look

    found = [entry(0.8, 0.2, [text("charts.legend_places", language)], theme.background)]
    shown = [limits for limits in zip(theme.bands, levels, strict=True) if limits[1][0] <= limits[1][1]]
    for step, (fill, (first, last)) in enumerate(shown):
        said = f"{first}–{last}" if first < last else f"{first}"
        found.append(entry(1.35 + 0.6 * step, 0.27, [said], fill))
    words = text("charts.legend_none", language).split("|")
    return [*found, entry(1.6 + 0.6 * len(shown), 0.55, words, theme.background, "/")]
