"""Whom to compare with, and the difference to the focal province."""

import pytest

from indices.analysis import differences, peer_group, places, ranking
from indices.analysis.peers import PEER_GROUPS, peers
from indices.analysis.refusal import Refusal
from indices.catalogue import ComponentSpec
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


@pytest.mark.parametrize(
    ("group", "focal", "expected"),
    [
        (
            "neighbours",
            "E",
            [("B", 2, 3.0), ("C", 3, 2.0), ("D", 4, 1.0), ("F", 6, -1.0), ("G", 7, -2.0), ("H", 8, -3.0)],
        ),
        ("top", "B", [("A", 1, 1.0), ("C", 3, -1.0)]),
        ("region", "E", [("B", 2, 3.0), ("H", 8, -3.0), ("K", None, None)]),
    ],
)
def test_peers_as_an_answer_table(group, focal, expected):
    found = peers(figures(NINE), CATALOGUE, "X", "2020", focal, 3, group)
    assert values(found, "province", "place", "points_ahead") == expected
    assert found["distance"].isna().all()
    # The same provinces as the group that the comparison page draws.
    assert tuple(found["province"]) == peer_group(group, RANKED, CATALOGUE, focal, 3)


def test_peers_say_whether_a_place_is_ours():
    bare = NINE.replace("2020 A 99 1", "2020 A 99 -")
    found = peers(figures(bare), CATALOGUE, "X", "2020", "B", 3, "top")
    assert values(found, "province", "place", "computed", "n_ranked") == [
        ("A", 1, True, 9),
        ("C", 3, False, 9),
    ]


def test_peers_in_profile_come_with_their_distance():
    parts = (ComponentSpec("X", "land", "overall", "main", None, None, "", "", 10, ""),)
    few = small_catalogue([edition("2020", n_ranked=3)], components=parts, provinces=PROVINCES)
    text = "edition province component score\n" + "\n".join(
        f"2020 {name} overall {score}\n2020 {name} land {score}"
        for name, score in zip("ABC", (9, 5, 4), strict=True)
    )
    found = peers(figures(text), few, "X", "2020", "B", 1, "profile")
    assert list(found["province"]) == ["C", "A"]
    # Scores 9, 5, 4: mean 6, variance 14 / 3.
    assert list(found["distance"]) == pytest.approx([1 / (14 / 3) ** 0.5, 4 / (14 / 3) ** 0.5])
    assert values(found, "place", "points_ahead") == [(3, -1.0), (1, 4.0)]


@pytest.mark.parametrize(
    ("group", "focal", "text", "code"),
    [
        ("neighbours", "K", NINE, "no_place"),
        ("profile", "A", NINE, "parts_of_none"),
        ("top", "A", "edition province score\n2020 A 5", "no_places"),
        ("region", "A", "edition province score\n2021 A 5", "no_edition"),
    ],
)
def test_peers_refused(group, focal, text, code):
    found = peers(figures(text), CATALOGUE, "X", "2020", focal, 3, group)
    assert isinstance(found, Refusal) and found.code == code


def test_peers_of_the_merged_provinces_and_of_an_unknown_group():
    merged = small_catalogue([edition("2020", frame=34)], provinces=PROVINCES)
    for group in PEER_GROUPS:
        assert peers(figures(NINE), merged, "X", "2020", "A", 3, group) == Refusal(
            "other_frame", {"edition": 2020, "n": 34}
        )
    with pytest.raises(ValueError, match="friends"):
        peers(figures(NINE), CATALOGUE, "X", "2020", "A", 3, "friends")
