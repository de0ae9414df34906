"""The rules of access: who has which role, and what may be done without sign-in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indices.access.roles import Role
from indices.problem import Problem

SESSION_HOURS = 12.0
Claims = Mapping[str, Any]
"""What the identity provider says of who signed in."""


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What `access.toml` says; where there is none, what stands here.

    `addresses` and `domains` (what follows the "@") give roles by e-mail; they count only where the
    provider has verified the address, or where it says nothing about that and `trust_unverified_email`
    is set. `claim_roles` gives roles by the values of `claim`. `local_user` off: even at this machine
    and without sign-in nobody may more than view. `problems` are the faults of the file: while there
    is one, nobody may more than view.
    """

    public_viewing: bool = False
    approval: bool = False
    session_hours: float = SESSION_HOURS
    trust_unverified_email: bool = False
    local_user: bool = True
    addresses: Mapping[str, Role] = field(default_factory=dict)
    domains: Mapping[str, Role] = field(default_factory=dict)
    claim: str = "groups"
    claim_roles: Mapping[str, Role] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def most(self) -> Role:
        """The most that anybody may: everything, or to view while the rules are faulty."""
        return Role.VIEWER if self.problems else Role.ADMINISTRATOR

    def role_of(self, claims: Claims) -> Role:
        """The highest role that the claims give; a stranger's where none does."""
        found = [Role.STRANGER, *self._by_claim(claims)]
        address = self.address_of(claims)
        if address:
            found.append(self.addresses.get(address, Role.STRANGER))
            found.append(self.domains.get(address.rpartition("@")[2], Role.STRANGER))
        return max(found, key=lambda role: role.level).at_most(self.most)

    def address_of(self, claims: Claims) -> str:
        """The e-mail address as we compare it; "" where there is none or it is not to be trusted."""
        given, verified = claims.get("email"), claims.get("email_verified")
        if not isinstance(given, str) or "@" not in given or _only_alike(given):
            return ""
        trusted = verified is True or verified == "true"  # some providers send every claim as text
        if verified is None:
            trusted = self.trust_unverified_email
        return compared(given) if trusted else ""

    def _by_claim(self, claims: Claims) -> Iterator[Role]:
        for value in _values(claims, self.claim):
            if value in self.claim_roles:
                yield self.claim_roles[value]


def compared(address: str) -> str:
    """An e-mail address in the form in which two are compared: one way to write each letter, no capitals."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address.strip()).casefold())


def _only_alike(address: str) -> bool:
    """Whether comparing would turn a letter of another script or form into a plain one, a long s into s.

    Such an address is another mailbox than the plain one, perhaps somebody else's.
    """
    return any(not letter.isascii() and compared(letter).isascii() for letter in address)


def _values(claims: Claims, name: str) -> list[str]:
    """The texts of a claim; a name with dots ("realm_access.roles") also finds what lies within."""
    found: Any = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return [found]
    return [value for value in found if isinstance(value, str)] if isinstance(found, list | tuple) else []
