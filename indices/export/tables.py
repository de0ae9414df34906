"""Tables to take away: CSV that opens right in Excel, workbooks with their sources, Parquet."""

from __future__ import annotations

import io

import pandas as pd
import xlsxwriter

from indices.catalogue import Catalogue
from indices.i18n import Language, text
from indices.tidy import COLUMNS

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text that begins with one of these would be run as a formula by a spreadsheet; the last four are wide."""
_NUMBERS = {"score": "0.0000", "rank": "0", "n_ranked": "0"}


def sources_of(table: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The sources of a tidy table with what is known of them: source, address, title, kind, n_figures."""
    counts = table["source"].value_counts(sort=True)
    rows = []
    for key, n in counts.items():
        spec = catalogue.sources.get(str(key))
        facts = (spec.address, spec.title, spec.kind) if spec else ("", "", "")
        rows.append((str(key), *facts, int(n)))
    return pd.DataFrame(rows, columns=["source", "address", "title", "kind", "n_figures"])


def csv_bytes(table: pd.DataFrame, language: Language) -> bytes:
    """CSV as Excel of the reader's country opens it: UTF-8 with BOM, ";" and decimal comma in Vietnamese."""
    separator, decimal = (";", ",") if language == "vi" else (",", ".")
    safe = table.apply(_neutral) if len(table) else table
    written = safe.to_csv(index=False, sep=separator, decimal=decimal, lineterminator="\r\n")
    return ("\ufeff" + str(written)).encode("utf-8")


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Parquet with the types of the tidy table."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def workbook_bytes(table: pd.DataFrame, catalogue: Catalogue, language: Language) -> bytes:
    """A workbook: figures with real numbers first, the sources they name last."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _sheet(book, text("export.figures_sheet", language), table)
        _sheet(book, text("export.sources_sheet", language), sources_of(table, catalogue))
    return buffer.getvalue()


def template_rows(catalogue: Catalogue, index: str, provinces: list[str]) -> pd.DataFrame:
    """An empty published file: the columns of `data/published`, one row a province."""
    columns = [name for name in COLUMNS if name not in ("index", "edition")]
    rows = pd.DataFrame({"province": provinces}).reindex(columns=columns, fill_value="")
    return rows.assign(component="overall", n_ranked=len(provinces), basis="published")


def _sheet(book: xlsxwriter.Workbook, name: str, table: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {column: book.add_format({"num_format": form}) for column, form in _NUMBERS.items()}
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, str(column), bold)
        sheet.set_column(at, at, 40 if column in ("address", "title", "note", "source") else 16)
        for row, value in enumerate(table[column], start=1):
            if pd.isna(value):
                continue
            if isinstance(value, str):
                sheet.write_string(row, at, value)
            else:
                sheet.write_number(row, at, value, formats.get(str(column)))
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _neutral(column: pd.Series) -> pd.Series:
    """Texts that a spreadsheet would take for formulas, made plain by an apostrophe."""
    if pd.api.types.is_numeric_dtype(column):
        return column
    starts = column.astype("string").str.startswith(FORMULA_SIGNS).fillna(False)
    return column.where(~starts, "'" + column.astype("string"))
