"""Whom to compare with, and the difference to the focal province."""

import pytest

from indices.analysis import differences, peer_group, places, ranking
from indices.provinces import Provinces
from indices.provinces.frames import ProvinceSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

NINE = "edition province score rank\n" + "\n".join(
    f"2020 {name} {100 - rank} {rank}" for rank, name in enumerate("ABCDEFGHI", start=1)
)


def province(name: str, region: str) -> ProvinceSpec:
    return ProvinceSpec(name, name, name.lower(), "01", "", region, region, 63, "A", (), ())


# K has no figures in NINE.
PROVINCES = Provinces(
    [province(name, "north" if name in "BEHK" else "south") for name in "ABCDEFGHIK"], [], []
)
CATALOGUE = small_catalogue([edition("2020", n_ranked=9)], provinces=PROVINCES)
PLACED = places(figures(NINE), CATALOGUE, "X")
RANKED = ranking(PLACED, "2020")


@pytest.mark.parametrize(
    ("group", "focal", "target", "expected"),
    [
        ("neighbours", "E", 3, "BCDFGH"),
        ("neighbours", "A", 3, "BCD"),
        ("neighbours", "I", 3, "FGH"),
        ("neighbours", "K", 3, ""),
        ("top", "E", 3, "ABC"),
        ("top", "B", 3, "AC"),
        ("region", "E", 3, "BHK"),
        ("region", "K", 3, "BEH"),
    ],
)
def test_groups(group, focal, target, expected):
    assert peer_group(group, RANKED, CATALOGUE, focal, target) == tuple(expected)


def test_ties_at_the_target_belong_to_the_top():
    tied = ranking(places(figures(NINE.replace("96 4", "96 3")), CATALOGUE, "X"), "2020")
    assert peer_group("top", tied, CATALOGUE, "I", 3) == tuple("ABCD")


def test_unknown_group():
    with pytest.raises(ValueError, match="friends"):
        peer_group("friends", RANKED, CATALOGUE, "A", 3)


def test_differences_are_seen_from_the_focal_province():
    rows = differences(PLACED, "2020", "C", ("E", "A"))
    assert values(rows, "province", "place", "places_ahead", "score", "points_ahead") == [
        ("A", 1, 2, 99.0, 2.0),
        ("C", 3, 0, 97.0, 0.0),
        ("E", 5, -2, 95.0, -2.0),
    ]


def test_differences_keep_a_province_without_a_figure():
    rows = differences(PLACED, "2020", "C", ("K",))
    assert values(rows, "province", "place", "places_ahead", "points_ahead") == [
        ("C", 3, 0, 0.0),
        ("K", None, None, None),
    ]


def test_differences_of_a_focal_province_without_a_figure():
    rows = differences(PLACED, "2020", "K", ("A",))
    assert values(rows, "province", "place", "places_ahead", "points_ahead") == [
        ("A", 1, None, None),
        ("K", None, None, None),
    ]


def test_differences_name_nobody_twice():
    assert values(differences(PLACED, "2020", "C", ("C", "A", "A")), "province") == [("A",), ("C",)]
