"""What the processes of these tests do, and the tables they add: every figure follows from its numbers."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pandas as pd

from indices.store import AlreadyHeldError, Store
from indices.tidy import tidy_from_columns

PANEL = ("2020", "2021", "2022")
TOLD = {"by": "An", "reason": "yearly table"}


def table(edition: str, n: int, n_rows: int) -> pd.DataFrame:
    """The tidy table of index X that addition `n` brings: its scores tell which one it was."""
    columns: dict[str, list[Any]] = {
        "index": ["X"] * n_rows,
        "edition": [edition] * n_rows,
        "province": [f"P{at:06d}" for at in range(n_rows)],
        "component": ["overall"] * n_rows,
        "score": [n + at / 8 for at in range(n_rows)],
        "rank": [1 + (at + n) % 63 for at in range(n_rows)],
        "n_ranked": [63] * n_rows,
        "basis": ["published"] * n_rows,
        "source": [f"source-{n}"] * n_rows,
        "note": ["" if at % 5 else f"ghi chú {n}" for at in range(n_rows)],
    }
    return tidy_from_columns(columns)


def panel(n: int, n_rows: int) -> list[pd.DataFrame]:
    """The tables of the three editions that addition `n` brings together."""
    return [table(edition, n, n_rows) for edition in PANEL]


def content(n: int) -> bytes:
    """The file of addition `n`."""
    return b"addition %d" % n * 100


def digest(tidy: pd.DataFrame) -> str:
    """A hash of every cell of a tidy table and of their order."""
    return hashlib.sha256(tidy.to_csv(index=False).encode()).hexdigest()


def add_for_ever(folder: Path, log: Path, first: int, n_rows: int, database_url: str = "") -> None:
    """Add panels until killed; `log` gets "start N" before and "done N SECONDS" after each addition."""
    store = Store.open(folder, database_url)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    tables = {n: panel(n, n_rows) for n in range(first, first + 4)}
    n = first
    while True:
        os.write(written, b"start %d\n" % n)
        began = time.monotonic()
        store.add_all(tables[n], file_name=f"{n}.csv", content=content(n), **TOLD)
        os.write(written, b"done %d %f\n" % (n, time.monotonic() - began))
        n += 1
        if n not in tables:
            tables[n] = panel(n, n_rows)


def add_each(place: tuple[Path, str], barrier: Any, told: Any, additions: list[tuple[str, int, int]]) -> None:
    """Open the store together with the others, then add tables (edition, n, rows) one after another.

    `told` gets how many of them went in and every error as text. Between them the store is read, and
    every edition must be whole.
    """
    errors, added = [], 0
    barrier.wait(120)
    try:
        store = Store.open(*place)
        for edition, n, n_rows in additions:
            told_of = {"origin": "upload", "file_name": f"{n}.csv", **TOLD}
            store.add(table(edition, n, n_rows), content=content(n), **told_of)
            added += 1
            sizes = store.table().groupby("edition").size()
            if set(sizes) != {n_rows}:
                errors.append(f"editions of {sizes.to_dict()} rows")
    except Exception as fault:
        errors.append(repr(fault))
    told.put((added, errors))


def add_same(place: tuple[Path, str], barrier: Any, told: Any, n_rows: int) -> None:
    """Open the store together with the others and add the same file; `told` gets what came of it."""
    tables = panel(1, n_rows)
    barrier.wait(120)
    try:
        made = Store.open(*place).add_all(tables, file_name="1.csv", content=content(1), **TOLD)
        told.put(f"made {len(made)}")
    except AlreadyHeldError as fault:
        told.put(f"held {fault.index} {fault.edition}")
    except Exception as fault:
        told.put(repr(fault))


def add_beyond(folder: Path, told: Any, more_bytes: int, n_rows: int) -> None:
    """Add a panel where no file may grow by more than `more_bytes`; `told` gets what came of it."""
    import resource

    store = Store.open(folder)
    tables = panel(2, n_rows)
    largest = max(file.stat().st_size for file in folder.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + more_bytes, resource.RLIM_INFINITY))
    try:
        store.add_all(tables, file_name="2.csv", content=content(2), **TOLD)
        told.put("made")
    except Exception as fault:
        told.put(type(fault).__name__)


def open_it(place: tuple[Path, str], barrier: Any, told: Any, _: Any) -> None:
    """Open the store together with the others; `told` gets its state."""
    barrier.wait(120)
    try:
        told.put(Store.open(*place).state())
    except Exception as fault:
        told.put(repr(fault))
