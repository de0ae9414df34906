"""What a total is made of: only where a proven formula gives the published total."""

import pytest

from indices.analysis import Makeup, Refusal, edition_field, makeup
from indices.catalogue import ComponentSpec, MethodSpec, ScaleSpec, WeightSpec, formulas, is_whole
from tests.unit.conftest import edition, figures, small_catalogue

TABLE = """
edition province component score
2020    A        overall   80
2020    A        land      9
2020    A        law       7
2020    B        overall   70.02
2020    B        land      8
2020    B        law       6
2020    C        overall   75.5
2020    C        land      9
2020    C        law       6
2020    D        overall   60
2020    D        land      6
2020    E        land      5
2020    E        law       5
"""
PARTS = tuple(
    ComponentSpec("X", code, "overall", "main", None, None, code, code, scale, "")
    for code, scale in (("land", 10), ("law", None))
)


def small(formula: str = "weighted_mean_x10", evidence: str = "exact", **more):
    return small_catalogue(
        [edition("2020")],
        **{
            "components": PARTS,
            "methods": (MethodSpec("X", 2019, None, formula, 100, evidence, ""),),
            "weights": (WeightSpec("X", "land", 2019, None, 50), WeightSpec("X", "law", 2019, None, 50)),
            **more,
        },
    )


def of(province: str, **more):
    catalogue = small(**more)
    return makeup(edition_field(figures(TABLE), catalogue, "X", "2020"), catalogue, province)


def test_total_is_the_weighted_sum_of_its_parts():
    made = of("A")
    assert isinstance(made, Makeup)
    # 80 = 5 × 9 + 5 × 7
    assert dict(made.formula.factors) == {"land": 5.0, "law": 5.0}
    assert (made.total, dict(made.parts), made.residual) == (80, {"land": 9, "law": 7}, 0)
    assert made.worth("land", 0.5) == 2.5
    # law's scale is not known.
    assert dict(made.scale_max) == {"land": 10}


@pytest.mark.parametrize(
    ("province", "evidence", "code"),
    [
        # 70.02 against 70: within what rounding of total and parts may do (0.005 × 11 + 0.001).
        ("B", "exact", None),
        ("C", "exact", "not_reproduced"),  # 5 × 9 + 5 × 6 = 75
        ("D", "exact", "no_parts"),
        ("E", "exact", "no_total"),
        ("A", "none", "no_formula"),
        ("A", "approximate", "no_formula"),
    ],
)
def test_refusals(province, evidence, code):
    made = of(province, evidence=evidence)
    assert (made.code if isinstance(made, Refusal) else None) == code


def test_a_total_that_is_not_reproduced_says_by_how_much():
    wrong = small()
    table = figures(TABLE.replace("C        overall   75.5", "C        overall   76.5"))
    made = makeup(edition_field(table, wrong, "X", "2020"), wrong, "C")
    assert made.slots == {"index": "X", "edition": "2020", "points": 1.5}


def test_formulas_by_method():
    assert [dict(f.factors) for f in formulas(small("sum"), "X", 2020)] == [{"land": 1.0, "law": 1.0}]
    assert [dict(f.factors) for f in formulas(small("mean"), "X", 2020)] == [{"land": 0.5, "law": 0.5}]
    assert [dict(f.factors) for f in formulas(small("weighted_mean"), "X", 2020)] == [
        {"land": 0.5, "law": 0.5}
    ]
    assert formulas(small("unknown"), "X", 2020) == ()
    # Half of the weights is not there: no formula.
    assert formulas(small(weights=(WeightSpec("X", "land", 2019, None, 50),)), "X", 2020) == ()


def test_parts_that_are_added_up_are_all_the_parts_when_their_scales_say_so():
    catalogue = small("sum", scales=(ScaleSpec("X", "law", 2020, 2020, 90),))
    (formula,) = formulas(catalogue, "X", 2020)
    assert is_whole(catalogue, "X", 2020, formula) is True
    (formula,) = formulas(small("sum", scales=(ScaleSpec("X", "law", 2020, 2020, 50),)), "X", 2020)
    assert (
        is_whole(small("sum", scales=(ScaleSpec("X", "law", 2020, 2020, 50),)), "X", 2020, formula) is False
    )
    (formula,) = formulas(small("sum"), "X", 2020)
    assert is_whole(small("sum"), "X", 2020, formula) is None
