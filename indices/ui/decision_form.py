"""The second person's decision on a proposal, and taking one's own back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from indices.access.audit import AuditLog
from indices.access.gate import ForbiddenError
from indices.access.proposals import approve, decline, take_back
from indices.access.proposed import Proposal, ProposalError
from indices.access.roles import Action
from indices.narrative.store import failure_sentence
from indices.store import AlreadyHeldError, StoreUnavailableError
from indices.ui import data, permission, show
from indices.ui.desk import with_source
from indices.ui.frame import Page
from indices.ui.history_forms import done
from indices.ui.proposal_views import Looked


def decision_view(page: Page, one: Proposal, looked: Looked | None) -> None:
    """The form of who may decide on a proposal that waits; else who may."""
    if one.state != "waiting" or looked is None:
        return
    if one.is_by(permission.actor(page)):
        _take_back_view(page, one)
        return
    show.section(page.text("proposal.decide"), page.text("proposal.decide_how"))
    if not permission.may(Action.APPROVE):
        show.note(page.text("proposal.for_approver"))
        return
    if not permission.allowed(page, Action.APPROVE):
        return
    addable = looked.intake.may_be_added
    if not addable:
        show.nothing(page, page.text("proposal.cannot_add"))
    current = data.current()
    before = {edition: current.get(edition) for edition in looked.intake.tables}
    with st.form(f"decide.{one.proposal}.{page.language}", enter_to_submit=False):
        key = f"decide.{one.proposal}.{page.language}.reason"
        reason = (st.text_input(page.text("proposal.reason"), key=key, max_chars=500) or "").strip()
        with st.container(horizontal=True):
            yes = addable and st.form_submit_button(page.text("proposal.button_approve"), type="primary")
            no = st.form_submit_button(page.text("proposal.button_decline"))
    looked.desk.seen = before
    if yes and looked.changed:
        st.warning(page.text("proposal.refused_changed"))
    elif yes:
        _act(page, one, Action.APPROVE, lambda: _approved(page, one, looked))
    elif no and not reason:
        st.error(page.text("proposal.reason_missing"))
    elif no:
        _act(page, one, Action.APPROVE, lambda: _declined(page, one, reason))


def _take_back_view(page: Page, one: Proposal) -> None:
    show.section(page.text("proposal.decide"), page.text("proposal.own"))
    with st.form(f"take_back.{one.proposal}.{page.language}", border=False, enter_to_submit=False):
        if st.form_submit_button(page.text("proposal.button_take_back")):
            _act(page, one, Action.UPLOAD, lambda: _taken_back(page, one))


def _approved(page: Page, one: Proposal, looked: Looked) -> str:
    store = data.held().store
    intake = with_source(page, looked.desk, one.source)
    if not intake.may_be_added:  # the catalogue is another one than when the file was sent
        raise ProposalError("changed", one.proposal)
    who, seen = permission.actor(page), dict(looked.desk.seen)
    versions = approve(store, who, one.proposal, intake.tables, seen=seen, log=AuditLog(store))
    named = ", ".join(str(version.version) for version in versions)
    return page.text("proposal.approved", number=one.proposal, versions=named)


def _declined(page: Page, one: Proposal, reason: str) -> str:
    store = data.held().store
    decline(store, permission.actor(page), one.proposal, reason=reason, log=AuditLog(store))
    return page.text("proposal.declined", number=one.proposal)


def _taken_back(page: Page, one: Proposal) -> str:
    store = data.held().store
    take_back(store, permission.actor(page), one.proposal, log=AuditLog(store))
    return page.text("proposal.taken_back", number=one.proposal)


def _act(page: Page, one: Proposal, action: Action, decide: Callable[[], str]) -> None:
    """Do what was decided, once, and let the whole page tell of it."""
    if not permission.require(page, action, f"proposal {one.proposal}"):
        return
    last = done()
    try:
        last.told = decide()
    except ProposalError as refused:
        st.error(page.text(f"proposal.refused_{refused.code}"))
        permission.record(action, {"proposal": one.proposal, "why": refused.code}, "refused")
        return
    except AlreadyHeldError as held:
        st.error(page.text("upload.already_held", edition=str(held)))
        return
    except ForbiddenError:  # the rules changed since the line above
        st.error(page.text("sign_in.refused", why=permission.forbidden_words(page, action)))
        return
    except StoreUnavailableError as fault:
        st.error(failure_sentence(fault, page.language))
        return
    last.number += 1
    st.rerun()
