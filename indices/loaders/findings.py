"""Findings while a table is put together: where they stand, and an end to very many of one kind."""

from __future__ import annotations

from collections import Counter

from indices.loaders.raw import RawTable
from indices.problem import Problem, Severity

MOST_OF_A_CODE = 500


class Findings:
    """The problems of one file, in the order they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Problem] = []
        self._counts: Counter[tuple[str, str | None]] = Counter()

    def add(
        self,
        code: str,
        *,
        table: RawTable | None = None,
        place: int | None = None,
        at: int | None = None,
        heading: str | None = None,
        value: str | None = None,
        severity: Severity = "error",
        **slots: str,
    ) -> None:
        """Add a finding; `place` is the row in the table from 0, `at` the column from 0."""
        sheet = table.sheet if table is not None else None
        self._counts[code, sheet] += 1
        if self._counts[code, sheet] > MOST_OF_A_CODE:
            return
        row = place + table.first_row if table is not None and place is not None else None
        column = at + 1 if at is not None else None
        if table is not None and table.turned is not None:
            found = table.cell(row or 0, column or 0)
            row, column = found[0] if column else None, found[1] if row else None
        shown = value if value is None or len(value) <= 300 else value[:299] + "…"
        self._problems.append(Problem(code, self.file, row, heading, shown, slots, severity, sheet, column))

    def is_full(self, code: str, table: RawTable) -> bool:
        """Whether so many of a kind were found in a sheet that others are only counted."""
        return self._counts[code, table.sheet] >= MOST_OF_A_CODE

    def extend(self, problems: tuple[Problem, ...]) -> None:
        """Add findings made elsewhere."""
        for problem in problems:
            self._counts[problem.code, problem.sheet] += 1
        self._problems.extend(problems)

    def all(self) -> tuple[Problem, ...]:
        """Every finding, those beyond the first MOST_OF_A_CODE of a kind counted in one more."""
        order = {"error": 0, "warning": 1, "note": 2}
        severities = {(problem.code, problem.sheet): problem.severity for problem in self._problems}
        more = [
            Problem(
                "more_of_a_code",
                self.file,
                slots={"code": code, "n": str(count - MOST_OF_A_CODE)},
                severity=severities[code, sheet],
                sheet=sheet,
            )
            for (code, sheet), count in self._counts.items()
            if count > MOST_OF_A_CODE
        ]
        return tuple(
            sorted(
                (*self._problems, *more),
                key=lambda problem: (
                    order[problem.severity],
                    problem.sheet or "",
                    problem.row or 0,
                    problem.at or 0,
                ),
            )
        )
