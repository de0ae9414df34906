"""What the columns of a sheet hold, each role once, and what is missing or asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indices.catalogue import edition_spec
from indices.loaders.contents import by_contents
from indices.loaders.roles import Column, below, columns_of
from indices.loaders.sheets import Context, Sheet
from indices.problem import Severity, column_letters


def understand(sheet: Sheet, answers: Mapping[str, str], context: Context) -> None:
    """Give a sheet its columns; unknown, doubled and missing ones are told."""
    assert sheet.header is not None
    year = int(sheet.edition[:4]) if sheet.edition and sheet.edition[:4].isdigit() else None
    columns = columns_of(sheet.table, sheet.header, sheet.index, year, answers, context.catalogue)
    columns = by_contents(
        below(sheet.table, sheet.header),
        columns,
        answers,
        context.vocabulary,
        context.catalogue,
        context.findings,
    )
    kept: list[Column] = []
    last = max((head.at for head in sheet.header.heads if head.heading), default=0)
    for column in columns:
        if not column.role and sheet.table.sheet is None and column.at > last:
            column = replace(column, role="skip")  # cells of rows too long for the table: told row by row
        elif not column.role:
            _tell_column(context, sheet, column, "unused_column", "warning")
        twin = next((k for k in kept if _same(k, column)), None)
        if twin is None or column.role in ("skip", ""):
            kept.append(column)
            continue
        if not sheet.table.columns[twin.at].equals(sheet.table.columns[column.at]):
            _tell_column(context, sheet, column, "duplicate_column", other=twin.heading)
        kept.append(replace(column, role="skip"))
    sheet.columns = tuple(kept)
    if not any(column.role in ("score", "rank") for column in kept):
        context.findings.add("column_missing_score", table=sheet.table, place=sheet.header.last)
    has = {column.role for column in kept}
    years = any(c.year for c in kept if c.role in ("score", "rank"))
    own_index = any(c.index for c in kept if c.role in ("score", "rank"))
    if sheet.index is None and "index" not in has and not own_index:
        context.findings.add("index_unknown", table=sheet.table)
    if sheet.edition is None and "edition" not in has and not years:
        context.findings.add("edition_unknown", table=sheet.table)
    elif sheet.edition is not None and sheet.index is not None and "edition" not in has and not years:
        _known_edition(context, sheet)


def _tell_column(
    context: Context, sheet: Sheet, column: Column, code: str, severity: Severity = "error", **slots: str
) -> None:
    assert sheet.header is not None
    context.findings.add(
        code,
        table=sheet.table,
        place=sheet.header.last,
        at=column.at,
        heading=column.heading,
        value=column.heading or column_letters(column.at + 1),
        severity=severity,
        **slots,
    )


def _known_edition(context: Context, sheet: Sheet) -> None:
    spec = edition_spec(context.catalogue, str(sheet.index), str(sheet.edition))
    if spec is None or not spec.held:
        code = "edition_not_held" if spec else "edition_impossible"
        context.findings.add(code, table=sheet.table, value=str(sheet.edition), index=str(sheet.index))


def _same(one: Column, other: Column) -> bool:
    if one.role in ("skip", "", "year", "province") or one.role != other.role:
        return False
    return (one.component, one.index, one.year) == (other.component, other.index, other.year)
