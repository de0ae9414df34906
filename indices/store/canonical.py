"""The rows of a store written so that they are the same on every database: what backups hold and hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, LargeBinary, String, Table, Text, collate, select

from indices.store.tables import GROWING, metadata

AT_A_TIME = 5_000
Keep = Callable[[str, bytes], None]
"""Takes a file that a row holds, under its SHA-256."""


def growing_tables() -> list[Table]:
    """Every table with rows of its own, each after those it refers to."""
    return [metadata.tables[name] for name in GROWING]


def lines(connection: Connection, table: Table, columns: Sequence[str], keep: Keep) -> Iterator[bytes]:
    """The rows of a table in order of its key, one line of JSON each; files go to `keep`.

    A time is in UTC, a file is its SHA-256, a missing value is null.
    """
    wanted = [table.c[name] for name in columns]
    query = select(*wanted).order_by(*(_by_code_point(connection, key) for key in table.primary_key))
    # Rows that hold whole files come one by one, or memory would hold them together.
    n = 1 if any(isinstance(column.type, LargeBinary) for column in wanted) else AT_A_TIME
    streamed = connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": n})
    for some in streamed.partitions(n):
        for row in some:
            yield _line([_plain(value, keep) for value in row])


def content_hash(connection: Connection, parts: Sequence[tuple[str, Sequence[str]]] | None = None) -> str:
    """SHA-256 of everything a store holds: equal for stores that hold the same, whatever their database.

    `parts`, tables and their columns, where not all of it is asked.
    """
    of_tables = []
    for name, columns in parts or [(table.name, table.c.keys()) for table in growing_tables()]:
        found = hashlib.sha256()
        for line in lines(connection, metadata.tables[name], columns, lambda *_: None):
            found.update(line)
        of_tables.append((name, found.hexdigest()))
    return hash_of_all(of_tables)


def hash_of_all(of_tables: Sequence[tuple[str, str]]) -> str:
    """One SHA-256 for those of the tables."""
    return hashlib.sha256("".join(f"{name} {sha256}\n" for name, sha256 in of_tables).encode()).hexdigest()


def values(line: bytes, table: Table, columns: Sequence[str], file: Callable[[str], bytes]) -> dict[str, Any]:
    """A row as it was: `lines` the other way round, files from `file`."""
    row = dict(zip(columns, json.loads(line), strict=True))
    for name, value in row.items():
        kind = table.c[name].type
        if value is not None and isinstance(kind, DateTime):
            row[name] = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, LargeBinary):
            row[name] = file(value) if value else b""
    return row


def _line(values: list[Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plain(value: Any, keep: Keep) -> Any:
    if isinstance(value, datetime):
        # SQLite gives times back without their zone.
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, (bytes, memoryview)):
        content = bytes(value)
        if not content:
            return ""
        sha256 = hashlib.sha256(content).hexdigest()
        keep(sha256, content)
        return sha256
    # SQLite keeps no sign of a zero.
    return value + 0.0 if isinstance(value, float) else value


def _by_code_point(connection: Connection, column: Any) -> Any:
    """In the order SQLite has it, whatever the language of a database server."""
    text = isinstance(column.type, (String, Text))
    return collate(column, "C") if text and connection.dialect.name == "postgresql" else column
