"""Overview: where the province in focus stands in every index."""

import streamlit as st

from indices import narrative
from indices.charts import Caption, target_counts
from indices.ui import columns, data, frame, show
from indices.ui.cards import cards
from indices.ui.rank_table import rank_table

page = frame.begin("overview")
statuses = data.statuses(page.province, page.target_rank)
n_indices = len(page.catalogue.indices)

sentence = narrative.headline(statuses, n_indices, page.target_rank, page.language)
show.title(page, f"{page.called(page.province)}: {sentence}")
cards(page, statuses)

histories = data.all_histories(page.province)
show.section(page.text("overview.ranks"), page.text("overview.ranks_how"))
if statuses.empty:
    show.nothing(page, page.text("overview.ranks_nothing", province=page.called(page.province)))
else:
    st.html(rank_table(page, histories))
    counts = data.target_counts(page.province, page.target_rank)
    newest = counts.iloc[-1]
    show.chart(
        page,
        "indices-in-target",
        target_counts(
            counts,
            caption=Caption(
                page.text("overview.counts_title", target=page.target_rank),
                page.text("overview.counts_how", province=page.called(page.province)),
                page.text("overview.counts_source"),
            ),
            language=page.language,
            theme=page.theme,
        ),
        alt=page.text(
            "overview.counts_alt", year=newest["year"], met=newest["met"], missed=newest["missed"]
        ),
        table=counts,
        columns=[
            columns.whole_number(page, "columns.year", "year"),
            columns.whole_number(page, "columns.met", "met"),
            columns.whole_number(page, "columns.missed", "missed"),
            columns.whole_number(page, "columns.unknown", "unknown"),
        ],
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
