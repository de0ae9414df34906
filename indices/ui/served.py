"""What the data endpoints rest on: the very store, figures and sign-in that the pages have."""

from __future__ import annotations

import threading

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from indices.access.rules_file import current_rules
from indices.serving.api.door import Door
from indices.serving.api.moment import Moment, Now
from indices.store import Store
from indices.ui import data
from indices.ui.sign_in_cookie import altered, signed_in


def now() -> Now:
    """The moments of the pages' store: a new one whenever its state changes."""
    last: list[Moment] = []
    lock = threading.Lock()

    def moment() -> Moment:
        data.begin_run()
        state = data.state()
        with lock:
            if not last or last[0].state != state:
                last[:] = [Moment(state, data.catalogue(), data.figures())]
            return last[0]

    return moment


def door() -> Door:
    """Who may ask: the same rules, sign-ins and audit log as on the pages."""
    return Door(
        _store,
        signed=lambda: bool(get_secrets_auth_section()),
        address=lambda: str(st.get_option("server.address") or ""),
        claims=signed_in,
        altered=altered,
        rules=current_rules,
    )


def _store() -> Store:
    data.begin_run()
    return data.held().store
