"""The report on a file: every finding about it, in the order of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from indices.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """Findings about one file; `readable` is False where no table could be read out of it at all."""

    problems: tuple[Problem, ...] = ()
    readable: bool = True

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """The findings of one severity."""
        return tuple(problem for problem in self.problems if problem.severity == severity)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Findings that stop the file."""
        return self.of("error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Findings that ask for a yes."""
        return self.of("warning")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was done on reading, for the analyst to know; nothing to put right."""
        return self.of("note")

    @property
    def clean(self) -> bool:
        """Whether nothing stops the file and nothing asks for a yes."""
        return self.readable and not self.errors and not self.warnings

    def counts(self) -> dict[str, int]:
        """How often each code was found, most often first."""
        return dict(Counter(problem.code for problem in self.problems).most_common())

    def summary(self) -> dict[str, object]:
        """What is kept with a version: numbers of findings by severity and code."""
        severities = {"errors": len(self.errors), "warnings": len(self.warnings), "notes": len(self.notes)}
        return {**severities, "codes": self.counts()}
