"""The parts of the index page: choices, trends, ranking with map, components."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices import narrative
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.charts import Caption, component_bars, rank_lines, score_lines
from indices.tidy import OVERALL
from indices.ui import columns, data, show, state
from indices.ui.frame import Page
from indices.ui.marks import breaks_of, events_of
from indices.ui.ranking_view import ranking_view

__all__ = ["component_view", "edition_choice", "index_choice", "ranking_view", "trend_view"]


def index_choice(page: Page) -> str:
    """The index looked at, by a control that shows them all."""
    options = {code.lower(): code for code in page.catalogue.indices}
    chosen = state.choose(
        st.segmented_control,
        "index",
        options,
        default=next(iter(options)),
        language=page.language,
        refuse=page.refuse,
        label=page.text("index.choose"),
        label_visibility="collapsed",
        required=True,
    )
    return options[chosen]


def edition_choice(page: Page, index: str) -> EditionSpec | None:
    """The edition looked at, newest with a ranking first; None where nothing is held."""
    placed = data.places(index)
    held = set(placed.loc[placed["place"].notna() | placed["score"].notna(), "edition"])
    editions = [spec for spec in reversed(page.catalogue.editions_of(index)) if spec.edition in held]
    if not editions:
        return None
    mine = placed.loc[(placed["province"] == page.province) & placed["place"].notna(), "edition"]
    default = next((spec.edition for spec in editions if spec.edition in set(mine)), editions[0].edition)
    chosen = state.choose(
        st.selectbox,
        "edition",
        {spec.edition: _edition_label(page, spec) for spec in editions},
        default=default,
        language=page.language,
        refuse=page.refuse,
        label=page.text("index.edition"),
        width=320,
    )
    return page.catalogue.edition(index, chosen)


def trend_view(page: Page, index: str) -> None:
    """Rank and score through the years side by side, with breaks, events and the field's lines."""
    spec = page.catalogue.indices[index]
    history = data.rank_history(index, page.province)
    if history["place"].isna().all() and history["score"].isna().all():
        show.nothing(page, page.text("index.no_history", index=index, province=page.called(page.province)))
        return
    with_events = state.switch(
        "events", default=True, language=page.language, label=page.text("index.events")
    )
    named, called = page.named(history), page.called(page.province)
    source = narrative.sources_sentence(page.catalogue, index, history["source"], page.language)
    breaks = breaks_of(page, index)
    left, right = st.columns(2)
    with left:
        show.chart(
            page,
            f"rank-{index.lower()}",
            rank_lines(
                named,
                focal=called,
                target_rank=page.target_rank,
                caption=Caption(
                    page.text("index.rank_title", index=index, province=called),
                    page.text("index.rank_how", target=page.target_rank),
                    source,
                ),
                language=page.language,
                theme=page.theme,
                breaks=breaks,
                events=events_of(page, index, history) if with_events else None,
            ),
            alt=narrative.history_alt(history, index, called, page.language),
            table=_known(history),
            columns=columns.history(page, spec.scale_max),
            caption=source,
        )
    with right:
        if history["score"].isna().all():
            show.nothing(page, page.text("index.no_score", index=index, province=called))
            return
        field = data.field_history(index, page.target_rank)
        show.chart(
            page,
            f"score-{index.lower()}",
            score_lines(
                named,
                focal=called,
                field=page.named(field),
                caption=Caption(
                    page.text("index.score_title", index=index, province=called),
                    page.text("index.score_how", target=page.target_rank),
                    source,
                ),
                language=page.language,
                theme=page.theme,
                breaks=breaks,
                scale_max=spec.scale_max,
            ),
            alt=narrative.score_alt(history, index, called, page.language),
            table=page.named(field),
            columns=[
                columns.plain(page, "columns.edition", "edition"),
                columns.points(page, spec.scale_max, "best", "columns.best"),
                columns.points(page, spec.scale_max, "target_score", "columns.target_score"),
                columns.plain(page, "columns.target_province", "target_province"),
                columns.points(page, spec.scale_max, "median", "columns.median"),
                columns.whole_number(page, "columns.n_scores", "n_scores"),
                columns.whole_number(page, "columns.n_ranked", "n_ranked"),
            ],
            caption=page.text("index.field_how"),
        )


def component_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The parts of the index in an edition, one way of cutting it at a time."""
    focal = page.province
    if edition.frame == MERGER_FRAME:
        focal = page.catalogue.provinces.successor(page.province)
    parts = data.components(index, edition.edition, focal, page.target_rank, OVERALL)
    show.section(page.text("index.components", index=index, edition=edition.edition))
    if parts["score"].notna().sum() == 0:
        show.nothing(
            page,
            page.text(
                "index.no_components", province=page.called(focal, edition.frame), edition=edition.edition
            ),
        )
        return
    splits = [str(split) for split in parts.loc[parts["score"].notna(), "split"].dropna().unique()]
    split = splits[0]
    if len(splits) > 1:
        split = state.choose(
            st.segmented_control,
            "split",
            {name: page.word("split", name) for name in splits},
            default=split,
            language=page.language,
            refuse=page.refuse,
            label=page.text("index.split"),
            required=True,
        )
    chosen = parts[parts["split"] == split]
    specs = page.catalogue.components_of(index, edition.year)
    names = {s.component: s.name_vi if page.language == "vi" else s.name_en for s in specs}
    chosen = chosen.assign(name=chosen["component"].map(names))
    called = page.called(focal, edition.frame)
    source = narrative.sources_sentence(page.catalogue, index, chosen["source"], page.language)
    show.chart(
        page,
        f"components-{index.lower()}",
        component_bars(
            chosen,
            focal=called,
            caption=Caption(
                page.text("index.components_title", index=index, edition=edition.edition, province=called),
                page.text("index.components_how", target=page.target_rank),
                source,
            ),
            language=page.language,
            theme=page.theme,
        ),
        alt=page.text(
            "index.components_alt", index=index, edition=edition.edition, province=called, n=len(chosen)
        ),
        table=chosen,
        columns=[
            columns.plain(page, "columns.component", "name"),
            columns.points(page, None, "score"),
            columns.points(page, None, "scale_max", "columns.scale_max"),
            columns.points(page, None, "target_score", "columns.target_score"),
            columns.points(page, None, "median", "columns.median"),
            columns.points(page, None, "best", "columns.best"),
            columns.whole_number(page, "columns.place_computed", "place"),
            columns.points(page, None, "weight", "columns.weight"),
            columns.whole_number(page, "columns.n_provinces", "n_provinces"),
        ],
        caption=source,
    )


def _known(history: pd.DataFrame) -> pd.DataFrame:
    """The years of a history that hold a figure, newest first."""
    return history[history["place"].notna() | history["score"].notna()].iloc[::-1]


def _edition_label(page: Page, spec: EditionSpec) -> str:
    if spec.frame == MERGER_FRAME:
        return page.text("index.edition_merged", year=spec.year, n=spec.frame)
    return spec.edition
