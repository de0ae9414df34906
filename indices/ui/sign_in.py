"""Signing in and out: who is there, said on every page, and the page that stands before all others."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Literal

import streamlit as st
from streamlit.errors import Error as StreamlitError

from indices.access import sign_ins
from indices.access.actor import STRANGER, Actor
from indices.access.audit import AuditLog
from indices.access.gate import allowed
from indices.access.roles import Action, Role
from indices.access.rules import Claims
from indices.access.rules_file import current_rules
from indices.i18n import count
from indices.store import StoreUnavailableError
from indices.ui import data, permission
from indices.ui.plain import plain
from indices.ui.sign_in_cookie import altered
from indices.ui.visitor import Visitor, look, pressed, providers, unsafe, visitor_now

if TYPE_CHECKING:
    from indices.ui.frame import Page

ACTS: Mapping[str, Action] = {
    "FormSubmitter:yes.": Action.UPLOAD,
    "FormSubmitter:restore.": Action.CHANGE,
    "FormSubmitter:withdraw.": Action.CHANGE,
    "FormSubmitter:correct.": Action.CHANGE,
    "FormSubmitter:take_back.": Action.UPLOAD,
    "FormSubmitter:decide.": Action.APPROVE,
    "FormSubmitter:token.": Action.ADMINISTER,
    "FormSubmitter:revoke.": Action.ADMINISTER,
}
"""Beginnings of the keys of every button that acts, and what it does."""
_MET, _TURNED_AWAY = "met-sign-in", "turned-away"


def meet(page: Page) -> bool:
    """Note a sign-in, refuse what this visitor may not press, and say whether they may view."""
    visitor = look()
    if visitor.mode == "signed" and visitor.claims is not None:
        _note_sign_in(visitor.claims, visitor)
    elif visitor.mode == "signed" and altered(st.context.cookies.to_dict()):
        permission.refuse(STRANGER, sign_ins.SIGN_IN, sign_ins.BAD_COOKIE)
    _refuse_pressed(page, visitor.actor())
    who = visitor.actor()
    if allowed(who, Action.VIEW):
        return True
    # Everybody who comes by without signing in would fill the log; a stranger's name is worth a line.
    if who.how == "signed_in" and not st.session_state.get(_TURNED_AWAY):
        AuditLog(data.held().store).record(who, Action.VIEW, "refused", {"what": page.name})
        st.session_state[_TURNED_AWAY] = True
    return False


def _note_sign_in(claims: Claims, visitor: Visitor) -> None:
    """Write a sign-in down, once for all its windows, and see whether it has been ended."""
    code = sign_ins.code_of(claims)
    if st.session_state.get(_MET) == code or visitor.ended:
        return
    try:
        store = data.held().store
        if not sign_ins.is_over(store, claims):
            sign_ins.begin(store, visitor.actor(), claims)
    except StoreUnavailableError:
        return  # viewing goes on without the store; acting will not
    st.session_state[_MET] = code


def _refuse_pressed(page: Page, who: Actor) -> None:
    """Refuse and record a press of a button that this visitor's page does not have.

    A role taken away between the drawing and the press, or a message that no page of ours sent.
    """
    asked = {
        (action, beginning.removeprefix("FormSubmitter:").rstrip("."))
        for key in pressed()
        for beginning, action in ACTS.items()
        if key.startswith(beginning) and not allowed(who, action)
    }
    for action, what in sorted(asked):
        with page.notices:
            permission.require(page, action, what)


def door_view(page: Page) -> None:
    """What stands in the place of every page for who may not view: why, and the way in."""
    visitor = visitor_now()
    who = visitor.actor()
    if who.how == "signed_in":
        heading, below = page.text("sign_in.stranger"), page.text("sign_in.stranger_how", name=who.name)
    elif visitor.ended == "expired":
        hours = count(max(1, round(current_rules().session_hours)), page.language)
        heading, below = page.text("sign_in.expired"), page.text("sign_in.expired_how", hours=hours)
    elif visitor.ended:
        heading, below = page.text("sign_in.signed_out"), page.text("sign_in.signed_out_how")
    else:
        heading, below = page.text("sign_in.door"), page.text("sign_in.door_how")
    st.html(
        f'<p class="brand">{page.text("frame.product")}</p>'
        f'<h1 class="headline">{escape(heading)}</h1><p class="subline">{escape(below)}</p>'
    )
    with st.container(horizontal=True, key="door"):
        if who.how == "signed_in":
            _sign_out_button(page, visitor, who)
        else:
            _sign_in_buttons(page, primary=True)


def who_view(page: Page) -> None:
    """Who is signed in and what they may, or why nobody needs to; at the foot of the menu."""
    visitor = visitor_now()
    who = visitor.actor()
    with st.container(key="who", gap="xsmall"):
        if visitor.mode == "signed" and who.how == "signed_in":
            _say(page.text("sign_in.you", name=who.name))
            _say(page.text("sign_in.your_role", role=page.word("sign_in.role", who.role)))
            _sign_out_button(page, visitor, who)
        elif visitor.mode == "signed":
            ended = visitor.ended
            _say(page.text(f"sign_in.{ended}") if ended else page.text("sign_in.public"))
            _sign_in_buttons(page)
        elif visitor.mode == "read_only":
            _say(page.text("sign_in.read_only"))
            _say(page.text("sign_in.read_only_how").replace("`", ""))
        elif who.role is Role.ADMINISTRATOR:
            _say(page.text("sign_in.local"))
        else:
            _say(page.text("sign_in.local_off"))


def tell_faulty_rules(page: Page) -> None:
    """Tell that rules or secrets are not as they must be, so that nobody wonders where their rights are."""
    if visitor_now().mode == "signed" and unsafe():
        page.notices.error(page.text("sign_in.guessable"))
    if current_rules().problems and visitor_now().mode != "read_only":
        page.notices.warning(page.text("sign_in.faulty_rules"))


def _say(words: str) -> None:
    st.html(f'<p class="small">{escape(words)}</p>')


def _sign_in_buttons(page: Page, *, primary: bool = False) -> None:
    named = providers()
    for name in named:
        label = page.text("sign_in.in_button")
        if len(named) > 1:
            label = page.text("sign_in.in_button_by", provider=plain(name))
        kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
        if st.button(label, key=f"sign_in.{name}.{page.language}", type=kind):
            try:
                st.login(None if name == "default" else name)
            except StreamlitError:
                st.error(page.text("sign_in.misconfigured"))


def _sign_out_button(page: Page, visitor: Visitor, who: Actor) -> None:
    if st.button(page.text("sign_in.out_button"), key=f"sign_out.{page.language}"):
        if visitor.claims is not None:
            sign_ins.end(data.held().store, who, visitor.claims)
        st.logout()
