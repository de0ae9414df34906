"""The columns of the tables of the page of components."""

from __future__ import annotations

from indices import i18n
from indices.analysis.cells import number, whole
from indices.analysis.learn_from import LearnFrom
from indices.analysis.strengths import Strengths
from indices.tidy import OVERALL
from indices.ui import columns
from indices.ui.frame import Page
from indices.ui.tables import Column, Row


def part_columns(page: Page, found: Strengths) -> list[Column]:
    """Score, place and movement of each part; what an edition of few provinces cannot say is left out."""
    scale_max = number(found.parts["scale_max"].max())
    digits = i18n.points(scale_max)
    name = columns.plain(page, "columns.component", "name")
    own = [
        columns.points(page, scale_max),
        columns.scale(page),
        columns.points(page, None, "weight", "columns.weight"),
    ]
    since = columns.plain(page, "strengths.head_since", "since")
    change_score = columns.signed(page, "strengths.head_gain", "change_score", digits)
    if not found.ranked:
        held = columns.whole_number(page, "columns.n_provinces", "n_provinces")
        return [name, *own, since, change_score, held]
    return [
        name,
        _place(page, page.text("columns.place_computed"), "place"),
        Column(page.text("strengths.head_verdict"), lambda row: _verdict(page, row)),
        *own,
        _points(page, page.text("strengths.head_top_mean", target=found.target_rank), "top_mean", digits),
        columns.points(page, scale_max, "median", "columns.median"),
        columns.points(page, scale_max, "best", "columns.best"),
        columns.plain(page, "strengths.head_best_province", "best_province"),
        since,
        columns.whole_number(page, "strengths.head_before", "place_before"),
        columns.signed(page, "columns.change", "change"),
        change_score,
    ]


def distance_columns(page: Page, found: Strengths) -> list[Column]:
    """The distances in points of each part, the one that is drawn first and what it is worth in the total."""
    digits = i18n.points(number(found.parts["scale_max"].max()))
    total = i18n.points(page.catalogue.scale_max(found.index, OVERALL, int(found.edition[:4])))
    name = columns.plain(page, "columns.component", "name")
    worth = page.text("strengths.head_worth")
    full = _signed(page, page.text("strengths.head_headroom"), "headroom", digits)
    if not found.ranked:
        return [name, full, _signed(page, worth, "worth_headroom", total)]
    to_top = page.text("strengths.head_to_top", target=found.target_rank)
    return [
        name,
        _signed(page, to_top, "to_top_mean", digits),
        _signed(page, worth, "worth_top_mean", total),
        _signed(page, page.text("strengths.head_to_median"), "to_median", digits),
        _signed(page, page.text("strengths.head_to_best"), "to_best", digits),
        full,
    ]


def learn_columns(page: Page, found: LearnFrom) -> list[Column]:
    """Where each province stood, where it stands, and by which parts it got there."""
    total = page.catalogue.scale_max(found.index, OVERALL, int(found.edition[:4]))
    digits = i18n.points(total)

    def most(row: Row) -> str:
        if not isinstance(row["most_name"], str):
            return i18n.NOTHING
        return f"{row['most_name']} ({i18n.change(number(row['most_gain']), page.language, digits)})"

    found_columns = [
        columns.plain(page, "columns.province", "province"),
        columns.plain(page, "strengths.head_then", "edition_then"),
        columns.whole_number(page, "strengths.head_was", "place_then"),
        _place(page, page.text("strengths.head_now", edition=found.edition), "place_now"),
        columns.signed(page, "strengths.head_gained", "places_gained"),
    ]
    if found.gains.empty:
        return found_columns
    return [
        *found_columns,
        columns.signed(page, "strengths.head_weak_gain", "weak_gain", digits),
        Column(page.text("strengths.head_most"), most),
    ]


def gain_columns(page: Page, found: LearnFrom) -> list[Column]:
    """What each province gained, part by part."""
    total = page.catalogue.scale_max(found.index, OVERALL, int(found.edition[:4]))
    digits = i18n.points(total)
    return [
        columns.plain(page, "columns.province", "province"),
        columns.plain(page, "columns.component", "name"),
        _points(page, page.text("strengths.head_score_then"), "score_then", digits),
        _points(page, page.text("strengths.head_score_now", edition=found.edition), "score_now", digits),
        columns.signed(page, "strengths.head_gain", "gain", digits),
        columns.signed(page, "strengths.head_worth", "worth", digits),
    ]


def profile_columns(page: Page, scale_max: float | None) -> list[Column]:
    """How far from ours each profile is, and where the province stands."""
    return [
        columns.plain(page, "columns.province", "province"),
        columns.points(page, None, "distance", "strengths.head_distance"),
        columns.rank(page),
        columns.points(page, scale_max),
        columns.signed(page, "columns.points_ahead", "points_ahead", i18n.points(scale_max)),
    ]


def _verdict(page: Page, row: Row) -> str:
    code = row["verdict"]
    return page.word("strengths.verdict", code) if isinstance(code, str) else i18n.NOTHING


def _place(page: Page, heading: str, name: str) -> Column:
    return Column(
        heading, lambda row: i18n.place(whole(row[name]), whole(row.get("n_provinces"))), number=True
    )


def _signed(page: Page, heading: str, name: str, digits: int) -> Column:
    return Column(heading, lambda row: i18n.change(number(row[name]), page.language, digits), number=True)


def _points(page: Page, heading: str, name: str, digits: int) -> Column:
    return Column(heading, lambda row: i18n.score(number(row[name]), page.language, digits), number=True)
