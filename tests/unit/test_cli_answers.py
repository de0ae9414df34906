"""The commands that answer, on the bundled figures: sentences, tables, JSON, refusals, wrong use."""

import json
from pathlib import Path

import pytest

from tests.commands import runner

FACTS = {
    # index, edition: 16th of 61 by score, 0.0525 below the 15th (Thái Bình).
    ("gap", "PAPI", "2024"): ["hạng 16/61 (tính toán)", "0,0525"],
    ("gap", "PAR", "2021"): ["hạng 7/63", "4,62"],
    ("why", "PCI", "2022"): ["tăng 29 bậc (31 → 2)", "33 bậc"],
    ("reweight", "PCI", "2022"): ["+8,06", "+4,11", "+7,26"],
    ("strengths", "PAPI", "2024"): ["Quản trị môi trường", "57/61"],
    ("scenario", "PCI", "2021"): ["64,74", "31/63"],
    ("certainty", "PAPI", "2024"): ["Sát ngưỡng"],
    ("peers", "PCI", "2021"): ["6 tỉnh"],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def run(store: Path, monkeypatch, capfd):
    """Run a command on the bundled figures: exit code, standard output, standard error."""
    monkeypatch.setenv("INDICES_STORE_DIR", str(store))
    monkeypatch.delenv("INDICES_DATA_DIR", raising=False)
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)
    return runner(capfd)


@pytest.mark.parametrize(("asked", "said"), FACTS.items())
def test_known_facts_stand_in_the_sentences(run, asked, said):
    name, index, edition = asked
    code, out, err = run(name, "--index", index, "--edition", edition)
    assert (code, err) == (0, "")
    out = out.replace("\u00a0", " ")  # no line break within "31 → 2"
    assert [piece for piece in said if piece not in out] == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["gap", "why", "strengths", "reweight", "scenario", "certainty", "peers"])
def test_every_command_runs_in_both_languages_with_and_without_json(run, name, language):
    code, out, err = run(name, "--index", "pci", "--edition", "2022", "--lang", language)
    assert code in (0, 1)
    assert (err, out.strip() != "") == ("", True)
    code, out, _ = run(name, "--index", "pci", "--edition", "2022", "--lang", language, "--json")
    answer = json.loads(out)
    assert {key: answer[key] for key in ("index", "edition", "province", "target_rank")} == {
        "index": "PCI",
        "edition": "2022",
        "province": "Bắc Giang",
        "target_rank": 15,
    }


def test_json_has_the_numbers_of_the_reweighting(run):
    answer = json.loads(run("reweight", "--index", "PCI", "--edition", "2022", "--json")[1])
    scores = {(row["edition"], row["weights"]): row["score"] for row in answer["reweight"]["scores"]}
    assert {key: round(value, 3) for key, value in scores.items()} == {
        ("2021", "old"): 64.738,
        ("2021", "new"): 65.542,
        ("2022", "old"): 68.845,
        ("2022", "new"): 72.8,
    }


def test_lost_points_of_par_2021(run):
    answer = json.loads(run("gap", "--index", "PAR", "--edition", "2021", "--json")[1])
    lost = {row["component"]: round(row["lost"], 2) for row in answer["gap"]["lost"]}
    lost.pop("residual")
    assert lost == {
        "moha_appraisal": 1.99,
        "impact_sipas": 1.0,
        "managers_survey": 4.62,
        "impact_socioeconomic": 3.75,
    }


def test_a_scenario_moves_the_total_by_its_weight(run):
    answer = json.loads(
        run("scenario", "--index", "PCI", "--edition", "2021", "--set", "land_access=9", "--json")[1]
    )
    found = answer["scenario"]
    (land,) = [row for row in found["parts"] if row["component"] == "land_access"]
    # 5 % of the total, times ten.
    assert found["total_after"] - found["total_before"] == pytest.approx(0.5 * (9 - land["before"]))


def test_the_fewest_points_reach_the_target(run):
    code, out, _ = run("scenario", "--index", "PAPI", "--edition", "2024", "--least", "fewest", "--json")
    outcomes = json.loads(out)["outcomes"]
    assert code == 0
    assert [row["place_low"] for row in outcomes if row["others"] == "still"] == [15]


def test_the_newest_edition_with_a_figure_is_taken(run):
    assert json.loads(run("gap", "--index", "SIPAS", "--json")[1])["edition"] == "2023"
    assert json.loads(run("gap", "--index", "PCI", "--json")[1])["edition"] == "2024"


def test_outlook_shows_its_backtest(run):
    code, out, _ = run("outlook", "--index", "PAPI", "--json")
    answer = json.loads(out)
    rows = {row["index"]: row for row in answer["backtest"]}
    assert code == 0
    assert rows["PAPI"]["beats"] is True
    assert 0 < answer["outlook"]["now"][0]["chance"] < 1


def test_a_refusal_is_a_sentence_and_exit_code_1(run):
    code, out, _ = run("reweight", "--index", "PAPI", "--edition", "2024")
    assert (code, "trọng số" in out) == (1, True)
    code, out, _ = run("reweight", "--index", "PAPI", "--edition", "2024", "--json")
    assert (code, json.loads(out)["reweight"]["refused"]) == (1, "reweight_no_weights")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("gap",), 2, "Thiếu --index"),
        (("gap", "--index", "XYZ"), 1, "Không có chỉ số"),
        (("gap", "--index", "PCI", "--edition", "1999"), 1, "Không có số liệu PCI năm «1999»"),
        (("gap", "--index", "PCI", "--target", "64"), 2, "từ 1 đến 63"),
        (("gap", "--index", "PCI", "--province", "Bắc Gian"), 1, "Bắc Giang"),
        (("scenario", "--index", "PCI", "--set", "land_access"), 2, "MÃ=ĐIỂM"),
        (("scenario", "--index", "PCI", "--least", "most"), 2, "fewest, realistic"),
        (("certainty", "--index", "PAPI", "--draws", "9"), 2, "từ 10 đến 100000"),
        (("certainty", "--index", "PAPI", "--basis", "guess"), 2, "sampling"),
        (("peers", "--index", "PAPI", "--group", "friends"), 2, "profile"),
    ],
)
def test_wrong_use_is_a_sentence(run, arguments, code, said):
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert said in err
