"""What tables not stored yet would do: editions replaced, places that move, targets met or lost."""

import pytest

from indices.analysis import after, rank_moves, target_flips
from indices.catalogue import Catalogue
from indices.tidy import TIDY_DTYPES, empty_tidy
from tests.unit.conftest import edition, figures, small_catalogue, values

HELD = figures("""
edition province score rank
2020    A        90    1
2020    B        80    2
2020    C        70    3
2021    A        50    -
""")
# B and C change places, D is new and A is gone.
NEW = figures("""
edition province score rank
2020    B        80    3
2020    C        85    2
2020    D        95    1
""")
MOVES = ("province", "place_before", "place_after", "computed_before", "computed_after", "change")


@pytest.fixture
def known() -> Catalogue:
    return small_catalogue([edition("2020", n_ranked=3), edition("2021", n_ranked=3)])


def test_editions_are_replaced_whole_and_the_others_stay():
    found = after(HELD, [NEW])
    assert values(found, "edition", "province", "score") == [
        ("2020", "B", 80.0),
        ("2020", "C", 85.0),
        ("2020", "D", 95.0),
        ("2021", "A", 50.0),
    ]
    assert dict(found.dtypes) == TIDY_DTYPES
    assert found.index.tolist() == [0, 1, 2, 3]


def test_a_new_edition_comes_in_its_place():
    found = after(
        HELD, [figures("edition province score\n2019 A 1"), figures("edition province score\n2022 A 2")]
    )
    assert found["edition"].tolist() == ["2019", "2020", "2020", "2020", "2021", "2022"]


def test_no_tables_no_effect():
    assert after(HELD, []).equals(HELD)
    assert after(empty_tidy(), []).empty
    assert after(empty_tidy(), [NEW]).equals(NEW)


def test_places_that_move_appear_and_go(known: Catalogue):
    found = rank_moves(HELD, after(HELD, [NEW]), known, "X", "2020")
    assert values(found, *MOVES) == [
        ("D", None, 1, None, False, None),
        ("C", 3, 2, False, False, 1),
        ("B", 2, 3, False, False, -1),
        ("A", 1, None, False, None, None),
    ]


def test_equal_tables_move_nobody(known: Catalogue):
    assert rank_moves(HELD, HELD, known, "X", "2020").empty
    assert target_flips(HELD, HELD, known, "X", "2020", 2).empty


def test_computed_places_say_so(known: Catalogue):
    before = figures("edition province score rank\n2020 A 90 -\n2020 B 80 -\n2020 C 70 -")
    new = figures("edition province score rank\n2020 A 75 -\n2020 B 80 -\n2020 C 70 3")
    found = rank_moves(before, after(before, [new]), known, "X", "2020")
    assert values(found, *MOVES) == [("B", 2, 1, True, True, 1), ("A", 1, 2, True, True, -1)]


def test_a_score_taken_out_takes_all_computed_places(known: Catalogue):
    before = figures("edition province score\n2020 A 90\n2020 B 80\n2020 C 70")
    new = figures("edition province score\n2020 A 90\n2020 B 80\n2020 C -")
    found = rank_moves(before, after(before, [new]), known, "X", "2020")
    assert values(found, *MOVES) == [
        ("A", 1, None, True, False, None),
        ("B", 2, None, True, False, None),
        ("C", 3, None, True, False, None),
    ]


def test_who_comes_within_the_target_and_who_falls_out(known: Catalogue):
    found = target_flips(HELD, after(HELD, [NEW]), known, "X", "2020", 2)
    # B falls from 2 to 3, C climbs from 3 to 2, D is new, A is gone.
    assert values(found, "province", "status_before", "status_after") == [
        ("D", "unknown", "met"),
        ("C", "near", "met"),
        ("B", "met", "near"),
        ("A", "met", "unknown"),
    ]
    # Within three nobody but the newcomer and the one gone changes.
    assert [
        name for (name,) in values(target_flips(HELD, after(HELD, [NEW]), known, "X", "2020", 3), "province")
    ] == [
        "D",
        "A",
    ]


def test_an_edition_the_catalogue_does_not_know(known: Catalogue):
    new = figures("edition province score rank\n2022 A 9 1\n2022 B 8 2")
    found = rank_moves(HELD, after(HELD, [new]), known, "X", "2022")
    assert values(found, *MOVES) == [("A", None, 1, None, False, None), ("B", None, 2, None, False, None)]
    assert values(target_flips(HELD, after(HELD, [new]), known, "X", "2022", 1), "province") == [("A",)]
