"""Figures that readers know by heart, each as one test with its number."""

import pandas as pd
import pytest

from tests.published.conftest import computed_rank, in_force

FOCAL = "Bắc Giang"


def scores(overall: pd.DataFrame, index: str, edition: int) -> pd.Series:
    rows = overall[(overall["index"] == index) & (overall["edition"] == str(edition))]
    return rows.set_index("province")["score"].dropna()


@pytest.mark.parametrize(
    ("index", "edition", "place"),
    [
        ("SIPAS", 2017, 4), ("SIPAS", 2019, 9), ("SIPAS", 2020, 3), ("SIPAS", 2022, 44), ("SIPAS", 2023, 38),
        ("PAPI", 2019, 4),
        ("ICT", 2016, 19), ("ICT", 2017, 21), ("ICT", 2018, 25), ("ICT", 2019, 28), ("ICT", 2020, 29),
        ("ICT", 2022, 5),
        ("PCI", 2021, 31), ("PCI", 2022, 2), ("PCI", 2023, 4), ("PCI", 2024, 4),
        ("PAR", 2012, 8), ("PAR", 2020, 13), ("PAR", 2021, 7), ("PAR", 2022, 4), ("PAR", 2023, 4),
        ("DTI", 2020, 10), ("DTI", 2021, 10), ("DTI", 2022, 9), ("DTI", 2023, 9),
    ],
)  # fmt: skip
def test_published_place_of_bac_giang_among_63(value, index: str, edition: int, place: int):
    assert value(index, edition, FOCAL, column="rank") == place
    assert value(index, edition, FOCAL, column="n_ranked") == 63


def test_ict_2019_is_three_places_down_on_2018_and_seven_on_2017(value):
    place = {edition: value("ICT", edition, FOCAL, column="rank") for edition in (2017, 2018, 2019)}
    assert place[2019] - place[2018] == 3
    assert place[2019] - place[2017] == 7


def test_pci_2022_of_bac_giang(value, overall: pd.DataFrame):
    assert value("PCI", 2022, FOCAL) == 72.80
    assert value("PCI", 2021, FOCAL, column="rank") - value("PCI", 2022, FOCAL, column="rank") == 29
    assert computed_rank(scores(overall, "PCI", 2022))[FOCAL] == 2


def test_papi_2019_of_bac_giang_by_score(overall: pd.DataFrame):
    of_2019 = scores(overall, "PAPI", 2019)
    assert of_2019[FOCAL] == 46.0428
    assert computed_rank(of_2019)[FOCAL] == 4


def test_papi_2024_of_bac_giang_misses_the_fifteenth_place(overall: pd.DataFrame):
    of_2024 = scores(overall, "PAPI", 2024)
    place = computed_rank(of_2024)
    assert len(of_2024) == 61
    assert (of_2024[FOCAL], place[FOCAL]) == (44.6854, 16)
    assert (of_2024["Thái Bình"], place["Thái Bình"]) == (44.7379, 15)
    assert of_2024["Thái Bình"] - of_2024[FOCAL] == pytest.approx(0.0525, abs=1e-9)


def test_papi_has_no_figures_of_bac_giang_for_2014_and_2021_and_four_dimensions_of_2022(figures, catalogue):
    components = catalogue["components"]
    dimensions = set(
        components[(components["index"] == "PAPI") & (components["parent"] == "overall")]["component"]
    )
    focal = figures[(figures["index"] == "PAPI") & (figures["province"] == FOCAL) & figures["score"].notna()]
    years = set(focal[focal["component"] == "overall"]["year"])
    assert set(range(2011, 2025)) - years == {2014, 2021, 2022}
    assert set(focal["year"]) == set(range(2011, 2025)) - {2014, 2021}
    assert set(focal[focal["year"] == 2022]["component"]) & dimensions == {
        "d3_vertical_accountability", "d6_public_services", "d7_environment", "d8_e_governance",
    }  # fmt: skip


def test_pci_of_bac_giang_is_held_for_every_edition_from_2006_to_2024(overall: pd.DataFrame):
    rows = overall[(overall["index"] == "PCI") & (overall["province"] == FOCAL)]
    held = rows[rows["score"].notna() & rows["rank"].notna()]
    assert sorted(held["year"]) == list(range(2006, 2025))


def test_par_2021_of_bac_giang_and_its_parts(value):
    parts = {
        "moha_appraisal": 58.51, "impact_sipas": 9.00, "managers_survey": 18.88, "impact_socioeconomic": 2.25,
    }  # fmt: skip
    assert {part: value("PAR", 2021, FOCAL, part) for part in parts} == parts
    assert sum(parts.values()) == pytest.approx(88.64)
    assert value("PAR", 2021, FOCAL) == 88.65


def test_par_2021_maxima_add_to_100(catalogue):
    scales = in_force(catalogue["scales"], "PAR", 2021).set_index("component")["scale_max"].astype(float)
    parts = ["moha_appraisal", "impact_sipas", "managers_survey", "impact_socioeconomic"]
    assert list(scales[parts]) == [60.5, 10, 23.5, 6]
    assert scales[parts].sum() == 100


@pytest.mark.parametrize(("weights_of", "gain"), [(2021, 4.11), (2022, 7.23)])
def test_how_much_of_the_pci_gain_of_2022_is_the_new_weights(value, catalogue, weights_of: int, gain: float):
    """Bắc Giang's total rose by 8.06: by 4.11 with the old weights, by 7.23 with the new ones."""
    weights = (
        in_force(catalogue["weights"], "PCI", weights_of)
        .set_index("component")["weight_percent"]
        .astype(float)
    )
    change = sum(
        (value("PCI", 2022, FOCAL, part) - value("PCI", 2021, FOCAL, part)) * weight / 10
        for part, weight in weights.items()
    )
    assert change == pytest.approx(gain, abs=0.005)
    assert value("PCI", 2022, FOCAL) - value("PCI", 2021, FOCAL) == pytest.approx(8.06, abs=0.005)


def test_dti_2022_has_a_tie_on_the_line(overall: pd.DataFrame):
    rows = overall[(overall["index"] == "DTI") & (overall["edition"] == "2022")]
    at_the_line = rows[rows["rank"].between(14, 17)].sort_values(["rank", "province"])
    assert list(zip(at_the_line["province"], at_the_line["rank"], strict=True)) == [
        ("Hải Phòng", 14), ("Thanh Hóa", 15), ("Yên Bái", 15), ("Hậu Giang", 17),
    ]  # fmt: skip


def test_papi_prints_groups_so_that_few_places_are_held(overall: pd.DataFrame):
    assert overall[(overall["index"] == "PAPI")]["rank"].notna().sum() == 47


def test_pci_places_beyond_thirty_come_from_provinces_alone_after_2022(overall: pd.DataFrame):
    late = overall[(overall["index"] == "PCI") & (overall["year"] > 2022) & (overall["rank"] > 30)]
    assert list(zip(late["province"], late["year"], late["rank"], strict=True)) == [
        ("Nghệ An", 2023, 44),
        ("Điện Biên", 2024, 32),
    ]
    assert set(late["note"]) == {"outside VCCI's published top 30"}
