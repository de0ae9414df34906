"""The parts of the comparison page: who is compared, their lines, their differences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices import narrative
from indices.analysis.peers import PEER_GROUPS, PROFILE
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.charts import Caption, rank_lines, score_lines
from indices.export.index_charts import breaks_of
from indices.i18n import points
from indices.tidy import OVERALL
from indices.ui import columns, data, show, state, strengths_data
from indices.ui.frame import Page
from indices.ui.tables import Column, html_table

MOST_PROVINCES = 6
"""Provinces compared at once: as many as the chart has distinct colours, dashes and marks."""
OWN = "own"


def province_choice(page: Page, index: str) -> tuple[str, ...]:
    """The provinces to compare with: a ready group, changed by hand where wanted (canonical names)."""
    groups = {group: page.text(f"group.{group}") for group in (*PEER_GROUPS, OWN)}
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
    if group == PROFILE:
        with right:
            return _alike(page, index)
    if group != OWN:
        edition = data.latest_edition(index, page.province) or ""
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
            most=MOST_PROVINCES,
            language=page.language,
            refuse=page.refuse,
            label=page.text("compare.provinces", n=MOST_PROVINCES),
            placeholder=page.text("compare.provinces_hint"),
        )
    found = (provinces.by_slug(slug) for slug in chosen)
    return tuple(spec.name_vi for spec in found if spec is not None)


def _alike(page: Page, index: str) -> tuple[str, ...]:
    """The provinces nearest in the profile of the newest edition whose parts are held of everyone."""
    edition = strengths_data.newest(index, page.province, OVERALL, True)
    found = None if edition is None else strengths_data.profile(index, edition, page.province)
    if found is None or isinstance(found, Refusal):
        show.note(page.text("compare.group_no_parts", index=index))
        return ()
    show.note(page.text("compare.group_by_profile", index=index, edition=edition))
    return tuple(str(name) for name in found.nearest["province"])[:MOST_PROVINCES]


def lines_view(page: Page, index: str, provinces: tuple[str, ...]) -> None:
    """Rank lines and score lines of the focal province and the others."""
    scale_max = page.catalogue.indices[index].scale_max
    histories = data.rank_histories(index, (page.province, *provinces))
    if not histories["place"].notna().any() and not histories["score"].notna().any():
        show.nothing(page, page.text("compare.nothing", index=index))
        return

    def listing() -> list[Column]:
        return [columns.plain(page, "columns.province", "province"), *columns.history(page, scale_max)]

    left, right = st.columns(2)
    with left:
        piece = page.kept("compare.rank", lambda: _ranks(page, index, provinces), index, provinces)
        show.chart(page, f"compare-rank-{index.lower()}", piece, listing)
    with right:
        if histories["score"].notna().any():
            piece = page.kept("compare.score", lambda: _scores(page, index, provinces), index, provinces)
            show.chart(page, f"compare-score-{index.lower()}", piece, listing)
        else:
            show.nothing(page, page.text("compare.no_scores", index=index))


def _ranks(page: Page, index: str, provinces: tuple[str, ...]) -> show.Piece:
    histories, called = data.rank_histories(index, (page.province, *provinces)), page.called(page.province)
    source = narrative.sources_sentence(page.catalogue, index, histories["source"], page.language)
    figure = rank_lines(
        page.named(histories),
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
    )
    mine = data.rank_history(index, page.province)
    alt = narrative.history_alt(mine, index, called, page.language)
    return show.Piece(figure, alt, _newest_first(page, histories), source)


def _scores(page: Page, index: str, provinces: tuple[str, ...]) -> show.Piece:
    histories, called = data.rank_histories(index, (page.province, *provinces)), page.called(page.province)
    source = narrative.sources_sentence(page.catalogue, index, histories["source"], page.language)
    figure = score_lines(
        page.named(histories),
        focal=called,
        # The field's own lines stand on the index page; here they would hide the provinces.
        field=data.field_history(index, page.target_rank).head(0),
        caption=Caption(
            page.text("compare.score_title", index=index), page.text("compare.score_how"), source
        ),
        language=page.language,
        theme=page.theme,
        breaks=breaks_of(page, index),
        scale_max=page.catalogue.indices[index].scale_max,
    )
    mine = data.rank_history(index, page.province)
    alt = narrative.score_alt(mine, index, called, page.language)
    return show.Piece(figure, alt, _newest_first(page, histories), source)


def _newest_first(page: Page, histories: pd.DataFrame) -> pd.DataFrame:
    known = histories[histories["place"].notna() | histories["score"].notna()]
    return page.named(known).sort_values("year", ascending=False)


def difference_view(page: Page, index: str, edition: EditionSpec, provinces: tuple[str, ...]) -> None:
    """Places and points between the focal province and each of the others in one edition."""
    if edition.frame == MERGER_FRAME:
        show.nothing(page, page.text("compare.merged"))
        return
    codes = (index, edition.edition, provinces)
    st.html(page.kept("differences", lambda: _differences(page, *codes), *codes))


def _differences(page: Page, index: str, edition: str, provinces: tuple[str, ...]) -> str:
    scale_max, called = page.catalogue.indices[index].scale_max, page.called(page.province)
    return html_table(
        page.named(data.differences(index, edition, page.province, provinces)),
        [
            columns.plain(page, "columns.province", "province"),
            columns.rank(page),
            columns.signed(page, "columns.places_ahead", "places_ahead"),
            columns.points(page, scale_max),
            columns.signed(page, "columns.points_ahead", "points_ahead", points(scale_max)),
            columns.basis(page),
            columns.source(page),
        ],
        caption=page.text("compare.differences_how", province=called),
        row_class=lambda row: "focal" if row["province"] == called else "",
    )
