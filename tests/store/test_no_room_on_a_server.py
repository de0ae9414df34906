"""A database server whose disk is full: said in our words, nothing half saved, and it goes on with room."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from indices.i18n import LANGUAGES
from indices.narrative.store import failure_sentence
from indices.store import Store, StoreUnavailableError, writing
from indices.store.engine import server_engine
from indices.store.faults import unavailable
from indices.store.tables import metadata
from tests.browser.conftest import free_port
from tests.databases import SERVER
from tests.store.test_no_room import add, assert_holds

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
DISK_MEGABYTES = 100
SETTINGS = "-c max_wal_size=4MB -c min_wal_size=2MB -c autovacuum=off"


@dataclass(frozen=True, slots=True)
class SmallServer:
    """A server of its own on a disk of its own."""

    url: str
    disk: Path

    def fill(self, left: int) -> None:
        """Leave so many bytes on the disk, also to whoever is not root."""
        free = os.statvfs(self.disk)
        with (self.disk / "filler").open("wb") as file:
            file.write(bytes(free.f_bavail * free.f_frsize - left))

    def make_room(self) -> None:
        (self.disk / "filler").unlink()


def as_server(command: str) -> None:
    subprocess.run(
        ["su", "postgres", "-s", "/bin/bash", "-c", command], cwd="/", check=True, stdout=subprocess.DEVNULL
    )


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallServer]:
    """Skipped where no disk can be mounted, which is a right of the machine and no program to install."""
    if os.geteuid() != 0 or not PROGRAMS:
        pytest.skip("only root can mount a small disk, and PostgreSQL's own programs are needed")
    base = tmp_path_factory.mktemp("small")
    for folder in (base, *base.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o055)  # the server's user must get there
    disk, port = base / "disk", free_port()
    disk.mkdir()
    size = f"size={DISK_MEGABYTES}m,mode=0777"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    bin, data = PROGRAMS[-1], shlex.quote(str(disk / "data"))
    try:
        as_server(
            f"{bin}/initdb -D {data} -U indices --auth=trust -E UTF8 --locale=C.UTF-8 "
            "--wal-segsize=1 --no-sync"
        )
        options = shlex.quote(f"-p {port} -h 127.0.0.1 -k {disk} {SETTINGS}")
        as_server(f"{bin}/pg_ctl -D {data} -w -l {disk}/log -o {options} start")
        try:
            yield SmallServer(f"postgresql://indices@127.0.0.1:{port}/postgres", disk)
        finally:
            as_server(f"{bin}/pg_ctl -D {data} -m immediate stop")
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.fixture
def server_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on the server of these tests."""
    if not SERVER:
        if os.environ.get("INDICES_REQUIRE_POSTGRES") == "1":
            pytest.fail("INDICES_TEST_POSTGRES_URL is not set")
        pytest.skip("no PostgreSQL server named by INDICES_TEST_POSTGRES_URL")
    engine = server_engine(SERVER)
    metadata.drop_all(engine)
    yield Store.open(tmp_path, SERVER)
    metadata.drop_all(engine)
    engine.dispose()


def again(store: Store, n: int) -> int:
    """An addition as somebody makes it who waits until the server has room and is back."""
    until = time.monotonic() + 30
    while True:
        try:
            return add(store, n)
        except StoreUnavailableError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_a_disk_that_fills_up_while_figures_come_in(small: SmallServer, tmp_path: Path) -> None:
    store = Store.open(tmp_path, small.url)
    add(store, 1)
    # Room for a part of the addition.
    small.fill(2_000_000)
    with pytest.raises(StoreUnavailableError) as caught:
        add(store, 2, 20_000)
    assert caught.value.kind == "full"
    assert "No space left on device" in caught.value.reason
    # Read while the disk is full, and nothing of the failed addition is there.
    assert_holds(store, 1, 3)
    small.make_room()
    assert again(store, 3) == 3
    assert_holds(store, 3, 6)


def test_a_disk_without_any_room_even_for_the_servers_own_log(small: SmallServer, tmp_path: Path) -> None:
    store = Store.open(tmp_path, small.url)
    add(store, 1)
    small.fill(100_000)
    with pytest.raises(StoreUnavailableError) as caught:
        add(store, 2, 20_000)
    # The server may restart itself over it: then it does not answer for a moment.
    assert caught.value.kind in ("full", "away", "unclear")
    small.make_room()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            store.look()
            break
        except StoreUnavailableError:
            time.sleep(0.2)
    assert_holds(store, 1, 3)
    assert again(store, 3) == 3
    assert_holds(store, 3, 6)


FAULTS: dict[type[psycopg.Error], tuple[str, str]] = {
    errors.DiskFull: ("full", "53100"),
    errors.OutOfMemory: ("away", "53200"),
    errors.TooManyConnections: ("away", "53300"),
    errors.ConfigurationLimitExceeded: ("full", "53400"),
    errors.AdminShutdown: ("away", "57P01"),
    errors.CrashShutdown: ("away", "57P02"),
    errors.CannotConnectNow: ("away", "57P03"),
    errors.ReadOnlySqlTransaction: ("read_only", "25006"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_a_server_says_is_told_as_what_it_is(fault: type[psycopg.Error]) -> None:
    kind, state = FAULTS[fault]
    assert fault.sqlstate == state
    found = unavailable("db", OperationalError("COPY", {}, fault("the server's own words")))
    assert found.kind == kind
    for language in LANGUAGES:
        assert "the server's own words" not in failure_sentence(found, language)


@pytest.mark.parametrize("fault", [errors.DiskFull, errors.OutOfMemory], ids=lambda fault: fault.__name__)
def test_nothing_is_half_saved_where_the_server_gives_up_in_the_midst(
    fault: type[psycopg.Error], server_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(server_store, 1)
    insert_rows: Callable[..., Any] = writing.insert_rows

    def give_up(connection: Any, version: int, rows: Any) -> None:
        insert_rows(connection, version, rows)
        if version % 3 == 2:  # in the midst of the three
            raise fault("could not extend file")

    monkeypatch.setattr(writing, "insert_rows", give_up)
    with pytest.raises(StoreUnavailableError) as caught:
        add(server_store, 2)
    assert caught.value.kind == FAULTS[fault][0]
    monkeypatch.undo()
    assert_holds(server_store, 1, 3)
    with server_store.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM files")).scalar() == 1
    add(server_store, 3)
    assert_holds(server_store, 3, 6)
