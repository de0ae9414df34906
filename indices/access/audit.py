"""The audit log: who did what, or was refused; only ever added to."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, insert, select

from indices.access.actor import Actor
from indices.access.gate import Outcome, What
from indices.store import Store, StoreUnavailableError
from indices.store.tables import audit

logger = logging.getLogger(__name__)

MOST_ENTRIES = 1000
IN_MEMORY = "sqlite://"
"""Place of a store that is gone with the process: it stands in for one that cannot be opened."""


class AuditLog:
    """The audit log of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, actor: Actor, action: str, outcome: Outcome, what: What) -> None:
        """Write one entry; `what` is what it was about, as plain values, never content.

        Never raises: where the store does not take it, or not for long, the server's log has it,
        without the name.
        """
        if self._store.database.place == IN_MEMORY:
            _tell_server(actor, action, outcome, what)
        try:
            self._store.database.write(
                lambda connection: write(connection, actor, action, outcome, what), alone=False
            )
        except (StoreUnavailableError, UnicodeError) as fault:  # half a letter, which no database takes
            _tell_server(actor, action, outcome, what)
            # The first line alone: a database's next ones repeat what was to be written.
            reason = (
                fault.reason.partition("\n")[0] if isinstance(fault, StoreUnavailableError) else "letters"
            )
            logger.error("The store does not take the entry: %s", reason)

    def entries(
        self,
        limit: int = 200,
        *,
        actor: str = "",
        action: str = "",
        outcome: str = "",
        since: datetime | None = None,
    ) -> pd.DataFrame:
        """Entries, newest first, at most `limit`: entry, at (UTC), actor, role, how, action, outcome, what.

        `what` is JSON. Filters compare whole values; "" lets everything through. Raises
        StoreUnavailableError.
        """
        query = select(audit).order_by(audit.c.entry.desc()).limit(min(limit, MOST_ENTRIES))
        for column, wanted in ((audit.c.actor, actor), (audit.c.action, action), (audit.c.outcome, outcome)):
            if wanted:
                query = query.where(column == wanted)
        if since is not None:
            # SQLite compares the time as it is written, and writes it without its zone.
            query = query.where(audit.c.at >= since.astimezone(UTC))
        rows = self._store.database.read(lambda connection: connection.execute(query).mappings().all())
        found = pd.DataFrame([dict(row) for row in rows], columns=[column.name for column in audit.c])
        return found.assign(at=pd.to_datetime(found["at"], utc=True))


def write(connection: Connection, actor: Actor, action: str, outcome: Outcome, what: What) -> None:
    """One entry inside a transaction of somebody else: it stands where that stands, and not otherwise."""
    facts = {"actor": actor.name, "role": str(actor.role), "how": actor.how, "action": str(action)}
    told = json.dumps(dict(what), ensure_ascii=False, default=str)
    connection.execute(insert(audit).values(at=datetime.now(UTC), outcome=outcome, what=told, **facts))


def _tell_server(actor: Actor, action: str, outcome: Outcome, what: What) -> None:
    """An entry for the server's own log. Names are personal data; the hash still tells two people apart."""
    who = hashlib.sha256(actor.name.encode(errors="replace")).hexdigest()[:12] if actor.name else "-"
    # Letters beyond ASCII by their numbers: half a letter, which no database takes, no log takes either.
    told = json.dumps(dict(what), default=str)
    facts = (outcome, action, actor.role, actor.how, who, told)
    logger.error("Not in the audit log: %s %s by %s (%s, %s): %s", *facts)
