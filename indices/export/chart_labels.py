"""Figures at the points of a native line chart, and the target's name on its line, clear of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from indices.export.content import ChartData, SeriesData
from indices.export.slide_text import FOOT, Box
from indices.export.text_fit import width

_ABOVE, _BELOW, _RIGHT = XL_LABEL_POSITION.ABOVE, XL_LABEL_POSITION.BELOW, XL_LABEL_POSITION.RIGHT
PLOT = 0.93
"""Part of a chart's width that its points have."""
_STEEP = 0.12
"""Part of the axis that a line must climb or fall beside a point for its number to go beside it."""


def number_points(series: Any, one: SeriesData, data: ChartData, written: str) -> None:
    """The figure at every point, on the side where the line does not run."""
    labels = series.data_labels
    labels.show_value, labels.position = True, _ABOVE
    labels.number_format, labels.number_format_is_linked = written, False
    labels.font.size, labels.font.bold = Pt(FOOT), True
    labels.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    for at in range(len(one.values)):
        side = _side(one.values, at, data)
        if side is not None:
            label = series.points[at].data_label
            label.position = side
            label.font.size, label.font.bold = Pt(FOOT), True
            label.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
            _show_value(label, written)


def _side(values: Sequence[float | None], at: int, data: ChartData) -> Any:
    """Where a number keeps clear of the line: below a dip, right of a steep fall, else (None) above."""
    here = values[at]
    beside = [values[near] if 0 <= near < len(values) else None for near in (at - 1, at + 1)]
    if here is None or beside == [None, None]:
        return None
    sign = 1 if data.reversed_axis else -1
    before, after = (None if value is None else (here - value) * sign for value in beside)
    lower = [step for step in (before, after) if step is not None]
    if all(step >= 0 for step in lower) and any(step > 0 for step in lower):
        return _BELOW
    span = data.axis_max or max(value for value in values if value is not None) or 1
    falls = before is not None and after is not None and before > 0 > after
    return _RIGHT if falls and max(abs(step) for step in lower) > _STEEP * span else None


def _show_value(label: Any, written: str) -> None:
    """A label of one point shows the figure and nothing else, as those of the series do."""
    element = label._dLbl
    for tag, shown in (
        ("c:showLegendKey", "0"),
        ("c:showVal", "1"),
        ("c:showCatName", "0"),
        ("c:showSerName", "0"),
        ("c:showPercent", "0"),
        ("c:showBubbleSize", "0"),
    ):
        found = element.find(qn(tag))
        if found is not None:
            found.set("val", shown)
    if element.find(qn("c:numFmt")) is None:
        form = etree.Element(qn("c:numFmt"), formatCode=written, sourceLinked="0")
        after = next(child for child in element if child.tag in (qn("c:spPr"), qn("c:txPr"), qn("c:dLblPos")))
        after.addprevious(form)


def name_target(
    series: Any, target: SeriesData, focal: Sequence[SeriesData], data: ChartData, box: Box
) -> None:
    """The target's name on its line, where the focal line is furthest from it."""
    n = len(data.categories)
    half = max(1, round(width(target.name, FOOT, bold=True) / 2 / (box.wide * PLOT / n)))
    line = next((value for value in target.values if value is not None), 0.0)

    def away(at: int) -> float:
        near = range(max(0, at - half), min(n, at + half + 1))
        found = [one.values[spot] for one in focal for spot in near]
        return min((abs(value - line) for value in found if value is not None), default=99.0)

    inner = range(half, n - half) if n > 2 * half else range(n // 2, n // 2 + 1)
    at = max(inner, key=lambda spot: (away(spot), -abs(spot - n / 2)))
    near = [one.values[spot] for one in focal for spot in range(max(0, at - half), min(n, at + half + 1))]
    known = [value for value in near if value is not None]
    beneath = sum(value > line for value in known) * 2 >= len(known)
    label = series.points[at].data_label
    label.position = _ABOVE if beneath == data.reversed_axis else _BELOW
    label.font.size, label.font.bold = Pt(FOOT), True
    label.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    element = label._dLbl
    for tag, shown in (("c:showVal", "0"), ("c:showSerName", "1"), ("c:showLegendKey", "0")):
        element.find(qn(tag)).set("val", shown)
    for body in element.iter(qn("a:bodyPr")):
        body.set("wrap", "none")
