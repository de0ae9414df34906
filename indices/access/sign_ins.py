"""Sign-ins and sign-outs as the audit log has them: a sign-in that was ended counts nowhere any more.

Who signs out loses the cookie, but a copy of it would stay good for as long as sign-ins last. So the
end is written down, and looked for where it matters: when a session begins, before every act and every
file, and every few seconds for the pages that are open.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from datetime import UTC, datetime

from sqlalchemy import select

from indices.access.actor import Actor
from indices.access.audit import AuditLog
from indices.access.rules import Claims
from indices.access.visitor import CLOCKS_APART, signed_in_at
from indices.store import Store, StoreUnavailableError
from indices.store.tables import audit

SIGN_IN, SIGN_OUT = "sign_in", "sign_out"
BAD_COOKIE = {"why": "bad_cookie"}
"""What the log says of a sign-in that is none: this server did not sign it, or somebody changed it."""
_over: set[str] = set()
"""Codes of sign-ins that this process knows to have ended; few a day, gone with the process."""
LOOK_AGAIN = 2.0
"""Seconds after which the ends at other servers are asked for again, by one visitor for all."""


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


class Elsewhere:
    """The sign-outs at other servers of the same store, learned by whoever comes by."""

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._asked = float("-inf")
        self._known_until = time.time()

    def learn(self, store: Store) -> None:
        """Ask what ended since the last time, if that was long ago; a store that is away tells nothing."""
        if time.monotonic() - self._asked < LOOK_AGAIN or not self._one.acquire(blocking=False):
            return
        try:
            now = time.time()
            since = datetime.fromtimestamp(self._known_until - CLOCKS_APART, UTC)
            query = select(audit.c.what).where(audit.c.at >= since, audit.c.action == SIGN_OUT)
            told = store.database.read(lambda connection: list(connection.execute(query).scalars()))
            _over.update(str(json.loads(what)["sign_in"]) for what in told)
            self._known_until = now
        except StoreUnavailableError:
            pass  # viewing goes on without the store; acting does not
        finally:
            self._asked = time.monotonic()
            self._one.release()


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
