"""The charts and tables of the page about changes, ready to show."""

from __future__ import annotations

from indices import i18n
from indices.analysis.cells import number
from indices.analysis.rank_change import Moves, RankChange
from indices.analysis.refusal import Refusal
from indices.analysis.score_change import ScoreChange
from indices.export.why_charts import (
    Pair,
    crossing_rows,
    crossings_chart,
    digits_of,
    names_of,
    score_change_chart,
    score_rows,
    source_of,
    step_rows,
    steps_chart,
)
from indices.narrative import why
from indices.ui import columns, show, why_data
from indices.ui.frame import Page
from indices.ui.tables import Column, Row


def asked(pair: Pair) -> tuple[RankChange | Refusal, Moves | Refusal]:
    """The change of place in parts, and what places alone tell."""
    index, edition, since, province = pair
    change = why_data.rank_change(index, edition, province, since)
    return change, why_data.moves(index, edition, province, since)


def score_change_of(pair: Pair) -> ScoreChange | Refusal:
    """The change of the score part by part."""
    index, edition, since, province = pair
    return why_data.score_change(index, edition, province, since)


def steps_piece(page: Page, pair: Pair) -> show.Piece:
    """The change of place step by step."""
    change, known = asked(pair)
    assert isinstance(change, RankChange)
    figure = steps_chart(page, pair, change)
    steps, source = step_rows(page, change), source_of(page, pair, change.ends["source"])
    how = f"{page.text('why.steps_method')} {source}"
    return show.Piece(figure, why.headline(change, known, page.language), steps, how)


def crossings_piece(page: Page, pair: Pair) -> show.Piece:
    """Who passed whom."""
    change, known = asked(pair)
    moves = change if isinstance(change, RankChange) else known
    assert isinstance(moves, Moves)
    figure = crossings_chart(page, pair, moves)
    crossings, source = crossing_rows(page, moves), source_of(page, pair, moves.ends["source"])
    said = why.crossings_sentence(moves, page.called(pair[3]), page.language)
    return show.Piece(figure, said, crossings, source)


def score_piece(page: Page, pair: Pair) -> show.Piece:
    """The change of the score part by part."""
    change = score_change_of(pair)
    assert isinstance(change, ScoreChange)
    digits, names = digits_of(page, pair), names_of(page, pair)
    figure = score_change_chart(page, pair, change)
    table, source = score_rows(page, pair, change), source_of(page, pair, change.parts["source"])
    alt = why.parts_sentence(change, names, digits, page.language)
    return show.Piece(figure, alt, table, source)


def _places(page: Page, heading: str, name: str) -> Column:
    """Places with their sign, halves as such."""

    def cell(row: Row) -> str:
        value = number(row[name])
        whole = value is None or value == round(value)
        return i18n.change(value, page.language, 0 if whole else 1)

    return Column(page.text(heading), cell, number=True)


def step_columns(page: Page) -> list[Column]:
    """The table behind `steps_piece`."""
    return [
        columns.plain(page, "why.head_step", "name"),
        _places(page, "why.head_places", "places"),
        columns.whole_number(page, "why.head_n", "n_provinces"),
    ]


def crossing_columns(page: Page, pair: Pair) -> list[Column]:
    """The table behind `crossings_piece`."""
    scale_max = page.catalogue.indices[pair[0]].scale_max
    return [
        columns.plain(page, "columns.province", "province"),
        columns.plain(page, "why.head_kind", "said"),
        *(
            _of(columns.whole_number(page, "columns.place", name), page, "why.head_place_before", edition)
            for name, edition in (("place_before", pair[2]), ("place_after", pair[1]))
        ),
        *(
            _of(columns.points(page, scale_max, name), page, "why.head_score_before", edition)
            for name, edition in (("score_before", pair[2]), ("score_after", pair[1]))
        ),
        _places(page, "why.head_own", "own"),
        _places(page, "why.head_theirs", "theirs"),
    ]


def _of(column: Column, page: Page, heading: str, edition: str) -> Column:
    return Column(page.text(heading, edition=edition), column.cell, column.number)


def score_columns(page: Page, pair: Pair) -> list[Column]:
    """The table behind `score_piece`."""
    digits = digits_of(page, pair)
    return [
        columns.plain(page, "columns.component", "name"),
        _of(columns.points(page, None, "before"), page, "why.head_score_before", pair[2]),
        _of(columns.points(page, None, "after"), page, "why.head_score_before", pair[1]),
        columns.signed(page, "why.head_change", "change", 2),
        columns.signed(page, "why.head_points", "points", max(digits, 3)),
    ]
