"""What a reader sees when a page fails: a sentence in their language; the trace goes to the log."""

from __future__ import annotations

import logging

import streamlit as st

from indices.failures import numbered
from indices.i18n import DEFAULT_LANGUAGE, as_language, text
from indices.store import StoreUnavailableError
from indices.ui import state

logger = logging.getLogger(__name__)


def tell_failure(fault: BaseException) -> bool:
    """Show that the page failed, under a number the log has too. True: Streamlit shows nothing of its own."""
    number = numbered(logger, "Page", fault)
    language = as_language(state.code("lang")) or DEFAULT_LANGUAGE
    kind = "store_failure" if isinstance(fault, StoreUnavailableError) else "failure"
    st.error(text(f"frame.{kind}", language, number=number))
    return True
