"""The gap to a target: five provinces, two parts, one of them with parts of its own."""

from dataclasses import replace

import pandas as pd
import pytest

from indices.analysis.assigned_targets import assigned_targets
from indices.analysis.gap import Gap, gap
from indices.analysis.refusal import Refusal
from indices.catalogue import ComponentSpec, MethodSpec, ScaleSpec, TargetSpec, WeightSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

# law = law_text + law_use and overall = land + law. By score: A 26, B 24, C 22, D 20, E 17.
TABLE = """
edition province component score
2020    A        overall   26
2020    B        overall   24
2020    C        overall   22
2020    D        overall   20
2020    E        overall   17
2020    A        land      9
2020    B        land      8
2020    C        land      9
2020    D        land      6
2020    E        land      5
2020    A        law       17
2020    B        law       16
2020    C        law       13
2020    D        law       14
2020    E        law       12
2020    A        law_text  9
2020    B        law_text  8
2020    C        law_text  6
2020    D        law_text  8
2020    E        law_text  5
2020    A        law_use   8
2020    B        law_use   8
2020    C        law_use   7
2020    D        law_use   6
2020    E        law_use   7
"""
# Only places 1, 2, 4 and 5 are known with a score, and no score of D.
PARTIAL = """
edition province component score rank
2020    A        overall   26    1
2020    B        overall   24    2
2020    C        overall   -     3
2020    D        overall   20    4
2020    E        overall   17    5
2020    D        land      6     -
"""
SCALES = {"land": 10, "law": 20, "law_text": 10, "law_use": 10, "overall": 30}


def part(code: str, parent: str = "overall") -> ComponentSpec:
    return ComponentSpec("X", code, parent, "main", None, None, code, f"{code} en", SCALES[code], "")


def catalogue(formula: str = "sum", evidence: str = "exact", targets=(), weights=(), **more):
    return small_catalogue(
        more.pop("editions", [edition("2020")]),
        components=tuple(part(code) for code in ("land", "law"))
        + tuple(part(code, "law") for code in ("law_text", "law_use")),
        scales=(ScaleSpec("X", "overall", 2019, None, more.pop("scale_max", 30)),),
        methods=(MethodSpec("X", 2019, None, formula, 30, evidence, ""),),
        targets=targets,
        weights=weights,
        **more,
    )


def of(province: str, target_rank: int = 3, table: str = TABLE, **more) -> Gap | Refusal:
    return gap(figures(table), catalogue(**more), "X", "2020", province, target_rank)


def summary(found, *names: str) -> tuple:
    return values(found.summary, *names)[0]


def test_a_province_behind_the_line():
    found = of("D")
    assert summary(found, "place", "computed", "n_ranked", "score", "scale_max", "lost") == (
        4,
        True,
        5,
        20.0,
        30.0,
        10.0,
    )
    assert summary(found, "target_province", "target_score", "places_to_go", "points_to_go", "status") == (
        "C",
        22.0,
        1,
        2.0,
        "near",
    )
    assert summary(found, "above_province", "above_place", "above_score") == ("C", 3, 22.0)
    assert summary(found, "below_province", "below_place", "below_score") == ("E", 5, 17.0)
    assert (found.line, found.around) == (None, ("A", "B", "C", "E"))


def test_parts_with_the_line_and_with_those_around_it():
    # C has 3 more in land and 1 less in law; the mean of A, B, C, E is land 7.75 and law 14.5.
    rows = of("D").parts
    assert values(rows, "component", "parent", "own", "at_line", "difference") == [
        ("land", "overall", 6.0, 9.0, 3.0),
        ("law", "overall", 14.0, 13.0, -1.0),
        ("residual", "overall", 0.0, 0.0, 0.0),
        ("law_text", "law", 8.0, 6.0, -2.0),
        ("law_use", "law", 6.0, 7.0, 1.0),
        ("residual", "law", 0.0, 0.0, 0.0),
    ]
    assert values(rows, "around_line", "difference_around")[:2] == [(7.75, 1.75), (14.5, 0.5)]
    assert values(rows, "name_vi", "name_en")[0] == ("land", "land en")


def test_a_lead_is_negative_and_ends_at_the_first_outside():
    found = of("A")
    assert summary(found, "points_to_go", "places_to_go", "status") == (-4.0, 0, "met")
    assert summary(found, "outside_province", "outside_score") == ("D", 20.0)
    assert summary(found, "above_province", "below_province") == (None, "B")
    assert found.parts["difference"].head(3).tolist() == [0.0, -4.0, 0.0]
    # Behind the line the first outside is another province than ours.
    assert summary(of("D"), "outside_province") == ("E",)


