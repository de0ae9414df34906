"""One index: rank and score through the years, the full ranking and the map of an edition, its parts."""

import streamlit as st

from indices.ui import frame, show
from indices.ui.choices import edition_choice, index_choice
from indices.ui.component_view import component_view
from indices.ui.links_view import links_view
from indices.ui.ranking_view import ranking_view
from indices.ui.trends import trend_view

page = frame.begin("index_detail")
heading = st.container()
index = index_choice(page)
spec = page.catalogue.indices[index]
about = spec.about_vi if page.language == "vi" else spec.about_en
with heading:
    show.title(page, f"{index} · {page.called(page.province)}", about)
trend_view(page, index)

show.section(page.text("index.edition_section"), page.text("index.edition_how"))
edition = edition_choice(page, index)
if edition is None:
    show.nothing(page, page.text("index.no_edition", index=index))
    st.stop()
ranking_view(page, index, edition)
component_view(page, index, edition)
links_view(page, ("history", "ranking", "components"), index=index.lower(), edition=edition.edition)
