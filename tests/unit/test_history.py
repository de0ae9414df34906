"""A province through the years: gaps stay gaps, breaks cut, changes say what they compare."""

from indices.analysis import latest_figure, places, rank_history
from tests.unit.conftest import edition, figures, small_catalogue, values

LINE = """
edition province score rank
2019    A        50    9
2020    A        55    7
2022    A        60    -
2023    A        58    8
"""
YEARS = [edition(year, n_ranked=10) for year in ("2019", "2020", "2022", "2023")]


def history(table: str = LINE, breaks: tuple[int, ...] = (), editions=YEARS, frame: int = 63):
    catalogue = small_catalogue(editions, breaks)
    return rank_history(places(figures(table), catalogue, "X"), catalogue, "X", "A", frame)


def test_one_row_a_year_and_nothing_in_the_gap():
    assert values(history(), "year", "edition", "held", "score", "place") == [
        (2019, "2019", True, 50.0, 9),
        (2020, "2020", True, 55.0, 7),
        (2021, "2021", False, None, None),
        (2022, "2022", True, 60.0, None),
        (2023, "2023", True, 58.0, 8),
    ]


def test_changes_are_places_gained_and_points_gained_on_the_latest_year_known():
    assert values(history(), "year", "change", "change_score", "change_since") == [
        (2019, None, None, None),
        (2020, 2, 5.0, "2019"),
        (2021, None, None, None),
        (2022, None, 5.0, "2020"),
        # The place is compared with 2020, the latest year with a place; the score with 2022.
        (2023, -1, -2.0, "2020"),
    ]


def test_a_break_cuts_the_segment_and_what_may_be_compared():
    assert values(history(breaks=(2020, 2023)), "year", "segment", "starts_method", "comparable") == [
        (2019, 0, False, True),
        (2020, 1, True, False),
        (2021, 1, False, True),
        (2022, 1, False, True),
        (2023, 2, True, False),
    ]


def test_a_break_in_the_gap_still_cuts():
    rows = history(breaks=(2021,))
    assert values(rows, "year", "segment", "comparable") == [
        (2019, 0, True),
        (2020, 0, True),
        (2021, 1, True),
        (2022, 1, False),
        (2023, 1, False),
    ]


def test_place_and_score_may_be_compared_with_different_years():
    table = "edition province score rank\n2019 A 50 9\n2020 A - 7\n2021 A 60 6"
    rows = history(table, breaks=(2020,), editions=[edition(year, 10) for year in ("2019", "2020", "2021")])
    # The place is compared with 2020; the score with 2019, before the break.
    assert values(rows, "change", "change_since", "comparable")[-1] == (1, "2020", True)
    assert values(rows, "change_score", "comparable_score")[-1] == (10.0, False)


def test_an_edition_not_held_is_no_gap_in_the_data():
    rows = history(editions=[*YEARS, edition("2021", status="not held")])
    assert values(rows[rows["year"] == 2021], "held", "place") == [(False, None)]


def test_34_provinces_have_a_history_of_their_own():
    table = LINE + "2024-34 A 70 3\n"
    editions = [*YEARS, edition("2024-34", n_ranked=34, frame=34)]
    assert values(history(table, editions=editions), "year", "place")[-1] == (2023, 8)
    merged = history(table, editions=editions, frame=34)
    assert values(merged, "year", "edition", "place", "change") == [(2024, "2024-34", 3, None)]


def test_a_province_without_figures_has_years_but_no_places():
    rows = history("edition province score rank\n2019 B 50 1")
    assert len(rows) == 5
    assert values(rows, "place", "score", "computed") == [(None, None, False)] * 5
    assert set(rows["province"]) == {"A"}


def test_no_edition_no_row():
    assert history("edition province score rank", editions=[]).empty


def test_latest_figure_is_the_newest_place_even_where_a_newer_score_exists():
    table = LINE.replace("2023    A        58    8", "2023    A        58    -")
    latest = latest_figure(history(table))
    assert latest is not None
    assert (latest["edition"], latest["place"]) == ("2020", 7)


def test_latest_figure_is_a_score_where_no_place_is_known():
    latest = latest_figure(history("edition province score rank\n2019 A 50 -\n2020 A 55 -"))
    assert latest is not None
    assert (latest["edition"], latest["score"]) == ("2020", 55.0)
    assert latest_figure(history("edition province score rank\n2019 B 50 1")) is None
