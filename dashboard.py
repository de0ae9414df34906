"""Overview: where the province in focus stands in every index."""

import streamlit as st

from indices.ui import frame, show
from indices.ui.briefings import briefing_view
from indices.ui.cards import cards_view
from indices.ui.counts import counts_columns
from indices.ui.overview import detail, glance

page = frame.begin("overview")
seen = glance(page)

show.title(page, seen.headline)
cards_view(page, seen.cards)
more = detail(page)
if more.briefing:
    briefing_view(page, more.briefing)

show.section(page.text("overview.ranks"), page.text("overview.ranks_how"))
if more.counts is None:
    show.nothing(page, page.text("overview.ranks_nothing", province=page.called(page.province)))
else:
    st.html(more.ranks)
    show.chart(page, "indices-in-target", more.counts, lambda: counts_columns(page))

show.section(page.text("overview.missing"), page.text("overview.missing_how"))
show.note(more.missing)
st.page_link(
    frame.MENU["data"], label=page.text("overview.missing_way"), query_params=page.address(part="add")
)
