"""How sure today's rank is, the chance of the target in the next edition, and how far to trust that."""

import streamlit as st

from indices.ui import frame, show
from indices.ui.certainty_views import certainty_view
from indices.ui.choices import edition_choice, index_choice
from indices.ui.links_view import links_view
from indices.ui.outlook_trust import trust_view
from indices.ui.outlook_views import all_view, headline, outlook_view

page = frame.begin("outlook")
heading = st.container()
index = index_choice(page)
with heading:
    show.title(page, headline(page, index), page.text("outlook.how"))
edition = edition_choice(page, index)
if edition is not None:
    certainty_view(page, index, edition)
outlook_view(page, index)
all_view(page, index)
trust_view(page, index)
links_view(page, ("outlook", "certainty"), index=index.lower(), edition=edition and edition.edition)
