"""What the server asks about the pages' store and visitors: for its readiness, its metrics, its limits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from indices.serving.metrics import StoreFigures
from indices.ui.sign_in_cookie import signed_in

if TYPE_CHECKING:
    from indices.access.sparing import Sparing

# What knows the store is imported when it is asked for: a server answers its first page sooner.


def store_holds() -> dict[str, bool]:
    """Whether the store answers, takes additions, and has this program's tables."""
    from indices.store.remembered import RememberedStore
    from indices.ui import data

    held = data.begin_run()
    fault = held.unwritable
    newer = fault is not None and fault.kind == "newer"
    return {
        "store_answers": newer or not isinstance(held.store, RememberedStore),
        "store_writable": fault is None,
        "schema_right": not newer,
    }


def store_figures() -> StoreFigures:
    """Additions by origin, and withdrawals; nothing of them where the store does not answer."""
    from indices.store import StoreUnavailableError
    from indices.ui import data

    holds = store_holds()
    try:
        rows = data.versions() if holds["store_answers"] else None
    except StoreUnavailableError:
        rows = None
    if rows is None:
        return StoreFigures(False, False, {}, 0)
    additions = {str(origin): int(n) for origin, n in rows["origin"].value_counts().items()}
    withdrawals = int(rows["withdrawn_at"].notna().sum())
    return StoreFigures(True, holds["store_writable"], additions, withdrawals)


def may_watch(scope: Scope) -> bool:
    """Whether a request carries the token of an administrator; a refusal is recorded."""
    from indices.access.actor import STRANGER
    from indices.access.gate import ForbiddenError, check
    from indices.access.roles import Action
    from indices.access.rules_file import current_rules
    from indices.access.tokens import actor_of
    from indices.store import StoreUnavailableError
    from indices.ui import data

    scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return False
    try:
        known = actor_of(data.held().store, token.strip())
    except StoreUnavailableError:
        return False
    actor = STRANGER if known is None else known.at_most(current_rules().most)
    try:
        check(actor, Action.ADMINISTER, log=_refusals(), what="metrics")
    except ForbiddenError:
        return False
    return True


@cache
def _refusals() -> Sparing:
    """The log of refusals: one for the whole server, which is how it knows what it wrote just now."""
    from indices.access.audit import AuditLog
    from indices.access.sparing import Sparing
    from indices.ui import data

    return Sparing(lambda: AuditLog(data.held().store))


def signed_in_as(scope: Scope) -> str | None:
    """Who a request's signed cookie says is signed in, for telling visitors apart; None where none does.

    Gives no right to anything: that is `indices.ui.permission`.
    """
    claims = signed_in(HTTPConnection(scope).cookies) or {}
    name = claims.get("sub") or claims.get("email")
    return str(name) if name else None
