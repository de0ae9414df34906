"""Backups: whole, of one moment while others add, the same on either database; refused if not sound."""

from __future__ import annotations

import json
import shutil
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert

from indices.store import BackupError, Store, back_up, check_backup, restore_backup
from indices.store.canonical import content_hash
from indices.store.engine import server_engine
from indices.store.tables import audit, metadata, tokens
from indices.tidy import as_tidy
from tests.databases import SERVER, needed_server
from tests.store import work
from tests.store.test_schema import fill
from tests.unit.test_store_made_before import folder as folder  # a store made before files were kept once

OpenStore = Callable[[str], Store]


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[OpenStore]:
    """`open_store("sqlite")` or `("postgresql")`: an empty store."""
    made: list[Store] = []

    def opened(kind: str) -> Store:
        if kind == "postgresql":
            engine = server_engine(needed_server())
            metadata.drop_all(engine)
            engine.dispose()
        made.append(Store.open(tmp_path / f"store-{len(made)}", SERVER if kind == "postgresql" else ""))
        return made[-1]

    yield opened
    for store in made:
        if store.database.engine.dialect.name == "postgresql":
            metadata.drop_all(store.database.engine)
        store.database.engine.dispose()


def hash_of(store: Store) -> str:
    return store.database.read(content_hash)


HARD = as_tidy(
    pd.DataFrame(
        {
            "index": "X",
            "edition": "2019",
            "province": ["Ấn", "An giang", "A\tb\n\\N", "Đồng Nai"],
            "component": "overall",
            "score": [0.1 + 0.2, -0.0, None, 1e300],
            "rank": [1, 2, None, 4],
            "n_ranked": [63, 63, None, 63],
            "basis": "published",
            "source": ['"x",;|', "\\.", "Thừa Thiên - Huế\u0301", "'); DROP TABLE versions;--"],
            "note": ["", "\u2028", "🏛", "\x7f"],
        }
    )
)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
@pytest.mark.parametrize("of", ["sqlite", "postgresql"])
def test_what_is_brought_back_is_the_same(of: str, to: str, open_store: OpenStore, tmp_path: Path) -> None:
    store = open_store(of)
    fill(store)
    told = {"origin": "upload", "file_name": "hard.csv", **work.TOLD}
    store.add(HARD, content=bytes(range(256)) * 40, **told)
    store.restore(2, by="Bình", reason="")
    before, table, history, current = hash_of(store), store.table(), store.history(), store.current()
    made = back_up(store, tmp_path / "a.backup")
    assert made.sha256 == before
    assert {part.name: part.rows for part in made.tables} == {
        "audit": 1,
        "files": 2,
        "proposals": 1,
        "tokens": 1,
        "versions": 5,
        "figures": 12,
        "proposal_decisions": 1,
        "token_revocations": 1,
        "withdrawals": 1,
    }
    if (of, to) == ("postgresql", "postgresql"):  # there is one database of that kind here
        store.database.engine.dispose()
    back = open_store(to)
    assert restore_backup(tmp_path / "a.backup", back) == made
    assert hash_of(back) == before
    assert back.table().equals(table)
    pd.testing.assert_frame_equal(back.history(), history)
    assert (back.current(), back.state()) == (current, "5.1")
    assert back.content(4) == bytes(range(256)) * 40
    # And it goes on from there.
    assert back.add(work.table("2030", 1, 2), content=b"new", **told).version == 6
    now = pd.Timestamp.now(tz="UTC").to_pydatetime()
    with back.database.engine.begin() as connection:
        facts = {"at": now, "actor": "", "role": "", "how": "", "action": "", "outcome": "", "what": "{}"}
        made_token = {"name": "n", "role": "viewer", "sha256": "def", "made_at": now, "made_by": ""}
        for table_of, row in ((audit, facts), (tokens, made_token)):
            assert connection.execute(insert(table_of).values(**row)).inserted_primary_key == (2,)


def test_a_store_made_before_comes_back_with_its_file(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder)
    content = store.content(1)
    back_up(store, tmp_path / "a.backup")
    back = Store.open(tmp_path / "back")
    restore_backup(tmp_path / "a.backup", back)
    assert back.content(1) == content
    assert hash_of(back) == hash_of(store)


