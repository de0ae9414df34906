"""The columns tables are made of, in the page's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indices import i18n
from indices.analysis.cells import number, whole
from indices.narrative import source_name
from indices.ui.frame import Page
from indices.ui.tables import Column, Row


def plain(page: Page, heading: str, name: str) -> Column:
    """A text as it stands in the table."""
    return Column(page.text(heading), lambda row: _word(row[name]))


def whole_number(page: Page, heading: str, name: str) -> Column:
    """A count or a year."""
    return Column(page.text(heading), lambda row: _word(whole(row[name])), number=True)


def rank(page: Page) -> Column:
    """A place of how many; a computed one says so."""

    def cell(row: Row) -> str:
        written = i18n.place(whole(row["place"]), whole(row["n_ranked"]))
        return page.text("columns.computed_place", place=written) if row["computed"] is True else written

    return Column(page.text("columns.place"), cell, number=True)


def points(
    page: Page, scale_max: float | None, name: str = "score", heading: str = "columns.score"
) -> Column:
    """A score in points."""
    digits = i18n.points(scale_max)
    return Column(
        page.text(heading), lambda row: i18n.score(number(row[name]), page.language, digits), number=True
    )


def scale(page: Page) -> Column:
    """The upper end of a scale, without decimals it does not have."""

    def cell(row: Row) -> str:
        value = number(row["scale_max"])
        digits = 0 if value is None or value == int(value) else 2
        return i18n.score(value, page.language, digits)

    return Column(page.text("columns.scale_max"), cell, number=True)


def signed(page: Page, heading: str, name: str, digits: int = 0) -> Column:
    """A difference with its sign."""
    return Column(
        page.text(heading), lambda row: i18n.change(number(row[name]), page.language, digits), number=True
    )


def basis(page: Page) -> Column:
    """How the figure came to us."""
    return _mapped(page, "columns.basis", "basis", lambda code: page.word("charts.basis", code))


def source(page: Page) -> Column:
    """Where the figure was read."""
    return _mapped(page, "columns.source", "source", lambda key: source_name(page.catalogue, key))


def history(page: Page, scale_max: float | None) -> list[Column]:
    """A rank or score history as a table."""
    return [
        plain(page, "columns.edition", "edition"),
        rank(page),
        signed(page, "columns.change", "change"),
        points(page, scale_max),
        basis(page),
        source(page),
    ]


def _mapped(page: Page, heading: str, name: str, word: Callable[[str], str]) -> Column:
    def cell(row: Row) -> str:
        value = row[name]
        return word(str(value)) if isinstance(value, str) and value else i18n.NOTHING

    return Column(page.text(heading), cell)


def _word(value: Any) -> str:
    return i18n.NOTHING if value is None or value != value or str(value) in ("<NA>", "") else str(value)
