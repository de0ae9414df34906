"""Engines: SQLite in a file (or in memory), or PostgreSQL, behind the same transactions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 30
WRITING = "indices_writing"
# Any number, the same in every server: PostgreSQL's advisory lock that serialises additions.
ADVISORY_LOCK = 5_063_063


def sqlite_engine(file: Path) -> Engine:
    """An engine on a SQLite file; the folder is made where it is missing.

    Raises OSError where the folder cannot be made.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": BUSY_SECONDS})
    _prepare_sqlite(engine, wal=True)
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
    return create_engine(address, pool_pre_ping=True)


def without_password(url: str) -> str:
    """A database address that may be shown; nothing of one that cannot be read."""
    try:
        return str(make_url(url))
    except ArgumentError:
        return "INDICES_DATABASE_URL"


def lock_for_writing(connection: Connection) -> None:
    """Hold off other writers until the transaction ends (SQLite does so from its beginning)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def _prepare_sqlite(engine: Engine, wal: bool) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        # The driver's own implicit BEGIN comes too late to keep two writers apart.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
