"""New versions, made inside a transaction that holds off other writers: what else belongs to it may join.

`Store` has a method for each of these; a change of several parts uses `Database.write` and these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection

from indices.store import reading, writing
from indices.store.correction import Correction
from indices.store.errors import AlreadyHeldError
from indices.store.tables import Origin

Edition = tuple[str, str]
"""Index and edition."""


@dataclass(frozen=True, slots=True)
class Version:
    """One addition of an edition: what it is of, where it came from, and its content's hash."""

    version: int
    index: str
    edition: str
    origin: Origin
    sha256: str


def add_tables(
    connection: Connection,
    added: Sequence[tuple[Edition, pa.Table]],
    *,
    origin: Origin,
    by: str,
    reason: str,
    file_name: str,
    content: bytes,
    report: Mapping[str, Any] | None,
) -> list[Version]:
    """A version of each table (`rows.arrow_rows`, with the edition it is of) that would change something.

    Raises AlreadyHeldError, of the first, where none would.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    held = reading.held_already(connection, origin, sha256, added)
    if len(held) == len(added):
        first = added[0][0]
        raise AlreadyHeldError(*first, held[first])
    writing.keep_file(connection, sha256, content)
    facts = {"origin": origin, "added_by": by, "reason": reason, "file_name": file_name, "sha256": sha256}
    made = []
    for (index, edition), rows in added:
        if (index, edition) in held:
            continue
        version = writing.insert_version(connection, report, index=index, edition=edition, **facts)
        writing.insert_rows(connection, version, rows)
        made.append(Version(version, index, edition, origin, sha256))
    return made


def add_correction(connection: Connection, given: Correction) -> Version:
    """A version with one figure put right and the correction's document. Raises CorrectionError."""
    document = given.document()
    sha256 = hashlib.sha256(document).hexdigest()
    version = reading.current(connection).get((given.index, given.edition))
    rows = given.applied(reading.rows(connection, [] if version is None else [version]))
    writing.keep_file(connection, sha256, document)
    facts = {"index": given.index, "edition": given.edition, "origin": "upload", "added_by": given.by}
    facts |= {"reason": given.why, "file_name": given.file_name, "sha256": sha256}
    new_version = writing.insert_version(connection, {"corrects": version}, **facts)
    writing.insert_rows(connection, new_version, rows)
    return Version(new_version, given.index, given.edition, "upload", sha256)


def add_again(connection: Connection, version: int, by: str, reason: str) -> Version:
    """A version with the rows and the file of an older one. Raises UnknownVersionError."""
    old = reading.facts(connection, version)
    new = writing.copy_version(connection, version, by=by, reason=reason)
    return Version(new, old["index"], old["edition"], "upload", old["sha256"])
