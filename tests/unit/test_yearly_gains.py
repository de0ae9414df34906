"""Yearly gains: which steps count, and from where they began."""

from dataclasses import replace

from indices.analysis.yearly_gains import yearly_gains
from indices.catalogue import BreakSpec, ScaleSpec
from tests.unit.conftest import edition, values
from tests.unit.five_provinces import catalogue, table

TWO_YEARS = """
edition province component score rank
2019    A        overall   10    -
2019    B        overall   8     -
2019    A        land      5     -
2019    B        land      4     -
2020    A        overall   11    2
2020    B        overall   12    1
2020    A        land      5.5   -
2020    B        land      7     -
2021    A        overall   15    -
2021    B        overall   14    -
2021    A        land      6     -
2022    A        overall   16    -
2022    B        overall   13    -
"""
NAMES = ("component", "since", "edition", "province", "start", "gain", "place")


def of(years=("2019", "2020", "2021", "2022"), scopes=(), **more):
    small = catalogue(editions=[edition(year, 2) for year in years], **more)
    small = replace(small, breaks=tuple(BreakSpec("X", 2020, scope, "", "", "") for scope in scopes))
    return values(yearly_gains(table(TWO_YEARS), small, "X"), *NAMES)


def test_every_step_of_neighbouring_years():
    assert of() == [
        ("overall", "2019", "2020", "A", 10, 1, 1),
        ("overall", "2019", "2020", "B", 8, 4, 2),
        ("land", "2019", "2020", "A", 5, 0.5, None),
        ("land", "2019", "2020", "B", 4, 3, None),
        ("overall", "2020", "2021", "A", 11, 4, 2),  # the published ranks of 2020
        ("overall", "2020", "2021", "B", 12, 2, 1),
        # land is held of one province only in 2021
        ("overall", "2021", "2022", "A", 15, 1, 1),
        ("overall", "2021", "2022", "B", 14, -1, 2),
    ]


def steps(**more):
    return {(row[0], row[2]) for row in of(**more)}


def test_a_new_method_is_no_step():
    assert steps(scopes=["overall"]) == {("overall", "2021"), ("overall", "2022")}
    assert steps(scopes=["land"]) == {("overall", "2020"), ("overall", "2021"), ("overall", "2022")}


def test_another_scale_is_no_step():
    scales = (ScaleSpec("X", "land", 2019, 2019, 8),)
    assert ("land", "2020") not in steps(scales=scales)
    assert ("overall", "2020") in steps(scales=scales)


def test_a_missing_year_is_not_bridged():
    assert steps(years=("2019", "2021", "2022")) == {("overall", "2022")}


def test_a_partial_edition_has_no_steps():
    small = catalogue(
        editions=[edition("2019", 2), edition("2020", 3), edition("2021", 2), edition("2022", 2)]
    )
    assert {row[2] for row in values(yearly_gains(table(TWO_YEARS), small, "X"), *NAMES)} == {"2022"}


def test_nothing_held_has_no_steps():
    assert yearly_gains(table(TWO_YEARS).head(0), catalogue(), "X").empty
