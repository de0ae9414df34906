"""The rules of access read from their TOML file; what is wrong with it is named with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from indices.access.roles import Role
from indices.access.rules import AccessRules, compared
from indices.problem import Problem
from indices.settings import ROOT, from_environment

GIVEN = tuple(role for role in Role if role is not Role.STRANGER)
"""Roles that a file may give."""
MOST_HOURS = 720
_SWITCHES = ("public_viewing", "approval", "trust_unverified_email", "local_user")
_KEYS = (*_SWITCHES, "session_hours", "roles", "claim")
_AT_LINE = re.compile(r"at line (\d+)")
_ADDRESS = re.compile(r"(\*|[^@\s*]+)@[^@\s*]+\.[^@\s*]+")


def current_rules() -> AccessRules:
    """The rules of this server at this moment: `rules_now` of the file its settings name."""
    return rules_now(from_environment().access)


def rules_now(path: Path) -> AccessRules:
    """The rules as the file at `path` has them at this moment: a change holds at the next action.

    Without a file nobody has a role by sign-in; one that is named otherwise than the usual must be there.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        usual = path == ROOT / "access.toml"
        return AccessRules() if usual else AccessRules(problems=(Problem("access_missing", path.name),))
    except OSError as fault:
        return _unreadable(path, fault)
    try:
        return _read(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except OSError as fault:  # not kept: a right given to read it changes nothing of the file itself
        return _unreadable(path, fault)


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: tuple[int, int, int]) -> AccessRules:
    """The file's rules, read again only when it changed; none of it counts where it is no UTF-8.

    Raises OSError.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        return _unreadable(path, fault)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        at = _AT_LINE.search(str(fault))
        line = int(at[1]) if at else text.count("\n") + 1
        return AccessRules(problems=(Problem("access_syntax", path.name, line),))
    return _Reading(path.name, text).rules(given)


def _unreadable(path: Path, fault: Exception) -> AccessRules:
    reason = getattr(fault, "strerror", None) or type(fault).__name__
    return AccessRules(problems=(Problem("access_unreadable", path.name, slots={"reason": str(reason)}),))


class _Reading:
    """One file in the reading: its text, to find the line of what is wrong, and what was found."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.lines = name, text.splitlines()
        self.problems: list[Problem] = []

    def rules(self, given: Mapping[str, Any]) -> AccessRules:
        """The rules; a value that is wrong counts as not given, and everything wrong is told."""
        self._known("", given, _KEYS)
        plain: dict[str, Any] = {name: self._switch(given, name) for name in _SWITCHES if name in given}
        if "session_hours" in given and (hours := self._hours(given["session_hours"])) is not None:
            plain["session_hours"] = hours
        addresses: dict[str, Role] = {}
        domains: dict[str, Role] = {}
        for role, address in self._texts("roles", self._table(given, "roles")):
            if _ADDRESS.fullmatch(address.strip()) is None:
                self._wrong("access_address", address, address)
                continue
            written, of_domain = compared(address), address.strip().startswith("*@")
            _raise(domains if of_domain else addresses, written.removeprefix("*@"), role)
        claim = self._table(given, "claim")
        self._known("claim.", claim, ("name", "roles"))
        values: dict[str, Role] = {}
        for role, value in self._texts("claim.roles", self._table(claim, "roles")):
            _raise(values, value, role)
        name = claim.get("name", "groups")
        if not isinstance(name, str) or not name:
            self._wrong("access_text", "name", "claim.name")
            name = "groups"
        return AccessRules(
            **plain,
            addresses=addresses,
            domains=domains,
            claim=name,
            claim_roles=values,
            problems=tuple(self.problems),
        )

    def _switch(self, given: Mapping[str, Any], name: str) -> bool:
        if isinstance(given[name], bool):
            return bool(given[name])
        self._wrong("access_switch", name, name)
        return False  # off is the safe side of every switch

    def _hours(self, given: Any) -> float | None:
        number = isinstance(given, int | float) and not isinstance(given, bool)
        if number and 0 < given <= MOST_HOURS:
            return float(given)
        self._wrong("access_hours", "session_hours", str(given), most=str(MOST_HOURS))
        return None

    def _table(self, given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = given.get(name, {})
        if isinstance(found, dict):
            return found
        self._wrong("access_table", name, name)
        return {}

    def _texts(self, table: str, given: Mapping[str, Any]) -> Iterator[tuple[Role, str]]:
        """Every text of a table of roles, with its role."""
        self._known(f"{table}.", given, GIVEN)
        for role in GIVEN:
            listed = given.get(role, [])
            if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
                self._wrong("access_list", role, f"{table}.{role}")
                continue
            yield from ((role, one) for one in listed)

    def _known(self, table: str, given: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in given:
            if name not in known:
                self._wrong("access_key", name, f"{table}{name}", allowed=", ".join(known))

    def _wrong(self, code: str, sought: str, value: str, **slots: str) -> None:
        """Note what is wrong, at the first line that holds what was `sought` and is no comment."""
        rows = (row for row, line in enumerate(self.lines, start=1) if sought in line.partition("#")[0])
        self.problems.append(Problem(code, self.name, next(rows, None), value=value[:100], slots=slots))


def _raise(held: dict[str, Role], name: str, role: Role) -> None:
    """Give a role to a name, or leave it a higher one."""
    if role.at_least(held.get(name, Role.STRANGER)):
        held[name] = role
