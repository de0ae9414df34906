"""The parts of the page about the order of July 2020: results, and the merger that followed."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indices import i18n
from indices.analysis.bridge import Bridge
from indices.analysis.cells import whole
from indices.analysis.directive import BeforeAfter, ordered_rank
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, MERGER_FRAME
from indices.export.answer_charts import before_after_chart, bridge_chart, bridge_source
from indices.narrative.bridge import bridge_sentences
from indices.narrative.directive import (
    before_after_alt,
    directive_headline,
    result_sentence,
    since_sentence,
)
from indices.narrative.refusal import refusal_sentence
from indices.ui import columns, directive_data, show
from indices.ui.choices import index_choice
from indices.ui.frame import Page
from indices.ui.tables import Column, Row


def heading(page: Page, answer: BeforeAfter) -> None:
    """The order, its goal and what came; for a province it does not speak of, that it does not."""
    called = page.called(page.province)
    if directive_data.ordered(page.province):
        rank = ordered_rank(page.catalogue)
        sentence = directive_headline(answer, rank, called, page.language)
        show.title(page, sentence, page.text("directive.how"))
        return
    words = {"day": i18n.day(answer.since, page.language), "owner": page.called(FOCAL_PROVINCE)}
    how = page.text("directive.how_other", province=called, target=page.target_rank, **words)
    show.title(page, directive_headline(answer, None, called, page.language), how)


def told(page: Page, refusal: Refusal) -> None:
    """Why there is no answer, provinces called in the page's language."""
    slots = dict(refusal.slots)
    if "province" in slots:
        slots["province"] = page.called(str(slots["province"]))
    show.nothing(page, refusal_sentence(Refusal(refusal.code, slots), page.language))


def results_view(page: Page, answer: BeforeAfter) -> None:
    """Every index before and since, as a chart, and in words beside it."""
    own = directive_data.ordered(page.province)
    show.section(page.text("directive.results" if own else "directive.results_other"))
    left, right = st.columns([6, 5])
    with left:
        piece = page.kept("before-after", lambda: _results(page, answer))
        show.chart(page, "before-after", piece, lambda: _edition_columns(page))
    with right:
        st.html(page.kept("results", lambda: _told_results(page, answer)))
        show.with_table(
            page, "results", answer.indices, lambda: _summary_columns(page), label="directive.summary"
        )


def bridge_view(page: Page) -> None:
    """An index on both sides of the merger of 2025, or why there are no two sides."""
    show.section(page.text("directive.bridge"), page.text("directive.bridge_how"))
    any_index = next(iter(page.catalogue.indices))
    answer = directive_data.bridge(any_index, page.province, page.target_rank)
    if isinstance(answer, Refusal) and answer.code != "bridge_empty":
        told(page, answer)  # of no index there are two sides
        return
    index = index_choice(page)
    answer = directive_data.bridge(index, page.province, page.target_rank)
    if isinstance(answer, Refusal):
        told(page, answer)
        return
    said = page.kept("bridge-said", lambda: _told_bridge(page, answer), index)
    left, right = st.columns([6, 5])
    with left:
        piece = page.kept("bridge", lambda: _bridge(page, answer, said), index)
        show.chart(page, f"bridge-{index.lower()}", piece, lambda: _bridge_columns(page, index))
    with right:
        st.html("".join(f"<p>{escape(sentence)}</p>" for sentence in said))


def _told_bridge(page: Page, answer: Bridge) -> list[str]:
    return bridge_sentences(answer, _names(page, answer), _successor(page, answer), page.language)


def _results(page: Page, answer: BeforeAfter) -> show.Piece:
    called, source = page.called(page.province), page.text("directive.chart_source")
    figure = before_after_chart(page, answer)
    known = answer.editions[answer.editions["place"].notna()]
    return show.Piece(figure, before_after_alt(answer, called, page.language), known, source)


def _told_results(page: Page, answer: BeforeAfter) -> str:
    lines = []
    for row in answer.indices.to_dict("records"):
        now = f"{row['index']}: {result_sentence(row, page.language)}"
        since = since_sentence(row, answer.target_rank, page.language)
        lines.append(
            f'<div class="finding"><span class="state {escape(row["status"])}">{escape(now)}</span>'
            f'<p class="small">{escape(since)}</p></div>'
        )
    return "".join(lines)


def _edition_columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.index", "index"),
        columns.plain(page, "columns.edition", "edition"),
        columns.rank(page),
        columns.basis(page),
        columns.source(page),
    ]


def _summary_columns(page: Page) -> list[Column]:
    def placed(heading: str, place: str, edition: str, n: str = "", computed: str = "") -> Column:
        def cell(row: Row) -> str:
            here = whole(row[place])
            if here is None:
                return i18n.NOTHING
            written = i18n.place(here, whole(row[n]) if n else None)
            if computed and row[computed] is True:
                written = page.text("columns.computed_place", place=written)
            return f"{written} ({row[edition]})"

        return Column(page.text(heading), cell, number=True)

    def met(row: Row) -> str:
        counts = {"met": row["n_met"], "known": row["n_known"], "editions": row["n_editions"]}
        return page.text("directive.met_cell", **counts)

    def changes(row: Row) -> str:
        pairs = [("change", "edition_before", "change_edition"), ("later_change", "later_since", "edition")]
        written = [
            page.text(
                "directive.change_cell",
                change=i18n.change(whole(row[gained]), page.language),
                since=row[since],
                until=row[until],
            )
            for gained, since, until in pairs
            if whole(row[gained]) is not None
        ]
        return "; ".join(written) or i18n.NOTHING

    return [
        columns.plain(page, "columns.index", "index"),
        placed(
            "directive.before_column", "place_before", "edition_before", "n_ranked_before", "computed_before"
        ),
        placed("directive.now_column", "place", "edition", "n_ranked", "computed"),
        placed("directive.best_column", "place_best", "edition_best"),
        Column(page.text("directive.met_column"), met, number=True),
        Column(page.text("directive.change_column"), changes, number=True),
    ]


def _bridge(page: Page, answer: Bridge, said: list[str]) -> show.Piece:
    figure, source = bridge_chart(page, answer), bridge_source(page, answer)
    named = pd.concat([page.named(answer.before), page.named(answer.after, MERGER_FRAME)], ignore_index=True)
    known = named[named["place"].notna()].iloc[::-1]
    alt = page.text("directive.bridge_alt", index=answer.index, said=" ".join(said[1:3]))
    return show.Piece(figure, alt, known, source)


def _bridge_columns(page: Page, index: str) -> list[Column]:
    return [
        columns.plain(page, "columns.province", "province"),
        columns.plain(page, "columns.edition", "edition"),
        columns.rank(page),
        columns.points(page, page.catalogue.indices[index].scale_max),
        columns.basis(page),
        columns.source(page),
    ]


def _names(page: Page, answer: Bridge) -> dict[str, str]:
    return {name: page.called(name) for name in answer.predecessors}


def _successor(page: Page, answer: Bridge) -> str:
    return page.called(answer.successor, MERGER_FRAME)
