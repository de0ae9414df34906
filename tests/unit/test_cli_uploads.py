"""The command line of uploads: check, add, template, history, difference, restore, withdraw, correct."""

import hashlib
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from indices.catalogue import load_catalogue
from indices.cli import main
from indices.settings import Settings
from indices.store import open_held
from tests.commands import runner
from tests.seventh import seventh_data


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return seventh_data(tmp_path_factory.mktemp("uploads"))


@pytest.fixture(scope="module")
def fresh(data: Path) -> Path:
    """A store that holds the bundled editions, to be copied."""
    folder = data.parent / "fresh"
    held = open_held(Settings(data, folder, ""))
    assert held.store.current()[("PII", "2024")] > 0
    return folder


@pytest.fixture
def run(data: Path, fresh: Path, tmp_path: Path, monkeypatch, capfd):
    """Run a command on a store of this test: exit code, standard output, standard error."""
    shutil.copytree(fresh, tmp_path / "store")
    monkeypatch.setenv("INDICES_DATA_DIR", str(data))
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "store"))
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    return runner(capfd)


@pytest.fixture(scope="module")
def names(data: Path) -> list[str]:
    """The 63 provinces in the order of PII 2024: Bắc Giang first."""
    found = [spec.name_vi for spec in load_catalogue(data / "catalogue").provinces.frame(63)]
    found.remove("Bắc Giang")
    return ["Bắc Giang", *found]


def pii(names: list[str], source: str = "QĐ 12/QĐ-BKHCN") -> str:
    """PII of 63 provinces as Vietnamese Excel writes CSV: half a point above what is bundled for 2024."""
    lines = ["Tỉnh;Điểm;Thứ hạng;Nguồn"]
    for rank, name in enumerate(names, start=1):
        lines.append(f"{name};{91.5 - rank:.2f};{rank};{source}".replace(".", ","))
    return "\r\n".join(lines)


def written(text: str, name: str = "bang.csv") -> str:
    Path(name).write_bytes(text.encode("utf-8-sig"))
    return name


ADD = ("--index", "PII", "--edition", "2024", "--by", "Nguyễn Thị Lan", "--reason", "Số chính thức")


def versions(run, *options: str) -> list[dict]:
    return json.loads(run("history", *options, "--json")[1])


def test_check_of_a_clean_file(run, names):
    file = written(pii(names), "PII 2024.csv")
    before = versions(run)
    code, out, err = run("check", file, "--index", "PII", "--edition", "2024")
    assert (code, err) == (0, "")
    assert "PII 2024: 63 tỉnh, 63 dòng số liệu." in out.splitlines()
    assert out.splitlines()[-1] == "Không có lỗi. Có thể đưa vào."
    assert versions(run) == before


def test_check_as_json(run, names):
    text = pii(names).replace("Bắc Kạn;", "Bắc Cạnn;").replace(";3;", ";ba;", 1)
    code, out, err = run("check", written(text), "--index", "PII", "--edition", "2024", "--json")
    assert (code, err) == (1, "")
    report = json.loads(out)
    assert report["file"] == "bang.csv"
    assert report["sha256"] == hashlib.sha256(text.encode("utf-8-sig")).hexdigest()
    assert (report["readable"], report["clean"], report["may_be_added"]) == (True, False, False)
    found = {(p["code"], p["cell"], p["value"]) for p in report["problems"] if p["severity"] == "error"}
    row = 1 + text.splitlines().index(next(line for line in text.splitlines() if "Bắc Cạnn" in line))
    assert ("unknown_province", f"A{row}", "Bắc Cạnn") in found
    assert any(value == "ba" for _, cell, value in found if cell == "C4")
    named = next(p for p in report["problems"] if p["code"] == "unknown_province")
    assert named["suggestion"] == "Bắc Kạn"
    english = json.loads(
        run("check", "bang.csv", "--index", "PII", "--edition", "2024", "--json", "--lang", "en")[1]
    )
    assert [p["code"] for p in english["problems"]] == [p["code"] for p in report["problems"]]
    assert [p["message"] for p in english["problems"]] != [p["message"] for p in report["problems"]]


