"""Versions of editions in a database: added whole, never changed, never deleted.

The current version of an edition is the newest upload that is not withdrawn, else the newest
bundled one. Restoring is a new version with the old rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Connection, Engine, RowMapping, func, insert, literal, select
from sqlalchemy.exc import SQLAlchemyError

from indices.store.engine import (
    WRITING,
    lock_for_writing,
    memory_engine,
    server_engine,
    sqlite_engine,
    without_password,
)
from indices.store.tables import figures, metadata, versions, withdrawals
from indices.tidy import COLUMNS, empty_tidy, tidy_from_columns, tidy_rows

Origin = Literal["bundled", "upload"]
ROW_COLUMNS = ["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"]
_FACTS = [column for column in versions.c if column.name != "content"]


class StoreUnavailableError(Exception):
    """The store could not be opened or written; `reason` is the system's own word."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class UnknownVersionError(KeyError):
    """There is no version of this number."""


@dataclass(frozen=True, slots=True)
class Version:
    """One addition of an edition: what it is of, where it came from, and its content's hash."""

    version: int
    index: str
    edition: str
    origin: Origin
    sha256: str


class Store:
    """The versions held in one database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine; tables that are missing are made. Raises StoreUnavailableError."""
        self._engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        try:
            with self._writer.begin() as connection:
                lock_for_writing(connection)
                metadata.create_all(connection)
        except SQLAlchemyError as fault:
            raise StoreUnavailableError(str(engine.url), str(fault.__cause__ or fault)) from fault

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
        report: dict[str, Any] | None = None,
    ) -> Version:
        """Add a tidy table of one edition as a new version, whole or not at all.

        Raises ValueError where the table is empty or of several editions, StoreUnavailableError where
        it could not be written.
        """
        rows = tidy_rows(table, ["index", "edition", *ROW_COLUMNS])
        named = {row[:2] for row in rows}
        if len(named) != 1:
            raise ValueError(f"a version is of one edition, not {len(named)}")
        index, edition = named.pop()
        facts: dict[str, Any] = {
            "index": index,
            "edition": edition,
            "origin": origin,
            "added_at": datetime.now(UTC),
            "added_by": by,
            "reason": reason,
            "file_name": file_name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "report": json.dumps(report or {}, ensure_ascii=False),
            "content": content,
        }
        with self._write() as connection:
            if origin == "bundled" and facts["sha256"] == self._newest_bundle(connection, index, edition):
                raise AlreadyHeldError(index, edition)
            version = _insert_version(connection, facts)
            _insert_figures(connection, [(version, *row[2:]) for row in rows])
        return Version(version, index, edition, origin, facts["sha256"])

    def bundled_hashes(self) -> dict[tuple[str, str], str]:
        """SHA-256 of the newest bundled version of each edition."""
        newest = select(func.max(versions.c.version)).where(versions.c.origin == "bundled")
        newest = newest.group_by(versions.c.index, versions.c.edition)
        query = select(versions.c.index, versions.c.edition, versions.c.sha256)
        with self._engine.connect() as connection:
            found = connection.execute(query.where(versions.c.version.in_(newest)))
            return {(index, edition): sha256 for index, edition, sha256 in found}

    def state(self) -> str:
        """A token that changes with every addition and withdrawal: the key of what was worked out."""
        query = select(
            select(func.coalesce(func.max(versions.c.version), 0)).scalar_subquery(),
            select(func.coalesce(func.max(withdrawals.c.withdrawal), 0)).scalar_subquery(),
        )
        with self._engine.connect() as connection:
            added, withdrawn = connection.execute(query).one()
        return f"{added}.{withdrawn}"

    def current(self) -> dict[tuple[str, str], int]:
        """The current version of every edition, by index and edition."""
        taken_back = select(withdrawals.c.version)
        query = (
            select(versions.c.index, versions.c.edition, versions.c.origin, func.max(versions.c.version))
            .where(versions.c.version.not_in(taken_back))
            .group_by(versions.c.index, versions.c.edition, versions.c.origin)
            # "upload" after "bundled": the later one overrides.
            .order_by(versions.c.origin)
        )
        with self._engine.connect() as connection:
            return {(row[0], row[1]): row[3] for row in connection.execute(query)}

    def table(self) -> pd.DataFrame:
        """The tidy table of all current versions, in order of index, edition and province."""
        return self._rows(list(self.current().values()))

    def version_table(self, version: int) -> pd.DataFrame:
        """The tidy table of one version. Raises UnknownVersionError."""
        self._facts(version)
        return self._rows([version])

    def history(self, index: str | None = None, edition: str | None = None) -> pd.DataFrame:
        """Versions, newest first: every column but the file itself, and when they were withdrawn.

        `added_at` and `withdrawn_at` are in UTC.
        """
        query = select(*_FACTS, withdrawals.c.withdrawn_at, withdrawals.c.withdrawn_by)
        query = query.select_from(versions.outerjoin(withdrawals)).order_by(versions.c.version.desc())
        if index is not None:
            query = query.where(versions.c.index == index)
        if edition is not None:
            query = query.where(versions.c.edition == edition)
        with self._engine.connect() as connection:
            found = pd.read_sql_query(query, connection)
        # SQLite gives times back without their zone.
        times = {name: pd.to_datetime(found[name], utc=True) for name in ("added_at", "withdrawn_at")}
        return found.assign(**times)

    def content(self, version: int) -> bytes:
        """The file of a version, byte for byte. Raises UnknownVersionError."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(versions.c.content).where(versions.c.version == version)
            ).first()
        if found is None:
            raise UnknownVersionError(version)
        return bytes(found.content)

    def restore(self, version: int, *, by: str, reason: str) -> Version:
        """Bring an old version back as a new one with the same rows. Raises UnknownVersionError."""
        old, content = self._facts(version), self.content(version)
        copied = [column for column in figures.c if column.name != "version"]
        with self._write() as connection:
            facts = dict(old)
            facts |= {"origin": "upload", "restores": version, "added_at": datetime.now(UTC)}
            facts |= {"added_by": by, "reason": reason, "content": content}
            del facts["version"]
            new = _insert_version(connection, facts)
            rows = select(literal(new), *copied).where(figures.c.version == version)
            names = ["version", *(column.name for column in copied)]
            connection.execute(insert(figures).from_select(names, rows))
        return Version(new, old["index"], old["edition"], "upload", old["sha256"])

    def withdraw(self, version: int, *, by: str, reason: str) -> None:
        """Take a version out of use; it stays in the history. Once is enough, again changes nothing.

        Raises UnknownVersionError.
        """
        self._facts(version)
        with self._write() as connection:
            query = select(withdrawals.c.withdrawal).where(withdrawals.c.version == version)
            if connection.execute(query).first() is not None:
                return
            facts = {"version": version, "withdrawn_by": by, "reason": reason}
            connection.execute(insert(withdrawals).values(withdrawn_at=datetime.now(UTC), **facts))

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        try:
            with self._writer.begin() as connection:
                lock_for_writing(connection)
                yield connection
        except SQLAlchemyError as fault:
            raise StoreUnavailableError(str(self._engine.url), str(fault.__cause__ or fault)) from fault

    def _newest_bundle(self, connection: Connection, index: str, edition: str) -> str | None:
        query = select(versions.c.sha256).where(
            versions.c.index == index, versions.c.edition == edition, versions.c.origin == "bundled"
        )
        return connection.execute(query.order_by(versions.c.version.desc()).limit(1)).scalar()

    def _facts(self, version: int) -> RowMapping:
        with self._engine.connect() as connection:
            query = select(*_FACTS).where(versions.c.version == version)
            found = connection.execute(query).mappings().first()
        if found is None:
            raise UnknownVersionError(version)
        return found

    def _rows(self, numbers: list[int]) -> pd.DataFrame:
        if not numbers:
            return empty_tidy()
        query = (
            select(versions.c.index, versions.c.edition, *(figures.c[name] for name in ROW_COLUMNS))
            .join(versions, versions.c.version == figures.c.version)
            .where(figures.c.version.in_(numbers))
            .order_by(versions.c.index, versions.c.edition, figures.c.province, figures.c.component)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        columns = zip(*rows, strict=True) if rows else ([] for _ in COLUMNS)
        return tidy_from_columns(dict(zip(["index", "edition", *ROW_COLUMNS], columns, strict=True)))


class AlreadyHeldError(Exception):
    """The newest bundled version of the edition has this very content."""

    def __init__(self, index: str, edition: str) -> None:
        super().__init__(f"{index} {edition}")


def _insert_version(connection: Connection, facts: dict[str, Any]) -> int:
    key = connection.execute(insert(versions).values(**facts)).inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no number to a new version")
    return int(key[0])


def _insert_figures(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows of a version and ROW_COLUMNS.

    The driver itself does it: SQLAlchemy's care for each row takes longer than the rows themselves.
    """
    names = ["version", *ROW_COLUMNS]
    compiled = insert(figures).compile(dialect=connection.dialect, column_keys=names)
    given: list[Any] = rows
    if compiled.positiontup is None:
        given = [dict(zip(names, row, strict=True)) for row in rows]
    connection.exec_driver_sql(str(compiled), given)
