"""The files of a briefing: each made when somebody asks for it, and kept for who asks next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from indices.analysis.as_of import as_of, known_by
from indices.export.book import workbook
from indices.export.brief import brief_bytes
from indices.export.brief_pictures import drawn_pictures
from indices.export.content import Story
from indices.export.kept_browser import installed_browser
from indices.export.slides import deck_bytes
from indices.ui import show, state
from indices.ui.data import catalogue, figures
from indices.ui.data import state as state_of_store
from indices.ui.export_data import Choice, UnfinishedError, file_name, kept_file
from indices.ui.export_master import OwnMaster
from indices.ui.frame import Page
from indices.ui.permission import exported
from indices.ui.uploader_words import css_text

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Offer:
    """A file on offer: its kind (words `exports.<kind>`), ending, type, and what makes it."""

    kind: str
    ending: str
    mime: str
    make: Callable[[], bytes]


PPTX = ("pptx", f"{OFFICE}.presentationml.presentation")
XLSX = ("xlsx", f"{OFFICE}.spreadsheetml.sheet")
DOCX = ("docx", f"{OFFICE}.wordprocessingml.document")


def offers(choice: Choice, story: Story, mine: OwnMaster) -> list[Offer]:
    """Every file of a choice; nothing is made yet."""
    return [
        Offer("deck", *PPTX, _deck(choice, story, mine)),
        Offer("workbook", *XLSX, _workbook(choice)),
        Offer("brief", *DOCX, _brief(choice, story)),
    ]


def _deck(choice: Choice, story: Story, mine: OwnMaster) -> Callable[[], bytes]:
    master = mine.usable
    if master is None:
        return kept_file("deck", choice, lambda: deck_bytes(story).content)
    codes = (state_of_store(), choice)
    return lambda: mine.kept(codes, lambda: deck_bytes(story, master).content)


def _workbook(choice: Choice) -> Callable[[], bytes]:
    # The figures of this run, not those of the moment of the download.
    table, known = figures(), catalogue()
    # The workbook has no sections to choose from.
    return kept_file(
        "workbook",
        replace(choice, sections=None),
        lambda: workbook(
            table,
            known,
            choice.province,
            choice.target_rank,
            choice.language,
            indices=choice.indices,
            year=choice.year,
            made_on=choice.made_on,
        ),
    )


def _brief(choice: Choice, story: Story) -> Callable[[], bytes]:
    table, known = figures(), catalogue()

    def make() -> bytes:
        held = (table, known)
        if choice.year is not None:
            held = (as_of(table, known, choice.year), known_by(known, choice.year))
        drawn = drawn_pictures(*held, choice.province, choice.target_rank, choice.language)
        came = []

        def noted(name: str, index: str | None) -> bytes | None:
            content = drawn(name, index)
            came.append(content)
            return content

        content = brief_bytes(story, pictures=noted)
        if not any(came):
            raise UnfinishedError(content)
        return content

    return kept_file("brief", choice, make)


def files_view(page: Page, choice: Choice, offered: list[Offer]) -> None:
    """A button a file, the slides first; a line below each says what it is."""
    _failure_words(page)
    slug = page.catalogue.provinces.get(choice.province).slug
    for column, offer in zip(st.columns(len(offered), gap="small"), offered, strict=True):
        with column:
            st.download_button(
                page.text(f"exports.{offer.kind}"),
                # Made outside of the page's run, while the button shows that it is being made.
                exported(f"{offer.kind}.{offer.ending}", offer.make),
                file_name=file_name(
                    page.text(f"exports.file_{offer.kind}"), slug, choice.made_on, offer.ending
                ),
                mime=offer.mime,
                on_click="ignore",
                type="primary" if offer.kind == "deck" else "secondary",
                icon=":material/download:",
                width="stretch",
                key=state.widget_key(f"get.{offer.kind}", page.language),
            )
            show.note(page.text(f"exports.{offer.kind}_how"))
            if offer.kind == "brief" and installed_browser() is None:
                show.note(page.text("exports.brief_no_browser"))


def _failure_words(page: Page) -> None:
    """Our words in place of the English ones that Streamlit has for a file that could not be made."""
    words = css_text(page.text("exports.failed"))
    st.html(f"<style>:root{{--download-failed:{words};}}</style>")