def test_check_and_add_of_a_new_edition(run, data):
    frame = [spec.name_vi for spec in load_catalogue(data / "catalogue").provinces.frame(34)]
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Chỉ số PII năm 2025"], ["STT", "Tỉnh", "Điểm", "Hạng"]):
        sheet.append(row)
    for rank, name in enumerate(frame, start=1):
        sheet.append([rank, name, 90 - rank / 2, rank])
    book.save("pii.xlsx")
    code, out, err = run("check", "pii.xlsx", "--source", "QĐ 5", "--json")
    report = json.loads(out)
    assert (code, err, report["problems"]) == (0, "", [])
    assert report["proposed"] == {"index": "PII", "edition": "2025"}
    assert report["editions"] == [
        {"index": "PII", "edition": "2025", "new": True, "n_provinces": 34, "n_figures": 34}
    ]
    who = ("--by", "A", "--reason", "B", "--source", "QĐ 5", "--index", "PII", "--edition", "2025")
    code, out, err = run("add", "pii.xlsx", *who)
    assert (code, err) == (0, "")
    assert out.splitlines()[1].startswith("  Thêm 68 ô, đổi 0 ô, bỏ 0 ô.")
    listed = json.loads(run("editions", "--index", "PII", "--json")[1])
    assert [(row["edition"], row["n_ranks"]) for row in listed] == [("2023", 63), ("2024", 63), ("2025", 34)]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "x.csv", 2),
        (b"\x00\x01\x02", "x.xlsx", 2),
        (b"PK\x03\x04 broken", "x.xlsx", 2),
        ("chỉ một dòng chữ".encode(), "x.txt", 2),
    ],
)
def test_check_of_what_cannot_be_read(run, content, name, code):
    Path(name).write_bytes(content)
    found, out, err = run("check", name)
    assert (found, err) == (code, "")
    assert out.splitlines()[-1] == "Không đọc được bảng nào trong tệp này."
    report = json.loads(run("check", name, "--json")[1])
    assert (report["readable"], report["may_be_added"], report["editions"]) == (False, False, [])
    assert len(report["problems"]) >= 1


def test_answers_on_the_command_line(run, names):
    text = pii(names).replace("Thứ hạng", "Cột của tôi").replace("Nguồn", "Lấy ở đâu")
    file = written(text)
    asked = ("--index", "PII", "--edition", "2024", "--json")
    report = json.loads(run("check", file, *asked)[1])
    questions = {column["heading"] for column in report["columns"] if not column["role"]}
    assert questions == {"Cột của tôi", "Lấy ở đâu"}
    told = ("--column", "Cột của tôi=rank", "--column", "Lấy ở đâu=skip", "--source", "QĐ 1")
    code, out, _ = run("check", file, *asked, *told)
    assert code == 0
    assert {c["heading"]: c["role"] for c in json.loads(out)["columns"]}["Cột của tôi"] == "rank"


def test_add_and_its_receipt(run, names):
    file = written(pii(names), "PII 2024.csv")
    code, out, err = run("add", file, *ADD)
    assert (code, err) == (0, "")
    newest = versions(run)[0]
    number = newest["version"]
    sha256 = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    first, second, third = out.splitlines()
    assert first == f"Phiên bản {number}: PII 2024, 63 dòng số liệu."
    # Every total is half a point higher. The bundled edition also has two parts of 63 provinces, each
    # with score and number ranked: 252 cells are gone.
    assert second == ("  Thêm 0 ô, đổi 63 ô, bỏ 252 ô. Ngoài ra 63 ô cơ sở số liệu, nguồn, ghi chú khác đi.")
    assert third == f"SHA-256 của tệp: {sha256}"
    assert (newest["index"], newest["edition"], newest["current"]) == ("PII", "2024", True)
    assert (newest["added_by"], newest["reason"]) == ("Nguyễn Thị Lan", "Số chính thức")
    assert (newest["file_name"], newest["sha256"]) == ("PII 2024.csv", sha256)
    assert newest["report"]["errors"] == 0
    assert newest["report"]["answers"]["index"] == "PII"
    rows = json.loads(run("table", "--index", "PII", "--edition", "2024", "--format", "json")[1])
    best = next(row for row in rows if row["rank"] == 1)
    assert (best["province"], best["score"], best["source"]) == ("Bắc Giang", 90.5, "QĐ 12/QĐ-BKHCN")


