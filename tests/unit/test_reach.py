"""The least that reaches the target, on five provinces: land is worth 7.5 points of the total, law 2.5."""

from itertools import product

import pandas as pd
import pytest

from indices.analysis import Refusal
from indices.analysis.cells import answer_table
from indices.analysis.how_often import NEAREST, Often
from indices.analysis.reach import Reach, reach
from indices.analysis.scenario import scenario
from indices.analysis.yearly_gains import GAIN_DTYPES
from indices.catalogue import ScaleSpec
from tests.unit.conftest import edition, figures, values
from tests.unit.five_provinces import TABLE, catalogue, part, table


def panel(gains=None, start: float = 5.0, totals=None) -> pd.DataFrame:
    """Steps of both parts with the given gains (0.0, 0.1 … 2.0), and of the total from places 2 to 6."""
    found = [tenth / 10 for tenth in range(NEAREST)] if gains is None else gains
    shared = {"since": "2019", "edition": "2020", "province": "A"}
    rows = [
        shared | {"component": code, "scale_max": 10.0, "start": start, "gain": gain}
        for code in ("land", "law")
        for gain in found
    ]
    rows += [
        shared
        | {"component": "overall", "scale_max": 100.0, "start": 50.0, "gain": gain, "place": 2 + at % 5}
        for at, gain in enumerate([float(n) for n in range(24)] if totals is None else totals)
    ]
    return answer_table(rows, GAIN_DTYPES)


def of(province: str = "D", target_rank: int = 3, gains=None, text: str = TABLE, **more):
    held = panel() if gains is None else gains
    return reach(table(text), catalogue(**more), "X", "2021", province, target_rank, held)


def test_what_is_needed():
    found = of()
    assert isinstance(found, Reach)
    assert (found.place, found.total, found.target_score, found.needed) == (4, 55, 60, 5)
    assert (found.exact, found.met) == (True, False)
    assert found.factors == {"land": 7.5, "law": 2.5}


def test_fewest_points_raise_the_part_worth_most():
    (row,) = values(of().fewest, "component", "before", "after", "change", "worth")
    assert row == ("land", 6, pytest.approx(6 + 5 / 7.5), pytest.approx(2 / 3), pytest.approx(5))


def test_the_scale_s_end_comes_before_the_next_part():
    # E has 40 and needs 80: land 4 → 8 brings 30, law 4 → 8 the last 10.
    found = of("E", 1, scales=(ScaleSpec("X", "land", 2019, 2021, 8),))
    assert values(found.fewest, "component", "after", "worth") == [("land", 8, 30), ("law", 8, 10)]


def test_fewest_is_the_fewest_of_all_combinations():
    """Second way: every pair of scores in steps of a tenth that reaches the target."""
    found = of("E", 2)  # 70 takes 30 points
    least = min(
        (land - 40 + law - 40) / 10
        for land, law in product(range(40, 101), repeat=2)
        if 7.5 * land / 10 + 2.5 * law / 10 >= 70
    )
    assert found.fewest["change"].sum() == pytest.approx(least) == pytest.approx(4)


def test_not_even_the_scale_s_ends():
    scales = (ScaleSpec("X", "land", 2019, 2021, 5), ScaleSpec("X", "law", 2019, 2021, 5))
    refused = of("E", 1, scales=scales).fewest
    # 40 are needed; one point of each is worth 7.5 + 2.5.
    assert (refused.code, refused.slots["points"]) == ("reach_not_enough", 30)


def test_a_part_without_a_scale_is_not_raised():
    found = of(components=(part("land", None), part("law")))
    assert values(found.fewest, "component", "after") == [("law", 6)]


