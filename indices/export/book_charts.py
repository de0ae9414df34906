"""Native charts of a workbook: drawn by the office program from the cells beside them."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart

from indices.charts.theme import LIGHT
from indices.export.book_model import BookChart, Figure, Question, Series

WIDTH = 560
"""Width of a chart in px."""
FONT = "Arial"
_HEIGHTS = {"line": 240, "column": 300, "bar": 200}
_BAR, _AROUND = 26, 90
"""Px that a bar needs, and what stands around the bars."""
_COLORS = {
    "focal": LIGHT.focal,
    "target": LIGHT.reference,
    "other": LIGHT.other,
    "gain": LIGHT.focal,
    "loss": LIGHT.missed,
    "total": LIGHT.reference,
}
_MOST_LABELLED = 16
_LEAST_STEP = 5


def height_of(chart: BookChart) -> int:
    """The height of a chart in px."""
    least = _HEIGHTS[chart.form]
    if chart.form != "bar":
        return least
    return max(least, _AROUND + _BAR * max(series.last - series.first + 1 for series in chart.series))


def native_chart(
    book: xlsxwriter.Workbook, sheet: str, question: Question, chart: BookChart, first_row: int
) -> Chart:
    """A chart over the cells of the sheet, whose first row of figures is `first_row` (counted from 0)."""
    kind = {"line": "scatter", "bar": "bar", "column": "column"}[chart.form]
    subtype = {"subtype": "straight_with_markers"} if chart.form == "line" else {}
    drawn: Chart = book.add_chart({"type": kind, **subtype})

    def cells(column: str, series: Series) -> list[Any]:
        at = question.at(column)
        return [sheet, first_row + series.first, at, first_row + series.last, at]

    for series in chart.series:
        look = _line(question, series) if chart.form == "line" else _bars(question, chart, series)
        drawn.add_series(
            {
                "name": series.name,
                "categories": cells(chart.categories, series),
                "values": cells(series.column, series),
                **look,
            }
        )
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": _font(11, bold=True)})
    drawn.set_size({"width": WIDTH, "height": height_of(chart)})
    drawn.show_blanks_as("gap")
    drawn.show_hidden_data()
    (_rank_axes if chart.form == "line" else _name_axes)(drawn, question, chart)
    if len(chart.series) > 1:
        drawn.set_legend({"position": "bottom", "font": _font(9)})
    else:
        drawn.set_legend({"none": True})
    drawn.set_chartarea({"border": {"color": LIGHT.grid}})
    return drawn


def _line(question: Question, series: Series) -> dict[str, Any]:
    color = _COLORS[series.role]
    if series.role == "target":
        return {"line": {"color": color, "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}}
    fill = LIGHT.background if series.hollow else color
    marker = {"type": "circle", "size": 7, "fill": {"color": fill}, "border": {"color": color}}
    if series.hollow:
        return {"line": {"none": True}, "marker": marker}
    look: dict[str, Any] = {"line": {"color": color, "width": 2.25}, "marker": marker}
    known = [_value(question, series.column, at) for at in range(series.first, series.last + 1)]
    if sum(value is not None for value in known) <= _MOST_LABELLED:
        look["data_labels"] = {"value": True, "position": "above", "font": _font(9)}
    return look


def _bars(question: Question, chart: BookChart, series: Series) -> dict[str, Any]:
    values = [_value(question, series.column, at) for at in range(series.first, series.last + 1)]
    # What goes down is told by its direction and sign as well, never by colour alone.
    colors = [
        _COLORS["loss"] if value is not None and value < 0 else _COLORS[series.role] for value in values
    ]
    return {
        "gap": 60,
        "fill": {"color": _COLORS[series.role]},
        "points": [{"fill": {"color": color}} for color in colors],
        "data_labels": {"value": True, "num_format": chart.form_of_values, "font": _font(9)},
    }


def _rank_axes(drawn: Chart, question: Question, chart: BookChart) -> None:
    years = [
        value
        for series in chart.series
        for at in range(series.first, series.last + 1)
        if (value := _value(question, chart.categories, at)) is not None
    ]
    first, last = int(min(years)), int(max(years))
    drawn.set_x_axis(
        {
            "min": first - 1,
            "max": last + 1,
            "major_unit": 1 if last - first < 8 else 2,
            "num_format": "0",
            "num_font": _font(9),
            "major_gridlines": {"visible": False},
            "line": {"color": LIGHT.muted},
        }
    )
    wanted = next((series for series in chart.series if series.role == "target"), None)
    target = _value(question, wanted.column, wanted.first) if wanted else None
    # 1, 15, 29 …: the target's rank is a line of its own.
    step = target - 1 if target is not None and target > _LEAST_STEP else 10
    drawn.set_y_axis(
        {
            "reverse": True,
            "min": 1,
            "max": max(chart.most or step + 1, step + 1),
            "major_unit": step,
            "crossing": "max",
            "num_format": chart.form_of_values,
            "num_font": _font(9),
            "name": chart.axis_title,
            "name_font": _font(9),
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
            "line": {"none": True},
        }
    )


def _name_axes(drawn: Chart, _: Question, chart: BookChart) -> None:
    names = {"num_font": _font(9), "label_position": "low", "line": {"color": LIGHT.muted}}
    values = {
        "num_format": chart.form_of_values,
        "num_font": _font(9),
        "name": chart.axis_title,
        "name_font": _font(9),
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
    }
    # Bars lie: their axis of values is the horizontal one, and the first name shall be on top.
    if chart.form == "bar":
        drawn.set_y_axis({**names, "reverse": True})
        drawn.set_x_axis({**values, "label_position": "high"})
    else:
        drawn.set_x_axis(names)
        drawn.set_y_axis(values)


def _value(question: Question, column: str, row: int) -> float | None:
    cell = question.rows[row].get(column)
    return cell.value if isinstance(cell, Figure) else None


def _font(size: float, *, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": bold, "color": LIGHT.text}
