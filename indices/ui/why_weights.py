"""Two editions under two sets of weights, on the page about changes."""

from __future__ import annotations

import streamlit as st

from indices import i18n
from indices.analysis.cells import number
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight
from indices.export.why_charts import (
    Pair,
    names_of,
    reweighted_chart,
    reweighted_rows,
    source_of,
    weights_chart,
)
from indices.narrative import why
from indices.narrative.refusal import refusal_sentence
from indices.ui import columns, show, why_data
from indices.ui.frame import Page
from indices.ui.tables import Column
from indices.ui.why_pieces import score_change_of


def weights_view(page: Page, pair: Pair) -> None:
    """Either edition under the other's weights, where that is the question between them."""
    change = score_change_of(pair)
    if not isinstance(change, Refusal) or change.code != "why_other_weights":
        return
    show.section(page.text("why.weights_section"), page.text("why.weights_section_how"))
    answer = why_data.reweight(pair[0], pair[1], pair[3], pair[2])
    if isinstance(answer, Refusal):
        show.nothing(page, refusal_sentence(change, page.language))
        show.nothing(page, refusal_sentence(answer, page.language))
        return
    st.html(f'<p class="fact">{why.real_sentence(answer, page.language)}</p>')
    for said in why.weights_notes(answer, names_of(page, pair), page.language):
        show.note(said)
    left, right = st.columns(2)
    with left:
        piece = page.kept("why_weights", lambda: _weights(page, pair, answer), *pair)
        show.chart(page, f"why-weights-{pair[0].lower()}", piece, lambda: _weighted_columns(page))
    with right:
        piece = page.kept("why_parts", lambda: _reweighted(page, pair, answer), *pair)
        show.chart(page, f"why-parts-{pair[0].lower()}", piece, lambda: _weight_columns(page))


def _weights(page: Page, pair: Pair, answer: Reweight) -> show.Piece:
    figure = weights_chart(page, pair, answer)
    source = source_of(page, pair, answer.sources)
    table = answer.scores.assign(
        name=[page.text(f"why.weights_{weights}") for weights in answer.scores["weights"]]
    )
    return show.Piece(figure, why.weights_alt(answer, page.called(pair[3]), page.language), table, source)


def _reweighted(page: Page, pair: Pair, answer: Reweight) -> show.Piece:
    figure = reweighted_chart(page, pair, answer)
    table, source = reweighted_rows(page, pair, answer), source_of(page, pair, answer.sources)
    names = names_of(page, pair)
    return show.Piece(figure, why.reweighted_alt(answer, names, page.language), table, source)


def _score_of(page: Page, heading: str, name: str) -> Column:
    """A score under a set of weights, with the decimals that weights bring."""
    return Column(
        page.text(heading), lambda row: i18n.score(number(row[name]), page.language, 3), number=True
    )


def _weighted_columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.edition", "edition"),
        columns.plain(page, "why.head_weights", "name"),
        _score_of(page, "columns.score", "score"),
        _score_of(page, "why.head_from_parts", "from_parts"),
        columns.whole_number(page, "columns.place", "place"),
    ]


def _weight_columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.component", "name"),
        columns.whole_number(page, "why.head_weight_old", "weight_old"),
        columns.whole_number(page, "why.head_weight_new", "weight_new"),
        columns.signed(page, "why.head_points_old", "points_old", 3),
        columns.signed(page, "why.head_points_new", "points_new", 3),
        columns.signed(page, "why.head_method", "method", 3),
    ]
