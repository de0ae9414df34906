"""The backtest: every figure again with plain Python from the five provinces' orders."""

import math

import numpy as np
import pandas as pd
import pytest

from indices.analysis.backtest import POOLED, backtest, gain
from indices.analysis.chance_words import chance_word
from indices.analysis.transitions import transitions
from indices.catalogue import IndexSpec
from tests.unit.conftest import edition, values
from tests.unit.orders import ORDERS, catalogue_of, of_five, ranked

TARGET = 2
FIRST = 2014
"""Results of 2011, 2012 and 2013 are the three editions to learn from."""


@pytest.fixture(scope="module")
def tested():
    return backtest(ranked(ORDERS), catalogue_of(), TARGET)


def cases(tested, orders=ORDERS):
    """(year, province, place, chance, came true) of every forecast with a known result, by head."""
    found = []
    for at, province in enumerate(tested.known.province.tolist()):
        year = int(tested.known.year[at])
        if FIRST <= year <= 2021:
            place, after = orders[year].index(province) + 1, orders[year + 1].index(province) + 1
            found.append((year, province, place, float(tested.chance[at]), after <= TARGET))
    return found


def test_transitions_hold_the_year_before_and_the_year_after():
    known = transitions(ranked(ORDERS), catalogue_of())
    at = {(int(y), p): i for i, (y, p) in enumerate(zip(known.year, known.province, strict=True))}
    d = at[2013, "D"]  # 4th in 2012, 3rd in 2013, 4th in 2014
    assert (known.before[d], known.place[d], known.after[d]) == (4, 3, 4)
    assert math.isnan(known.before[at[2010, "D"]]) and math.isnan(known.after[at[2022, "D"]])
    assert known.whole[known.year < 2022].all() and not known.whole[known.year == 2022].any()
    assert len(known.year) == 65


def test_a_year_without_an_edition_is_not_bridged():
    orders = {year: order for year, order in ORDERS.items() if year != 2015}
    known = transitions(ranked(orders), catalogue_of(orders))
    assert np.isnan(known.after[known.year == 2014]).all()
    assert np.isnan(known.before[known.year == 2016]).all()


def test_a_step_across_a_new_method_and_a_partial_field_are_not_learnt_from():
    orders = ORDERS | {2012: "BAC.E"}
    known = transitions(ranked(orders), catalogue_of(orders, breaks=(2016,)))
    learnt = {int(year) for year in known.year[known.learnt_by(2022)]}
    # 2011 and 2012 touch the partial field; from 2015 to 2016 the method changes; 2021 is not known.
    assert learnt == {2010, 2013, 2014, 2016, 2017, 2018, 2019, 2020}


def test_pilots_and_the_merged_field_are_another_field():
    editions = [of_five("X", 2010), edition("2011", n_ranked=5, frame=63), of_five("X", 2012, frame=34)]
    known = transitions(ranked(dict.fromkeys((2010, 2011, 2012), "ABCDE")), catalogue_of(editions=editions))
    assert set(known.year.tolist()) == {2010}


def test_scores_by_a_second_way(tested):
    all_cases = cases(tested)
    assert len(all_cases) == 40
    brier = sum((chance - came) ** 2 for *_, chance, came in all_cases) / 40
    stay = sum(((place <= TARGET) != came) for *_, place, _, came in all_cases) / 40
    base = sum((TARGET / 5 - came) ** 2 for *_, came in all_cases) / 40
    # By head: the pair in front changes one of its two in 2014/15, 15/16, 19/20, 20/21: two moves each.
    assert (stay, base) == (8 / 40, pytest.approx(0.24))
    row = tested.score_of("X")
    assert (row["n"], row["n_editions"], row["first_year"], row["last_year"]) == (40, 8, 2014, 2021)
    assert (row["brier"], row["brier_stay"], row["brier_base"]) == pytest.approx((brier, stay, base))
    assert row["skill_stay"] == pytest.approx(1 - brier / stay)
    assert row["share_within"] == 0.4
    assert row["whole"] and row["enough"]
    assert row["beats"] is (brier < min(stay, base))
    assert tested.score_of(POOLED) == row | {"index": POOLED}
    assert tested.score_of("Y") is None


def test_the_error_of_a_gain_goes_by_blocks():
    # Blocks 1, 1 and 0, 0: mean ½, each block's sum lies 1 from its share.
    assert gain(np.array([1.0, 1, 0, 0]), np.array([0, 0, 1, 1])) == (0.5, 0.5)
    assert gain(np.array([1.0, 0, 1, 0]), np.array([0, 0, 1, 1])) == (0.5, 0.0)
    assert gain(np.array([1.0, 0]), np.array([0, 0])) == (0.5, None)


