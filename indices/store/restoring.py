"""A backup brought back into an empty store, of either database, and compared before it is kept."""

from __future__ import annotations

import errno
import hashlib
import json
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from indices.store import migrations
from indices.store.backup import FORMAT, MANIFEST, Manifest, TableManifest, content_member, member
from indices.store.canonical import AT_A_TIME, content_hash, growing_tables, hash_of_all, values
from indices.store.errors import BackupError, BackupFault
from indices.store.store import Store
from indices.store.tables import figures, metadata
from indices.store.writing import insert_plain

# What Python's archive reader raises over turned bytes: also unknown versions and ways of packing, and a
# flag that says a password is needed.
_TURNED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    KeyError,
    TypeError,
    ValueError,
)


def manifest(file: Path) -> Manifest:
    """What a backup says it is. Raises BackupError, OSError."""
    with _opened(file) as archive:
        return _manifest(archive)


def restore_backup(file: Path, store: Store) -> Manifest:
    """Bring everything back that `file` holds, whole or not at all; `store` must hold nothing.

    Before it is kept, the store's content is hashed and compared with the backup's. Raises
    BackupError, OSError, StoreUnavailableError.
    """
    with _opened(file) as archive:
        said = _manifest(archive)
        with _told("damaged", file.name):
            store.database.write(lambda connection: _fill(connection, archive, said))
    return said


def check_backup(file: Path) -> Manifest:
    """Bring a backup back into a store that is thrown away. Raises as `restore_backup`."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        try:
            return restore_backup(file, store)
        finally:
            store.database.engine.dispose()


def _opened(file: Path) -> zipfile.ZipFile:
    with _told("not_a_backup", file.name):
        return zipfile.ZipFile(file)


@contextmanager
def _told(code: BackupFault, what: str) -> Iterator[None]:
    """What reading an archive of turned bytes raises, as a BackupError."""
    try:
        yield
    except _TURNED as fault:
        raise BackupError(code, what) from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # that is a place before the file's beginning
            raise
        raise BackupError(code, what) from fault


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    with _told("not_a_backup", MANIFEST):
        said = json.loads(archive.read(MANIFEST))
        tables = tuple(
            TableManifest(**{**table, "columns": tuple(table["columns"])}) for table in said["tables"]
        )
        found = Manifest(**{**said, "tables": tables})
    if found.format != FORMAT or found.schema not in migrations.STEPS:
        raise BackupError("newer", found.schema)
    if hash_of_all([(table.name, table.sha256) for table in tables]) != found.sha256:
        raise BackupError("damaged", MANIFEST)
    return found


def _fill(connection: Connection, archive: zipfile.ZipFile, said: Manifest) -> None:
    for table in growing_tables():
        if connection.execute(select(table.primary_key.columns[0]).limit(1)).first() is not None:
            raise BackupError("not_empty", table.name)
    for part in said.tables:
        _fill_table(connection, archive, part)
    for table in growing_tables():
        _count_on(connection, table)
    # What the database holds, not what was sent to it.
    if content_hash(connection, [(part.name, part.columns) for part in said.tables]) != said.sha256:
        raise BackupError("different")


def _fill_table(connection: Connection, archive: zipfile.ZipFile, part: TableManifest) -> None:
    table = metadata.tables.get(part.name)
    if table is None or not set(part.columns) <= set(table.c.keys()):
        raise BackupError("damaged", part.name)
    found = hashlib.sha256()

    def rows() -> Iterator[dict[str, Any]]:
        with archive.open(member(part.name)) as lines:
            for line in lines:
                found.update(line)
                yield values(line, table, part.columns, lambda sha256: _content(archive, sha256))

    try:
        _insert(connection, table, part.columns, rows())
    except (KeyError, ValueError) as fault:
        raise BackupError("damaged", member(part.name)) from fault
    if found.hexdigest() != part.sha256:
        raise BackupError("damaged", member(part.name))


def _insert(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Iterator[dict[str, Any]]
) -> None:
    if table is figures:  # by far the most, and nothing in them that a driver would not know
        plain = iter(lambda: [tuple(row.values()) for row in islice(rows, AT_A_TIME)], [])
        insert_plain(connection, table, columns, plain)
        return
    # Few rows at a time where one may hold a whole file.
    n = 1 if "content" in columns else AT_A_TIME
    while some := list(islice(rows, n)):
        connection.execute(insert(table), some)


def _content(archive: zipfile.ZipFile, sha256: str) -> bytes:
    content = archive.read(content_member(sha256))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BackupError("damaged", content_member(sha256))
    return content


def _count_on(connection: Connection, table: Table) -> None:
    """Numbers that PostgreSQL gives to new rows go on after those brought back."""
    key = table.primary_key.columns[0]
    if connection.dialect.name != "postgresql" or table.autoincrement_column is not key:
        return
    last = connection.execute(select(func.max(key))).scalar()
    if last is not None:
        query = text("SELECT setval(pg_get_serial_sequence(:table, :key), :last)")
        connection.execute(query, {"table": table.name, "key": key.name, "last": last})
