"""The outlook on the bundled files: the backtest's table, again with pandas alone, and every province."""

import math

import numpy as np
import pandas as pd
import pytest

from indices.analysis.backtest import POOLED, Backtest, backtest
from indices.analysis.outlook import Outlook, outlook
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, load_catalogue
from indices.loaders.published import published_files, read_published
from tests.published.conftest import DATA, computed_rank

FOCAL = "Bắc Giang"
TARGETS = (5, 10, 15, 20, 30)
WHOLE = {"PCI": range(2006, 2023), "PAPI": range(2011, 2025)}
"""Editions in which every province has a place."""


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> pd.DataFrame:
    return pd.concat(
        [read_published(path, known)[0] for path in published_files(DATA / "published")], ignore_index=True
    )


@pytest.fixture(scope="module")
def tests_of(tidy: pd.DataFrame, known: Catalogue) -> dict[int, Backtest]:
    return {target: backtest(tidy, known, target) for target in TARGETS}


@pytest.fixture(scope="module")
def whole_places(overall: pd.DataFrame) -> dict[tuple[str, int], pd.Series]:
    """Places of the whole fields with pandas alone: the published rank, else that of the score."""
    found = {}
    for index, years in WHOLE.items():
        for year in years:
            rows = overall[(overall["index"] == index) & (overall["edition"] == str(year))]
            rows = rows[rows["score"].notna()].set_index("province")
            found[index, year] = rows["rank"].fillna(computed_rank(rows["score"]))
    return found


SCORES = [
    # index, n, editions, Brier of the model, of "stays as it is", of the base rate, beats, clearly
    ("all", 1490, 24, 0.1178, 0.1711, 0.1805, True, True),
    ("PAR", 136, 12, 0.0958, 0.1250, 0.2916, True, True),
    ("PCI", 693, 11, 0.0973, 0.1299, 0.1814, True, True),
    ("PAPI", 797, 13, 0.1356, 0.2070, 0.1797, True, True),
    ("SIPAS", 57, 7, 0.1363, 0.1228, 0.3324, False, False),
    ("ICT", 36, 6, 0.1095, 0.1111, 0.4059, True, False),
    ("DTI", 53, 4, 0.1651, 0.1887, 0.4323, True, True),
]


def test_the_table_of_the_backtest(tests_of):
    columns = ["index", "n", "n_editions", "brier", "brier_stay", "brier_base", "beats", "clearly"]
    rows = tests_of[15].scores[columns].round(4).to_dict("records")
    assert [tuple(row.values()) for row in rows] == SCORES


def test_gains_of_the_whole_fields_and_their_errors(tests_of):
    row = tests_of[15].score_of(POOLED)
    names = ("skill_stay", "skill_base", "gain_stay", "se_stay", "gain_base", "se_base")
    assert [round(row[name], 4) for name in names] == [0.3117, 0.3474, 0.0533, 0.0117, 0.0627, 0.0099]
    assert (round(row["mean_chance"], 4), round(row["share_within"], 4)) == (0.2352, 0.2362)


def test_the_whole_fields_beat_both_for_every_target(tests_of):
    found = {target: tests_of[target].score_of(POOLED) for target in TARGETS}
    assert {target: round(row["brier"], 4) for target, row in found.items()} == {
        5: 0.0567,
        10: 0.0949,
        15: 0.1178,
        20: 0.1335,
        30: 0.1461,
    }
    assert all(row["beats"] and row["clearly"] and row["n"] == 1490 for row in found.values())


def test_chances_came_true_as_often_as_told(tests_of):
    rows = tests_of[15].calibration
    rows = rows[rows["index"] == POOLED]
    counted = list(zip(rows["n"].tolist(), rows["n_within"].tolist(), strict=True))
    assert counted == [
        *[(697, 43), (212, 22), (147, 37), (100, 31), (73, 33)],
        *[(78, 41), (46, 31), (43, 35), (39, 30), (55, 49)],
    ]
    # In no tenth the share is further than 10 points from what was told.
    assert (rows["mean_chance"] - rows["share_within"]).abs().max() < 0.1


def test_scores_again_with_pandas(tests_of, whole_places):
    tested = tests_of[15]
    chance = pd.Series(
        tested.chance,
        index=pd.MultiIndex.from_arrays([tested.known.index, tested.known.year, tested.known.province]),
    )
    rows = []
    for (index, year), now in whole_places.items():
        if (index, year + 1) not in whole_places or year < 2011:
            continue
        after = whole_places[index, year + 1]
        for province in now.index.intersection(after.index):
            came = float(after[province] <= 15)
            said = chance[index, year, province]
            stay, base = float(now[province] <= 15), 15 / len(now)
            rows.append((index, (said - came) ** 2, (stay - came) ** 2, (base - came) ** 2))
    table = pd.DataFrame(rows, columns=["index", "brier", "brier_stay", "brier_base"])
    assert len(table) == 1490
    for index, here in [("all", table), *table.groupby("index")]:
        row = tested.score_of(str(index))
        assert row["n"] == len(here)
        for name in ("brier", "brier_stay", "brier_base"):
            assert row[name] == pytest.approx(here[name].mean(), rel=1e-12)