def test_adding_the_same_again_is_refused(run, names):
    file = written(pii(names), "PII 2024.csv")
    assert run("add", file, *ADD)[0] == 0
    before = versions(run)
    code, out, err = run("add", file, *ADD, "--accept-warnings")
    assert code == 1
    assert "[already_held]" in out
    assert err == "Không đưa vào: có 1 lỗi.\n"
    assert versions(run) == before


def test_errors_stop_an_addition(run, names):
    file = written(pii(names).replace("Bắc Kạn;", "Bắc Cạnn;"))
    before = versions(run)
    code, out, err = run("add", file, *ADD, "--accept-warnings")
    assert code == 1
    assert "Bắc Cạnn" in out
    assert err.startswith("Không đưa vào: có ")
    code, out, _ = run("add", file, *ADD, "--json")
    answer = json.loads(out)
    assert (code, answer["added"], answer["report"]["may_be_added"]) == (1, False, False)
    assert versions(run) == before


def test_warnings_ask_for_a_yes(run, names):
    # Two provinces fewer than were ranked.
    lines = pii(names).split("\r\n")
    file = written("\r\n".join(lines[:-2]))
    before = versions(run)
    code, _, err = run("add", file, *ADD)
    assert code == 1
    assert "--accept-warnings" in err
    assert versions(run) == before
    code, out, err = run("add", file, *ADD, "--accept-warnings", "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert answer["added"] is True
    assert [(v["index"], v["edition"], v["n_figures"]) for v in answer["versions"]] == [("PII", "2024", 61)]
    assert answer["already_held"] == []
    assert versions(run)[0]["report"]["warnings"] > 0


def test_a_panel_is_confirmed_edition_by_edition(run, names):
    lines = ["Năm;Tỉnh;Điểm;Nguồn"]
    for year in (2023, 2024):
        lines += [f"{year};{name};{90 - n / 2:.1f};x".replace(".", ",") for n, name in enumerate(names)]
    file = written("\r\n".join(lines), "panel.csv")
    who = ("--by", "A", "--reason", "B", "--accept-warnings", "--index", "PII")
    code, _, err = run("add", file, *who, "--edition", "2023,2022")
    assert code == 2
    assert "2022" in err
    code, out, err = run("add", file, *who, "--edition", "2023,2024", "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert [(v["edition"], v["n_figures"]) for v in answer["versions"]] == [("2023", 63), ("2024", 63)]
    assert {v["sha256"] for v in versions(run)[:2]} == {answer["sha256"]}


def test_an_edition_the_file_does_not_hold_is_not_added(run, names):
    lines = ["Năm;Tỉnh;Điểm;Nguồn"]
    lines += [f"2024;{name};{90 - n / 2:.1f};x".replace(".", ",") for n, name in enumerate(names)]
    file = written("\r\n".join(lines), "panel.csv")
    who = ("--by", "A", "--reason", "B", "--accept-warnings", "--index", "PII")
    before = versions(run)
    code, _, err = run("add", file, *who, "--edition", "2023,2024")
    assert code == 1
    assert (
        err == "Không đưa vào: tệp có PII 2024. Nếu đúng vậy, hãy xác nhận bằng --index PII --edition 2024\n"
    )
    assert run("add", file, *who, "--edition", "2023")[0] == 1
    assert versions(run) == before


def test_a_template_comes_back_through_the_commands(run):
    code, out, err = run("template", "--index", "PII", "--edition", "2024", "-o", "mau.xlsx")
    assert (code, out, err) == (0, "", "")
    book = openpyxl.load_workbook("mau.xlsx")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]][:5] == [
        "Tỉnh, thành phố",
        "Điểm",
        "Thứ hạng",
        "Đầu vào",
        "Đầu ra",
    ]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "Bắc Giang")
    assert [cell.value for cell in row[1:5]] == [90, 1, 45, 45]
    for row in sheet.iter_rows(min_row=4):
        row[1].value, row[3].value = row[1].value + 0.5, row[3].value + 0.5
    book.save("mau.xlsx")
    code, out, err = run("add", "mau.xlsx", *ADD, "--accept-warnings")
    assert (code, err) == (0, "")
    assert out.splitlines()[1] == "  Thêm 0 ô, đổi 126 ô, bỏ 0 ô."


