"""One truth: every number of slides, report, workbook and endpoints is one that the pages show.

Three provinces, two states of knowledge; with the other tests the province in focus in both and the others in
one each, all with INDICES_FULL_TRIALS=1. The pages and the endpoints stand on a store that holds nothing
later; the files on everything, asked for as of that year: another way to the same figures. A number that
is told of an index must be on a page of that index, or on one that tells of all.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from starlette.testclient import TestClient

from indices.export.book import book_bytes
from indices.export.book_answers import book_answers
from indices.export.brief import brief_bytes
from indices.export.slides import deck_bytes
from indices.export.story import told
from indices.i18n import text
from indices.serving.api.door import Door
from indices.serving.api.moment import now_of
from indices.serving.api.routes import application
from indices.settings import ROOT, Settings, from_environment
from indices.store import Held, open_held
from tests.pages.conftest import DATA, MakeData
from tests.pages.shown import open_page, texts, unfold
from tests.unit.decks import charts, opened

INDICES = ("PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI")
ASKED = {2024: ("Bắc Giang", "Lai Châu"), 2021: ("Bắc Giang", "Hà Nội")}
"""Provinces by year of what is known."""
if os.environ.get("INDICES_FULL_TRIALS") == "1":
    ASKED = dict.fromkeys(ASKED, ("Bắc Giang", "Hà Nội", "Lai Châu"))
OF_ALL = ("overview", "method", "directive")
OF_INDEX = ("index_detail", "gap", "why", "outlook")
ANSWERS = ("status", "history", "gap", "why", "outlook")
OF_BOOK = ("source", "document_source", "number", "n_figures", "year", "draws", "learnt_cases")
"""What a workbook counts of itself (its list of sources), years without a figure, and how much was tried
and learnt from, which pages do not tell."""
OF_ANSWERS = (".history.year", ".outlook.now.learnt_cases", ".known_moves.ends.n_places")
DAY = date(2026, 11, 26)
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
Shown = dict[str, set[str]]
"""The numbers on the pages as they are written, by index; "" for all of them."""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return open_held(Settings(ROOT / "data", tmp_path_factory.mktemp("all"), ""))


def written(words: str) -> set[str]:
    return set(NUMBER.findall(words))


def ways(number: float) -> set[str]:
    """How a figure may be written: with up to four decimals, or as a percentage."""
    plain = {f"{abs(number):,.{digits}f}" for digits in range(5)} | {f"{abs(number) * 100:.0f}"}
    return {one.translate(str.maketrans(",.", ".,")) for one in plain} | {str(number)}


def on_pages(slug: str) -> Shown:
    found: Shown = {}
    shared = {one for name in OF_ALL for words in shown_on(name, slug) for one in written(words)}
    for index in INDICES:
        pages = (shown_on(name, slug, index=index.lower()) for name in OF_INDEX)
        found[index] = shared | {one for page in pages for words in page for one in written(words)}
    return {**found, "": set().union(*found.values())}


def shown_on(name: str, slug: str, **choices: str) -> list[str]:
    return texts(unfold(open_page(name, province=slug, **choices)))


def missing_of_deck(content: bytes, indices: list[str], shown: Shown) -> Iterator[tuple[Any, ...]]:
    for at, page in enumerate(opened(content).slides):
        known = shown[indices[at]]
        words = [page.notes_slide.notes_text_frame.text]
        for shape in page.shapes:
            words += [shape.text_frame.text] if shape.has_text_frame else []
            words += [cell.text for cell in shape.table.iter_cells()] if shape.has_table else []
        cells = [cell for one in charts(page) for row in one.sheet for cell in row]
        words += [cell for cell in cells if isinstance(cell, str)]
        yield from ((at, one) for said in words for one in written(said) - known)
        yield from ((at, cell) for cell in cells if is_number(cell) and not ways(cell) & known)


def missing_of_report(content: bytes, shown: Shown) -> Iterator[str]:
    document = docx.Document(io.BytesIO(content))
    words = [one.text for one in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for said in words:
        yield from written(said) - shown[""]


def missing_of_book(content: bytes, shown: Shown) -> Iterator[tuple[Any, ...]]:
    own = {text(f"book.head_{name}", "vi") for name in OF_BOOK}
    for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True):
        heads: tuple[Any, ...] = ()
        for row in sheet.iter_rows(values_only=True):
            if not heads and sum(cell is not None for cell in row) > 2:
                heads = row
                continue
            index = next((cell for cell in row if cell in shown), "")
            for head, cell in zip(heads, row, strict=False):
                if is_number(cell) and head not in own and not ways(cell) & shown[index]:
                    yield sheet.title, index, head, cell


def missing_of_answers(client: TestClient, slug: str, shown: Shown) -> Iterator[tuple[Any, ...]]:
    for index in INDICES:
        for name in ANSWERS:
            answer = client.get(f"/{name}", params={"index": index.lower(), "province": slug})
            for path, number in numbers_in(answer.json()):
                if path not in OF_ANSWERS and not ways(number) & shown[index]:
                    yield index, name, path, number


def numbers_in(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from numbers_in(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner, path)
    elif is_number(value):
        yield path, value


def is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


@pytest.mark.parametrize("year", ASKED)
def test_every_number_that_leaves_the_program_is_on_a_page(
    year: int, everything: Held, make_data: MakeData
) -> None:
    held_files = sorted((DATA / "published").glob("*/*.csv"))
    make_data(*(f"{file.parent.name}/{file.stem}" for file in held_files if int(file.stem[:4]) <= year))
    figures, catalogue = everything.store.table(), everything.catalogue
    own = open_held(from_environment())
    with TestClient(application(now_of(own), Door(lambda: own.store))) as client:
        for province in ASKED[year]:
            slug = catalogue.provinces.get(province).slug
            shown = on_pages(slug)
            answered = book_answers(figures, catalogue, province, 15, year)
            story = told(answered.base, "vi", made_on=DAY)
            indices = ["", *(slide.index or "" for slide in story.slides)]

            assert list(missing_of_deck(deck_bytes(story).content, indices, shown)) == []
            assert list(missing_of_report(brief_bytes(story), shown)) == []
            assert list(missing_of_book(book_bytes(answered, "vi", made_on=DAY), shown)) == []
            assert list(missing_of_answers(client, slug, shown)) == []
