"""Transactions on the store's database, tried again where a connection was lost and nothing can be changed.

A read may always be tried again. A change is tried again only where the connection went away before
it was to be kept: then the database itself takes it back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from indices.store.engine import WRITING, empty_log, lock_for_writing, shown
from indices.store.errors import StoreUnavailableError
from indices.store.faults import lost, unavailable

R = TypeVar("R")

STEADY = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WAITS = (0.1, 0.4)
"""Seconds before the second and the third try: a connection pooler or a quick restart, not an outage."""


class Database:
    """Reading and changing in transactions; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        # SQLite reads as of one moment in any transaction.
        server = engine.dialect.name == "postgresql"
        self._steady = engine.execution_options(**STEADY) if server else engine

    def read(self, ask: Callable[[Connection], R], *, steady: bool = False) -> R:
        """What `ask` finds through a connection, asked again where that was lost.

        `steady`: everything is of one moment, whatever is added meanwhile. Raises
        StoreUnavailableError, and what `ask` raises of its own.
        """
        engine = self._steady if steady else self.engine
        for wait in (*WAITS, None):
            try:
                with self._told(), engine.connect() as connection:
                    return ask(connection)
            except StoreUnavailableError as fault:
                if wait is None or fault.kind != "away":
                    raise
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def write(self, change: Callable[[Connection], R], *, alone: bool = True) -> R:
        """What `change` answers, all it did kept or nothing; other writers are held off meanwhile.

        `alone=False` is for a row that depends on no other (a record of what was done): a database
        server then lets other writers go on. `change` may run several times, each time from the
        beginning. Raises StoreUnavailableError, of kind "unclear" where the connection went away at
        the very end and nobody can say whether it was kept, and what `change` raises of its own.
        """
        for wait in (*WAITS, None):
            try:
                with self._told():
                    return self._written(change, alone)
            except StoreUnavailableError as fault:
                if fault.kind == "full":
                    empty_log(self.engine)
                if wait is None or fault.kind != "away":
                    raise
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _written(self, change: Callable[[Connection], R], alone: bool) -> R:
        with self._writer.connect() as connection:
            transaction = connection.begin()
            try:
                if alone:
                    lock_for_writing(connection)
                answer = change(connection)
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except DBAPIError as fault:
                if lost(fault):
                    raise StoreUnavailableError(self.place, str(fault.orig), "unclear") from fault
                raise
            return answer

    @property
    def place(self) -> str:
        """The database's address without its password."""
        return shown(self.engine.url)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database refuses, in our words; rows that the driver takes itself fail in its own."""
        try:
            yield
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error) as fault:
            raise unavailable(self.place, fault) from fault
