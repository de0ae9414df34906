"""The page of components: its heading, the places of the parts and what their distances are worth."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from indices.analysis.refusal import Refusal
from indices.analysis.strengths import Strengths
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.export.answer_charts import part_distances_chart, part_places_chart, strength_rows
from indices.narrative import strengths as words
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL
from indices.ui import show, state, strengths_data
from indices.ui.frame import MENU, Page
from indices.ui.strengths_columns import distance_columns, part_columns


def within_choice(page: Page, index: str, edition: EditionSpec) -> str:
    """The whole index, or one of its parts that has parts of its own with figures of the province."""
    codes = (index, edition.edition)
    options = page.kept("strengths-within", lambda: _with_parts(page, index, edition), *codes)
    if len(options) == 1:
        return OVERALL
    return state.choose(
        st.selectbox,
        "within",
        options,
        default=OVERALL,
        language=page.language,
        refuse=page.refuse,
        of=index,
        label=page.text("strengths.within"),
    )


def _with_parts(page: Page, index: str, edition: EditionSpec) -> dict[str, str]:
    options = {OVERALL: page.text("strengths.whole", index=index)}
    for part in page.catalogue.components_of(index, edition.year):
        held = strengths_data.parts_held(index, page.province, part.component)
        if (held.loc[held["edition"] == edition.edition, "n_own"] > 0).any():
            options[part.component] = _named(page, part.name_vi, part.name_en)
    return options


def heading(page: Page, index: str, edition: EditionSpec, found: Strengths | Refusal) -> None:
    """The strongest and the weakest part, or that none can be named."""
    called = page.called(page.province)
    if isinstance(found, Refusal):
        slots = {"province": called, "index": index, "edition": edition.year}
        show.title(page, page.text("strengths.nothing_title", **slots))
        return
    codes = (index, edition.edition, found.parent)
    sentence = page.kept("strengths-heading", lambda: _heading(page, found, called), *codes)
    show.title(page, sentence, page.text("strengths.how" if found.ranked else "strengths.how_unranked"))


def _heading(page: Page, found: Strengths, called: str) -> str:
    above = page.catalogue.component(found.index, found.parent, int(found.edition[:4]))
    within = "" if above is None or found.parent == OVERALL else _named(page, above.name_vi, above.name_en)
    return words.headline(found, called, page.language, within)


def parts_view(page: Page, index: str, edition: EditionSpec, found: Strengths | Refusal) -> None:
    """What there is to say of the parts: sentences, two charts and their table."""
    if isinstance(found, Refusal):
        show.nothing(page, refusal_sentence(found, page.language))
        _ways_out(page, index, OVERALL)
        return
    codes = (index, edition.edition, found.parent)
    rests_on, *others = page.kept("strengths-facts", lambda: _sentences(page, found), *codes)
    if not found.ranked:
        show.nothing(page, rests_on)
        _ways_out(page, index, found.parent)
        rests_on = ""
    facts([rests_on, *others])
    left, right = st.columns(2)
    with left:
        piece = page.kept("strengths-places", lambda: _places(page, found), *codes)
        show.chart(page, f"parts-{index.lower()}", piece, lambda: part_columns(page, found))
    with right:
        column = "worth_top_mean" if found.ranked else "worth_headroom"
        if found.parts[column].notna().any():
            piece = page.kept("strengths-worth", lambda: _distances(page, found), *codes)
            show.chart(page, f"worth-{index.lower()}", piece, lambda: distance_columns(page, found))


def _sentences(page: Page, found: Strengths) -> list[str]:
    """What the answer rests on, what the distances are worth, what moved."""
    total = page.catalogue.scale_max(found.index, OVERALL, int(found.edition[:4]))
    resting = [words.verdict_sentence(found, page.language), words.missing_sentence(found, page.language)]
    return [
        " ".join(filter(None, resting)),
        words.worth_sentence(found, total, page.language),
        words.movement_sentence(found, page.language),
    ]


def is_comparable(edition: EditionSpec) -> bool:
    """Whether the edition ranks the provinces before the merger, of which these answers speak."""
    return edition.frame != MERGER_FRAME


def _ways_out(page: Page, index: str, parent: str) -> None:
    """Links to the newest editions that allow the answer, in part or in whole."""
    ranked = strengths_data.newest(index, page.province, parent, True)
    own = strengths_data.newest(index, page.province, parent, False)
    if own is None:
        show.note(page.text("strengths.no_year", index=index))
    for key, edition in (
        ("strengths.go_whole", ranked),
        ("strengths.go_own", own if ranked is None else None),
    ):
        if edition is not None and edition != state.code("edition"):
            address = page.address(index=index.lower(), edition=edition, within=parent)
            st.page_link(MENU["components"], label=page.text(key, edition=edition), query_params=address)


def _places(page: Page, found: Strengths) -> show.Piece:
    """The places of the parts; where no part can be ranked, the scores on their scales."""
    alt = words.places_alt(found, page.called(page.province), page.language)
    how = page.text("strengths.table_how")
    return show.Piece(part_places_chart(page, found), alt, strength_rows(page, found), how)


def _distances(page: Page, found: Strengths) -> show.Piece:
    total = page.catalogue.scale_max(found.index, OVERALL, int(found.edition[:4]))
    slots = {"index": found.index, "edition": found.edition, "province": page.called(page.province)}
    told = words.worth_sentence(found, total, page.language)
    alt = page.text("strengths.distances_alt", said=told, **slots)
    how = page.text("strengths.distances_how")
    return show.Piece(part_distances_chart(page, found), alt, strength_rows(page, found), how)


def names(page: Page, table: pd.DataFrame) -> list[str]:
    """The parts of a table by their short names in the page's language."""
    pairs = zip(table["name_vi"], table["name_en"], strict=True)
    return [_named(page, name_vi, name_en) for name_vi, name_en in pairs]


def _named(page: Page, name_vi: str, name_en: str) -> str:
    return words.part_name({"name_vi": name_vi, "name_en": name_en}, page.language)


def facts(sentences: Sequence[str]) -> None:
    """Findings in plain sentences, one a line; an empty one is left out."""
    st.html("".join(f'<p class="fact">{escape(sentence)}</p>' for sentence in sentences if sentence))
