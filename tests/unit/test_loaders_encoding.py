"""Bytes of text: what they are told to be, and why some are refused."""

import unicodedata

import pytest

from indices.loaders.encoding import decode
from tests.unit.legacy_letters import TCVN3, VNI
from tests.unit.typed import ENCODINGS

TEXT = "Tỉnh;Điểm\r\nBắc Giang;58,20\r\nThừa Thiên Huế;59,68\r\nĐắk Lắk;58,20\r\n"
NAMES = {"Bắc Giang", "Thừa Thiên Huế", "Đắk Lắk"}


def known(word: str) -> bool:
    return word in NAMES


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8 with mark", "utf-8-sig"),
        ("utf-16 little with mark", "utf-16"),
        ("utf-16 big with mark", "utf-16"),
        ("utf-16 without mark", "utf-16-le"),
        ("windows-1258", "windows-1258"),
    ],
)
def test_text_is_composed_whatever_it_comes_in(name: str, encoding: str):
    for form in ("NFC", "NFD"):
        if name == "windows-1258" and form == "NFD":
            continue
        found = decode(ENCODINGS[name](unicodedata.normalize(form, TEXT)), known)
        assert (found.text, found.encoding, found.why) == (TEXT, encoding, None)


@pytest.mark.parametrize(
    ("content", "why", "value", "row"),
    [
        (TEXT.encode()[:-20] + b"\xe1\xbb", "text_unreadable", "UTF-8", None),
        (b"\xef\xbb\xbf" + TEXT.encode() + b"\xff", "text_unreadable", "UTF-8", None),
        (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00", "text_unreadable", "UTF-16", None),
        (b"\xff\xfe" + b"\x00\xd8\x00\xd8", "text_unreadable", "UTF-16", None),
        ("T\u00ebst;1\n".encode("cp1250") + b"\xff\xfe\xfd", "text_unreadable", "windows-1258", None),
        (bytes(range(256)) * 20, "file_not_text", None, None),
        (TEXT.encode().replace(b";", b"\x01"), "file_not_text", None, None),
        ("".join(TCVN3.get(s, s) for s in TEXT).encode("latin-1"), "legacy_encoding", "B¾c Giang", 2),
        ("".join(VNI.get(s, s) for s in TEXT).encode("latin-1"), "legacy_encoding", "Baéc Giang", 2),
    ],
)
def test_bytes_that_are_refused(content: bytes, why: str, value: str | None, row: int | None):
    found = decode(content, known)
    assert (found.why, found.value, found.row, found.text) == (why, value, row, "")


def test_the_row_of_old_letters_in_every_kind_of_line_end():
    text = "".join(TCVN3.get(sign, sign) for sign in "a\rb\nc\r\nd\r\rBắc Giang;1")
    assert decode(text.encode("latin-1"), known).row == 6