def test_history_difference_restore_and_withdraw(run, names):
    file = written(pii(names), "PII 2024.csv")
    old = versions(run, "--index", "PII", "--edition", "2024")[0]["version"]
    assert run("add", file, *ADD, "--accept-warnings")[0] == 0
    new = versions(run)[0]["version"]

    code, out, err = run("history", "--index", "PII", "--edition", "2024")
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head.split()[:2] == ["Phiên", "bản"]
    assert [line.split()[0] for line in lines] == [str(new), str(old)]
    assert "Đang dùng" in lines[0]
    assert "Nguyễn Thị Lan" in lines[0]
    assert "Bản cũ" in lines[1]

    code, out, _ = run("difference", str(old), str(new), "--json")
    answer = json.loads(out)
    assert code == 0
    # Every total is half a point higher; the parts are gone, and every number ranked: 126 + 189 cells.
    assert {kind: answer["changes"][kind] for kind in ("added", "changed", "removed")} == {
        "added": 0,
        "changed": 63,
        "removed": 252,
    }
    cell = next(c for c in answer["cells"] if c["province"] == "Bắc Giang" and c["component"] == "overall")
    assert (cell["field"], cell["kind"], cell["old"], cell["new"]) == ("score", "changed", 90.0, 90.5)
    code, out, _ = run("difference", f"#{old}", str(new), "--lang", "en")
    assert (code, out.splitlines()[0].startswith("0 cells added, 63 changed, 252 removed.")) == (0, True)
    assert run("difference", str(new), str(new))[1] == "Hai phiên bản giống hệt nhau.\n"

    code, out, err = run("restore", str(old), "--by", "Lan", "--reason", "Nhầm tệp")
    assert (code, err) == (0, "")
    restored = versions(run)[0]
    assert (restored["restores"], restored["current"], restored["reason"]) == (old, True, "Nhầm tệp")
    assert out.splitlines()[0] == f"Phiên bản {restored['version']}: PII 2024, 189 dòng số liệu."

    code, out, _ = run("withdraw", str(restored["version"]), "--by", "Lan", "--reason", "Thử")
    assert (code, out) == (0, f"Đã rút phiên bản {restored['version']}. PII 2024 nay dùng phiên bản {new}.\n")
    assert "Đã rút" in run("history", "--index", "PII")[1].splitlines()[1]
    assert run("withdraw", str(new), "--by", "Lan", "--reason", "Thử")[0] == 0
    code, out, _ = run("withdraw", str(old), "--by", "Lan", "--reason", "Thử")
    assert (code, out) == (0, f"Đã rút phiên bản {old}. PII 2024 không còn số liệu đang dùng.\n")
    assert len(versions(run, "--index", "PII", "--edition", "2024")) == 3

    # What commands did stands in the audit log beside what pages did.
    done = [(entry["action"], entry["what"]["what"]) for entry in json.loads(run("audit", "--json")[1])]
    assert done == [*[("change", "withdraw")] * 3, ("change", "restore"), ("upload", "PII 2024")]


