"""Nearest in the profile of the parts, against the formula written out."""

from math import sqrt

import pandas as pd
import pytest

from indices.analysis.profile import Profile, profile
from indices.analysis.refusal import Refusal
from indices.catalogue import ComponentSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

# land runs from 1 to 5, law from 10 to 50: standardised both count the same.
LAND = {"A": 1, "B": 2, "C": 3, "D": 4, "E": 5}
LAW = {"A": 10, "B": 20, "C": 50, "D": 30, "E": 40}


def text(land=LAND, law=LAW) -> str:
    lines = ["edition province component score"]
    for name in LAND:
        lines.append(f"2020 {name} overall {10 * land.get(name, 0) + law.get(name, 0)}")
        lines += [f"2020 {name} {c} {s[name]}" for c, s in (("land", land), ("law", law)) if name in s]
    return "\n".join(lines)


def part(code: str, split: str = "main") -> ComponentSpec:
    return ComponentSpec("X", code, "overall", split, None, None, code, code, 100, "")


CATALOGUE = small_catalogue([edition("2020")], components=(part("land"), part("law")))


def of(province: str = "C", table: str | None = None, catalogue=CATALOGUE, **more) -> Profile:
    found = profile(figures(table or text()), catalogue, "X", "2020", province, **more)
    assert isinstance(found, Profile)
    return found


def test_distances_by_head():
    # Standard deviations √2 and √200 (of the population): a step of 1 in land is 1/√2, of 10 in law 1/√2.
    assert values(of("A").nearest, "province", "distance") == [
        ("B", pytest.approx(sqrt((1 + 1) / 2))),
        ("D", pytest.approx(sqrt((9 + 4) / 2))),
        ("C", pytest.approx(sqrt((4 + 16) / 2))),
        ("E", pytest.approx(sqrt((16 + 9) / 2))),
    ]


@pytest.mark.parametrize("province", "ABCDE")
def test_the_same_with_z_scores_written_out(province):
    wide = pd.DataFrame({"land": LAND, "law": LAW})
    z = (wide - wide.mean()) / wide.std(ddof=0)
    expected = ((z - z.loc[province]) ** 2).sum(axis=1).pow(0.5).drop(province).sort_values()
    found = of(province).nearest.set_index("province")["distance"]
    assert found.to_dict() == pytest.approx(expected.to_dict())
    assert list(found) == sorted(found)


def test_where_they_stand():
    # Totals: A 20, B 40, C 80, D 70, E 90. B and C are equally far from D.
    columns = ("province", "place", "computed", "n_ranked", "score", "points_ahead")
    assert values(of("D").nearest, *columns)[:2] == [
        ("E", 1, True, 5, 90.0, 20.0),
        ("B", 4, True, 5, 40.0, -30.0),
    ]
    assert (of("D").n_provinces, of("D").parts) == (4, ("land", "law"))


def test_as_many_as_asked_for():
    assert list(of("A", nearest=2).nearest["province"]) == ["B", "D"]


def test_a_part_in_which_all_are_equal_adds_nothing():
    same = dict.fromkeys(LAND, 7)
    assert values(of("A", text(law=same)).nearest, "province", "distance") == [
        ("B", pytest.approx(1 / sqrt(2))),
        ("C", pytest.approx(2 / sqrt(2))),
        ("D", pytest.approx(3 / sqrt(2))),
        ("E", pytest.approx(4 / sqrt(2))),
    ]


def test_the_way_of_dividing_that_the_whole_field_holds():
    both = small_catalogue([edition("2020")], components=(part("law"), part("land", "pillars")))
    few = text(law={name: score for name, score in LAW.items() if name != "E"})
    assert of("A", few, both).parts == ("land",)


@pytest.mark.parametrize(
    ("law", "province", "refusal"),
    [
        (
            {"A": 1, "B": 2},
            "A",
            Refusal("parts_of_few", {"index": "X", "edition": "2020", "held": 5, "n": 5}),
        ),
        (LAW, "Z", Refusal("no_parts", {"index": "X", "edition": "2020"})),
    ],
)
def test_refusals(law, province, refusal):
    assert profile(figures(text(law=law)), CATALOGUE, "X", "2020", province) == refusal


def test_refusals_of_the_edition():
    assert profile(figures(text()), CATALOGUE, "X", "1999", "A") == Refusal(
        "no_edition", {"index": "X", "edition": "1999"}
    )
    bare = figures("edition province score\n2020 A 5")
    assert profile(bare, CATALOGUE, "X", "2020", "A") == Refusal(
        "parts_of_none", {"index": "X", "edition": "2020"}
    )
    merged = small_catalogue([edition("2020", frame=34)], components=(part("land"),))
    assert profile(figures(text()), merged, "X", "2020", "A") == Refusal(
        "other_frame", {"edition": 2020, "n": 34}
    )
