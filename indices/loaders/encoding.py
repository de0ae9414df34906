"""Bytes of a text file → text: UTF-8, UTF-16 and windows-1258; anything else is refused with the reason."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from indices.loaders.legacy import MIXED_UP, legacy_reading
from indices.loaders.marks import has_piled_marks

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
_VIETNAMESE = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
_SIGNS = frozenset("\xa0“”‘’–—…•°±§€₫·×")
_WORD = re.compile(r"[^\s,;|\t\"]+(?: [^\s,;|\t\"]+){0,4}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile("\r\n|\r|\n")
LOOKED_AT = 65_536
MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text in composed Unicode and its encoding; or why there is none.

    `why` is a problem code; `row` and `value` are the first text that proves an old encoding.
    """

    text: str = ""
    encoding: str = ""
    why: str | None = None
    value: str | None = None
    suggestion: str = ""
    row: int | None = None


def decode(content: bytes, is_known: Callable[[str], bool]) -> Decoded:
    """The text of a file; `is_known` tells names of provinces, the proof of an old encoding."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(content, encoding)
    if b"\x00" in content[:LOOKED_AT]:
        odd, even = content[1:LOOKED_AT:2].count(0), content[0:LOOKED_AT:2].count(0)
        few = max(odd, even) < len(content[:LOOKED_AT]) / 8  # of UTF-16 a quarter of one half at least
        if few or (odd and even and 0.2 < odd / even < 5):
            return Decoded(why="file_not_text")
        return _strict(content, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return _clean(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _one_byte(content, is_known)


def _strict(content: bytes, encoding: str) -> Decoded:
    try:
        return _clean(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(why="text_unreadable", value=_PLAIN_NAMES[encoding])


def _clean(text: str, encoding: str) -> Decoded:
    if has_piled_marks(text):  # composing them takes time by the square of their number
        return Decoded(why="file_not_text")
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    if _CONTROL.search(text):
        return Decoded(why="file_not_text")
    return Decoded(text, encoding)


def _one_byte(content: bytes, is_known: Callable[[str], bool]) -> Decoded:
    """windows-1258, where every sign then is one of Vietnamese; else what the bytes seem to be."""
    try:
        typed = content.decode("cp1258")
        if has_piled_marks(typed):
            return Decoded(why="file_not_text")
        text = unicodedata.normalize("NFC", typed)
        strange = {sign for sign in text if ord(sign) > 127} - _VIETNAMESE - _SIGNS
        if not strange:
            return _clean(text, "windows-1258")
    except UnicodeDecodeError:
        pass
    if content.count(b"\x00") or sum(byte < 9 for byte in content[:LOOKED_AT]) > 0:
        return Decoded(why="file_not_text")
    western = content[:LOOKED_AT].decode("latin-1")
    for word in islice(_WORD.finditer(western), MOST_WORDS):
        if found := legacy_reading(word[0], is_known):
            if found[0] == MIXED_UP:  # UTF-8 as it should be, but for a few broken bytes
                return Decoded(why="text_unreadable", value="UTF-8")
            row = 1 + len(_LINE_END.findall(western, 0, word.start()))
            return Decoded("", found[0], "legacy_encoding", word[0], found[1], row)
    return Decoded(why="text_unreadable", value="windows-1258")
