"""Strong and weak parts, whom to learn from and who is alike, over every province, edition and index."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indices.analysis.cells import records
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.learn_from import NEAR, YEARS_BACK, LearnFrom, learn_from
from indices.analysis.profile import Profile, profile
from indices.analysis.refusal import Refusal
from indices.analysis.strengths import Strengths, strengths
from indices.catalogue import Catalogue, load_catalogue
from indices.i18n import LANGUAGES, text
from indices.loaders.published import published_files, read_published
from indices.narrative.refusal import refusal_sentence
from indices.narrative.strengths import briefing
from tests.published.conftest import DATA

FOCAL, TARGET = "Bắc Giang", 15
Key = tuple[str, str, str]
INDICES = ("PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI")
WHOLE = [("PCI", str(year)) for year in range(2005, 2022)] + [
    ("PAPI", str(year)) for year in range(2011, 2025)
]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> pd.DataFrame:
    tables = [read_published(Path(path), known)[0] for path in published_files(DATA / "published")]
    return pd.concat(tables, ignore_index=True)


@pytest.fixture(scope="module")
def by_index(tidy: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {index: tidy[tidy["index"] == index] for index in INDICES}


@pytest.fixture(scope="module")
def fields(by_index, known: Catalogue) -> dict[tuple[str, str], EditionField]:
    found = {}
    for index in INDICES:
        for spec in known.editions_of(index):
            field = edition_field(by_index[index], known, index, spec.edition)
            if field is not None:
                found[index, spec.edition] = field
    return found


@pytest.fixture(scope="module")
def answers(by_index, known: Catalogue, fields) -> dict[tuple[str, str, str], Strengths | Refusal]:
    """Every edition of every index for every province with a part; of whole fields each eighth in turn."""
    return {
        (index, edition, province): strengths(by_index[index], known, index, edition, province, TARGET)
        for (index, edition), field in fields.items()
        for at, province in enumerate(sorted({name for scores in field.scores.values() for name in scores}))
        if (index, edition) not in WHOLE or (at + field.spec.year) % 8 == 0 or province == FOCAL
    }


@pytest.fixture(scope="module")
def ranked(answers) -> list[tuple[Key, Strengths, list[dict[str, Any]]]]:
    """Answers with places, each with its parts as plain values."""
    return [
        (key, found, records(found.parts, list(found.parts.columns)))
        for key, found in answers.items()
        if isinstance(found, Strengths) and found.ranked
    ]


def test_known_places_of_bac_giang(by_index, known: Catalogue):
    papi = strengths(by_index["PAPI"], known, "PAPI", "2024", FOCAL, TARGET).parts.set_index("component")
    assert papi["place"].to_dict() == {
        "d1_participation": 1,
        "d3_vertical_accountability": 15,
        "d6_public_services": 16,
        "d8_e_governance": 18,
        "d4_corruption_control": 23,
        "d5_admin_procedures": 29,
        "d2_transparency": 29,
        "d7_environment": 57,
    }
    assert papi.at["d7_environment", "worth_top_mean"] == pytest.approx(0.55536, abs=1e-5)
    assert (papi.at["d7_environment", "since"], papi.at["d7_environment", "change"]) == ("2022", -54)
    pci = strengths(by_index["PCI"], known, "PCI", "2021", FOCAL, TARGET)
    assert (pci.strongest[0], pci.weakest) == (
        "informal_charges",
        ("proactivity", "business_support", "time_costs"),
    )


def test_points_lost_in_par_2021(by_index, known: Catalogue):
    par = strengths(by_index["PAR"], known, "PAR", "2021", FOCAL, TARGET)
    assert not par.ranked and par.split == "parts"
    lost = par.parts.set_index("component")["worth_headroom"].round(2).to_dict()
    assert lost == {
        "moha_appraisal": 1.99,
        "impact_sipas": 1.0,
        "managers_survey": 4.62,
        "impact_socioeconomic": 3.75,
    }


def test_places_agree_with_ranking_again(ranked, fields):
    ranks: dict[tuple[str, str, str], dict[str, float]] = {}
    seen = 0
    for (index, edition, province), _, rows in ranked:
        field = fields[index, edition]
        for row in rows:
            scores = field.scores[row["component"]]
            if row["place"] is None:
                assert len(scores) < field.n_ranked
                continue
            key = (index, edition, row["component"])
            if key not in ranks:
                ranks[key] = pd.Series(dict(scores)).rank(ascending=False, method="min").to_dict()
            assert (row["place"], row["n_provinces"]) == (ranks[key][province], len(scores))
            seen += 1
    assert seen > 1900


def test_distances_are_what_they_say(ranked, fields):
    for (index, edition, province), found, rows in ranked:
        field = fields[index, edition]
        top = [name for name, place in field.places.items() if place <= TARGET]
        assert found.n_top == len(top) >= TARGET
        for row in rows:
            if row["place"] is None:
                continue
            scores = field.scores[row["component"]]
            assert row["to_best"] >= 0
            assert row["score"] == scores[province]
            assert row["best"] == max(scores.values()) == scores[row["best_province"]]
            mean = sum(scores[name] for name in top) / len(top)
            assert row["to_top_mean"] == pytest.approx(mean - scores[province], abs=1e-9)
            assert 0 <= row["headroom"] <= row["scale_max"]


def test_together_the_parts_make_the_distance_of_the_totals(ranked, fields):
    """PAPI adds its dimensions, PCI weighs its sub-indices: so do their distances (but for PCI 2011)."""
    seen = 0
    for (index, edition, province), found, rows in ranked:
        field = fields[index, edition]
        worth = [row["worth_top_mean"] for row in rows]
        if (index, edition) == ("PCI", "2011") or None in worth or found.missing:
            continue
        if province not in field.totals:
            continue
        top = [name for name, place in field.places.items() if place <= TARGET]
        whole = sum(field.totals[name] for name in top) / len(top) - field.totals[province]
        assert sum(worth) == pytest.approx(whole, abs=0.005)
        seen += 1
    assert seen > 200


def test_the_strongest_are_never_behind_the_weakest(ranked):
    for _, found, rows in ranked:
        place = {row["component"]: row["place"] for row in rows if row["place"] is not None}
        assert not set(found.strongest) & set(found.weakest)
        assert 1 <= len(found.strongest) == len(found.weakest) <= 3
        assert place[found.strongest[0]] == min(place.values())
        assert place[found.weakest[0]] == max(place.values())
        assert max(place[code] for code in found.strongest) <= min(place[code] for code in found.weakest)


def test_movement_never_crosses_a_break(ranked, known: Catalogue):
    seen = 0
    for (index, edition, _), _, rows in ranked:
        year = int(edition)
        for row in rows:
            if row["since"] is None:
                continue
            since = int(row["since"])
            held = [spec for spec in known.editions_of(index) if since <= spec.year < year and spec.held]
            assert 1 <= len(held) <= 3
            scopes = ("overall", row["component"])
            assert not any(
                since < spec.edition <= year
                for spec in known.breaks
                if spec.index == index and spec.scope in scopes
            )
            seen += 1
    assert seen > 900


def test_the_briefing_is_one_sentence_of_at_most_thirty_words(answers):
    for (index, _, _), found in answers.items():
        for language in LANGUAGES:
            said = briefing(found, index, language)
            assert len(said.split()) <= 30, said
            assert said.endswith(".") and said.count(". ") == 0


def test_every_refusal_has_its_words(answers):
    refused = [found for found in answers.values() if isinstance(found, Refusal)]
    assert {found.code for found in refused} == {"other_frame", "no_parts_published", "no_own_parts"}
    for found in refused:
        for language in LANGUAGES:
            assert len(refusal_sentence(found, language)) > 30


@pytest.mark.parametrize(
    ("index", "edition"), [("PCI", "2021"), ("PCI", "2012"), ("PAPI", "2024"), ("PAPI", "2020")]
)
def test_whom_to_learn_from_by_hand(by_index, known: Catalogue, fields, index, edition):
    field = fields[index, edition]
    year, breaks = field.spec.year, [spec.edition for spec in known.breaks_of(index)]
    before = [
        other
        for (of, _), other in fields.items()
        if of == index
        and 1 <= year - other.spec.year <= YEARS_BACK
        and not any(other.spec.year < first <= year for first in breaks)
    ]
    for province in sorted(field.places)[::2]:
        found = learn_from(by_index[index], known, index, edition, province, TARGET)
        assert isinstance(found, LearnFrom)
        ours = field.places[province]
        expected = {}
        for name, now in field.places.items():
            near = [o for o in before if name in o.places and abs(o.places[name] - ours) <= NEAR]
            near.sort(key=lambda o: (abs(o.places[name] - ours), -o.spec.year))
            if name != province and near and now <= TARGET and now < ours and now < near[0].places[name]:
                expected[name] = near[0].spec.edition
        assert (
            dict(zip(found.provinces["province"], found.provinces["edition_then"], strict=True)) == expected
        )
        in_weak = found.gains[found.gains["weak"]].groupby("province")["worth"].sum()
        gain = found.provinces.set_index("province")["weak_gain"]
        assert gain.to_dict() == pytest.approx({name: in_weak[name] for name in gain.index})
        assert list(gain) == sorted(gain, reverse=True)


def test_of_editions_with_ranks_alone_places_are_known(by_index, known: Catalogue):
    found = learn_from(by_index["PAR"], known, "PAR", "2021", FOCAL, TARGET)
    assert list(found.provinces["province"]) == ["Thái Nguyên", "Hải Phòng", "Đà Nẵng"]
    assert found.provinces["weak_gain"].isna().all() and found.weak == ()
    assert learn_from(by_index["PCI"], known, "PCI", "2022", FOCAL, TARGET) == Refusal(
        "no_earlier", {"index": "PCI", "edition": "2022"}
    )


@pytest.mark.parametrize(("index", "edition"), [("PCI", "2021"), ("PAPI", "2024"), ("PAPI", "2018")])
def test_profiles_are_near_both_ways(by_index, known: Catalogue, fields, index, edition):
    field = fields[index, edition]
    parts = [p.component for p in known.components_of(index, field.spec.year)]
    wide = pd.DataFrame({part: field.scores[part] for part in parts})
    z = (wide - wide.mean()) / wide.std(ddof=0)
    for province in list(z.dropna().index)[::7]:
        found = profile(by_index[index], known, index, edition, province)
        assert isinstance(found, Profile)
        expected = ((z.dropna() - z.loc[province]) ** 2).sum(axis=1).pow(0.5).drop(province).nsmallest(6)
        assert list(found.nearest["province"]) == list(expected.index)
        assert list(found.nearest["distance"]) == pytest.approx(list(expected))


def test_no_profile_where_few_provinces_have_parts(by_index, known: Catalogue):
    expected = Refusal("parts_of_few", {"index": "PCI", "edition": "2022", "held": 14, "n": 63})
    assert profile(by_index["PCI"], known, "PCI", "2022", FOCAL) == expected
    assert profile(by_index["PAPI"], known, "PAPI", "2022", FOCAL).code == "no_parts"
    assert text("refusal.parts_of_few", "vi", index="PCI", edition="2022", held=14, n=63).startswith(
        "Năm 2022"
    )
