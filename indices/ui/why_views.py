"""The parts of the page about changes: what moved the place, and what moved the score."""

from __future__ import annotations

import streamlit as st

from indices.analysis.rank_change import Moves, RankChange
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.export.why_charts import Pair, digits_of, names_of
from indices.narrative import why
from indices.narrative.refusal import refusal_sentence
from indices.ui import data, show, state, why_data
from indices.ui.choices import edition_choice
from indices.ui.frame import Page
from indices.ui.why_pieces import (
    asked,
    crossing_columns,
    crossings_piece,
    score_change_of,
    score_columns,
    score_piece,
    step_columns,
    steps_piece,
)


def pair_choice(page: Page, index: str) -> tuple[Pair | None, EditionSpec | None]:
    """The edition looked at and the earlier one it is compared with, None where there is none."""
    default = why_data.explained_edition(index, page.province)
    left, right = st.columns(2)
    with left:
        edition = edition_choice(page, index, default)
    if edition is None:
        return None, None
    if edition.edition == default and "edition" not in st.query_params:
        state.hold("edition", None)  # nobody chose it: other pages begin with an edition of their own
    province = _province_in(page, edition)
    earlier = why_data.earlier_editions(index, edition.edition, province)
    if not earlier:
        return None, edition
    with right:
        since = state.choose(
            st.selectbox,
            "since",
            {name: name for name in earlier},
            default=earlier[0],
            language=page.language,
            refuse=page.refuse,
            of=f"{index} {edition.edition}",
            label=page.text("why.choose_since"),
            width=320,
        )
    return (index, edition.edition, since, province), edition


def headline(page: Page, index: str, pair: Pair | None, edition: EditionSpec) -> None:
    """The page's title: how far the place moved, what moved it, or why that cannot be told."""
    if pair is None:
        province = _province_in(page, edition)
        change = why_data.rank_change(index, edition.edition, province)
        known: Moves | Refusal = why_data.moves(index, edition.edition, province)
    else:
        change, known = asked(pair)
    show.title(page, why.headline(change, known, page.language), _below(page, pair, change, known))
    default = why_data.explained_edition(index, page.province)
    newer = [name for name in data.editions_held(index) if default and name > default]
    newer = [name for name in newer if isinstance(why_data.moves(index, name, page.province), Moves)]
    if newer and edition.edition == default:
        show.note(page.text("why.newer", editions=", ".join(reversed(newer))))


def _province_in(page: Page, edition: EditionSpec) -> str:
    """The province in focus as the edition has it: the merged one after the merger."""
    merged = edition.frame == MERGER_FRAME
    return page.catalogue.provinces.successor(page.province) if merged else page.province


def _below(page: Page, pair: Pair | None, change: RankChange | Refusal, known: Moves | Refusal) -> str:
    """The line under the title: the place under the new weights, our own score, or how it was split."""
    if pair is None or isinstance(known, Refusal):
        return ""
    answer = why_data.reweight(pair[0], pair[1], pair[3], pair[2])
    if isinstance(answer, Reweight) and (said := why.place_sentence(answer, page.language)):
        return said
    own = why.own_score_sentence(known, digits_of(page, pair), page.language)
    return own if isinstance(change, Refusal) else page.text("why.how")


def place_view(page: Page, pair: Pair) -> None:
    """The change of place step by step and who crossed it; where it cannot be split, what is known."""
    change, known = asked(pair)
    split = isinstance(change, RankChange)
    show.section(page.text("why.steps_section"), page.text("why.steps_section_how") if split else "")
    moves = change if isinstance(change, RankChange) else known
    if isinstance(change, Refusal):
        show.nothing(page, refusal_sentence(change, page.language))
    if isinstance(moves, Refusal):
        return
    left, right = st.columns(2) if isinstance(change, RankChange) else (None, st.container())
    if left is not None:
        with left:
            piece = page.kept("why_steps", lambda: steps_piece(page, pair), *pair)
            show.chart(page, f"why-place-{pair[0].lower()}", piece, lambda: step_columns(page))
    with right:
        if moves.crossings.empty:
            show.note(why.crossings_sentence(moves, page.called(pair[3]), page.language))
            return
        piece = page.kept("why_crossings", lambda: crossings_piece(page, pair), *pair)
        show.chart(page, f"why-movers-{pair[0].lower()}", piece, lambda: crossing_columns(page, pair))


def score_view(page: Page, pair: Pair) -> None:
    """The change of the score part by part, or why it cannot be split (new weights: `weights_view`)."""
    change = score_change_of(pair)
    if isinstance(change, Refusal) and change.code == "why_other_weights":
        return
    if isinstance(change, Refusal):
        show.section(page.text("why.score_section"))
        show.nothing(page, refusal_sentence(change, page.language))
        return
    said = why.parts_sentence(change, names_of(page, pair), digits_of(page, pair), page.language)
    show.section(page.text("why.score_section"), said)
    piece = page.kept("why_score", lambda: score_piece(page, pair), *pair)
    show.chart(page, f"why-score-{pair[0].lower()}", piece, lambda: score_columns(page, pair))
