"""A briefing as a report of one or two pages, in the form in which Vietnamese offices report."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime

from indices.export.brief_form import (
    CENTIMETRE,
    NOTE_SIZE,
    PAGE_ROOM,
    blank,
    fill,
    height_of,
    paragraph,
    put_picture,
    written,
)
from indices.export.brief_parts import (
    Picture,
    ahead,
    ending,
    head,
    indices_told,
    notes,
    picture_of,
    standing,
    takes,
)
from indices.export.content import Story
from indices.i18n import day, text

PAGES = 2
"""Pages of a report."""
HIGHEST, LOWEST = 9.5, 5.0
"""Cm that a picture may take in height, and below which it could not be read."""
_PARTS: tuple[Callable[..., object], ...] = (standing, indices_told, takes, ahead)


def brief_bytes(story: Story, *, pictures: Picture | None = None) -> bytes:
    """The report of a story as DOCX; the same story and pictures give the same bytes.

    `pictures`: the PNG of a chart by its name in `chart_list.CHARTS` and an index (None: of all), or
    None where there is none; where it gives nothing, the report has its table alone and says so. A
    picture is as high as two pages have room for, and left out where that is too little. A section
    that the story does not tell is left out.
    """
    document = blank(story.title, story.language)
    head(document, story)
    number = 0
    for part in _PARTS:
        number += bool(part(document, story, number + 1))
    place = paragraph(document, "", align="center", after=4)
    notes(document, story, number + 1)
    ending(document, story)
    drawn = picture_of(story, pictures)
    room = min(HIGHEST, (PAGES * PAGE_ROOM - height_of(document)) / CENTIMETRE)
    if drawn is not None and room >= LOWEST:
        put_picture(place, *drawn, highest=room)
    elif drawn is None and pictures is not None:
        fill(place, [(text("brief.no_picture", story.language), False, True)], size=NOTE_SIZE)
    else:
        place._p.getparent().remove(place._p)
    return written(document, _day_of(story))


def _day_of(story: Story) -> datetime:
    """The day a story was made on; it knows it in its language's writing alone."""
    numbers = [int(number) for number in re.findall(r"\d+", story.made_on)]
    days = (date(numbers[-1], month, numbers[0]) for month in range(1, 13) if _is_day(numbers, month))
    made = next(one for one in days if day(one, story.language) == story.made_on)
    return datetime(made.year, made.month, made.day)


def _is_day(numbers: list[int], month: int) -> bool:
    return numbers[0] <= monthrange(numbers[-1], month)[1]
