"""A store that is away, as it was when it was read last: pages go on with it, changes are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

import pandas as pd
from sqlalchemy import Connection

from indices.store.contents import Contents
from indices.store.database import Database
from indices.store.errors import StoreUnavailableError
from indices.store.store import Store

R = TypeVar("R")


class RememberedStore(Store):
    """What was kept of a store, answered as it would; anything else raises why the store is away."""

    def __init__(self, kept: Contents, fault: StoreUnavailableError) -> None:
        self.database = _Nobody(fault)
        self._kept = kept

    def state(self) -> str:
        """The state it was read at."""
        return self._kept.state

    def current(self) -> dict[tuple[str, str], int]:
        """As `Store.current`."""
        return dict(self._kept.current)

    def contents(self) -> Contents:
        """What was kept."""
        return self._kept

    def table(self) -> pd.DataFrame:
        """As `Store.table`."""
        return self._kept.table

    def version_table(self, version: int) -> pd.DataFrame:
        """As `Store.version_table`, of a current version."""
        editions = {number: edition for edition, number in self._kept.current.items()}
        if version not in editions:
            return super().version_table(version)
        (index, edition), table = editions[version], self._kept.table
        rows = table[(table["index"] == index) & (table["edition"] == edition)]
        return rows.reset_index(drop=True)

    def history(self, index: str | None = None, edition: str | None = None) -> pd.DataFrame:
        """As `Store.history`."""
        found = self._kept.history
        for name, wanted in (("index", index), ("edition", edition)):
            if wanted is not None:
                found = found[found[name] == wanted]
        return found.reset_index(drop=True)


class _Nobody(Database):
    """In place of a database that does not answer: nothing is asked of it and nothing waits for it."""

    def __init__(self, fault: StoreUnavailableError) -> None:
        self._fault = fault

    @property
    def place(self) -> str:
        return self._fault.place

    def read(self, ask: Callable[[Connection], R], *, steady: bool = False) -> R:
        self._refuse()

    def write(self, change: Callable[[Connection], R], *, alone: bool = True) -> R:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreUnavailableError(self._fault.place, self._fault.reason, self._fault.kind)
