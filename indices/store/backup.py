"""A backup: one file with everything a store holds at one moment, readable without this program.

A ZIP: `manifest.json`, a file `<table>.jsonl` of each table (`canonical.lines`), and under `content/`
every file that was brought in, named by its SHA-256. It is the same for SQLite and PostgreSQL, so
that either can be filled from it.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, LargeBinary, Table

from indices.store import migrations
from indices.store.canonical import growing_tables, hash_of_all, lines
from indices.store.store import Store

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class TableManifest:
    """What a backup holds of a table: its columns in order, how many rows, and their SHA-256."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: `schema` is the step of the store's tables, `sha256` that of all it holds."""

    format: int
    schema: str
    made_at: str
    tables: tuple[TableManifest, ...]
    sha256: str

    def rows(self, name: str) -> int:
        """How many rows a table has; 0 for one the backup does not know."""
        return next((table.rows for table in self.tables if table.name == name), 0)


def member(table: str) -> str:
    """Where a backup holds a table."""
    return f"{table}.jsonl"


def content_member(sha256: str) -> str:
    """Where a backup holds a file that was brought in."""
    return f"content/{sha256}"


def back_up(store: Store, file: Path) -> Manifest:
    """Write everything `store` holds into a new file: whole or not at all, others read and add meanwhile.

    It is of one moment: what is added while it is written is not in it. Nobody but its owner may
    read it, for it names people. Raises FileExistsError, OSError, StoreUnavailableError.
    """
    if file.exists():
        raise FileExistsError(f"{file}")
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        made = store.database.read(lambda connection: _written(connection, unfinished), steady=True)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def _written(connection: Connection, file: Path) -> Manifest:
    for_its_owner = os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(for_its_owner, "wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            _write_files(connection, archive)
            tables = tuple(_write_table(connection, archive, table) for table in growing_tables())
            sha256 = hash_of_all([(table.name, table.sha256) for table in tables])
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            made = Manifest(FORMAT, migrations.HEAD, made_at, tables, sha256)
            archive.writestr(MANIFEST, json.dumps(asdict(made), indent=1) + "\n")
        out.flush()
        os.fsync(out.fileno())
    return made


def _write_files(connection: Connection, archive: zipfile.ZipFile) -> None:
    """The files that rows hold, before the rows: a ZIP takes one member after another."""
    known: set[str] = set()

    def keep(sha256: str, content: bytes) -> None:
        if sha256 not in known:
            archive.writestr(content_member(sha256), content)
            known.add(sha256)

    for table in growing_tables():
        if any(isinstance(column.type, LargeBinary) for column in table.c):
            for _ in lines(connection, table, table.c.keys(), keep):
                pass


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> TableManifest:
    columns, found, n = tuple(table.c.keys()), hashlib.sha256(), 0
    with archive.open(member(table.name), "w", force_zip64=True) as out:
        for line in lines(connection, table, columns, lambda *_: None):
            found.update(line)
            out.write(line)
            n += 1
    return TableManifest(table.name, columns, n, found.hexdigest())
