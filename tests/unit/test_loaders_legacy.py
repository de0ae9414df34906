"""Old fonts' letters are recognised by the names of provinces, every one of them."""

import pytest

from indices.catalogue import Catalogue
from indices.loaders.legacy import legacy_finding, legacy_reading
from indices.loaders.rows import RowNames
from tests.unit.legacy_letters import MIXED_UP, TCVN3, VNI


def old(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(sign, sign) for sign in text)


def mixed_up(text: str) -> str:
    return "".join(MIXED_UP[byte] for byte in text.encode("utf-8"))


@pytest.mark.parametrize(
    ("written", "encoding", "read"),
    [
        ("B¾c Giang", "TCVN3", "Bắc Giang"),
        ("Hµ Néi", "TCVN3", "Hà Nội"),
        ("§µ N½ng", "TCVN3", "Đà Nẵng"),
        ("Baéc Giang", "VNI", "Bắc Giang"),
        ("Haø Noäi", "VNI", "Hà Nội"),
        ("Ñaø Naüng", "VNI", "Đà Nẵng"),
        ("ÑAØ NAÜNG", "VNI", "ĐÀ NẴNG"),
        ("Báº¯c Giang", "UTF-8", "Bắc Giang"),
        ("HÃ Ná»™i", "UTF-8", None),  # a sign was lost on the way
    ],
)
def test_words_stated_by_hand(written: str, encoding: str, read: str | None, bundled: Catalogue):
    known = RowNames(bundled.provinces).is_province
    assert legacy_reading(written, known) == (None if read is None else (encoding, read))


def test_every_province_in_every_old_form(bundled: Catalogue):
    known = RowNames(bundled.provinces).is_province
    names = [spec.name_vi for spec in bundled.provinces.frame(63)]
    marked = [name for name in names if not name.isascii()]
    assert (len(names), len(marked)) == (63, 59)
    for name in marked:
        assert legacy_reading(old(name, TCVN3), known) == ("TCVN3", name)
        if name != "Ninh Bình":  # "ì" is the same sign in VNI
            assert legacy_reading(old(name, VNI), known) == ("VNI", name)
        assert legacy_reading(mixed_up(name), known) == ("UTF-8", name)


def test_unicode_is_no_old_form(bundled: Catalogue):
    known = RowNames(bundled.provinces).is_province
    for spec in bundled.provinces.frame(63):
        for name in (spec.name_vi, spec.name_en, *spec.aliases):
            assert legacy_reading(name, known) is None


def test_what_the_desk_says(bundled: Catalogue):
    known = RowNames(bundled.provinces).is_province
    said = {"encoding": "VNI", "suggestion": "Bắc Giang"}
    assert legacy_finding("Baéc Giang", known) == ("legacy_encoding", said)
    assert legacy_finding("Báº¯c Giang", known) == ("text_mixed_up", {"suggestion": "Bắc Giang"})
    assert legacy_finding("Café", known) is None
