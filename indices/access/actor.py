"""Who acts: a name, a role, and how we know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from indices.access.roles import Role

How = Literal["local", "public", "signed_in", "token", "command"]
"""At this very machine, as anybody, by sign-in, by a program's token, at the command line."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or some program that asks.

    `name` is the address of who signed in, a token's name, or what `--by` says; "" for the local user
    and for anybody.
    """

    name: str
    role: Role
    how: How

    def at_most(self, role: Role) -> Actor:
        """The same actor with no more rights than `role`."""
        return replace(self, role=self.role.at_most(role))


LOCAL = Actor("", Role.ADMINISTRATOR, "local")
"""The one user of a server that nobody else reaches."""
ANYBODY = Actor("", Role.VIEWER, "public")
"""Somebody unknown where everybody may view."""
STRANGER = Actor("", Role.STRANGER, "public")
"""Somebody unknown where that is not enough."""


def commanding(by: str) -> Actor:
    """Whoever works at the command line: who can start it can change the store's files anyway."""
    return Actor(by, Role.ADMINISTRATOR, "command")
