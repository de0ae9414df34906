"""One language a page: no English is left in Vietnamese pages and no Vietnamese in English ones."""

from __future__ import annotations

import csv
import re

import pytest

from tests.pages.conftest import DATA
from tests.pages.shown import PAGES, control, open_page, texts, unfold

ENGLISH = (
    "ranks?|ranked|scores?|provinces?|sources?|target|index|indices|editions?|years?|components?|figures?|"
    "published|computed|method|group|change|data|download|file|row|column|page|map|median|best|worst|weight|"
    "scale|publisher|press|copy|document|period|formula|the|of|and|or|not|is|are|was|were|from|with|by|on|in|"
    "this|that|than|its|which|other"
)
ENGLISH_WORD = re.compile(rf"(?<![\w&?/.-])({ENGLISH})(?![\w/-]|\.\w)", re.IGNORECASE)
NAMES_IN_ENGLISH = ("PAR INDEX", "PAR Index", "Vietnam ICT Index", "ICT Index", "Ngôn ngữ · Language")
VIETNAMESE_LETTER = re.compile(r"\w*[ăâđêôơưáàãéèíìóòõúùýĩũạ-ỹ\u0300-\u0323]\w*", re.IGNORECASE)

INDEX_PAGES = ("index_detail", "components", "compare", "gap", "why", "outlook", "method")
ROUND = [(name, "par") for name in ("overview", "directive", "data", "upload", "history")] + [
    (name, index) for name in INDEX_PAGES for index in ("par", "pci", "papi", "sipas", "ict", "dti")
]


def without(piece: str, allowed: set[str] | tuple[str, ...]) -> str:
    for known in allowed:
        piece = piece.replace(known, " ")
    return piece


def english_in(piece: str) -> list[str]:
    """English words of a text: addresses and words set as code are nobody's language."""
    bare = re.sub(r"`[^`]*`|\S*https?://\S+|github:\S+", " ", without(piece, NAMES_IN_ENGLISH))
    return ENGLISH_WORD.findall(bare)


def official_titles() -> set[str]:
    """Titles of Vietnamese documents and of sources, which have no English form."""
    found = {"Tiếng Việt", "Ngôn ngữ"}
    for file, column in (("targets.csv", "document_vi"), ("sources.csv", "title")):
        with (DATA / "catalogue" / file).open(encoding="utf-8-sig", newline="") as stream:
            found |= {row[column] for row in csv.DictReader(stream) if row[column]}
    return found


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("Thứ hạng và score của tỉnh", ["score"]),
        ("Chỉ số cải cách hành chính (PAR INDEX)", []),
        ("cột `source`, xem https://a.vn/index/of?rank=1", []),
        ("Hạng is on top", ["is", "on"]),
    ],
)
def test_how_english_is_found(piece: str, found: list[str]) -> None:
    assert english_in(piece) == found


@pytest.mark.parametrize(("name", "index"), ROUND)
def test_no_english_is_left_in_vietnamese_pages(name: str, index: str) -> None:
    shown = texts(unfold(open_page(name, lang="vi", index=index)))

    assert len(shown) > 40
    assert {piece: words for piece in shown if (words := english_in(piece))} == {}


@pytest.mark.parametrize(("name", "index"), ROUND)
def test_no_vietnamese_is_left_in_english_pages(name: str, index: str) -> None:
    allowed = official_titles()
    shown = texts(unfold(open_page(name, lang="en", index=index)))

    assert len(shown) > 40
    left = {piece: VIETNAMESE_LETTER.findall(without(piece, allowed)) for piece in shown}
    assert {piece: words for piece, words in left.items() if words} == {}


def test_choices_are_labelled_in_the_page_language() -> None:
    at = open_page("compare", lang="en", group="own")
    labels = {widget.label for kind in ("selectbox", "multiselect") for widget in at.get(kind)}
    (provinces,) = [box.options for box in at.selectbox if box.label == "Province in focus"]

    assert labels == {
        "Peer group",
        "Provinces to compare (up to 6)",
        "Edition",
        "Province in focus",
        "Target",
        "Pictures saved from charts",
    }
    assert len(provinces) == 63
    assert "Bac Giang" in provinces


@pytest.mark.parametrize("name", PAGES)
def test_a_language_chosen_by_hand_is_that_of_the_whole_page(name: str) -> None:
    at = open_page(name, index="pci")
    control(at, "lang").set_value("en").run()
    allowed = official_titles()
    assert [piece for piece in texts(at) if VIETNAMESE_LETTER.search(without(piece, allowed))] == []

    control(at, "lang").set_value("vi").run()
    assert [piece for piece in texts(at) if english_in(piece)] == []
