"""What a database says when it cannot, sorted into the kinds that people are told of."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from indices.store.errors import Fault, StoreUnavailableError

LEAST_ROOM = 2_000_000
"""Bytes free on the disk of a store in a file, below which nothing is added: an edition and its log."""
_FULL = ("database or disk is full", "no space left on device", "disk quota exceeded")
_ONLY_READ = ("readonly database", "read-only transaction", "permission denied", "attempt to write")
# Of PostgreSQL: connections that fail, operators who stop the server, memory or connections used up.
_AWAY_STATES = ("08", "57P", "25P03", "53200", "53300")
_FULL_STATES = ("53100", "53400")
_ONLY_READ_STATES = ("25006", "42501")


def unavailable(place: str, fault: BaseException) -> StoreUnavailableError:
    """The error of the store for one of the database or its driver."""
    driver = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    return StoreUnavailableError(place, str(driver), _kind(fault, driver))


def lost(fault: BaseException) -> bool:
    """Whether the connection went away, so that nobody answers any more."""
    driver = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    return _kind(fault, driver) == "away"


def _kind(fault: BaseException, driver: BaseException) -> Fault:
    state, said = str(getattr(driver, "sqlstate", None) or ""), str(driver).casefold()
    if state.startswith(_FULL_STATES) or any(words in said for words in _FULL):
        return "full"
    if state.startswith(_ONLY_READ_STATES) or any(words in said for words in _ONLY_READ):
        return "read_only"
    if isinstance(fault, (DisconnectionError, PoolTimeoutError)) or state.startswith(_AWAY_STATES):
        return "away"
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return "away"
    # A driver that found nobody to talk to has no state of a database.
    nobody = type(driver).__name__ == "OperationalError" and not state and not _of_sqlite(driver)
    return "away" if nobody or "unable to open database file" in said else "refused"


def _of_sqlite(driver: BaseException) -> bool:
    return type(driver).__module__ == "sqlite3"


def no_room(engine: Engine) -> StoreUnavailableError | None:
    """Why a store in a file cannot take an addition: less room on its disk than one needs."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    place = Path(engine.url.database).parent
    try:
        free = shutil.disk_usage(place).free
    except OSError:  # the folder is gone; whoever reads the file next is told
        return None
    return StoreUnavailableError(str(place), f"{free} bytes free", "full") if free < LEAST_ROOM else None


def full_disk(fault: OSError) -> bool:
    """Whether a file could not be written because there is no room."""
    return fault.errno in (errno.ENOSPC, errno.EDQUOT)
