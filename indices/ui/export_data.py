"""What the page of briefings asks for: its story and its files, made once per state of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st

from indices.catalogue import MERGER_FRAME
from indices.export import story as stories
from indices.export.content import Story
from indices.export.story_answers import Answers
from indices.export.story_answers import answers as _answers
from indices.i18n import Language
from indices.i18n.formats import VIETNAM
from indices.ui.data import answer, catalogue, coverage, figures, state


@dataclass(frozen=True, slots=True)
class Choice:
    """What a briefing is to tell: about whom, in which indices and sections (None: all), up to when."""

    province: str
    target_rank: int
    language: Language
    indices: tuple[str, ...] | None
    sections: tuple[str, ...] | None
    year: int | None
    made_on: date

    @property
    def codes(self) -> dict[str, str | None]:
        """Indices, sections and year as an address writes them; None where all or the newest are meant."""
        return {
            "indices": ",".join(self.indices).lower() if self.indices else None,
            "sections": ",".join(self.sections) if self.sections else None,
            "year": str(self.year) if self.year else None,
        }


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(VIETNAM).date()


def file_name(kind: str, slug: str, made_on: date, ending: str) -> str:
    """What a file is called: its kind, the province and the month ("bao-cao-bac-giang-2026-11.docx")."""
    return f"{kind}-{slug}-{made_on:%Y-%m}.{ending}"


@answer
def years() -> tuple[int, ...]:
    """The years of the editions of the 63 provinces that hold a figure, newest first."""
    covered = coverage()
    held = set(
        zip(*(covered.loc[covered["n_figures"] > 0, name] for name in ("index", "edition")), strict=True)
    )
    specs = (spec for spec in catalogue().editions if spec.frame != MERGER_FRAME)
    return tuple(sorted({spec.year for spec in specs if (spec.index, spec.edition) in held}, reverse=True))


@answer
def answers(province: str, target_rank: int, year: int | None) -> Answers:
    """`export.story_answers.answers`: what every briefing of a province is told from."""
    return _answers(figures(), catalogue(), province, target_rank, year)


@answer
def _story(
    province: str,
    target_rank: int,
    language: Language,
    indices: tuple[str, ...] | None,
    sections: tuple[str, ...] | None,
    year: int | None,
    made_on: date,
) -> Story:
    found = answers(province, target_rank, year)
    return stories.told(found, language, indices=indices, sections=sections, made_on=made_on)


def story(choice: Choice) -> Story:
    """The briefing of a choice: the preview shows it, the deck and the report are written from it."""
    return _story(*astuple(choice))


class UnfinishedError(Exception):
    """A file that lacks what it should have, a picture that was not drawn in time: given, but not kept."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content


@st.cache_resource(show_spinner=False, max_entries=24)
def _file(key: str, kind: str, codes: tuple[Any, ...], _make: Callable[[], bytes]) -> bytes:
    return _make()


def kept_file(kind: str, choice: Choice, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What gives a file when it is asked for, made once for a choice; an UnfinishedError is made anew.

    The state of the store is that of this run: what is downloaded is what was seen, whatever has come
    in since. `make` must ask nothing of the run, for a download happens outside of it.
    """
    key = state()

    def give() -> bytes:
        try:
            return _file(key, kind, astuple(choice), make)
        except UnfinishedError as unfinished:
            return unfinished.content

    return give
