"""The outlook of one of five provinces: chance, similar cases by head, hindsight, refusals."""

import pandas as pd
import pytest

from indices.analysis.backtest import backtest
from indices.analysis.outlook import Outlook, outlook
from indices.analysis.refusal import Refusal
from indices.catalogue import IndexSpec
from tests.unit.conftest import values
from tests.unit.orders import ORDERS, catalogue_of, of_five, ranked


def of(province: str, orders=ORDERS, target: int = 2, index: str = "X", catalogue=None, figures=None):
    figures = ranked(orders) if figures is None else figures
    return outlook(figures, catalogue or catalogue_of(orders), index, province, target)


def test_the_newest_place_its_movement_and_the_model_of_what_was_known():
    found = of("B")
    assert isinstance(found, Outlook)
    row = found.row
    # 2021 BACDE, 2022 ABCDE: from 1st to 2nd.
    assert [row[name] for name in ("edition", "place", "n_ranked", "before", "gained", "computed")] == (
        ["2022", 2, 5, 1, -1, False]
    )
    assert (row["target_rank"], row["next_year"]) == (2, 2023)
    assert (row["next_merged"], row["next_breaks"], row["next_held"]) == (False, False, False)
    # Results of 2011 to 2021: eleven steps of five provinces.
    assert (row["learnt_editions"], row["learnt_cases"], row["learnt_from"]) == (11, 55, "X")
    assert row["borrowed"] is False
    tested = backtest(ranked(ORDERS), catalogue_of(ORDERS), 2)
    at = [i for i, p in enumerate(tested.known.province) if p == "B" and tested.known.year[i] == 2022]
    assert row["chance"] == tested.chance[at[0]]


def test_similar_cases_are_counted_by_head():
    # All five places lie within three of the 2nd. Fallen provinces and where they stood the year after,
    # for the years 2011 to 2020:
    orders = ORDERS
    fallen = [
        orders[year + 1].index(province) + 1
        for year in range(2011, 2021)
        for province in "ABCDE"
        if orders[year].index(province) > orders[year - 1].index(province)
    ]
    row = of("B").row
    assert (row["similar_of"], row["similar_way"]) == ("X", "down")
    assert (row["similar_n"], row["similar_within"]) == (len(fallen), sum(p <= 2 for p in fallen))
    assert (row["similar_n"], row["similar_within"]) == (13, 7)
    e = of("E").row  # 5th as in the year before; places 2 to 5
    assert e["similar_way"] == "same"
    kept = [
        orders[year + 1].index(province) + 1
        for year in range(2011, 2021)
        for province in "ABCDE"
        if orders[year].index(province) == orders[year - 1].index(province) >= 1
    ]
    assert (e["similar_n"], e["similar_within"]) == (len(kept), sum(p <= 2 for p in kept))


def test_without_a_year_before_every_movement_is_similar():
    orders = ORDERS | {2021: "BAC.E"}
    row = of("D", orders).row
    assert pd.isna(row["before"]) and pd.isna(row["gained"])
    assert row["similar_way"] == "any"
    # Places 1 to 5 of the steps learnt from: 2010 to 2019 (2020/21 is partial now).
    assert row["similar_n"] == 10 * 5


def test_hindsight_is_the_forecast_made_then_and_what_came():
    past = of("D").past
    assert values(past, "edition", "place", "next_place", "within")[-3:] == [
        ("2019", 3, 4, False),
        ("2020", 4, 4, False),
        ("2021", 4, 4, False),
    ]
    assert len(past) == 12 and past["chance"].isna().sum() == 4  # 2010 to 2013: too little was known
    cut = {year: order for year, order in ORDERS.items() if year <= 2019}
    then = backtest(ranked(cut), catalogue_of(cut), 2)
    at = next(i for i, p in enumerate(then.known.province) if p == "D" and then.known.year[i] == 2019)
    assert past.set_index("edition").at["2019", "chance"] == then.chance[at]


def test_the_curve_passes_through_the_own_chance_and_falls():
    found = of("C")
    curve = found.curve.set_index("place")["chance"]
    assert list(curve.index) == [1, 2, 3, 4, 5]
    assert curve[3] == pytest.approx(found.row["chance"])
    assert (curve.diff().dropna() < 0).all()


