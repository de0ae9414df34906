"""The options of the commands about access: tokens of programs, the audit log, the rules."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from indices.cli_upload_options import Add, Words

Within = Callable[[str, str], Add]
"""Makes a command that has commands of its own, and gives what makes those."""


def add_access_commands(add: Add, within: Within, words: Words) -> None:
    """Put the commands about access beside the others."""
    token = within("token", words("token"))
    make = token("make", "token_make", words("token_make"))
    make.add_argument("--name", metavar=words("name"), help=words("token_name"))
    make.add_argument("--role", metavar="viewer", help=words("token_role"))
    make.add_argument("--days", metavar="365", default="365", help=words("token_days"))
    _by(make, words)

    _as_json(token("list", "token_list", words("token_list")), words)

    revoke = token("revoke", "token_revoke", words("token_revoke"))
    revoke.add_argument("token", metavar=words("token_number"), help=words("token_which"))
    _by(revoke, words)

    audit = add("audit", "audit", words("audit"))
    audit.add_argument("--actor", metavar=words("name"), help=words("audit_actor"))
    audit.add_argument("--action", metavar="upload", help=words("audit_action"))
    audit.add_argument("--outcome", metavar="done|refused|failed", help=words("audit_outcome"))
    audit.add_argument("--since", metavar="2026-01-31", help=words("audit_since"))
    audit.add_argument("--limit", metavar="50", default="50", help=words("audit_limit"))
    _as_json(audit, words)

    check = within("access", words("access"))("check", "access_check", words("access_check"))
    check.add_argument("--email", metavar="lan@tinh.gov.vn", help=words("access_email"))
    _as_json(check, words)


def _by(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("--by", metavar=words("name"), help=words("by_administrator"))


def _as_json(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("--json", action="store_true", help=words("json"))
