"""Strengths and weaknesses by part, checked by head on five provinces and recomputed a second way."""

from dataclasses import replace
from statistics import mean, median

import pytest

from indices.analysis.part_standing import verdict
from indices.analysis.parts_held import parts_held
from indices.analysis.refusal import Refusal
from indices.analysis.strengths import Strengths, strengths
from indices.catalogue import BreakSpec, ComponentSpec, MethodSpec, ScaleSpec, WeightSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

# A to E by total 1 to 5; scores of a part in the order A B C D E. Weights: land 50, law 30, roads 20 percent.
SCORES = {
    "2021": {"land": (9, 8, 7, 6, 5), "law": (5, 9, 6, 7, 8), "roads": (9, 7, 7, 4, 3)},
    "2020": {"land": (9, 8, 5, 6, 7), "law": (5, 9, 8, 7, 6), "roads": (9, 8, 7, 4, 3)},
    "2019": {"land": (9, 8, 7, 6, 5), "law": (5, 9, 6, 7, 8), "roads": (9, 8, 7, 4, 3)},
}
WEIGHTS = {"land": 50, "law": 30, "roads": 20}


def total(name: str, at: int) -> float:
    return sum(scores[at] * WEIGHTS[part] / 10 for part, scores in SCORES[name].items())


def table(*, without: tuple[str, str, str] = ("", "", "")) -> str:
    lines = ["edition province component score"]
    for name, parts in SCORES.items():
        lines += [f"{name} {who} overall {total(name, at)}" for at, who in enumerate("ABCDE")]
        for part, scores in parts.items():
            lines += [
                f"{name} {who} {part} {scores[at]}"
                for at, who in enumerate("ABCDE")
                if (name, who, part) != without
            ]
    return "\n".join(lines)


def part(code: str, parent: str = "overall", split: str = "main") -> ComponentSpec:
    return ComponentSpec("X", code, parent, split, None, None, f"Tên {code}", f"Name {code}", 10, "")


def catalogue(breaks: tuple[BreakSpec, ...] = (), **more):
    given = {
        "components": (part("land"), part("law"), part("roads"), part("law_text", "law")),
        "weights": tuple(WeightSpec("X", code, 2019, None, weight) for code, weight in WEIGHTS.items()),
        "methods": (MethodSpec("X", 2019, None, "weighted_mean_x10", 100, "exact", ""),),
    }
    made = small_catalogue([edition(name) for name in ("2018", "2019", "2020", "2021")], **{**given, **more})
    return replace(made, breaks=breaks)


def of(province: str, name: str = "2021", target: int = 2, text: str | None = None, **more) -> Strengths:
    found = strengths(figures(text or table()), catalogue(**more), "X", name, province, target)
    assert isinstance(found, Strengths)
    return found


def test_places_distances_and_verdicts_of_the_third():
    found = of("C")
    # Totals: A 78, B 81, C 67: the top 2 are A and B, whose means are 8.5, 7 and 8.
    assert values(found.parts, "component", "score", "place", "verdict", "top_mean", "to_top_mean") == [
        ("roads", 7.0, 2, "strength", 8.0, 1.0),
        ("land", 7.0, 3, "middle", 8.5, 1.5),
        ("law", 6.0, 4, "weakness", 7.0, 1.0),
    ]
    assert values(found.parts, "median", "best", "best_province", "to_median", "to_best", "n_provinces") == [
        (7.0, 9.0, "A", 0.0, 2.0, 5),
        (7.0, 9.0, "A", 0.0, 2.0, 5),
        (7.0, 9.0, "B", 1.0, 3.0, 5),
    ]
    assert (found.ranked, found.n_top, found.n_ranked, found.missing) == (True, 2, 5, ())
    assert (found.strongest, found.weakest) == (("roads",), ("law",))


def test_what_the_distances_are_worth_in_the_total():
    # 1 point of land is worth 50 / 100 × 10 = 5 points of the total, of law 3, of roads 2.
    assert values(of("C").parts, "factor", "weight", "worth_top_mean", "headroom", "worth_headroom") == [
        (2.0, 20.0, 2.0, 3.0, 6.0),
        (5.0, 50.0, 7.5, 3.0, 15.0),
        (3.0, 30.0, 3.0, 4.0, 12.0),
    ]
    # Together: what the mean of the totals of A and B is above C's.
    worth = sum(of("C").parts["worth_top_mean"])
    assert worth == pytest.approx((total("2021", 0) + total("2021", 1)) / 2 - total("2021", 2))


