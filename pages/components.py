"""The parts of an index: where the province is strong and weak, whom to learn from, who is alike."""

import streamlit as st

from indices.ui import frame, show, strengths_data
from indices.ui.choices import edition_choice, index_choice
from indices.ui.learn_views import learn_view, profile_view
from indices.ui.links_view import links_view
from indices.ui.strengths_views import heading, is_comparable, parts_view, within_choice

page = frame.begin("components")
head = st.container()
index = index_choice(page)
left, right = st.columns(2)
with left:
    edition = edition_choice(page, index)
if edition is None:
    with head:
        show.title(page, page.text("strengths.no_index", province=page.called(page.province), index=index))
    show.nothing(page, page.text("index.no_edition", index=index))
    st.stop()
with right:
    within = within_choice(page, index, edition)
found = strengths_data.strengths(index, edition.edition, page.province, page.target_rank, within)
with head:
    heading(page, index, edition, found)
parts_view(page, index, edition, found)
if is_comparable(edition):
    learn_view(page, index, edition)
    profile_view(page, index, edition)
links_view(page, ("strengths", "learn_from"), index=index.lower(), edition=edition.edition)
