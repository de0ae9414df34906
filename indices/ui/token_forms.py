"""Tokens of programs: the list, making one, revoking one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from indices.access import tokens
from indices.access.roles import Action, Role
from indices.i18n import NOTHING, count, day, moment
from indices.i18n.formats import VIETNAM
from indices.narrative.store import failure_sentence
from indices.store import StoreUnavailableError
from indices.ui import data, permission, show
from indices.ui.frame import Page, plain
from indices.ui.history_forms import done, told_view
from indices.ui.history_views import one_line
from indices.ui.tables import Column, Row, html_table

_ROLES = (Role.VIEWER, Role.ANALYST, Role.APPROVER, Role.ADMINISTRATOR)
_DAYS = 365
_TALL = 12


def tokens_view(page: Page) -> None:
    """Every token that was ever made, and the two forms."""
    found = tokens.known_tokens(data.held().store)
    heading = page.text("administration.tokens", n=count(len(found), page.language))
    show.section(heading, page.text("administration.tokens_how"))
    told_view(page)
    if found.empty:
        show.note(page.text("administration.no_tokens"))
    else:
        st.html(html_table(found, _columns(page), tall=len(found) > _TALL, labelled=True))
    left, right = st.columns(2)
    with left:
        _make_view(page)
    with right:
        _revoke_view(page, found)


def _make_view(page: Page) -> None:
    name_of_form = f"token.{done().number}.{page.language}"
    with st.form(name_of_form, enter_to_submit=False):
        name = st.text_input(
            page.text("administration.new_name"), key=f"{name_of_form}.name", max_chars=tokens.LONGEST_NAME
        )
        role = st.selectbox(
            page.text("administration.new_role"),
            _ROLES,
            format_func=lambda one: page.word("sign_in.role", one),
            key=f"{name_of_form}.role",
        )
        days = st.number_input(
            page.text("administration.new_days"),
            min_value=1,
            max_value=tokens.MOST_DAYS,
            value=_DAYS,
            key=f"{name_of_form}.days",
        )
        agreed = st.form_submit_button(page.text("administration.button_make"))
    if agreed and permission.require(page, Action.ADMINISTER, tokens.MADE):
        _make(page, name or "", Role(role), int(days))


def _make(page: Page, name: str, role: Role, days: int) -> None:
    try:
        token = tokens.make(data.held().store, name, role, permission.actor(page), days)
    except ValueError:
        st.error(page.text("administration.wrong_name"))
        return
    except StoreUnavailableError as fault:
        st.error(failure_sentence(fault, page.language))
        return
    # Shown in this run only, and kept nowhere.
    st.success(page.text("administration.made", name=plain(name.strip())))
    st.code(token, language=None)


def _revoke_view(page: Page, found: pd.DataFrame) -> None:
    good = {int(row["token"]): row for row in found.to_dict("records") if row["state"] == "good"}
    if not good:
        return
    name_of_form = f"revoke.{done().number}.{page.language}"
    with st.form(name_of_form, enter_to_submit=False):
        number = st.selectbox(
            page.text("administration.revoke_which"),
            list(good),
            format_func=lambda one: page.text(
                "administration.revoke_option", number=one, name=one_line(good[one]["name"])
            ),
            key=f"{name_of_form}.which",
        )
        agreed = st.form_submit_button(page.text("administration.button_revoke"))
    if not agreed or not permission.require(page, Action.ADMINISTER, tokens.REVOKED):
        return
    try:
        tokens.revoke(data.held().store, int(number), permission.actor(page))
    except StoreUnavailableError as fault:
        st.error(failure_sentence(fault, page.language))
        return
    last = done()
    last.told = page.text("administration.revoked", number=number)
    last.number += 1
    st.rerun()


def _columns(page: Page) -> list[Column]:
    def until(row: Row) -> str:
        if pd.isna(row["expires_at"]):
            return page.text("administration.token_never")
        return day(_clock(row["expires_at"]).date(), page.language)

    return [
        Column(page.text("administration.token_number"), lambda row: str(row["token"]), number=True),
        Column(page.text("administration.token_name"), lambda row: one_line(row["name"])),
        Column(page.text("administration.token_role"), lambda row: page.word("sign_in.role", row["role"])),
        Column(page.text("administration.token_made"), lambda row: moment(row["made_at"], page.language)),
        Column(
            page.text("administration.token_by"),
            lambda row: one_line(row["made_by"]) or NOTHING,
            person=True,
        ),
        Column(page.text("administration.token_until"), until),
        Column(
            page.text("administration.token_state"),
            lambda row: page.word("administration.state", row["state"]),
        ),
    ]


def _clock(at: Any) -> Any:
    """A time as a clock in Vietnam shows it."""
    return at.to_pydatetime().astimezone(VIETNAM)
