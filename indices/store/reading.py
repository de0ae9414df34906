"""What is asked of the store's tables; every function reads through a connection that the store lends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, RowMapping, collate, func, select

from indices.store.errors import UnknownVersionError
from indices.store.rows import CHUNK, ROW_COLUMNS, SCHEMA
from indices.store.tables import Origin, figures, files, versions, withdrawals

_LAST = (
    select(func.coalesce(func.max(versions.c.version), 0)).scalar_subquery(),
    select(func.coalesce(func.max(withdrawals.c.withdrawal), 0)).scalar_subquery(),
)
FACTS = [column for column in versions.c if column.name != "content"]


def state(connection: Connection) -> str:
    """The numbers of the last addition and the last withdrawal."""
    added, withdrawn = connection.execute(select(*_LAST)).one()
    return f"{added}.{withdrawn}"


def look(connection: Connection) -> tuple[str, bool]:
    """`state`, and whether a database server says that it takes no changes now."""
    if connection.dialect.name != "postgresql":
        return state(connection), False
    query = select(*_LAST, func.current_setting("transaction_read_only"))
    added, withdrawn, only_read = connection.execute(query).one()
    return f"{added}.{withdrawn}", only_read == "on"


def current(connection: Connection) -> dict[tuple[str, str], int]:
    """The current version of every edition, by index and edition."""
    taken_back = select(withdrawals.c.version)
    query = (
        select(versions.c.index, versions.c.edition, versions.c.origin, func.max(versions.c.version))
        .where(versions.c.version.not_in(taken_back))
        .group_by(versions.c.index, versions.c.edition, versions.c.origin)
        # "upload" after "bundled": the later one overrides.
        .order_by(versions.c.origin)
    )
    return {(row[0], row[1]): row[3] for row in connection.execute(query)}


def bundled(connection: Connection) -> dict[tuple[str, str], tuple[int, str]]:
    """Number and SHA-256 of the newest bundled version of each edition."""
    newest = select(func.max(versions.c.version)).where(versions.c.origin == "bundled")
    newest = newest.group_by(versions.c.index, versions.c.edition)
    query = select(versions.c.index, versions.c.edition, versions.c.version, versions.c.sha256)
    found = connection.execute(query.where(versions.c.version.in_(newest)))
    return {(index, edition): (version, sha256) for index, edition, version, sha256 in found}


def history(connection: Connection, index: str | None, edition: str | None) -> pd.DataFrame:
    """Versions, newest first, without their files, and when they were withdrawn."""
    query = select(*FACTS, withdrawals.c.withdrawn_at, withdrawals.c.withdrawn_by)
    query = query.select_from(versions.outerjoin(withdrawals)).order_by(versions.c.version.desc())
    if index is not None:
        query = query.where(versions.c.index == index)
    if edition is not None:
        query = query.where(versions.c.edition == edition)
    found = pd.read_sql_query(query, connection)
    # SQLite gives times back without their zone.
    times = {name: pd.to_datetime(found[name], utc=True) for name in ("added_at", "withdrawn_at")}
    return found.assign(**times)


def facts(connection: Connection, version: int) -> RowMapping:
    """Everything about a version but its rows and its file. Raises UnknownVersionError."""
    found = connection.execute(select(*FACTS).where(versions.c.version == version)).mappings().first()
    if found is None:
        raise UnknownVersionError(version)
    return found


def content(connection: Connection, version: int) -> bytes:
    """The file of a version, byte for byte. Raises UnknownVersionError."""
    held = func.coalesce(files.c.content, versions.c.content)
    both = versions.outerjoin(files, files.c.sha256 == versions.c.sha256)
    found = connection.execute(select(held).select_from(both).where(versions.c.version == version)).first()
    if found is None:
        raise UnknownVersionError(version)
    return bytes(found[0])


def n_rows(connection: Connection, version: int) -> int:
    """How many rows a version has."""
    query = select(func.count()).select_from(figures).where(figures.c.version == version)
    return connection.execute(query).scalar_one()


def rows(connection: Connection, numbers: Sequence[int]) -> pa.Table:
    """The rows of versions of different editions, in order of index, edition, province and component."""
    query = select(versions.c.version, versions.c.index, versions.c.edition)
    query = query.where(versions.c.version.in_(numbers))
    editions = {version: (index, edition) for version, index, edition in connection.execute(query)}
    found = _rows_by_version(connection, numbers)
    parts, start = [], 0
    for counted in pc.value_counts(found["version"].combine_chunks()):
        version, n = counted["values"].as_py(), counted["counts"].as_py()
        parts.append((*editions[version], found.slice(start, n)))
        start += n
    tables = [SCHEMA.empty_table()]
    for index, edition, part in sorted(parts, key=lambda part: part[:2]):
        named = [pa.repeat(pa.scalar(name, pa.string()), len(part)) for name in (index, edition)]
        tables.append(pa.table([*named, *(part[name] for name in ROW_COLUMNS)], schema=SCHEMA))
    return pa.concat_tables(tables)


def current_rows(connection: Connection) -> pa.Table:
    """The rows of all current versions."""
    return rows(connection, list(current(connection).values()))


def version_rows(connection: Connection, version: int) -> pa.Table:
    """The rows of one version. Raises UnknownVersionError."""
    facts(connection, version)
    return rows(connection, [version])


def held_already(
    connection: Connection, origin: Origin, sha256: str, added: Sequence[tuple[tuple[str, str], pa.Table]]
) -> dict[tuple[str, str], int]:
    """The editions of `added` that would change nothing, with the version that holds them."""
    if origin == "bundled":
        newest = bundled(connection)
        same = {edition: newest[edition] for edition, _ in added if edition in newest}
        return {edition: version for edition, (version, held) in same.items() if held == sha256}
    now = current(connection)
    held = {}
    for edition, table in added:
        version = now.get(edition)
        if version is None or n_rows(connection, version) != len(table):
            continue
        if rows(connection, [version]).equals(table):
            held[edition] = version
    return held


def _rows_by_version(connection: Connection, numbers: Sequence[int]) -> pa.Table:
    """The rows of versions in order of version, province and component."""
    columns = [figures.c.version, *(figures.c[name] for name in ROW_COLUMNS)]
    by_code = [_by_code_point(connection, figures.c[name]) for name in ("province", "component")]
    query = select(*columns).where(figures.c.version.in_(numbers)).order_by(figures.c.version, *by_code)
    schema = pa.schema([("version", pa.int64()), *(SCHEMA.field(name) for name in ROW_COLUMNS)])
    result = connection.execute(query)
    # The driver's own cursor: SQLAlchemy's care for each row takes a third of the time.
    cursor: Any = result.cursor
    batches = []
    while some := cursor.fetchmany(CHUNK):
        cells = zip(zip(*some, strict=True), schema.types, strict=True)
        batches.append(pa.record_batch([pa.array(column, kind) for column, kind in cells], schema=schema))
    result.close()
    return pa.Table.from_batches(batches, schema)


def _by_code_point(connection: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """A text column in the order SQLite has it, whatever the language of a database server."""
    return collate(column, "C") if connection.dialect.name == "postgresql" else column
