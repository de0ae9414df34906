"""How wide the columns of a sheet are, and how many lines words take in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from indices.export.book_model import Column, Question
from indices.export.text_fit import n_lines, width

SIZE = 10
"""Type size of the cells."""
DIGIT, PADDING = 7, 5
"""Px of a digit of that size, and of what a cell keeps free."""
POINTS_A_PIXEL = 0.75
_LEAST, _MOST_OF_FIGURES, _HEAD_LINES = 8.0, 16.0, 4
_SPAN = 150
"""Characters that sentences over several columns may have on a line."""


def column_width(column: Column, question: Question) -> float:
    """Wide enough for the figures and texts, and for every word of the heading; in characters."""
    cells = [question_row.get(column.name) for question_row in question.rows]
    texts = [cell for cell in cells if isinstance(cell, str)]
    word = max((width(one, SIZE, bold=True) for one in column.head.split()), default=0)
    least = max(_LEAST, _characters(word) + 1)
    if texts:
        # The button of the filter covers the end of a heading's line.
        longest = max(width(one, SIZE) for one in texts)
        return min(max(least, _characters(longest) + 2.5), max(column.wide, least))
    wide = least
    while wide < _MOST_OF_FIGURES and lines_of(column.head, room_of(wide), SIZE, True) > _HEAD_LINES:
        wide += 1
    return wide


@lru_cache(maxsize=8192)  # the same words stand in many rows
def lines_of(words: str, room: float, size: float, bold: bool = False) -> int:
    """Lines that words take; no letter is wider than its height, so a few need no measuring."""
    if len(words) * size <= room and "\n" not in words:
        return 1
    return n_lines(words, room, size, bold=bold)


def _characters(points: float) -> float:
    """Digits that have room in so many points."""
    return points / POINTS_A_PIXEL / DIGIT


def room_of(wide: float) -> float:
    """Points of width for words in a column so many characters wide."""
    return (wide * DIGIT - PADDING) * POINTS_A_PIXEL


def span_of(widths: Sequence[float]) -> tuple[int, float]:
    """The last column that sentences reach over, and their room in points."""
    total = 0.0
    for at, wide in enumerate(widths):
        total += wide
        if total >= _SPAN:
            return at, room_of(total)
    return len(widths) - 1, room_of(total)
