"""Vietnamese text in the fonts of before Unicode: recognised and named, never converted unasked.

TCVN3 (ABC) and VNI stand in old files as letters of Western Europe ("B¾c Giang", "Baéc Giang"); the
tables are those of the standards TCVN 5712:1993 (VN3) and of the VNI fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from indices.loaders.raw import RawTable

_TCVN3 = (
    "µà ¸á ¶ả ·ã ¹ạ ¨ă »ằ ¾ắ ¼ẳ ½ẵ Æặ ©â Çầ Êấ Èẩ Éẫ Ëậ ®đ Ìè Ðé Îẻ Ïẽ Ñẹ ªê Òề Õế Óể Ôễ Öệ "
    "×ì Ýí Øỉ Üĩ Þị ßò ãó áỏ âõ äọ «ô åồ èố æổ çỗ éộ ¬ơ êờ íớ ëở ìỡ îợ ïù óú ñủ òũ ôụ \xadư "
    "õừ øứ öử ÷ữ ùự úỳ ýý ûỷ üỹ þỵ ¡Ă ¢Â §Đ £Ê ¤Ô ¥Ơ ¦Ư"
)
_VNI_AFTER = {
    "a": "øà ùá ûả õã ïạ êă èằ éắ úẳ üẵ ëặ ââ àầ áấ åẩ ãẫ äậ",
    "e": "øè ùé ûẻ õẽ ïẹ âê àề áế åể ãễ äệ",
    "o": "øò ùó ûỏ õõ ïọ âô àồ áố åổ ãỗ äộ",
    "ô": "øờ ùớ ûở õỡ ïợ",
    "u": "øù ùú ûủ õũ ïụ",
    "ö": "øừ ùứ ûử õữ ïự",
    "y": "øỳ ùý ûỷ õỹ",
}
_VNI_ALONE = "ñđ ôơ öư ìì íí æỉ óĩ òị îỵ"
_MARKS = re.compile(r"[^\x00-\x7f]")
LOOKED_AT_ROWS = 100
MIXED_UP = "UTF-8"
"""What stands for the encoding of text that is Unicode, but was opened as Western European."""


def legacy_reading(text: str, is_known: Callable[[str], bool]) -> tuple[str, str] | None:
    """The old encoding in which `text` is a known word, and that word; None where there is none.

    `is_known` tells known words (names of provinces): only they are proof.
    """
    if not _MARKS.search(text):
        return None
    for name, read in (("TCVN3", _from_tcvn3), ("VNI", _from_vni), (MIXED_UP, _from_mixed_up)):
        word = read(text)
        if word is not None and word != text and is_known(word):
            return name, word
    return None


def legacy_cell(table: RawTable, is_known: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """The first cell (row and column from 0, text) near the top that is a known word in an old encoding."""
    for row, cells in enumerate(table.head(LOOKED_AT_ROWS)):
        for column, cell in enumerate(cells):
            if len(cell) < 80 and legacy_reading(cell, is_known) is not None:
                return row, column, cell
    return None


def legacy_finding(text: str, is_known: Callable[[str], bool]) -> tuple[str, dict[str, str]] | None:
    """The problem code of a text in an old encoding, with its slots; None where it is none."""
    found = legacy_reading(text, is_known)
    if found is None:
        return None
    if found[0] == MIXED_UP:
        return "text_mixed_up", {"suggestion": found[1]}
    return "legacy_encoding", {"encoding": found[0], "suggestion": found[1]}


def _from_tcvn3(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_tcvn3())


@cache
def _tcvn3() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in _TCVN3.split(" ")}


def _from_vni(text: str) -> str:
    pairs, pattern = _vni()
    return pattern.sub(lambda found: pairs[found[0]], unicodedata.normalize("NFC", text))


@cache
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    pairs = {pair[0]: pair[1] for pair in _VNI_ALONE.split(" ")}
    for base, after in _VNI_AFTER.items():
        pairs |= {base + pair[0]: pair[1] for pair in after.split(" ")}
    pairs |= {key.upper(): letter.upper() for key, letter in pairs.items()}
    # Capitals are followed by small mark letters as well.
    pairs |= {k[0].upper() + k[1]: v.upper() for k, v in list(pairs.items()) if len(k) == 2 and k.islower()}
    longest_first = sorted(pairs, key=len, reverse=True)
    return pairs, re.compile("|".join(map(re.escape, longest_first)))


def _from_mixed_up(text: str) -> str | None:
    """UTF-8 that was read as the Western European code page ("Báº¯c")."""
    try:
        return b"".join(map(_western_byte, text)).decode("utf-8")
    except UnicodeError:
        return None


def _western_byte(sign: str) -> bytes:
    """The byte of a sign; programs show the few bytes that the code page leaves open as they are."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")
