"""Whom to learn from: who stood where we stand and is within the target today."""

from dataclasses import replace

import pandas as pd
import pytest

from indices.analysis import learn_from as module
from indices.analysis.learn_from import LearnFrom, learn_from
from indices.analysis.refusal import Refusal
from indices.catalogue import BreakSpec, ComponentSpec, MethodSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

# Scores of land, law, roads; the total is their sum. We are D: 4th of five in 2021, weakest in law.
# A fell from 1st to 2nd, B rose from 4th (2019) over 3rd (2020) to 1st, C fell to 3rd, E stayed last.
PARTS = {
    "2019": {"A": (9, 9, 9), "B": (4, 3, 5), "C": (8, 8, 8), "D": (7, 3, 7), "E": (1, 1, 1)},
    "2020": {"A": (9, 9, 9), "B": (6, 5, 6), "C": (8, 8, 8), "D": (5, 3, 5), "E": (1, 1, 1)},
    "2021": {"A": (9, 8, 8), "B": (9, 9, 9), "C": (7, 7, 7), "D": (6, 3, 6), "E": (1, 3, 1)},
}
NAMES = ("land", "law", "roads")


def text(parts: dict = PARTS, part_rows: bool = True) -> str:
    lines = ["edition province component score"]
    for name, provinces in parts.items():
        for who, scores in provinces.items():
            lines.append(f"{name} {who} overall {sum(scores)}")
            lines += [f"{name} {who} {code} {v}" for code, v in zip(NAMES, scores, strict=True) if part_rows]
    return "\n".join(lines)


def catalogue(breaks: tuple[BreakSpec, ...] = (), editions=("2019", "2020", "2021"), **more):
    parts = tuple(ComponentSpec("X", c, "overall", "main", None, None, c, c, 10, "") for c in NAMES)
    given = {"components": parts, "methods": (MethodSpec("X", 2010, None, "sum", 30, "exact", ""),), **more}
    return replace(small_catalogue([edition(name) for name in editions], **given), breaks=breaks)


def of(province: str = "D", target: int = 1, table: str | None = None, **more) -> LearnFrom:
    found = learn_from(figures(table or text()), catalogue(**more), "X", "2021", province, target)
    assert isinstance(found, LearnFrom)
    return found


def test_the_one_that_went_the_way():
    found = of()
    # B stood 4th as we do in 2019, although it was near in 2020 as well.
    columns = ("province", "edition_then", "years", "place_then", "place_now", "places_gained")
    assert values(found.provinces, *columns) == [("B", "2019", 2, 4, 1, 3)]
    assert (found.place, found.n_ranked, found.n_candidates, found.n_known) == (4, 5, 1, 4)
    assert (found.weak, found.editions) == (("law",), ("2019", "2020"))
    assert values(found.provinces, "score_then", "score_now") == [(12.0, 27.0)]


def test_in_which_parts_it_improved():
    found = of()
    assert values(found.gains, "province", "component", "weak", "gain", "worth") == [
        ("B", "law", True, 6.0, 6.0),
        ("B", "land", False, 5.0, 5.0),
        ("B", "roads", False, 4.0, 4.0),
    ]
    assert values(found.provinces, "weak_gain", "n_weak", "most_improved", "most_gain") == [
        (6.0, 1, "law", 6.0)
    ]


def test_who_came_down_from_the_top_is_no_example():
    # A and C stood within five places of ours and are within the target of 3, but stand lower than then.
    assert values(of(target=3).provinces, "province") == [("B",)]
    assert values(of("C", target=3).provinces, "province") == [("B",)]


def test_within_the_target_only_those_above_us():
    assert values(of("A", target=3).provinces, "province") == [("B",)]
    assert of("B", target=3).n_candidates == 0


def test_nobody_is_an_answer():
    found = of("B")
    assert (found.n_candidates, found.n_known, len(found.gains)) == (0, 4, 0)


