"""What a report says, part by part: its head, where the province stands, index by index, what is ahead."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document

from indices.export.brief_form import NOTE_SIZE, bare, fill, grid, paragraph
from indices.export.content import Cell, Slide, Story
from indices.i18n import NOTHING, score, text

Picture = Callable[[str, str | None], bytes | None]
"""The PNG of a chart by its name and an index (None: of all indices); None where there is none."""
ALL_INDICES, OF_INDEX = "before-after", "rank"
_NATION_SIZE, _HEAD_SIZE = 12, 13


def head(document: Document, story: Story) -> None:
    """The places for the office and the number (and the nation's name, in Vietnamese), then the title."""

    def told(key: str) -> str:
        return text(f"brief.{key}", story.language)

    vietnamese = story.language == "vi"
    table = bare(document, (7, 10) if vietnamese else (1,))
    office = table.rows[0].cells[0]
    for key, bold in (("office_above", False), ("office", True), ("number", False)):
        align = "center" if vietnamese else "left"
        paragraph(office, [(told(key), bold, False)], size=_HEAD_SIZE, align=align, after=0)
    if vietnamese:
        nation = table.rows[0].cells[1]
        paragraph(nation, [(told("nation"), True, False)], size=_NATION_SIZE, align="center", after=0)
        motto = paragraph(nation, [(told("motto"), True, False)], size=_HEAD_SIZE, align="center", after=6)
        motto.runs[0].underline = True
        paragraph(nation, [(told("place_and_day"), False, True)], size=_HEAD_SIZE, align="center", after=0)
    paragraph(document, "", size=6, after=0)
    paragraph(document, [(told("title"), True, False)], align="center", after=0, together=True)
    paragraph(document, [(story.title, True, False)], align="center", after=0, together=True)
    about = story.subtitle.split("\n")[0]
    paragraph(document, [(about, False, True)], size=_HEAD_SIZE, align="center", after=6)


def standing(document: Document, story: Story, number: int) -> bool:
    """Where the province stands: the sentence and the table of the indices."""
    slide = _slide(story, "standing")
    if slide is None:
        return False
    _heading(document, number, slide.title)
    if slide.table is not None:
        rows = [[_written(cell, slide, at, story) for at, cell in enumerate(row)] for row in slide.table.rows]
        n = len(slide.table.heads)
        widths = (9.5, 10.5, 9.5, 15.5, 33, 22) if n == 6 else (1,) * n
        aligns = ("left", *("center",) * 2, *("left",) * (n - 3)) if n > 3 else ("left",) * n
        grid(document, slide.table.heads, rows, widths, aligns)
        paragraph(document, "", size=4, after=0)
    else:
        _said(document, slide)
    return True


def indices_told(document: Document, story: Story, number: int) -> bool:
    """Index by index: why its place moved, what the target takes, how sure that is."""
    slides = [slide for slide in story.slides if slide.index is not None]
    if not slides:
        return False
    _heading(document, number, text("brief.indices", story.language))
    for slide in slides:
        begun = [(f"{slide.index}. ", True, False)]
        paragraph(document, [*begun, *_sentences(slide)], first_line=True)
    return True


def takes(document: Document, story: Story, number: int) -> bool:
    """What the target takes."""
    return _told(document, story, "takes", number)


def ahead(document: Document, story: Story, number: int) -> bool:
    """The next edition, and how far to trust what is said of it."""
    return _told(document, story, "outlook", number)


def picture_of(story: Story, pictures: Picture | None) -> tuple[bytes, str] | None:
    """The picture and its words: the line of the index nearest to the target, else all indices."""
    slide, whole = _nearest(story), _slide(story, "standing")
    asked = [(OF_INDEX, slide.index, slide.alt)] if slide is not None else []
    asked += [(ALL_INDICES, None, whole.alt if whole is not None else story.title)]
    for name, index, alt in asked if pictures is not None else ():
        content = pictures(name, index) if pictures is not None else None
        if content is not None:
            return content, alt
    return None


def notes(document: Document, story: Story, number: int) -> None:
    """Where the figures come from and what must be known about them, small, each sentence once."""
    said: list[str] = []
    for section in ("standing", "takes", "outlook", "sources"):
        slide = _slide(story, section)
        if slide is None:
            continue
        if section == "sources":
            said.append(slide.title)
        elif slide.source and not (section == "takes" and said):
            said.append(slide.source)
        # A note about fewer indices begins as the one about all of them.
        begun = {one.partition(":")[0] for one in said}
        said += [one for one in slide.footnotes if one.partition(":")[0] not in begun]
    if not said:
        return
    heading = text("brief.notes", story.language)
    made = paragraph(document, "", size=NOTE_SIZE, after=4)
    once = dict.fromkeys(one if one.endswith(".") else f"{one}." for one in said)
    fill(made, [(f"{number}. {heading}. ", True, False), (" ".join(once), False, False)], size=NOTE_SIZE)


def ending(document: Document, story: Story) -> None:
    """The day the report was made from which figures, and the places for receivers and signature."""
    language = story.language
    table = bare(document, (1, 1))
    left, right = table.rows[0].cells
    paragraph(left, [(text("brief.receivers", language), True, True)], size=12, align="left", after=0)
    for key in ("receiver", "file"):
        paragraph(left, text(f"brief.{key}", language), size=NOTE_SIZE, align="left", after=0)
    made = text("brief.made_on", language, day=story.made_on)
    paragraph(left, [(made, False, True)], size=NOTE_SIZE, align="left", after=0)
    paragraph(right, [(text("brief.signer", language), True, False)], align="center", after=0)
    paragraph(right, [(text("brief.signature", language), False, True)], size=13, align="center", after=0)


def _slide(story: Story, section: str) -> Slide | None:
    return next((slide for slide in story.slides if slide.section == section), None)


def _heading(document: Document, number: int, words: str) -> None:
    closed = words if words.endswith((".", ":")) else f"{words}."
    paragraph(document, [(f"{number}. {closed}", True, False)], after=3, together=True)


def _told(document: Document, story: Story, section: str, number: int) -> bool:
    slide = _slide(story, section)
    if slide is None:
        return False
    _heading(document, number, slide.title)
    _said(document, slide)
    return True


def _said(document: Document, slide: Slide) -> None:
    if slide.bullets:
        paragraph(document, _sentences(slide), first_line=True)


def _sentences(slide: Slide) -> list[tuple[str, bool, bool]]:
    """The sentences of a slide one after another, each after its few words in italics."""
    runs: list[tuple[str, bool, bool]] = []
    for at, sentence in enumerate(slide.bullets):
        lead = slide.leads[at] if at < len(slide.leads) else ""
        closed = sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
        runs += [(f"{lead}: ", False, True)] if lead else []
        runs.append((f"{closed} " if at < len(slide.bullets) - 1 else closed, False, False))
    return runs


def _nearest(story: Story) -> Slide | None:
    """The slide of the index nearest to the target from outside, else the one with the least lead."""
    found: list[tuple[bool, float, int]] = []
    slides = [slide for slide in story.slides if slide.index is not None and slide.chart is not None]
    for at, slide in enumerate(slides):
        assert slide.chart is not None
        known = {
            role: [
                (place, value)
                for series in slide.chart.series
                if series.role == role
                for place, value in enumerate(series.values)
                if value is not None
            ]
            for role in ("focal", "target")
        }
        if known["focal"] and known["target"]:
            away = max(known["focal"])[1] - max(known["target"])[1]
            found.append((away <= 0, abs(away), at))
    return slides[min(found)[2]] if found else None


def _written(cell: Cell, slide: Slide, at: int, story: Story) -> str:
    """A cell in the language's writing."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    decimals = slide.table.decimals if slide.table is not None else ()
    return score(float(cell), story.language, decimals[at] if at < len(decimals) else 0)
