"""Native tables: columns as wide as their words need, rows as high, and pages where one is not enough."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from indices.export.content import Cell, TableData
from indices.export.slide_text import LEAST, Box, Writer, named
from indices.export.text_fit import LINE, fitted, width
from indices.i18n import NOTHING, score

LARGEST = 18
_LEAST_LINES, _LINES_OF_PIECES, _MOST_LINES = 2, 3, 5
_PAD, _SIDE = 3.5, 6.0
"""Points inside a cell over and under its words, and beside them."""
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of office programs that draws nothing: lines and fills are ours."""
_FIGURE = re.compile(r"[\d–][\d.,/*–-]*")


@dataclass(frozen=True)
class Grid:
    """A table laid out: its words by row (the heads first), widths, heights and size in points."""

    words: tuple[tuple[str, ...], ...]
    wide: tuple[float, ...]
    high: tuple[float, ...]
    size: float
    figures: tuple[bool, ...]

    @property
    def height(self) -> float:
        """Points of height altogether."""
        return sum(self.high)


def grids(table: TableData, room: float, high: float, writer: Writer) -> list[Grid]:
    """The table in one piece if it fits: smaller words, then cut cells; else in pieces under one head."""
    texts = [table.heads]
    texts += [tuple(_written(cell, at, table, writer) for at, cell in enumerate(row)) for row in table.rows]
    for size in range(LARGEST, LEAST - 1, -1):
        found = _grid(texts, room, size, [_MOST_LINES] * len(texts), writer)
        if found.height <= high and list(found.words) == texts:
            return [found]
    limits = [_LEAST_LINES] * len(texts)
    found = _grid(texts, room, LEAST, limits, writer)
    if found.height > high:
        found = _grid(texts, room, LEAST, [_LINES_OF_PIECES] * len(texts), writer)
        _keep_cut(texts, found, writer)
        return _pieces(found, high)
    # Rows whose words are cut get one line more, one after the other, as long as there is room.
    for most in range(_LEAST_LINES + 1, _MOST_LINES + 1):
        for at, row in enumerate(texts):
            if found.words[at] != row:
                tried = [*limits[:at], most, *limits[at + 1 :]]
                more = _grid(texts, room, LEAST, tried, writer)
                if more.height <= high:
                    found, limits = more, tried
    _keep_cut(texts, found, writer)
    return [found]


def _keep_cut(texts: list[tuple[str, ...]], found: Grid, writer: Writer) -> None:
    """Keep for the notes what cells could not hold."""
    for row, kept in zip(texts, found.words, strict=True):
        writer.cut += [words for words, shown in zip(row, kept, strict=True) if words != shown]


def _pieces(whole: Grid, high: float) -> list[Grid]:
    """A grid cut between rows, the head on every piece."""
    pieces: list[Grid] = []
    words, heights = [whole.words[0]], [whole.high[0]]
    for row, tall in zip(whole.words[1:], whole.high[1:], strict=True):
        if len(words) > 1 and sum(heights) + tall > high:
            pieces.append(replace(whole, words=tuple(words), high=tuple(heights)))
            words, heights = [whole.words[0]], [whole.high[0]]
        words.append(row)
        heights.append(tall)
    return [*pieces, replace(whole, words=tuple(words), high=tuple(heights))]


def _grid(texts: list[tuple[str, ...]], room: float, size: float, limits: list[int], writer: Writer) -> Grid:
    """The table at one size, its rows at most so many lines high."""
    columns = range(len(texts[0]))
    figures = tuple(all(_FIGURE.fullmatch(row[at]) for row in texts[1:]) for at in columns)
    wide = _widths(texts, room, size, writer.factor)
    words, heights = [], []
    for number, (row, most) in enumerate(zip(texts, limits, strict=True)):
        cells = [
            fitted(
                cell,
                wide[at] - 2 * _SIDE,
                largest=size,
                least=size,
                lines=most,
                bold=number == 0 or at == 0,
                factor=writer.factor,
            )
            for at, cell in enumerate(row)
        ]
        words.append(tuple(cell.words for cell in cells))
        heights.append(max(cell.n_lines for cell in cells) * size * LINE + 2 * _PAD)
    return Grid(tuple(words), wide, tuple(heights), size, figures)


