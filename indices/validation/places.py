"""From a figure back to the cell it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indices.loaders.raw import RawTable
from indices.problem import Problem, Severity

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Cells:
    """The sheets of a file by number, and the headings of their columns by (number, column from 1)."""

    file: str
    sheets: tuple[str | None, ...]
    tables: tuple[RawTable, ...]
    headings: Mapping[tuple[int, int], str]

    def problem(
        self,
        code: str,
        row: Mapping[str, object],
        field: str,
        value: object = None,
        severity: Severity = "error",
        **slots: str,
    ) -> Problem:
        """A finding at the cell of `field` ("score", "rank", "n_ranked" or "name") of a figure.

        The value is the cell as typed; `value` stands in for it where the figure has no cell of its own.
        """
        number, at = int(str(row["sheet"])), int(str(row[f"{field}_at"]))
        place = int(str(row["row"]))
        typed = self._typed(number, place, at) if value is not None else ""
        written = typed or (None if value is None or value is pd.NA else written_number(value))
        heading = self.headings.get((number, at))
        line, column = self.tables[number].cell(place, at)
        return Problem(
            code, self.file, line, heading, written, slots, severity, self.sheets[number], column or None
        )

    def _typed(self, number: int, place: int, at: int) -> str:
        table = self.tables[number]
        if not 0 < at <= table.width or not 0 <= place - table.first_row < table.n_rows:
            return ""
        return str(table.columns[at - 1][place - table.first_row].as_py()).strip()[:MOST_SHOWN]


def written_number(value: object) -> str:
    """A figure as text: 9 for 9.0, else with the decimals it has."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return str(value)
