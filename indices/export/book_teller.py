"""What every sheet of a workbook asks for: names, headings and short words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.export.book_answers import BookAnswers, IndexBook
from indices.export.book_model import Cell, Column, Question, whole
from indices.i18n import Language, points, text
from indices.narrative.gap import plain_name
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL


@dataclass(frozen=True)
class Teller:
    """The answers of a workbook, of which indices they are told, and in which language."""

    answers: BookAnswers
    indices: tuple[str, ...]
    language: Language

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the answers."""
        return self.answers.catalogue

    @property
    def target_rank(self) -> int:
        """The rank wanted."""
        return self.answers.base.target_rank

    @property
    def focal(self) -> str:
        """The province in the reader's language."""
        return self.called(self.answers.base.province)

    @property
    def books(self) -> list[IndexBook]:
        """The answers index by index."""
        return [self.answers.by_index[index] for index in self.indices]

    def text(self, key: str, **slots: object) -> str:
        """A sentence of the interface."""
        return text(key, self.language, **slots)

    def called(self, province: str | None) -> str:
        """A province in the reader's language; until 2007 there was Hà Tây beside the 63."""
        if province is None:
            return ""
        for frame in (63, 64):
            if any(spec.name_vi == province for spec in self.catalogue.provinces.frame(frame)):
                return self.catalogue.provinces.name(province, self.language, frame)
        return province

    def named(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row with its provinces in the reader's language, for a sentence."""
        return {
            name: self.called(value) if name.endswith("province") and isinstance(value, str) else value
            for name, value in row.items()
        }

    def part(self, index: str, edition: str, code: str) -> str:
        """What a part of an index is called in an edition; the word for a row that is none."""
        if code == OVERALL:
            return self.text("book.whole_index")
        spec = self.catalogue.component(index, code, int(edition[:4]))
        if spec is not None:
            return plain_name(spec.name_vi if self.language == "vi" else spec.name_en)
        return self.text(f"book.{code}") if code in ("residual", "other_parts") else code

    def scale(self, index: str, edition: str) -> float | None:
        """The upper end of an index's scale in an edition."""
        return self.catalogue.scale_max(index, OVERALL, int(edition[:4]))

    def where(self, index: str, edition: str) -> dict[str, Cell]:
        """The cells that say of which index and edition a row is."""
        return {"index": index, "edition": edition}

    def place(
        self, row: Mapping[str, Any], place: str = "place", computed: str = "computed"
    ) -> dict[str, Cell]:
        """A place and whether it was published or worked out by us."""
        if row[place] is None:
            return {place: None}
        kind = "computed" if row[computed] else "published"
        return {place: whole(row[place]), f"{place}_kind": self.text(f"book.{kind}")}

    def yes(self, flag: object) -> str | None:
        """A word for a flag, nothing where it is missing."""
        return None if flag is None else self.text("cli.yes" if flag else "cli.no")

    def of(self, index: str, edition: str, said: str) -> str:
        """A sentence with the index and edition it speaks of, where it does not begin with the index."""
        if said.startswith(f"{index} "):
            return said
        return self.text("book.of", index=f"{index} {edition}".strip(), said=said)

    def why_not(self, index: str, edition: str, refusal: Refusal, digits: int | None = None) -> str:
        """Why there is no answer about an index."""
        shown = points(self.scale(index, edition) if edition else None) if digits is None else digits
        return self.of(index, edition, refusal_sentence(refusal, self.language, shown))

    def without_figure(self) -> list[str]:
        """That there is nothing to tell of some indices."""
        said = self.text("book.no_figure", province=self.focal)
        return [self.of(book.index, "", said) for book in self.books if book.base.status is None]

    def columns(self, *names: str, **wide: int) -> tuple[Column, ...]:
        """Columns with their headings (words `book.head_<name>`)."""
        heads = {name: self.text(f"book.head_{name}", target=self.target_rank) for name in names}
        return tuple(Column(name, head, wide.get(name, 34)) for name, head in heads.items())

    def question(
        self, code: str, title: str, columns: tuple[Column, ...], rows: list[dict[str, Cell]], **more: Any
    ) -> Question:
        """A sheet; without a title the one that says that there is no answer."""
        name = self.text(f"book.sheet_{code}")
        said = title or self.text("book.unanswered", question=name, province=self.focal)
        return Question(code, said, self.text(f"book.how_{code}"), columns, tuple(rows), **more)


def answered(asked: tuple[tuple[str, Any], ...]) -> Iterator[tuple[str, Any]]:
    """The editions with an answer and the answer."""
    return ((edition, answer) for edition, answer in asked if not isinstance(answer, Refusal))


def refused(asked: tuple[tuple[str, Any], ...]) -> Iterator[tuple[str, Refusal]]:
    """The editions without an answer and the reason."""
    return ((edition, answer) for edition, answer in asked if isinstance(answer, Refusal))
