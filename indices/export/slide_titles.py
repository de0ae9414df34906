"""The title of a slide, as large as its place allows, and its number: on any master."""

from __future__ import annotations

from typing import Any

from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from indices.export.masters import placeholder_kind
from indices.export.slide_layout import Areas, box_of
from indices.export.slide_text import FOOT, INSET, LANGS, Writer
from indices.export.text_fit import LINE
from indices.i18n import Language, text

TITLE, ONE_LINE, SMALLEST_TITLE = 28, 24, 18
"""Points of a title, of one made smaller to stand on one line, and of the smallest."""
_SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def write_title(
    page: Any,
    words: str,
    place: Areas,
    writer: Writer,
    largest: float = TITLE,
    one_line: float = ONE_LINE,
) -> Any:
    """The title on two lines; on one where it fits there in `one_line` points or more."""
    shape = page.shapes.title
    if shape is None:
        shape = _new_title(page)
    box = place.title
    if box_of(shape) != box:
        shape.left, shape.top, shape.width, shape.height = box.emu
    largest = min(largest, _title_size(page, shape) or largest)
    size = max(SMALLEST_TITLE, largest)
    room = box.wide - 2 * INSET
    single = size
    while single > one_line and writer.lines(words, room, single, bold=True) > 1:
        single -= 1
    if writer.lines(words, room, single, bold=True) == 1:
        size = single
    while size > SMALLEST_TITLE and (
        writer.lines(words, room, size, bold=True) > 2
        or writer.lines(words, room, size, bold=True) * size * LINE > box.high + 4
    ):
        size -= 1
    fitting = max(1, int((box.high + 4) // (size * LINE)))
    shown, size, _ = writer.fit(words, room, largest=size, least=size, lines=max(2, fitting), bold=True)
    writer.paragraphs(shape.text_frame, [("", shown)], size)
    return shape


def write_number(page: Any, deck: Any, language: Language) -> None:
    """The slide's number where the layout or the master has a place for it, else at the foot."""
    sheets = (page.slide_layout, page.slide_layout.slide_master)
    found = [shape for sheet in sheets for shape in sheet.placeholders if placeholder_kind(shape) == "sldNum"]
    number = len(deck.slides)
    holder, spot, size = "", "", ""
    if found:
        ph = found[0]._element.xpath(".//p:nvPr/p:ph")[0]
        keys = "".join(f' {key}="{ph.get(key)}"' for key in ("type", "sz", "idx") if ph.get(key))
        holder = f"<p:ph{keys}/>"
    else:
        wide, high = Emu(Pt(60)), Emu(Pt(22))
        left = deck.slide_width - wide - Emu(Pt(8))
        top = deck.slide_height - high - Emu(Pt(4))
        spot = (
            f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        )
        size = f' sz="{FOOT * 100}"'
    tree = page.shapes._spTree
    tree.append(
        parse_xml(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{900 + number}" name=""/><p:cNvSpPr/>'
            f"<p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{spot}</p:spPr><p:txBody><a:bodyPr/>"
            f'<a:lstStyle/><a:p><a:fld id="{_FIELD}" type="slidenum">'
            f'<a:rPr lang="{LANGS[language]}"{size}/><a:t>{number}</a:t></a:fld></a:p>'
            "</p:txBody></p:sp>"
        )
    )
    tree[-1].xpath(".//*[local-name()='cNvPr']")[0].set("name", text("deck.number_name", language))


def _title_size(page: Any, shape: Any) -> float | None:
    """Points of the title as its layout or master says, None where neither does."""
    layout = page.slide_layout
    master = layout.slide_master
    kind = placeholder_kind(shape)
    for sheet in (layout, master):
        for one in sheet.placeholders:
            if placeholder_kind(one) in (kind, "title"):
                found = one._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
                if found:
                    return int(found[0]) / 100
    found = master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    return int(found[0]) / 100 if found else None


def _new_title(page: Any) -> Any:
    """A title on a slide whose layout has none, so that the slide has a name for who hears it read."""
    element = parse_xml(
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="800" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    page.shapes._spTree.insert(2, element)
    return page.shapes.title
