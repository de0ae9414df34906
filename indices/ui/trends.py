"""Rank and score of the province in focus through the years, side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices import narrative
from indices.export.index_charts import rank_chart, score_chart, source_of
from indices.ui import columns, data, show, state
from indices.ui.frame import Page
from indices.ui.tables import Column


def trend_view(page: Page, index: str) -> None:
    """Both trends with breaks, events and the field's lines, or why there are none."""
    history = data.rank_history(index, page.province)
    if not history["place"].notna().any() and not history["score"].notna().any():
        show.nothing(page, page.text("index.no_history", index=index, province=page.called(page.province)))
        return
    with_events = state.switch(
        "events",
        default=True,
        language=page.language,
        refuse=page.refuse,
        label=page.text("index.events"),
    )
    scale_max = page.catalogue.indices[index].scale_max
    left, right = st.columns(2)
    with left:
        piece = page.kept("rank", lambda: rank_piece(page, index, history, with_events), index, with_events)
        show.chart(page, f"rank-{index.lower()}", piece, lambda: columns.history(page, scale_max))
    with right:
        if history["score"].notna().any():
            piece = page.kept("score", lambda: _score(page, index), index)
            show.chart(page, f"score-{index.lower()}", piece, lambda: _field_columns(page, scale_max))
        else:
            called = page.called(page.province)
            show.nothing(page, page.text("index.no_score", index=index, province=called))


def rank_piece(
    page: Page, index: str, history: pd.DataFrame, with_events: bool = False, frame: int = 63
) -> show.Piece:
    """The chart of a rank history with at least one year, of one province."""
    called = page.called(str(history["province"].iloc[0]), frame)
    figure = rank_chart(page, index, history, with_events, frame)
    source = source_of(page, index, history)
    known = history[history["place"].notna() | history["score"].notna()].iloc[::-1]
    return show.Piece(figure, narrative.history_alt(history, index, called, page.language), known, source)


def _score(page: Page, index: str) -> show.Piece:
    history, called = data.rank_history(index, page.province), page.called(page.province)
    field = data.field_history(index, page.target_rank)
    figure = score_chart(page, index, history, field)
    alt = narrative.score_alt(history, index, called, page.language)
    mine = history[["edition", "score"]]
    table = page.named(field).merge(mine, on="edition", how="left").iloc[::-1]
    return show.Piece(figure, alt, table, page.text("index.field_how"))


def _field_columns(page: Page, scale_max: float) -> list[Column]:
    return [
        columns.plain(page, "columns.edition", "edition"),
        columns.points(page, scale_max),
        columns.points(page, scale_max, "target_score", "columns.target_score"),
        columns.plain(page, "columns.target_province", "target_province"),
        columns.points(page, scale_max, "median", "columns.median"),
        columns.points(page, scale_max, "best", "columns.best"),
        columns.whole_number(page, "columns.n_scores", "n_scores"),
        columns.whole_number(page, "columns.n_ranked", "n_ranked"),
    ]