def test_movement_over_the_editions_before():
    found = of("C")
    assert values(found.parts, "component", "since", "place_before", "change", "change_score") == [
        ("roads", "2019", 3, 1, 0.0),
        ("land", "2019", 3, 0, 0.0),
        ("law", "2019", 4, 0, 0.0),
    ]
    law = found.movement[found.movement["component"] == "law"]
    assert values(law, "edition", "score", "place", "n_provinces") == [
        ("2019", 6.0, 4, 5),
        ("2020", 8.0, 2, 5),
        ("2021", 6.0, 4, 5),
    ]


def test_a_break_of_the_index_and_of_a_part_cut_the_movement():
    cut = (BreakSpec("X", 2020, "overall", "", "", ""), BreakSpec("X", 2021, "law", "", "", ""))
    assert values(of("C", breaks=cut).parts, "component", "since", "change") == [
        ("roads", "2020", 1),
        ("land", "2020", 2),
        ("law", None, None),
    ]


def test_another_scale_cuts_the_movement_of_the_part():
    scales = (ScaleSpec("X", "roads", 2019, 2020, 9),)
    assert values(of("C", scales=scales).parts, "component", "since") == [
        ("roads", None),
        ("land", "2019"),
        ("law", "2019"),
    ]


def test_only_three_editions_back():
    scores = {str(2015 + at): SCORES["2021"] for at in range(7)}
    text = "edition province component score\n" + "\n".join(
        f"{name} {who} {part} {points[at]}"
        for name, parts in scores.items()
        for part, points in parts.items()
        for at, who in enumerate("ABCDE")
    )
    made = small_catalogue([edition(name) for name in scores], components=(part("land"), part("law")))
    found = strengths(figures(text), made, "X", "2021", "C", 2)
    assert set(found.parts["since"]) == {"2018"}


def test_a_part_that_one_province_lacks_has_no_place():
    found = of("C", text=table(without=("2021", "E", "law")))
    assert values(found.parts, "component", "place", "verdict", "top_mean", "to_best", "share") == [
        ("roads", 2, "strength", 8.0, 2.0, 0.7),
        ("land", 3, "middle", 8.5, 2.0, 0.7),
        ("law", None, None, None, None, 0.6),
    ]
    assert (found.strongest, found.weakest) == (("roads",), ("land",))


def test_our_own_missing_part_is_named():
    found = of("C", text=table(without=("2021", "C", "law")))
    assert values(found.parts, "component") == [("roads",), ("land",)]
    assert found.missing == ("law",)


def test_a_partial_edition_has_scores_and_head_room_only():
    lines = "edition province component score\n2021 C land 7\n2021 C law 6\n2021 C roads 9\n2021 B land 8"
    found = of("C", text=lines)
    assert not found.ranked and found.n_top == 0
    assert values(found.parts, "component", "place", "share", "headroom", "worth_headroom") == [
        ("roads", None, 0.9, 1.0, 2.0),
        ("land", None, 0.7, 3.0, 15.0),
        ("law", None, 0.6, 4.0, 12.0),
    ]
    assert (found.strongest, found.weakest) == (("roads",), ("law",))


def test_without_a_formula_nothing_is_worth_anything():
    found = of("C", methods=())
    assert found.parts["worth_top_mean"].isna().all() and found.parts["factor"].isna().all()
    assert found.parts["to_top_mean"].notna().all()


def test_a_target_beyond_the_field_has_no_mean():
    found = of("C", target=6)
    assert found.parts["top_mean"].isna().all()
    assert found.n_top == 0


def test_parts_of_a_part():
    text = "edition province component score\n2021 C overall 60\n2021 C law 6\n2021 C law_text 6"
    found = strengths(figures(text), catalogue(), "X", "2021", "C", 2, "law")
    assert (found.parent, values(found.parts, "component", "score")) == ("law", [("law_text", 6.0)])
    assert (found.strongest, found.weakest) == ((), ())