def _widths(texts: list[tuple[str, ...]], room: float, size: float, factor: float) -> tuple[float, ...]:
    """A column gets its longest word, then what keeps its rows on one line, then its head."""
    around = 2 * _SIDE + 2
    least, rows, heads = [], [], []
    for at in range(len(texts[0])):
        cells = [(row[at], at == 0 or number == 0) for number, row in enumerate(texts)]
        whole = [width(words, size, bold=bold, factor=factor) for words, bold in cells]
        longest = max(
            width(word, size, bold=bold, factor=factor) for words, bold in cells for word in words.split(" ")
        )
        # A short head is not worth breaking, a long one stands on two lines.
        head = whole[0] if whole[0] < room / 9 else max(room / 9, whole[0] * 0.55)
        least.append(min(max(longest, head), room / 3) + around)
        rows.append(max(least[-1], max(whole[1:], default=0.0) + around))
        heads.append(max(rows[-1], whole[0] + around))
    if sum(least) >= room:
        return tuple(one * room / sum(least) for one in least)
    if sum(rows) > room:
        return _shared(least, rows, room)
    if sum(heads) > room:
        return _shared(rows, heads, room)
    spare = (room - sum(heads)) / len(heads)
    return tuple(one + spare for one in heads)


def _shared(least: list[float], wanted: list[float], room: float) -> tuple[float, ...]:
    """What is left over the least widths, shared by what each column wants, none getting more than that."""
    wide, open_ = list(least), {at for at, one in enumerate(least) if wanted[at] > one}
    while open_:
        spare = room - sum(wide)
        # Long texts wrap: what they are given grows slower than their length.
        shares = {at: (wanted[at] - least[at]) ** 0.7 for at in open_}
        given = {at: spare * share / sum(shares.values()) for at, share in shares.items()}
        full = {at for at in open_ if wide[at] + given[at] >= wanted[at]}
        if not full:
            for at, more in given.items():
                wide[at] += more
            break
        for at in full:
            wide[at] = wanted[at]
        open_ -= full
    return tuple(wide)


def _written(cell: Cell, at: int, table: TableData, writer: Writer) -> str:
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, str):
        return cell
    digits = table.decimals[at] if at < len(table.decimals) else 0
    return score(float(cell), writer.language, digits)


def add_table(slide: Any, grid: Grid, box: Box, writer: Writer, name: str, alt: str) -> Any:
    """Draw a grid at the top of a box."""
    place = Box(box.left, box.top, sum(grid.wide), grid.height)
    frame = slide.shapes.add_table(len(grid.words), len(grid.wide), *place.emu)
    named(frame, name, alt)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    table.horz_banding = False
    for at, wide in enumerate(grid.wide):
        table.columns[at].width = Emu(Pt(wide))
    for at_row, row in enumerate(grid.words):
        table.rows[at_row].height = Emu(Pt(grid.high[at_row]))
        for at, words in enumerate(row):
            _fill(table.cell(at_row, at), words, grid, at_row, at, writer)
    return frame


def _fill(cell: Any, words: str, grid: Grid, at_row: int, at: int, writer: Writer) -> None:
    head = at_row == 0
    cell.margin_left = cell.margin_right = Emu(Pt(_SIDE))
    cell.margin_top = cell.margin_bottom = Emu(Pt(_PAD - 1.5))
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if grid.figures[at] else PP_ALIGN.LEFT
    writer.run(paragraph, words, grid.size, bold=head or at == 0)
    colour = MSO_THEME_COLOR.BACKGROUND_1 if head else MSO_THEME_COLOR.TEXT_1
    paragraph.runs[0].font.color.theme_color = colour
    if head:
        cell.fill.solid()
        cell.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    else:
        cell.fill.background()
    _line_below(cell)


def _line_below(cell: Any) -> None:
    """A hairline under a cell, and no other border."""
    properties = cell._tc.get_or_add_tcPr()
    line = etree.fromstring(
        '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="9525" cap="flat">'
        '<a:solidFill><a:schemeClr val="tx1"><a:lumMod val="50000"/><a:lumOff val="50000"/></a:schemeClr>'
        '</a:solidFill><a:prstDash val="solid"/></a:lnB>'
    )
    properties.insert(0, line)