def test_realistic_is_the_smallest_common_quantile():
    # Gains 0.0 … 2.0: the q-quantile is 2q, worth 7.5 × 2q + 2.5 × 2q = 20q; 5 points take q = 0.25.
    found = of().realistic
    assert found.quantile == 0.25
    assert values(found.changes, "component", "after") == [("land", 6.5), ("law", 4.5)]
    # 4.9 points take 0.245, in steps of a percent the same 0.25; 5.1 take 0.26.
    assert (
        of(text=TABLE.replace("C        overall   60", "C        overall   59.9")).realistic.quantile == 0.25
    )
    assert (
        of(text=TABLE.replace("C        overall   60", "C        overall   60.1")).realistic.quantile == 0.26
    )


def test_realistic_by_the_steps_nearest_to_our_score():
    """Steps that began elsewhere and gained nothing change nothing."""
    far = panel(gains=[0.0] * NEAREST, start=9.0)
    both = pd.concat([panel(), far], ignore_index=True)
    assert of(gains=both).realistic.quantile == 0.25
    assert of(gains=panel(gains=[0.0] * NEAREST)).realistic.code == "reach_not_realistic"


def test_too_few_steps_say_nothing():
    found = of(gains=panel(gains=[1.0] * (NEAREST - 1)))
    assert (found.realistic.code, found.realistic.slots["n"]) == ("reach_few_steps", 20)
    assert of(gains=panel(totals=[1.0] * 20)).often.code == "reach_few_steps"


def test_how_often_so_much_was_gained():
    # 24 steps gained 0 … 23 points; 19 of them at least 5.
    assert of().often == Often(24, 19, "2019", "2020")
    assert of().often.share == pytest.approx(19 / 24)


def test_only_steps_from_places_like_ours_and_the_same_scale_count():
    away = panel()
    away["place"] = away["place"] + 8  # 10 to 14, ours is 4
    assert of(gains=away).often.slots["n"] == 0
    other = panel()
    other["scale_max"] = 60.0
    assert of(gains=other).often.code == "reach_few_steps"


def test_a_target_that_is_met_may_lose():
    found = of("D", 4)
    # E, the next one, has 40: down to that D still shares place 4.
    assert (found.target_score, found.needed, found.met) == (40, -15, True)
    assert found.fewest.empty
    assert (found.realistic, found.often) == (None, None)
    assert of("D", 5).target_score == 0


def test_usual_gains():
    assert values(of().usual, "component", "n", "low", "median", "high") == [
        ("land", 21, 0.5, 1.0, 1.5),
        ("law", 21, 0.5, 1.0, 1.5),
    ]


def test_the_least_changes_reach_the_target():
    for found in (of("E", 1), of("E", 2), of("D", 2), of("D", 3)):
        for changes in (found.fewest, getattr(found.realistic, "changes", None)):
            if changes is None:
                continue
            new = dict(values(changes, "component", "after"))
            after = scenario(table(), catalogue(), "X", "2021", found.province, new, found.target_rank)
            assert after.still.reached is True


def test_a_partial_field_says_what_is_sure_to_do():
    text = """
edition province component score rank
2021    A        overall   80    2
2021    C        overall   60    7
2021    D        overall   55    9
2021    D        land      6     -
2021    D        law       4     -
"""
    small = catalogue(editions=[edition("2021", 12)])
    found = reach(figures(text), small, "X", "2021", "D", 3, panel())
    # 60 is certain for place 7 only, 80 for place 2; the third place lies somewhere between.
    assert (found.target_score, found.needed, found.exact) == (80, 25, False)
    assert reach(figures(text), small, "X", "2021", "D", 7, panel()).exact is True
    refused = reach(figures(text), small, "X", "2021", "D", 1, panel())
    assert isinstance(refused, Refusal)
    assert refused.code == "reach_unknown"


def test_without_parts_there_is_no_answer():
    assert of("A").code == "no_parts"
    assert reach(table(), catalogue(), "X", "2030", "D", 3, panel()).code == "no_edition"


def test_the_panel_is_worked_out_where_it_is_not_given():
    found = reach(table(), catalogue(), "X", "2021", "D", 3)
    assert (found.realistic.code, found.often.code) == ("reach_few_steps", "reach_few_steps")
    assert found.often.slots["n"] == 5
