"""Sign-ins and sign-outs as the audit log has them: a sign-in that was ended counts nowhere any more.

Who signs out loses the cookie, but a copy of it would stay good for as long as sign-ins last. So the
end is written down, and looked for where it matters: when a session begins, and before every act.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import select

from indices.access.actor import Actor
from indices.access.audit import AuditLog
from indices.access.rules import Claims
from indices.access.visitor import CLOCKS_APART, signed_in_at
from indices.store import Store
from indices.store.tables import audit

SIGN_IN, SIGN_OUT = "sign_in", "sign_out"
_over: set[str] = set()
"""Codes of sign-ins that this process knows to have ended; few a day, gone with the process."""


def code_of(claims: Claims) -> str:
    """A sign-in's own code, by which the log knows it again; tells nothing of who it was."""
    said = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce")]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def known_over(claims: Claims) -> bool:
    """Whether this process knows that the sign-in was ended; the store is not asked."""
    return code_of(claims) in _over


def is_over(store: Store, claims: Claims) -> bool:
    """Whether the sign-in was ended, here or at another server. Raises StoreUnavailableError."""
    return known_over(claims) or SIGN_OUT in _told_of(store, claims)


def begin(store: Store, actor: Actor, claims: Claims) -> None:
    """Record a sign-in, once however many windows follow from it. Raises StoreUnavailableError."""
    if not _told_of(store, claims):
        AuditLog(store).record(actor, SIGN_IN, "done", _what(claims))


def end(store: Store, actor: Actor, claims: Claims) -> None:
    """Record that somebody signed out; from here on the sign-in counts nowhere."""
    _over.add(code_of(claims))
    AuditLog(store).record(actor, SIGN_OUT, "done", _what(claims))


def _what(claims: Claims) -> dict[str, str]:
    return {"sign_in": code_of(claims)}


def _told_of(store: Store, claims: Claims) -> set[str]:
    """What the log says of a sign-in; nothing of it is older than the sign-in itself."""
    since = datetime.fromtimestamp((signed_in_at(claims) or 0) - CLOCKS_APART, UTC)
    written = json.dumps(_what(claims), ensure_ascii=False)
    query = select(audit.c.action).where(audit.c.at >= since, audit.c.what == written)
    found = store.database.read(lambda connection: set(connection.execute(query).scalars()))
    if SIGN_OUT in found:
        _over.add(code_of(claims))
    return found
