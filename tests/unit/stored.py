"""A store of each kind, tables small enough to be checked by head, and how they go in."""

from pathlib import Path

import pandas as pd
import pytest

from indices.store import (
    Store,
)
from tests.databases import empty_store
from tests.unit.conftest import figures, values

FIRST = figures("edition province score rank\n2020 A 90 1\n2020 B 80 -")
SECOND = figures("edition province score rank\n2020 A 91 1\n2020 B 85 2")
NEXT = figures("edition province score rank\n2021 A 70 1")
LATER = figures("edition province score rank\n2022 A 60 1")
THIRD = figures("edition province score rank\n2020 A 92 1\n2020 B 85 2")


@pytest.fixture(params=["file", "memory", "postgresql"])
def store(request, tmp_path: Path):
    with empty_store(request.param, tmp_path / "new" / "folder") as found:
        yield found


def add(store: Store, table: pd.DataFrame = FIRST, origin: str = "upload", content: bytes = b"first") -> int:
    return store.add(
        table, origin=origin, by="An", reason="yearly table", file_name="2020.csv", content=content
    ).version


def held(store: Store) -> list[tuple]:
    return values(store.table(), "edition", "province", "score", "rank")
