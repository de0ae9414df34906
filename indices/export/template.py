"""An XLSX to fill in for one edition: its provinces, its columns, and the figures already held."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from indices.catalogue import Catalogue, ComponentSpec, EditionSpec, IndexSpec, edition_spec
from indices.export.tables import FORMULA_SIGNS
from indices.i18n import Language, text, word
from indices.loaders.headings import Vocabulary
from indices.tidy import OVERALL, tidy_rows

PERCENT = 100
_HEADER = 2  # counted from 0: the title stands in row 1, how to fill it in in row 2
_KEY = ["province", "component", "score", "rank", "source", "note"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column to fill in: what it holds (`kind` "score" or "rank" of a component) under which heading."""

    component: str
    kind: str
    heading: str
    belongs_to: str
    scale_max: float | None


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
            name=_name(catalogue.indices[index], language),
        )
        figures = of_index[of_index["edition"] == edition]
        _fill(book, title, catalogue, spec, fields, figures, language)
        _guide(book, title, fields, language)
    return buffer.getvalue()


def template_fields(
    catalogue: Catalogue, spec: EditionSpec, held: pd.DataFrame, language: Language
) -> tuple[Field, ...]:
    """The columns of a template: score and rank of the whole, then of each part, its own parts after it."""
    ranked = set(held.loc[held["rank"].notna(), "component"])
    parts = [*_parts(catalogue, spec, OVERALL), *_beside(catalogue, spec)]
    headings = _headings(catalogue, spec, parts, language)
    whole = catalogue.scale_max(spec.index, OVERALL, spec.year)
    fields = [
        Field(OVERALL, "score", text("export.template_score", language), "", whole),
        Field(OVERALL, "rank", text("export.template_rank", language), "", None),
    ]
    for part in parts:
        heading, scale = headings[part.component], catalogue.scale_max(spec.index, part.component, spec.year)
        above = headings.get(part.parent or "") or word("split", part.split or "", language)
        fields.append(Field(part.component, "score", heading, above, scale))
        if part.component in ranked:
            of_part = text("export.template_rank_of", language, name=heading)
            fields.append(Field(part.component, "rank", of_part, above, None))
    return tuple(fields)


def _headings(
    catalogue: Catalogue, spec: EditionSpec, parts: list[ComponentSpec], language: Language
) -> dict[str, str]:
    """The heading of each part: its name as an upload will know it again, else its code."""
    known = Vocabulary(catalogue)
    names = Counter(_name(part, language) for part in parts)
    headings = {}
    for part in parts:
        name = _name(part, language)
        if names[name] > 1:
            percent = catalogue.scale_max(spec.index, part.component, spec.year) == PERCENT
            key = "export.template_percent" if percent else "export.template_points"
            name = text(key, language, name=name)
        read = known.read(name)
        meant = read.entry(spec.index, spec.year) if read is not None else None
        headings[part.component] = name if meant and meant.component == part.component else part.component
    return headings


def _parts(catalogue: Catalogue, spec: EditionSpec, parent: str) -> Iterator[ComponentSpec]:
    for part in catalogue.components_of(spec.index, spec.year, parent):
        yield part
        yield from _parts(catalogue, spec, part.component)


def _beside(catalogue: Catalogue, spec: EditionSpec) -> Iterator[ComponentSpec]:
    """What is published beside the whole without being part of it: another way of adding up."""
    for part in catalogue.components:
        alone = part.index == spec.index and not part.parent and part.component != OVERALL
        if alone and catalogue.component(spec.index, part.component, spec.year) == part:
            yield part


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
    source, note = len(fields) + 1, len(fields) + 2
    sheet.write_string(_HEADER, source, text("columns.source", language), head)
    sheet.write_string(_HEADER, note, text("export.template_note", language), head)
    sheet.set_column(source, note, 40)
    sheet.freeze_panes(first, 1)

    rows = {name.name_vi: row for row, name in enumerate(frame, start=first)}
    for name, row in rows.items():
        sheet.write_string(row, 0, catalogue.provinces.name(name, language, spec.province_frame))
    columns = {(field.component, field.kind): at for at, field in enumerate(fields, start=1)}
    forms = {"score": book.add_format({"num_format": "0.00##"}), "rank": book.add_format({"num_format": "0"})}
    plain, quoted = book.add_format(), book.add_format({"quote_prefix": True})
    sourced: set[str] = set()
    whole_first = figures.sort_values("component", key=lambda codes: codes != OVERALL, kind="stable")
    for province, component, score, rank, origin, remark in tidy_rows(whole_first, _KEY):
        if province not in rows:
            continue
        for kind, value in (("score", score), ("rank", rank)):
            place = columns.get((component, kind))
            if place is not None and value is not None:
                sheet.write_number(rows[province], place, value, forms[kind])
        if province not in sourced:
            sourced.add(province)
            for at, said in ((source, origin), (note, remark)):
                if said:
                    form = quoted if said.startswith(FORMULA_SIGNS) else plain
                    sheet.write_string(rows[province], at, said, form)


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


def _name(spec: ComponentSpec | IndexSpec, language: Language) -> str:
    return spec.name_en if language == "en" else spec.name_vi
