"""One measured value against its goal, and the table of all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A measured `value` in `unit`; with `against`, the goal is on their ratio, else on the value itself.

    `goal` is the upper limit, or None for a value that is only shown. `failure` says why there is none.
    """

    name: str
    value: float | None = None
    unit: str = "s"
    goal: float | None = None
    against: float | None = None
    failure: str = ""

    @property
    def judged(self) -> float | None:
        """What the goal is about."""
        if self.value is None:
            return None
        return self.value / self.against if self.against else self.value

    @property
    def outcome(self) -> str:
        """`met`, `NOT MET`, or why neither can be said."""
        if self.failure or self.judged is None:
            return f"NOT MEASURED: {self.failure}"
        if self.goal is None:
            return ""
        return "met" if self.judged <= self.goal else "NOT MET"

    def cells(self) -> list[str]:
        """The measure as a row of the table."""
        value = "" if self.value is None else f"{self.value:.3g} {self.unit}"
        against = f"{self.against:.3g} {self.unit}" if self.against else ""
        ratio = f"{self.judged:.2f}" if self.against and self.judged is not None else ""
        goal = "" if self.goal is None else f"≤ {self.goal:g}" + ("" if self.against else f" {self.unit}")
        return [self.name, value, against, ratio, goal, self.outcome]


def table(measures: list[Measure]) -> str:
    """All measures as aligned text."""
    head = ["measure", "value", "against", "ratio", "goal", "outcome"]
    rows = [head, *(measure.cells() for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
