"""The rules of access as they stand: switches, and who has which role."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd
import streamlit as st

from indices.access.roles import Role
from indices.access.rules import AccessRules
from indices.access.rules_file import current_rules
from indices.i18n import count, problem_text
from indices.settings import from_environment
from indices.ui import permission, show
from indices.ui.frame import Page, plain
from indices.ui.tables import Column, html_table


def roles_view(page: Page) -> None:
    """What the file of rules says; what is wrong with it comes first."""
    found, file = current_rules(), from_environment().access
    key = "administration.rules_file" if file.exists() else "administration.rules_none"
    show.section(page.text("administration.rules"), page.text(key, file=file.name))
    for problem in found.problems:
        st.error(plain(problem_text(problem, page.language)))
    st.html("".join(f'<p class="fact">{escape(line)}</p>' for line in _switches(page, found)))
    roles = [role for role in reversed(Role) if role is not Role.STRANGER]
    table = pd.DataFrame({"role": roles, "who": [_who(page, found, role) for role in roles]})
    columns = [
        Column(page.text("administration.head_role"), lambda row: page.word("sign_in.role", row["role"])),
        Column(page.text("administration.head_who"), lambda row: str(row["who"])),
    ]
    st.html(html_table(table, columns))


def _switches(page: Page, found: AccessRules) -> Iterator[str]:
    signed = permission.people_sign_in()
    yield page.text("administration.mode_signed" if signed else "administration.mode_local")
    yield page.text("administration.public_on" if found.public_viewing else "administration.public_off")
    yield page.text("administration.approval_on" if found.approval else "administration.approval_off")
    yield page.text("administration.hours", hours=count(max(1, round(found.session_hours)), page.language))
    if found.trust_unverified_email:
        yield page.text("administration.unverified")


def _who(page: Page, found: AccessRules, role: Role) -> str:
    """Addresses, domains and groups that have a role."""
    named = sorted(address for address, held in found.addresses.items() if held is role)
    for domain, held in sorted(found.domains.items()):
        if held is role:
            named.append(page.text("administration.by_domain", domain=domain))
    for value, held in sorted(found.claim_roles.items()):
        if held is role:
            named.append(page.text("administration.by_claim", value=value, claim=found.claim))
    return ", ".join(named) or page.text("administration.nobody")
