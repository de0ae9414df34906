"""Tables of a store brought to those of this program when it is opened, several servers at once or not."""

from __future__ import annotations

from sqlalchemy import Connection

from indices.store import migrations
from indices.store.database import Database
from indices.store.errors import StoreUnavailableError


def bring_up_to_date(database: Database) -> None:
    """Take the steps that are missing, all or none; a store made before there were steps is adopted.

    Raises StoreUnavailableError, of kind "newer" where a newer program made the store: this one must
    not write into tables it does not know.
    """
    if _missing(database, database.read(migrations.step)):
        database.write(lambda connection: _take_steps(database, connection))


def _take_steps(database: Database, connection: Connection) -> None:
    # Another server may have taken them while this one waited.
    if _missing(database, migrations.step(connection)):
        migrations.bring_up_to_date(connection)


def _missing(database: Database, step: str | None) -> bool:
    if step is not None and step not in migrations.STEPS:
        raise StoreUnavailableError(database.place, f"step {step}", "newer")
    return step != migrations.HEAD
