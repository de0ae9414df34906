"""Why a score changed: three parts whose weights a reader can check by head."""

from dataclasses import replace

import pytest

from indices.analysis.refusal import Refusal
from indices.analysis.score_change import RESIDUAL, ScoreChange, score_change
from indices.catalogue import BreakSpec, ComponentSpec, MethodSpec, ScaleSpec, WeightSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

# Total = (0.5 land + 0.3 law + 0.2 safety) × 10.
TABLE = """
edition province component score
2020    A        overall   60
2020    A        land      6
2020    A        law       5
2020    A        safety    7.5
2021    A        overall   63.01
2021    A        land      7
2021    A        law       4
2021    A        safety    8
"""
PARTS = tuple(
    ComponentSpec("X", code, "overall", "main", None, None, code, code, 10, "")
    for code in ("land", "law", "safety")
)


def weights(first, last, *percents):
    return tuple(
        WeightSpec("X", part.component, first, last, percent)
        for part, percent in zip(PARTS, percents, strict=True)
    )


def method(first, last, formula="weighted_mean_x10", evidence="exact"):
    return MethodSpec("X", first, last, formula, 100, evidence, "")


def of(table=TABLE, editions=("2020", "2021"), **more):
    given = {
        "components": PARTS,
        "weights": weights(2019, None, 50, 30, 20),
        "methods": (method(2019, None),),
    }
    breaks = more.pop("breaks", ())
    catalogue = small_catalogue([edition(name) for name in editions], **{**given, **more})
    catalogue = replace(catalogue, breaks=breaks)
    return score_change(figures(table), catalogue, "X", "2021", "A")


def test_each_part_adds_its_weight_times_its_change():
    answer = of()
    assert isinstance(answer, ScoreChange)
    assert (answer.before, answer.after, answer.comparable) == (60, 63.01, True)
    rows = values(answer.parts, "component", "before", "after", "change", "points")
    assert rows[:3] == [
        ("land", 6, 7, 1, 5),
        ("law", 5, 4, -1, pytest.approx(-3)),
        ("safety", 7.5, 8, 0.5, pytest.approx(1)),
    ]
    # 60 = 30 + 15 + 15; 63.01 = 35 + 12 + 16 + 0.01 of rounding.
    assert rows[3] == (RESIDUAL, None, None, None, pytest.approx(0.01))
    assert answer.parts["points"].sum() == pytest.approx(answer.change)


def test_the_same_by_taking_one_part_after_the_other():
    answer = of()
    now, total = {"land": 6.0, "law": 5.0, "safety": 7.5}, 60.0
    for part, after in {"land": 7.0, "law": 4.0, "safety": 8.0}.items():
        now[part] = after
        moved = (0.5 * now["land"] + 0.3 * now["law"] + 0.2 * now["safety"]) * 10
        row = answer.parts[answer.parts["component"] == part].iloc[0]
        assert row["points"] == pytest.approx(moved - total)
        total = moved


def test_other_weights_point_to_reweighting():
    answer = of(weights=weights(2019, 2020, 50, 30, 20) + weights(2021, None, 40, 30, 30))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.slots["year"]) == ("why_other_weights", 2021)


def test_another_formula_names_the_break():
    later = ComponentSpec("X", "new", "overall", "main", 2021, None, "new", "new", 10, "")
    answer = of(
        components=(*PARTS, later),
        methods=(method(2019, None, "sum"),),
        breaks=(BreakSpec("X", 2021, "overall", "", "", ""),),
    )
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.slots["year"]) == ("why_other_formula", 2021)


def test_a_break_with_the_same_formula_is_told_but_not_comparable():
    answer = of(breaks=(BreakSpec("X", 2021, "overall", "", "", ""),))
    assert isinstance(answer, ScoreChange) and (answer.comparable, answer.breaks) == (False, (2021,))


def test_a_part_measured_anew_or_on_another_scale_is_marked():
    answer = of(
        breaks=(BreakSpec("X", 2021, "law", "", "", ""),),
        scales=(ScaleSpec("X", "safety", 2020, 2020, 8), ScaleSpec("X", "safety", 2021, 2021, 10)),
    )
    assert isinstance(answer, ScoreChange) and answer.comparable
    assert values(answer.parts, "component", "alike", "scale_before") == [
        ("land", True, 10),
        ("law", False, 10),
        ("safety", False, 8),
        (RESIDUAL, True, None),
    ]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (TABLE.replace("2021    A        law       4\n", ""), "no_parts"),
        (TABLE.replace("63.01", "66"), "not_reproduced"),
        (TABLE.replace("2020    A        overall   60\n", ""), "why_no_earlier"),
        (TABLE.replace("2021    A        overall   63.01\n", ""), "no_total"),
    ],
)
def test_what_cannot_be_split(table, code):
    answer = of(table)
    assert isinstance(answer, Refusal) and answer.code == code


def test_without_a_proven_formula_there_is_none():
    answer = of(methods=(method(2019, None, evidence="approximate"),))
    assert isinstance(answer, Refusal) and answer.code == "no_formula"