@pytest.mark.parametrize(("near", "expected"), [(1, ["2019"]), (0, ["2019"])])
def test_how_near_counts(near, expected, monkeypatch):
    monkeypatch.setattr(module, "NEAR", near)
    assert list(of().provinces["edition_then"]) == expected


def test_not_near_enough(monkeypatch):
    monkeypatch.setattr(module, "NEAR", 0)
    # B never stood 3rd with us in 3rd place … except in 2020.
    assert list(of("C").provinces["edition_then"]) == ["2020"]
    assert of("E").n_candidates == 0


def test_at_most_five_years_back():
    old = {"2015": PARTS["2019"], "2016": PARTS["2021"], "2021": PARTS["2021"]}
    found = of(table=text(old), editions=tuple(old))
    assert found.editions == ("2016",)
    assert found.n_candidates == 0


def test_a_break_of_the_index_hides_the_editions_before():
    assert of(breaks=(BreakSpec("X", 2020, "overall", "", "", ""),)).editions == ("2020",)
    cut = catalogue(breaks=(BreakSpec("X", 2021, "overall", "", "", ""),))
    expected = Refusal("no_earlier", {"index": "X", "edition": "2021"})
    assert learn_from(figures(text()), cut, "X", "2021", "D", 1) == expected


def test_a_break_of_a_part_leaves_it_out():
    found = of(breaks=(BreakSpec("X", 2021, "law", "", "", ""),))
    assert list(found.gains["component"]) == ["land", "roads"]
    assert values(found.provinces, "weak_gain", "n_weak", "most_improved") == [(None, 0, "land")]


def test_without_parts_there_are_places_only():
    found = of(table=text(part_rows=False))
    assert found.weak == ()
    columns = ("province", "places_gained", "weak_gain", "n_weak", "most_improved")
    assert values(found.provinces, *columns) == [("B", 3, None, 0, None)]


def test_most_improvement_in_our_weak_parts_comes_first():
    # Both climb over us from 4th and 5th place; F gains more places, B more in law, our weak part.
    then = {"A": (9, 9, 9), "C": (8, 8, 8), "D": (7, 3, 7), "B": (6, 3, 6), "F": (4, 5, 5)}
    now = {"A": (5, 4, 5), "C": (5, 4, 4), "D": (6, 2, 6), "B": (8, 6, 8), "F": (9, 6, 9)}
    found = of(target=2, table=text({"2020": then, "2021": now}))
    assert found.weak == ("law",)
    assert values(found.provinces, "province", "weak_gain", "places_gained") == [("B", 3.0, 2), ("F", 1.0, 4)]
    second = {
        who: (now[who][1] - then[who][1], sum(now[who]) > sum(now["D"])) for who in ("B", "F", "A", "C")
    }
    assert [who for who, (_, above) in sorted(second.items(), key=lambda x: -x[1][0]) if above] == ["B", "F"]


@pytest.mark.parametrize(
    ("province", "name", "refusal"),
    [
        ("D", "1999", Refusal("no_edition", {"index": "X", "edition": "1999"})),
        ("Z", "2021", Refusal("no_place", {"index": "X", "edition": "2021"})),
        ("D", "2019", Refusal("no_earlier", {"index": "X", "edition": "2019"})),
    ],
)
def test_refusals(province, name, refusal):
    assert learn_from(figures(text()), catalogue(), "X", name, province, 1) == refusal


def test_the_merged_provinces_are_another_field():
    merged = small_catalogue([edition("2025", frame=34)])
    found = learn_from(figures("edition province score\n2025 D 5"), merged, "X", "2025", "D", 1)
    assert found == Refusal("other_frame", {"edition": 2025, "n": 34})


def test_figures_are_left_as_they_were():
    before = figures(text())
    given = before.copy()
    learn_from(given, catalogue(), "X", "2021", "D", 1)
    pd.testing.assert_frame_equal(given, before)
