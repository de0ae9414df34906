"""The page of components: whom to learn from, and which provinces have the most similar scores."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices.analysis.learn_from import LearnFrom
from indices.analysis.refusal import Refusal
from indices.catalogue import EditionSpec
from indices.narrative import strengths as words
from indices.tidy import OVERALL
from indices.ui import show, strengths_data
from indices.ui.frame import MENU, Page
from indices.ui.strengths_columns import gain_columns, learn_columns, profile_columns
from indices.ui.strengths_views import facts, names


def learn_view(page: Page, index: str, edition: EditionSpec) -> None:
    """Whom to learn from, in a sentence and two tables."""
    found = strengths_data.learn_from(index, edition.edition, page.province, page.target_rank)
    total = page.catalogue.scale_max(index, OVERALL, edition.year)
    called = page.called(page.province)
    how = page.text("strengths.learn_how", province=called, target=page.target_rank)
    show.section(page.text("strengths.learn"), how)
    codes = (index, edition.edition)
    facts(
        page.kept(
            "strengths-learn",
            lambda: [words.learn_sentence(found, called, page.called, total, page.language)],
            *codes,
        )
    )
    if isinstance(found, Refusal) or not found.n_candidates:
        return
    table, weak = page.kept("strengths-learn-tables", lambda: _learn_tables(page, found), *codes)
    label = "strengths.learn_table"
    show.with_table(page, "learn", table, lambda: learn_columns(page, found), label=label)
    if not weak.empty:
        label = "strengths.gains_table"
        show.with_table(page, "gains", weak, lambda: gain_columns(page, found), label=label)


def _learn_tables(page: Page, found: LearnFrom) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The provinces with the name of the part that improved most, and their gains in our weak parts."""
    gains = found.gains.assign(name=names(page, found.gains))
    named = dict(zip(gains["component"], gains["name"], strict=True))
    table = found.provinces.assign(
        most_name=found.provinces["most_improved"].map(named), n_provinces=found.n_ranked
    )
    return page.named(table), page.named(gains[gains["weak"]])


def profile_view(page: Page, index: str, edition: EditionSpec) -> None:
    """Who has the most similar scores, in a sentence and a table, and the way to compare with them."""
    found = strengths_data.profile(index, edition.edition, page.province)
    show.section(page.text("strengths.profile"), page.text("strengths.profile_how"))
    called, codes = page.called(page.province), (index, edition.edition)
    facts(
        page.kept(
            "strengths-profile",
            lambda: [words.profile_sentence(found, called, page.called, page.language)],
            *codes,
        )
    )
    if isinstance(found, Refusal):
        return
    total = page.catalogue.scale_max(index, OVERALL, edition.year)
    show.with_table(
        page,
        "profile",
        page.kept("strengths-nearest", lambda: page.named(found.nearest), *codes),
        lambda: profile_columns(page, total),
        page.text("strengths.profile_source", n=found.n_provinces),
        "strengths.profile_table",
    )
    st.page_link(
        MENU["compare"],
        label=page.text("strengths.compare_way"),
        query_params=page.address(index=index.lower(), group="profile"),
    )
