"""A file sent to a second person instead of into the store."""

from __future__ import annotations

import streamlit as st

from indices.access.audit import AuditLog
from indices.access.gate import ForbiddenError
from indices.access.proposals import propose
from indices.access.proposed import ProposalError
from indices.access.roles import Action
from indices.intake import Intake
from indices.narrative.store import failure_sentence
from indices.store import StoreUnavailableError
from indices.ui import data, permission
from indices.ui.desk import Desk
from indices.ui.frame import MENU, Page


def propose_file(page: Page, desk: Desk, intake: Intake, reason: str) -> None:
    """Keep the file as a proposal and free the desk; says why where that cannot be."""
    store, who, report = data.held().store, permission.actor(page), report_of(intake)
    try:
        number = propose(store, who, intake, reason=reason, report=report, log=AuditLog(store))
    except ProposalError as refused:
        st.error(page.text("proposal.waiting_already", number=refused.proposal))
        return
    except ForbiddenError:  # the rules changed while the file was read
        st.error(page.text("sign_in.refused", why=permission.forbidden_words(page, Action.UPLOAD)))
        return
    except StoreUnavailableError as fault:
        st.error(failure_sentence(fault, page.language))
        return
    desk.proposal = number
    desk.clear()
    st.rerun()


def proposed_view(page: Page, desk: Desk) -> None:
    """What was sent last, and where it waits."""
    if desk.proposal is None:
        return
    with st.container(border=True, key="receipt"):
        st.success(page.text("proposal.sent", number=desk.proposal), icon=":material/schedule_send:")
        address = page.address(proposal=str(desk.proposal))
        st.page_link(MENU["proposals"], label=page.text("proposal.to_list"), query_params=address)


def report_of(intake: Intake) -> dict[str, object]:
    """What is kept with the versions: findings by number, and what the analyst answered."""
    answers = intake.answers
    said = {
        "index": answers.index,
        "edition": answers.edition,
        "sheets": list(answers.sheets),
        "decimal": answers.decimal,
        "columns": dict(answers.columns),
        "source": answers.source,
    }
    return {**intake.report.summary(), "answers": {name: given for name, given in said.items() if given}}
