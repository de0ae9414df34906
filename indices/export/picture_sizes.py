"""Pictures of charts in fixed sizes: how large the letters are, and a chart laid out anew for its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from indices.charts.caption import TEXT_WIDTH, TITLE_WIDTH
from indices.charts.sheet import EDGE, note, words_of
from indices.charts.theme import SMALL
from indices.i18n import Language, day, text

_PHONE = 358 - 2 * EDGE
"""Px for which the widths of lines in `indices.charts.caption` are meant."""
_SAFE = 0.92
"""Part of a line used: another font than ours, on the computer that opens an SVG, may be wider."""
_PART = 0.6
"""Part of the width a row's name may take: its figure stands at the other end."""
_STEP = 20
_LINE = 16
"""Px of a line of the smallest letters, as in `indices.charts.sheet`."""


@dataclass(frozen=True, slots=True)
class PictureSize:
    """A picture of `width` × `height` px.

    `narrowest`: the width in px of the layout drawn on it where a chart needs no more. The smallest
    letters (12 px) are then as large as they need to be: 14 pt on a slide, 8 pt in a document.
    """

    name: str
    width: int
    height: int
    narrowest: int


SIZES: Mapping[str, PictureSize] = {
    size.name: size
    for size in (
        # 1920 px are the 13.33 inches of a slide: 12 px of 820 become 14 pt.
        PictureSize("slide", 1920, 1080, 820),
        # 16 cm at 300 dots an inch: 12 px of 680 become 8 pt.
        PictureSize("document", 1890, 1200, 680),
        PictureSize("square", 1500, 1500, 640),
    )
}
FORMATS = ("png", "svg")


@dataclass(frozen=True, slots=True)
class Layout:
    """Width and height in px a chart is laid out in, and how many px of the picture one of them becomes."""

    width: float
    height: float
    scale: float

    def options(self, form: str) -> dict[str, Any]:
        """What plotly and kaleido ask for to make a picture of a format."""
        # A hair more than the ratio: they cut the px of a PNG off, and 1079.9999 would be 1079.
        scale = self.scale * (1 + 1e-6) if form == "png" else self.scale
        return {"format": form, "width": self.width, "height": self.height, "scale": scale}


def layout_for(size: PictureSize, needed: Callable[[int], float], narrowest: int = 0) -> Layout:
    """The narrowest layout of a picture's shape that holds a chart, so that its letters are largest.

    `needed`: the height in px that the chart takes at a width; `narrowest`: the least width it bears.
    """
    width = max(size.narrowest, narrowest)
    while needed(width) > width * size.height / size.width:
        width += _STEP
    return Layout(width, round(width * size.height / size.width, 4), size.width / width)


def layout_as_shown(size: PictureSize, figure: go.Figure) -> Layout:
    """The layout for a picture of a chart as it stands on the screen, its lines left as they are."""
    height = float(figure.layout.height)
    return layout_for(size, lambda width: height)


def dated(figure: go.Figure, made_on: date, language: Language) -> go.Figure:
    """`figure` with the day on which a picture of it is made, at the right of its last line."""
    spec = figure.to_dict()
    layout = layout_dated(spec["layout"], made_on, language)
    return go.Figure({"data": spec["data"], "layout": layout}, _validate=False)


def layout_dated(layout: Mapping[str, Any], made_on: date, language: Language) -> dict[str, Any]:
    """The layout of `dated`, the given one unchanged."""
    meta, margin = layout["meta"], layout["margin"]
    said = text("picture.made_on", language, day=day(made_on, language))
    corner = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": margin["r"] - EDGE}
    # indices/ui/style.css knows it by this style: a picture shows it, the screen does not.
    marked = f"<span style='--picture-only:1'>{said}</span>"
    words = note(marked, size=SMALL, color=meta["sheet"]["muted"]) | corner | _foot(margin["b"])
    annotations = [*layout["annotations"], words]
    return {**layout, "meta": meta | {"made_on": said}, "annotations": annotations}


def sized(figure: go.Figure, size: PictureSize) -> go.Figure:
    """`figure` laid out anew: lines as long as it is wide, the plot as high as there is room."""
    spec = figure.to_dict()
    old: dict[str, Any] = spec["layout"]
    words, others = words_of(old)
    plot = old["height"] - old["margin"]["t"] - old["margin"]["b"]
    made_on = old["meta"].get("made_on", "")

    def laid_out(width: int) -> tuple[list[dict[str, Any]], int, int]:
        wider = _SAFE * (width - 2 * EDGE) / _PHONE
        notes, top, bottom = words.laid_out(int(TITLE_WIDTH * wider), int(TEXT_WIDTH * wider))
        last = notes[-1]["text"].split("<br>")[-1]
        crowded = bool(made_on) and len(last) + len(made_on) + 4 > TEXT_WIDTH * wider
        return notes, top, bottom + _LINE * crowded

    def needed(width: int) -> float:
        _, top, bottom = laid_out(width)
        return float(top + plot + bottom)

    layout = layout_for(size, needed, words.narrowest)
    notes, top, bottom = laid_out(int(layout.width))
    others = [_unwrapped(one, layout.width) for one in others]
    if made_on:
        others[-1] = others[-1] | _foot(bottom)
    spec["layout"] = old | {
        "width": layout.width,
        "height": layout.height,
        "margin": old["margin"] | {"t": top, "b": bottom},
        "annotations": [*notes, *others],
    }
    return go.Figure(spec, _validate=False)


def _unwrapped(note: dict[str, Any], width: float) -> dict[str, Any]:
    """The name of a row, cut into lines for a phone, in one line where the picture has room for it."""
    is_name = note.get("xref") == "paper" and note["x"] == 0 and note.get("yanchor") == "bottom"
    letters = len(note["text"].replace("<br>", " "))
    if not is_name or note.get("yref") == "paper" or letters > _PART * TEXT_WIDTH * width / _PHONE:
        return note
    return note | {"text": note["text"].replace("<br>", " ")}


def _foot(bottom: int) -> dict[str, Any]:
    """The place of the last line in a margin of `bottom` px."""
    return {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -(bottom - _LINE - EDGE)}
