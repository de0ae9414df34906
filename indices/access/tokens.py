"""Tokens of programs (Excel, Power BI, scripts): shown once, kept as a hash, revoked but never forgotten."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select

from indices.access import gate
from indices.access.actor import Actor
from indices.access.audit import AuditLog, write
from indices.access.roles import Action, Role
from indices.store import Store
from indices.store.tables import token_revocations, tokens

PREFIX = "ppi_"
"""By which people and scanners of leaked secrets know a token of ours."""
MOST_DAYS = 3650
LONGEST_NAME = 100
MADE, REVOKED = "make_token", "revoke_token"
"""Actions as the audit log calls them."""
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


class UnknownTokenError(KeyError):
    """There is no token of this number."""


def make(store: Store, name: str, role: Role, by: Actor, days: int | None) -> str:
    """Make a token and return it: it cannot be read again.

    `name` says whose it is, and stands in the audit log for whatever is done with the token; `days` is
    how long it is good for, None for ever. Raises ForbiddenError, ValueError for a name, role or number
    of days that cannot be, and StoreUnavailableError.
    """
    gate.check(by, Action.ADMINISTER, log=AuditLog(store), what=MADE)
    called = unicodedata.normalize("NFC", name).strip()
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise ValueError("name")
    if role is Role.STRANGER:
        raise ValueError("role")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise ValueError("days")
    token, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
    until = None if days is None else now + timedelta(days=days)
    facts = {"name": called, "role": str(role), "made_at": now, "made_by": by.name, "expires_at": until}

    def add(connection: Connection) -> None:
        connection.execute(insert(tokens).values(sha256=_sha256(token), **facts))
        write(connection, by, MADE, "done", {"name": called, "role": role, "days": days})

    store.database.write(add)
    return token


def actor_of(store: Store, token: str) -> Actor | None:
    """Who asks with this token; None where there is no such token, or it has expired or was revoked.

    Looked up by its hash: how long that takes tells nothing about the token. Raises
    StoreUnavailableError.
    """
    if _FORM.fullmatch(token) is None:
        return None
    query = (
        select(tokens.c.name, tokens.c.role, tokens.c.expires_at)
        .outerjoin(token_revocations, token_revocations.c.token == tokens.c.token)
        .where(tokens.c.sha256 == _sha256(token), token_revocations.c.token.is_(None))
    )
    found = store.database.read(lambda connection: connection.execute(query).mappings().first())
    if found is None or not _good(found["expires_at"]) or found["role"] not in list(Role):
        return None
    return Actor(found["name"], Role(found["role"]), "token")


def revoke(store: Store, token: int, by: Actor) -> None:
    """Make a token worthless from the next request on; again changes nothing.

    Raises UnknownTokenError, ForbiddenError and StoreUnavailableError.
    """
    gate.check(by, Action.ADMINISTER, log=AuditLog(store), what=REVOKED)

    def end(connection: Connection) -> None:
        name = connection.execute(select(tokens.c.name).where(tokens.c.token == token)).scalar()
        if name is None:
            raise UnknownTokenError(token)
        query = select(token_revocations.c.token).where(token_revocations.c.token == token)
        if connection.execute(query).first() is None:
            facts = {"token": token, "revoked_at": datetime.now(UTC), "revoked_by": by.name}
            connection.execute(insert(token_revocations).values(**facts))
            write(connection, by, REVOKED, "done", {"token": token, "name": name})

    store.database.write(end)


def known_tokens(store: Store) -> pd.DataFrame:
    """Every token ever made, newest first, by its number and without the token itself.

    token (the number), name, role, made_at, made_by, expires_at, revoked_at, revoked_by (times in
    UTC), and state: good, expired or revoked. Raises StoreUnavailableError.
    """
    shown = [column for column in tokens.c if column.name != "sha256"]
    ends = [token_revocations.c.revoked_at, token_revocations.c.revoked_by]
    query = (
        select(*shown, *ends)
        .outerjoin(token_revocations, token_revocations.c.token == tokens.c.token)
        .order_by(tokens.c.token.desc())
    )
    rows = store.database.read(lambda connection: connection.execute(query).mappings().all())
    found = pd.DataFrame([dict(row) for row in rows], columns=[c.name for c in (*shown, *ends)])
    times = {name: pd.to_datetime(found[name], utc=True) for name in ("made_at", "expires_at", "revoked_at")}
    return found.assign(**times, state=[_state(row) for row in rows])


def _state(row: Any) -> str:
    if row["revoked_at"] is not None:
        return "revoked"
    return "good" if _good(row["expires_at"]) else "expired"


def _good(until: datetime | None) -> bool:
    """Whether the time has not come; SQLite gives times back without their zone, which is UTC."""
    if until is None:
        return True
    return datetime.now(UTC) < (until if until.tzinfo else until.replace(tzinfo=UTC))


def _sha256(token: str) -> str:
    """Enough for 256 random bits: there is nothing to guess, as there is with passwords."""
    return hashlib.sha256(token.encode()).hexdigest()
