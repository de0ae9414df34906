"""Who may do what on a page: asked when a control is drawn, and again at the moment of acting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from indices.access import gate
from indices.access.actor import Actor
from indices.access.audit import AuditLog
from indices.access.gate import Outcome
from indices.access.roles import Action, Role, least_role
from indices.access.rules_file import current_rules
from indices.access.sign_ins import code_of
from indices.access.sparing import Sparing
from indices.failures import numbered
from indices.narrative.store import failure_sentence
from indices.store import StoreUnavailableError
from indices.ui import data
from indices.ui.visitor import Visitor, visitor_now

if TYPE_CHECKING:  # every page's frame asks here
    from indices.ui.frame import Page

logger = logging.getLogger(__name__)
_refusals = Sparing(lambda: AuditLog(data.held().store))
_WRITING = (Action.UPLOAD, Action.CHANGE, Action.APPROVE, Action.ADMINISTER)


def actor(page: Page | None = None) -> Actor:
    """Who this session is."""
    return visitor_now().actor()


def by_whom(page: Page) -> str:
    """The name under which this session acts where people sign in; "" where the name is asked for."""
    found = actor(page)
    return found.name if found.how == "signed_in" else ""


def people_sign_in() -> bool:
    """Whether sign-in is configured."""
    return visitor_now().mode == "signed"


def second_person() -> bool:
    """Whether a file needs the yes of a second person: only where people can be told apart."""
    return people_sign_in() and current_rules().approval


def may(action: Action) -> bool:
    """Whether this session may do `action`; says and records nothing."""
    return gate.allowed(actor(), action)


def allowed(page: Page, action: Action = Action.UPLOAD) -> bool:
    """Whether the controls of `action` are to be drawn; says why where not. Records nothing."""
    if action in _WRITING and data.held().unwritable is not None:
        _tell(page.text("upload.unwritable"))
        return False
    if not may(action):
        _tell(forbidden_words(page, action))
        return False
    return True


def _tell(sentence: str) -> None:
    st.info(sentence, icon=":material/info:")


def require(page: Page, action: Action, what: str = "") -> bool:
    """Whether this session may do `action` at this very moment; where not, it is recorded and told."""
    asking = visitor_now()
    try:
        who = asking.acting()
    except StoreUnavailableError as fault:
        st.error(failure_sentence(fault, page.language))
        return False
    if gate.allowed(who, action):
        return True
    told = {"what": what}
    if asking.claims is not None and asking.ended:
        told |= {"why": asking.ended, "sign_in": code_of(asking.claims)}
    _refusals.record(who, action, "refused", told)
    st.error(page.text("sign_in.refused", why=forbidden_words(page, action)))
    return False


def refuse(who: Actor, action: str, what: Mapping[str, Any]) -> None:
    """Write down what was refused to somebody, sparingly where nobody knows who that is."""
    _refusals.record(who, action, "refused", what)


def record(action: str, what: Mapping[str, Any], outcome: Outcome = "done") -> None:
    """Write down what this session did."""
    AuditLog(data.held().store).record(actor(), action, outcome, what)


def exported(what: str, make: Callable[[], bytes], action: Action = Action.EXPORT) -> Callable[[], bytes]:
    """`make` for who may do `action`: checked and recorded when the file is asked for, also where it fails.

    That happens outside of the page's run, so the visitor and the store are those of the run. Where the
    store does not say whether the sign-in was ended elsewhere, who may view may take away what is shown;
    anything more raises StoreUnavailableError.
    """
    asking, store = visitor_now(), data.held().store

    def give() -> bytes:
        log = AuditLog(store)
        who = _now(asking) if action is Action.EXPORT else asking.acting()
        gate.check(who, action, log=_refusals, what=what)
        try:
            content = make()
        except Exception as fault:
            number = numbered(logger, what, fault)
            if who.how != "public":
                log.record(who, Action.EXPORT, "failed", {"what": what, "failure": number})
            raise
        if who.how != "public":  # of nobody known it would say nothing, and anybody could fill the log
            log.record(who, Action.EXPORT, "done", {"what": what, "bytes": len(content)})
        return content

    return give


def _now(asking: Visitor) -> Actor:
    """Who asks for a file; also while the store is away, for what it held can be taken away then too."""
    try:
        return asking.acting()
    except StoreUnavailableError:
        return asking.actor()


def forbidden_words(page: Page, action: Action) -> str:
    """Why `action` is not for this visitor, and whose it is."""
    found = visitor_now()
    if found.mode == "read_only":
        return page.text("sign_in.read_only_here")
    if found.mode == "local":
        return page.text("sign_in.faulty_rules" if current_rules().problems else "sign_in.local_off")
    least = least_role[action]
    key = "whose_highest" if least is Role.ADMINISTRATOR else "whose_or_higher"
    whose = page.text(f"sign_in.{key}", needed=page.word("sign_in.role", least))
    who = found.actor()
    if who.how == "signed_in":
        return page.text("sign_in.needs_role", whose=whose, role=page.word("sign_in.role", who.role))
    return page.text("sign_in.needs_sign_in", whose=whose)
