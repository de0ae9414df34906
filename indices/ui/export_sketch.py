"""The charts of a briefing as small drawings: the same series as on the slide, without its program."""

from __future__ import annotations

from html import escape

from indices import i18n
from indices.charts.theme import SMALL, Theme
from indices.export.content import ChartData, Role, SeriesData
from indices.i18n import Language

WIDTH, HEIGHT = 264, 176
"""Size of a drawing in px; it is shown as it is, so that no letter gets smaller than it was drawn."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 34, 16, 22
_STEP = 38
"""Room for a word below the axis."""


def sketch(chart: ChartData, theme: Theme, language: Language) -> str:
    """A chart as an SVG element: lines with their gaps, or columns; no bars, which are HTML (`bars`)."""
    scale = _Scale(chart)
    parts = [_axis(scale, theme, language)]
    for at, series in enumerate(chart.series):
        if chart.form == "line":
            parts.append(_line(series, scale, theme))
        else:
            parts.append(_columns(series, at, scale, theme))
    parts += [_first_and_last(scale, theme, language), _target_name(scale, theme)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="Arial, sans-serif" font-size="{SMALL}">'
        f"{''.join(parts)}</svg>"
    )


def bars(chart: ChartData, language: Language) -> str:
    """A chart of lying bars as HTML: the name above its bar, the figure at its end."""
    most = chart.axis_max or max((abs(value) for value in _known(chart)), default=1.0) or 1.0
    rows = []
    for at, name in enumerate(chart.categories):
        for series in chart.series:
            value = series.values[at]
            told = "" if len(chart.series) == 1 else f"{series.name}: "
            written = i18n.NOTHING if value is None else _written(value, chart, language)
            share = 0.0 if value is None else min(1.0, abs(value) / most)
            rows.append(
                f'<div class="slide-bar"><span>{escape(told + name)}</span><div><i class="{series.role}" '
                f'style="--share:{share:.4f}"></i><b>{escape(written)}</b></div></div>'
            )
    return f'<div class="slide-bars">{"".join(rows)}</div>'


class _Scale:
    """Where a value and a category of a chart stand on its drawing."""

    def __init__(self, chart: ChartData) -> None:
        self.chart = chart
        known = _known(chart)
        self.low = (
            1.0 if chart.reversed_axis else min([*known, 0.0] if chart.form != "line" else known or [0.0])
        )
        self.high = max([chart.axis_max or self.low, *known, self.low + 1])
        if chart.form == "line" and not chart.reversed_axis:
            room = (self.high - self.low) * 0.1
            self.low, self.high = self.low - room, self.high + room

    def x(self, at: float) -> float:
        """The middle of a category."""
        n = len(self.chart.categories)
        if self.chart.form == "line":
            return round(_LEFT + at / max(1, n - 1) * (WIDTH - _LEFT - _RIGHT), 1)
        return round(_LEFT + (at + 0.5) / max(1, n) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        """The height of a value; 1 on top where the axis is reversed."""
        share = (value - self.low) / (self.high - self.low)
        share = share if self.chart.reversed_axis else 1 - share
        return round(_TOP + share * (HEIGHT - _TOP - _BOTTOM), 1)

    @property
    def targets(self) -> list[SeriesData]:
        """The series of the target."""
        return [series for series in self.chart.series if series.role == "target"]


def _axis(scale: _Scale, theme: Theme, language: Language) -> str:
    chart = scale.chart
    ends = [1.0, scale.high] if chart.reversed_axis else [scale.low, scale.high]
    ends += [value for series in scale.targets for value in series.values[:1] if value is not None]
    heights: list[float] = []
    parts = []
    for value in dict.fromkeys(ends):
        height = scale.y(value)
        parts.append(_rule(_LEFT, height, WIDTH - _RIGHT, height, theme.grid, 1))
        if all(abs(height - other) >= SMALL for other in heights):
            parts.append(_said(_LEFT - 5, height + 4, _written(value, chart, language), theme.muted, "end"))
            heights.append(height)
    names = chart.categories
    every = max(1, -(-len(names) * _STEP // (WIDTH - _LEFT - _RIGHT)))
    for at in range(len(names) - 1, -1, -every):  # the last one always
        parts.append(_said(scale.x(at), HEIGHT - 5, names[at], theme.muted, "middle"))
    return "".join(parts)


def _line(series: SeriesData, scale: _Scale, theme: Theme) -> str:
    color = _color(series.role, theme)
    width, dash = (2.5, "") if series.role == "focal" else (1.5, ' stroke-dasharray="5 4"')
    parts = []
    for piece in _stretches(series):
        path = "L".join(f"{scale.x(at)} {scale.y(value)}" for at, value in piece)
        if len(piece) > 1:
            parts.append(
                f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="{width}"{dash} '
                'stroke-linejoin="round"/>'
            )
        if series.role == "target":
            continue
        for at, value in piece:
            hollow = at < len(series.computed) and series.computed[at]
            parts.append(_mark(scale.x(at), scale.y(value), hollow, color, theme.background))
    return "".join(parts)


def _mark(x: float, y: float, hollow: bool, color: str, background: str) -> str:
    """A point of a line; a computed figure is a hollow diamond, as on the slide."""
    if hollow:
        path = f"M{x} {y - 5}L{x + 5} {y}L{x} {y + 5}L{x - 5} {y}Z"
        return f'<path d="{path}" fill="{background}" stroke="{color}" stroke-width="1.5"/>'
    return f'<circle cx="{x}" cy="{y}" r="3" fill="{color}" stroke="{color}" stroke-width="1.5"/>'


def _columns(series: SeriesData, at: int, scale: _Scale, theme: Theme) -> str:
    n = len(scale.chart.series)
    whole = (WIDTH - _LEFT - _RIGHT) / max(1, len(scale.chart.categories)) * 0.8
    width = whole / n
    parts = []
    for place, value in enumerate(series.values):
        if value is None:
            continue
        top, foot = sorted((scale.y(value), scale.y(0.0)))
        left = scale.x(place) - whole / 2 + at * width
        parts.append(
            f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{max(1.0, foot - top):.1f}" '
            f'fill="{_color(series.role, theme)}"/>'
        )
    return "".join(parts)


def _first_and_last(scale: _Scale, theme: Theme, language: Language) -> str:
    """The figures at both ends of the focal line."""
    if scale.chart.form != "line":
        return ""
    points = sorted(
        (at, value)
        for series in scale.chart.series
        if series.role == "focal"
        for at, value in enumerate(series.values)
        if value is not None
    )
    parts = []
    for at, value in dict.fromkeys([*points[:1], *points[-1:]]):
        last = (at, value) == points[-1]
        x, y = scale.x(at), scale.y(value)
        # Beside the last point, above the first one, or below it where there is no room.
        x, y = (x + 8, y + 4) if last else (x, y - 7 if y > _TOP + 2 * SMALL else y + SMALL + 6)
        written = _written(value, scale.chart, language)
        parts.append(
            f'<text x="{x}" y="{y}" fill="{theme.focal}" font-weight="700" '
            f'text-anchor="{"start" if last else "middle"}" paint-order="stroke" stroke="{theme.background}" '
            f'stroke-width="3">{escape(written)}</text>'
        )
    return "".join(parts)


def _target_name(scale: _Scale, theme: Theme) -> str:
    """The name of the target on its line, at the end from which the other lines keep away."""
    if not scale.targets or scale.targets[0].values[:1] in ((), (None,)):
        return ""
    series = scale.targets[0]
    height = scale.y(series.values[0] or 0.0)
    n = len(scale.chart.categories)

    def room(places: range) -> float:
        met = (
            abs(scale.y(value) - height)
            for other in scale.chart.series
            if other.role != "target"
            for value in (other.values[at] for at in places)
            if value is not None
        )
        return min(met, default=float(HEIGHT))

    right = room(range(n // 2, n)) > room(range((n + 1) // 2))
    x, anchor = (WIDTH - _RIGHT - 3, "end") if right else (_LEFT + 3, "start")
    return (
        f'<text x="{x}" y="{height - 4}" fill="{theme.muted}" text-anchor="{anchor}" paint-order="stroke" '
        f'stroke="{theme.background}" stroke-width="3">{escape(series.name)}</text>'
    )


def _stretches(series: SeriesData) -> list[list[tuple[int, float]]]:
    """The values of a series without its gaps, a list a stretch."""
    found: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(series.values):
        if value is None:
            found.append([])
        else:
            found[-1].append((at, value))
    return [piece for piece in found if piece]


def _color(role: Role, theme: Theme) -> str:
    worn = {
        "focal": theme.focal,
        "target": theme.reference,
        "other": theme.other,
        "gain": theme.met,
        "loss": theme.missed,
        "total": theme.reference,
    }
    return worn[role]


def _known(chart: ChartData) -> list[float]:
    return [value for series in chart.series for value in series.values if value is not None]


def _written(value: float, chart: ChartData, language: Language) -> str:
    sign = "−" if value < 0 else ""
    return sign + i18n.score(abs(value), language, chart.decimals) + chart.suffix


def _rule(x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{color}" stroke-width="{width}"/>'


def _said(x: float, y: float, words: str, color: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" fill="{color}" text-anchor="{anchor}">{escape(words)}</text>'
