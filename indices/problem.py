"""One finding about data, free of language: where it is, what was read, how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""An error stops, a warning asks for a yes, a note tells how something was read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding at one place of a file.

    `code` is stable and names the sentence that explains it (`problem.<code>` in the texts);
    `row` counts as a spreadsheet does, the first line being row 1; `column` is its heading as typed
    and `at` its number, 1 for A; `value` is the cell as it was read; `sheet` is None for a text file;
    `slots` fills the sentence with what only this finding knows.
    """

    code: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = "error"
    sheet: str | None = None
    at: int | None = None

    @property
    def cell(self) -> str | None:
        """The cell as a spreadsheet names it ("C12"), where row and column are known."""
        return f"{column_letters(self.at)}{self.row}" if self.at and self.row else None


def column_letters(number: int) -> str:
    """A spreadsheet's name of its column `number`, counted from 1 (A to Z, then AA)."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
