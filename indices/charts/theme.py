"""Colours, lines and fonts of every chart, for a light and a dark page."""

from __future__ import annotations

from dataclasses import dataclass

# Quoted: a family whose word begins with a digit makes the browser drop an unquoted list.
# A picture saved in a browser is drawn without the page's own font: after it come fonts of office
# computers with letters no wider, so that nothing grows over its neighbour.
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", Calibri, Carlito, sans-serif'
SMALL, BODY, TITLE = 12, 13, 17
"""Type sizes in px: nothing on a chart is smaller than SMALL."""


@dataclass(frozen=True)
class Stroke:
    """How one compared province is drawn: told apart by dash and marker also without colour."""

    color: str
    dash: str
    symbol: str
    glyph: str


@dataclass(frozen=True)
class Theme:
    """Everything a chart needs to know about looks; `bands` are map colours from best to last place."""

    name: str
    background: str
    panel: str
    text: str
    muted: str
    grid: str
    focal: str
    target: str
    other: str
    reference: str
    met: str
    near: str
    missed: str
    unknown: str
    bands: tuple[str, str, str, str, str]
    comparison: tuple[Stroke, ...]

    def stroke(self, position: int) -> Stroke:
        """The look of the compared province at `position`; after the last colour comes grey."""
        if position < len(self.comparison):
            return self.comparison[position]
        worn = self.comparison[position % len(self.comparison)]
        return Stroke(self.reference, worn.dash, worn.symbol, worn.glyph)

    def on(self, fill: str) -> str:
        """The page's text or background colour, whichever reads better on `fill`."""
        here = _luminance(fill)
        return max(self.text, self.background, key=lambda ink: _contrast(_luminance(ink), here))


_MARKS = (
    ("dash", "diamond", "◆"),
    ("dot", "square", "■"),
    ("dashdot", "triangle-up", "▲"),
    ("longdash", "triangle-down", "▼"),
    ("longdashdot", "star", "★"),
    ("solid", "cross", "✚"),
)


def _strokes(*colors: str) -> tuple[Stroke, ...]:
    return tuple(Stroke(color, *marks) for color, marks in zip(colors, _MARKS, strict=True))


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    panel="#F3F6FA",
    text="#17212B",
    muted="#55606B",
    grid="#E1E6EC",
    focal="#0B5CAD",
    target="rgba(11,92,173,0.10)",
    other="#9AA3AE",
    reference="#66707C",
    met="#1B7F5C",
    near="#9A5B00",
    missed="#B3361E",
    unknown="#66707C",
    bands=("#0B5CAD", "#A6CBEF", "#C6CDD5", "#DCE1E7", "#EDF0F3"),
    comparison=_strokes("#B8560F", "#007A66", "#8A3FA0", "#7A6000", "#B81D5B", "#44505C"),
)
DARK = Theme(
    name="dark",
    background="#10161D",
    panel="#1A222C",
    text="#E6EBF0",
    muted="#A3AEBA",
    grid="#2A343F",
    focal="#6CB2FF",
    target="rgba(108,178,255,0.16)",
    other="#5B6875",
    reference="#9AA6B2",
    met="#5CC9A0",
    near="#F0B24A",
    missed="#FF8A70",
    unknown="#9AA6B2",
    bands=("#6CB2FF", "#25588D", "#4A5561", "#37414C", "#262F39"),
    comparison=_strokes("#FFB067", "#4FD1B5", "#D9A2F0", "#E5CF5A", "#FF8FB8", "#B8C2CC"),
)


def theme(kind: str | None) -> Theme:
    """The theme named "light" or "dark"; light where the page does not say."""
    return DARK if kind == "dark" else LIGHT


def _luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
