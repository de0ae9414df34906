"""Masters of offices: layouts found by their placeholders, strange ones, broken ones, dangerous ones."""

import io
import re
import struct

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from indices.export import master_file, slides
from indices.export.master_file import checked_master
from indices.export.masters import opened as opened_master
from indices.export.own_master import own_master
from indices.export.slides import deck_bytes
from indices.i18n import LANGUAGES, problem_sentence
from indices.problem import Problem
from tests.unit.briefing import briefing
from tests.unit.decks import charts, notes, opened, overlapping, parts, words, zipped

OLD_TEXT = "Trang cũ của văn phòng"


def saved(deck) -> bytes:
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def master(*layouts: str, n_slides: int = 1, font: str = "") -> bytes:
    """A 4:3 master of python-pptx's default template with these layouts only (none named: all)."""
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        if layouts and layout.name not in layouts:
            deck.slide_layouts.remove(layout)
    for _ in range(n_slides):
        page = deck.slides.add_slide(deck.slide_layouts[0])
        if page.shapes.title is not None:
            page.shapes.title.text_frame.text = OLD_TEXT
    content = saved(deck)
    if font:
        files = parts(content)
        theme = files["ppt/theme/theme1.xml"].replace(
            b'latin typeface="Calibri"', f'latin typeface="{font}"'.encode()
        )
        content = zipped(files | {"ppt/theme/theme1.xml": theme})
    return content


def codes(content: bytes) -> list[str]:
    return [problem.code for problem in deck_bytes(briefing(), content).problems]


def test_ours_is_wide_has_three_layouts_and_nothing_missing():
    found = opened_master(None)
    assert {kind: layout.name for kind, layout in found.layouts.items()} == {
        "title": "Title Slide",
        "body": "Title and Content",
        "plain": "Title Only",
    }
    assert found.problems == ()
    assert found.deck.slide_width / found.deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert own_master() is own_master()


def test_layouts_are_found_by_their_placeholders_not_by_their_names():
    deck = Presentation()
    for at, layout in enumerate(deck.slide_layouts):
        layout.name = f"Bố cục {at}"
    found = opened_master(saved(deck))
    assert [found.layouts[kind].name for kind in ("title", "body", "plain")] == [
        "Bố cục 0",
        "Bố cục 1",
        "Bố cục 5",
    ]


@pytest.mark.parametrize(
    ("layouts", "missing"),
    [
        ((), []),
        (("Title Slide", "Title Only"), ["master_no_body"]),
        (("Title and Content",), ["master_no_title", "master_no_plain"]),
        (("Title Only",), ["master_no_title", "master_no_body"]),
        (("Blank",), ["master_no_title", "master_no_body", "master_no_plain"]),
        (("Section Header",), ["master_no_title", "master_no_body", "master_no_plain"]),
        (("Vertical Title and Text", "Title Slide"), ["master_no_body", "master_no_plain"]),
    ],
)
def test_a_strange_master_makes_a_whole_deck_and_says_what_it_lacks(layouts, missing):
    made = deck_bytes(briefing(), master(*layouts))
    assert [problem.code for problem in made.problems] == missing
    assert all(problem.severity == "warning" for problem in made.problems)
    deck = opened(made.content)
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    told = briefing()
    assert [page.shapes.title.text_frame.text for page in deck.slides] == [
        told.title,
        *(s.title for s in told.slides),
    ]
    assert len(charts(deck.slides[2])) == 1
    assert overlapping(deck) == []
    for page, one in zip(list(deck.slides)[1:], told.slides, strict=True):
        for sentence in one.bullets:
            assert sentence in words(page) or sentence in notes(page)
        assert next(iter(page.shapes)) == page.shapes.title
        empty = [s for s in page.placeholders if s.has_text_frame and not s.text_frame.text]
        assert [
            s
            for s in empty
            if s.placeholder_format.type is not None and "NUMBER" not in str(s.placeholder_format.type)
        ] == []


def test_its_slides_go_and_its_theme_stays():
    files = parts(deck_bytes(briefing(), master(n_slides=3, font="Tahoma")).content)
    assert len([name for name in files if re.match(r"ppt/slides/slide\d+\.xml$", name)]) == 6
    assert all(OLD_TEXT.encode() not in content for content in files.values())
    assert b'latin typeface="Tahoma"' in files["ppt/theme/theme1.xml"]
    assert not any("thumbnail" in name for name in files)
    for name, content in files.items():
        if name.startswith("ppt/slides/slide"):
            assert b"latin typeface" not in content


def test_sections_and_shows_that_name_its_slides_go_with_them():
    files = parts(master(n_slides=2))
    root = files["ppt/presentation.xml"].decode()
    ids = re.findall(r'<p:sldId [^>]*id="(\d+)"', root)
    section = (
        '<p:custShowLst><p:custShow name="s" id="0"><p:sldLst/></p:custShow></p:custShowLst>',
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="a" id="{1}">'
        f'<p14:sldIdLst><p14:sldId id="{ids[0]}"/></p14:sldIdLst></p14:section>'
        "</p14:sectionLst></p:ext></p:extLst>",
    )
    root = re.sub(r"<p:extLst>.*</p:extLst>", "", root).replace(
        "</p:presentation>", "".join(section) + "</p:presentation>"
    )
    made = deck_bytes(briefing(), zipped(files | {"ppt/presentation.xml": root.encode()}))
    assert made.problems == ()
    found = parts(made.content)["ppt/presentation.xml"].decode()
    assert "sectionLst" not in found and "custShow" not in found


