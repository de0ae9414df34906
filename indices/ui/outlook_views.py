"""The outlook page: the chance of a province in the next edition, in one index and in all."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indices import i18n
from indices.analysis.outlook import Outlook
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME
from indices.charts.caption import Caption
from indices.charts.forecasts import forecasts
from indices.export.answer_charts import chance_chart, chance_source
from indices.narrative import outlook as words
from indices.narrative.refusal import refusal_sentence
from indices.ui import columns, show
from indices.ui.frame import Page
from indices.ui.outlook_data import outlook_of, tested
from indices.ui.tables import Column, Row, html_table


def headline(page: Page, index: str) -> str:
    """The page's main finding."""
    found = outlook_of(index, page.province, page.target_rank)
    return words.outlook_headline(found, index, page.called(page.province), page.language)


def outlook_view(page: Page, index: str) -> None:
    """The chance of the province in the next edition with what it rests on, or why there is none."""
    found = outlook_of(index, page.province, page.target_rank)
    show.section(page.text("outlook.section"))
    if isinstance(found, Refusal):
        show.nothing(page, refusal_sentence(found, page.language, words.BRIER_DIGITS))
        return
    for sentence in _sentences(page, index, found):
        say(sentence)
    left, right = st.columns(2)
    with left:
        piece = page.kept("chance", lambda: _curve(page, index, found), index)
        show.chart(page, f"chance-{index.lower()}", piece, lambda: _observed_columns(page))
    with right:
        if found.past["chance"].notna().any():
            piece = page.kept("forecasts", lambda: _past(page, index, found), index)
            show.chart(page, f"forecasts-{index.lower()}", piece, lambda: _past_columns(page))
            say(words.past_sentence(found, page.language))
        else:
            called = page.called(page.province)
            show.nothing(page, page.text("outlook.past_nothing", index=index, province=called))


def all_view(page: Page, index: str) -> None:
    """The chance in every index, the one in view among them."""
    show.section(
        page.text("outlook.all_section", province=page.called(page.province)),
        page.text("outlook.all_how", target=page.target_rank),
    )
    st.html(page.kept("chances", lambda: _all(page, index), index))


def say(sentence: str) -> None:
    """A sentence of the page; nothing where it is empty."""
    if sentence:
        st.html(f'<p class="fact">{escape(sentence)}</p>')


def _sentences(page: Page, index: str, found: Outlook) -> list[str]:
    row, called = found.row, page.called(page.province)
    successor = page.catalogue.provinces.successor(page.province)
    said = [
        words.standing_sentence(row, page.language),
        words.similar_sentence(row, page.language),
        *words.condition_sentences(row, called, page.called(successor, MERGER_FRAME), page.language),
    ]
    own = tested(page.target_rank).score_of(index)
    return [*said, words.borrowed_sentence(row, own, page.language)] if own is not None else said


def _curve(page: Page, index: str, found: Outlook) -> show.Piece:
    figure, source = chance_chart(page, index, found), chance_source(page, index, found)
    return show.Piece(
        figure, words.curve_alt(found.row, page.called(page.province), page.language), found.observed, source
    )


def _past(page: Page, index: str, found: Outlook) -> show.Piece:
    called = page.called(page.province)
    now = found.now.assign(to_come=True, next_place=None, next_computed=None, within=None)
    table = pd.concat([found.past.assign(to_come=False), now[[*found.past, "to_come"]]], ignore_index=True)
    source = chance_source(page, index, found)
    figure = forecasts(
        table,
        caption=Caption(
            page.text("outlook.past_title", index=index, province=called),
            page.text("outlook.past_how"),
            source,
        ),
        language=page.language,
        theme=page.theme,
    )
    newest_first = table[table["chance"].notna()].sort_values("year", ascending=False)
    return show.Piece(figure, words.past_alt(found, called, page.language), newest_first, source)


def _all(page: Page, index: str) -> str:
    rows = []
    for code in page.catalogue.indices:
        found = outlook_of(code, page.province, page.target_rank)
        row = {
            "index": code,
            "said": words.chance_cell(found, page.language),
            "similar": words.similar_cell(found, page.language),
        }
        if isinstance(found, Outlook):
            row |= {name: found.row[name] for name in ("edition", "place", "n_ranked", "computed")}
        rows.append(row)
    named = ["index", "edition", "place", "n_ranked", "computed", "said", "similar"]
    table = pd.DataFrame(rows, columns=named)
    return html_table(
        table.astype(object),
        [
            columns.plain(page, "columns.index", "index"),
            columns.plain(page, "columns.chance", "said"),
            columns.plain(page, "columns.similar", "similar"),
            columns.plain(page, "columns.edition", "edition"),
            columns.rank(page),
        ],
        row_class=lambda row: "focal" if row["index"] == index else "",
    )


def _observed_columns(page: Page) -> list[Column]:
    return [
        Column(page.text("columns.place"), lambda row: f"{row['first']}–{row['last']}"),
        columns.whole_number(page, "outlook.head_cases", "n"),
        columns.whole_number(page, "columns.n_within", "n_within"),
        percent(page, "columns.share_within", "share_within"),
    ]


def _past_columns(page: Page) -> list[Column]:
    return [
        columns.whole_number(page, "columns.next_year", "next_year"),
        columns.plain(page, "columns.edition", "edition"),
        columns.rank(page),
        percent(page, "columns.said", "chance"),
        Column(page.text("outlook.head_word"), lambda row: page.word("chance", str(row["word"]))),
        Column(page.text("columns.next_place"), lambda row: _next_place(page, row), number=True),
    ]


def percent(page: Page, heading: str, name: str) -> Column:
    """A share as whole percent."""
    return Column(page.text(heading), lambda row: i18n.percent(row[name], page.language), number=True)


def _next_place(page: Page, row: Row) -> str:
    written = i18n.place(row["next_place"], None)
    return page.text("columns.computed_place", place=written) if row["next_computed"] is True else written
