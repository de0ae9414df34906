"""A store made before files were kept once goes on working: nothing is moved, everything is read."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from indices.store import AlreadyHeldError, Store
from tests.unit.conftest import figures, values

# As the earlier program made them.
TABLES = """
CREATE TABLE versions (
    version INTEGER NOT NULL, "index" VARCHAR(20) NOT NULL, edition VARCHAR(20) NOT NULL,
    origin VARCHAR(10) NOT NULL, restores INTEGER, added_at DATETIME NOT NULL, added_by TEXT NOT NULL,
    reason TEXT NOT NULL, file_name TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL, report TEXT NOT NULL,
    content BLOB NOT NULL, PRIMARY KEY (version), FOREIGN KEY(restores) REFERENCES versions (version)
);
CREATE INDEX versions_of_edition ON versions ("index", edition);
CREATE TABLE figures (
    version INTEGER NOT NULL, province VARCHAR(60) NOT NULL, component VARCHAR(80) NOT NULL, score FLOAT,
    rank INTEGER, n_ranked INTEGER, basis VARCHAR(20) NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (version, province, component), FOREIGN KEY(version) REFERENCES versions (version)
);
CREATE TABLE withdrawals (
    withdrawal INTEGER NOT NULL, version INTEGER NOT NULL, withdrawn_at DATETIME NOT NULL,
    withdrawn_by TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (withdrawal), UNIQUE (version),
    FOREIGN KEY(version) REFERENCES versions (version)
);
"""
CONTENT = b"province;score\r\nA;90\r\n\x00\xff"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
TABLE = figures("edition province score rank\n2020 A 90 1\n2020 B 80 -")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "indices.sqlite") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(TABLES)
        when = "2024-01-02 03:04:05.000006"
        version = (1, "X", "2020", "upload", None, when, "An", "yearly", "x.csv", SHA256, "{}", CONTENT)
        connection.execute(f"INSERT INTO versions VALUES ({', '.join('?' * 12)})", version)
        for province, score, rank in (("A", 90.0, 1), ("B", 80.0, None)):
            row = (1, province, "overall", score, rank, None, "published", "s", "")
            connection.execute(f"INSERT INTO figures VALUES ({', '.join('?' * 9)})", row)
    connection.close()
    return tmp_path


def kept(folder: Path) -> tuple[list, list]:
    with sqlite3.connect(folder / "indices.sqlite") as connection:
        contents = connection.execute("SELECT version, content FROM versions ORDER BY version").fetchall()
        files = connection.execute("SELECT sha256, content FROM files").fetchall()
    connection.close()
    return contents, files


def test_its_rows_files_and_history_are_read(folder: Path):
    store = Store.open(folder)
    assert store.table().equals(TABLE)
    assert store.content(1) == CONTENT
    assert values(store.history(), "version", "added_by", "file_name", "sha256") == [
        (1, "An", "x.csv", SHA256)
    ]
    assert store.history()["added_at"].iloc[0].isoformat() == "2024-01-02T03:04:05.000006+00:00"
    assert kept(folder) == ([(1, CONTENT)], [])


def test_it_takes_additions_and_keeps_what_it_had(folder: Path):
    store = Store.open(folder)
    with pytest.raises(AlreadyHeldError):
        store.add(TABLE, origin="upload", by="An", reason="", file_name="y.csv", content=b"new")
    changed = figures("edition province score rank\n2020 A 91 1")
    store.add(changed, origin="upload", by="An", reason="", file_name="y.csv", content=b"new")
    assert [store.content(1), store.content(2)] == [CONTENT, b"new"]
    assert kept(folder) == ([(1, CONTENT), (2, b"")], [(hashlib.sha256(b"new").hexdigest(), b"new")])


def test_restoring_its_version_brings_the_file_along(folder: Path):
    store = Store.open(folder)
    restored = store.restore(1, by="Bình", reason="")
    assert store.content(restored.version) == CONTENT
    assert store.version_table(2).equals(TABLE)
    assert kept(folder) == ([(1, CONTENT), (2, b"")], [(SHA256, CONTENT)])


def test_an_empty_file_is_an_empty_file(folder: Path):
    store = Store.open(folder)
    store.correct("X", "2020", "A", "overall", "score", 90, 91, by="An", reason="", source="s")
    changed = figures("edition province score rank\n2021 A 91 1")
    version = store.add(changed, origin="upload", by="An", reason="", file_name="y.csv", content=b"").version
    assert store.content(version) == b""
