"""What every command does at a terminal: answers to standard output, all else to standard error, codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from indices.i18n import Language, text

DONE, NOTHING, WRONG = 0, 1, 2


class StopError(Exception):
    """The command ends here: a sentence for standard error and the exit code."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def tell(sentence: str) -> None:
    """A sentence that is not the answer."""
    print(sentence, file=sys.stderr)


def print_json(answer: object) -> None:
    """The answer as JSON."""
    print(json.dumps(answer, ensure_ascii=False, indent=1))


def print_rows(heads: list[str], rows: list[list[Any]]) -> None:
    """Columns side by side; numbers to the right."""
    written = [heads, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in written) for at in range(len(heads))]
    right = [bool(rows) and all(isinstance(row[at], int) for row in rows) for at in range(len(heads))]
    for row in written:
        cells = zip(row, widths, right, strict=True)
        print("  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in cells).rstrip())


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with plain values, None where a figure is missing."""
    rows: list[dict[str, Any]] = pa.Table.from_pandas(table, preserve_index=False).to_pylist()
    return rows


def give(content: bytes, output: str | None, language: Language) -> None:
    """Bytes into a file, or to standard output where none is named."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as fault:
        slots = {"file": output, "reason": str(fault.strerror)}
        raise StopError(WRONG, text("cli.not_written", language, **slots)) from fault
