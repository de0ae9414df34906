"""What the data endpoints rest on: the very store, figures and sign-in that the pages have."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from indices.access.rules_file import current_rules
from indices.access.signing import guessable
from indices.serving.api.door import Door
from indices.serving.api.moment import Moment, Now
from indices.store import Store
from indices.ui import data

logger = logging.getLogger(__name__)


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
        rules=current_rules,
    )


def signed_in(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """What the sign-in of the pages says, read from its signed cookie; None where there is no good one."""
    secret = get_cookie_secret()
    if guessable(secret):
        return None

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        if not value:
            return None
        return decode_signed_value(secret, name, value.encode("latin-1"))

    try:
        written = get_cookie_with_chunks(one, USER_COOKIE_NAME)
        said = json.loads(written) if written else None
    except Exception:  # whatever is wrong with a cookie, it lets nobody in
        logger.warning("A cookie of sign-in cannot be read.")
        return None
    return said if isinstance(said, dict) and said.get("is_logged_in") is True else None


def _store() -> Store:
    data.begin_run()
    return data.held().store
