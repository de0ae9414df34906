"""Who looks at this session's page: read from the sign-in and the request, judged by the rules of now."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.server_util import get_cookie_secret

from indices.access import sign_ins
from indices.access.actor import Actor
from indices.access.mode import Mode, mode_of
from indices.access.rules import Claims
from indices.access.rules_file import current_rules
from indices.access.signing import guessable
from indices.access.visitor import expired, visitor
from indices.ui import data

_elsewhere = sign_ins.Elsewhere()
_PROVIDER_SETTINGS = ("client_id", "server_metadata_url")


@dataclass(frozen=True, slots=True)
class Visitor:
    """How a visitor came, and what the identity provider says of them (None: nobody signed in).

    Made in a page's run; asked also after it, where a file is made for download.
    """

    mode: Mode
    claims: Claims | None

    def actor(self) -> Actor:
        """Who that is by the rules as they stand at this moment."""
        claims = self.claims
        if claims is not None and sign_ins.known_over(claims):
            claims = None
        return visitor(self.mode, current_rules(), claims)

    def acting(self) -> Actor:
        """The same for a moment of acting: a sign-in ended at another server counts no more.

        Raises StoreUnavailableError.
        """
        if self.claims is not None and self.mode == "signed":
            sign_ins.is_over(data.held().store, self.claims)
        return self.actor()

    @property
    def ended(self) -> str:
        """Why a sign-in that the browser still has counts no more: "expired", "signed_out", or ""."""
        if self.claims is None:
            return ""
        if sign_ins.known_over(self.claims):
            return "signed_out"
        return "expired" if expired(self.claims, current_rules()) else ""


_visitor: ContextVar[Visitor | None] = ContextVar("_visitor", default=None)


def visitor_now() -> Visitor:
    """The visitor of this run."""
    return _visitor.get() or look()


def look() -> Visitor:
    """See who is there, at the beginning of a run: who signed out at another server is not."""
    # Streamlit says whether somebody signed in only where sign-in is configured.
    signed = "is_logged_in" in st.user
    claims = dict(st.user.to_dict()) if signed and st.user.is_logged_in and not unsafe() else None
    mode = mode_of(
        signed=signed,
        address=str(st.get_option("server.address") or ""),
        headers=st.context.headers.to_dict(),
        peer=st.context.ip_address,
    )
    if claims is not None:
        _elsewhere.learn(data.held().store)
    found = Visitor(mode, claims)
    _visitor.set(found)
    return found


def unsafe() -> bool:
    """Whether sign-ins are signed with something that can be guessed: then none of them counts."""
    return guessable(get_cookie_secret())


def providers() -> list[str]:
    """Names of the identity providers of the secrets; the one without a name of its own is "default"."""
    section = st.secrets.get("auth", {}) if st.secrets.load_if_toml_exists() else {}
    named = [name for name, settings in section.items() if _is_provider(settings)]
    return ["default", *named] if _is_provider(section) or not named else named


def _is_provider(settings: Any) -> bool:
    return isinstance(settings, Mapping) and all(name in settings for name in _PROVIDER_SETTINGS)


def pressed() -> list[str]:
    """Keys of the buttons that the message behind this run presses, drawn by a page or not."""
    context = get_script_run_ctx()
    if context is None:
        return []
    states = context.session_state.get_widget_states()
    # An identity is "$$ID-<hash>-<key>".
    return [state.id.split("-", 2)[-1] for state in states if state.trigger_value]
