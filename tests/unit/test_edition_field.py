"""One edition as plain values: scores, places and the province at the target's line."""

import pandas as pd
import pytest

from indices.analysis import edition_field, places
from tests.unit.conftest import edition, figures, small_catalogue

WHOLE = """
edition province component score rank
2020    A        overall   90    -
2020    B        overall   80    -
2020    C        overall   80    -
2020    D        overall   70    -
2020    E        overall   60    -
2020    A        land      9     -
2020    D        land      7     -
2019    A        overall   50    1
"""
PARTIAL = """
edition province score rank
2020    A        90    1
2020    B        -     2
2020    D        70    4
2020    E        60    -
"""


def field_of(table: str, name: str = "2020", n_ranked: int | None = 5):
    catalogue = small_catalogue([edition("2019"), edition(name, n_ranked)])
    return edition_field(figures(table), catalogue, "X", name)


def test_a_whole_field_has_scores_of_every_part_and_places_with_ties():
    field = field_of(WHOLE)
    assert field.complete
    assert dict(field.totals) == {"A": 90, "B": 80, "C": 80, "D": 70, "E": 60}
    assert dict(field.scores["land"]) == {"A": 9, "D": 7}
    assert dict(field.places) == {"A": 1, "B": 2, "C": 2, "D": 4, "E": 5}
    assert (field.has_whole("overall"), field.has_whole("land"), field.has_whole("nothing")) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("rank", "found"),
    [(1, ("A", 90)), (2, ("C", 80)), (3, ("C", 80)), (4, ("D", 70)), (5, ("E", 60)), (6, None)],
)
def test_the_last_province_within_a_rank(rank, found):
    assert field_of(WHOLE).score_at(rank) == found


def test_a_partial_field_has_published_places_only():
    field = field_of(PARTIAL)
    assert not field.complete
    assert dict(field.places) == {"A": 1, "B": 2, "D": 4}
    # B holds rank 2 without a score, nobody is known to hold 3, E's place is not known.
    assert [field.score_at(rank) for rank in (1, 2, 3, 4, 5)] == [("A", 90), None, None, ("D", 70), None]


def test_a_small_edition_is_complete_by_its_own_number():
    assert field_of(PARTIAL.replace("2020    B        -     2\n", ""), n_ranked=3).complete


def test_an_edition_nobody_knows_or_holds_is_none():
    catalogue = small_catalogue([edition("2019"), edition("2020")])
    assert edition_field(figures(WHOLE), catalogue, "X", "2021") is None
    assert edition_field(figures(PARTIAL), catalogue, "X", "2019") is None


def test_places_are_those_of_the_rank_history_on_the_pages():
    catalogue = small_catalogue([edition("2020")])
    table = places(figures(PARTIAL), catalogue, "X")
    known = {row.province: row.place for row in table.itertuples() if not pd.isna(row.place)}
    assert dict(field_of(PARTIAL).places) == known
