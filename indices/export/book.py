"""A workbook of a province: one sheet a question, real numbers, native charts, its sources last."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import xlsxwriter

from indices.catalogue import Catalogue
from indices.export.book_ahead import certainty, reach
from indices.export.book_answers import BookAnswers, book_answers
from indices.export.book_charts import FONT
from indices.export.book_documents import methods, numbered, order, sources, targets
from indices.export.book_gap import gap_parts
from indices.export.book_model import Question
from indices.export.book_outlook import backtest, forecasts, outlook
from indices.export.book_reasons import crossings, score, why
from indices.export.book_standing import history, standing
from indices.export.book_strengths import strengths
from indices.export.book_teller import Teller
from indices.export.book_widths import SIZE
from indices.export.book_writer import Sheets
from indices.i18n import Language, day, text

QUESTIONS: tuple[Callable[[Teller], Question], ...] = (
    *(standing, history, gap_parts, why, crossings, score, strengths),
    *(reach, certainty, outlook, forecasts, backtest, order, targets, methods),
)
"""The sheets in order; that of the sources follows them."""
_LONGEST = 255
"""Letters that a program reads of a property or a foot."""


def workbook(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    province: str,
    target_rank: int,
    language: Language,
    *,
    indices: tuple[str, ...] | None = None,
    year: int | None = None,
    made_on: date,
) -> bytes:
    """The workbook of a province as XLSX; the same answers and day give the same bytes.

    `indices`: those to tell of, in their order (None: all, in catalogue order). `year`: from what was
    known in that year (None: from all that is held).
    """
    found = book_answers(figures, catalogue, province, target_rank, year)
    return book_bytes(found, language, indices=indices, made_on=made_on)


def book_bytes(
    found: BookAnswers, language: Language, *, indices: tuple[str, ...] | None = None, made_on: date
) -> bytes:
    """The workbook of answers that are known already (see `workbook`)."""
    chosen = questions(found, language, indices)
    province = Teller(found, (), language).focal
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {
                "title": text("book.title", language, province=province)[:_LONGEST],
                "author": "",
                "created": datetime(made_on.year, made_on.month, made_on.day),
            }
        )
        names = {question.code: text(f"book.sheet_{question.code}", language) for question in chosen}
        sheets = Sheets(book, names, _footer(language, names["sources"], made_on))
        remarks = text("book.remarks", language)
        first, *others = chosen
        sheets.write(first, remarks, others, text("book.contents", language))
        for question in others:
            sheets.write(question, remarks)
    return buffer.getvalue()


def questions(
    found: BookAnswers, language: Language, indices: tuple[str, ...] | None = None
) -> tuple[Question, ...]:
    """What the workbook says, sheet by sheet, before it is written."""
    teller = Teller(found, tuple(found.by_index) if indices is None else indices, language)
    asked = [question(teller) for question in QUESTIONS]
    listed = sources(teller, asked)
    return (*(numbered(question, listed) for question in asked), listed)


def _footer(language: Language, sources_sheet: str, made_on: date) -> str:
    """Where the figures come from, the page and the day, as a workbook writes its foot."""

    def plain(words: str) -> str:
        return words.replace("&", "&&")

    left = plain(text("book.footer", language, sheet=sources_sheet, product=text("frame.product", language)))
    right = plain(text("book.made_on", language, day=day(made_on, language)))
    return f"&L&8{left}&C&8&P/&N&R&8{right}"[:_LONGEST]
