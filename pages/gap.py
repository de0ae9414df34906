"""The gap to the target: how far, in which parts, and what a change of scores would bring."""

import streamlit as st

from indices.ui import frame, show
from indices.ui.choices import edition_choice, index_choice
from indices.ui.gap_views import gap_title, gap_view
from indices.ui.links_view import links_view
from indices.ui.scenario_views import scenario_view

page = frame.begin("gap")
heading = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    index = index_choice(page)
    edition = edition_choice(page, index)
if edition is None:
    with heading:
        show.title(page, page.text("menu.gap"))
    show.nothing(page, page.text("index.no_edition", index=index))
    st.stop()
with heading:
    gap_title(page, index, edition)
gap_view(page, index, edition)
scenario_view(page, index, edition)
links_view(page, ("gap", "scenario"), index=index.lower(), edition=edition.edition)
