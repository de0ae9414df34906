"""Decks as LibreOffice shows them: every page, every letter, nothing over anything else."""

import io
import re
from datetime import date

import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation

from indices.catalogue import load_catalogue
from indices.export.slides import deck_bytes
from indices.export.story import told
from indices.export.story_answers import answers
from indices.loaders.published import published_files, read_published
from tests.published.conftest import DATA

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


def strange() -> bytes:
    """A 4:3 master whose one layout has a title and nothing else."""
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


MASTERS = {"ours": None, "strange": strange()}
CASES = [(language, master) for language in ("vi", "en") for master in MASTERS]


@pytest.fixture(scope="module")
def stories():
    known = load_catalogue(DATA / "catalogue")
    tidy = pd.concat([read_published(path, known)[0] for path in published_files(DATA / "published")])
    found = answers(tidy, known, "Bắc Giang", 15, 2024)
    return {language: told(found, language, made_on=date(2026, 11, 24)) for language in ("vi", "en")}


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def case(request, stories, printed):
    language, master = request.param
    story = stories[language]
    return story, printed(deck_bytes(story, MASTERS[master]).content)


def test_ten_pages_whose_titles_are_the_story(case):
    story, paper = case
    pages = paper.pages
    assert len(pages) == 10
    for page, title in zip(pages, [story.title, *(one.title for one in story.slides)], strict=True):
        assert title in page


def test_every_letter_is_there_and_every_font_in_the_file(case):
    story, paper = case
    text = " ".join(paper.pages)
    assert "\ufffd" not in text and "□" not in text
    fonts = paper.fonts
    assert all(embedded for _, embedded in fonts)
    # Letters that the deck's own font lacks would bring in another one.
    assert {name.split("-")[0] for name, _ in fonts} <= {"Carlito", "Calibri", "LiberationSans", "Arial"}
    for one in story.slides:
        for note in one.footnotes:
            assert note.split(" (")[0] in text


def test_the_sentences_are_on_the_page_in_full(case):
    story, paper = case
    for page, one in zip(paper.pages[1:], story.slides, strict=True):
        if one.table is not None:
            assert all(str(row[0]) in page for row in one.table.rows)
            continue
        # Two columns of text are read line by line, and lines may end at a dash: word by word they are there.
        shown = set(re.split(r"[\s–-]+", page))
        wanted = [word for bullet in one.bullets for word in re.split(r"[\s–-]+", bullet)]
        assert [word for word in wanted if word not in shown] == []


def test_no_word_leaves_the_page_or_lies_over_another(case):
    _, paper = case
    for number, (wide, high, inside) in enumerate(PAGE.findall(paper.words()), start=1):
        words = [(*map(float, box), text) for *box, text in WORD.findall(inside)]
        over = []
        for at, (left, top, right, bottom, text) in enumerate(words):
            assert left >= -1 and top >= -1 and right <= float(wide) + 1 and bottom <= float(high) + 1, text
            for left_2, top_2, right_2, bottom_2, other in words[at + 1 :]:
                across = min(right, right_2) - max(left, left_2)
                down = min(bottom, bottom_2) - max(top, top_2)
                # Boxes are as high as a line: letters touch where more than half of it is shared.
                if across > 2 and down > 0.55 * min(bottom - top, bottom_2 - top_2):
                    over.append((number, text, other))
        assert over == []


def test_every_page_has_something_drawn_on_it(case):
    _, paper = case
    for picture in paper.pictures():
        colours = Image.open(picture).convert("RGB").getcolors(maxcolors=1 << 20)
        total = sum(count for count, _ in colours)
        assert max(count for count, _ in colours) < 0.995 * total