def test_parts_of_a_part_are_worth_both_steps():
    sums = (MethodSpec("X", 2019, None, "sum", 30, "exact", ""),)
    text = "edition province component score\n2021 C overall 60\n2021 C law 6\n2021 C law_text 6"
    found = strengths(figures(text), catalogue(methods=sums), "X", "2021", "C", 2, "law")
    assert values(found.parts, "factor", "worth_headroom") == [(1.0, 4.0)]


def test_of_two_ways_of_dividing_the_one_that_ranks():
    text = table() + "\n2021 C pillar_one 3\n2021 C pillar_two 4"
    both = (part("pillar_one", split="pillars"), part("pillar_two", split="pillars"))
    components = (*both, part("land"), part("law"), part("roads"))
    found = of("C", text=text, components=components)
    assert (found.split, found.splits) == ("main", ("pillars", "main"))
    other = strengths(figures(text), catalogue(components=components), "X", "2021", "C", 2, split="pillars")
    assert values(other.parts, "component", "place") == [("pillar_two", None), ("pillar_one", None)]


@pytest.mark.parametrize(
    ("name", "text", "refusal"),
    [
        ("1999", None, Refusal("no_edition", {"index": "X", "edition": "1999"})),
        ("2018", None, Refusal("no_edition", {"index": "X", "edition": "2018"})),
        (
            "2021",
            "edition province component score\n2021 C overall 7",
            Refusal("no_parts_published", {"index": "X", "edition": "2021"}),
        ),
        (
            "2021",
            "edition province component score\n2021 B land 7\n2021 A law 7\n2021 A land 7",
            Refusal("no_own_parts", {"index": "X", "edition": "2021", "held": 2, "n": 5}),
        ),
    ],
)
def test_refusals(name, text, refusal):
    assert strengths(figures(text or table()), catalogue(), "X", name, "C", 2) == refusal


def test_the_merged_provinces_are_another_field():
    merged = small_catalogue([edition("2025", frame=34)], components=(part("land"),))
    text = "edition province component score\n2025 C land 7"
    assert strengths(figures(text), merged, "X", "2025", "C", 2) == Refusal(
        "other_frame", {"edition": 2025, "n": 34}
    )


@pytest.mark.parametrize("province", "ABCDE")
@pytest.mark.parametrize("target", [1, 2, 3])
def test_the_same_a_second_way(province, target):
    at = "ABCDE".index(province)
    order = sorted(range(5), key=lambda who: -total("2021", who))[:target]
    for row in of(province, target=target).parts.to_dict("records"):
        scores = SCORES["2021"][row["component"]]
        assert row["place"] == sorted(scores, reverse=True).index(scores[at]) + 1
        assert row["top_mean"] == pytest.approx(mean(scores[who] for who in order))
        assert row["to_median"] == pytest.approx(median(scores) - scores[at])
        assert row["to_best"] == max(scores) - scores[at]
        assert row["worth_top_mean"] == pytest.approx(WEIGHTS[row["component"]] / 10 * row["to_top_mean"])


@pytest.mark.parametrize(
    ("place", "n", "target", "expected"),
    [
        (15, 63, 15, "strength"),
        (16, 63, 15, "middle"),
        (42, 63, 15, "middle"),
        (43, 63, 15, "weakness"),
        (40, 61, 15, "middle"),
        (41, 61, 15, "weakness"),
        (50, 63, 55, "strength"),
    ],
)
def test_verdicts(place, n, target, expected):
    assert verdict(place, n, target) == expected


def test_figures_are_left_as_they_were():
    before = figures(table())
    given = before.copy()
    strengths(given, catalogue(), "X", "2021", "C", 2)
    assert given.equals(before)


def test_which_editions_hold_parts():
    text = table(without=("2021", "E", "law")) + "\n2018 B land 5"
    held = parts_held(figures(text), catalogue(), "X", "C")
    assert values(held, "edition", "n_parts", "n_own", "n_whole", "n_provinces", "n_ranked") == [
        ("2021", 3, 3, 2, 5, 5),
        ("2020", 3, 3, 3, 5, 5),
        ("2019", 3, 3, 3, 5, 5),
        ("2018", 3, 0, 0, 1, 5),
    ]
    assert parts_held(figures(text), catalogue(), "X", "C", "law").empty