def test_the_province_at_the_line_compares_with_itself():
    found = of("C")
    assert summary(found, "target_province", "points_to_go") == ("C", 0.0)
    assert found.parts["difference"].tolist() == [0.0] * 6
    assert found.around == ("A", "B", "D", "E")
    # land (9 + 8 + 6 + 5) / 4 - 9
    assert found.parts["difference_around"].iloc[0] == -2.0


def test_points_lost_part_by_part():
    rows = of("D").lost
    assert values(rows, "component", "parent", "gained", "attainable", "lost", "best") == [
        ("land", "overall", 6.0, 10.0, 4.0, 9.0),
        ("law", "overall", 14.0, 20.0, 6.0, 17.0),
        ("residual", "overall", 0.0, 0.0, 0.0, None),
        ("law_text", "law", 8.0, 10.0, 2.0, 9.0),
        ("law_use", "law", 6.0, 10.0, 4.0, 8.0),
        ("residual", "law", 0.0, 0.0, 0.0, None),
    ]


def test_weights_turn_parts_into_points_of_the_total():
    # Total = (0.4 land + 0.6 law) x 10: D 108, the line (place 2) B 128.
    weights = (WeightSpec("X", "land", 2019, None, 40), WeightSpec("X", "law", 2019, None, 60))
    scaled = TABLE
    for province, total in {"A": 138, "B": 128, "C": 114, "D": 108, "E": 92}.items():
        old = next(line for line in TABLE.splitlines() if f" {province} " in line and "overall" in line)
        scaled = scaled.replace(old, f"2020 {province} overall {total}")
    found = of("D", 2, scaled, formula="weighted_mean_x10", weights=weights, scale_max=160)
    assert summary(found, "points_to_go", "lost") == (20.0, 52.0)
    assert values(found.parts, "component", "factor", "difference")[:2] == [
        ("land", 4.0, 8.0),
        ("law", 6.0, 12.0),
    ]
    assert values(found.lost, "component", "lost")[:2] == [("land", 16.0), ("law", 36.0)]


def test_a_partial_field_says_between_what_the_line_lies():
    found = of("D", 3, PARTIAL)
    assert summary(found, "place", "computed", "complete", "n_scores") == (4, False, False, 4)
    assert summary(found, "target_score", "points_to_go") == (None, None)
    # Below the third stands E (D is ours), above it B.
    assert summary(found, "target_low", "target_high", "places_to_go") == (17.0, 24.0, 1)
    assert (found.line.code, dict(found.line.slots)) == (
        "no_line",
        {"index": "X", "edition": "2020", "rank": 3, "held": 4, "n": 5},
    )
    assert found.parts == found.line
    # The neighbours that are directly beside, with or without a score.
    assert summary(found, "above_province", "above_score", "below_province") == ("C", None, "E")


def test_what_the_unknown_parts_lose_is_told_together():
    # Of 10 points that D lost, land has 4; law, which is not held, the other 6 of 20.
    rows = of("D", 3, PARTIAL).lost
    assert values(rows, "component", "gained", "attainable", "lost", "n_parts") == [
        ("land", 6.0, 10.0, 4.0, None),
        ("other_parts", 14.0, 20.0, 6.0, 1),
    ]


def test_without_a_score_the_place_still_stands():
    found = of("C", 2, PARTIAL)
    assert summary(found, "place", "places_to_go", "score", "target_score") == (3, 1, None, 24.0)
    assert found.line.code == "no_total"
    assert found.lost.code == "no_parts"


def test_without_a_place_the_scores_tell():
    table = PARTIAL.replace("26    1", "26    -").replace("17    5", "17    -")
    assert summary(of("A", 2, table), "place", "status", "points_to_go") == (None, "met", -2.0)
    assert summary(of("E", 2, table), "status", "points_to_go") == ("missed", 7.0)
    # The line (place 3) lies between 20 and 24: 26 is above it, 17 below.
    assert summary(of("A", 3, table), "status") == ("met",)
    assert summary(of("E", 3, table), "status") == ("missed",)


def test_ties_share_the_place_and_meet_the_target():
    tied = TABLE.replace("D        overall   20", "D        overall   22").replace(
        "D        land      6", "D        land      8"
    )
    found = of("D", 3, tied)
    assert summary(found, "place", "places_to_go", "points_to_go", "status") == (3, 0, 0.0, "met")
    assert summary(found, "above_province", "below_province") == ("B", "E")
    # Two stand third and nobody fourth, so four of five stand at most two places from it, and E.
    assert found.around == ("A", "B", "C", "E")


