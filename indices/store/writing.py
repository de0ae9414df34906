"""What is written into the store's tables, inside a transaction that holds off other writers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Table, insert, literal, select

from indices.store import reading
from indices.store.rows import ROW_COLUMNS, plain_rows
from indices.store.tables import figures, files, versions, withdrawals


def keep_file(connection: Connection, sha256: str, content: bytes) -> None:
    """Keep a file under its SHA-256, once however many versions come from it."""
    query = select(files.c.sha256).where(files.c.sha256 == sha256)
    if connection.execute(query).first() is None:
        connection.execute(insert(files).values(sha256=sha256, content=content))


def insert_version(connection: Connection, report: Mapping[str, Any] | None, **facts: Any) -> int:
    """A version without rows yet; returns its number. `facts` are columns of `versions`."""
    written = json.dumps(dict(report or {}), ensure_ascii=False)
    # The file is in `files`; the column is of the time before.
    given = {"added_at": datetime.now(UTC), "report": written, "content": b"", **facts}
    key = connection.execute(insert(versions).values(**given)).inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no number to a new version")
    return int(key[0])


def insert_rows(connection: Connection, version: int, rows: pa.Table) -> None:
    """The rows of a version.

    The driver itself does it: SQLAlchemy's care for each row takes longer than the rows themselves.
    """
    insert_plain(connection, figures, ["version", *ROW_COLUMNS], plain_rows(rows, version))


def insert_plain(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Sequence[Any]]]
) -> None:
    """Rows of plain values, some at a time, by the driver itself."""
    if connection.dialect.name == "postgresql":
        command = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(command) as copy:
            for some in rows:
                for row in some:
                    copy.write_row(row)
        return
    command = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for some in rows:
        connection.exec_driver_sql(command, list(some))


def copy_version(connection: Connection, version: int, *, by: str, reason: str) -> int:
    """A new upload with the rows and the file of an older version. Raises UnknownVersionError."""
    old = dict(reading.facts(connection, version))
    del old["version"], old["added_at"]
    report = json.loads(old.pop("report"))
    keep_file(connection, old["sha256"], reading.content(connection, version))
    changed = {"origin": "upload", "restores": version, "added_by": by, "reason": reason}
    new = insert_version(connection, report, **{**old, **changed})
    copied = [column for column in figures.c if column.name != "version"]
    rows = select(literal(new), *copied).where(figures.c.version == version)
    names = ["version", *(column.name for column in copied)]
    connection.execute(insert(figures).from_select(names, rows))
    return new


def withdraw(connection: Connection, version: int, by: str, reason: str) -> None:
    """Take a version out of use, once. Raises UnknownVersionError."""
    reading.facts(connection, version)
    query = select(withdrawals.c.withdrawal).where(withdrawals.c.version == version)
    if connection.execute(query).first() is not None:
        return
    facts = {"version": version, "withdrawn_by": by, "reason": reason}
    connection.execute(insert(withdrawals).values(withdrawn_at=datetime.now(UTC), **facts))
