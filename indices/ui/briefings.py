"""The briefing of the overview: three sentences for each index the province has a figure in."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indices.narrative.briefing import briefing_sentences
from indices.ui import certainty_data, gap_data, outlook_data, show, why_data
from indices.ui.frame import MENU, Page

QUESTIONS = ("why", "gap", "outlook")
"""The page behind each of the three sentences."""


def briefing_view(page: Page, drawn: str) -> None:
    """Sentences by index, as `briefing` has them, with links to their pages."""
    show.section(page.text("overview.briefing"), page.text("overview.briefing_how"))
    st.html(drawn)
    with st.container(horizontal=True, key="briefing-links"):
        for name in QUESTIONS:
            st.page_link(MENU[name], label=page.text(f"menu.{name}"), query_params=page.address())


def briefing(page: Page, statuses: pd.DataFrame) -> str:
    """Sentences by index as HTML, side by side on a desk and below each other on a phone."""
    blocks = "".join(
        _block(page, str(row["index"]), str(row["edition"])) for row in statuses.to_dict("records")
    )
    return f'<div class="briefing">{blocks}</div>'


def _block(page: Page, index: str, edition: str) -> str:
    said = sentences(page, index, edition)
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in said)
    return f"<section><h3>{escape(index)}</h3><ul>{listed}</ul></section>"


def sentences(page: Page, index: str, edition: str) -> tuple[str, str, str]:
    """The three sentences about an index in one edition."""
    asked = (index, edition, page.province)
    return briefing_sentences(
        index,
        why_data.rank_change(*asked),
        gap_data.gap(*asked, page.target_rank),
        certainty_data.certainty(*asked, page.target_rank),
        outlook_data.outlook_of(index, page.province, page.target_rank),
        page.language,
    )