def test_refusals():
    assert gap(figures(TABLE), catalogue(), "X", "2019", "A", 3).code == "no_edition"
    merged = catalogue(editions=[edition("2020", 34, frame=34)])
    refused = gap(figures(TABLE), merged, "X", "2020", "A", 3)
    assert (refused.code, refused.slots["n"]) == ("merged_field", 34)
    assert of("Z").code == "no_standing"
    assert of("A", 6).line.code == "rank_not_given"
    assert of("D", evidence="none").parts.code == "no_formula"
    assert of("D", evidence="none").lost.code == "no_formula"
    wrong = TABLE.replace("D        land      6", "D        land      7")
    assert of("D", 3, wrong).parts.code == "not_reproduced"
    line = TABLE.replace("2020    C        land      9\n", "")
    assert of("D", 3, line).parts.code == "no_line_parts"
    assert summary(of("D", 3, line), "points_to_go") == (2.0,)


def test_a_neighbour_without_parts_leaves_no_mean_around():
    rows = of("D", 3, TABLE.replace("2020    E        land      5\n", "")).parts
    assert rows["difference_around"].isna().head(3).all()
    assert rows["difference"].tolist()[:2] == [3.0, -1.0]


def test_the_figures_are_left_as_they_are():
    table = figures(TABLE)
    before = table.copy(deep=True)
    gap(table, catalogue(), "X", "2020", "D", 3)
    asked("D", catalogue(), table=table)
    pd.testing.assert_frame_equal(table, before)


def target(kind: str, value: str, first: int = 2020, last: int | None = None) -> TargetSpec:
    return TargetSpec("X", first, last, kind, value, 5, f"Văn bản {value}", "2020-07-01", "s")


def asked(province: str, found, name: str = "2020", table: pd.DataFrame | None = None):
    """The catalogue has targets of the focal province only; here `province` is that one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indices.analysis.assigned_targets.FOCAL_PROVINCE", province)
        tidy = figures(TABLE) if table is None else table
        return assigned_targets(tidy, found, "X", name, province)


def assigned(province: str, *targets: TargetSpec, name: str = "2020"):
    found = catalogue(targets=targets, editions=[edition("2020"), edition("2021")])
    return asked(province, found, name)


def test_assigned_rank_and_score():
    rows = assigned("D", target("rank", "3"), target("score", "21.5"), target("rank", "5"))
    assert values(rows, "kind", "state", "distance_places", "distance_points", "document") == [
        ("rank", "missed", 1, 2.0, "Văn bản 3"),
        ("score", "missed", None, 1.5, "Văn bản 21.5"),
        ("rank", "met", -1, -3.0, "Văn bản 5"),
    ]


def test_only_targets_of_the_edition_count():
    rows = assigned("D", target("rank", "3", 2021), target("rank", "4", 2019, 2020))
    assert rows["value"].tolist() == ["4"]
    assert assigned("D").empty


def test_a_target_without_figures_is_unknown():
    rows = assigned("Z", target("rank", "3"), target("score", "21"), target("group", "highest"))
    assert rows["state"].tolist() == ["unknown"] * 3
    assert rows["distance_points"].isna().all()


@pytest.mark.parametrize(
    ("province", "group", "state", "away"),
    # Groups of 2, 1, 1, 1, as the note of the edition says.
    [
        ("A", "highest", "met", -1),
        ("B", "highest", "met", 0),
        ("C", "upper_middle", "missed", 1),
        ("D", "lower_middle", "missed", 2),
        ("E", "lowest", "missed", 3),
    ],
)
def test_groups_of_printed_sizes(province, group, state, away):
    sized = replace(edition("2020"), note="groups of 2, 1, 1, 1")
    found = catalogue(targets=(target("group", "highest"),), editions=[sized])
    rows = asked(province, found)
    assert values(rows, "group", "group_published", "n_group", "state", "distance_places") == [
        (group, False, 2, state, away)
    ]


def test_an_edge_that_no_size_decides_leaves_the_group_open():
    # A quarter of five ends after the first or the second.
    names = ("group", "n_group", "state", "distance_places")
    assert values(assigned("A", target("group", "highest")), *names) == [("highest", None, "met", None)]
    assert values(assigned("B", target("group", "highest")), *names) == [(None, None, "unknown", None)]
    assert values(assigned("D", target("group", "highest")), *names) == [(None, None, "unknown", None)]


def test_a_published_group_counts_before_the_computed_one():
    table = figures(TABLE)
    notes = table["note"].mask(
        (table["province"] == "C") & (table["component"] == "overall"), "rank: x; group: High (y)"
    )
    found = catalogue(targets=(target("group", "highest"),))
    rows = asked("C", found, table=table.assign(note=notes))
    assert values(rows, "group", "group_published", "state") == [("highest", True, "met")]


def test_assigned_targets_of_another_field_are_refused():
    assert assigned("D", target("rank", "3"), name="2022").code == "no_edition"
    elsewhere = assigned_targets(figures(TABLE), catalogue(), "X", "2020", "D")
    assert (elsewhere.code, elsewhere.slots["province"]) == ("targets_of_another", "Bắc Giang")
    merged = catalogue(editions=[edition("2020", 34, frame=34)])
    assert asked("D", merged).code == "merged_field"