def test_the_model_again_by_climbing_the_slope(tests_of, whole_places):
    """The newest model from plain loops: its likelihood's slope is nothing at the weights found."""
    model = tests_of[15].models[2024]
    breaks = {"PCI": (2009, 2013, 2022), "PAPI": (2016, 2018)}

    def row(index, place, n, before):
        line, here = 15 / n, (place - 0.5) / n
        distance = math.log(line / (1 - line)) - math.log(here / (1 - here))
        moved = 0.0 if before is None else (before - place) / 10
        own = [value for one in model.indices for value in ((1, distance) if one == index else (0, 0))]
        return [1, distance, moved, *own]

    rows, within = [], []
    for (index, year), now in whole_places.items():
        after = whole_places.get((index, year + 1))
        if after is None or year + 1 >= 2024 or year + 1 in breaks[index]:
            continue
        earlier = whole_places.get((index, year - 1), pd.Series(dtype=float))
        for province in now.index.intersection(after.index):
            rows.append(row(index, now[province], len(now), earlier.get(province)))
            within.append(float(after[province] <= 15))
    x, y = np.array(rows), np.array(within)
    assert (len(y), model.n_cases) == (1435, 1435)
    pull = np.array([1e-4, 1e-4, *[1.0] * (x.shape[1] - 2)])
    slope = x.T @ (y - 1 / (1 + np.exp(-x @ model.weights))) - pull * model.weights
    assert np.abs(slope).max() < 1e-6


def test_forecasts_do_not_know_what_came_later(tests_of, tidy: pd.DataFrame, known: Catalogue):
    early = tidy[tidy["edition"].str[:4].astype(int) <= 2019]
    cut = backtest(early, known, 15)
    whole = tests_of[15]
    now = whole.known.year <= 2019
    assert now.sum() == len(cut.chance)
    assert np.array_equal(whole.chance[now], cut.chance, equal_nan=True)


def test_bac_giang(tests_of, tidy: pd.DataFrame, known: Catalogue):
    found = {index: outlook(tidy, known, index, FOCAL, 15, tests_of[15]) for index in known.indices}
    told = {
        index: (one.row["edition"], one.row["place"], round(one.row["chance"], 4), one.row["word"])
        for index, one in found.items()
        if isinstance(one, Outlook)
    }
    assert told == {
        "PAR": ("2023", 4, 0.8604, "likely"),
        "PCI": ("2024", 4, 0.9297, "likely"),
        "PAPI": ("2024", 16, 0.4153, "on_the_line"),
        "DTI": ("2023", 9, 0.6237, "on_the_line"),
    }
    papi = found["PAPI"].row
    assert (papi["similar_way"], papi["similar_within"], papi["similar_n"]) == ("down", 10, 24)
    assert papi["computed"] and papi["next_merged"] and not papi["next_breaks"]
    assert found["PCI"].row["next_breaks"]
    assert found["SIPAS"].code == "outlook_not_better"
    assert found["ICT"] == Refusal("outlook_ended", {"index": "ICT", "last": 2023, "successor": "DTI"})
    pci = found["PCI"].past.set_index("edition")
    assert (round(pci.at["2021", "chance"], 4), pci.at["2021", "next_place"]) == (0.0983, 2)


@pytest.mark.parametrize("target", TARGETS)
def test_every_province_and_index(tests_of, tidy: pd.DataFrame, known: Catalogue, target: int):
    tested, answers = tests_of[target], 0
    for index in known.indices:
        score = tested.score_of(index)
        chances = {}
        for province in known.provinces.frame(63):
            found = outlook(tidy, known, index, province.name_vi, target, tested)
            if isinstance(found, Refusal):
                continue
            answers += 1
            row, curve = found.row, np.array(found.curve["chance"].tolist())
            assert score["beats"]
            assert 0 < row["chance"] < 1
            assert row["chance"] == pytest.approx(curve[row["place"] - 1], abs=1e-12)
            assert (np.diff(curve) < 0).all()  # a better place never has a smaller chance
            assert 0 <= row["similar_within"] <= row["similar_n"]
            assert all(year < row["year"] for year in found.past["year"].tolist())
            if row["edition"] == "2024":
                chances[province.name_vi] = row["chance"]
        if index == "PAPI":
            # Of 61 provinces together about as many as there is room for.
            assert len(chances) == 61
            assert sum(chances.values()) == pytest.approx(target, abs=2.5)
    assert answers > 150
