"""How much places usually move, counted on small tables by hand."""

from itertools import pairwise

import pytest

from indices.analysis.rank_movement import (
    LEAST_PAIRS,
    group_of,
    movement_word,
    rank_movement,
    usual_row,
)
from indices.analysis.refusal import Refusal
from tests.unit.conftest import edition, figures, small_catalogue, values


def table_of(orders, published=False):
    """Editions from 2019 on, each an order of provinces by letter; "-" leaves the place free."""
    lines = ["edition province score rank"]
    for year, order in enumerate(orders, start=2019):
        for at, name in enumerate(order):
            if name != "-":
                lines.append(f"{year} {name} {'-' if published else 100 - at} {at + 1 if published else '-'}")
    return figures("\n".join(lines))


def movement(orders, n_ranked=5, breaks=(), published=False):
    editions = [edition(str(2019 + at), n_ranked) for at in range(len(orders))]
    return rank_movement(table_of(orders, published), small_catalogue(editions, breaks), "X")


# Four pairs of years, each with moves 1, 1, 0, 0, 0 of the five.
CALM = ["ABCDE", "BACDE", "ABCDE", "BACDE", "ABCDE"]


def test_half_and_nine_in_ten_of_the_changes():
    found = movement(CALM)
    assert values(found, "group", "median", "p90", "n", "n_years", "first", "last", "whole")[0] == (
        "all",
        0,  # 12 of 20 did not move
        1,
        20,
        4,
        "2019",
        "2023",
        True,
    )


def test_the_same_by_sorting_every_change():
    orders = ["ABCDE", "EDCBA", "ABCDE", "BCDEA", "CABED", "ABDEC"]
    moved = sorted(
        abs(after.index(name) - before.index(name)) for before, after in pairwise(orders) for name in "ABCDE"
    )
    half = next(m for m in moved if sum(other <= m for other in moved) >= 0.5 * len(moved))
    most = next(m for m in moved if sum(other <= m for other in moved) >= 0.9 * len(moved))
    assert values(movement(orders), "median", "p90", "n")[0] == (half, most, 25) == (2, 4, 25)


def test_years_across_a_break_and_years_apart_are_no_pairs():
    # A break in 2021 leaves 3 pairs of years, 15 pairs of places.
    assert movement(CALM, breaks=(2021,)) == Refusal("movement_few", {"index": "X", "n": 15, "least": 20})
    # Without 2021 there are 2 pairs of years.
    assert movement([*CALM[:2], "-----", *CALM[3:]]).slots["n"] == 10


def test_editions_of_the_merged_provinces_are_no_part():
    editions = [edition(str(2019 + at), 5, frame=34 if at > 2 else 63) for at in range(5)]
    found = rank_movement(table_of(CALM), small_catalogue(editions), "X")
    assert found.slots["n"] == 10


def test_incomplete_fields_count_ranks_held_in_both_years():
    orders = ["ABCDEF------", "BACDE-------", "ABCDE-------", "BACDE-------", "ABCDE-------"]
    found = movement(orders, n_ranked=63, published=True)
    assert values(found, "group", "median", "p90", "n", "whole") == [
        ("all", 0, 1, 20, False),
        ("top", 0, 1, 20, False),
        ("middle", None, None, 0, False),
        ("rest", None, None, 0, False),
    ]


@pytest.mark.parametrize(
    ("place", "n_ranked", "group"),
    [
        (1, 63, "top"),
        (15, 63, "top"),
        (16, 63, "middle"),
        (42, 63, "middle"),
        (43, 63, "rest"),
        (40, 61, "middle"),
        (41, 61, "rest"),
    ],
)
def test_groups_by_the_place_before(place, n_ranked, group):
    assert group_of(place, n_ranked) == group


def test_a_change_is_judged_by_its_group_else_by_all():
    orders = ["ABCDEF------", "BACDE-------", "ABCDE-------", "BACDE-------", "ABCDE-------"]
    found = movement(orders, n_ranked=63, published=True)
    assert usual_row(found, 3, 63)["group"] == "top"
    assert usual_row(found, 50, 63)["group"] == "all"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (0, "usual"),
        (7, "usual"),
        (-7, "usual"),
        (8, "larger"),
        (-25, "larger"),
        (26, "unusual"),
        (-40, "unusual"),
    ],
)
def test_words_for_a_change(change, word):
    assert movement_word({"median": 7, "p90": 25}, change) == word


def test_nothing_is_held():
    assert movement(["-----"]) == Refusal("movement_few", {"index": "X", "n": 0, "least": LEAST_PAIRS})
