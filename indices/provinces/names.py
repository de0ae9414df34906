"""When two spellings are the same name: exact rules, no distance between words.

A spelling is taken apart into plain letters and the marks on each letter. Spaces, hyphens of every
kind, dots and case carry no meaning; a tone counts the same on either vowel of oa, oe and uy
(Hoà = Hòa, Thuỷ = Thủy); a mark may be absent (Ha Noi), never different (Hà Nối is not Hà Nội).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_STROKE = "\u0335"
_LETTERS = str.maketrans({"đ": "d" + _STROKE, "ð": "d" + _STROKE, "ɖ": "d" + _STROKE})
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_GLIDES = {("o", "a"), ("o", "e"), ("u", "y")}
_NO_MEANING = frozenset("._()*\u2212")
_PREFIX = re.compile(r"(?:tinh|thanhpho|tp)(?=.)")
_SHORT_PREFIX = re.compile(r"\s*t[.\s]\s*(?=\w)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?<=.)(?:province|city)$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as plain letters ("hanoi") and, letter by letter, the marks it carries."""

    letters: str
    marks: tuple[frozenset[str], ...]

    def within(self, full: Spelling) -> bool:
        """Whether this is `full`, perhaps with marks left out."""
        return self.letters == full.letters and all(
            mine <= theirs for mine, theirs in zip(self.marks, full.marks, strict=True)
        )

    def cut(self, start: int, end: int) -> Spelling:
        """The part between two letters, counted from 0."""
        return Spelling(self.letters[start:end], self.marks[start:end])

    def written(self) -> str:
        """Letters and marks in one string, for measuring how near two spellings are."""
        return "".join(a + "".join(sorted(m)) for a, m in zip(self.letters, self.marks, strict=True))


@lru_cache(maxsize=8192)
def spelling(text: str) -> Spelling:
    """`text` taken apart; what has no meaning is dropped, any other sign stays and matches nothing.

    Kept: the catalogue's names are taken apart for every frame, and those of a file for every edition in it.
    """
    letters: list[str] = []
    marks: list[set[str]] = []
    for sign in unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)):
        category = unicodedata.category(sign)
        if category == "Mn" and letters:
            marks[-1].add(sign)
        elif category[0] != "Z" and category not in {"Pd", "Cf", "Cc"} and sign not in _NO_MEANING:
            letters.append(sign)
            marks.append(set())
    for place in range(1, len(letters)):
        if (letters[place - 1], letters[place]) in _GLIDES:
            tones = {mark for mark in marks[place] if mark in _TONES}
            marks[place] -= tones
            marks[place - 1] |= tones
    return Spelling("".join(letters), tuple(frozenset(found) for found in marks))


def readings(text: str) -> Iterator[Spelling]:
    """The spelling of `text` as it stands, then without "Tỉnh", "TP.", "T.", "Province", "City"."""
    whole = spelling(text)
    yield whole
    start = len(found.group()) if (found := _PREFIX.match(whole.letters)) else 0
    end = found.start() if (found := _SUFFIX.search(whole.letters)) else len(whole.letters)
    if start < end and (start, end) != (0, len(whole.letters)):
        yield whole.cut(start, end)
    if short := _SHORT_PREFIX.match(text):
        yield spelling(text[short.end() :])


def slug(name: str) -> str:
    """A name for addresses: "Bắc Giang" is "bac-giang", "Thành phố Hồ Chí Minh" is "ho-chi-minh"."""
    words = re.sub(r"^Thành phố\s+", "", unicodedata.normalize("NFC", name))
    plain = (spelling(word).letters for word in re.split(r"[\s\-–—]+", words))
    return "-".join(word for word in plain if word)
