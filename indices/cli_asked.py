"""What a question on the command line names, and what comes back."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.cli_held import known_index, known_province, opened
from indices.cli_options import WrongUseError, needed
from indices.cli_terminal import NOTHING, StopError
from indices.i18n import Language, text
from indices.store import Held
from indices.tidy import OVERALL


@dataclass(frozen=True)
class Asked:
    """What every question names: the index and edition, the province, the target, and who asks."""

    held: Held
    figures: pd.DataFrame
    index: str
    edition: str
    province: str
    target_rank: int
    language: Language
    options: argparse.Namespace

    @property
    def where(self) -> tuple[pd.DataFrame, Catalogue, str, str, str]:
        """The first arguments of an answer."""
        return self.figures, self.held.catalogue, self.index, self.edition, self.province

    @property
    def called(self) -> str:
        """The province in the reader's language."""
        return self.held.catalogue.provinces.name(self.province, self.language)

    @property
    def scale_max(self) -> float | None:
        """The upper end of the index's scale in the edition."""
        spec = self.held.catalogue.edition(self.index, self.edition)
        return self.held.catalogue.scale_max(self.index, OVERALL, spec.year) if spec else None

    @property
    def names(self) -> Mapping[str, str]:
        """What the components of the edition are called."""
        spec = self.held.catalogue.edition(self.index, self.edition)
        parts = self.held.catalogue.components_of(self.index, spec.year) if spec else ()
        vi = self.language == "vi"
        return {part.component: part.name_vi if vi else part.name_en for part in parts}


@dataclass(frozen=True)
class Said:
    """An answer: its tables for programs, sentences and some of its tables for people."""

    answer: Mapping[str, Any]
    sentences: list[str] = field(default_factory=list)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether anything but a refusal came of it."""
        return not all(isinstance(one, Refusal) for one in self.answer.values())


def asked_of(options: argparse.Namespace, language: Language) -> Asked:
    """What is asked, every name resolved; the newest edition with a figure of the province by default."""
    given = needed(options.index, "--index", language)
    target = whole_number(options.target, "--target", 1, 63, language)
    held = opened(language)
    index = known_index(held, given, language)
    province = known_province(held, options.province, language)
    figures = held.store.table()
    figures = figures[figures["index"] == index]
    edition = getattr(options, "edition", None) or _newest(figures, held, index, province)
    if edition is None or not (figures["edition"] == edition).any():
        listed = ", ".join(str(name) for name in figures["edition"].unique()) or "–"
        slots = {"index": index, "edition": edition or "–", "held": listed}
        raise StopError(NOTHING, text("cli.no_edition", language, **slots))
    return Asked(held, figures, index, edition, province, target, language, options)


def _newest(figures: pd.DataFrame, held: Held, index: str, province: str) -> str | None:
    mine = figures[(figures["province"] == province) & (figures["component"] == OVERALL)]
    known = set(mine.loc[mine["score"].notna() | mine["rank"].notna(), "edition"])
    editions = held.catalogue.comparable_editions(index, 63)
    return next((spec.edition for spec in reversed(editions) if spec.edition in known), None)


def whole_number(given: str, option: str, least: int, most: int, language: Language) -> int:
    """The whole number of an option. Raises WrongUseError for what is none, or outside of its bounds."""
    value = int(given) if given.isascii() and given.isdigit() else -1
    if not least <= value <= most:
        slots = {"option": option, "value": given, "least": least, "most": most}
        raise WrongUseError(text("cli.bad_whole", language, **slots))
    return value
