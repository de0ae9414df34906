"""Stores for tests, empty: in a file, in memory, and on the PostgreSQL server that tests may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indices.store import Store
from indices.store.engine import server_engine
from indices.store.tables import metadata

SERVER = os.environ.get("INDICES_TEST_POSTGRES_URL", "")


def needed_server() -> str:
    """The address of the server. Without one the test is skipped, or fails if INDICES_REQUIRE_POSTGRES=1."""
    if not SERVER:
        if os.environ.get("INDICES_REQUIRE_POSTGRES") == "1":
            pytest.fail("INDICES_TEST_POSTGRES_URL is not set")
        pytest.skip("no PostgreSQL server named by INDICES_TEST_POSTGRES_URL")
    return SERVER


@contextmanager
def empty_server() -> Iterator[str]:
    """The address of the server, its database without our tables; emptied again at the end."""
    engine = server_engine(needed_server())
    metadata.drop_all(engine)
    yield SERVER
    metadata.drop_all(engine)
    engine.dispose()


@contextmanager
def empty_store(kind: str, folder: Path) -> Iterator[Store]:
    """A store of a kind: "file" (in `folder`), "memory" or "postgresql"."""
    if kind == "postgresql":
        with empty_server() as address:
            store = Store.open(folder, address)
            yield store
            store.database.engine.dispose()
    else:
        yield Store.open(folder) if kind == "file" else Store.in_memory()
