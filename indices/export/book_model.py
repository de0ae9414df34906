"""What a workbook holds, before it is written: questions with their tables, remarks and charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indices.export.content import Form, Role
from indices.i18n import points

WHOLE, YEAR = "0", "0"
PLACES, HALF_PLACES = '+0;"−"0;0', '+0.0;"−"0.0;0'
SHARE = '[<0.01]"<1%";[>0.99]">99%";0%'
"""Chances: what is not quite none or all says so, as on the pages."""
EXACT_SHARE = "0%"
BRIER = "0.0000"
_SMALL = 0.1
"""A distance below this would read as none with two decimals."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell and the number format of the workbook that it is shown in."""

    value: float
    form: str


Cell = str | Figure | None
"""What a cell holds: a text, a figure, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name that rows and charts know it by, its heading with the unit, and its width.

    `wide`: the most characters that a text of it may have on a line.
    """

    name: str
    head: str
    wide: int = 34


@dataclass(frozen=True, slots=True)
class Series:
    """A series of a chart: the rows `first` to `last` (counted from 0) of a column of figures.

    `hollow`: figures that we worked out, drawn as hollow points over a line.
    """

    name: str
    role: Role
    column: str
    first: int
    last: int
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class BookChart:
    """A native chart over cells of the table beside it.

    `categories` is the column along the axis: years of a line (each at its own place on the axis, so
    that a missing one is a gap), names of bars and columns. `most` is the last place of a reversed
    axis, `form_of_values` the number format of labels and axis, `alt` the chart in words.
    """

    form: Form
    title: str
    axis_title: str
    categories: str
    series: tuple[Series, ...]
    form_of_values: str
    reversed_axis: bool = False
    most: float | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A sheet: the sentence that answers its question, how to read it, the table, remarks and charts.

    `code` names it (words `book.sheet_<code>`); rows hold a cell for each name of `columns`, what a row
    lacks is empty. `remarks` are sentences below the table, why there is no answer among them.
    """

    code: str
    title: str
    how: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    remarks: tuple[str, ...] = ()
    charts: tuple[BookChart, ...] = ()

    def at(self, name: str) -> int:
        """Where a column stands, counted from 0."""
        return [column.name for column in self.columns].index(name)


def whole(value: float | None) -> Cell:
    """A whole number: a place, a count, a year."""
    return None if value is None else Figure(value, WHOLE)


def places(value: float | None) -> Cell:
    """Places gained (+) or lost (−); halves as such."""
    if value is None:
        return None
    return Figure(value, PLACES if value == round(value) else HALF_PLACES)


def of_scale(value: float | None, scale_max: float | None) -> Cell:
    """Points, with as many decimals as the scale is worth."""
    return None if value is None else Figure(value, points_form(scale_max))


def distance(value: float | None, scale_max: float | None) -> Cell:
    """Points of a distance with its sign; one that two decimals would hide has four."""
    if value is None:
        return None
    digits = 4 if 0 < abs(value) < _SMALL else points(scale_max)
    return Figure(value, signed_form(digits))


def share(value: float | None, exact: bool = False) -> Cell:
    """A chance or share from 0 to 1 in percent; `exact`: 0 and 1 are meant as such."""
    return None if value is None else Figure(value, EXACT_SHARE if exact else SHARE)


def decimal(value: float | None, digits: int) -> Cell:
    """A number with a fixed number of decimals."""
    return None if value is None else Figure(value, decimal_form(digits))


def points_form(scale_max: float | None) -> str:
    """The number format of points on a scale."""
    return decimal_form(points(scale_max))


def signed_form(digits: int) -> str:
    """The number format of a signed difference, with a true minus sign."""
    form = decimal_form(digits)
    return f'+{form};"−"{form};{form}'


def decimal_form(digits: int) -> str:
    """The number format of a number with so many decimals."""
    return "0." + "0" * digits if digits else "0"
