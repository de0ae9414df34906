"""A database that goes away and comes back: what is read again, what is changed once, what pages show."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from indices.settings import Settings
from indices.store import Store, StoreUnavailableError, WatchedStore, faults, watched
from indices.store.engine import server_engine
from tests.databases import SERVER, empty_server
from tests.store import work
from tests.store.wire import Wire

SettingsOf = Callable[..., Settings]


@pytest.fixture
def wire() -> Iterator[tuple[Wire, str]]:
    """A wire to an empty database, and the address through it."""
    with empty_server() as server:
        address = make_url(server)
        made = Wire(address.host or "127.0.0.1", address.port or 5432)
        through = address.set(host="127.0.0.1", port=made.port)
        yield made, through.render_as_string(hide_password=False)
        made.cut()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is away is looked for at every run."""
    monkeypatch.setattr(watched, "LOOK_AGAIN", 0.0)


def add(store: Store, n: int) -> int:
    return len(store.add_all(work.panel(n, 3), file_name=f"{n}.csv", content=work.content(n), **work.TOLD))


def cut_and_mend(wire: Wire) -> None:
    wire.cut()
    wire.mend()


def test_a_read_is_made_again_where_its_connection_was_lost(wire: tuple[Wire, str], tmp_path: Path) -> None:
    store = Store.open(tmp_path, wire[1])
    add(store, 1)
    asked = []

    def lost_once(connection: Any) -> int:
        asked.append(1)
        if len(asked) == 1:
            cut_and_mend(wire[0])
        return connection.execute(text("SELECT count(*) FROM figures")).scalar()

    assert store.database.read(lost_once) == 9
    assert len(asked) == 2


def test_a_change_is_made_again_where_it_did_not_happen(wire: tuple[Wire, str], tmp_path: Path) -> None:
    store = Store.open(tmp_path, wire[1])
    asked = []

    def lost_once(connection: Any) -> None:
        asked.append(1)
        told = {"index": "X", "edition": "2020", "origin": "upload", "by": "An"}
        connection.execute(
            text(
                "INSERT INTO versions (index, edition, origin, added_at, added_by, reason, file_name, "
                "sha256, report, content) "
                "VALUES (:index, :edition, :origin, now(), :by, '', '', '', '{}', '')"
            ),
            told,
        )
        if len(asked) == 1:
            cut_and_mend(wire[0])
            connection.execute(text("SELECT 1"))

    store.database.write(lost_once)
    assert len(asked) == 2
    assert len(store.history()) == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_a_change_lost_at_its_very_end_is_told_of_and_not_made_again(
    wire: tuple[Wire, str], tmp_path: Path, arrived: bool
) -> None:
    store, asked = Store.open(tmp_path, wire[1]), []

    def change(connection: Any) -> None:
        asked.append(1)
        connection.execute(text("INSERT INTO files VALUES ('a', 'content')"))
        driver = connection.connection.dbapi_connection
        commit = driver.commit

        def commit_and_lose() -> None:
            if arrived:
                commit()
            cut_and_mend(wire[0])
            commit()
            driver.execute("SELECT 1")

        connection.connection.dbapi_connection = _Committing(driver, commit_and_lose)

    with pytest.raises(StoreUnavailableError) as caught:
        store.database.write(change)
    assert caught.value.kind == "unclear"
    assert len(asked) == 1
    with store.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM files")).scalar() == int(arrived)


class _Committing:
    """A driver's connection with a commit of another kind."""

    def __init__(self, driver: Any, commit: Callable[[], None]) -> None:
        self._driver, self.commit = driver, commit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)


def test_a_server_that_goes_away_and_comes_back(
    wire: tuple[Wire, str], tmp_path: Path, settings_of: SettingsOf, at_once: None
) -> None:
    store = WatchedStore(settings_of(tmp_path, wire[1]))
    add(store.now().held.store, 1)
    before = store.now()
    assert before.held.unwritable is None
    wire[0].cut()
    away = store.now()
    assert (away.key, away.held.catalogue) == (before.key, before.held.catalogue)
    assert away.held.unwritable is not None
    assert (away.held.unwritable.kind, away.held.as_of is not None) == ("away", True)
    kept = away.held.store
    assert kept.table().equals(before.contents.table)
    assert kept.current() == before.contents.current
    assert kept.state() == before.key
    assert kept.history("X", "2020")["file_name"].tolist() == ["1.csv"]
    version = kept.current()["X", "2021"]
    assert kept.version_table(version).equals(work.table("2021", 1, 3))
    for change in (lambda: add(kept, 2), lambda: kept.content(version), lambda: kept.version_table(99)):
        with pytest.raises(StoreUnavailableError):
            change()
    # Another server adds meanwhile.
    add(Store.open(tmp_path, SERVER), 2)
    assert store.now().key == before.key
    wire[0].mend()
    back = store.now()
    assert (back.held.unwritable, back.held.as_of) == (None, None)
    assert back.contents.state == "7.0"
    assert add(back.held.store, 3) == 3


