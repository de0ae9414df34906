"""The audit log: what was done and what was refused, by whom."""

from __future__ import annotations

import streamlit as st

from indices.access.audit import AuditLog
from indices.access.gate import Outcome
from indices.access.roles import Action
from indices.export.tables import csv_bytes
from indices.i18n import count, moment
from indices.narrative.audit import about
from indices.ui import data, permission, show, state
from indices.ui.frame import Page
from indices.ui.history_views import one_line
from indices.ui.tables import Column, Row, html_table

LINES = 200
ALL = "all"
OUTCOMES: tuple[Outcome, ...] = ("done", "refused", "failed")
ACTIONS = (
    "sign_in",
    "sign_out",
    "view",
    "export",
    "upload",
    "change",
    "propose",
    "approve",
    "decline",
    "take_back",
    "administer",
    "make_token",
    "revoke_token",
)


def audit_view(page: Page) -> None:
    """The newest entries that pass the filters, and the same as a file."""
    how = page.text("administration.log_how", n=count(LINES, page.language))
    show.section(page.text("administration.log"), how)
    with st.container(horizontal=True, vertical_alignment="bottom", key="audit-choice"):
        action = _choice(page, "action", ACTIONS)
        outcome = _choice(page, "outcome", OUTCOMES)
        key = state.widget_key("audit.actor", page.language)
        actor = st.text_input(page.text("administration.filter_actor"), key=key, max_chars=200, width=280)
    log = AuditLog(data.held().store)
    found = log.entries(LINES, actor=(actor or "").strip(), action=action, outcome=outcome)
    if found.empty:
        show.nothing(page, page.text("administration.log_nothing"))
        return
    st.html(html_table(found, _columns(page), tall=True, labelled=True))
    st.download_button(
        page.text("administration.button_log"),
        permission.exported("audit log", lambda: csv_bytes(found, page.language), Action.ADMINISTER),
        file_name="nhat-ky.csv",
        mime="text/csv",
        on_click="ignore",
        key=state.widget_key("get.audit", page.language),
    )


def _choice(page: Page, name: str, codes: tuple[str, ...]) -> str:
    """One of `codes`, or "" where all are meant."""
    words = {code: page.word(f"administration.{name}", code) for code in codes}
    chosen = state.choose(
        st.selectbox,
        f"audit_{name}",
        {ALL: page.text("administration.all"), **words},
        default=ALL,
        language=page.language,
        refuse=page.refuse,
        label=page.text(f"administration.filter_{name}"),
        width=240,
    )
    return "" if chosen == ALL else chosen


def _columns(page: Page) -> list[Column]:
    def who(row: Row) -> str:
        return one_line(row["actor"]) or page.text("administration.anybody")

    def way(row: Row) -> str:
        return f"{page.word('sign_in.role', row['role'])}, {page.word('administration.via', row['how'])}"

    return [
        Column(page.text("administration.head_at"), lambda row: moment(row["at"], page.language)),
        Column(page.text("administration.head_actor"), who, person=True),
        Column(page.text("administration.head_how"), way),
        Column(
            page.text("administration.head_action"),
            lambda row: page.word("administration.action", row["action"]),
        ),
        Column(
            page.text("administration.head_outcome"),
            lambda row: page.word("administration.outcome", row["outcome"]),
        ),
        Column(
            page.text("administration.head_what"), lambda row: one_line(about(row["what"], page.language))
        ),
    ]
