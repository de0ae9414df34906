"""Texts from outside that a program could run, link to or be led astray by: in files they stay texts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from indices.catalogue import SourceSpec
from indices.charts import LIGHT, Caption, rank_lines
from indices.export.book import workbook
from indices.export.brief import brief_bytes
from indices.export.content import ChartData, SeriesData, Slide, Story, TableData
from indices.export.images import picture
from indices.export.slides import deck_bytes
from indices.export.tables import workbook_bytes
from tests.unit import opened_book, opened_brief
from tests.unit.briefing import DAY, TABLE, catalogue
from tests.unit.conftest import figures
from tests.unit.decks import charts, opened, words
from tests.unit.test_images import needs_browser

TEXTS = (
    '=HYPERLINK("http://q7.example","q7")',
    "+q7",
    "-q7",
    "@q7",
    "{=q7()}",
    "\uff1dq7",
    "http://q7.example",
    "internal:q7!A1",
    "<script>q7()</script>&amp;",
    "q7\ntwo lines",
    "q7 \u202egnp.exe\u202c",
    "q7 " + "rất dài " * 40,
)
"""Beginnings of formulas, addresses, markup, two lines, signs that turn a text about, a very long one."""
STAYS = [" ".join(one.split()) for one in TEXTS]


def parts_of(content: bytes) -> dict[str, str]:
    """Every part of an office file that is XML; those of a workbook within it too."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".xlsx"):
                found |= {f"{name}/{inner}": part for inner, part in parts_of(package.read(name)).items()}
            elif name.endswith((".xml", ".rels")):
                found[name] = package.read(name).decode()
    return found


def assert_runs_nothing(content: bytes) -> None:
    """No formula, no link to outside, no field and no program in an office file; its XML is whole."""
    for name, part in parts_of(content).items():
        elements = list(ElementTree.fromstring(part).iter())
        tags = {element.tag.rpartition("}")[2] for element in elements}
        if "/worksheets/" in name:
            assert "f" not in tags, name
        assert "hlinkClick" not in tags, name
        # Links of ours lead to other sheets of the same book.
        links = [element for element in elements if element.tag.endswith("}hyperlink")]
        assert [link.attrib for link in links if "q7" in "".join(link.attrib.values())] == [], name
        assert 'TargetMode="External"' not in part, name
        instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<", part)
        assert {one.split()[0] for one in instructions} <= {"PAGE"}, name


def hostile_slide() -> Slide:
    series = SeriesData(TEXTS[0], "other", tuple(float(n) for n in range(len(TEXTS))))
    chart = ChartData("bar", TEXTS[8], TEXTS, (series,), axis_title=TEXTS[1])
    said = (TEXTS[0], TEXTS[8])
    return Slide(
        "standing",
        None,
        TEXTS[0],
        TEXTS[:3],
        chart,
        source=TEXTS[6],
        footnotes=said,
        alt=TEXTS[8],
        notes=said,
    )


TABLE_OF_TEXTS = TableData(("=q7", "@q7"), tuple((one, one) for one in TEXTS))


def hostile_story(*slides: Slide) -> Story:
    return Story(TEXTS[0], TEXTS[8], "B", "vi", "24/11/2026", slides)


def test_a_deck_and_the_workbooks_of_its_charts() -> None:
    table = Slide("index", "X", TEXTS[1], table=TABLE_OF_TEXTS, source=TEXTS[7])
    content = deck_bytes(hostile_story(hostile_slide(), table)).content
    assert_runs_nothing(content)
    deck = opened(content)
    assert deck.slides[0].shapes.title.text_frame.text == TEXTS[0]
    assert STAYS[8] in words(deck.slides[0])
    (drawn,) = charts(deck.slides[1])
    assert drawn.sheet[0] == (None, TEXTS[0])
    assert [" ".join(str(row[0]).split()) for row in drawn.sheet[1:]] == STAYS


def test_a_report() -> None:
    content = brief_bytes(hostile_story(replace(hostile_slide(), chart=None, table=TABLE_OF_TEXTS)))
    assert_runs_nothing(content)
    said = " ".join(opened_brief.paragraphs(opened_brief.opened(content)))
    for one in STAYS[:3]:
        assert one in said
    cells = {
        " ".join(cell.split()) for row in opened_brief.grid(opened_brief.opened(content)) for cell in row
    }
    assert set(STAYS) <= cells


def hostile_catalogue():
    """Every name, title and address of a small catalogue is such a text."""
    made = catalogue(sources={"s": SourceSpec("s", TEXTS[0], TEXTS[8], TEXTS[1])})
    indices = {code: replace(spec, name_vi=TEXTS[0], name_en=TEXTS[8]) for code, spec in made.indices.items()}
    return replace(made, indices=indices)


def hostile_figures():
    """The small table, each row with such a text as source and note."""
    table = figures(TABLE)
    some = [TEXTS[at % len(TEXTS)] for at in range(len(table))]
    return table.assign(source=some, note=some)


def test_a_workbook() -> None:
    content = workbook(hostile_figures(), hostile_catalogue(), "B", 2, "vi", made_on=DAY)
    assert_runs_nothing(content)
    book = opened_book.opened(content)
    held = {value for row in opened_book.rows(book["Nguồn"]) for value in row.values()}
    assert {TEXTS[0], TEXTS[8]} <= held
    for sheet in book:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            assert cell.data_type != "f", (sheet.title, cell.coordinate)
            assert cell.hyperlink is None or cell.hyperlink.target is None, (sheet.title, cell.coordinate)


def test_a_table_with_its_notes() -> None:
    table = hostile_figures()
    content = workbook_bytes(table, hostile_catalogue(), "vi")
    assert_runs_nothing(content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    held = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert {one.replace("\r", "") for one in TEXTS} <= held


@needs_browser
@pytest.mark.parametrize("one", TEXTS)
def test_a_picture(one: str) -> None:
    caption = Caption(one, one, one)
    history = pd.DataFrame(
        {
            "province": one,
            "year": [2021, 2022],
            "score": [64.7, 72.8],
            "place": [31, 2],
            "computed": False,
            "n_ranked": 63,
            "basis": "published",
            "segment": 1,
        }
    )
    drawn = rank_lines(history, focal=one, target_rank=15, caption=caption, language="vi", theme=LIGHT)
    found = picture(drawn, "slide", "svg")
    assert isinstance(found, bytes)
    tree = ElementTree.fromstring(found)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert not tags & {"script", "a", "foreignObject", "image", "iframe"}
    named = {name.rpartition("}")[2] for element in tree.iter() for name in element.attrib}
    assert [name for name in named if name.startswith("on")] == []
    said = "".join("".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text"))
    assert "".join(one.split())[:12] in "".join(said.split())


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800"])
def test_signs_that_no_file_can_hold(sign: str) -> None:
    told = f"a{sign}b"
    chart = ChartData("bar", told, (told,), (SeriesData(told, "other", (1.0,)),))
    table = TableData((told,), ((told,),))
    slides = (
        Slide(
            "standing", None, told, (told,), chart, source=told, footnotes=(told,), alt=told, notes=(told,)
        ),
        Slide("index", "X", told, table=table),
    )
    story = Story(told, told, "B", "vi", "24/11/2026", slides)
    assert_runs_nothing(deck_bytes(story).content)
    assert_runs_nothing(brief_bytes(story))
