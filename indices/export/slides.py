"""The deck: a story written into PowerPoint with native charts and tables, on our master or an office's."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from indices.export.content import Slide, Story
from indices.export.masters import STRANGE, Master, opened, placeholder_kind
from indices.export.slide_charts import add_chart
from indices.export.slide_layout import Areas, areas, box_of
from indices.export.slide_tables import Grid, add_table, grids
from indices.export.slide_text import FOOT, GAP, INSET, LANGS, LEAST, Box, Writer, joined, named
from indices.export.slide_titles import write_number, write_title
from indices.export.text_fit import LINE
from indices.export.writable import writable
from indices.i18n import text
from indices.problem import Problem

POINTS = 18
"""Points of the largest bullets; LEAST of the smallest."""
_BESIDE, _BESIDE_NARROW = 0.63, 0.58
"""Part of a wide slide, and of another one, that a chart takes beside its words."""
_MOST_WORDS = 0.2
"""Part of a narrow slide that words may take under a chart; more of them stand beside it."""
_BULLET = 18.0
"""Points that a bullet and its indent take of a line."""
_PROPERTY = 255
"""Letters that a property of a file may have."""
_TEXTS = ("obj", "body", "subTitle")


@dataclass(frozen=True)
class Deck:
    """A PowerPoint file, and what was wrong with the master it was to stand on.

    `problems` are codes with a sentence in every language (`indices.i18n.problem_sentence`): an error
    says why the master could not be used and ours stands for it, a warning which layout it lacks.
    """

    content: bytes
    problems: tuple[Problem, ...]


def deck_bytes(story: Story, master: bytes | None = None) -> Deck:
    """The story as a PPTX file on `master` (a .pptx or .potx file), else on ours."""
    found, story = opened(master), writable(story)
    try:
        return Deck(_written(found, story), found.problems)
    except STRANGE:
        # A part of an office's file that is not as it should be shows only when it is used.
        if master is None:
            raise
    return Deck(_written(opened(None), story), (Problem("master_damaged", ""),))


def _written(master: Master, story: Story) -> bytes:
    _Maker(master, story).make()
    properties = master.deck.core_properties
    properties.title, properties.language = story.title[:_PROPERTY], LANGS[story.language]
    properties.author = properties.last_modified_by = text("frame.product", story.language)
    properties.subject = story.subtitle.replace("\n", ". ")[:_PROPERTY]
    if story.day is not None:
        properties.created = properties.modified = datetime.combine(story.day, time())
    buffer = io.BytesIO()
    master.deck.save(buffer)
    return buffer.getvalue()


class _Maker:
    """Writes one story into one empty deck."""

    def __init__(self, master: Master, story: Story) -> None:
        self.master, self.story, self.language = master, story, story.language
        self.deck = master.deck
        self._areas: dict[str, Areas] = {}

    def make(self) -> None:
        self._title_slide()
        for slide in self.story.slides:
            self._content_slide(slide)

    def _title_slide(self) -> None:
        writer = Writer(self.language, self.master.factor)
        layout = self.master.layout("title", "plain", "body")
        page = self.deck.slides.add_slide(layout)
        place = areas(self.master, layout, first=True)
        title = write_title(page, self.story.title, place, writer, largest=40, one_line=32)
        lines = [("", words) for words in self.story.subtitle.split("\n") if words]
        below = next((shape for shape in page.placeholders if placeholder_kind(shape) in _TEXTS), None)
        if below is None:
            below = page.shapes.add_textbox(*place.content.emu)
        box = box_of(below) or place.content
        room, size = box.wide - 2 * INSET, 20.0
        while size > LEAST and writer.height(lines, room, size) > box.high - 8:
            size -= 1
        fitting = [("", writer.fit(words, room, largest=size, least=size, lines=3)[0]) for _, words in lines]
        writer.paragraphs(below.text_frame, fitting, size)
        self._finish(page, (title, below), writer, self.story.notes or (self.story.title,))

    def _content_slide(self, slide: Slide) -> None:
        kinds = ("body", "plain") if slide.bullets else ("plain", "body")
        layout = self.master.layout(*kinds, "title")
        key = str(layout.part.partname)
        if key not in self._areas:
            self._areas[key] = areas(self.master, layout)
        place = self._areas[key]
        writer = Writer(self.language, self.master.factor)
        foot, foot_height = self._foot_words(slide, place, writer)
        main = Box(
            place.content.left, place.content.top, place.content.wide, place.content.high - foot_height - GAP
        )
        bullets = self._bullet_words(slide)
        if slide.table is None:
            self._page(slide, slide.title, layout, place, main, bullets, foot, foot_height, writer)
            return
        room = main.wide - 2 * INSET - _BULLET
        words_height = writer.height(bullets, room, LEAST) + 4 * GAP if bullets else 0.0
        pieces = grids(slide.table, main.wide, main.high - words_height, writer)
        if bullets and len(pieces) > 1:
            whole = grids(slide.table, main.wide, main.high, writer)
            if len(whole) == 1:
                # One slide, one message: the table says it, the words are kept for the speaker.
                spoken = tuple(joined(*one) for one in bullets)
                pieces, bullets, slide = whole, [], replace(slide, notes=(*spoken, *slide.notes))
        for at, grid in enumerate(pieces):
            last = at == len(pieces) - 1
            title = slide.title if at == 0 else text("deck.next_page", self.language, title=slide.title)
            told = bullets if last else []
            self._page(slide, title, layout, place, main, told, foot, foot_height, writer, grid)

    def _page(
        self,
        slide: Slide,
        words: str,
        layout: Any,
        place: Areas,
        main: Box,
        bullets: list[tuple[str, str]],
        foot: list[tuple[str, str]],
        foot_height: float,
        writer: Writer,
        grid: Grid | None = None,
    ) -> None:
        page = self.deck.slides.add_slide(layout)
        shapes = [write_title(page, words, place, writer)]
        beside = main
        if slide.chart is not None:
            chart, beside = _chart_and_words(main, place.wide, bullets, writer)
            name = slide.chart.title or slide.title
            shapes.append(add_chart(page, slide.chart, chart, self.language, name, slide.alt or name))
        elif grid is not None:
            beside = Box(
                main.left, main.top + grid.height + 2 * GAP, main.wide, main.high - grid.height - 2 * GAP
            )
            shapes.append(add_table(page, grid, main, writer, slide.title, slide.alt or slide.title))
        if bullets:
            shapes.append(self._bullets(page, bullets, beside, writer))
        if foot:
            shapes.append(self._foot(page, foot, place.content, foot_height, writer))
        self._finish(page, tuple(shapes), writer, slide.notes or (slide.title,))

    def _bullet_words(self, slide: Slide) -> list[tuple[str, str]]:
        leads = slide.leads or ("",) * len(slide.bullets)
        return list(zip(leads, slide.bullets, strict=True))

    def _bullets(self, page: Any, bullets: list[tuple[str, str]], box: Box, writer: Writer) -> Any:
        shape = next((one for one in page.placeholders if placeholder_kind(one) in ("obj", "body")), None)
        if shape is None:
            shape = page.shapes.add_textbox(*box.emu)
        shape.left, shape.top, shape.width, shape.height = box.emu
        room, size, gap = box.wide - 2 * INSET - _BULLET, float(POINTS), GAP * 1.5
        while size > LEAST and writer.height(bullets, room, size, gap) > box.high - 8:
            size -= 1
        lines = int((box.high - 8 - gap * (len(bullets) - 1)) // (size * LINE))
        writer.paragraphs(shape.text_frame, self._cut(bullets, room, size, lines, writer), size, gap=gap)
        return shape

    def _cut(
        self, found: list[tuple[str, str]], room: float, size: float, lines: int, writer: Writer
    ) -> list[tuple[str, str]]:
        """Paragraphs in so many lines altogether: the longest ones are cut first."""
        needed = [writer.lines(joined(*one), room, size) for one in found]
        while sum(needed) > max(lines, len(found)):
            needed[needed.index(max(needed))] -= 1
        kept = []
        for (lead, words), most in zip(found, needed, strict=True):
            shown = writer.fit(joined(lead, words), room, largest=size, least=size, lines=most)[0]
            head = f"{lead}: "
            kept.append((lead, shown.removeprefix(head)) if lead and shown.startswith(head) else ("", shown))
        return kept

    def _foot_words(self, slide: Slide, place: Areas, writer: Writer) -> tuple[list[tuple[str, str]], float]:
        """Footnotes, run together as far as they go, and the source; in a third of the slide at most."""
        room = place.content.wide - 2 * INSET
        notes = " ".join(slide.footnotes)
        found = [("", words) for words in (notes, slide.source) if words]
        if not found:
            return [], 0.0
        most = max(2, int(place.content.high * 0.3 // (FOOT * LINE)))
        kept = self._cut(found, room, FOOT, most, writer)
        return kept, writer.height(kept, room, FOOT, 2) + 4

    def _foot(self, page: Any, foot: list[tuple[str, str]], content: Box, high: float, writer: Writer) -> Any:
        box = Box(content.left, content.top + content.high - high, content.wide, high)
        shape = page.shapes.add_textbox(*box.emu)
        named(shape, text("deck.source_name", self.language))
        frame = shape.text_frame
        frame.margin_top = frame.margin_bottom = 0
        writer.paragraphs(frame, foot, FOOT, gap=2)
        return shape

    def _finish(self, page: Any, used: tuple[Any, ...], writer: Writer, notes: tuple[str, ...]) -> None:
        """Placeholders without words taken out, reading order, slide number, notes."""
        kept = {id(shape._element) for shape in used}
        for shape in list(page.placeholders):
            if id(shape._element) not in kept:
                shape._element.getparent().remove(shape._element)
        tree = page.shapes._spTree
        for shape in used:
            tree.append(shape._element)
        write_number(page, self.deck, self.language)
        frame = page.notes_slide.notes_text_frame
        told = [*notes, *writer.whole_notes()]
        if frame is not None:
            writer.paragraphs(frame, [("", words) for words in told], FOOT, gap=3)


def _chart_and_words(
    main: Box, wide: bool, bullets: list[tuple[str, str]], writer: Writer
) -> tuple[Box, Box]:
    """Side by side on a wide slide; on a narrow one the chart above the words, where they are few."""
    if not bullets:
        return main, main
    needed = writer.height(bullets, main.wide - 2 * INSET - _BULLET, LEAST, GAP * 1.5) + 10
    across = main.wide * (_BESIDE if wide else _BESIDE_NARROW)
    column = main.wide - across - 2 * GAP
    fits = writer.height(bullets, column - 2 * INSET - _BULLET, LEAST, GAP * 1.5) + 8 <= main.high
    if wide or (fits and needed > main.high * _MOST_WORDS):
        return (
            Box(main.left, main.top, across, main.high),
            Box(main.left + across + 2 * GAP, main.top, column, main.high),
        )
    words = min(needed, main.high * 0.45)
    chart = main.high - words - GAP
    return (
        Box(main.left, main.top, main.wide, chart),
        Box(main.left, main.top + chart + GAP, main.wide, words),
    )
