"""The program's answers about the bundled files: the numbers a reader of the pages will see."""

from collections.abc import Callable

import pandas as pd
import pytest

from indices.analysis import components, field_history, places, rank_history, ranking, status
from indices.catalogue import Catalogue, load_catalogue
from indices.loaders.published import published_files, read_published
from tests.published.conftest import DATA

FOCAL = "Bắc Giang"
INDICES = ("PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI")


@pytest.fixture(scope="module")
def known() -> Catalogue:
    found = load_catalogue(DATA / "catalogue")
    assert found.problems == ()
    return found


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> pd.DataFrame:
    tables = []
    for path in published_files(DATA / "published"):
        table, problems = read_published(path, known)
        assert problems == [], path.name
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


@pytest.fixture(scope="module")
def placed(tidy: pd.DataFrame, known: Catalogue) -> dict[str, pd.DataFrame]:
    return {index: places(tidy, known, index) for index in INDICES}


@pytest.fixture(scope="module")
def history(placed, known: Catalogue) -> Callable[..., pd.DataFrame]:
    def rows(index: str, province: str = FOCAL) -> pd.DataFrame:
        return rank_history(placed[index], known, index, province).set_index("year")

    return rows


def test_nothing_is_lost_on_the_way_in(tidy: pd.DataFrame, figures: pd.DataFrame):
    assert len(tidy) == 41863
    assert tidy["score"].sum() == pytest.approx(figures["score"].sum(), rel=1e-12)
    assert int(tidy["rank"].sum()) == int(figures["rank"].sum())


def test_complete_fields_are_those_of_the_catalogue(placed, known: Catalogue):
    complete = {
        (index, edition)
        for index in INDICES
        for edition, rows in placed[index].groupby("edition")
        if rows["complete"].all()
    }
    assert complete == {(e.index, e.edition) for e in known.editions if e.status == "complete"}
    assert len(complete) == 33


def test_computed_places_differ_from_published_ones_twice(placed):
    rows = pd.concat(placed.values())
    both = rows[rows["rank"].notna() & rows["rank_computed"].notna()]
    assert len(both) == 944
    differ = both[both["rank"] != both["rank_computed"]]
    assert sorted(zip(differ["index"], differ["edition"], differ["province"], strict=True)) == [
        ("PCI", "2011", "Hà Giang"),
        ("SIPAS", "2015", "Lai Châu"),
    ]


def test_the_published_place_is_shown_where_both_exist(placed):
    pci = placed["PCI"]
    row = pci[(pci["edition"] == "2011") & (pci["province"] == "Hà Giang")].iloc[0]
    assert (row["place"], row["rank_computed"], row["computed"]) == (41, 40, False)


def test_no_place_is_computed_in_a_partial_field(placed):
    rows = pd.concat(placed.values())
    partial = rows[~rows["complete"].astype(bool)]
    assert partial["rank_computed"].isna().all()
    assert not partial["computed"].astype(bool).any()


def test_ict_falls_three_places_in_2019(history):
    ict = history("ICT")
    assert ict.loc[[2017, 2018, 2019], "place"].tolist() == [21, 25, 28]
    assert ict.at[2019, "change"] == -3
    assert ict.at[2019, "place"] - ict.at[2017, "place"] == 7


def test_pci_rises_twenty_nine_places_in_2022_across_a_break(history):
    pci = history("PCI")
    assert (pci.at[2022, "score"], pci.at[2022, "place"], pci.at[2022, "n_ranked"]) == (72.8, 2, 63)
    assert pci.at[2022, "change"] == 29
    assert not pci.at[2022, "comparable"]
    assert pci.at[2023, "comparable"]


def test_sipas_2022_is_not_compared_with_2020(history):
    sipas = history("SIPAS")
    assert sipas.loc[[2019, 2020, 2022], "place"].tolist() == [9, 3, 44]
    assert (sipas.at[2022, "change"], sipas.at[2022, "change_since"]) == (-41, "2020")
    assert not sipas.at[2022, "comparable"]


def test_papi_2024_misses_the_target_by_one_place(placed, known: Catalogue, history):
    fields = field_history(placed["PAPI"], known, "PAPI", 15)
    answer = status(history("PAPI").reset_index(), fields, 15).iloc[0]
    assert (answer["edition"], answer["place"], answer["n_ranked"], answer["computed"]) == (
        "2024",
        16,
        61,
        True,
    )
    assert (answer["status"], answer["places_to_go"]) == ("near", 1)
    assert answer["target_province"] == "Thái Bình"
    assert answer["points_to_go"] == pytest.approx(0.0525, abs=1e-9)


def test_papi_gaps_stay_gaps(history):
    papi = history("PAPI")
    assert list(papi.index[papi["place"].isna()]) == [2014, 2021, 2022]
    assert papi.at[2019, "place"] == 4


def test_a_tie_at_the_line_meets_the_target(placed):
    of_2022 = ranking(placed["DTI"], "2022").set_index("province")["place"]
    assert (of_2022["Thanh Hóa"], of_2022["Yên Bái"], of_2022["Hậu Giang"]) == (15, 15, 17)
    assert (of_2022 <= 15).sum() == 16


def test_frames_are_never_one_ranking(placed):
    dti = placed["DTI"]
    assert set(dti[dti["edition"] == "2024"]["frame"]) == {63}
    assert set(dti[dti["edition"] == "2024-34"]["frame"]) == {34}


def test_papi_dimensions_of_2022_that_bac_giang_has(tidy: pd.DataFrame, known: Catalogue):
    parts = components(tidy, known, "PAPI", "2022", FOCAL, 15).set_index("component")
    assert len(parts) == 8
    assert parts["score"].notna().sum() == 4
    assert parts.at["d6_public_services", "score"] == 8.085


def test_pci_weights_of_2022_beside_the_scores(tidy: pd.DataFrame, known: Catalogue):
    parts = components(tidy, known, "PCI", "2022", FOCAL, 15).set_index("component")
    assert (parts["score"] * parts["weight"]).sum() / 10 == pytest.approx(72.775)
    assert parts["weight"].sum() == 100
