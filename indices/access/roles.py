"""Roles, each with every right of the one before it, and the least role of every action."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do here, from nothing at all to everything."""

    STRANGER = "stranger"
    VIEWER = "viewer"
    ANALYST = "analyst"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"

    @property
    def level(self) -> int:
        """0 for a stranger, 4 for an administrator."""
        return _LEVELS[self]

    def at_least(self, other: Role) -> bool:
        """Whether this role has every right of `other`; `<` would compare letters, roles being texts."""
        return self.level >= other.level

    def at_most(self, other: Role) -> Role:
        """The lesser of this role and `other`."""
        return self if other.at_least(self) else other


_LEVELS: Mapping[Role, int] = {role: level for level, role in enumerate(Role)}


class Action(StrEnum):
    """What is asked for."""

    VIEW = "view"
    EXPORT = "export"
    """Take a deck, workbook, brief, picture or table away as a file."""
    UPLOAD = "upload"
    """Add an edition, or propose one where a second person approves."""
    CHANGE = "change"
    """Restore, withdraw, correct."""
    APPROVE = "approve"
    ADMINISTER = "administer"
    """Read the audit log, make and revoke tokens."""


least_role: Mapping[Action, Role] = {
    Action.VIEW: Role.VIEWER,
    Action.EXPORT: Role.VIEWER,
    Action.UPLOAD: Role.ANALYST,
    Action.CHANGE: Role.ANALYST,
    Action.APPROVE: Role.APPROVER,
    Action.ADMINISTER: Role.ADMINISTRATOR,
}
