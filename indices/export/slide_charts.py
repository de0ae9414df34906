"""Native charts: drawn by the office program from the workbook inside the deck, in the theme's colours."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from indices.export.chart_labels import PLOT, name_target, number_points
from indices.export.content import ChartData, Role, SeriesData
from indices.export.plain_charts import PlainChartData
from indices.export.slide_text import FOOT, LANGS, LEAST, Box, named
from indices.export.text_fit import width
from indices.i18n import Language

_TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
}
_COLOURS: dict[Role, tuple[Any, float]] = {
    "focal": (MSO_THEME_COLOR.ACCENT_1, 0.0),
    "target": (MSO_THEME_COLOR.ACCENT_1, 0.4),
    "other": (MSO_THEME_COLOR.TEXT_1, 0.5),
    "gain": (MSO_THEME_COLOR.ACCENT_1, 0.0),
    "loss": (MSO_THEME_COLOR.ACCENT_2, 0.0),
    "total": (MSO_THEME_COLOR.TEXT_1, 0.35),
}
"""Colour of the theme and how much lighter, by what a series is to the reader."""
HARD_SPACE = "\u00a0"


def add_chart(slide: Any, data: ChartData, box: Box, language: Language, name: str, alt: str) -> Any:
    """Draw a chart in a box; its figures lie in a workbook that opens from it."""
    digits = "0." + "0" * data.decimals if data.decimals else "0"
    written = f'{digits}"{data.suffix}"' if data.suffix else digits
    figures: Any = PlainChartData(number_format=written)  # type: ignore[no-untyped-call]  # carries no types
    figures.categories = data.categories
    for one in data.series:
        # The name stands at the line: not broken into two lines there.
        called = one.name.replace(" ", HARD_SPACE) if one.role == "target" else one.name
        figures.add_series(called, one.values)
    frame = slide.shapes.add_chart(_TYPES[data.form], *box.emu, figures)
    named(frame, name, alt)
    chart = frame.chart
    chart.font.size = Pt(FOOT)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_legend = False
    _title(chart, data.title)
    _axes(chart, data, written)
    if data.form == "line":
        _every_few(chart, data, box)
    if data.form == "line":
        _lines(chart, data, box, written)
    else:
        _bars(chart, data, written)
    _in_language(chart, language)
    return frame


def _title(chart: Any, words: str) -> None:
    chart.has_title = bool(words)
    if not words:
        return
    chart.chart_title.include_in_layout = False
    frame = chart.chart_title.text_frame
    run = frame.paragraphs[0].add_run()
    run.text = words
    run.font.size, run.font.bold = Pt(LEAST), True


def _axes(chart: Any, data: ChartData, written: str) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.minimum_scale = 0 if data.reversed_axis or data.form != "line" else None
    if data.axis_max is not None:
        value.maximum_scale = data.axis_max
    if data.axis_unit is not None:
        value.major_unit = data.axis_unit
    value.has_minor_gridlines = False
    _faint(value.major_gridlines.format.line)
    value.format.line.fill.background()
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    # No rank is 0: that line of the axis carries no number.
    value.tick_labels.number_format = f"{written};;" if data.reversed_axis else written
    value.tick_labels.number_format_is_linked = False
    category.tick_labels.font.size = Pt(LEAST if data.form == "bar" else FOOT)
    category.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    category.format.line.color.brightness = 0.5
    category.has_major_gridlines = False
    if data.reversed_axis:
        value.reverse_order = True
        # The years stay at the foot, where the last place is.
        value.crosses = XL_AXIS_CROSSES.MAXIMUM
    if data.form == "bar":
        # The first name on top; the figures stand at the bars, not on an axis.
        category.reverse_order = True
        value.visible = False


def _every_few(chart: Any, data: ChartData, box: Box) -> None:
    """Only so many years written that they do not run into each other."""
    each = box.wide * PLOT / len(data.categories)
    longest = max(width(name, FOOT) for name in data.categories)
    if longest > each:
        axis = chart.category_axis._element
        skip = etree.Element(qn("c:tickLblSkip"), val=str(int(longest // each) + 1))
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _faint(line: Any) -> None:
    """A line that is only just seen, on a light page as on a dark one."""
    line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    line.width = Pt(0.75)
    for colour in line._ln.iter(qn("a:schemeClr")):
        etree.SubElement(colour, qn("a:alpha"), val="20000")


def _lines(chart: Any, data: ChartData, box: Box, written: str) -> None:
    focal = [one for one in data.series if one.role == "focal"]
    for series, one in zip(chart.plots[0].series, data.series, strict=True):
        series.smooth = False
        _stroke(series.format.line, one)
        if one.role == "target":
            # One year alone has no line: a stroke stands for it.
            alone = len(data.categories) == 1
            series.marker.style = XL_MARKER_STYLE.DASH if alone else XL_MARKER_STYLE.NONE
            series.marker.size = 20
            name_target(series, one, focal, data, box)
            continue
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        _coloured(series.marker.format.fill, one.role)
        _stroke(series.marker.format.line, one, 1.75)
        for at, hollow in enumerate(one.computed):
            if hollow:
                point = series.points[at]
                _stroke(point.format.line, one)  # said again: a point with a look of its own inherits none
                marker = point.marker
                # Another sign, and not only empty: LibreOffice fills what a point leaves empty.
                marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 12
                marker.format.fill.solid()
                marker.format.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
                _stroke(marker.format.line, one, 1.75)
        if one.role == "focal":
            number_points(series, one, data, written)


def _bars(chart: Any, data: ChartData, written: str) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 60, False
    for series, one in zip(plot.series, data.series, strict=True):
        _coloured(series.format.fill, one.role)
        series.invert_if_negative = False
        labels = series.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
        # A chance is never quite none and never quite all.
        shown = f'[<1]"<1%";[>99]">99%";{written}' if data.suffix == "%" else written
        labels.number_format, labels.number_format_is_linked = shown, False
        labels.font.size, labels.font.bold = Pt(LEAST), True


def _coloured(fill: Any, role: Role) -> None:
    colour, lighter = _COLOURS[role]
    fill.solid()
    fill.fore_color.theme_color = colour
    if lighter:
        fill.fore_color.brightness = lighter


def _stroke(line: Any, one: SeriesData, points: float | None = None) -> None:
    colour, lighter = _COLOURS[one.role]
    line.color.theme_color = colour
    if lighter:
        line.color.brightness = lighter
    line.width = Pt(points or (2.0 if one.role != "focal" else 3.0))
    if one.role == "target" and points is None:
        line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _in_language(chart: Any, language: Language) -> None:
    """The language of every word in the chart, and plain corners."""
    space = chart._chartSpace
    for font in space.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        font.set("lang", LANGS[language])
    for tag, value in (("c:lang", LANGS[language]), ("c:roundedCorners", "0")):
        found = space.find(qn(tag))
        if found is None:
            found = etree.Element(qn(tag))
            date = space.find(qn("c:date1904"))
            before = space.find(qn("c:lang")) if tag == "c:roundedCorners" else date
            if before is not None:
                before.addnext(found)
            else:
                space.insert(0, found)
        found.set("val", value)
