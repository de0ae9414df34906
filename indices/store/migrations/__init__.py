"""How a store of any age comes to have today's tables: steps in `versions`, one after another.

A step is written once and not changed afterwards. It may add tables and columns, and never takes a
figure away: servers of the program before go on working beside it while they are replaced.
"""

from __future__ import annotations

import threading

from sqlalchemy import Connection, inspect, select

from indices.store.tables import schema_version

HEAD = "0002"
"""The step that this program's tables are of."""
STEPS = ("0001", "0002")

# Alembic keeps the step it is at in names of the process.
_one_at_a_time = threading.Lock()


def step(connection: Connection) -> str | None:
    """The step a store is at; None where it has none of our tables, or is older than steps are."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.execute(select(schema_version.c.version_num)).scalar()


def bring_up_to_date(connection: Connection) -> None:
    """Take every step that is missing, within the transaction of `connection`: all of them or none.

    The caller holds other writers off; who waited for it finds nothing left to do.
    """
    # Only a store that is new or of an older program needs it, and it takes long to load.
    from alembic import command
    from alembic.config import Config

    with _one_at_a_time:
        config = Config()
        config.set_main_option("script_location", "indices.store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
