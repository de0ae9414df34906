"""How sure the bundled ranks are: every province of every edition that allows an answer."""

import numpy as np
import pandas as pd
import pytest

from indices.analysis.certainty import Certainty, certainty, certainty_field, last_certainty
from indices.analysis.certainty_bases import BASES
from indices.analysis.rank_movement import rank_movement
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, load_catalogue
from indices.loaders.published import published_files, read_published
from indices.narrative.certainty import briefing
from tests.published.conftest import DATA, computed_rank

FOCAL = "Bắc Giang"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> pd.DataFrame:
    return pd.concat(
        [read_published(path, known)[0] for path in published_files(DATA / "published")], ignore_index=True
    )


@pytest.fixture(scope="module")
def answers(tidy: pd.DataFrame, known: Catalogue) -> dict[tuple[str, str, str], pd.DataFrame]:
    """Every field that allows an answer, by index, edition and basis; 200 draws suffice here."""
    found = {}
    for index in known.indices:
        rows = tidy[tidy["index"] == index]
        for spec in known.editions_of(index):
            for basis in BASES:
                field = certainty_field(rows, known, index, spec.edition, 15, basis, draws=200)
                if not isinstance(field, Refusal):
                    found[index, spec.edition, basis] = field
    return found


def years(answers, index: str, basis: str) -> list[int]:
    return [int(edition) for of, edition, on in answers if (of, on) == (index, basis)]


def test_which_editions_rest_on_what(answers):
    assert years(answers, "PAPI", "sampling") == [2019, 2022, 2023]
    assert years(answers, "PAPI", "sampling_earlier") == [2018, 2020, 2021, 2024]
    assert years(answers, "PAPI", "weights") == []
    assert years(answers, "PCI", "weights") == [*range(2006, 2011), *range(2012, 2022)]
    assert years(answers, "PCI", "rounding") == list(range(2005, 2023))
    assert years(answers, "PAPI", "rounding") == list(range(2011, 2025))
    assert {index for index, _, _ in answers} == {"PCI", "PAPI"}  # the others hold no whole field


def test_which_errors_stand_for_editions_without(answers):
    lent = {
        edition: set(field["errors_edition"])
        for (_, edition, basis), field in answers.items()
        if basis == "sampling_earlier"
    }
    assert lent == {"2018": {"2019"}, "2020": {"2019"}, "2021": {"2019"}, "2024": {"2023"}}


def test_every_interval_holds_the_computed_rank(answers, overall: pd.DataFrame):
    rows = 0
    for (index, edition, _), field in answers.items():
        scores = overall[(overall["index"] == index) & (overall["edition"] == edition)]
        ranks = computed_rank(scores.set_index("province")["score"].dropna())
        expected = field["province"].map(ranks).astype(int)
        assert (field["rank_computed"] == expected).all()
        assert ((field["rank_low"] <= expected) & (expected <= field["rank_high"])).all(), (index, edition)
        # And the published rank where there is one: rounding alone sets them apart.
        rounded = answers[index, edition, "rounding"]
        assert rounded["place"].between(rounded["rank_low"], rounded["rank_high"]).all(), (index, edition)
        rows += len(field)
    assert rows > 3000


def test_chances_of_a_field_are_as_many_as_the_places(answers):
    for (_, _, basis), field in answers.items():
        assert field["chance"].between(0, 1).all()
        if basis != "rounding":
            assert field["chance"].sum() == pytest.approx(15, abs=0.02)


def test_a_higher_target_is_never_less_likely(tidy: pd.DataFrame, known: Catalogue):
    rows = tidy[(tidy["index"] == "PAPI") & (tidy["edition"] == "2024")]
    found = [
        certainty(rows, known, "PAPI", "2024", FOCAL, target, draws=300).first for target in range(1, 60, 4)
    ]
    chances = [row["chance"] for row in found]
    assert chances == sorted(chances)
    assert chances[0] == 0 and chances[-1] == 1
    assert len({(row["rank_low"], row["rank_high"]) for row in found}) == 1


def test_rounding_leaves_only_ties_open(answers):
    open_ = {
        (index, edition): sorted(field.loc[field["rank_low"] < field["rank_high"], "province"])
        for (index, edition, basis), field in answers.items()
        if basis == "rounding" and (field["rank_low"] < field["rank_high"]).any()
    }
    assert "Hà Giang" in open_["PCI", "2011"]
    assert set(open_) == {("PCI", "2011"), ("PCI", "2022")}
    decimals = {key[:2]: set(f["decimals"]) for key, f in answers.items() if key[2] == "rounding"}
    assert decimals["PCI", "2022"] == decimals["PCI", "2011"] == {2}
    assert decimals["PAPI", "2024"] == {4}


def test_papi_2024_stands_on_the_line(tidy: pd.DataFrame, known: Catalogue):
    found = certainty(tidy, known, "PAPI", "2024", FOCAL, 15)
    row = found.first
    assert (row["basis"], row["errors_edition"], row["se"]) == ("sampling_earlier", "2023", 0.1438)
    assert (row["place"], row["n_provinces"], row["computed"]) == (16, 61, True)
    assert row["word"] == "on_the_line"
    assert row["chance"] == pytest.approx(0.49, abs=0.02)
    assert (row["rank_low"], row["rank_high"]) == (4, 36)
    assert row["n_assumed"] == 2  # Bình Dương and Quảng Ninh have no error of 2023
    said = briefing(found, "PAPI", "vi")
    assert said.startswith("PAPI 2024: sát ngưỡng; khả năng trong nhóm 15 khoảng ")
    assert said.endswith("%, theo sai số chuẩn của năm 2023.")


