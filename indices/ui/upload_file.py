"""The file at the upload desk: where it is dropped, the workbook to fill beside it, what lies there now."""

from __future__ import annotations

from html import escape

import streamlit as st

from indices.i18n import count
from indices.ui import show, state
from indices.ui.desk import Desk, desk
from indices.ui.frame import Page
from indices.ui.template_view import template_view
from indices.ui.uploader_words import uploader_words

KINDS = "csv, tsv, txt, xlsx, xls, ods"


def file_view(page: Page, desk: Desk) -> None:
    """Where a file is dropped, the workbook to fill beside it, and the file that lies on the desk."""
    show.section(page.text("upload.step_file"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        uploader_words(page)
        key = state.widget_key(f"upload.file.{desk.number}", page.language)
        st.file_uploader(
            page.text("upload.drop"), key=key, on_change=_dropped, args=(key,), label_visibility="collapsed"
        )
        show.note(page.text("upload.kinds", kinds=KINDS))
    with right, st.container(border=True, key="template"):
        show.note(page.text("upload.template_how"))
        template_view(page)
    if desk.content is not None:
        with st.container(horizontal=True, vertical_alignment="center", key="desk-file"):
            size = count(max(1, round(len(desk.content) / 1024)), page.language)
            words = page.text("upload.on_desk", file=desk.file_name, size=size)
            st.html(f'<p class="on-desk">{escape(words)}</p>', width="content")
            st.button(
                page.text("upload.take_away"), on_click=_taken_away, key=desk.key("away", page.language)
            )


def _dropped(key: str) -> None:
    found = st.session_state[key]
    if found is not None:
        desk().put(found.name, found.getvalue())


def _taken_away() -> None:
    desk().clear()
