"""The check at the moment of acting: what is not allowed is refused, and the refusal recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol, get_args

from indices.access.actor import Actor
from indices.access.roles import Action, least_role

Outcome = Literal["done", "refused", "failed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
What = Mapping[str, Any]
"""What an entry of the audit log is about, as plain values."""


class ForbiddenError(Exception):
    """`actor` may not do `action`."""

    def __init__(self, actor: Actor, action: Action) -> None:
        super().__init__(f"{actor.role} may not {action}")
        self.actor = actor
        self.action = action


class Recording(Protocol):
    """Where refusals are written: `indices.access.audit.AuditLog`."""

    def record(self, actor: Actor, action: str, outcome: Outcome, what: What) -> None:
        """Write one entry."""


def allowed(actor: Actor, action: Action) -> bool:
    """Whether `actor` may do `action`; for drawing, nothing is recorded."""
    return actor.role.at_least(least_role[action])


def check(actor: Actor, action: Action, *, log: Recording, what: str = "") -> None:
    """Let `actor` do `action`, or raise ForbiddenError and record the refusal.

    `what` names the thing it was about ("PCI 2024", "deck.pptx"), never its content.
    """
    if allowed(actor, action):
        return
    log.record(actor, action, "refused", {"what": what} if what else {})
    raise ForbiddenError(actor, action)
