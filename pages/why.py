"""Why a place changed: what moved it, which parts moved the score, and what new weights did."""

import streamlit as st

from indices.ui import frame, show
from indices.ui.choices import index_choice
from indices.ui.links_view import links_view
from indices.ui.why_views import headline, pair_choice, place_view, score_view
from indices.ui.why_weights import weights_view

page = frame.begin("why")
top = st.container()
index = index_choice(page)
pair, edition = pair_choice(page, index)
with top:
    if edition is None:
        show.title(page, page.text("menu.why"))
    else:
        headline(page, index, pair, edition)
if edition is None:
    show.nothing(page, page.text("index.no_edition", index=index))
if pair is None:
    st.stop()
place_view(page, pair)
score_view(page, pair)
weights_view(page, pair)
links_view(page, ("why", "reweight"), index=index.lower(), edition=pair[1], since=pair[2])
