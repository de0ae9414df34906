"""What a store holds at one moment, as a whole: what pages rest on, and go on with while it is away."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from indices.store import reading
from indices.store.rows import frame


@dataclass(frozen=True, slots=True)
class Contents:
    """A state of a store, its current versions, their rows, and its history."""

    state: str
    current: dict[tuple[str, str], int]
    table: pd.DataFrame
    history: pd.DataFrame


def contents(connection: Connection) -> Contents:
    """Everything but files and older rows; of one moment where the connection reads so."""
    current = reading.current(connection)
    table = frame(reading.rows(connection, list(current.values())))
    return Contents(reading.state(connection), current, table, reading.history(connection, None, None))
