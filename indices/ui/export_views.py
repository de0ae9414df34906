"""The page of briefings: what is chosen, and the slides as they will be."""

from __future__ import annotations

import streamlit as st

from indices.export.content import Story
from indices.export.story import SECTIONS
from indices.ui import export_data, show, state
from indices.ui.export_data import Choice
from indices.ui.export_preview import preview
from indices.ui.frame import Page

NEWEST = "newest"


def choice_view(page: Page) -> Choice:
    """The indices, sections and year of a briefing; province, target and language are those of the page."""
    columns = st.columns([4, 4, 2], gap="small")
    with columns[0]:
        indices = {code.lower(): code for code in page.catalogue.indices}
        chosen = _many(page, "indices", indices, page.text("exports.indices_help"))
    with columns[1]:
        sections = {code: page.text(f"exports.section_{code}") for code in SECTIONS}
        parts = _many(page, "sections", sections)
    with columns[2]:
        years = {
            NEWEST: page.text("exports.year_all"),
            **{str(year): str(year) for year in export_data.years()},
        }
        year = state.choose(
            st.selectbox,
            "year",
            years,
            default=NEWEST,
            language=page.language,
            refuse=page.refuse,
            label=page.text("exports.year"),
        )
    return Choice(
        page.province,
        page.target_rank,
        page.language,
        # In the order of the catalogue, whatever the order in which they were chosen.
        tuple(code for slug, code in indices.items() if slug in chosen) or None,
        tuple(code for code in sections if code in parts) or None,
        None if year == NEWEST else int(year),
        export_data.today(),
    )


def _many(page: Page, name: str, options: dict[str, str], told: str | None = None) -> tuple[str, ...]:
    return state.choose_many(
        name,
        options,
        default=(),
        most=len(options),
        language=page.language,
        refuse=page.refuse,
        label=page.text(f"exports.{name}"),
        placeholder=page.text(f"exports.{name}_all"),
        help=told,
        select_all=False,
    )


def heading_view(page: Page, choice: Choice, story: Story) -> None:
    """What the slides are about, and up to which edition."""
    called = page.called(page.province)
    newest = export_data.answers(choice.province, choice.target_rank, choice.year).newest
    if newest is None:
        show.title(page, page.text("exports.heading_nothing", province=called), page.text("exports.how"))
        return
    sentence = page.text(
        "exports.heading", province=called, n=len(story.slides) + 1, year=choice.year or newest
    )
    show.title(page, sentence, page.text("exports.how"))


def preview_view(page: Page, choice: Choice, story: Story) -> None:
    """The slides as an outline, from the story that the files are written from."""
    show.section(page.text("exports.preview"), page.text("exports.preview_how"))
    codes = (choice.indices, choice.sections, choice.year, choice.made_on)
    st.html(page.kept("slides", lambda: preview(story, page.theme), *codes))
