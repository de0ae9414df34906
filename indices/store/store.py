"""Versions of editions in a database: added whole, never changed, never deleted.

The current version of an edition is the newest upload that is not withdrawn, else the newest
bundled one. Restoring is a new version with the old rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from indices.store import difference as differing
from indices.store import reading, writing
from indices.store.adding import Version as Version  # part of this module's interface
from indices.store.adding import add_again, add_correction, add_tables
from indices.store.contents import Contents, contents
from indices.store.correction import Correction
from indices.store.database import Database
from indices.store.engine import memory_engine, server_engine, sqlite_engine, without_password
from indices.store.errors import Fault, StoreUnavailableError
from indices.store.faults import full_disk, no_room
from indices.store.rows import arrow_rows, edition_of, frame
from indices.store.schema import bring_up_to_date
from indices.store.tables import Origin


class Store:
    """Versions in one database; safe to share between threads, and between processes by their own.

    Whatever is asked of it raises StoreUnavailableError where the database does not answer.
    """

    def __init__(self, engine: Engine) -> None:
        """The store in a database, its tables brought to those of this program. Raises as said above."""
        self.database = Database(engine)
        bring_up_to_date(self.database)

    @classmethod
    def open(cls, folder: Path, database_url: str = "") -> Store:
        """The store at `database_url`, else in `folder`/indices.sqlite. Raises StoreUnavailableError."""
        try:
            engine = server_engine(database_url) if database_url else sqlite_engine(folder / "indices.sqlite")
        except (OSError, ImportError, SQLAlchemyError) as fault:  # ImportError: no driver for this database
            place = without_password(database_url) if database_url else str(folder)
            kind: Fault = "full" if isinstance(fault, OSError) and full_disk(fault) else "unwritable"
            raise StoreUnavailableError(place, str(fault), kind) from fault
        return cls(engine)

    @classmethod
    def in_memory(cls) -> Store:
        """A store that is gone with the process."""
        return cls(memory_engine())

    def add(
        self,
        table: pd.DataFrame,
        *,
        origin: Origin,
        by: str,
        reason: str,
        file_name: str,
        content: bytes,
        report: Mapping[str, Any] | None = None,
    ) -> Version:
        """Add a tidy table of one edition as a new version, whole or not at all: `add_all` of one."""
        told: dict[str, Any] = {"origin": origin, "by": by, "reason": reason, "report": report}
        return self.add_all([table], file_name=file_name, content=content, **told)[0]

    def add_all(
        self,
        tables: Sequence[pd.DataFrame],
        *,
        origin: Origin = "upload",
        by: str,
        reason: str,
        file_name: str,
        content: bytes,
        report: Mapping[str, Any] | None = None,
    ) -> list[Version]:
        """Add tidy tables, each of one edition, as a version each: all of them or none.

        `content` is the file they came from, `report` the summary of its report. Left out is what
        would change nothing: an upload whose rows are those held now (every column, in any order),
        a bundled table whose file is its edition's newest bundled one. Returns the versions made.

        Raises AlreadyHeldError (of the first table) where nothing is left, ValueError where there is
        no table, a table is empty or of several editions, or two are of the same, and
        StoreUnavailableError where they could not be written.
        """
        added = [(edition_of(rows), rows) for rows in map(arrow_rows, tables)]
        if not added:
            raise ValueError("nothing to add")
        if len({edition for edition, _ in added}) != len(added):
            raise ValueError("two tables of one edition")
        told: dict[str, Any] = {"origin": origin, "by": by, "reason": reason, "report": report}
        told |= {"file_name": file_name, "content": content}
        return self.database.write(lambda connection: add_tables(connection, added, **told))

    def correct(
        self,
        index: str,
        edition: str,
        province: str,
        component: str,
        field: str,
        old: float | None,
        new: float | None,
        *,
        by: str,
        reason: str,
        source: str,
    ) -> Version:
        """Put one figure of the current version right, as a new version with a document that says so.

        `field` is "score", "rank" or "n_ranked", `old` the figure held (None: missing), `new` the
        right one, `source` where that stands; the row's source and note tell of it. Raises
        CorrectionError where the correction does not fit what is held, StoreUnavailableError.
        """
        given = Correction(index, edition, province, component, field, old, new, reason, source, by)
        return self.database.write(lambda connection: add_correction(connection, given))

    def bundled_hashes(self) -> dict[tuple[str, str], str]:
        """SHA-256 of the newest bundled version of each edition."""
        found = self.database.read(reading.bundled)
        return {edition: sha256 for edition, (_, sha256) in found.items()}

    def state(self) -> str:
        """A token that changes with every addition and withdrawal: the key of what was worked out."""
        return self.database.read(reading.state)

    def look(self) -> tuple[str, StoreUnavailableError | None]:
        """`state`, and why nothing can be written now although everything can be read."""
        state, only_read = self.database.read(reading.look)
        if only_read:
            return state, StoreUnavailableError(self.database.place, "transaction_read_only", "read_only")
        return state, no_room(self.database.engine)

    def current(self) -> dict[tuple[str, str], int]:
        """The current version of every edition, by index and edition."""
        return self.database.read(reading.current)

    def contents(self) -> Contents:
        """Everything but files and older rows, all of one moment."""
        return self.database.read(contents, steady=True)

    def table(self) -> pd.DataFrame:
        """The tidy table of all current versions, in order of index, edition, province and component."""
        return frame(self.database.read(reading.current_rows))

    def version_table(self, version: int) -> pd.DataFrame:
        """The tidy table of one version. Raises UnknownVersionError."""
        return frame(self.database.read(lambda connection: reading.version_rows(connection, version)))

    def difference(self, old: int, new: int) -> pd.DataFrame:
        """`difference` of the tables of two versions. Raises UnknownVersionError."""
        return differing.difference(self.version_table(old), self.version_table(new))

    def history(self, index: str | None = None, edition: str | None = None) -> pd.DataFrame:
        """Versions, newest first: every column but the file itself, and when they were withdrawn.

        `added_at` and `withdrawn_at` are in UTC; `report` is JSON.
        """
        return self.database.read(lambda connection: reading.history(connection, index, edition))

    def content(self, version: int) -> bytes:
        """The file of a version, byte for byte. Raises UnknownVersionError."""
        return self.database.read(lambda connection: reading.content(connection, version))

    def restore(self, version: int, *, by: str, reason: str) -> Version:
        """Bring an old version back as a new one with the same rows. Raises UnknownVersionError."""
        return self.database.write(lambda connection: add_again(connection, version, by, reason))

    def withdraw(self, version: int, *, by: str, reason: str) -> None:
        """Take a version out of use; it stays in the history. Once is enough, again changes nothing.

        Raises UnknownVersionError.
        """
        self.database.write(lambda connection: writing.withdraw(connection, version, by, reason))
