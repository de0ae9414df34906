"""Marks upon letters in numbers that no writing has: normal forms of Unicode take them one by one."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

MOST_MARKS = 30
"""Of one letter, as Unicode's format for streams has it."""
_LAST = 0x1FFFF
_STEP = 1 << 20


def has_piled_marks(text: str) -> bool:
    """Whether more than MOST_MARKS combining marks follow one another somewhere."""
    if text.isascii():
        return False
    for start in range(0, len(text), _STEP):
        piece = text[start : start + _STEP + MOST_MARKS]
        if piece.isascii():
            continue
        signs = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), np.uint32)
        letters = np.flatnonzero(~_marks()[np.minimum(signs, _LAST)])
        if np.diff(letters, prepend=-1, append=len(signs)).max() > MOST_MARKS + 1:
            return True
    return False


@cache
def _marks() -> npt.NDArray[np.bool_]:
    return np.array([unicodedata.combining(chr(sign)) > 0 for sign in range(_LAST + 1)])
