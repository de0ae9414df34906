"""A disk that is full, a file or server that is gone: said in our words, and nothing half saved."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from indices.store import Store, StoreUnavailableError, engine, writing
from tests.databases import SERVER, needed_server
from tests.store import work


def add(store: Store, n: int, n_rows: int = 63) -> int:
    return len(
        store.add_all(work.panel(n, n_rows), file_name=f"{n}.csv", content=work.content(n), **work.TOLD)
    )


def assert_holds(store: Store, n: int, n_versions: int, n_rows: int = 63) -> None:
    """Every edition is that of addition `n`, and there is nothing else."""
    held = {edition: rows.reset_index(drop=True) for edition, rows in store.table().groupby("edition")}
    assert {edition: work.digest(rows) for edition, rows in held.items()} == {
        edition: work.digest(work.table(edition, n, n_rows)) for edition in work.PANEL
    }
    assert len(store.history()) == n_versions
    with store.database.engine.connect() as connection:
        counted = [
            connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in ("figures", "files")
        ]
    assert counted == [n_versions * n_rows, n_versions // 3]


def test_a_file_that_may_not_grow(tmp_path: Path, processes: ForkServerContext) -> None:
    assert add(Store.open(tmp_path), 1) == 3
    told = processes.Queue()
    child = processes.Process(target=work.add_beyond, args=(tmp_path, told, 200_000, 20_000))
    child.start()
    assert told.get(timeout=120) == "StoreUnavailableError"
    child.join(60)
    store = Store.open(tmp_path)
    assert_holds(store, 1, 3)
    assert add(store, 3) == 3
    assert_holds(store, 3, 6)


def test_a_database_that_is_full(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add(store, 1)
    with store.database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()

    @event.listens_for(store.database.engine, "checkout")
    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + room}")

    room = 10
    with pytest.raises(StoreUnavailableError) as caught:
        add(store, 2, 5_000)
    assert "full" in caught.value.reason
    assert caught.value.kind == "full"
    # What the failed addition wrote into the log does not go on filling the disk.
    assert (tmp_path / "indices.sqlite-wal").stat().st_size == 0
    assert str(tmp_path) in caught.value.place
    assert_holds(store, 1, 3)
    room = 10_000
    add(store, 3)
    assert_holds(store, 3, 6)


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add(store, 1)

    @event.listens_for(store.database.engine, "checkout")
    def only_read(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA query_only=ON")

    with pytest.raises(StoreUnavailableError) as caught:
        add(store, 2)
    assert "readonly" in caught.value.reason
    assert caught.value.kind == "read_only"
    assert_holds(store, 1, 3)
    with pytest.raises(StoreUnavailableError):
        store.withdraw(1, by="", reason="")


def test_a_file_deleted_under_a_running_store_is_missed_at_once(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add(store, 1)
    for file in tmp_path.iterdir():
        file.unlink()
    with pytest.raises(StoreUnavailableError):
        add(store, 2)
    with pytest.raises(StoreUnavailableError):
        store.table()
    # No new, empty store in its place.
    assert list(tmp_path.iterdir()) == []


def test_a_file_put_back_from_a_copy_is_what_counts(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    add(store, 1)
    with sqlite3.connect(tmp_path / "store" / "indices.sqlite") as connection:
        connection.execute(f"VACUUM INTO '{tmp_path / 'copy'}'")
    connection.close()
    add(store, 2)
    for file in (tmp_path / "store").iterdir():
        file.unlink()
    shutil.copy(tmp_path / "copy", tmp_path / "store" / "indices.sqlite")
    assert_holds(store, 1, 3)
    add(store, 3)
    assert_holds(Store.open(tmp_path / "store"), 3, 6)


def test_another_writer_is_waited_for(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    other = sqlite3.connect(tmp_path / "indices.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, lambda: other.execute("COMMIT")).start()
    add(store, 1)
    assert_holds(store, 1, 3)
    other.close()


def test_another_writer_that_never_ends_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    store = Store.open(tmp_path)
    add(store, 1)
    other = sqlite3.connect(tmp_path / "indices.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError):
        add(store, 2)
    # Readers go on meanwhile.
    assert_holds(store, 1, 3)
    other.execute("ROLLBACK")
    other.close()


def test_a_server_that_goes_away_within_an_addition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = engine.server_engine(needed_server())
    engine_tables = writing.figures.metadata
    engine_tables.drop_all(other)
    store = Store.open(tmp_path, SERVER)
    add(store, 1)
    insert_rows = writing.insert_rows

    def cut(connection: Any, version: int, rows: Any) -> None:
        insert_rows(connection, version, rows)
        if version % 3 == 2:  # in the midst of the three
            backend = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            with other.begin() as admin:
                admin.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": backend})

    monkeypatch.setattr(writing, "insert_rows", cut)
    with pytest.raises(StoreUnavailableError):
        add(store, 2)
    monkeypatch.undo()
    assert_holds(store, 1, 3)
    add(store, 3)
    assert_holds(store, 3, 6)
    engine_tables.drop_all(other)
    other.dispose()
