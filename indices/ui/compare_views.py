"""The parts of the comparison page: who is compared, their lines, their differences."""

from __future__ import annotations

import streamlit as st

from indices import narrative
from indices.analysis import GROUPS, latest_figure
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.charts import Caption, rank_lines, score_lines
from indices.i18n import points
from indices.ui import columns, data, show, state
from indices.ui.frame import Page
from indices.ui.marks import breaks_of
from indices.ui.tables import html_table

MOST_PROVINCES = 6
"""Provinces compared at once: as many as the chart has distinct colours, dashes and marks."""
OWN = "own"


def province_choice(page: Page, index: str) -> tuple[str, ...]:
    """The provinces to compare with: a ready group, changed by hand where wanted (canonical names)."""
    groups = {group: page.text(f"group.{group}") for group in (*GROUPS, OWN)}
    left, right = st.columns([2, 3])
    with left:
        group = state.choose(
            st.selectbox,
            "group",
            groups,
            default="neighbours",
            language=page.language,
            refuse=page.refuse,
            label=page.text("compare.group"),
        )
    if group != OWN:
        latest = latest_figure(data.rank_history(index, page.province))
        edition = str(latest["edition"]) if latest else ""
        members = data.peer_group(group, index, edition, page.province, page.target_rank)
        with right:
            if not members:
                show.note(page.text("compare.group_nothing", index=index))
            elif len(members) > MOST_PROVINCES:
                show.note(
                    page.text("compare.group_first", n=MOST_PROVINCES, all=len(members), edition=edition)
                )
            else:
                show.note(page.text("compare.group_by", index=index, edition=edition))
        return members[:MOST_PROVINCES]
    provinces = page.catalogue.provinces
    others = {
        spec.slug: page.called(spec.name_vi) for spec in provinces.frame(63) if spec.name_vi != page.province
    }
    region = provinces.get(page.province).region_vi
    start = [spec.slug for spec in provinces.members(region) if spec.slug in others][:2]
    with right:
        chosen = state.choose_many(
            "with",
            others,
            default=start,
            language=page.language,
            refuse=page.refuse,
            label=page.text("compare.provinces", n=MOST_PROVINCES),
            max_selections=MOST_PROVINCES,
            placeholder=page.text("compare.provinces_hint"),
        )
    found = (provinces.by_slug(slug) for slug in chosen)
    return tuple(spec.name_vi for spec in found if spec is not None)


def lines_view(page: Page, index: str, provinces: tuple[str, ...]) -> None:
    """Rank lines and score lines of the focal province and the others."""
    spec = page.catalogue.indices[index]
    histories = data.rank_histories(index, (page.province, *provinces))
    if histories["place"].isna().all() and histories["score"].isna().all():
        show.nothing(page, page.text("compare.nothing", index=index))
        return
    named, called = page.named(histories), page.called(page.province)
    source = narrative.sources_sentence(page.catalogue, index, histories["source"], page.language)
    mine = data.rank_history(index, page.province)
    table = named[named["place"].notna() | named["score"].notna()].sort_values("year", ascending=False)
    listing = [columns.plain(page, "columns.province", "province"), *columns.history(page, spec.scale_max)]
    left, right = st.columns(2)
    with left:
        show.chart(
            page,
            f"compare-rank-{index.lower()}",
            rank_lines(
                named,
                focal=called,
                target_rank=page.target_rank,
                caption=Caption(
                    page.text("compare.rank_title", index=index),
                    page.text("index.rank_how", target=page.target_rank),
                    source,
                ),
                language=page.language,
                theme=page.theme,
                breaks=breaks_of(page, index),
            ),
            alt=narrative.history_alt(mine, index, called, page.language),
            table=table,
            columns=listing,
            caption=source,
        )
    with right:
        if histories["score"].isna().all():
            show.nothing(page, page.text("compare.no_scores", index=index))
            return
        show.chart(
            page,
            f"compare-score-{index.lower()}",
            score_lines(
                named,
                focal=called,
                field=data.field_history(index, page.target_rank).head(0),
                caption=Caption(
                    page.text("compare.score_title", index=index), page.text("compare.score_how"), source
                ),
                language=page.language,
                theme=page.theme,
                breaks=breaks_of(page, index),
                scale_max=spec.scale_max,
            ),
            alt=narrative.score_alt(mine, index, called, page.language),
            table=table,
            columns=listing,
            caption=source,
        )


def difference_view(page: Page, index: str, edition: EditionSpec, provinces: tuple[str, ...]) -> None:
    """Places and points between the focal province and each of the others in one edition."""
    if edition.frame == MERGER_FRAME:
        show.nothing(page, page.text("compare.merged"))
        return
    spec = page.catalogue.indices[index]
    table = page.named(data.differences(index, edition.edition, page.province, provinces))
    called = page.called(page.province)
    st.html(
        html_table(
            table,
            [
                columns.plain(page, "columns.province", "province"),
                columns.rank(page),
                columns.signed(page, "columns.places_ahead", "places_ahead"),
                columns.points(page, spec.scale_max),
                columns.signed(page, "columns.points_ahead", "points_ahead", points(spec.scale_max)),
                columns.basis(page),
                columns.source(page),
            ],
            caption=page.text("compare.differences_how", province=called),
            row_class=lambda row: "focal" if row["province"] == called else "",
        )
    )
