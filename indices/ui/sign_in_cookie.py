"""The sign-in that a browser brings along: Streamlit's signed cookie, read outside of a page's run."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from indices.access.signing import guessable

logger = logging.getLogger(__name__)


def signed_in(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """What the identity provider said of who signed in; None where there is no good cookie.

    Whether that sign-in still counts, and for what, is for `indices.access` to say.
    """
    secret = get_cookie_secret()
    if guessable(secret):
        return None

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    try:
        written = get_cookie_with_chunks(one, USER_COOKIE_NAME)
        said = json.loads(written) if written else None
    except Exception:  # whatever is wrong with a cookie, it lets nobody in
        logger.warning("A cookie of sign-in cannot be read.")
        return None
    return said if isinstance(said, dict) and said.get("is_logged_in") is True else None


def altered(cookies: Mapping[str, str]) -> bool:
    """Whether a browser brings a sign-in that this server did not sign, or that somebody has changed."""
    given = bool(cookies.get(USER_COOKIE_NAME)) and not guessable(get_cookie_secret())
    return given and signed_in(cookies) is None