def test_gain_and_error_by_a_second_way(tested):
    differences = pd.DataFrame(
        [
            (year, ((place <= TARGET) - came) ** 2 - (chance - came) ** 2)
            for year, _, place, chance, came in cases(tested)
        ],
        columns=["year", "difference"],
    )
    mean = differences["difference"].mean()
    sums = (differences["difference"] - mean).groupby(differences["year"]).sum()
    row = tested.score_of("X")
    assert row["gain_stay"] == pytest.approx(mean) == pytest.approx(row["brier_stay"] - row["brier"])
    assert row["se_stay"] == pytest.approx(math.sqrt(8 / 7 * (sums**2).sum()) / 40)


def test_calibration_and_words_by_a_second_way(tested):
    all_cases = cases(tested)
    rows = tested.calibration[tested.calibration["index"] == "X"]
    assert rows["n"].sum() == 40 and rows["n_within"].sum() == 16
    for row in rows.to_dict("records"):
        here = [
            (chance, came) for *_, chance, came in all_cases if int(chance * 10) == round(row["low"] * 10)
        ]
        assert row["n"] == len(here) > 0
        assert row["n_within"] == sum(came for _, came in here)
        assert row["mean_chance"] == pytest.approx(sum(chance for chance, _ in here) / len(here))
        assert row["share_within"] == pytest.approx(row["n_within"] / row["n"])
    by_word = {row["word"]: row["n"] for row in tested.words[tested.words["index"] == "X"].to_dict("records")}
    said = [chance_word(chance) for *_, chance, _ in all_cases]
    assert by_word == {word: said.count(word) for word in set(said)}


def test_what_came_later_changes_no_earlier_forecast(tested):
    turned = ORDERS | {year: ORDERS[year][::-1] for year in range(2018, 2023)}
    other = backtest(ranked(turned), catalogue_of(), TARGET)
    early = tested.known.year <= 2017
    assert np.array_equal(tested.chance[early], other.chance[early], equal_nan=True)
    # From 2019 on the result of 2018 is known and the models differ.
    assert not np.array_equal(tested.models[2019].weights, other.models[2019].weights)
    assert np.array_equal(tested.models[2018].weights, other.models[2018].weights)


def test_a_forecast_knows_nothing_of_its_own_edition_but_the_places(tested):
    cut = {year: order for year, order in ORDERS.items() if year <= 2018}
    alone = backtest(ranked(cut), catalogue_of(cut), TARGET)
    now, then = tested.known.year == 2018, alone.known.year == 2018
    assert tested.chance[now].tolist() == alone.chance[then].tolist()


def test_nothing_is_forecast_before_three_results_are_known(tested):
    assert sorted(tested.models) == list(range(2014, 2023))
    assert np.isnan(tested.chance[tested.known.year < 2014]).all()
    assert not np.isnan(tested.chance[tested.known.year >= 2014]).any()


def test_an_index_without_whole_fields_is_tested_with_the_model_of_others():
    y = IndexSpec("Y", "Y", "Y", "", "", 2010, None, 100, None, "", "", "")
    catalogue = catalogue_of()
    editions = (*catalogue.editions, *(of_five("Y", year) for year in range(2016, 2020)))
    both = catalogue_of(editions=editions, indices={**catalogue.indices, "Y": y})
    partial = ranked({2016: "A.CD.", 2017: "A.CD.", 2018: "A.C..", 2019: "AC..."}, "Y")
    tested = backtest(pd.concat([ranked(ORDERS), partial], ignore_index=True), both, TARGET)
    row = tested.score_of("Y")
    # A, C, D to 2017; A, C to 2018; A, C to 2019.
    assert (row["n"], row["n_editions"], row["whole"], row["enough"], row["beats"]) == (
        (7, 3, False, False, False)
    )
    assert tested.score_of(POOLED)["n"] == 40
    assert tested.models[2019].indices == ("X",)


def test_perfect_standstill_is_not_beaten():
    orders = dict.fromkeys(ORDERS, "ABCDE")
    row = backtest(ranked(orders), catalogue_of(orders), TARGET).score_of("X")
    assert row["brier_stay"] == 0 and pd.isna(row["skill_stay"])
    assert row["enough"] and not row["beats"]


def test_a_table_of_nothing_has_no_scores():
    tested = backtest(ranked(ORDERS).head(0), catalogue_of(), TARGET)
    assert values(tested.scores, "index") == [] and tested.models == {}
    assert tested.score_of(POOLED) is None


def test_the_figures_are_not_changed():
    given = ranked(ORDERS)
    before = given.copy()
    backtest(given, catalogue_of(), TARGET)
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize(
    ("word", "lowest", "highest"),
    [
        ("certain", 0.95, 1.0),
        ("likely", 0.7, 0.949),
        ("on_the_line", 0.3, 0.699),
        ("hard", 0.05, 0.299),
        ("very_hard", 0.0, 0.049),
    ],
)
def test_chances_in_words(word, lowest, highest):
    assert (chance_word(lowest), chance_word(highest)) == (word, word)