def test_a_server_that_is_away_at_the_start(
    wire: tuple[Wire, str], tmp_path: Path, settings_of: SettingsOf, at_once: None
) -> None:
    wire[0].cut()
    store = WatchedStore(settings_of(tmp_path, wire[1]))
    away = store.now()
    assert away.held.store.current() == {("PCI", "2022"): 1}
    assert away.held.unwritable is not None
    assert (away.held.unwritable.kind, away.held.as_of) == ("away", None)
    with pytest.raises(StoreUnavailableError) as caught:
        add(away.held.store, 1)
    assert caught.value.kind == "away"
    wire[0].mend()
    back = store.now()
    assert (back.key, back.held.unwritable) == ("1.0", None)
    assert back.held.store.history()["file_name"].tolist() == ["2022.csv"]
    assert back.key != away.key


def test_one_visitor_looks_for_it_and_the_others_do_not_wait(
    wire: tuple[Wire, str], tmp_path: Path, settings_of: SettingsOf
) -> None:
    store = WatchedStore(settings_of(tmp_path, wire[1]))
    wire[0].cut()
    assert store.now().held.unwritable is not None
    began = time.monotonic()
    for _ in range(1000):
        store.now()
    assert time.monotonic() - began < watched.LOOK_AGAIN


def test_it_may_be_found_back_by_another_visitor_at_any_moment(
    tmp_path: Path, settings_of: SettingsOf
) -> None:
    class Flickering(WatchedStore):
        """Away at the first look at it, back at the next."""

        looks = 0

        @property
        def _away_until(self) -> float | None:
            self.looks += 1
            return time.monotonic() + 60 if self.looks == 1 else None

        @_away_until.setter
        def _away_until(self, _: float | None) -> None:
            self.looks = 0

    store = Flickering(settings_of(tmp_path))
    assert store.now().contents.state == "1.0"
    assert store.now().held.unwritable is None


def test_a_file_that_is_taken_away_and_put_back(
    tmp_path: Path, settings_of: SettingsOf, at_once: None
) -> None:
    folder = tmp_path / "store"
    store = WatchedStore(settings_of(folder))
    before = store.now()
    folder.rename(tmp_path / "moved")
    away = store.now().held
    assert away.unwritable is not None
    assert away.store.table().equals(before.contents.table)
    assert not folder.exists()
    (tmp_path / "moved").rename(folder)
    assert store.now().held.unwritable is None
    assert add(store.now().held.store, 1) == 3


def test_a_folder_that_cannot_be_made_and_then_can(
    tmp_path: Path, settings_of: SettingsOf, at_once: None
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    store = WatchedStore(settings_of(tmp_path / "taken" / "store"))
    unwritable = store.now().held.unwritable
    assert unwritable is not None
    assert unwritable.kind == "unwritable"
    (tmp_path / "taken").unlink()
    assert store.now().held.unwritable is None
    assert (tmp_path / "taken" / "store" / "indices.sqlite").exists()


def test_a_disk_without_room_is_noticed_and_room_again(
    tmp_path: Path, settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = WatchedStore(settings_of(tmp_path))
    before = store.now()
    monkeypatch.setattr(faults, "LEAST_ROOM", 10**18)
    full = store.now()
    assert full.held.unwritable is not None
    assert (full.held.unwritable.kind, full.held.as_of) == ("full", None)
    assert (full.key, full.held.store) == (before.key, before.held.store)
    monkeypatch.undo()
    assert store.now().held.unwritable is None


def test_a_server_that_only_reads_is_noticed(
    wire: tuple[Wire, str], tmp_path: Path, settings_of: SettingsOf
) -> None:
    store = WatchedStore(settings_of(tmp_path, wire[1]))
    name = make_url(SERVER).database
    admin = server_engine(SERVER)
    with admin.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    try:
        cut_and_mend(wire[0])  # settings are read where a connection is made
        only_read = store.now()
        assert only_read.held.unwritable is not None
        assert only_read.held.unwritable.kind == "read_only"
        with pytest.raises(StoreUnavailableError) as caught:
            add(only_read.held.store, 1)
        assert caught.value.kind == "read_only"
    finally:
        with admin.connect() as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
            connection.commit()
        admin.dispose()
    cut_and_mend(wire[0])
    assert store.now().held.unwritable is None
