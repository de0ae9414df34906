"""An answer as bytes: JSON, CSV, XLSX, Parquet, and which of them a request wants."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
import pandas as pd
import xlsxwriter

from indices.analysis.cells import plain_columns
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.export.tables import csv_bytes, parquet_bytes, sources_of
from indices.i18n import Language, text
from indices.narrative.refusal import refusal_sentence

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
ONE_TABLE = ("csv", "parquet")
"""Formats that hold one table."""
LONGEST_SHEET = 31
# A moment in the file would make two files of the same answer differ, and their tag says they do not.
_MADE_ON = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDE = {"address", "title", "note", "source", "name_vi", "name_en", "document", "document_vi", "reason"}


def wanted_format(named: str | None, accept: str) -> str:
    """The format named, else the first one an Accept header lists that we have, else JSON."""
    if named is not None:
        return named
    by_kind = {media.partition(";")[0]: name for name, media in MEDIA.items()}
    for part in accept.lower().split(","):
        kind, *more = (word.strip() for word in part.split(";"))
        quality = next((word[2:] for word in more if word.startswith("q=")), "1")
        if kind in by_kind and quality.strip("0."):
            return by_kind[kind]
    return "json"


def json_bytes(answer: Any) -> bytes:
    """JSON in UTF-8; what is not a number (NaN) is null."""
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def one_table_bytes(table: pd.DataFrame, form: str, language: Language) -> bytes:
    """A table as CSV for the reader's Excel, or as Parquet."""
    return csv_bytes(table, language) if form == "csv" else parquet_bytes(table)


def workbook_bytes(
    tables: Mapping[str, pd.DataFrame | Refusal], catalogue: Catalogue, language: Language
) -> bytes:
    """A workbook with a sheet a table and the sources they name last; equal tables make equal bytes.

    A table that is refused has its reason in its place. Texts are never formulas, numbers are numbers.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _MADE_ON})
        for name, table in tables.items():
            if isinstance(table, Refusal):
                told = {"refused": table.code, "reason": refusal_sentence(table, language)}
                table = pd.DataFrame([told])
            _sheet(book, name[:LONGEST_SHEET], table)
        frames = [table for table in tables.values() if isinstance(table, pd.DataFrame)]
        named = [table["source"] for table in frames if "source" in table and "address" not in table]
        if named:
            keys = pd.DataFrame({"source": pd.concat(named, ignore_index=True).dropna()})
            _sheet(book, text("export.sources_sheet", language), sources_of(keys, catalogue))
    return buffer.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, table: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    bold, figure = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.00##"})
    names = [str(column) for column in table.columns]
    for at, values in enumerate(plain_columns(table, names)):
        sheet.write_string(0, at, names[at], bold)
        sheet.set_column(at, at, 40 if names[at] in _WIDE else 16)
        for row, value in enumerate(values, start=1):
            if isinstance(value, bool):
                sheet.write_boolean(row, at, value)
            elif isinstance(value, float):
                sheet.write_number(row, at, value, figure)
            elif isinstance(value, int):
                sheet.write_number(row, at, value)
            elif value is not None:
                sheet.write_string(row, at, str(value))
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(names) - 1)
