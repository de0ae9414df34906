"""The scenario of an edition: boxes for new scores beside what becomes of total and place."""

from __future__ import annotations

from html import escape

import streamlit as st

from indices import narrative
from indices.analysis.reach import Reach
from indices.analysis.refusal import Refusal
from indices.analysis.scenario import Scenario
from indices.catalogue import EditionSpec
from indices.charts import Caption
from indices.charts.scenario_strip import scenario_strip
from indices.i18n import points
from indices.narrative import scenario as words
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL
from indices.ui import columns, scenario_data, show, state
from indices.ui.frame import MENU, Page
from indices.ui.scenario_data import Inputs
from indices.ui.scenario_inputs import CODE, changes_held, fill_buttons, score_boxes
from indices.ui.tables import Column


def scenario_view(page: Page, index: str, edition: EditionSpec) -> None:
    """New scores for the components and what follows from them; else why not, and where there is one."""
    parts = words.parts_word(index, page.language)
    heading = page.text("scenario.section", parts=parts)
    found = scenario_data.inputs(index, edition.edition, page.province)
    if isinstance(found, Refusal):
        show.section(heading)
        _refused(page, index, edition, found)
        return
    show.section(heading, page.text("scenario.how"))
    least = scenario_data.reach(index, edition.edition, page.province, page.target_rank)
    held = changes_held(page, found)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        show.note(page.text("scenario.inputs_how"))
        buttons = st.container(horizontal=True, gap="small")
        changes = score_boxes(page, found, _names(page, index, edition.year), least, held)
        fill_buttons(page, buttons, found, least, bool(changes))
    code = scenario_data.written(changes)
    state.hold(CODE, code or None)
    # From the code and not from the boxes, so that the link gives the same answer to the last digit.
    changes, _ = scenario_data.read(code, found) if code else ({}, [])
    answer = scenario_data.scenario(
        index, edition.edition, page.province, tuple(changes.items()), page.target_rank
    )
    with left:
        if isinstance(answer, Refusal):
            show.nothing(page, refusal_sentence(answer, page.language))
            return
        _result(page, answer, least)
        name = f"scenario-{index.lower()}"
        piece = page.kept(
            "scenario", lambda: _chart(page, index, edition, answer), index, edition.edition, code
        )
        show.chart(page, name, piece, lambda: _columns(page, found))
        _least(page, index, edition, least)


def _refused(page: Page, index: str, edition: EditionSpec, refusal: Refusal) -> None:
    reason = refusal_sentence(refusal, page.language)
    show.nothing(page, page.text("scenario.refused", edition=edition.year, reason=reason))
    editions = scenario_data.scenario_editions(index, page.province)
    if not editions:
        show.note(page.text("scenario.nowhere", index=index))
        return
    address = page.address(index=index.lower(), edition=editions[0])
    label = page.text("scenario.elsewhere", index=index, edition=editions[0])
    st.page_link(MENU["gap"], label=label, query_params=address)


def _result(page: Page, answer: Scenario, least: Reach | Refusal) -> None:
    """The new total and its places, and what the target takes: what a leader reads first."""
    scale_max = page.catalogue.indices[answer.index].scale_max
    first = f"{words.total_sentence(answer, scale_max, page.language)} "
    first += words.outcome_sentence(answer, answer.still, page.language)
    later = words.outcome_sentence(answer, answer.moving, page.language)
    if isinstance(least, Refusal):
        takes = refusal_sentence(least, page.language)
    else:
        takes = words.needed_sentence(least, scale_max, page.language)
    facts = "".join(f'<p class="fact">{escape(sentence)}</p>' for sentence in (later, takes))
    st.html(f'<p class="verdict">{escape(first)}</p>{facts}')


def _least(page: Page, index: str, edition: EditionSpec, least: Reach | Refusal) -> None:
    """How the target is reached by the least, and how often that was done."""
    if isinstance(least, Refusal):
        return
    scale_max, names = page.catalogue.indices[index].scale_max, _names(page, index, edition.year)
    said = (
        words.fewest_sentence(least, names, scale_max, page.language),
        words.realistic_sentence(least, page.language),
        words.often_sentence(least, scale_max, page.language),
    )
    if any(said):
        st.html("".join(f'<p class="fact">{escape(sentence)}</p>' for sentence in said if sentence))


def _names(page: Page, index: str, year: int) -> dict[str, str]:
    parts = page.catalogue.components_of(index, year, OVERALL)
    return {part.component: part.name_vi if page.language == "vi" else part.name_en for part in parts}


def _chart(page: Page, index: str, edition: EditionSpec, answer: Scenario) -> show.Piece:
    scale_max, called = page.catalogue.indices[index].scale_max, page.called(page.province)
    field = answer.field
    known = [answer.still] if isinstance(answer.moving, Refusal) else [answer.still, answer.moving]
    outcomes = answer.outcomes.assign(said=[words.strip_heading(answer, one, page.language) for one in known])
    source = narrative.sources_sentence(page.catalogue, index, field["source"], page.language)
    result = f"{words.total_sentence(answer, scale_max, page.language)} "
    result += words.outcome_sentence(answer, answer.still, page.language)
    figure = scenario_strip(
        page.named(field),
        outcomes,
        focal=called,
        scale_max=scale_max,
        caption=Caption(
            page.text("scenario.chart_title", index=index, edition=edition.year, province=called),
            page.text("scenario.chart_how", target=page.target_rank),
            source,
        ),
        language=page.language,
        theme=page.theme,
    )
    alt = page.text("scenario.chart_alt", province=called, result=result)
    table = answer.parts.assign(name=answer.parts["component"].map(_names(page, index, edition.year)))
    caption = page.text("scenario.table", parts=words.parts_word(index, page.language))
    return show.Piece(figure, alt, table, caption)


def _columns(page: Page, found: Inputs) -> list[Column]:
    digits = points(max(found.made.scale_max.values(), default=None))
    scale = None if digits == 2 else 1.0
    return [
        columns.plain(page, "scenario.column_part", "name"),
        columns.scale(page),
        columns.points(page, scale, "before", "scenario.column_before"),
        columns.points(page, scale, "after", "scenario.column_after"),
        columns.signed(page, "scenario.column_change", "change", digits),
        columns.signed(page, "scenario.column_worth", "worth", digits),
    ]
