"""One finding about data, free of language: where it is, what was read, how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding at one place of a file.

    `code` is stable and names the sentence that explains it (`problem.<code>` in the texts);
    `row` counts as a spreadsheet does, the header being row 1; `value` is the cell as it was read;
    `slots` fills the sentence with what only this finding knows.
    """

    code: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = "error"
