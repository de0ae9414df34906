"""Why places and scores changed, over everything the bundled figures allow."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from indices.analysis.edition_field import EditionField, edition_field, ranks_by_score
from indices.analysis.rank_change import KnownMoves, RankChange, known_moves, rank_change, shares
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import NEW, OLD, Reweight, reweight
from indices.analysis.score_change import RESIDUAL, ScoreChange, makeups, score_change
from indices.catalogue import Catalogue, load_catalogue
from indices.loaders.published import published_files, read_published
from indices.narrative.why import briefing, headline
from indices.tidy import OVERALL
from tests.published.conftest import DATA

FOCAL = "Bắc Giang"
INDICES = ("PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI")


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> dict[str, pd.DataFrame]:
    tables = pd.concat(
        [read_published(path, known)[0] for path in published_files(DATA / "published")], ignore_index=True
    )
    return {index: tables[tables["index"] == index] for index in INDICES}


@pytest.fixture(scope="module")
def pairs(tidy, known: Catalogue) -> list[tuple[EditionField, EditionField]]:
    """Neighbouring complete editions of one scale."""
    found = []
    for index in INDICES:
        rows = tidy[index][tidy[index]["component"] == OVERALL]
        fields = [edition_field(rows, known, index, spec.edition) for spec in known.editions_of(index)]
        complete = [field for field in fields if field is not None and field.complete]
        for before, after in pairwise(complete):
            scales = {known.scale_max(index, OVERALL, field.spec.year) for field in (before, after)}
            if len(scales) == 1:
                found.append((before, after))
    return found


def test_the_pairs_are_many(pairs):
    assert len(pairs) == 29  # 17 of PCI 2005-2022, 12 of PAPI without 2017 → 2018
    assert sum(len(set(before.totals) & set(after.totals)) for before, after in pairs) == 1788


def test_shares_sum_exactly_to_the_change_of_place_by_score(pairs):
    for before, after in pairs:
        old, new = ranks_by_score(before.totals), ranks_by_score(after.totals)
        for province in set(old) & set(new):
            found = shares(before.totals, after.totals, province)
            assert sum(share.places for share in found) == old[province] - new[province]
            assert all(abs(share.own * 2) in (0, 1, 2) for share in found)


def test_own_effect_is_that_of_ranking_the_whole_field_anew(pairs):
    for before, after in pairs:
        for province in set(before.totals) & set(after.totals):
            own = sum(share.own for share in shares(before.totals, after.totals, province))
            mean = 0.0
            for others in (before.totals, after.totals):
                for sign, field in ((1, before), (-1, after)):
                    mine = field.totals[province]
                    above = sum(score > mine for name, score in others.items() if name != province)
                    mean += sign * above / 2
            assert own == mean


def test_own_effect_is_none_where_the_score_is_left_unchanged(pairs):
    for before, after in pairs:
        for province in set(before.totals) & set(after.totals):
            still = {**after.totals, province: before.totals[province]}
            assert sum(abs(share.own) for share in shares(before.totals, still, province)) == 0


def test_a_higher_score_never_takes_places_and_a_lower_one_never_gives_any(pairs):
    for before, after in pairs:
        for province in set(before.totals) & set(after.totals):
            own = sum(share.own for share in shares(before.totals, after.totals, province))
            assert own * (after.totals[province] - before.totals[province]) >= 0


def test_every_province_of_every_edition_is_answered_or_refused_in_words(tidy, known):
    kinds = {"RankChange": 0, "Refusal": 0}
    for index in INDICES:
        rows = tidy[index][tidy[index]["component"] == OVERALL]
        for spec in known.editions_of(index):
            for province in (FOCAL, "Quảng Ninh", "Hà Tây"):
                answer = rank_change(rows, known, index, spec.edition, province)
                moves = known_moves(rows, known, index, spec.edition, province)
                kinds[type(answer).__name__] += 1
                if isinstance(answer, RankChange):
                    places = answer.ends["place"].tolist()
                    assert answer.steps["places"].sum() == answer.gained == places[0] - places[1]
                for language in ("vi", "en"):
                    said = briefing(answer, index, language)
                    assert len(said.split()) <= 30, said
                    assert headline(answer, moves, language)
    assert kinds == {"RankChange": 54, "Refusal": 171}


def test_pci_2022_rises_29_places(tidy, known):
    answer = rank_change(tidy["PCI"], known, "PCI", "2022", FOCAL)
    assert isinstance(answer, RankChange)
    assert (answer.since, answer.gained, answer.comparable, answer.breaks) == ("2021", 29, False, (2022,))
    assert answer.ends["place"].tolist() == [31, 2]
    assert answer.steps["places"].tolist() == [33, -4, 0, 0, 0]
    assert (len(answer.overtaken), len(answer.overtook_us)) == (29, 0)


def test_papi_2024_is_another_field(tidy, known):
    answer = rank_change(tidy["PAPI"], known, "PAPI", "2024", FOCAL)
    assert isinstance(answer, RankChange) and answer.comparable
    assert answer.steps["places"].tolist() == [2.5, -6.5, -2, 0, 0]
    crossings = answer.crossings.set_index("province")
    assert set(crossings.index[crossings["kind"] == "entered"]) == {"Quảng Ninh", "Bình Dương"}
    assert sorted(answer.overtaken["province"]) == ["Bạc Liêu", "Khánh Hòa"]


def test_a_rank_that_rounding_moved_is_told_as_such(tidy, known):
    answer = rank_change(tidy["PCI"], known, "PCI", "2011", "Hà Giang")
    assert isinstance(answer, RankChange)
    assert answer.step("rounding") == -1
    assert answer.ends["place"].tolist()[1] == 41


def test_papi_2018_has_another_scale(tidy, known):
    answer = rank_change(tidy["PAPI"], known, "PAPI", "2018", FOCAL)
    assert isinstance(answer, Refusal) and answer.code == "why_scales"


def test_pci_2023_is_partly_known(tidy, known):
    answer = rank_change(tidy["PCI"], known, "PCI", "2023", FOCAL)
    assert isinstance(answer, Refusal) and answer.code == "why_partial"
    assert (answer.slots["held"], answer.slots["n"], answer.slots["held_since"]) == (16, 63, 63)
    moves = known_moves(tidy["PCI"], known, "PCI", "2023", FOCAL)
    assert isinstance(moves, KnownMoves) and moves.n_both == 19
    assert sorted(moves.overtook_us["province"]) == ["Hải Phòng", "Long An"]


def test_parts_sum_to_the_change_of_the_score_of_every_province(tidy, known):
    pairs = 0
    for index in INDICES:
        found = [edition_field(tidy[index], known, index, spec.edition) for spec in known.editions_of(index)]
        for before, after in pairwise(field for field in found if field is not None):
            years = (before.spec.year, after.spec.year)
            for province in set(before.totals) & set(after.totals):
                made = makeups([before, after], known, province)
                if isinstance(made, Refusal) or made[0].formula.factors != made[1].formula.factors:
                    continue
                pairs += 1
                moved = sum(
                    made[1].worth(part, made[1].parts[part] - was) for part, was in made[0].parts.items()
                )
                if made[1].formula.evidence.startswith("exact") and 2011 not in years:
                    assert moved == pytest.approx(after.totals[province] - before.totals[province], abs=0.005)
    assert pairs == 1439


def test_the_rows_of_a_waterfall_are_those_sums(tidy, known):
    answered = 0
    for index in INDICES:
        for province, mine in list(tidy[index].groupby("province"))[::16]:
            for spec in known.editions_of(index):
                answer = score_change(mine, known, index, spec.edition, str(province))
                if isinstance(answer, Refusal):
                    continue
                answered += 1
                points = dict(zip(answer.parts["component"], answer.parts["points"], strict=True))
                assert sum(points.values()) == pytest.approx(answer.change, abs=1e-9)
                if answer.evidence.startswith("exact") and "2011" not in (answer.edition, answer.since):
                    assert abs(points[RESIDUAL]) < 0.005
    assert answered == 92


def test_papi_2019_had_one_dimension_measured_anew(tidy, known):
    answer = score_change(tidy["PAPI"], known, "PAPI", "2019", FOCAL)
    assert isinstance(answer, ScoreChange) and answer.comparable
    assert answer.parts.loc[~answer.parts["alike"], "component"].tolist() == ["d8_e_governance"]


def test_the_reweighting_of_2022(tidy, known):
    answer = reweight(tidy["PCI"], known, "PCI", "2022", FOCAL)
    assert isinstance(answer, Reweight)
    scores = {(row["edition"], row["weights"]): row for row in answer.scores.to_dict("records")}
    assert scores["2021", OLD]["score"] == 64.738396
    assert scores["2021", NEW]["score"] == pytest.approx(65.542401, abs=1e-6)
    assert scores["2022", OLD]["score"] == pytest.approx(68.845, abs=1e-9)
    assert scores["2022", NEW]["score"] == 72.8
    assert scores["2022", NEW]["from_parts"] == pytest.approx(72.775, abs=1e-9)
    real = answer.real.set_index("weights")
    assert answer.published == pytest.approx(8.061604)
    assert real.at[OLD, "points"] == pytest.approx(4.106604, abs=1e-6)
    assert real.at[NEW, "points"] == pytest.approx(7.257599, abs=1e-6)
    assert real.at[NEW, "from_parts"] == pytest.approx(7.232599, abs=1e-6)
    assert real["method"].tolist() == pytest.approx([3.955, 0.804005], abs=1e-6)


def test_under_the_weights_of_2022_it_would_have_been_47th_in_2021(tidy, known):
    answer = reweight(tidy["PCI"], known, "PCI", "2022", FOCAL)
    assert isinstance(answer, Reweight)
    assert (answer.row("2021", NEW)["place"], answer.row("2021", NEW)["n_places"]) == (47, 63)
    # The second way: pandas on the raw parts, weights as they stand in weights.csv.
    rows = tidy["PCI"][tidy["PCI"]["edition"] == "2021"]
    wide = rows.pivot(index="province", columns="component", values="score").astype(float)
    weights = {w.component: w.weight_percent for w in known.weights if w.first_edition == 2022}
    totals = sum(wide[part] * percent / 10 for part, percent in weights.items())
    assert totals.rank(ascending=False, method="min")[FOCAL] == 47


@pytest.mark.parametrize(
    ("edition", "left_out", "old", "new"),
    [("2009", ("soe_bias",), 8.947596, 6.326759), ("2013", ("equal_competition",), -1.218505, 2.673517)],
)
def test_the_breaks_of_2009_and_2013(tidy, known, edition, left_out, old, new):
    answer = reweight(tidy["PCI"], known, "PCI", edition, FOCAL)
    assert isinstance(answer, Reweight) and answer.left_out == left_out
    assert answer.real["points"].tolist() == pytest.approx([old, new], abs=1e-6)


def test_where_weights_are_not_the_question_it_is_refused(tidy, known):
    codes = {}
    for index, edition in (
        ("PCI", "2006"),
        ("PCI", "2020"),
        ("PAPI", "2018"),
        ("PCI", "2024"),
        ("PAR", "2022"),
    ):
        province = "Đà Nẵng" if index == "PCI" and edition == "2006" else FOCAL
        answer = reweight(tidy[index], known, index, edition, province)
        assert isinstance(answer, Refusal)
        codes[index, edition] = answer.code
    assert codes == {
        ("PCI", "2006"): "no_formula",
        ("PCI", "2020"): "reweight_same",
        ("PAPI", "2018"): "reweight_no_weights",
        ("PCI", "2024"): "no_parts",
        ("PAR", "2022"): "reweight_no_weights",
    }
