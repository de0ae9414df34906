"""The score and rank columns of a table read as numbers, every cell that is none named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indices.loaders.cells import WHYS, Numbers, numbers
from indices.loaders.findings import Findings
from indices.loaders.raw import RawTable
from indices.loaders.roles import Column
from indices.numbers import DecimalMark
from indices.problem import Severity

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
MOSTLY = 0.8
"""A column with figures in this share of its rows is taken for a full one: an empty cell is named."""


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers by column place.

    `empty` are rows of provinces without any figure, `said_empty` those of them that say so ("KCDL").
    """

    read: Mapping[int, Numbers]
    scores: Mapping[int, Floats]
    n_ranked: Floats | None
    empty: Mask
    said_empty: Mask

    def of(self, group: Mapping[str, Column], n: int) -> tuple[Floats, Floats, Floats]:
        """Score, rank and number of ranked provinces by row, NaN where there is none."""
        nothing = np.full(n, np.nan)
        score = self.scores[group["score"].at] if "score" in group else nothing
        rank, of = nothing, nothing
        if "rank" in group:
            rank, of = self.scores[group["rank"].at], self.read[group["rank"].at].of
        if self.n_ranked is not None:
            of = np.where(np.isnan(of), self.n_ranked, of)
        return score, rank, of


def read_values(
    table: RawTable,
    columns: Sequence[Column],
    body: Mask,
    decimal: DecimalMark | None,
    findings: Findings,
    by_part: bool = False,
) -> Values:
    """The columns as numbers, in the rows of provinces; whatever is no number is added to `findings`.

    `by_part` tells a table of one row a part, where many rows have no rank and that is no finding.
    """
    read: dict[int, Numbers] = {}
    values: dict[int, Floats] = {}
    empty, said = body.copy(), np.zeros(len(body), dtype=bool)
    for column in columns:
        found = numbers(table, column.at, decimal, plain=column.role != "score")
        read[column.at] = found
        values[column.at] = np.where(body, found.values, np.nan)
        if column.role != "n_ranked":
            missing = found.why == WHYS.index("missing")
            empty &= missing
            said |= missing & ~_blank(found)
    for column in columns:
        found = read[column.at]
        _tell(table, column, found, body, empty, findings, by_part)
        if column.role in ("rank", "n_ranked"):
            values[column.at] = _whole_only(table, column, values[column.at], found, findings)
    _zeros(table, columns, values, read, findings)
    of = next((values[column.at] for column in columns if column.role == "n_ranked"), None)
    return Values(read, values, of, empty, empty & said)


def _blank(found: Numbers) -> Mask:
    """The rows whose cell is empty."""
    words: Mask = np.array([not word.strip() for word in found.words.words], dtype=bool)
    return words[found.words.codes]


def _tell(
    table: RawTable,
    column: Column,
    found: Numbers,
    body: Mask,
    empty: Mask,
    findings: Findings,
    by_part: bool,
) -> None:
    def add(code: str, row: int, severity: Severity = "error", **slots: str) -> None:
        findings.add(
            code,
            table=table,
            place=row,
            at=column.at,
            heading=column.heading,
            value=found.words.at(row),
            severity=severity,
            **slots,
        )

    for row in found.rows_where("ambiguous", body):
        first, second = (f"{value:g}" for value in found.number(row).readings)
        add("ambiguous_number", row, first=first, second=second)
    for row in found.rows_where("other_mark", body):
        add("decimal_mark_differs", row)
    for row in found.rows_where("not_a_number", body):
        text = found.words.at(row)
        if (row + table.first_row, column.at + 1) in table.dates:
            add("cell_is_date", row)
        elif text.lstrip().startswith(("=", "+", "@")) and re.search(r"[A-Za-z]", text):
            add("formula_without_value", row)
        else:
            add("number_unreadable", row)
    blank = _blank(found) & body
    marked = [row for row in found.rows_where("missing", body) if not blank[row]]
    for row in marked:
        add("marked_as_missing", row, "note")
    n_body, n_blank = int(body.sum()), int(blank.sum())
    if by_part or column.role == "n_ranked":
        return
    if n_blank and n_body - n_blank >= MOSTLY * n_body:
        for row in np.nonzero(blank & ~empty)[0].tolist():
            add("value_missing", row, "warning")
    elif n_blank and n_blank < n_body:
        findings.add(
            "column_partly_empty",
            table=table,
            at=column.at,
            heading=column.heading,
            severity="note",
            n=str(n_blank),
            all=str(n_body),
        )


def _whole_only(
    table: RawTable, column: Column, values: Floats, found: Numbers, findings: Findings
) -> Floats:
    odd = ~np.isnan(values) & (values != np.floor(values)) | (np.abs(values) > 1e9)
    for row in np.nonzero(odd)[0].tolist():
        findings.add(
            "not_a_whole_number",
            table=table,
            place=row,
            at=column.at,
            heading=column.heading,
            value=found.words.at(row),
        )
    return np.where(odd, np.nan, values)


def _zeros(
    table: RawTable,
    columns: Sequence[Column],
    values: dict[int, Floats],
    read: Mapping[int, Numbers],
    findings: Findings,
) -> None:
    """A nought that stands for "no data" is read as missing, and named.

    Ranks begin at 1; a total of 0 nobody ever had; a part is 0 in earnest only where others come near
    it (the lowest other figure is within a third of their spread) and most of the row is not 0.
    """
    scores = [values[column.at] for column in columns if column.role == "score"]
    given = sum((~np.isnan(found)).astype(int) for found in scores)
    empty_row = 2 * sum((found == 0).astype(int) for found in scores) > given
    for column in columns:
        found = values[column.at]
        zero = found == 0
        if not zero.any() or column.role == "n_ranked":
            continue
        others = found[(found > 0)]
        spread = float(others.max() - others.min()) if len(others) else 0.0
        apart = not len(others) or float(others.min()) > spread / 3
        if column.role == "rank" or column.component == "overall" or apart:
            as_missing = zero
        else:
            as_missing = zero & empty_row
        for row in np.nonzero(zero)[0].tolist():
            code = "zero_as_missing" if as_missing[row] else "zero_score"
            findings.add(
                code,
                table=table,
                place=row,
                at=column.at,
                heading=column.heading,
                value=read[column.at].words.at(row),
                severity="warning",
            )
        values[column.at] = np.where(as_missing, np.nan, found)