def test_observed_shares_by_head():
    # One group of five places: every year two of five are within the target, over 2010 to 2020.
    assert values(of("A").observed, "first", "last", "n", "n_within", "share_within") == [(1, 5, 55, 22, 0.4)]


def test_a_computed_place_is_called_so():
    figures = ranked(ORDERS)
    scored = figures.assign(score=100.0 - figures["rank"].astype("double[pyarrow]"))
    scored.loc[scored["edition"] >= "2021", "rank"] = None
    found = of("B", figures=scored)
    assert (found.row["place"], found.row["computed"]) == (2, True)
    assert values(found.past, "edition", "computed", "next_computed")[-2:] == [
        ("2020", False, True),
        ("2021", True, True),
    ]


def test_the_field_of_34_is_never_forecast_and_its_year_is_told():
    orders = {year + 2: order for year, order in ORDERS.items()}
    catalogue = catalogue_of(
        orders, (2025,), editions=[*(of_five("X", y) for y in orders), of_five("X", 2025, 34)]
    )
    figures = pd.concat([ranked(orders), ranked({2025: "EDCBA"})], ignore_index=True)
    row = of("B", orders, catalogue=catalogue, figures=figures).row
    assert (row["edition"], row["place"], row["next_year"]) == ("2024", 2, 2025)
    assert (row["next_merged"], row["next_breaks"], row["next_held"]) == (True, True, False)


def test_an_edition_that_is_out_without_the_province_is_told():
    orders = ORDERS | {2022: "ABC.E"}
    row = of("D", orders).row
    assert (row["edition"], row["next_held"]) == ("2021", True)


def catalogue_with_y(years, **changed):
    base = catalogue_of(ORDERS)
    y = IndexSpec("Y", "Y", "Y", "", "", 2010, changed.get("last"), 100, changed.get("successor"), "", "", "")
    editions = [*base.editions, *(of_five("Y", year) for year in years)]
    return catalogue_of(editions=editions, indices={**base.indices, "Y": y})


def test_a_partial_index_borrows_only_what_its_own_test_supports():
    years = range(2010, 2023)
    same = dict.fromkeys(years, "ABC..")
    figures = pd.concat([ranked(ORDERS), ranked(same, "Y")], ignore_index=True)
    refused = of("A", index="Y", catalogue=catalogue_with_y(years), figures=figures)
    assert isinstance(refused, Refusal) and refused.code == "outlook_untested"
    assert refused.slots == {"index": "Y", "n": 24, "least": 30, "editions": 3}
    still = pd.concat([ranked(ORDERS), ranked(dict.fromkeys(years, "ABCD."), "Y")], ignore_index=True)
    refused = of("A", index="Y", catalogue=catalogue_with_y(years), figures=still)
    assert refused.code == "outlook_not_better"
    assert (refused.slots["n"], refused.slots["stay"]) == (32, 0.0)
    assert refused.slots["model"] > 0
    # What moves as X does is forecast by the model of X.
    moving = {year: order.replace("E", ".") for year, order in ORDERS.items()}
    figures = pd.concat([ranked(ORDERS), ranked(moving, "Y")], ignore_index=True)
    found = of("B", index="Y", catalogue=catalogue_with_y(years), figures=figures)
    assert isinstance(found, Outlook)
    row = found.row
    assert (row["borrowed"], row["learnt_from"], row["similar_of"]) == (True, "X", "all")


def test_other_refusals():
    figures, catalogue = ranked(ORDERS), catalogue_of(ORDERS)
    assert of("Z").code == "outlook_no_place"
    assert of("A", index="W").code == "outlook_no_place"
    ended = catalogue_with_y(range(2010, 2023), last=2015, successor="X")
    refused = of("A", index="Y", catalogue=ended, figures=figures)
    assert refused == Refusal("outlook_ended", {"index": "Y", "last": 2015, "successor": "X"})
    early = {year: order for year, order in ORDERS.items() if year <= 2013}
    refused = of("A", early)
    assert refused == Refusal("outlook_no_history", {"index": "X", "year": 2013, "least": 3})
    assert of("A", dict.fromkeys(ORDERS, "ABCDE")).code == "outlook_not_better"
    assert outlook(figures, catalogue, "X", "B", 2, backtest(figures, catalogue, 2)).row == of("B").row
