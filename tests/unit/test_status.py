"""Met, near, missed or not known, and how far to go."""

import pytest

from indices.analysis import (
    NEAR_PLACES,
    field_history,
    places,
    rank_history,
    status,
    status_of_place,
    statuses,
    target_counts,
)
from tests.unit.conftest import edition, figures, small_catalogue, values

FIVE = """
edition province score rank
2020    A        90    -
2020    B        80    -
2020    C        80    -
2020    D        70    -
2020    E        60    -
"""
ONE = [edition("2020")]


def state(table: str, province: str, target_rank: int, editions=ONE, breaks=()):
    catalogue = small_catalogue(editions, breaks)
    placed = places(figures(table), catalogue, "X")
    history = rank_history(placed, catalogue, "X", province)
    return status(history, field_history(placed, catalogue, "X", target_rank), target_rank)


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, "met"), (15, "met"), (16, "near"), (18, "near"), (19, "missed"), (63, "missed"), (None, "unknown")],
)
def test_status_of_a_place_against_rank_15(place, expected):
    assert NEAR_PLACES == 3
    assert status_of_place(place, 15) == expected


def test_a_tie_at_the_target_has_met_it():
    # B and C share place 2; no one holds place 3.
    assert values(state(FIVE, "C", 2), "place", "status", "places_to_go", "points_to_go") == [
        (2, "met", 0, 0.0)
    ]


def test_points_to_go_is_positive_below_the_target_and_negative_above():
    behind = state(FIVE, "E", 2)
    assert values(behind, "place", "status", "places_to_go", "points_to_go") == [(5, "near", 3, 20.0)]
    assert values(behind, "target_score", "computed", "complete") == [(80.0, True, True)]
    ahead = state(FIVE, "A", 4)
    assert values(ahead, "status", "places_to_go", "points_to_go", "target_province") == [
        ("met", 0, -20.0, "D")
    ]


def test_only_scores_known_the_status_follows_from_them():
    partial = "edition province score rank\n2020 A 90 1\n2020 B 80 2\n2020 D 70 -\n2020 E 85 -"
    assert values(state(partial, "D", 2), "place", "status", "points_to_go") == [(None, "missed", 10.0)]
    assert values(state(partial, "E", 2), "place", "status", "points_to_go") == [(None, "met", -5.0)]
    assert values(state(partial, "E", 3), "place", "status", "points_to_go") == [(None, "unknown", None)]


def test_a_province_without_figures_has_no_row():
    assert state(FIVE, "F", 3).empty


def test_change_is_that_of_the_latest_edition_with_its_break():
    table = "edition province score rank\n2020 A - 9\n2021 A - 4"
    row = state(table, "A", 5, [edition("2020", 10), edition("2021", 10)], breaks=(2021,))
    assert values(row, "edition", "change", "change_since", "comparable") == [("2021", 5, "2020", False)]


def test_statuses_leaves_out_an_index_without_a_figure():
    catalogue = small_catalogue(ONE)
    assert values(statuses(figures(FIVE), catalogue, "D", 2), "index", "place", "status") == [
        ("X", 4, "near")
    ]
    none = statuses(figures(FIVE), catalogue, "F", 2)
    assert none.empty
    assert "status" in none


def test_34_provinces_do_not_count_for_a_province_of_63():
    table = FIVE + "2024-34 D 99 1\n"
    row = state(table, "D", 2, [edition("2020"), edition("2024-34", n_ranked=34, frame=34)])
    assert values(row, "edition", "place") == [("2020", 4)]


def test_target_counts_by_year():
    table = "edition province score rank\n2020 A - 15\n2021 A - 16\n2023 A 40 -"
    years = [edition(year, 63) for year in ("2020", "2021", "2023")]
    catalogue = small_catalogue(years)
    history = rank_history(places(figures(table), catalogue, "X"), catalogue, "X", "A")
    # 2022 had no edition and does not count; near counts as outside.
    assert values(target_counts(history, 15), "year", "met", "missed", "unknown") == [
        (2020, 1, 0, 0),
        (2021, 0, 1, 0),
        (2023, 0, 0, 1),
    ]
