"""Commands about access: tokens of programs, the audit log, and what the rules give to whom."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from indices.access import tokens
from indices.access.actor import commanding
from indices.access.audit import MOST_ENTRIES, AuditLog
from indices.access.gate import OUTCOMES
from indices.access.roles import Role
from indices.access.rules import AccessRules
from indices.access.rules_file import GIVEN, rules_now
from indices.access.sign_in_file import secrets_files, sign_in_settings
from indices.cli_held import opened
from indices.cli_options import Command, WrongUseError, needed
from indices.cli_terminal import DONE, NOTHING, StopError, print_json, print_rows, records, tell
from indices.export.report import one_line
from indices.i18n import NOTHING as NO_VALUE
from indices.i18n import Language, day, moment, problem_text, text, word
from indices.i18n.formats import VIETNAM
from indices.narrative.audit import about
from indices.settings import from_environment


def _make(options: argparse.Namespace, language: Language) -> int:
    name, given = needed(options.name, "--name", language), needed(options.role, "--role", language)
    by = commanding(needed(options.by, "--by", language))
    if given not in GIVEN:
        raise WrongUseError(text("cli.one_of", language, option="--role", allowed=", ".join(GIVEN)))
    days = _whole(options.days, "--days", 0, tokens.MOST_DAYS, language)
    store = opened(language, to_write=True).store
    try:
        token = tokens.make(store, name, Role(given), by, days or None)
    except ValueError as fault:
        raise WrongUseError(text("token.bad_name", language, most=tokens.LONGEST_NAME)) from fault
    print(token)
    tell(text("token.shown_once", language, role=word("sign_in.role", given, language)))
    return DONE


def _list(options: argparse.Namespace, language: Language) -> int:
    rows = records(tokens.known_tokens(opened(language).store))
    if options.json:
        print_json([_with_times(row, "made_at", "expires_at", "revoked_at") for row in rows])
        return DONE if rows else NOTHING
    if not rows:
        tell(text("token.none", language))
        return NOTHING
    heads = ["number", "name", "role", "made", "by", "until", "state"]
    lines = [
        [
            row["token"],
            one_line(row["name"]),
            word("sign_in.role", row["role"], language),
            moment(row["made_at"], language),
            one_line(row["made_by"]),
            _until(row, language),
            word("administration.state", row["state"], language),
        ]
        for row in rows
    ]
    print_rows([text(f"administration.token_{head}", language) for head in heads], lines)
    return DONE


def _until(row: Mapping[str, Any], language: Language) -> str:
    at = row["expires_at"]
    if at is None:
        return text("administration.token_never", language)
    return day(at.astimezone(VIETNAM).date(), language)


def _revoke(options: argparse.Namespace, language: Language) -> int:
    by = commanding(needed(options.by, "--by", language))
    number = int(options.token) if options.token.isascii() and options.token.isdigit() else 0
    store = opened(language, to_write=True).store
    try:
        tokens.revoke(store, number if number < 2**63 else 0, by)
    except tokens.UnknownTokenError as fault:
        raise StopError(NOTHING, text("token.unknown", language, value=options.token)) from fault
    print(text("token.revoked", language, number=number))
    return DONE


def _audit(options: argparse.Namespace, language: Language) -> int:
    limit = _whole(options.limit, "--limit", 1, MOST_ENTRIES, language)
    if options.outcome is not None and options.outcome not in OUTCOMES:
        raise WrongUseError(text("cli.one_of", language, option="--outcome", allowed=", ".join(OUTCOMES)))
    since = _day(options.since, language) if options.since is not None else None
    filters = {name: getattr(options, name) or "" for name in ("actor", "action", "outcome")}
    rows = records(AuditLog(opened(language).store).entries(limit, since=since, **filters))
    if options.json:
        print_json([{**_with_times(row, "at"), "what": json.loads(row["what"])} for row in rows])
        return DONE if rows else NOTHING
    if not rows:
        tell(text("administration.log_nothing", language))
        return NOTHING
    heads = ["at", "actor", "how", "action", "outcome", "what"]
    lines = [
        [
            moment(row["at"], language),
            one_line(row["actor"]) or text("administration.anybody", language),
            ", ".join(
                [
                    word("sign_in.role", row["role"], language),
                    word("administration.via", row["how"], language),
                ]
            ),
            word("administration.action", row["action"], language),
            word("administration.outcome", row["outcome"], language),
            one_line(about(row["what"], language)),
        ]
        for row in rows
    ]
    print_rows([text(f"administration.head_{head}", language) for head in heads], lines)
    return DONE


def _check(options: argparse.Namespace, language: Language) -> int:
    """The rules as the server reads them: exit code 1 where they have a fault, or give an address nothing."""
    path = from_environment().access
    rules = rules_now(path)
    signed, faults = sign_in_settings(secrets_files())
    told = [problem_text(problem, language) for problem in (*rules.problems, *faults)]
    role = None if options.email is None else rules.role_of({"email": options.email, "email_verified": True})
    code = NOTHING if told or role is Role.STRANGER else DONE
    if options.json:
        facts = {"file": str(path), "sign_in": signed, "problems": told}
        print_json({**facts, "rules": _plain(rules), "role": role})
        return code
    for sentence in told:
        tell(sentence)
    if not path.exists():
        tell(text("access.no_file", language, file=path))
    if role is not None:
        slots = {"email": one_line(options.email), "role": word("sign_in.role", role, language)}
        print(text("access.has_role", language, **slots))
        return code
    print(f"{text('access.signed', language)}: {text('cli.yes' if signed else 'cli.no', language)}")
    for name in ("public_viewing", "approval", "trust_unverified_email", "local_user"):
        answer = text("cli.yes" if getattr(rules, name) else "cli.no", language)
        print(f"{text(f'access.{name}', language)}: {answer}")
    print(text("access.session_hours", language, hours=f"{rules.session_hours:g}"))
    for given in reversed(GIVEN):
        print(f"{word('sign_in.role', given, language)}: {', '.join(_whose(rules, given)) or NO_VALUE}")
    return code


def _whose(rules: AccessRules, role: Role) -> list[str]:
    """Who has a role: addresses, whole domains, values of the claim."""
    domains = {f"*@{domain}": given for domain, given in rules.domains.items()}
    values = {f"{rules.claim}={value}": given for value, given in rules.claim_roles.items()}
    every = {**rules.addresses, **domains, **values}
    return [one_line(name) for name, given in every.items() if given is role]


def _plain(rules: AccessRules) -> dict[str, Any]:
    names = ("public_viewing", "approval", "session_hours", "trust_unverified_email", "local_user", "claim")
    roles = {str(role): _whose(rules, role) for role in GIVEN}
    return {**{name: getattr(rules, name) for name in names}, "roles": roles}


def _with_times(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A row as JSON: its times in ISO 8601 (UTC)."""
    return {**row, **{name: row[name].isoformat() if row[name] else None for name in names}}


def _whole(given: str, option: str, least: int, most: int, language: Language) -> int:
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else -1
    if not least <= number <= most:
        slots = {"option": option, "least": least, "most": most, "value": given}
        raise WrongUseError(text("cli.bad_whole", language, **slots))
    return number


def _day(given: str, language: Language) -> datetime:
    """The beginning of a day in Vietnam."""
    try:
        return datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=VIETNAM)
    except ValueError as fault:
        raise WrongUseError(text("access.bad_day", language, value=given)) from fault


COMMANDS: dict[str, Command] = {
    "token_make": _make,
    "token_list": _list,
    "token_revoke": _revoke,
    "audit": _audit,
    "access_check": _check,
}