def test_a_backup_while_others_add_is_of_one_moment(
    place: tuple[Path, str], tmp_path: Path, processes: ForkServerContext
) -> None:
    log, (folder_of, url) = tmp_path / "log", place
    child = processes.Process(target=work.add_for_ever, args=(folder_of, log, 1, 2_000, url))
    child.start()
    try:
        until = time.monotonic() + 120
        while not log.exists() or "done 3" not in log.read_text():
            assert child.is_alive() and time.monotonic() < until
            time.sleep(0.01)
        before = log.read_text().count("done")
        made = [back_up(Store.open(*place), tmp_path / f"{n}.backup") for n in range(3)]
        assert log.read_text().count("done") > before  # others went on meanwhile
    finally:
        child.kill()
        child.join()
    for n, said in enumerate(made):
        back = Store.open(tmp_path / f"back-{n}")
        restore_backup(tmp_path / f"{n}.backup", back)
        assert hash_of(back) == said.sha256
        history = back.history().sort_values("version")
        assert said.rows("figures") == 2_000 * len(history)
        for name, rows in history.groupby("file_name"):
            assert tuple(rows["edition"]) == work.PANEL, f"{name} is not whole"
        newest = int(Path(history["file_name"].iloc[-1]).stem)
        assert work.digest(back.version_table(int(history["version"].iloc[-1]))) == work.digest(
            work.table("2022", newest, 2_000)
        )
    assert len({said.sha256 for said in made}) == 3


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of a store with a row in every table."""
    folder = tmp_path_factory.mktemp("backup")
    store = Store.open(folder / "store")
    fill(store)
    back_up(store, folder / "a.backup")
    return folder / "a.backup"


def changed(backup: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The backup with its members changed; None leaves one out."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return to


def manifest_with(**facts: Any) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), **facts}).encode() if name == "manifest.json" else content

    return change


WRONG: dict[str, tuple[str, Callable[[str, bytes], bytes | None]]] = {
    "a score changed": ("damaged", lambda name, said: said.replace(b"1.125", b"1.126", 1)),
    "a row left out": (
        "damaged",
        lambda name, said: said.partition(b"\n")[2] if name == "figures.jsonl" else said,
    ),
    "a table left out": ("damaged", lambda name, said: None if name == "audit.jsonl" else said),
    "a file left out": ("damaged", lambda name, said: None if name.startswith("content/") else said),
    "a file changed": ("damaged", lambda name, said: b"2" if name.startswith("content/") else said),
    "no row at all": ("damaged", lambda name, said: b"[1]\n" if name == "tokens.jsonl" else said),
    "another hash": ("damaged", manifest_with(sha256="0" * 64)),
    "a newer form": ("newer", manifest_with(format=2)),
    "a newer step": ("newer", manifest_with(schema="0099")),
    "no manifest": ("not_a_backup", lambda name, said: None if name == "manifest.json" else said),
    "a manifest of others": ("not_a_backup", manifest_with(more=1)),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_backup_that_is_not_sound_is_refused_whole(backup: Path, tmp_path: Path, name: str) -> None:
    code, change = WRONG[name]
    file = changed(backup, tmp_path / "b.backup", change)
    store = Store.open(tmp_path)
    with pytest.raises(BackupError) as caught:
        restore_backup(file, store)
    assert caught.value.code == code
    assert (store.state(), store.table().empty) == ("0.0", True)
    restore_backup(backup, store)
    assert store.state() == "3.1"


def test_bytes_that_are_lost_or_turned_are_found(backup: Path, tmp_path: Path) -> None:
    sound = backup.read_bytes()
    store, found = Store.open(tmp_path / "store"), set()
    for at in range(40, len(sound) - 1, len(sound) // 25):
        for broken in (sound[:at], sound[:at] + bytes([sound[at] ^ 0x55]) + sound[at + 1 :]):
            (tmp_path / "b.backup").write_bytes(broken)
            try:
                restore_backup(tmp_path / "b.backup", store)
            except BackupError as fault:
                found.add(fault.code)
                assert store.state() == "0.0"
            else:  # a byte that says nothing: a time, a flag of the archive
                assert hash_of(store) == hash_of_restored(backup, tmp_path / f"sound-{at}")
                store = Store.open(tmp_path / f"store-{at}")
    assert found <= {"damaged", "not_a_backup", "newer"}
    assert "damaged" in found


@pytest.mark.parametrize("at", [6, 8, 10, 42], ids=["version", "password", "packing", "place"])
def test_an_archive_that_python_cannot_read_is_no_backup(backup: Path, tmp_path: Path, at: int) -> None:
    sound = backup.read_bytes()
    turned = sound.index(b"PK\x01\x02") + at  # in the archive's list of what it holds
    (tmp_path / "b.backup").write_bytes(sound[:turned] + bytes([sound[turned] ^ 0x7F]) + sound[turned + 1 :])
    with pytest.raises(BackupError) as caught:
        restore_backup(tmp_path / "b.backup", Store.open(tmp_path / "store"))
    assert caught.value.code in ("damaged", "not_a_backup")


def hash_of_restored(backup: Path, folder: Path) -> str:
    store = Store.open(folder)
    restore_backup(backup, store)
    return hash_of(store)


def test_a_store_that_holds_something_is_left_alone(backup: Path, tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.add_all(work.panel(5, 2), file_name="5.csv", content=b"5", **work.TOLD)
    before = hash_of(store)
    with pytest.raises(BackupError) as caught:
        restore_backup(backup, store)
    assert caught.value.code == "not_empty"
    assert hash_of(store) == before


def test_a_backup_is_checked_without_a_store(backup: Path) -> None:
    assert check_backup(backup).rows("figures") == 6


def test_no_older_backup_is_overwritten_and_nothing_half_is_left(backup: Path, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    shutil.copy(backup, tmp_path / "a.backup")
    with pytest.raises(FileExistsError):
        back_up(store, tmp_path / "a.backup")
    assert (tmp_path / "a.backup").read_bytes() == backup.read_bytes()
    with pytest.raises(OSError, match="no_folder"):
        back_up(store, tmp_path / "no_folder" / "a.backup")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.backup", "store"]


def test_nobody_else_may_read_it(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
