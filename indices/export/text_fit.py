"""How much room words need, without a font at hand: widths of Arial's letters, and what fits.

`factor` says how wide another font runs beside it (Calibri narrower, Verdana wider). A letter with
Vietnamese marks is taken to be as wide as the letter without them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ELLIPSIS = "…"
LINE = 1.2
"""Height of a line in heights of its letters."""
BOLD = 1.08
_WIDTHS = {
    **dict.fromkeys("ijl'|", 225),
    **dict.fromkeys(" !,./:;I[]ft\\", 278),
    **dict.fromkeys("()-r`", 333),
    **dict.fromkeys("ckvxyzsJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUwĐ", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mMW%", 880),
    **dict.fromkeys("@—…→", 1000),
    **dict.fromkeys("<>=+−", 600),
}
_OTHER = 556


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words as they are written: at `size` points, on `n_lines`, `cut` where the end is left out."""

    words: str
    size: float
    n_lines: int
    cut: bool = False


def width(words: str, size: float, *, bold: bool = False, factor: float = 1.0) -> float:
    """Points that `words` take on one line."""
    return _thousandths(words) / 1000 * size * factor * (BOLD if bold else 1.0)


@lru_cache(maxsize=8192)  # the same words are measured at one size after another
def _thousandths(words: str) -> int:
    return sum(_WIDTHS.get(letter, _OTHER) for letter in _letters(words))


def n_lines(words: str, room: float, size: float, *, bold: bool = False, factor: float = 1.0) -> int:
    """Lines that `words` take in `room` points of width; a word longer than a line runs on."""
    found, at = 0, 0.0
    gap = width(" ", size, bold=bold, factor=factor)
    for paragraph in words.split("\n"):
        found, at = found + 1, 0.0
        for word in paragraph.split(" "):
            here = width(word, size, bold=bold, factor=factor)
            if at and at + gap + here > room:
                found, at = found + 1, 0.0
            more = int(here // room) if here > room else 0
            found += more
            at += here - more * room + (gap if at else 0.0)
    return found


def fitted(
    words: str,
    room: float,
    *,
    largest: float,
    least: float,
    lines: int,
    bold: bool = False,
    factor: float = 1.0,
) -> Fitted:
    """`words` as large as `lines` lines allow between two sizes; at the least one cut with an ellipsis."""
    size = largest
    while True:
        needed = n_lines(words, room, size, bold=bold, factor=factor)
        if needed <= lines:
            return Fitted(words, size, needed)
        if size <= least:
            break
        size = max(least, size - 1)
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        short = _shortened(words, middle)
        if n_lines(short, room, least, bold=bold, factor=factor) <= lines:
            low = middle
        else:
            high = middle - 1
    return Fitted(_shortened(words, low), least, lines, cut=True)


def _shortened(words: str, letters: int) -> str:
    kept = words[:letters]
    whole = kept.rpartition(" ")[0]
    # At the end of a word, where one is near.
    return (whole if len(whole) > letters - 20 and whole else kept).rstrip(" ,;:–(") + ELLIPSIS


def _letters(words: str) -> str:
    """The letters without their marks."""
    plain = words.replace("đ", "d")
    if plain.isascii():
        return plain
    parted = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
