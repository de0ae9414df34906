"""An XLSX to fill in for one edition: its provinces, its columns, and the figures already held."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import xlsxwriter

from indices.catalogue import Catalogue, EditionSpec, edition_spec
from indices.export.tables import FORMULA_SIGNS
from indices.export.template_fields import Field, name_of, template_fields
from indices.i18n import Language, text
from indices.tidy import OVERALL, tidy_rows

_HEADER = 2  # counted from 0: the title stands in row 1, how to fill it in in row 2
_OF_ROWS = {
    "n_ranked": "columns.n_ranked",
    "basis": "columns.basis",
    "source": "columns.source",
    "note": "export.template_note",
}


def template_workbook(
    catalogue: Catalogue, index: str, edition: str, held: pd.DataFrame, language: Language
) -> bytes:
    """The template of an edition as XLSX; `held` is the tidy table of what is held (of all editions).

    A row a province of the edition's frame, in the catalogue's order; a score column for each part
    the catalogue describes for that year, and a rank column where ranks of that part were ever held.
    Raises KeyError for an edition that cannot be.
    """
    spec = edition_spec(catalogue, index, edition)
    if spec is None:
        raise KeyError(f"{index} {edition}")
    of_index = held[held["index"] == index]
    fields = template_fields(catalogue, spec, of_index, language)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        title = text(
            "export.template_title",
            language,
            index=index,
            edition=edition,
            name=name_of(catalogue.indices[index], language),
        )
        figures = of_index[of_index["edition"] == edition]
        _fill(book, title, catalogue, spec, fields, figures, language)
        _guide(book, title, fields, language)
    return buffer.getvalue()


def _fill(
    book: xlsxwriter.Workbook,
    title: str,
    catalogue: Catalogue,
    spec: EditionSpec,
    fields: tuple[Field, ...],
    figures: pd.DataFrame,
    language: Language,
) -> None:
    """The sheet to fill in: title, how, headings, a row a province with what is held."""
    sheet = book.add_worksheet(f"{spec.index} {spec.edition}"[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, text("export.template_how", language))
    frame = catalogue.provinces.frame(spec.province_frame)
    n_ranked = spec.n_ranked or spec.frame
    first, last = _HEADER + 1, _HEADER + len(frame)
    sheet.write_string(_HEADER, 0, text("export.template_province", language), head)
    sheet.set_column(0, 0, 24)
    for at, field in enumerate(fields, start=1):
        sheet.write_string(_HEADER, at, field.heading, head)
        sheet.set_column(at, at, 14)
        sheet.data_validation(first, at, last, at, _rule(field, n_ranked, language))
    beside = _of_rows(figures)
    for at, name in enumerate(beside, start=len(fields) + 1):
        sheet.write_string(_HEADER, at, text(_OF_ROWS[name], language), head)
        sheet.set_column(at, at, 40 if name in ("source", "note") else 14)
    sheet.freeze_panes(first, 1)

    rows = {name.name_vi: row for row, name in enumerate(frame, start=first)}
    for name, row in rows.items():
        sheet.write_string(row, 0, catalogue.provinces.name(name, language, spec.province_frame))
    columns = {(field.component, field.kind): at for at, field in enumerate(fields, start=1)}
    forms = {"score": book.add_format({"num_format": "0.00##"}), "rank": book.add_format({"num_format": "0"})}
    plain, quoted = book.add_format(), book.add_format({"quote_prefix": True})
    known = _row_values(figures, spec)
    for name, row in rows.items():
        for at, column in enumerate(beside, start=len(fields) + 1):
            value = known.get(name, {"n_ranked": n_ranked}).get(column)
            if isinstance(value, str) and value:
                sheet.write_string(row, at, value, quoted if value.startswith(FORMULA_SIGNS) else plain)
            elif isinstance(value, int):
                sheet.write_number(row, at, value, forms["rank"])
    for province, component, score, rank in tidy_rows(figures, ["province", "component", "score", "rank"]):
        for kind, value in (("score", score), ("rank", rank)):
            place = columns.get((component, kind))
            if province in rows and place is not None and value is not None:
                sheet.write_number(rows[province], place, value, forms[kind])


def _of_rows(figures: pd.DataFrame) -> list[str]:
    """Columns that speak of a whole row; the basis only where a total was not simply published."""
    total = figures[figures["component"] == OVERALL]
    return [name for name in _OF_ROWS if name != "basis" or (total["basis"] != "published").any()]


def _row_values(figures: pd.DataFrame, spec: EditionSpec) -> dict[str, dict[str, Any]]:
    """What is held beside the figures of each province: that of the total, else of its first part."""
    values: dict[str, dict[str, Any]] = {}
    total_first = figures.sort_values("component", key=lambda codes: codes != OVERALL, kind="stable")
    for province, *found in tidy_rows(total_first, ["province", *_OF_ROWS]):
        held = dict(zip(_OF_ROWS, found, strict=True))
        values.setdefault(province, {**held, "n_ranked": held["n_ranked"] or spec.n_ranked or spec.frame})
    return values


def _rule(field: Field, n_ranked: int, language: Language) -> dict[str, Any]:
    """What a spreadsheet lets into a column; what it refuses it explains."""
    if field.kind == "rank":
        said = text("export.template_rank_rule", language, n=n_ranked)
        limits = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": n_ranked}
    elif field.scale_max is None:
        said = text("export.template_number_rule", language)
        limits = {"validate": "decimal", "criteria": ">=", "value": 0}
    else:
        said = text("export.template_score_rule", language, scale=f"{field.scale_max:g}")
        limits = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": field.scale_max}
    return {
        **limits,
        "ignore_blank": True,
        "error_title": text("export.check", language),
        "error_message": said,
    }


def _guide(book: xlsxwriter.Workbook, title: str, fields: tuple[Field, ...], language: Language) -> None:
    """A sheet that says how to fill in, and what each column is."""
    sheet = book.add_worksheet(text("export.guide_sheet", language))
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, 1, 60)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    lines = text("export.template_guide", language).splitlines()
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line)
    top = len(lines) + 3
    for at, key in enumerate(("export.guide_column", "export.guide_part_of", "columns.scale_max")):
        sheet.write_string(top, at, text(key, language), bold)
    for row, field in enumerate(fields, start=top + 1):
        sheet.write_string(row, 0, field.heading)
        sheet.write_string(row, 1, field.belongs_to)
        if field.scale_max is not None:
            sheet.write_number(row, 2, field.scale_max)
