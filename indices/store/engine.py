"""Engines: SQLite in a file (or in memory), or PostgreSQL, behind the same transactions."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 120
"""How long SQLite waits for other writers: several panels of a million rows after each other."""
POOL: dict[str, Any] = {
    "pool_pre_ping": True,  # a server that was restarted is noticed before anything is asked of it
    "pool_size": 10,
    "max_overflow": 10,
    "pool_timeout": 10,
    "pool_recycle": 1800,
    "pool_use_lifo": True,  # those that a quiet hour does not need grow old and are closed
}
"""Connections of one server of ours: two of them stay well below PostgreSQL's usual hundred."""
PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    # A server whose machine lost its power says nothing: ask, and give up after half a minute.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    # And the other way round: what a lost server of ours holds must not keep the others waiting.
    "options": f"-c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout=300s "
    "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
}
"""How long a database server is waited for, in words of its driver; an address may say otherwise."""
WRITING = "indices_writing"
# Any number, the same in every server: PostgreSQL's advisory lock that serialises additions.
ADVISORY_LOCK = 5_063_063
# A panel of a million rows leaves a log of its own size; it need not keep that for good.
LOG_BYTES = 64_000_000


def sqlite_engine(file: Path) -> Engine:
    """An engine on a SQLite file; folder and file are made where they are missing.

    Raises OSError where they cannot be made.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch()
    # "rw", not "rwc": a file taken away under a running server is an error, never a new, empty store.
    address = f"{file.resolve().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    engine = create_engine(f"sqlite:///{file}", creator=connect)
    _prepare_sqlite(engine, wal=True)
    _follow_file(engine, file)
    return engine


def memory_engine() -> Engine:
    """An engine that lives as long as the process: for reading on where nothing can be written."""
    # One connection, lent to one thread at a time: the database is gone with it, and transactions of
    # several threads on it at once would be one inside the other.
    only_one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, **only_one)
    _prepare_sqlite(engine, wal=False)
    return engine


def server_engine(url: str) -> Engine:
    """An engine on a database server; a bare `postgresql://` address uses psycopg."""
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite":
        return sqlite_engine(Path(address.database or "indices.sqlite"))
    patience = {}
    if address.get_driver_name() == "psycopg":
        patience = {name: value for name, value in PATIENCE.items() if name not in address.query}
    return create_engine(address, connect_args=patience, **POOL)


def without_password(url: str) -> str:
    """A database address that may be shown; nothing of one that cannot be read."""
    try:
        return shown(make_url(url))
    except ArgumentError:
        return "INDICES_DATABASE_URL"


def shown(address: URL) -> str:
    """A database address without its password, wherever in it that stands."""
    return str(address.difference_update_query([name for name in address.query if "password" in name]))


def lock_for_writing(connection: Connection) -> None:
    """Hold off other writers until the transaction ends (SQLite does so from its beginning)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def empty_log(engine: Engine) -> None:
    """Give back the room of a SQLite log, or a change that filled the disk would go on filling it.

    Where a reader still needs the log, it stays.
    """
    if engine.dialect.name != "sqlite":
        return
    with (
        contextlib.suppress(SQLAlchemyError, sqlite3.Error),
        contextlib.closing(engine.raw_connection()) as lent,
    ):
        lent.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare_sqlite(engine: Engine, wal: bool) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        # The driver's own implicit BEGIN comes too late to keep two writers apart.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")
        if wal:
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA journal_size_limit={LOG_BYTES}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on, which readers need to go on beside a writer."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as fault:
            # In a new file the change asks for the file alone, and SQLite refuses at once instead of
            # waiting: two servers that start together would meet here.
            busy = fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
        time.sleep(0.02)


def _follow_file(engine: Engine, file: Path) -> None:
    """Never write into a file that was deleted or replaced under an open connection: it would be lost."""

    def identity() -> tuple[int, int] | None:
        try:
            found = file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @event.listens_for(engine, "connect")
    def _remember(_: Any, record: Any) -> None:
        record.info["file"] = identity()

    @event.listens_for(engine, "checkout")
    def _compare(_: Any, record: Any, __: Any) -> None:
        if record.info.get("file") != identity():
            raise DisconnectionError(f"{file} is another file now")
