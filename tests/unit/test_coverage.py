"""What is held of each edition, and which recent ones hold no place of a province."""

from indices.analysis import coverage, missing_editions, places, rank_history
from tests.unit.conftest import edition, figures, small_catalogue, values

TABLE = """
edition province component score rank
2020    A        overall   90    1
2020    B        overall   80    -
2020    B        part      8     -
2021    A        overall   -     1
2024    A        part      8     -
"""
EDITIONS = [
    edition("2020", n_ranked=2),
    edition("2021", n_ranked=2),
    edition("2022", n_ranked=2),
    edition("2023", status="not held"),
    edition("2024", n_ranked=None),
]


def test_every_edition_of_the_catalogue_one_row():
    found = coverage(figures(TABLE), small_catalogue(EDITIONS))
    names = ("edition", "n_ranked", "n_scores", "n_ranks", "n_figures", "status")
    assert values(found, *names) == [
        ("2020", 2, 2, 1, 3, "complete"),
        ("2021", 2, 0, 1, 1, "partial"),
        ("2022", 2, 0, 0, 0, "empty"),
        ("2023", 5, 0, 0, 0, "not_held"),
        ("2024", 63, 0, 0, 1, "partial"),
    ]
    assert values(found, "index", "year", "frame")[0] == ("X", 2020, 63)


def test_nothing_held():
    found = coverage(figures("edition province score"), small_catalogue(EDITIONS))
    assert found["status"].tolist() == ["empty", "empty", "empty", "not_held", "empty"]


def test_missing_editions_of_the_newest_three_years():
    table = "edition province score rank\n2020 A 50 -\n2022 A 60 -\n2024 A 70 3"
    catalogue = small_catalogue([edition(year, 63) for year in ("2020", "2021", "2022", "2023", "2024")])
    history = rank_history(places(figures(table), catalogue, "X"), catalogue, "X", "A")
    assert values(missing_editions(history), "index", "edition", "year", "has_score") == [
        ("X", "2022", 2022, True),
        ("X", "2023", 2023, False),
    ]
    assert missing_editions(history, last_years=1).empty


def test_an_edition_never_held_is_not_missing():
    table = "edition province score rank\n2024 A 70 3"
    catalogue = small_catalogue([edition("2023", status="not held"), edition("2024", 63)])
    history = rank_history(places(figures(table), catalogue, "X"), catalogue, "X", "A")
    assert missing_editions(history).empty
