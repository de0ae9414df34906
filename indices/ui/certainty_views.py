"""How sure the province's rank is, and what change of rank is no more than usual."""

from __future__ import annotations

from html import escape

import streamlit as st

from indices import i18n
from indices.analysis.cells import number, records
from indices.analysis.certainty import CERTAINTY_DTYPES, Certainty
from indices.analysis.history import HISTORY_DTYPES
from indices.analysis.refusal import Refusal
from indices.catalogue import EditionSpec
from indices.export.answer_charts import (
    certainty_chart,
    certainty_rows,
    certainty_source,
    has_certainty_chart,
)
from indices.narrative import certainty as words
from indices.narrative.refusal import refusal_sentence
from indices.ui import certainty_data, columns, data, show
from indices.ui.frame import Page
from indices.ui.tables import Column, Row


def certainty_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The finding and its basis, the provinces around the target's line, and the usual movement of ranks."""
    answer = certainty_data.certainty(index, edition.edition, page.province, page.target_rank)
    show.section(
        page.text("certainty.section", index=index, edition=edition.year), page.text("certainty.how")
    )
    called = page.called(page.province)
    if isinstance(answer, Refusal):
        show.nothing(page, refusal_sentence(answer, page.language))
        _last(page, index)
    else:
        _say(words.sentence(answer, called, page.language))
        _add(words.notes(answer, called, page.language))
        if has_certainty_chart(answer):
            piece = page.kept("certainty", lambda: _ranges(page, answer), index, edition.edition)
            show.chart(page, f"certainty-{index.lower()}", piece, lambda: _columns(page))
            show.note(words.thresholds_sentence(page.language))
        else:
            _last(page, index)
    _movement(page, index, edition.edition)


def _last(page: Page, index: str) -> None:
    last = certainty_data.last_certainty(index, page.province, page.target_rank)
    if last is not None:
        _add([words.last_sentence(last, page.language)])


def _say(sentence: str) -> None:
    st.html(f'<p class="verdict">{escape(sentence)}</p>')


def _add(sentences: list[str]) -> None:
    st.html("".join(f'<p class="fact">{escape(sentence)}</p>' for sentence in sentences))


def _ranges(page: Page, answer: Certainty) -> show.Piece:
    basis, index = answer.first["basis"], answer.index
    whole = certainty_data.certainty_field(index, answer.edition, answer.target_rank, basis)
    assert not isinstance(whole, Refusal)  # the province's own answer on this basis was given
    table, figures = certainty_rows(page, whole), data.figures_of(index)
    figure = certainty_chart(page, answer, table, figures)
    how = words.chart_how(answer.first, page.language)
    source, called = certainty_source(page, answer, figures), page.called(page.province)
    (mine,) = records(table[table["province"] == called], list(CERTAINTY_DTYPES))
    return show.Piece(
        figure, words.alt(answer, mine, len(table), called, page.language), table, f"{how} {source}"
    )


def _columns(page: Page) -> list[Column]:
    def spread(row: Row) -> str:
        return page.text("certainty.range_of", low=row["rank_low"], high=row["rank_high"])

    def error(row: Row) -> str:
        written = i18n.score(number(row["se"]), page.language)
        return page.text("certainty.se_is_assumed", se=written) if row["se_assumed"] is True else written

    return [
        columns.plain(page, "columns.province", "province"),
        columns.rank(page),
        Column(page.text("certainty.range"), spread, number=True),
        Column(
            page.text("certainty.chance", target=page.target_rank), lambda row: str(row["said"]), number=True
        ),
        Column(page.text("certainty.word"), lambda row: page.text(f"chance.{row['word']}")),
        columns.points(page, None),
        Column(page.text("certainty.se"), error, number=True),
    ]


def _movement(page: Page, index: str, edition: str) -> None:
    """What movement of ranks is usual, and whether the province's own was."""
    movement = certainty_data.rank_movement(index)
    show.section(page.text("certainty.movement", index=index))
    _add(page.kept("movement", lambda: _told_movement(page, index, edition), index, edition))
    if not isinstance(movement, Refusal):
        name = f"movement-{index.lower()}"
        show.with_table(
            page, name, movement, lambda: _movement_columns(page), label="certainty.movement_figures"
        )


def _told_movement(page: Page, index: str, edition: str) -> list[str]:
    history = data.rank_history(index, page.province)
    here = records(history[history["edition"] == edition], list(HISTORY_DTYPES))
    movement, judged = certainty_data.rank_movement(index), here[0] if here else None
    return words.movement_sentences(movement, judged, index, page.called(page.province), page.language)


def _movement_columns(page: Page) -> list[Column]:
    return [
        Column(page.text("certainty.group_before"), lambda row: page.text(f"certainty.group.{row['group']}")),
        columns.whole_number(page, "certainty.median", "median"),
        columns.whole_number(page, "certainty.p90", "p90"),
        columns.whole_number(page, "certainty.n", "n"),
        columns.whole_number(page, "certainty.n_years", "n_years"),
    ]
