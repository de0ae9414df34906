"""A table in the reading, row by row: its provinces, and how what is wrong with a row is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from indices.loaders.cells import texts
from indices.loaders.findings import Findings
from indices.loaders.keyed import Mask
from indices.loaders.raw import RawTable
from indices.loaders.roles import Column
from indices.loaders.rows import RowNames
from indices.numbers import DecimalMark
from indices.problem import Severity

_FIGURES = ("score", "rank", "n_ranked")


@dataclass(frozen=True, slots=True)
class Task:
    """What is read: the table below its header, its columns, and what holds where the table is silent."""

    number: int
    table: RawTable
    columns: Sequence[Column]
    index: str | None
    edition: str | None
    source: str
    decimal: DecimalMark | None

    def column(self, role: str) -> Column | None:
        """The first column of a role."""
        return next((column for column in self.columns if column.role == role), None)

    @property
    def figure_columns(self) -> list[Column]:
        """The columns of scores, ranks and numbers of ranked provinces."""
        return [column for column in self.columns if column.role in _FIGURES]


class Listing:
    """The rows of a task's table, each with what its province cell says."""

    def __init__(self, task: Task, name_column: Column, names: RowNames, findings: Findings) -> None:
        self.task, self.table, self.n = task, task.table, task.table.n_rows
        self.name_column, self.names, self.findings = name_column, names, findings
        self.name_texts = texts(task.table.columns[name_column.at])
        self.filled = self._rows_with_figures()

    def name(self, row: int) -> str:
        """The province cell of a row as it stands."""
        return self.name_texts.at(row)

    def province(self, row: int) -> str:
        """The province a row names, in the first frame that knows it; "" where none does."""
        return next(iter(self.names.read(self.name(row)).names.values()), "")

    def kinds(self) -> list[str]:
        """What each different text of the province column is: `RowName.kind`."""
        return [self.names.read(word).kind for word in self.name_texts.words]

    def tell(self, code: str, row: int, column: Column, value: str, **slots: str) -> None:
        """Add an error about the cell of a row in a column."""
        self.tell_as("error", code, row, column, value, **slots)

    def tell_as(
        self, severity: Severity, code: str, row: int, column: Column, value: str, **slots: str
    ) -> None:
        """Add a finding of any severity about the cell of a row in a column."""
        self.findings.add(
            code,
            table=self.table,
            place=row,
            at=column.at,
            heading=column.heading,
            value=value,
            severity=severity,
            **slots,
        )

    def _rows_with_figures(self) -> Mask:
        filled = np.zeros(self.n, dtype=bool)
        for column in self.task.figure_columns:
            has = pc.match_substring_regex(self.table.columns[column.at], r"\d")
            filled |= has.to_numpy(zero_copy_only=False).astype(bool) if len(has) else False
        return filled