def test_the_original_file_byte_for_byte(run, names):
    text = pii(names)
    file = written(text, "PII 2024.csv")
    assert run("add", file, *ADD)[0] == 0
    number = str(versions(run)[0]["version"])
    assert run("content", number, "-o", "goc.csv") == (0, "", "")
    assert Path("goc.csv").read_bytes() == text.encode("utf-8-sig")
    code, out, _ = run("content", number)
    assert (code, out.encode()) == (0, text.encode("utf-8-sig"))


CORRECT = ("correct", "--index", "PII", "--edition", "2024", "--province", "bac giang", "--by", "Lan")
WHY = ("--reason", "Gõ nhầm", "--source", "QĐ 12")


def test_a_declared_correction(run):
    code, out, err = run(*CORRECT, *WHY, "--field", "score", "--from", "90", "--to", "89,95")
    assert (code, err) == (0, "")
    assert out.splitlines()[1].startswith("  Thêm 0 ô, đổi 1 ô, bỏ 0 ô.")
    rows = json.loads(run("table", "--index", "PII", "--edition", "2024", "--format", "json")[1])
    ours = next(r for r in rows if (r["province"], r["component"]) == ("Bắc Giang", "overall"))
    assert (ours["score"], ours["rank"], ours["source"]) == (89.95, 1, "QĐ 12")
    assert len(rows) == 189
    newest = versions(run)[0]
    assert (newest["current"], newest["reason"], newest["added_by"]) == (True, "Gõ nhầm", "Lan")
    (entry,) = json.loads(run("audit", "--action", "change", "--json")[1])
    assert (entry["actor"], entry["how"], entry["outcome"]) == ("Lan", "command", "done")
    assert entry["what"]["what"] == "correct"
    document = json.loads(run("content", str(newest["version"]))[1])
    assert (document["from"], document["to"], document["why"]) == (90, 89.95, "Gõ nhầm")


