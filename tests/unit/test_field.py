"""The field of an edition: what the best, the middle and the province at the target's rank scored."""

from indices.analysis import field_history, places
from tests.unit.conftest import edition, figures, small_catalogue, values

FIVE = """
edition province score rank
2020    A        90    -
2020    B        80    -
2020    C        80    -
2020    D        70    -
2020    E        60    -
"""

ONE = (edition("2020"),)


def field(table: str, target_rank: int = 3, editions=ONE, breaks=(), frame: int = 63):
    catalogue = small_catalogue(list(editions), breaks)
    return field_history(places(figures(table), catalogue, "X"), catalogue, "X", target_rank, frame)


def test_complete_field():
    rows = field(FIVE, target_rank=4)
    assert values(rows, "edition", "year", "n_ranked", "n_scores", "n_ranks", "complete") == [
        ("2020", 2020, 5, 5, 0, True)
    ]
    assert values(rows, "best", "best_province", "target_score", "target_province", "median") == [
        (90.0, "A", 70.0, "D", 80.0)
    ]


def test_a_tie_over_the_target_is_the_last_within_it():
    assert values(field(FIVE, target_rank=3), "target_rank", "target_score") == [(3, 80.0)]


def test_a_target_beyond_the_field_has_no_score():
    assert values(field(FIVE, target_rank=5), "target_score", "target_province") == [(60.0, "E")]
    assert values(field(FIVE, target_rank=15), "target_score", "target_province") == [(None, None)]


def test_partial_field_knows_only_the_exact_published_rank():
    partial = "edition province score rank\n2020 A 90 1\n2020 C 80 3\n2020 D 70 -\n2020 E - 4"
    three = field(partial, target_rank=3)
    assert values(three, "complete", "best", "target_score", "median") == [(False, 90.0, 80.0, None)]
    assert values(three, "n_scores", "n_ranks") == [(3, 3)]
    # Rank 2 is nobody's here, and rank 4 has no score.
    assert values(field(partial, target_rank=2), "target_score", "target_province") == [(None, None)]
    assert values(field(partial, target_rank=4), "target_score", "target_province") == [(None, None)]


def test_editions_held_only_oldest_first_with_segments():
    two = FIVE + "2022 A 50 1\n"
    rows = field(two, editions=[edition("2022"), edition("2021"), edition("2020")], breaks=(2021,))
    assert values(rows, "edition", "segment") == [("2020", 0), ("2022", 1)]


def test_34_provinces_are_an_edition_of_their_own():
    both = FIVE + "2020-34 A 10 -\n2020-34 B 20 -\n"
    editions = [edition("2020"), edition("2020-34", n_ranked=2, frame=34)]
    columns = ("edition", "best", "best_province", "n_ranked")
    assert values(field(both, 1, editions), *columns) == [("2020", 90.0, "A", 5)]
    assert values(field(both, 1, editions, frame=34), *columns) == [("2020-34", 20.0, "B", 2)]


def test_nothing_held():
    assert field("edition province score rank").empty
