"""A briefing about one province: what its slides say, in order, from answers and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from indices.catalogue import Catalogue
from indices.export.content import Slide, Story
from indices.export.story_answers import Answers, answers
from indices.export.story_index import index_slide
from indices.export.story_outlook import outlook_slide
from indices.export.story_sources import sources_slide
from indices.export.story_standing import standing_slide
from indices.export.story_takes import takes_slide
from indices.export.telling import Telling
from indices.i18n import Language, day

SECTIONS = ("standing", "indices", "takes", "outlook", "sources")
"""What a briefing may tell, in the order in which it does."""


def story(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    province: str,
    target_rank: int,
    language: Language,
    *,
    indices: Sequence[str] | None = None,
    sections: Sequence[str] | None = None,
    year: int | None = None,
    made_on: date,
) -> Story:
    """The briefing of a province against a target rank: `told` from the answers worked out here.

    `year` chooses the state of knowledge: only editions named for it or for earlier years (None: all).
    Raises KeyError for an unknown province, ValueError for an unknown index or section.
    """
    found = answers(figures, catalogue, province, target_rank, year)
    return told(found, language, indices=indices, sections=sections, made_on=made_on)


def told(
    found: Answers,
    language: Language,
    *,
    indices: Sequence[str] | None = None,
    sections: Sequence[str] | None = None,
    made_on: date,
) -> Story:
    """The slides of `sections` (None: SECTIONS) about `indices` (codes; None: every one).

    Tables name every index asked for. With none asked for, the indices that have a slide of their own
    are the living ones with a figure of the province, else those that have ended. Whatever order is
    asked for, slides come in that of SECTIONS and of the catalogue, and one that has nothing to tell
    says so in words. Raises ValueError for an unknown index or section.
    """
    catalogue = found.catalogue
    asked = _known_codes(indices, tuple(catalogue.indices))
    wanted = _known_codes(sections, SECTIONS)
    called = catalogue.provinces.name(found.province, language)
    own = asked if indices is not None else _own(found)
    telling = Telling(found, language, asked, own, called)
    slides: list[Slide] = []
    for section in wanted:
        if section == "indices":
            slides += [index_slide(telling, index) for index in own]
        else:
            slides.append(_ONE[section](telling))
    day_made = day(made_on, language)
    newest = found.year or found.newest
    return Story(
        telling.text("deck.title", province=called),
        telling.text("deck.subtitle_nothing", target=found.target_rank, day=day_made)
        if found.newest is None
        else telling.text("deck.subtitle", year=newest, target=found.target_rank, day=day_made),
        found.province,
        language,
        day_made,
        tuple(slides),
        (telling.text("deck.title_note"),)
        + ((telling.text("deck.title_note_year", year=found.year),) if found.year else ()),
        made_on,
    )


_ONE: Mapping[str, Callable[[Telling], Slide]] = {
    "standing": standing_slide,
    "takes": takes_slide,
    "outlook": outlook_slide,
    "sources": sources_slide,
}


def _own(found: Answers) -> tuple[str, ...]:
    """The indices that have a slide of their own where nobody asked for others."""
    known = [index for index, one in found.by_index.items() if one.status is not None]
    living = [index for index in known if found.catalogue.indices[index].last_edition is None]
    return tuple(living or known)


def _known_codes(asked: Sequence[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The codes asked for in the order of `known`. Raises ValueError for an unknown one."""
    if asked is None:
        return known
    unknown = [code for code in asked if code not in known]
    if unknown:
        raise ValueError(", ".join(unknown))
    return tuple(code for code in known if code in asked)