def test_a_correction_to_an_empty_cell_of_a_part(run):
    part = ("--component", "input", "--field", "score", "--from", "45.0", "--to", "-")
    assert run(*CORRECT, *WHY, *part)[0] == 0
    rows = json.loads(run("table", "--index", "PII", "--edition", "2024", "--format", "json")[1])
    ours = next(r for r in rows if (r["province"], r["component"]) == ("Bắc Giang", "input"))
    assert ours["score"] is None


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--field", "score", "--from", "91", "--to", "92"), 1, "Số đang dùng là 90,"),
        (("--field", "score", "--from", "90", "--to", "90"), 1, "giống"),
        (("--field", "score", "--from", "90", "--to", "chín"), 2, "--to"),
        (("--field", "rank", "--from", "1", "--to", "1,5"), 2, "--to"),
        (("--field", "rank", "--from", "1/63", "--to", "2"), 2, "--from"),
        (("--field", "rank", "--from", "1", "--to", "64"), 2, "63"),
        (("--field", "score", "--from", "90", "--to", "100,01"), 2, "100"),
        (("--component", "input", "--field", "score", "--from", "45", "--to", "50,5"), 2, "50"),
        (("--field", "grade", "--from", "1", "--to", "2"), 2, "score, rank, n_ranked"),
        (("--field", "rank", "--from", "1"), 2, "--to"),
        (("--component", "zzz", "--field", "score", "--from", "1", "--to", "2"), 1, "không có dòng"),
        (("--edition", "2026", "--field", "score", "--from", "1", "--to", "2"), 1, "«bac giang»"),
        (("--edition", "1999", "--field", "score", "--from", "1", "--to", "2"), 1, "1999"),
        (("--province", "Bắc Giag", "--field", "score", "--from", "1", "--to", "2"), 1, "Bắc Giang"),
    ],
)
def test_a_correction_that_does_not_fit(run, options, code, said):
    before = versions(run)
    found, out, err = run(*CORRECT, *WHY, *options)
    assert (found, out) == (code, "")
    assert said in err
    assert versions(run) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("check",), 2, "TỆP"),
        (("check", "không-có.csv"), 2, "không-có.csv"),
        (("check", "."), 2, "."),
        (("check", "x.csv", "--index", "XYZ"), 2, "PAR, PCI"),
        (("check", "x.csv", "--edition", "2024"), 2, "--index"),
        (("check", "x.csv", "--index", "PII", "--edition", "1999"), 2, "1999"),
        (("check", "x.csv", "--decimal", ";"), 2, "--decimal"),
        (("check", "x.csv", "--column", "Điểm"), 2, "Điểm"),
        (("add", "x.csv"), 2, "--index"),
        (("add", "x.csv", "--index", "PII", "--edition", "2024"), 2, "--by"),
        (("add", "x.csv", *ADD[:6], "--reason", "  "), 2, "--reason"),
        (("template", "--index", "PII"), 2, "--edition"),
        (("template", "--index", "PII", "--edition", "2024"), 2, "-o"),
        (("template", "--index", "PII", "--edition", "1999", "-o", "x.xlsx"), 1, "1999"),
        (("template", "--index", "PII", "--edition", "2024", "-o", "/dev/null/x"), 2, "/dev/null/x"),
        (("history", "--index", "PII", "--edition", "2099"), 1, ""),
        (("history", "--index", "XYZ"), 1, "PII"),
        (("difference", "1"), 2, "SAU"),
        (("difference", "1", "9999"), 1, "«9999»"),
        (("difference", "1", "2"), 2, "cùng chỉ số"),
        (("restore", "1"), 2, "--by"),
        (("restore", "0", "--by", "A", "--reason", "B"), 1, "«0»"),
        (("restore", "abc", "--by", "A", "--reason", "B"), 1, "«abc»"),
        (("restore", "9" * 30, "--by", "A", "--reason", "B"), 1, "9" * 30),
        (("withdraw", "9999", "--by", "A", "--reason", "B"), 1, "«9999»"),
        (("content", "9999"), 1, "«9999»"),
        (("content", "1", "-o", "/dev/null/x"), 2, "/dev/null/x"),
    ],
)
def test_exit_codes_and_sentences(run, arguments, code, said):
    written("Tỉnh;Điểm\r\nHà Nội;1", "x.csv")
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_nothing_is_added_to_a_store_that_cannot_be_written(run, names, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "file" / "store"))
    file = written(pii(names))
    code, out, err = run("add", file, *ADD)
    assert (code, out) == (2, "")
    assert str(tmp_path / "file" / "store") in err
    assert run("check", file, "--index", "PII", "--edition", "2024")[0] == 0


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("check", {"--index", "--edition", "--sheet", "--decimal", "--column", "--source", "--json"}),
        ("add", {"--by", "--reason", "--accept-warnings", "--source", "--column", "--json"}),
        ("template", {"--index", "--edition", "--output"}),
        ("history", {"--index", "--edition", "--json"}),
        ("difference", {"--json"}),
        ("restore", {"--by", "--reason"}),
        ("withdraw", {"--by", "--reason"}),
        ("correct", {"--province", "--component", "--field", "--from", "--to", "--source"}),
        ("content", {"--output"}),
    ],
)
def test_help_of_every_command_in_both_languages(command, options, capfd):
    said = []
    for language in ("vi", "en"):
        with pytest.raises(SystemExit) as stop:
            main([command, "--help", "--lang", language])
        assert stop.value.code == 0
        said.append(capfd.readouterr().out)
    assert all(option in text for option in options for text in said)
    assert said[0].startswith(f"cách dùng: python -m indices {command}")
    assert said[1].startswith(f"usage: python -m indices {command}")
