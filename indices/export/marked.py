"""The uploaded table with its problems marked: cells coloured and commented, every finding in a list."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from indices.export.own_book import free_name, own_book, rebuilt_book, write
from indices.export.report import SEVERITIES, verdict
from indices.export.writable import plain_text
from indices.i18n import Language, count, problem_sentence, text
from indices.intake import Intake
from indices.problem import Problem, Severity

FILLS: dict[Severity, str] = {"error": "F4B6B0", "warning": "FFE08A", "note": "CFE2F3"}
"""Colours of the cells, light enough to read black text on them."""
MOST_CELLS = 100_000
MOST_COMMENTS = 2_000
MOST_LISTED = 20_000
_LONGEST_COMMENT = 1_500
_LAST_ROW = 1_048_576
_WIDTHS = (12, 26, 30, 120)


def marked_workbook(intake: Intake, language: Language) -> bytes:
    """The file as XLSX, cells with problems coloured and commented, all findings on the last sheet.

    An XLSX keeps its own formats, with values in place of formulas; any other file becomes a workbook
    of the same rows and columns. A table of more than MOST_CELLS cells is not repeated: then there is
    only the list.
    """
    book = _book(intake)
    names = _sheet_names(book, intake)
    first = _mark(book, names, intake, language)
    _list(book, names, intake, language)
    book.active = book.worksheets.index(first) if first is not None else _first_visible(book)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.active
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _book(intake: Intake) -> Workbook:
    cells = sum(table.n_rows * table.width for table in intake.raw)
    if intake.raw and cells <= MOST_CELLS:
        return own_book(intake.content) or rebuilt_book(intake.raw, intake.file_name)
    return rebuilt_book((), intake.file_name)


def _sheet_names(book: Workbook, intake: Intake) -> dict[str | None, str]:
    """The name of each sheet in the workbook by its name in the file (None for a text file)."""
    names: dict[str | None, str] = {sheet.title: sheet.title for sheet in book.worksheets}
    if len(book.worksheets) == len(intake.raw):
        made = zip(intake.raw, book.worksheets, strict=True)
        names |= {table.sheet: sheet.title for table, sheet in made if table.sheet not in names}
    return names


def _mark(
    book: Workbook, names: dict[str | None, str], intake: Intake, language: Language
) -> Worksheet | None:
    """Colour and comment the cells; returns the first sheet that has one."""
    found: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for problem in intake.report.problems:
        if place := _place(problem, names):
            found[place].append(problem)
    merged = {sheet.title: sheet.merged_cells.ranges for sheet in book.worksheets}
    commented: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for (name, row, column), problems in found.items():
        area = next(
            (a for a in merged[name] if a.min_row <= row <= a.max_row and a.min_col <= column <= a.max_col),
            None,
        )
        top_left = (area.min_row, area.min_col) if area is not None else (row, column)
        commented[(name, *top_left)] += problems
    for number, ((name, row, column), problems) in enumerate(commented.items()):
        cell = book[name].cell(row, column)
        worst = min((problem.severity for problem in problems), key=SEVERITIES.index)
        cell.fill = PatternFill("solid", fgColor=FILLS[worst])
        if number < MOST_COMMENTS:
            own = cell.comment.text if cell.comment is not None else ""
            cell.comment = _comment(problems, own, language)
    marked = {name for name, _, _ in commented}
    return next((sheet for sheet in book.worksheets if sheet.title in marked), None)


def _place(problem: Problem, names: dict[str | None, str]) -> tuple[str, int, int] | None:
    name = names.get(problem.sheet)
    if name is None or not problem.row or not problem.at or problem.row > _LAST_ROW:
        return None
    return name, problem.row, problem.at


def _comment(problems: list[Problem], own: str, language: Language) -> Comment:
    said = "\n\n".join(
        f"{text(f'export.severity_{problem.severity}', language)} · {problem.code}\n"
        f"{problem_sentence(problem, language)}"
        for problem in problems
    )
    words = plain_text("\n\n".join(part for part in (said, own) if part))[:_LONGEST_COMMENT]
    return Comment(words, text("frame.product", language), height=60 + 20 * (len(words) // 45), width=360)


def _list(book: Workbook, names: dict[str | None, str], intake: Intake, language: Language) -> None:
    sheet = book.create_sheet(free_name(book, text("export.findings_sheet", language)))
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    rows = iter(range(1, _LAST_ROW))

    def line(*words: str, bold: bool = False) -> int:
        row = next(rows)
        for at, said in enumerate(words, start=1):
            cell = sheet.cell(row, at)
            write(cell, said)
            cell.font = Font(name="Calibri", size=11, bold=bold)
            cell.alignment = Alignment(vertical="top", wrap_text=at == len(_WIDTHS))
        return row

    line(text("export.findings_of", language, file=intake.file_name), bold=True)
    line(verdict(intake, language))
    next(rows)
    heads = ("severity", "code", "cell", "finding")
    sheet.freeze_panes = f"A{line(*(text(f'export.head_{head}', language) for head in heads), bold=True) + 1}"
    for problem, cells in _listed(intake, language):
        row = line(*cells)
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=FILLS[problem.severity])
        name = names.get(problem.sheet)
        if name is not None and problem.row and problem.row <= _LAST_ROW:
            target = f"'{name.replace(chr(39), chr(39) * 2)}'!{problem.cell or f'A{problem.row}'}"
            link = sheet.cell(row, 3)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
            link.font = Font(name="Calibri", size=11, color="0563C1", underline="single")
    if (more := len(intake.report.problems) - MOST_LISTED) > 0:
        line(text("export.report_more", language, n=count(more, language)))


def _listed(intake: Intake, language: Language) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Severity, code, place and sentence: what the file says itself stands in the sentence only.

    In columns of its own it would be headings above provinces, and the list a table for whoever takes
    the corrected workbook in again.
    """
    for problem in intake.report.problems[:MOST_LISTED]:
        where = problem.cell or (text("problem.row", language, row=problem.row) if problem.row else "")
        place = "!".join(part for part in (problem.sheet, where) if part)
        said = problem_sentence(problem, language)
        if problem.column:
            said = f"{text('problem.column', language, column=problem.column)}: {said}"
        severity = text(f"export.severity_{problem.severity}", language)
        yield problem, (severity, problem.code, place, said)


def _first_visible(book: Workbook) -> int:
    return next((at for at, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"), 0)
