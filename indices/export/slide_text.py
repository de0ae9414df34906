"""Words on a slide: paragraphs with their language and size, and what had to be cut told in the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from indices.export.text_fit import LINE, fitted, n_lines
from indices.i18n import Language, text

LANGS: dict[Language, str] = {"vi": "vi-VN", "en": "en-US"}
INSET = 7.2
"""Points between the edge of a text box and its words, left and right."""
GAP = 6.0
"""Points between two paragraphs."""
LEAST, FOOT = 14, 12
"""Points of the smallest text, and of footnotes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide in points."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as files measure them."""
        return tuple(Emu(Pt(value)) for value in (self.left, self.top, self.wide, self.high))  # type: ignore[return-value]  # four, as the box has


@dataclass
class Writer:
    """Writes texts in one language; `cut` gathers what did not fit, in full."""

    language: Language
    factor: float = 1.0
    cut: list[str] = field(default_factory=list)

    def fit(
        self, words: str, room: float, *, largest: float, least: float, lines: int, bold: bool = False
    ) -> tuple[str, float, int]:
        """The words that fit, their size and number of lines; what is cut is kept for the notes."""
        found = fitted(words, room, largest=largest, least=least, lines=lines, bold=bold, factor=self.factor)
        if found.cut:
            self.cut.append(words)
        return found.words, found.size, found.n_lines

    def lines(self, words: str, room: float, size: float, *, bold: bool = False) -> int:
        """Lines that words take."""
        return n_lines(words, room, size, bold=bold, factor=self.factor)

    def whole_notes(self) -> list[str]:
        """Notes with the whole of what was cut."""
        return [text("deck.note_whole", self.language, words=words) for words in dict.fromkeys(self.cut)]

    def run(self, paragraph: Any, words: str, size: float | None = None, *, bold: bool | None = None) -> None:
        """Words at the end of a paragraph."""
        run = paragraph.add_run()
        run.text = words
        run._r.get_or_add_rPr().set("lang", LANGS[self.language])
        if size is not None:
            run.font.size = Pt(size)
        if bold is not None:
            run.font.bold = bold

    def paragraphs(
        self, frame: Any, found: Sequence[tuple[str, str]], size: float | None, *, gap: float = GAP
    ) -> None:
        """Fill a text frame: a paragraph for each pair of lead words (bold, "" for none) and words."""
        frame.word_wrap = True
        _as_measured(frame)
        for at, (lead, words) in enumerate(found):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_before = Pt(gap if at else 0)
            paragraph.space_after = Pt(0)
            if lead:
                self.run(paragraph, f"{lead}: " if words else lead, size, bold=True)
            if words:
                self.run(paragraph, words, size)

    def height(self, found: Sequence[tuple[str, str]], room: float, size: float, gap: float = GAP) -> float:
        """Points of height that paragraphs take."""
        lines = sum(self.lines(joined(*one), room, size) for one in found)
        return lines * size * LINE + gap * max(0, len(found) - 1)


def joined(lead: str, words: str) -> str:
    """A paragraph as one line of text."""
    return f"{lead}: {words}" if lead and words else lead or words


def named(shape: Any, name: str, alt: str = "") -> None:
    """A shape's name in lists, and what it shows to who cannot see it."""
    found = shape._element.xpath(".//p:cNvPr")[0]
    found.set("name", name)
    if alt:
        found.set("descr", alt)


def _as_measured(frame: Any) -> None:
    """No shrinking by the program: the words were measured for their sizes."""
    body = frame._txBody.find(qn("a:bodyPr"))
    for kind in ("a:normAutofit", "a:spAutoFit", "a:noAutofit"):
        for child in body.findall(qn(kind)):
            body.remove(child)
    etree.SubElement(body, qn("a:noAutofit"))
