"""Across a change of weights: two editions under either set, by head."""

import pytest

from indices.analysis.refusal import Refusal
from indices.analysis.reweight import NEW, OLD, Reweight, reweight
from indices.catalogue import ComponentSpec, WeightSpec
from tests.unit.conftest import edition, figures, small_catalogue, values
from tests.unit.test_score_change import PARTS, method, weights

# Old weights 50, 30, 20; new ones 20, 30, 50 (times 10). Of two provinces B leads on what is new.
TABLE = """
edition province component score
2020    A        overall   60
2020    A        land      6
2020    A        law       5
2020    A        safety    7.5
2020    B        overall   58
2020    B        land      4
2020    B        law       6
2020    B        safety    10
2021    A        overall   67
2021    A        land      6
2021    A        law       5
2021    A        safety    8
"""
METHODS = (method(2019, 2020), method(2021, None))
WEIGHTS = weights(2019, 2020, 50, 30, 20) + weights(2021, None, 20, 30, 50)


def of(table=TABLE, province="A", **more):
    given = {"components": PARTS, "weights": WEIGHTS, "methods": METHODS}
    catalogue = small_catalogue([edition("2020", 2), edition("2021", 2)], **{**given, **more})
    return reweight(figures(table), catalogue, "X", "2021", province)


def test_both_editions_under_both_weights():
    answer = of()
    assert isinstance(answer, Reweight)
    # 2020 new: 12 + 15 + 37.5; 2021 old: 30 + 15 + 16; B in 2020 new: 8 + 18 + 50 = 76.
    assert values(answer.scores, "edition", "weights", "score", "computed", "place", "n_places") == [
        ("2020", OLD, 60, False, 1, 2),
        ("2020", NEW, pytest.approx(64.5), True, 2, 2),
        ("2021", OLD, pytest.approx(61), True, None, None),
        ("2021", NEW, 67, False, None, 2),
    ]


def test_real_change_and_what_is_left_for_the_method():
    answer = of()
    assert answer.published == 7
    assert values(answer.real, "weights", "points", "method") == [
        (OLD, pytest.approx(1), pytest.approx(6)),
        (NEW, pytest.approx(2.5), pytest.approx(4.5)),
    ]


def test_part_by_part():
    rows = values(of().parts, "component", "weight_old", "weight_new", "points_old", "points_new", "method")
    assert rows == [
        ("land", 50, 20, 0, 0, pytest.approx(-18)),
        ("law", 30, 30, 0, 0, 0),
        ("safety", 20, 50, pytest.approx(1), pytest.approx(2.5), pytest.approx(22.5)),
    ]
    # Old total + what the weights did + what the parts did = new total: 60 + 4.5 + 2.5.
    assert 60 + sum(row[5] for row in rows) + sum(row[4] for row in rows) == pytest.approx(67)


def test_a_part_that_only_the_later_edition_has_is_left_out_and_named():
    late = ComponentSpec("X", "late", "overall", "main", 2021, None, "late", "late", 10, "")
    # 10.8 + 13.5 + 36 + 10 = 70.3
    table = TABLE.replace("2021    A        overall   67", "2021    A        overall   70.3")
    table += "2021 A late 10\n"
    # New weights 18, 27, 45, 10: without the last they are 20, 30, 50 again.
    new = (*weights(2021, None, 18, 27, 45), WeightSpec("X", "late", 2021, None, 10))
    answer = of(table, components=(*PARTS, late), weights=weights(2019, 2020, 50, 30, 20) + new)
    assert isinstance(answer, Reweight)
    assert answer.left_out == ("late",)
    assert values(answer.scores, "weights", "score", "computed") == [
        (OLD, 60, False),
        (NEW, pytest.approx(64.5), True),
        (OLD, pytest.approx(61), True),
        (NEW, pytest.approx(67), True),
    ]
    assert values(answer.parts, "component", "left_out", "points_new")[-1] == ("late", True, None)
    heavy = (*weights(2021, None, 16, 24, 40), WeightSpec("X", "late", 2021, None, 20))
    refused = of(
        table.replace("70.3", "73.6"),
        components=(*PARTS, late),
        weights=weights(2019, 2020, 50, 30, 20) + heavy,
    )
    assert isinstance(refused, Refusal) and refused.code == "reweight_other_parts"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"weights": weights(2019, None, 50, 30, 20), "table": TABLE.replace("67", "61")}, "reweight_same"),
        ({"methods": (method(2019, None, "sum"),)}, "reweight_no_weights"),
        ({"table": TABLE.replace("2021    A        law       5\n", "")}, "no_parts"),
        ({"table": TABLE.replace("67", "70")}, "not_reproduced"),
        ({"province": "B"}, "no_total"),
    ],
)
def test_what_cannot_be_worked_out_again(given, code):
    answer = of(**given)
    assert isinstance(answer, Refusal) and answer.code == code
