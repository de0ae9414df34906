"""Proposed additions: the list, and one of them as a second person sees it before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from indices.access.proposed import Proposal, content, proposed
from indices.access.roles import Action
from indices.i18n import NOTHING, count, moment
from indices.intake import Intake
from indices.ui import data, permission, show, state
from indices.ui.desk import Desk, intake_of
from indices.ui.frame import Page
from indices.ui.history_forms import file_of
from indices.ui.history_views import one_line
from indices.ui.tables import Column, html_table
from indices.ui.upload_effect import effect_view
from indices.ui.upload_report import report_view
from indices.ui.upload_yes import changed_view

_KEY = "proposal-desk"
_TALL = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """What lies before who decides: the file taken in, and whether figures changed since the last look."""

    desk: Desk
    intake: Intake
    changed: bool


def proposals_view(page: Page) -> list[Proposal]:
    """Every proposal, those that wait first; returns them."""
    found = proposed(data.held().store)
    if not permission.second_person():
        show.note(page.text("proposal.off"))
    show.section(page.text("proposal.list", n=count(len(found), page.language)), page.text("proposal.order"))
    if not found:
        show.nothing(page, page.text("proposal.nothing"))
        return found
    table = pd.DataFrame({"proposal": found})
    st.html(html_table(table, _columns(page), tall=len(found) > _TALL, labelled=True))
    return found


def proposal_choice(page: Page, found: list[Proposal]) -> Proposal | None:
    """The proposal to look at, the first of the list until another is chosen."""
    if not found:
        return None
    named = {str(one.proposal): one for one in found}
    options = {
        number: page.text(
            "proposal.option", number=number, editions=editions(one), who=one_line(one.proposed_by)
        )
        for number, one in named.items()
    }
    number = state.choose(
        st.selectbox,
        "proposal",
        options,
        default=next(iter(options)),
        language=page.language,
        refuse=page.refuse,
        label=page.text("proposal.choose"),
        width=520,
    )
    return named[number]


def proposal_view(page: Page, one: Proposal) -> Looked | None:
    """What is known of a proposal; where it waits, its report and what it would change."""
    show.section(page.text("proposal.one", number=one.proposal))
    st.html("".join(f'<p class="fact">{escape(line)}</p>' for line in _facts(page, one)))
    store = data.held().store
    st.download_button(
        page.text("proposal.button_file"),
        permission.exported(f"file of proposal {one.proposal}", lambda: content(store, one), Action.UPLOAD),
        file_name=file_of(one.file_name),
        mime="application/octet-stream",
        on_click="ignore",
        key=state.widget_key(f"get.proposal.{one.proposal}", page.language),
    )
    if one.state != "waiting":
        return None
    desk = _desk(one)
    intake = intake_of(page, desk)
    if intake is None:
        return None
    changed = changed_view(page, desk)
    report_view(page, intake, page.text("proposal.report"))
    if intake.may_be_added:
        effect_view(page, desk, intake, page.text("proposal.effect"))
    return Looked(desk, intake, changed)


def editions(one: Proposal) -> str:
    """The editions of a proposal, in words."""
    return ", ".join(" ".join(edition) for edition in one.editions)


def state_of(page: Page, one: Proposal) -> str:
    """What became of a proposal, in words."""
    return page.word("proposal.state", one.state)


def _desk(one: Proposal) -> Desk:
    """The proposal's file on a desk of its own, with its sender's answers."""
    held: Desk | None = st.session_state.get(_KEY)
    if held is None or held.proposal != one.proposal:
        held = Desk(number=one.proposal, proposal=one.proposal, file_name=one.file_name)
        held.content = content(data.held().store, one)
        said = one.answers
        held.index, held.edition, held.sheets = said.index, said.edition, said.sheets
        held.decimal, held.columns = said.decimal, dict(said.columns)
        st.session_state[_KEY] = held
    return held


def _facts(page: Page, one: Proposal) -> list[str]:
    sent = moment(one.proposed_at, page.language)
    lines = [
        page.text("proposal.fact_sent", who=one_line(one.proposed_by), when=sent),
        page.text("proposal.fact_file", file=one_line(one.file_name), sha256=one.sha256),
        page.text("proposal.fact_why", reason=one_line(one.reason, 1000)),
        page.text("proposal.fact_source", source=one_line(one.source, 1000)),
    ]
    if one.decided_at is not None:
        slots = {"who": one_line(one.decided_by), "when": moment(one.decided_at, page.language)}
        lines.append(page.text("proposal.fact_decided", state=state_of(page, one), **slots))
    if one.decision_reason:
        lines.append(page.text("proposal.fact_decision_reason", reason=one_line(one.decision_reason, 1000)))
    if one.versions:
        lines.append(page.text("proposal.fact_versions", versions=", ".join(map(str, one.versions))))
    return lines


def _columns(page: Page) -> list[Column]:
    return [
        Column(page.text("proposal.head_number"), lambda row: str(row["proposal"].proposal), number=True),
        Column(page.text("proposal.head_editions"), lambda row: editions(row["proposal"])),
        Column(page.text("proposal.head_state"), lambda row: state_of(page, row["proposal"])),
        Column(
            page.text("proposal.head_when"), lambda row: moment(row["proposal"].proposed_at, page.language)
        ),
        Column(page.text("proposal.head_by"), lambda row: one_line(row["proposal"].proposed_by), person=True),
        Column(page.text("history.head_file"), lambda row: one_line(row["proposal"].file_name)),
        Column(page.text("history.head_reason"), lambda row: one_line(row["proposal"].reason)),
        Column(
            page.text("proposal.head_decided"),
            lambda row: one_line(row["proposal"].decided_by) or NOTHING,
            person=True,
        ),
    ]
