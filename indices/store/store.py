"""Versions of editions in a database: added whole, never changed, never deleted.

The current version of an edition is the newest upload that is not withdrawn, else the newest
bundled one. Restoring is a new version with the old rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import SQLAlchemyError

from indices.store import difference as differing
from indices.store import reading, writing
from indices.store.correction import Correction
from indices.store.engine import (
    WRITING,
    lock_for_writing,
    memory_engine,
    server_engine,
    sqlite_engine,
    without_password,
)
from indices.store.errors import AlreadyHeldError, StoreUnavailableError
from indices.store.rows import arrow_rows, edition_of, frame
from indices.store.tables import Origin, metadata, withdrawals


@dataclass(frozen=True, slots=True)
class Version:
    """One addition of an edition: what it is of, where it came from, and its content's hash."""

    version: int
    index: str
    edition: str
    origin: Origin
    sha256: str


class Store:
    """Versions in one database; safe to share between threads, and between processes by their own.

    Whatever is asked of it raises StoreUnavailableError where the database does not answer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        with self._write() as connection:
            metadata.create_all(connection)

    @classmethod
    def open(cls, folder: Path, database_url: str = "") -> Store:
        """The store at `database_url`, else in `folder`/indices.sqlite. Raises StoreUnavailableError."""
        try:
            engine = server_engine(database_url) if database_url else sqlite_engine(folder / "indices.sqlite")
        except (OSError, ImportError, SQLAlchemyError) as fault:  # ImportError: no driver for this database
            place = without_password(database_url) if database_url else str(folder)
            raise StoreUnavailableError(place, str(fault)) from fault
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
        sha256 = hashlib.sha256(content).hexdigest()
        with self._write() as connection:
            held = reading.held_already(connection, origin, sha256, added)
            if len(held) == len(added):
                first = added[0][0]
                raise AlreadyHeldError(*first, held[first])
            writing.keep_file(connection, sha256, content)
            facts = {"added_by": by, "reason": reason, "file_name": file_name, "sha256": sha256}
            made = []
            for (index, edition), rows in added:
                if (index, edition) in held:
                    continue
                of = {"index": index, "edition": edition, "origin": origin}
                version = writing.insert_version(connection, report, **of, **facts)
                writing.insert_rows(connection, version, rows)
                made.append(Version(version, index, edition, origin, sha256))
        return made

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
        document = given.document()
        sha256 = hashlib.sha256(document).hexdigest()
        with self._write() as connection:
            version = reading.current(connection).get((index, edition))
            held = reading.rows(connection, [] if version is None else [version])
            rows = given.applied(held)
            writing.keep_file(connection, sha256, document)
            facts = {"index": index, "edition": edition, "origin": "upload", "added_by": by}
            facts |= {"reason": reason, "file_name": given.file_name, "sha256": sha256}
            new_version = writing.insert_version(connection, {"corrects": version}, **facts)
            writing.insert_rows(connection, new_version, rows)
        return Version(new_version, index, edition, "upload", sha256)

    def bundled_hashes(self) -> dict[tuple[str, str], str]:
        """SHA-256 of the newest bundled version of each edition."""
        with self._read() as connection:
            return {edition: sha256 for edition, (_, sha256) in reading.bundled(connection).items()}

    def state(self) -> str:
        """A token that changes with every addition and withdrawal: the key of what was worked out."""
        with self._read() as connection:
            return reading.state(connection)

    def current(self) -> dict[tuple[str, str], int]:
        """The current version of every edition, by index and edition."""
        with self._read() as connection:
            return reading.current(connection)

    def table(self) -> pd.DataFrame:
        """The tidy table of all current versions, in order of index, edition, province and component."""
        with self._read() as connection:
            return frame(reading.rows(connection, list(reading.current(connection).values())))

    def version_table(self, version: int) -> pd.DataFrame:
        """The tidy table of one version. Raises UnknownVersionError."""
        with self._read() as connection:
            reading.facts(connection, version)
            return frame(reading.rows(connection, [version]))

    def difference(self, old: int, new: int) -> pd.DataFrame:
        """`difference` of the tables of two versions. Raises UnknownVersionError."""
        return differing.difference(self.version_table(old), self.version_table(new))

    def history(self, index: str | None = None, edition: str | None = None) -> pd.DataFrame:
        """Versions, newest first: every column but the file itself, and when they were withdrawn.

        `added_at` and `withdrawn_at` are in UTC; `report` is JSON.
        """
        with self._read() as connection:
            return reading.history(connection, index, edition)

    def content(self, version: int) -> bytes:
        """The file of a version, byte for byte. Raises UnknownVersionError."""
        with self._read() as connection:
            return reading.content(connection, version)

    def restore(self, version: int, *, by: str, reason: str) -> Version:
        """Bring an old version back as a new one with the same rows. Raises UnknownVersionError."""
        with self._write() as connection:
            old = reading.facts(connection, version)
            new = writing.copy_version(connection, version, by=by, reason=reason)
        return Version(new, old["index"], old["edition"], "upload", old["sha256"])

    def withdraw(self, version: int, *, by: str, reason: str) -> None:
        """Take a version out of use; it stays in the history. Once is enough, again changes nothing.

        Raises UnknownVersionError.
        """
        with self._write() as connection:
            reading.facts(connection, version)
            query = select(withdrawals.c.withdrawal).where(withdrawals.c.version == version)
            if connection.execute(query).first() is not None:
                return
            facts = {"version": version, "withdrawn_by": by, "reason": reason}
            connection.execute(insert(withdrawals).values(withdrawn_at=datetime.now(UTC), **facts))

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._told(), self._writer.begin() as connection:
            lock_for_writing(connection)
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database refuses, in our words; rows that the driver takes itself fail in its own."""
        try:
            yield
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as fault:
            raise StoreUnavailableError(str(self._engine.url), str(fault.__cause__ or fault)) from fault