def test_a_template_is_read_like_a_presentation():
    files = parts(master())
    types = files["[Content_Types].xml"].replace(b"presentation.main+xml", b"template.main+xml")
    assert codes(zipped(files | {"[Content_Types].xml": types})) == []


def with_part(name: str, content: bytes) -> bytes:
    return zipped(parts(master()) | {name: content})


def lying_size() -> bytes:
    """A package that states gigabytes in its list of contents."""
    content = bytearray(with_part("ppt/media/a.bin", b"0" * 1000))
    at = content.rfind(b"ppt/media/a.bin") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 3_000_000_000)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(master())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


BROKEN = {
    "no file of PowerPoint": (b"xin chao", "master_not_powerpoint"),
    "nothing": (b"", "master_not_powerpoint"),
    "a workbook": (
        zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
        "master_not_powerpoint",
    ),
    "any package": (zipped({"a.txt": b"a"}), "master_not_powerpoint"),
    "the old format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "master_old"),
    "cut off": (master()[:9000], "master_damaged"),
    "without its main part": (
        zipped(
            {name: content for name, content in parts(master()).items() if name != "ppt/presentation.xml"}
        ),
        "master_damaged",
    ),
    "without its theme": (
        zipped({n: c for n, c in parts(master()).items() if "theme" not in n}),
        "master_damaged",
    ),
    "main part no XML": (
        zipped(parts(master()) | {"ppt/presentation.xml": b"<p:presentation"}),
        "master_damaged",
    ),
    "macros": (with_part("ppt/vbaProject.bin", b"x"), "master_macros"),
    "macros by its kind": (
        zipped(
            {
                name: content.replace(
                    b"vnd.openxmlformats-officedocument.presentationml.presentation.main",
                    b"vnd.ms-powerpoint.presentation.macroEnabled.main",
                )
                for name, content in parts(master()).items()
            }
        ),
        "master_macros",
    ),
    "entities": (
        with_part("ppt/x.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "master_unsafe",
    ),
    "a bomb that says so": (lying_size(), "master_too_large"),
    "a password": (encrypted(), "master_password"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_master_gives_a_word_and_the_deck_on_ours(kind):
    content, code = BROKEN[kind]
    made = deck_bytes(briefing(), content)
    assert [(problem.code, problem.severity) for problem in made.problems] == [(code, "error")]
    deck = opened(made.content)
    assert len(deck.slides) == 6
    assert deck.slide_width == Inches(13.333)
    for language in LANGUAGES:
        said = problem_sentence(made.problems[0], language)
        assert said.endswith(".") and "{" not in said


def test_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    content = with_part("ppt/slides/big.xml", b"<a>" + b" " * 3_000_000 + b"</a>")
    assert isinstance(checked_master(content), bytes)
    for name, limit in (
        ("MOST_UNPACKED", 1_000_000),
        ("MOST_XML", 2_000_000),
        ("MOST_MEMBERS", 5),
        ("MOST_BYTES", 500),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(master_file, name, limit)
            found = checked_master(content)
            assert isinstance(found, Problem) and found.code == "master_too_large", name


def test_a_master_without_layouts_is_not_used():
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        deck.slide_layouts.remove(layout)
    assert codes(saved(deck)) == ["master_no_layouts"]


def test_a_title_at_the_foot_leaves_the_rest_above_it():
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    title = deck.slide_layouts[0].placeholders[0]
    title.left, title.top, title.width, title.height = Inches(0.5), Inches(5.7), Inches(9), Inches(1)
    made = opened(deck_bytes(briefing(), saved(deck)).content)
    assert overlapping(made) == []
    page = made.slides[2]
    chart = next(shape for shape in page.shapes if shape.has_chart)
    assert chart.top + chart.height <= page.shapes.title.top


def test_the_numbers_of_slides_stand_where_the_master_has_them():
    page = opened(deck_bytes(briefing(), master()).content).slides[1]
    number = list(page.shapes)[-1]
    assert number._element.xpath(".//p:ph/@type") == ["sldNum"]
    deck = Presentation()
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in list(sheet.placeholders):
            if shape._element.xpath(".//p:ph/@type")[:1] == ["sldNum"]:
                shape._element.getparent().remove(shape._element)
    page = opened(deck_bytes(briefing(), saved(deck)).content).slides[1]
    number = list(page.shapes)[-1]
    assert not number.is_placeholder
    assert number._element.find(f".//{qn('a:fld')}").get("type") == "slidenum"


def test_a_fault_that_shows_only_when_a_slide_is_made_leaves_the_deck_on_ours(monkeypatch):
    whole = slides.areas

    def areas(found, layout, **more):
        if found.deck.slide_width == 9144000:
            raise KeyError("a part that is not there")
        return whole(found, layout, **more)

    monkeypatch.setattr(slides, "areas", areas)
    made = deck_bytes(briefing(), master())
    assert [problem.code for problem in made.problems] == ["master_damaged"]
    assert len(opened(made.content).slides) == 6
