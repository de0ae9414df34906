"""Questions written as sheets: headings that stay, real numbers in their formats, charts, print set-up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indices.charts.theme import LIGHT
from indices.export.book_charts import FONT, WIDTH, height_of, native_chart
from indices.export.book_model import Figure, Question
from indices.export.book_widths import (
    DIGIT,
    PADDING,
    POINTS_A_PIXEL,
    SIZE,
    column_width,
    lines_of,
    room_of,
    span_of,
)
from indices.export.tables import FORMULA_SIGNS
from indices.export.writable import plain_text

HEADER = 3
"""The row of the headings, counted from 0: the title, how to read it and an empty row stand above."""
_TITLE_SIZE, _LINE = 13, 13.5
_ROW = 15.0
"""Height of a row that nobody set, in points."""
_GAP, _COLUMN = 20, 64
"""Px between the table and its charts, and of a column whose width nobody set."""
_BESIDE = math.ceil((WIDTH + _GAP) / _COLUMN)
"""Columns that a chart covers."""
_A4 = 9
_ACROSS, _DOWN = 784.0, 509.0
"""Points of an A4 sheet on its side between the margins."""
_SLACK, _WIDER = 6.0, 0.88
"""Points between a page's end and the next chart; how much smaller another program may print."""


class Sheets:
    """The sheets of one workbook, written one after another with the same formats."""

    def __init__(self, book: xlsxwriter.Workbook, names: dict[str, str], footer: str) -> None:
        """`names` are those of the sheets by the codes of their questions."""
        self._book = book
        self._names = names
        self._footer = footer
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._heights: dict[int, float] = {}

    def write(
        self,
        question: Question,
        remarks_heading: str,
        contents: Sequence[Question] = (),
        contents_heading: str = "",
    ) -> None:
        """Add the sheet of a question; `contents` are the sheets it leads to."""
        sheet: Worksheet = self._book.add_worksheet(self._names[question.code])
        sheet.hide_gridlines(2)
        self._heights = {}
        widths = [column_width(column, question) for column in question.columns]
        for at, wide in enumerate(widths):
            sheet.set_column(at, at, wide)
        span = span_of(widths)
        self._sentence(sheet, 0, question.title, span, bold=True, font_size=_TITLE_SIZE)
        self._sentence(sheet, 1, question.how, span, font_color=LIGHT.muted)
        row = HEADER
        if question.rows:
            row = self._table(sheet, question, widths) + 1
        row = self._list(sheet, row, remarks_heading, question.remarks, span)
        if contents:
            row = self._contents(sheet, row, contents_heading, contents, widths, span)
        last_column = max(len(question.columns) - 1, span[0])
        if question.charts:
            last_column = len(question.columns) + _BESIDE - 1
        bottom = self._charts(sheet, question, widths, row)
        self._print(sheet, max(row, bottom), last_column, bool(question.rows))

    def _table(self, sheet: Worksheet, question: Question, widths: list[float]) -> int:
        """The headings and the rows; returns the first row below."""
        head = self._format(
            bold=True, text_wrap=True, valign="vcenter", align="center", bottom=1, bg_color=LIGHT.panel
        )
        lines = 1
        for at, column in enumerate(question.columns):
            sheet.write_string(HEADER, at, column.head, head)
            lines = max(lines, lines_of(column.head, room_of(widths[at]), SIZE, True))
        self._height(sheet, HEADER, lines * _LINE + 6)
        before = None
        for row, cells in enumerate(question.rows, start=HEADER + 1):
            group = cells.get("index")
            top = 1 if before is not None and group != before else 4
            before, lines = group, 1
            for at, column in enumerate(question.columns):
                cell = cells.get(column.name)
                if isinstance(cell, Figure):
                    form = self._format(num_format=cell.form, valign="top", top=top, top_color=LIGHT.grid)
                    sheet.write_number(row, at, cell.value, form)
                elif cell:
                    self._text(
                        sheet,
                        row,
                        at,
                        cell,
                        text_wrap=True,
                        top=top,
                        top_color=LIGHT.grid,
                        align="left",
                        indent=1,
                    )
                    lines = max(lines, lines_of(cell, room_of(widths[at] - 1), SIZE))
                else:
                    sheet.write_blank(row, at, None, self._format(top=top, top_color=LIGHT.grid))
            self._height(sheet, row, lines * _LINE + 2)
        last = HEADER + len(question.rows)
        sheet.freeze_panes(HEADER + 1, min(2, len(question.columns)))
        sheet.autofilter(HEADER, 0, last, len(question.columns) - 1)
        return last + 1

    def _text(self, sheet: Worksheet, row: int, column: int, words: str, **look: Any) -> None:
        """A text, never a formula, also when somebody edits the cell and leaves it."""
        safe = {"quote_prefix": True} if words.startswith(FORMULA_SIGNS) else {}
        sheet.write_string(row, column, plain_text(words), self._format(valign="top", **look, **safe))

    def _sentence(self, sheet: Worksheet, row: int, words: str, span: tuple[int, float], **look: Any) -> None:
        """A sentence over several columns, its row high enough for all of it."""
        last, room = span
        if not words:
            return
        form = self._format(text_wrap=True, valign="top", **look)
        size = look.get("font_size", SIZE)
        if last:
            sheet.merge_range(row, 0, row, last, "", form)
        self._text(sheet, row, 0, words, text_wrap=True, **look)
        lines = lines_of(words, room, size, look.get("bold", False))
        self._height(sheet, row, lines * size * 1.35 + 3)

    def _list(
        self, sheet: Worksheet, row: int, heading: str, sentences: Sequence[str], span: tuple[int, float]
    ) -> int:
        if not sentences:
            return row
        self._text(sheet, row, 0, heading, bold=True)
        for at, sentence in enumerate(sentences, start=row + 1):
            self._sentence(sheet, at, sentence, span)
        return row + len(sentences) + 2

    def _contents(
        self,
        sheet: Worksheet,
        row: int,
        heading: str,
        questions: Sequence[Question],
        widths: list[float],
        span: tuple[int, float],
    ) -> int:
        """A way to every other sheet, with what it says."""
        self._text(sheet, row, 0, heading, bold=True)
        link = self._format(font_color=LIGHT.focal, underline=1, valign="top")
        last, room = span
        left = min(1, last)
        for at, question in enumerate(questions, start=row + 1):
            name = self._names[question.code]
            form = self._format(text_wrap=True, valign="top")
            sheet.merge_range(at, left + 1, at, last, "", form)
            self._text(sheet, at, left + 1, question.title, text_wrap=True)
            sheet.merge_range(at, 0, at, left, "", link)
            sheet.write_url(at, 0, f"internal:'{name}'!A1", link, name)
            beside = room - sum(room_of(wide) for wide in widths[: left + 1])
            self._height(sheet, at, lines_of(question.title, beside, SIZE) * _LINE + 2)
        return row + len(questions) + 2

    def _charts(self, sheet: Worksheet, question: Question, widths: list[float], last_row: int) -> int:
        """The charts one below the other beside the table, none over the end of a printed page.

        Returns the last row they reach.
        """
        if not question.charts:
            return 0
        pixels = sum(wide * DIGIT + PADDING for wide in widths) + _BESIDE * _COLUMN
        scale = min(1.0, _ACROSS / (pixels * POINTS_A_PIXEL))
        # Where a page ends differs between programs by as much as their widths of columns.
        earliest, latest = (self._page_ends(scale * times, last_row) for times in (1.0, _WIDER))
        ends = list(zip(earliest, latest, strict=False))
        header = sum(self._height_of(row) for row in range(HEADER + 1))
        name, top = self._names[question.code], header
        for chart in question.charts:
            high = height_of(chart) * POINTS_A_PIXEL
            for first, last in ends:
                if top < last and top + high > first:
                    top = last + _SLACK
            drawn = native_chart(self._book, name, question, chart, HEADER + 1)
            offsets = {"x_offset": _GAP, "y_offset": (top - header) / POINTS_A_PIXEL}
            options = {"object_position": 3, "description": chart.alt or chart.title, **offsets}
            sheet.insert_chart(HEADER + 1, len(question.columns), drawn, options)
            top += high + _GAP / 2
        row, reached = 0, 0.0
        while reached < top:
            reached += self._height_of(row)
            row += 1
        return row

    def _page_ends(self, scale: float, last_row: int) -> list[float]:
        """Where printed pages end, in points from the top of the sheet."""
        repeated = sum(self._height_of(row) for row in range(HEADER + 1))
        page, ends, reached, used = _DOWN / scale, [], 0.0, 0.0
        for row in range(last_row + 400):  # charts may go on below the last row
            high = self._height_of(row)
            if used + high > page:
                ends.append(reached)
                used = repeated
            reached, used = reached + high, used + high
        return ends

    def _height(self, sheet: Worksheet, row: int, points: float) -> None:
        """Set the height of a row and remember it."""
        sheet.set_row(row, points)
        self._heights[row] = points

    def _height_of(self, row: int) -> float:
        return self._heights.get(row, _ROW)

    def _print(self, sheet: Worksheet, last_row: int, last_column: int, has_table: bool) -> None:
        """A4 on its side, all columns on one page, title and headings on each, source and day at the foot."""
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.print_area(0, 0, last_row, last_column)
        if has_table:
            sheet.repeat_rows(0, HEADER)
        sheet.set_footer(self._footer)

    def _format(self, **look: Any) -> Format:
        known = self._formats.get(key := tuple(sorted(look.items())))
        if known is None:
            known = self._formats[key] = self._book.add_format({"font_name": FONT, "font_size": SIZE, **look})
        return known
