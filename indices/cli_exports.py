"""The commands that write files for a meeting: slides, workbook, report and pictures of charts.

The same files as the page of slides and the data endpoints give. A file goes where -o says, or to a
command that reads on. Exit codes: 0 written; 1 nothing to say, or a master that cannot be used, so that
the slides stand on ours; 2 wrong use or not written.

What writes office files takes long to load, so only the command that needs it does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from indices.analysis.as_of import as_of, known_by
from indices.analysis.refusal import Refusal
from indices.cli_asked import whole_number
from indices.cli_held import known_index, known_province, opened
from indices.cli_options import WrongUseError, needed
from indices.cli_terminal import DONE, NOTHING, WRONG, StopError, give, tell
from indices.export.content import Story
from indices.export.story import SECTIONS, told
from indices.export.story_answers import Answers, answers
from indices.i18n import Language, problem_sentence, text
from indices.i18n.formats import VIETNAM
from indices.narrative.refusal import refusal_sentence
from indices.store import Held

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Asked:
    """What a file is to tell: of whom, against which target, of what, up to when."""

    held: Held
    figures: pd.DataFrame
    province: str
    target_rank: int
    language: Language
    indices: tuple[str, ...] | None
    sections: tuple[str, ...] | None
    year: int | None
    made_on: date

    def answers(self) -> Answers:
        """The answers to tell from; stops where the province has no figure in any index asked for."""
        found = answers(self.figures, self.held.catalogue, self.province, self.target_rank, self.year)
        asked = self.indices or tuple(found.by_index)
        if all(found.by_index[index].status is None for index in asked):
            called = self.held.catalogue.provinces.name(self.province, self.language)
            slots = {"province": called, "indices": ", ".join(asked)}
            raise StopError(NOTHING, text("cli.nothing_to_tell", self.language, **slots))
        return found

    def story(self) -> Story:
        """The briefing in slides."""
        return told(
            self.answers(),
            self.language,
            indices=self.indices,
            sections=self.sections,
            made_on=self.made_on,
        )


def _deck(options: argparse.Namespace, language: Language) -> int:
    from indices.export.slides import deck_bytes

    asked = _asked(options, language)
    master = _master(options.master, language)
    made = deck_bytes(asked.story(), master)
    give(made.content, options.output, language)
    for problem in made.problems:
        words = problem_sentence(problem, language)
        tell(words[:1].upper() + words[1:])
    return NOTHING if any(problem.severity == "error" for problem in made.problems) else DONE


def _workbook(options: argparse.Namespace, language: Language) -> int:
    from indices.export.book import workbook

    asked = _asked(options, language)
    asked.answers()
    content = workbook(
        asked.figures,
        asked.held.catalogue,
        asked.province,
        asked.target_rank,
        language,
        indices=asked.indices,
        year=asked.year,
        made_on=asked.made_on,
    )
    give(content, options.output, language)
    return DONE


def _brief(options: argparse.Namespace, language: Language) -> int:
    from indices.export.brief import brief_bytes
    from indices.export.brief_pictures import drawn_pictures

    asked = _asked(options, language)
    story = asked.story()
    figures, catalogue = asked.figures, asked.held.catalogue
    if asked.year is not None:
        figures, catalogue = as_of(figures, catalogue, asked.year), known_by(catalogue, asked.year)
    drawn = drawn_pictures(figures, catalogue, asked.province, asked.target_rank, language)
    give(brief_bytes(story, pictures=drawn), options.output, language)
    return DONE


def _chart(options: argparse.Namespace, language: Language) -> int:
    from indices.export.chart_list import CHARTS, named_chart
    from indices.export.images import picture
    from indices.export.picture_sizes import FORMATS, SIZES, dated

    name = needed(options.name, "--name", language)
    for option, given, known in (
        ("--name", name, tuple(CHARTS)),
        ("--format", options.format, FORMATS),
        ("--size", options.size, tuple(SIZES)),
    ):
        if given not in known:
            raise WrongUseError(text("cli.one_of", language, option=option, allowed=", ".join(known)))
    _somewhere_to_go(options, language)
    target = whole_number(options.target, "--target", 1, 63, language)
    given = needed(options.index, "--index", language) if CHARTS[name].of_index else options.index
    held = opened(language)
    index = known_index(held, given or next(iter(held.catalogue.indices)), language)
    province = known_province(held, options.province, language)
    figure = named_chart(
        name,
        held.store.table(),
        held.catalogue,
        index,
        options.edition,
        province,
        target,
        language,
        since=options.since,
    )
    if isinstance(figure, Refusal):
        raise StopError(NOTHING, refusal_sentence(figure, language))
    drawn = picture(dated(figure, today(), language), options.size, options.format)
    if isinstance(drawn, Refusal):
        raise StopError(WRONG, refusal_sentence(drawn, language))
    give(drawn, options.output, language)
    return DONE


def _asked(options: argparse.Namespace, language: Language) -> Asked:
    """What is asked, every name resolved. Raises WrongUseError and StopError before anything is made."""
    _somewhere_to_go(options, language)
    target = whole_number(options.target, "--target", 1, 63, language)
    year = options.year and whole_number(options.year, "--year", FIRST_YEAR, LAST_YEAR, language)
    sections = _listed(getattr(options, "sections", None))
    if any(section not in SECTIONS for section in sections):
        raise WrongUseError(text("cli.one_of", language, option="--sections", allowed=", ".join(SECTIONS)))
    held = opened(language)
    indices = tuple(known_index(held, code, language) for code in _listed(options.indices))
    return Asked(
        held,
        held.store.table(),
        known_province(held, options.province, language),
        target,
        language,
        indices or None,
        tuple(sections) or None,
        year or None,
        today(),
    )


def _somewhere_to_go(options: argparse.Namespace, language: Language) -> None:
    if options.output is None and is_terminal():
        raise WrongUseError(text("cli.option_needed", language, option="-o"))


def _master(file: str | None, language: Language) -> bytes | None:
    if file is None:
        return None
    try:
        return Path(file).read_bytes()
    except OSError as fault:
        slots = {"file": file, "reason": str(fault.strerror)}
        raise StopError(WRONG, text("cli.not_read", language, **slots)) from fault


def _listed(given: str | None) -> list[str]:
    """The parts of "PCI,PAPI", each once."""
    return list(dict.fromkeys(part.strip() for part in (given or "").split(",") if part.strip()))


def is_terminal() -> bool:
    """Whether standard output is read by a person, who has no use for the bytes of a file."""
    return sys.stdout.isatty()


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(VIETNAM).date()


COMMANDS: dict[str, Callable[[argparse.Namespace, Language], int]] = {
    "deck": _deck,
    "workbook": _workbook,
    "brief": _brief,
    "chart": _chart,
}
