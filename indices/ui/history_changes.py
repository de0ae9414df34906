"""What differs between two versions of an edition."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indices.ui import data, show, state
from indices.ui.changes_table import MOST, changes_table, counts_lines
from indices.ui.frame import Page
from indices.ui.history_views import version_label


def changes_view(page: Page, index: str, edition: str, found: pd.DataFrame) -> None:
    """Two versions chosen, the newest against the one before at first, and every cell that differs."""
    show.section(page.text("history.difference"))
    if len(found) < 2:
        show.note(page.text("history.difference_one"))
        return
    rows = {str(row["version"]): row for row in found.to_dict("records")}
    labels = {number: version_label(page, row) for number, row in rows.items()}
    newest, before, *_ = labels
    with st.container(horizontal=True, vertical_alignment="bottom", key="difference"):
        old, new = (
            state.choose(
                st.selectbox,
                name,
                labels,
                default=default,
                language=page.language,
                refuse=page.refuse,
                of=f"{index} {edition}",
                label=page.text(f"history.{name}"),
                width=420,
            )
            for name, default in (("older", before), ("newer", newest))
        )
    if old == new:
        show.note(page.text("history.same_version"))
        return
    differing = data.difference(int(old), int(new))
    if differing.empty:
        show.note(page.text("history.no_difference"))
        return
    st.html("".join(f'<p class="fact">{escape(line)}</p>' for line in counts_lines(page, differing)))
    heads = (page.text("history.head_older", version=number) for number in (old, new))
    st.html(changes_table(page, differing, *heads))
    if len(differing) > MOST:
        show.note(page.text("upload.changes_more", n=MOST))
