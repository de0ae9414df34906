"""Editions added all the time, and in the end compared with what the store holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import pandas as pd

from benchmarks.beside import beside
from indices.catalogue import load_catalogue
from indices.settings import ROOT
from indices.store import Store, StoreUnavailableError
from indices.store.store import Version

INDEX, EDITION = "PCI", "2030"
"""An edition that nothing else has."""
PAUSE_SECONDS = 15.0
"""Between two additions: each makes every page work its answers out anew."""
AGAIN_SECONDS = 0.3
"""The same while something happens, and after a refusal: one is always under way then."""
_ROWS = 63


class Additions:
    """Adds a version of one edition after the other, through a connection of its own.

    `confirmed` are those the store has said yes to, by the reason each was given (a name of its own).
    """

    def __init__(self, url: str, store: Store | None = None) -> None:
        self.url, self._store = url, store
        self.confirmed: dict[str, Version] = {}
        self.refused = 0
        self._waits: list[tuple[float, float]] = []
        self._made = 0
        self._end, self._hurry = threading.Event(), threading.Event()

    @property
    def store(self) -> Store:
        """The store, opened at the first need."""
        if self._store is None:
            self._store = Store.open(Path("/nonexistent"), self.url)
        return self._store

    def add_one(self, larger: bool = False) -> None:
        """Add the next version. Raises StoreUnavailableError."""
        self._made += 1
        reason = f"measured {uuid4().hex}"
        content = reason.encode() * (20_000 if larger else 1)
        given = {"origin": "upload", "by": "measurement", "reason": reason, "file_name": "measured.csv"}
        self.confirmed[reason] = self.store.add(figures(self._made), content=content, **given)  # type: ignore[arg-type]  # the texts it asks for

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Add until the end of the block; what is refused is tried again."""
        with beside(self._go_on, self._end):
            yield

    @contextmanager
    def hurrying(self) -> Iterator[None]:
        """Add one after the other until the end of the block."""
        self._hurry.set()
        try:
            time.sleep(AGAIN_SECONDS)
            yield
        finally:
            self._hurry.clear()

    def longest_since(self, began: float) -> float:
        """Seconds of the longest wait for a yes, refusals included, of those that ended since `began`."""
        return max((wait for ended, wait in self._waits if ended >= began), default=0.0)

    def lost(self) -> list[str]:
        """What was confirmed and is not held, or with other rows than were given."""
        history = self.store.history(INDEX, EDITION)
        held = dict(zip(history["reason"], history["version"], strict=True))
        return [reason for reason, version in self.confirmed.items() if held.get(reason) != version.version]

    def half_made(self) -> int:
        """Versions without all their rows."""
        history = self.store.history(INDEX, EDITION)
        sizes = (len(self.store.version_table(int(version))) for version in history["version"])
        return sum(size != _ROWS for size in sizes)

    def _go_on(self) -> None:
        while not self._end.is_set():
            began = time.monotonic()
            while not self._end.is_set():
                try:
                    self.add_one()
                    break
                except StoreUnavailableError:
                    self.refused += 1
                    self._end.wait(AGAIN_SECONDS)
            self._waits.append((time.monotonic(), time.monotonic() - began))
            until = time.monotonic() + PAUSE_SECONDS
            self._end.wait(AGAIN_SECONDS)
            while time.monotonic() < until and not self._end.is_set() and not self._hurry.is_set():
                self._end.wait(AGAIN_SECONDS)


def figures(number: int) -> pd.DataFrame:
    """A small edition that differs from the one of another number: a score for each of 63 provinces."""
    provinces = _provinces()
    return pd.DataFrame(
        {
            "index": INDEX,
            "edition": EDITION,
            "province": list(provinces),
            "component": "overall",
            "score": [50.0 + (place + number) % 40 for place in range(len(provinces))],
            "rank": pd.array([pd.NA] * len(provinces), dtype="Int64"),
            "n_ranked": pd.array([pd.NA] * len(provinces), dtype="Int64"),
            "basis": "published",
            "source": "measurement",
            "note": f"measured {number}",
        }
    )


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(spec.name_vi for spec in load_catalogue(ROOT / "data" / "catalogue").provinces.frame(_ROWS))
