"""The form of a report of a Vietnamese office: page, letters, head, tables (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from indices.export.text_fit import n_lines
from indices.export.writable import plain_text
from indices.i18n import Language

FONT = "Times New Roman"
SIZE, TABLE_SIZE, NOTE_SIZE = 14, 11, 11
"""Points of the text, of tables, and of sources and notes."""
PAGE = (Cm(21), Cm(29.7))
TOP, BOTTOM, LEFT, RIGHT = Cm(2), Cm(2), Cm(3), Cm(1.5)
INSIDE = PAGE[0] - LEFT - RIGHT
"""Width between the margins."""
_EMU = 12700
"""Units of the file in a point."""
CENTIMETRE = 360000 / _EMU
"""Points of a centimetre."""
PAGE_ROOM = (PAGE[1] - TOP - BOTTOM) / _EMU - 24
"""Points of text a page takes; paragraphs that stay together leave some of it empty."""
_LINE, _NARROWER = 1.15, 0.92
"""Height of a line in heights of its letters; how much narrower Times is than Arial."""
_LANGUAGE = {"vi": "vi-VN", "en": "en-GB"}
_LONGEST_PROPERTY = 255
_FIXED = (1980, 1, 1, 0, 0, 0)
_Run = tuple[str, bool, bool]
"""Words, whether bold, whether italic."""


def blank(title: str, language: Language) -> Document:
    """An empty A4 report in the office's margins and letters, its pages numbered."""
    document: Document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = Cm(1)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    _speak(document, language)
    _number_pages(document)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = plain_text(title)[:_LONGEST_PROPERTY]
    properties.language = _LANGUAGE[language]
    return document


def paragraph(
    place: Document | _Cell,
    runs: Sequence[_Run] | str,
    *,
    size: float = SIZE,
    align: str = "justify",
    after: float = 3,
    first_line: bool = False,
    together: bool = False,
) -> Paragraph:
    """A paragraph of runs; `together` keeps it on the page of the next one."""
    made: Paragraph = place.add_paragraph()
    fill(made, runs, size=size)
    made.alignment = _ALIGN[align]
    form = made.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(after), 1.0
    form.first_line_indent = Cm(1) if first_line else None
    form.keep_with_next = together
    form.widow_control = True
    return made


def fill(made: Paragraph, runs: Sequence[_Run] | str, *, size: float) -> None:
    """Write runs into a paragraph."""
    for words, bold, italic in [(runs, False, False)] if isinstance(runs, str) else runs:
        run: Run = made.add_run(plain_text(words))
        run.font.size, run.bold, run.italic = Pt(size), bold, italic


def grid(
    document: Document,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    aligns: Sequence[str],
) -> Table:
    """A ruled table whose headings repeat on every page; `widths` are shares of the whole."""
    table: Table = document.add_table(rows=1 + len(rows), cols=len(heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_widths(table, widths)
    lines: list[tuple[Sequence[str], bool]] = [(heads, True), *((row, False) for row in rows)]
    for row, (cells, is_head) in zip(table.rows, lines, strict=True):
        _mark_row(row, "w:cantSplit")
        for cell, words, align in zip(row.cells, cells, aligns, strict=True):
            fill(cell.paragraphs[0], [(words, is_head, False)], size=TABLE_SIZE)
            cell.paragraphs[0].alignment = _ALIGN["center" if is_head else align]
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.vertical_alignment = 1
    _mark_row(table.rows[0], "w:tblHeader")
    return table


def bare(document: Document, widths: Sequence[float]) -> Table:
    """A table of one row without lines, for what stands side by side."""
    table: Table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    _set_widths(table, widths)
    for cell in table.rows[0].cells:
        cell._tc.remove(cell.paragraphs[0]._p)
    return table


def put_picture(place: Paragraph, content: bytes, alt: str, *, highest: float) -> None:
    """A picture as wide as the text, at most `highest` cm high, told in words to who cannot see it."""
    shape = place.add_run().add_picture(io.BytesIO(content), width=INSIDE)
    if shape.height > Cm(highest):
        shape.width = Emu(int(shape.width * Cm(highest) / shape.height))
        shape.height = Cm(highest)
    shape._inline.docPr.set("descr", plain_text(alt))
    for side in ("distT", "distB", "distL", "distR"):  # else programs keep clear of it as they like
        shape._inline.set(side, "0")


def height_of(document: Document) -> float:
    """About how many points of height the document takes, were it one long page."""
    high: float = sum(_height(made, INSIDE / _EMU) for made in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            cells = row.cells
            high += max(
                sum(_height(made, cell.width / _EMU - 11) for made in cell.paragraphs) for cell in cells
            )
    return high


def _height(made: Paragraph, room: float) -> float:
    sizes = [run.font.size.pt for run in made.runs if run.font.size is not None]
    size = max(sizes, default=SIZE)
    bold = bool(made.runs) and all(run.bold for run in made.runs)
    after = made.paragraph_format.space_after
    lines = n_lines(made.text, room, size, bold=bold, factor=_NARROWER)
    return lines * size * _LINE + (after.pt if after is not None else 0)


def written(document: Document, made_on: datetime) -> bytes:
    """The document as DOCX, nothing in it that depends on when it was written but `made_on`."""
    properties = document.core_properties
    properties.created = properties.modified = made_on
    properties.revision = 1
    buffer, fixed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, _FIXED)
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, made.read(name))
    return fixed.getvalue()


_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    for column, share in zip(table.columns, widths, strict=True):
        wide = Emu(int(INSIDE * share / sum(widths)))
        column.width = wide  # LibreOffice goes by the columns, Word by the cells
        for cell in column.cells:
            cell.width = wide


def _mark_row(row: object, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]  # made by the library at run time


def _speak(document: Document, language: Language) -> None:
    """The language that the program checks the spelling in."""
    for properties in document.styles.element.iter(qn("w:rPr")):
        for known in properties.findall(qn("w:lang")):
            properties.remove(known)
    spoken = OxmlElement("w:lang")
    for kind in ("w:val", "w:eastAsia"):
        spoken.set(qn(kind), _LANGUAGE[language])
    document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).append(
        spoken
    )


def _number_pages(document: Document) -> None:
    """The number of the page at the top of every page but the first, as the decree has it."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    made = section.header.paragraphs[0]
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = made.add_run()
    run.font.size = Pt(13)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        if words:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = words
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
