"""Every row of every published file: named, sourced, readable, within its scale."""

import pandas as pd
import pytest

from indices.provinces import read_provinces
from tests.published.conftest import DATA, in_force

# PAPI prints scores to four decimals and ICT weights are thirds: what rounding may add.
ROUNDING = 1e-4
COLUMNS = ["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"]
BASES = {
    "published": 40103, "sum": 1535, "third_party": 107, "stated_change": 105, "read_off_list": 13,
}  # fmt: skip


def where(table: pd.DataFrame) -> list[str]:
    return [f"{r.file} row {r.row}: {r.province}, {r.component}" for r in table.itertuples()]


def test_how_much_there_is(raw: pd.DataFrame):
    assert raw["file"].nunique() == 73
    assert len(raw) == 41863
    assert (raw["score"] != "").sum() == 41324
    assert (raw["rank"] != "").sum() == 6715


def test_columns_of_every_file():
    for path in (DATA / "published").glob("*/*.csv"):
        with path.open(encoding="utf-8") as file:
            assert file.readline().rstrip("\n").split(",") == COLUMNS, path.name


def test_one_row_a_figure(raw: pd.DataFrame):
    assert where(raw[raw.duplicated(["index", "edition", "province", "component"])]) == []


def test_names_are_canonical_in_the_frame_of_their_edition(raw: pd.DataFrame, catalogue):
    provinces, problems = read_provinces(DATA / "catalogue")
    assert problems == ()
    frames = catalogue["editions"].set_index(["index", "edition"])["frame"].astype(int)
    names = {frame: {spec.name_vi for spec in provinces.frame(frame)} for frame in (34, 63, 64)}
    frame = [frames[pair] for pair in zip(raw["index"], raw["edition"], strict=True)]
    known = [name in names[n] for name, n in zip(raw["province"], frame, strict=True)]
    strange = raw[[not k for k in known]]
    # PCI 2005 ranked 42 of the 64 provinces of its time, Hà Tây among them.
    assert strange.groupby(["index", "edition", "province"]).size().to_dict() == {
        ("PCI", "2005", "Hà Tây"): 10
    }


def test_every_row_has_a_source_of_the_catalogue(raw: pd.DataFrame, catalogue):
    sources = set(catalogue["sources"]["source"])
    assert len(sources) == len(catalogue["sources"]) == 248
    assert "" not in sources
    assert where(raw[~raw["source"].isin(sources)]) == []


def test_basis(raw: pd.DataFrame):
    assert raw["basis"].value_counts().to_dict() == BASES


def test_numbers_are_plain_decimals(raw: pd.DataFrame):
    for column, shape in {"score": r"\d+(\.\d+)?", "rank": r"\d+", "n_ranked": r"\d+"}.items():
        filled = raw[raw[column] != ""]
        assert where(filled[~filled[column].str.fullmatch(shape)]) == []


def test_a_row_without_figure_says_why(figures: pd.DataFrame):
    empty = figures[figures["score"].isna() & figures["rank"].isna()]
    assert len(empty) == 103
    assert where(empty[empty["note"] == ""]) == []


def test_no_zero_stands_for_no_data(figures: pd.DataFrame):
    assert where(figures[figures["score"] == 0]) == []


def test_ranks_lie_within_their_field(figures: pd.DataFrame):
    ranked = figures[figures["rank"].notna()]
    assert where(ranked[ranked["n_ranked"].isna()]) == [
        "par/2021.csv row 40: Thanh Hóa, impact",
        "par/2021.csv row 53: Thanh Hóa, modernisation",
    ]
    assert where(ranked[(ranked["rank"] < 1) | (ranked["rank"] > ranked["n_ranked"])]) == []


@pytest.fixture(scope="module")
def scales(figures: pd.DataFrame, catalogue) -> pd.Series:
    """The upper end for each row: the component's, else the edition's, else unknown."""
    found = {}
    for index, component, year in figures[["index", "component", "year"]].drop_duplicates().values:
        of_component = in_force(catalogue["components"], index, year)
        of_component = of_component[of_component["component"] == component]
        assert len(of_component) == 1, (index, component, year)
        of_edition = in_force(catalogue["scales"], index, year)
        of_edition = of_edition[of_edition["component"] == component]
        own = of_component["scale_max"].iloc[0] or (
            of_edition["scale_max"].iloc[0] if len(of_edition) else ""
        )
        found[index, component, year] = float(own) if own else float("nan")
    keys = zip(figures["index"], figures["component"], figures["year"], strict=True)
    return pd.Series([found[key] for key in keys], index=figures.index)


def test_scores_lie_within_their_scale(figures: pd.DataFrame, scales: pd.Series):
    outside = (figures["score"] < 0) | (figures["score"] > scales + ROUNDING)
    assert where(figures[outside]) == []


def test_only_parts_of_par_lack_a_scale(figures: pd.DataFrame, scales: pd.Series):
    """Their maxima change by edition and were not found for all: these scores cannot be checked."""
    unknown = figures[scales.isna() & figures["score"].notna()]
    assert set(unknown["index"]) == {"PAR"}
    assert len(unknown) == 68
    assert len(figures[scales.isna()]) == 96


def test_whole_indices_lie_within_the_scale_of_their_index(overall: pd.DataFrame, catalogue):
    highest = {"PAR": 100, "PCI": 100, "PAPI": 80, "SIPAS": 100, "ICT": 1, "DTI": 1}
    assert dict(
        zip(catalogue["indices"]["index"], catalogue["indices"]["scale_max"].astype(int), strict=True)
    ) == (highest)
    assert where(overall[overall["score"] > overall["index"].map(highest)]) == []
    six_dimensions = overall[(overall["index"] == "PAPI") & (overall["year"] < 2018)]
    assert six_dimensions["score"].max() < 60
