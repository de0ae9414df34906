"""Our own master: 16:9, three layouts, a font that office PCs have, the colours of the pages' charts."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from indices.charts.theme import LIGHT

FONT = "Calibri"
"""On every PC with Microsoft Office, and carries every Vietnamese letter; LibreOffice has Carlito for it."""
WIDTH, HEIGHT = 13.333, 7.5
_LEFT, _ROOM = 0.6, 12.13
_KEPT = ("Title Slide", "Title and Content", "Title Only")
_BOXES = {
    "title": (_LEFT, 0.42, _ROOM, 1.08),
    "body": (_LEFT, 1.65, _ROOM, 5.2),
    "sldNum": (11.73, 6.95, 1.0, 0.35),
    "dt": (_LEFT, 6.95, 3.0, 0.35),
    "ftr": (3.8, 6.95, 7.6, 0.35),
    "ctrTitle": (1.0, 1.9, 11.3, 1.9),
    "subTitle": (1.0, 4.05, 11.3, 1.6),
}
"""Left, top, width and height in inches, by kind of placeholder."""
_COLOURS = {
    "dk1": LIGHT.text,
    "lt1": LIGHT.background,
    "dk2": LIGHT.muted,
    "lt2": LIGHT.panel,
    "accent1": LIGHT.focal,
    "accent2": LIGHT.missed,
    "accent3": LIGHT.met,
    "accent4": LIGHT.near,
    "accent5": LIGHT.reference,
    "accent6": LIGHT.other,
    "hlink": LIGHT.focal,
    "folHlink": LIGHT.muted,
}
_INK = (
    '<a:solidFill xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:schemeClr val="tx1"/></a:solidFill>'
)
_SIZES = {"titleStyle": 28, "bodyStyle": 18}


@cache
def own_master() -> bytes:
    """A presentation without slides, made from python-pptx's default template."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    _recolour(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _restyle(master)
    for sheet in (master, *deck.slide_layouts):
        for shape in sheet.placeholders:
            _place(shape)
    _mark(master, 0.0, 0.0, WIDTH, 0.1)
    _mark(next(iter(deck.slide_layouts)), 0.6, 2.0, 0.08, 3.6)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _recolour(theme: Any) -> None:
    """The theme with our colours and font, its shadows and slanting edges taken out."""
    tree = etree.fromstring(theme.blob)
    for name, colour in _COLOURS.items():
        for slot in tree.iter(qn(f"a:{name}")):
            for child in list(slot):
                slot.remove(child)
            etree.SubElement(slot, qn("a:srgbClr"), val=colour.removeprefix("#"))
    for kind in ("a:majorFont", "a:minorFont"):
        for fonts in tree.iter(qn(kind)):
            for face in list(fonts):
                if face.tag == qn("a:latin"):
                    face.set("typeface", FONT)
                elif face.tag == qn("a:font"):
                    fonts.remove(face)  # a face for each script: ours writes all we need
    for style in tree.iter(qn("a:effectStyle")):
        for child in list(style):
            style.remove(child)
        etree.SubElement(style, qn("a:effectLst"))
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _restyle(master: Any) -> None:
    """Sizes of titles and texts; titles bold and from the left."""
    styles = master._element.find(qn("p:txStyles"))
    for name, size in _SIZES.items():
        for level in styles.find(qn(f"p:{name}")):
            font = level.find(qn("a:defRPr"))
            if font is None:
                continue
            font.set("sz", str(size * 100))
            if name == "titleStyle":
                font.set("b", "1")
                level.set("algn", "l")
            elif re.fullmatch(r".*lvl1pPr", str(level.tag)):
                level.set("marL", str(Inches(0.2)))
                level.set("indent", str(-Inches(0.2)))


def _place(shape: Any) -> None:
    """A placeholder of the master or of a layout at its place in our frame."""
    kind = str(shape._element.nvSpPr.nvPr.find(qn("p:ph")).get("type", "obj"))
    left, top, wide, high = _BOXES.get(kind, _BOXES["body"])
    shape.left, shape.top = Inches(left), Inches(top)
    shape.width, shape.height = Inches(wide), Inches(high)
    frame = shape.text_frame
    if kind in ("title", "ctrTitle"):
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if kind == "ctrTitle" else MSO_ANCHOR.MIDDLE
    for paragraph in frame.paragraphs:
        if kind == "subTitle":
            paragraph.alignment = PP_ALIGN.LEFT
    if kind in ("ctrTitle", "subTitle"):
        _sized(shape, 40 if kind == "ctrTitle" else 20)


def _sized(shape: Any, size: int) -> None:
    """The first level of a placeholder's own style, from the left and `size` points large."""
    style = shape._element.txBody.find(qn("a:lstStyle"))
    level = style.find(qn("a:lvl1pPr"))
    if level is None:
        level = etree.SubElement(style, qn("a:lvl1pPr"))
    level.set("algn", "l")
    level.set("marL", "0")
    level.set("indent", "0")
    font = level.find(qn("a:defRPr"))
    if font is None:
        font = etree.SubElement(level, qn("a:defRPr"))
    font.set("sz", str(size * 100))
    for fill in font.findall(qn("a:solidFill")):
        font.remove(fill)
    font.insert(0, etree.fromstring(_INK))


def _mark(sheet: Any, left: float, top: float, wide: float, high: float) -> None:
    """A plain strip of the focal colour behind everything else."""
    tree = sheet.shapes._spTree
    strip = etree.fromstring(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<p:nvSpPr><p:cNvPr id="90" name="Strip"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{Inches(left)}" y="{Inches(top)}"/>'
        f'<a:ext cx="{Emu(Inches(wide))}" cy="{Emu(Inches(high))}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    tree.insert(2, strip)
