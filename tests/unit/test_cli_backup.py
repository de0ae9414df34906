"""The commands of backups: what they write, say and refuse; exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indices.cli import main
from indices.store import Store
from tests.unit.conftest import figures

Run = Callable[..., tuple[int, str, str]]
TABLE = figures("edition province score rank\n2020 A 90 1\n2020 B 80 -")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in the folder of this test, on a store below it: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)

    def command(*arguments: str, store: str = "store") -> tuple[int, str, str]:
        monkeypatch.setenv("INDICES_STORE_DIR", store)
        code = main(arguments)
        told = capfd.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.open(tmp_path / "store")
    made.add(TABLE, origin="upload", by="An", reason="", file_name="x.csv", content=b"x")
    return made


def test_there_and_back(run: Run, store: Store, tmp_path: Path) -> None:
    code, out, err = run("backup", "-o", "a.backup")
    assert code == 0
    first, second, third = out.splitlines()
    assert first == "Đã ghi tệp sao lưu a.backup."
    assert re.fullmatch(
        r"Lúc \d\d/\d\d/\d{4} \d\d:\d\d: 1 phiên bản, 2 dòng số liệu, 1 tệp gốc, 0 dòng nhật ký\.", second
    )
    sha256 = third.removeprefix("SHA-256 của nội dung: ")
    assert re.fullmatch("[0-9a-f]{64}", sha256)
    assert "chỉ người phụ trách đọc được" in err

    assert run("restore-backup", "a.backup", "--check", store="elsewhere")[0] == 0
    assert not (tmp_path / "elsewhere").exists()

    code, out, _ = run("restore-backup", "a.backup", "--json", "--lang", "en", store="elsewhere")
    told = json.loads(out)
    assert (code, told["done"], told["sha256"], told["rows"]["figures"]) == (0, "brought_back", sha256, 2)
    assert Store.open(tmp_path / "elsewhere").table().equals(TABLE)


def test_what_is_refused(run: Run, store: Store, tmp_path: Path) -> None:
    assert run("backup", "-o", "a.backup")[0] == 0
    (tmp_path / "text.backup").write_text("no backup")
    (tmp_path / "half.backup").write_bytes((tmp_path / "a.backup").read_bytes()[:700])
    refused = {
        ("backup", "-o", "a.backup"): "Đã có tệp a.backup",
        ("backup", "-o", "no/a.backup"): "no/a.backup",
        ("backup",): "-o",
        ("restore-backup",): "TỆP",
        ("restore-backup", "a.backup"): "Nơi lưu đã có dữ liệu",
        ("restore-backup", "text.backup"): "text.backup không phải tệp sao lưu",
        ("restore-backup", "half.backup", "--check"): "half.backup không phải tệp sao lưu",
        ("restore-backup", "nothing.backup"): "nothing.backup",
    }
    for arguments, said in refused.items():
        code, out, err = run(*arguments)
        assert (code, out) == (2, ""), arguments
        assert said in err, arguments
        assert "Traceback" not in err


def test_no_store_is_made_for_a_backup(run: Run, tmp_path: Path) -> None:
    code, _, err = run("backup", "-o", "a.backup")
    assert code == 1
    assert "Chưa có gì để sao lưu" in err
    assert list(tmp_path.iterdir()) == []
