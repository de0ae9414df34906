"""The command line: answers, sentences and exit codes, in process and as a process of its own."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.commands import runner
from tests.seventh import seventh_data
from tests.unit.conftest import DATA

ROOT = DATA.parent


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return seventh_data(tmp_path_factory.mktemp("seventh"))


@pytest.fixture
def run(data: Path, monkeypatch, capfd):
    """Run a command on the small data folder: exit code, standard output, standard error."""
    monkeypatch.setenv("INDICES_DATA_DIR", str(data))
    monkeypatch.setenv("INDICES_STORE_DIR", str(data.parent / "store"))
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)
    return runner(capfd)


def test_editions(run):
    code, out, err = run("editions", "--index", "pci", "--json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert list(rows[0]) == ["index", "edition", "status", "n_scores", "n_ranks", "n_ranked"]
    assert len(rows) == 21
    assert {row["edition"]: row["status"] for row in rows}["2022"] == "complete"
    assert {row["edition"]: row["status"] for row in rows}["2019"] == "empty"


def test_editions_as_a_table_in_both_languages(run):
    code, out, _ = run("editions", "--index", "PII")
    assert code == 0
    assert [line.split() for line in out.splitlines()][1:] == [
        ["PII", "2023", "đủ", "các", "tỉnh", "63", "63", "63"],
        ["PII", "2024", "đủ", "các", "tỉnh", "63", "63", "63"],
    ]
    assert out.startswith("Chỉ số")
    assert run("--lang", "en", "editions")[1].startswith("Index")
    assert run("editions", "--lang=en")[1].startswith("Index")


def test_table_as_plain_csv(run):
    code, out, err = run("table", "--index", "PCI", "--edition", "2022")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    figure = next(r for r in rows if (r["province"], r["component"]) == ("Bắc Giang", "overall"))
    assert (figure["rank"], figure["n_ranked"], round(float(figure["score"]), 2)) == ("2", "63", 72.80)
    assert not out.startswith("\ufeff")
    assert "\r" not in out


def test_table_as_csv_for_excel(run, tmp_path: Path):
    file = tmp_path / "pci.csv"
    assert run("table", "--index", "PII", "--edition", "2024", "-o", str(file)) == (0, "", "")
    content = file.read_bytes().decode("utf-8")
    assert content.startswith("\ufeffindex;edition;")
    assert "PII;2024;An Giang;input;44,5;" in content
    run("--lang", "en", "table", "--index", "PII", "--edition", "2024", "-o", str(file))
    assert "PII,2024,An Giang,input,44.5," in file.read_bytes().decode("utf-8")


def test_table_as_json(run):
    code, out, _ = run("table", "--index", "PII", "--edition", "2023", "--format", "json")
    assert code == 0
    rows = json.loads(out)
    assert len(rows) == 63 * 3
    ours = {row["component"]: (row["score"], row["rank"]) for row in rows if row["province"] == "Bắc Giang"}
    assert ours == {"overall": (88.0, 3), "input": (44.0, None), "output": (44.0, None)}


def test_table_as_workbook_and_parquet(run, tmp_path: Path):
    book, parquet = tmp_path / "pii.xlsx", tmp_path / "pii.parquet"
    table = ("table", "--index", "PII", "--edition", "2023")
    assert run(*table, "--format", "xlsx", "-o", str(book)) == (0, "", "")
    first, *_, last = openpyxl.load_workbook(book).worksheets
    assert (first.title, last.title) == ("Số liệu", "Nguồn")
    assert first.max_row == 1 + 63 * 3
    assert [first[f"{column}4"].value for column in "CDEF"] == ["An Giang", "overall", 90, 1]
    assert run(*table, "--format", "parquet", "-o", str(parquet)) == (0, "", "")
    assert len(pd.read_parquet(parquet)) == 63 * 3


def test_status_of_any_spelling(run):
    code, out, err = run("status", "--province", "BAC GIANG", "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert (answer["province"], answer["target_rank"]) == ("Bắc Giang", 15)
    rows = {row["index"]: row for row in answer["indices"]}
    assert {index: (row["edition"], row["place"], row["status"]) for index, row in rows.items()} == {
        "PCI": ("2022", 2, "met"),
        "PAPI": ("2024", 16, "near"),
        "SIPAS": ("2023", 38, "missed"),
        "PII": ("2024", 1, "met"),
    }
    assert rows["PAPI"]["computed"] is True
    assert round(rows["PAPI"]["points_to_go"], 4) == 0.0525
    assert (rows["PII"]["change"], rows["PII"]["change_since"]) == (2, "2023")


def test_status_in_sentences(run):
    code, out, _ = run("status", "--province", "bac-giang", "--target", "20")
    assert code == 0
    head, *lines = out.splitlines()
    assert head == "Bắc Giang: 3/7 chỉ số trong nhóm 20; SIPAS hạng 38 cần chú ý."
    assert any(line.startswith("PCI") and "2/63" in line and "Tăng 29 bậc" in line for line in lines)


def test_unknown_province_gets_a_suggestion(run):
    code, out, err = run("status", "--province", "Bắc Giag")
    assert (code, out) == (1, "")
    assert "«Bắc Giag»" in err
    assert "Bắc Giang" in err
    code, _, err = run("--lang", "en", "status", "--province", "qqqq")
    assert (code, err) == (1, "There is no province “qqqq”.\n")


def test_catalogue_check_of_sound_data(run):
    code, out, err = run("catalogue", "check")
    assert (code, out) == (0, "")
    assert "7 tệp số liệu của 7 chỉ số" in err


def test_catalogue_check_prints_every_problem(run, tmp_path: Path, monkeypatch):
    broken = seventh_data(tmp_path)
    (broken / "catalogue" / "events.csv").unlink()
    file = broken / "published" / "pii" / "2024.csv"
    file.write_text(file.read_text("utf-8").replace("An Giang", "An Giag", 1).replace("89,2", "x,2"), "utf-8")
    monkeypatch.setenv("INDICES_DATA_DIR", str(broken))
    code, out, err = run("catalogue", "check", "--lang", "en")
    assert code == 1
    first, second, third = out.splitlines()
    assert first.startswith("events.csv: ")
    assert second.startswith("pii/2024.csv, row 5, column")
    assert "An Giang" in second
    assert third.startswith("pii/2024.csv, row 5, column")
    assert err.startswith("3 problems")
    # Every other command works on, and says so.
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "store"))
    code, out, err = run("table", "--index", "PII", "--edition", "2023", "--lang", "en")
    assert (code, len(out.splitlines())) == (0, 1 + 63 * 3)
    assert "3 problems" in err


def test_a_store_that_cannot_be_written(run, tmp_path: Path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "file" / "store"))
    code, out, err = run("editions", "--index", "PII", "--json")
    assert (code, len(json.loads(out))) == (0, 2)
    assert str(tmp_path / "file" / "store") in err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "editions"),
        (("--help",), 0, ""),
        (("frobnicate",), 2, "frobnicate"),
        (("editions", "--colour", "red"), 2, "--colour"),
        (("editions", "--index"), 2, "--index"),
        (("--lang", "fr", "editions"), 2, "vi, en"),
        (("table",), 2, "--index"),
        (("table", "--index", "PCI"), 2, "--edition"),
        (("table", "--index", "PCI", "--edition", "2022", "--format", "pdf"), 2, "csv, json, parquet, xlsx"),
        (("table", "--index", "PCI", "--edition", "2022", "-o", "/dev/null/x.csv"), 2, "/dev/null/x.csv"),
        (("table", "--index", "PCI", "--edition", "1999"), 1, "2021, 2022"),
        (("table", "--index", "XYZ", "--edition", "2022"), 1, "PAR, PCI"),
        (("editions", "--index", "XYZ"), 1, "PII"),
        (("status", "--target", "0"), 2, "«0»"),
        (("status", "--target", "many"), 2, "«many»"),
        (("status", "--province", "Hà Tây"), 1, "Hà"),
        (("catalogue",), 2, "catalogue"),
    ],
)
def test_exit_codes_and_sentences(run, arguments, code, said):
    try:
        found, out, err = run(*arguments)
    except SystemExit as stop:  # argparse ends the process itself after help
        assert (stop.code, arguments) == (0, ("--help",))
        return
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_no_catalogue_at_all(run, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("INDICES_DATA_DIR", str(tmp_path / "nowhere"))
    assert run("editions")[0] == 2
    assert run("status")[0] == 2
    code, _, err = run("catalogue", "check")
    assert code == 2
    assert "nowhere" in err


def process(data: Path, command: str, **environment: str) -> subprocess.CompletedProcess:
    places = {"INDICES_DATA_DIR": str(data), "INDICES_STORE_DIR": str(data.parent / "store")}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m indices {command}"],
        cwd=ROOT,
        env={**os.environ, **places, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_as_a_process_in_a_pipe_that_closes_early(data: Path):
    done = process(data, "table --index PCI --edition 2022 | head -1")
    assert done.stdout.decode().startswith("index,edition,province")
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_is_utf_8_whatever_the_locale_and_without_streamlit(data: Path):
    done = process(data, "status", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONVERBOSE="1")
    assert done.stdout.decode("utf-8").startswith("Bắc Giang: ")
    assert b"import 'indices.cli'" in done.stderr
    assert b"import 'streamlit" not in done.stderr
