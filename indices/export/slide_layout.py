"""Where title, content and footnotes stand on a slide of any master."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indices.export.masters import Master, placeholder_kind
from indices.export.slide_text import Box

EDGE = 0.05
"""Part of a slide's width left free where the master does not say."""
_TITLES, _TEXTS, _EDGES = ("title", "ctrTitle"), ("obj", "body"), ("dt", "ftr", "sldNum")
_EMU = 12700


@dataclass(frozen=True)
class Areas:
    """The title's place and the place of all else, in points; `wide`: chart and words side by side."""

    title: Box
    content: Box
    wide: bool


def areas(master: Master, layout: Any, *, first: bool = False) -> Areas:
    """Of the layout's own placeholders where they leave room enough, else of what lies between them.

    `first`: the slide with the briefing's title, which may stand in the middle of it.
    """
    across, down = master.deck.slide_width / _EMU, master.deck.slide_height / _EMU
    side = across * EDGE
    title = _box_of(layout, _TITLES)
    if title is None or _is_in_the_way(title, across, down, first):
        title = Box(side, down * 0.05, across - 2 * side, down * 0.14)
    body_layout = master.layouts["body"]
    body = _box_of(body_layout, _TEXTS) if body_layout is not None else None
    content = _between(layout, title, across, down)
    if body is not None and body.wide >= across * 0.7 and body.high >= down * 0.5 and _below(body, title):
        content = Box(body.left, body.top, body.wide, min(body.high, down * 0.985 - body.top))
    return Areas(title, content, across / down > 1.5)


def _is_in_the_way(title: Box, across: float, down: float, first: bool) -> bool:
    """Whether a title is too narrow, or stands so that neither over nor under it is room for content."""
    if title.wide < across * 0.5 or title.high < 24 or title.top < 0:
        return True
    under = down - title.top - title.high
    return not first and max(title.top, under) < down * 0.6


def box_of(shape: Any) -> Box | None:
    """The place of a placeholder, its own or inherited; None where nobody says."""
    if shape.left is None or shape.width is None or shape.top is None or shape.height is None:
        return None
    return Box(shape.left / _EMU, shape.top / _EMU, shape.width / _EMU, shape.height / _EMU)


def _box_of(layout: Any, kinds: tuple[str, ...]) -> Box | None:
    boxes = [box_of(shape) for shape in layout.placeholders if placeholder_kind(shape) in kinds]
    known = [box for box in boxes if box is not None]
    return max(known, key=lambda box: box.wide * box.high) if known else None


def _below(body: Box, title: Box) -> bool:
    return body.top >= title.top + title.high * 0.9 or body.top + body.high <= title.top


def _between(layout: Any, title: Box, across: float, down: float) -> Box:
    """From under the title to over what stands at the foot; over the title where that is low itself."""
    side = across * EDGE
    left, wide = max(side * 0.6, min(title.left, side * 2)), across
    wide = across - 2 * left
    feet = [
        box.top
        for shape in layout.placeholders
        if placeholder_kind(shape) in _EDGES and (box := box_of(shape)) is not None and box.top > down * 0.7
    ]
    foot = min([*feet, down * 0.95])
    if title.top > down / 2:
        return Box(left, down * 0.05, wide, title.top - down * 0.07)
    top = title.top + title.high + down * 0.02
    return Box(left, top, wide, max(foot - top, down * 0.4))
