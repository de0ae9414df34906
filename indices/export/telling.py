"""What every slide of a briefing is told with: answers, language, indices, and titles that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indices.export.story_answers import Answers, IndexAnswers
from indices.export.text_fit import n_lines
from indices.i18n import Language, text
from indices.narrative import sources_sentence

TITLE_SIZE = 28
TITLE_ROOM = 860
"""Points of a title's letters and of a line of it, on our own slides."""


@dataclass(frozen=True)
class Telling:
    """`indices` stand in the tables, `own` have a slide of their own; `called` is the province's name."""

    answers: Answers
    language: Language
    indices: tuple[str, ...]
    own: tuple[str, ...]
    called: str

    @property
    def target_rank(self) -> int:
        """The rank to be reached."""
        return self.answers.target_rank

    def text(self, key: str, **slots: object) -> str:
        """A sentence in the story's language."""
        return text(key, self.language, **slots)

    def of(self, index: str) -> IndexAnswers:
        """The answers about an index."""
        return self.answers.by_index[index]

    def known(self, indices: Sequence[str]) -> list[IndexAnswers]:
        """The answers about those of `indices` in which the province has a figure."""
        return [self.of(index) for index in indices if self.of(index).status is not None]

    def publisher(self, index: str) -> str:
        """Who publishes an index."""
        spec = self.answers.catalogue.indices[index]
        return spec.publisher_vi if self.language == "vi" else spec.publisher_en

    def sources(self, index: str) -> str:
        """Who published the province's figures of an index, and where they were read."""
        found = self.of(index).history["source"]
        return sources_sentence(self.answers.catalogue, index, found, self.language)

    def publishers(self, indices: Sequence[str]) -> str:
        """The source line of a table over several indices."""
        listed: dict[str, list[str]] = {}
        for index in indices:
            listed.setdefault(self.publisher(index), []).append(index)
        items = (
            self.text("deck.publisher_item", publisher=publisher, indices=", ".join(found))
            for publisher, found in listed.items()
        )
        return self.text("deck.publishers", listed="; ".join(items))


def title_of(lengths: Sequence[str]) -> str:
    """The first of several lengths of a title that fits two lines; the last where none does."""
    fits = (one for one in lengths if n_lines(one, TITLE_ROOM, TITLE_SIZE, bold=True) <= 2)
    return next(fits, lengths[-1])


def sentence(words: str) -> str:
    """`words` with a capital letter first and a full stop last."""
    begun = words[:1].upper() + words[1:]
    return begun if begun.endswith((".", "!", "?")) else begun + "."