def test_papi_2023_by_its_own_errors_drawn_again_by_hand(tidy: pd.DataFrame, known: Catalogue):
    """With draws of another kind: provinces one by one, errors as the file has them."""
    errors = (
        pd.read_csv(DATA / "uncertainty" / "papi.csv").query("edition == 2023").set_index("province")["se"]
    )
    rows = tidy[(tidy["index"] == "PAPI") & (tidy["edition"] == "2023") & (tidy["component"] == "overall")]
    scores = rows.dropna(subset="score").set_index("province")["score"].astype(float)
    rng = np.random.default_rng(2023)
    drawn = {name: score + errors[name] * rng.standard_normal(20_000) for name, score in scores.items()}
    within = 1 + sum(drawn[name] > drawn[FOCAL] for name in drawn) <= 15
    found = certainty(tidy, known, "PAPI", "2023", FOCAL, 15).first
    assert found["basis"] == "sampling"
    assert found["chance"] == pytest.approx(within.mean(), abs=0.015)


def test_no_other_province_is_clearly_apart_within_an_interval(answers, overall: pd.DataFrame):
    """Whoever is more than 5 joint errors away is clearly ahead or behind, whoever is within 1.6 is not."""
    errors = (
        pd.read_csv(DATA / "uncertainty" / "papi.csv").query("edition == 2019").set_index("province")["se"]
    )
    scores = overall[(overall["index"] == "PAPI") & (overall["edition"] == "2019")].set_index("province")[
        "score"
    ]
    for row in answers["PAPI", "2019", "sampling"].to_dict("records"):
        name = row["province"]
        apart = (scores - scores[name]) / np.sqrt(errors**2 + errors[name] ** 2)
        assert (apart > 5).sum() <= row["n_above"] <= (apart > 1.6).sum()
        assert (apart < -5).sum() <= row["n_below"] <= (apart < -1.6).sum()


def test_the_newest_edition_that_can_be_answered(tidy: pd.DataFrame, known: Catalogue):
    found = {index: last_certainty(tidy, known, index, FOCAL, 15) for index in known.indices}
    assert {index: one and (one.edition, one.first["basis"]) for index, one in found.items()} == {
        "PAR": None,
        "PCI": ("2021", "weights"),
        "PAPI": ("2024", "sampling_earlier"),
        "SIPAS": None,
        "ICT": None,
        "DTI": None,
    }


def test_every_briefing_is_one_short_sentence(tidy: pd.DataFrame, known: Catalogue):
    for index in known.indices:
        rows = tidy[tidy["index"] == index]
        for spec in known.editions_of(index):
            answer = certainty(rows, known, index, spec.edition, FOCAL, 15, draws=50)
            for language in ("vi", "en"):
                said = briefing(answer, index, language)
                assert len(said.split()) <= 30, said
                assert said.endswith(".") and index in said and str(spec.year) in said
            if not isinstance(answer, Certainty):
                assert answer.code in (
                    "certainty_no_field",
                    "certainty_merged",
                    "certainty_no_line",
                    "no_total",
                )


@pytest.mark.parametrize(("index", "median", "p90", "n"), [("PCI", 5, 18, 821), ("PAPI", 9, 25, 673)])
def test_usual_movement_of_whole_fields(tidy, known, overall, index, median, p90, n):
    """Counted again from the files: places by score, years in a row, no break between."""
    found = rank_movement(tidy, known, index).set_index("group")
    assert found.loc["all", ["median", "p90", "n"]].tolist() == [median, p90, n]
    assert found["whole"].all()
    rows = overall[overall["index"] == index]
    moved: list[float] = []
    breaks = {spec.edition for spec in known.breaks_of(index)}
    complete = {spec.year for spec in known.editions_of(index) if spec.status == "complete"}
    for year in complete:
        if year - 1 in complete and year not in breaks:
            before, after = (
                computed_rank(rows[rows["year"] == one].set_index("province")["score"].dropna())
                for one in (year - 1, year)
            )
            moved += (after - before).abs().dropna().tolist()
    assert len(moved) == n
    assert np.mean([move <= median for move in moved]) >= 0.5 > np.mean([move < median for move in moved])
    assert np.mean([move <= p90 for move in moved]) >= 0.9 > np.mean([move < p90 for move in moved])


def test_usual_movement_of_the_others_rests_on_published_ranks(tidy: pd.DataFrame, known: Catalogue):
    found = {index: rank_movement(tidy, known, index) for index in ("PAR", "SIPAS", "ICT", "DTI")}
    counted = {
        index: int(table["n"].iloc[0]) for index, table in found.items() if not isinstance(table, Refusal)
    }
    assert counted == {"PAR": 115, "SIPAS": 47, "ICT": 31}
    assert not any(table["whole"].any() for index, table in found.items() if index in counted)
    assert found["DTI"] == Refusal("movement_few", {"index": "DTI", "n": 16, "least": 20})
