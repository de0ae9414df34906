"""Overview: where the province in focus stands in every index."""

import streamlit as st

from indices import narrative
from indices.ui import data, frame, show
from indices.ui.briefings import briefing_view
from indices.ui.cards import cards
from indices.ui.counts import counts_columns, counts_piece
from indices.ui.rank_table import rank_table

page = frame.begin("overview")
statuses = data.statuses(page.province, page.target_rank)
n_indices = len(page.catalogue.indices)

sentence = narrative.headline(statuses, n_indices, page.target_rank, page.language)
show.title(page, f"{page.called(page.province)}: {sentence}")
cards(page, statuses)
if not statuses.empty:
    briefing_view(page, statuses)

show.section(page.text("overview.ranks"), page.text("overview.ranks_how"))
if statuses.empty:
    show.nothing(page, page.text("overview.ranks_nothing", province=page.called(page.province)))
else:
    st.html(page.kept("ranks", lambda: rank_table(page, data.all_histories(page.province))))
    show.chart(
        page,
        "indices-in-target",
        page.kept("counts", lambda: counts_piece(page)),
        lambda: counts_columns(page),
    )

missing = data.missing_editions(page.province)
show.section(page.text("overview.missing"), page.text("overview.missing_how"))
if missing.empty:
    show.note(page.text("overview.missing_nothing"))
else:
    listed = ", ".join(f"{row['index']} {row['edition']}" for row in missing.to_dict("records"))
    show.note(page.text("overview.missing_list", province=page.called(page.province), listed=listed))
st.page_link(
    frame.MENU["data"], label=page.text("overview.missing_way"), query_params=page.address(part="add")
)
