"""From what is known about a visitor to the actor: the same for pages and endpoints."""

from __future__ import annotations

import time

from indices.access.actor import ANYBODY, LOCAL, STRANGER, Actor
from indices.access.mode import Mode
from indices.access.rules import AccessRules, Claims

CLOCKS_APART = 300
"""Seconds by which the provider's clock may be ahead of ours."""


def visitor(mode: Mode, rules: AccessRules, claims: Claims | None = None, now: float | None = None) -> Actor:
    """Who a visitor is.

    `claims` are those of the sign-in, None where there was none; one that has expired counts as none.
    `now` is in seconds since 1970.
    """
    if mode == "local":
        return LOCAL.at_most(rules.most) if rules.local_user else ANYBODY
    if mode == "read_only":
        return ANYBODY
    anybody = ANYBODY if rules.public_viewing else STRANGER
    if claims is None or expired(claims, rules, now):
        return anybody
    # Who signed in may no less than anybody else.
    role = max(rules.role_of(claims), anybody.role, key=lambda one: one.level)
    return Actor(name_of(claims, rules), role, "signed_in")


def name_of(claims: Claims, rules: AccessRules) -> str:
    """What the audit log calls who signed in: the address, or the provider's code where that is not trusted.

    An address that nobody has verified may be somebody else's.
    """
    return rules.address_of(claims) or str(claims.get("sub") or "")


def expired(claims: Claims, rules: AccessRules, now: float | None = None) -> bool:
    """Whether a sign-in is older than `session_hours`, or does not say when it was."""
    at = signed_in_at(claims)
    age = (time.time() if now is None else now) - at if at is not None else None
    return age is None or not -CLOCKS_APART <= age <= rules.session_hours * 3600


def signed_in_at(claims: Claims) -> float | None:
    """When the provider vouched for who signed in (seconds since 1970): `iat`, else `auth_time`.

    Not `auth_time` first: at a provider that keeps people signed in for days it lies before our sign-in.
    """
    for name in ("iat", "auth_time"):
        found = claims.get(name)
        if isinstance(found, int | float) and not isinstance(found, bool):
            return float(found)
    return None
