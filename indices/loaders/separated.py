"""Text with separators → a raw table; the separator is told from the text, or the file is refused."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pa_csv

from indices.loaders.raw import RawTable

SEPARATORS = (";", ",", "\t", "|")
LOOKED_AT_ROWS = 300
LOOKED_AT_COLUMNS = 60
MOST_ROWS = 3_000_000
MOST_COLUMNS = 2_000
CHUNK_CELLS = 500_000
MOST_CELLS = 50_000_000
LONGEST_ROW = 2_000_000
LARGE = 4_000_000
"""Signs of text from which on the quick reader is tried first; what it refuses is read row by row."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Separated:
    """A table out of text with its separator; or why there is none: a problem code and its place."""

    table: RawTable | None = None
    separator: str = ""
    why: str | None = None
    row: int | None = None
    value: str | None = None


class _RowTooLongError(Exception):
    """A row without an end; the argument is its problem code."""


class _Lines:
    """The lines of a text for a reader of rows, which may ask for only so many of one row."""

    def __init__(self, text: str, separator: str) -> None:
        self._lines = _LINE.finditer(text)
        self._separator = separator
        self.n_signs = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)[0]
        self.n_signs += len(line)
        if self.n_signs > LONGEST_ROW:
            wide = line.count(self._separator) > MOST_COLUMNS
            broken = "quote_broken" if self.n_signs > len(line) else "cell_too_long"
            raise _RowTooLongError("too_many_columns" if wide else broken, line.count(self._separator) + 1)
        return line

    def rows(self, strict: bool) -> Iterator[list[str]]:
        """The rows. Raises csv.Error and _RowTooLongError."""
        for row in csv.reader(self, delimiter=self._separator, strict=strict):
            self.n_signs = 0
            yield row


def read_separated(text: str, is_known: Callable[[str], bool]) -> Separated:
    """The table in `text`; `is_known` tells names of provinces, which show where cells end."""
    first_row = 1
    if line := _SEP_LINE.match(text):  # Excel's own hint; Excel does not count this line
        text = text[line.end() :]
        return _read(text, line[1], first_row)
    separator = _separator(text, is_known)
    if separator is None:
        return Separated(why="separator_unclear")
    return _read(text, separator, first_row)


def _separator(text: str, is_known: Callable[[str], bool]) -> str | None:
    """The separator that parts the names of provinces from the rest, else the one that makes even rows."""
    known: dict[str, tuple[int, int, int]] = {}
    for separator in SEPARATORS:
        if separator not in text:
            continue
        rows = list(_some_rows(text, separator))
        widths = Counter(len(row) for row in rows if any(row))
        width, even = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if max(widths, default=1) < 2:
            continue
        names = sum(
            any(is_known(cell.strip()) for cell in row[:LOOKED_AT_COLUMNS]) for row in rows if len(row) > 1
        )
        known[separator] = (names, even if width > 1 else 0, width)
    if not known:
        return "\t" if text.strip() else None  # a single column: whatever separator
    best = max(known.values())
    found = [separator for separator, rating in known.items() if rating[:2] == best[:2]]
    if len(found) == 1 or best[0] == 0:
        return found[0] if len(found) == 1 else None
    # The same names with several separators: the one that also parts the other cells.
    widest = max(known[separator][2] for separator in found)
    found = [separator for separator in found if known[separator][2] == widest]
    return found[0] if len(found) == 1 else None


def _some_rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from islice(_Lines(text, separator).rows(strict=False), LOOKED_AT_ROWS)
    except (csv.Error, _RowTooLongError):
        return


def _read(text: str, separator: str, first_row: int) -> Separated:
    quick = _read_even(text, separator, first_row) if len(text) > LARGE else None
    return quick or _read_rows(text, separator, first_row)


def _read_even(text: str, separator: str, first_row: int) -> Separated | None:
    """A large table whose rows are all as wide as the first; None where one is not."""
    try:
        width = len(next(_Lines(text, separator).rows(strict=True), []))
    except (csv.Error, _RowTooLongError):
        return None
    if not 1 < width <= MOST_COLUMNS or text.count(separator) > MOST_CELLS:
        return None
    names = [str(at) for at in range(width)]
    try:
        table = pa_csv.read_csv(
            io.BytesIO(text.encode("utf-8")),
            pa_csv.ReadOptions(column_names=names),
            pa_csv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows > MOST_ROWS:
        return Separated(why="too_many_rows", value=str(MOST_ROWS))
    return Separated(RawTable(None, tuple(table.columns), (None,) * width, first_row), separator)


def _read_rows(text: str, separator: str, first_row: int) -> Separated:
    parts: list[list[pa.Array]] = []
    chunk: list[list[str]] = []
    n_rows, width = 0, 1

    def keep() -> None:
        if not chunk:
            return
        width = max((len(row) for row in chunk), default=0)
        for _ in range(len(parts), width):  # columns that begin here were empty so far
            parts.append([pa.array([""] * (n_rows - len(chunk)), pa.string())])
        for row in chunk:
            if len(row) < len(parts):
                row.extend([""] * (len(parts) - len(row)))
        for column, cells in zip(parts, zip(*chunk, strict=True), strict=True):
            column.append(pa.array(cells, pa.string()))
        chunk.clear()

    try:
        for row in _Lines(text, separator).rows(strict=True):
            n_rows += 1
            if len(row) > MOST_COLUMNS:
                return Separated(why="too_many_columns", row=n_rows, value=str(len(row)))
            width = max(width, len(row))
            if n_rows > (most := min(MOST_ROWS, MOST_CELLS // width)):
                return Separated(why="too_many_rows", value=str(most))
            chunk.append(row)
            if len(chunk) * width >= CHUNK_CELLS:
                keep()
        keep()
    except _RowTooLongError as fault:
        code, n = fault.args
        return Separated(why=code, row=n_rows + 1, value=str(n) if code == "too_many_columns" else None)
    except csv.Error as fault:
        code = "cell_too_long" if "field limit" in str(fault) else "quote_broken"
        return Separated(why=code, row=n_rows + 1)
    columns = tuple(pa.chunked_array(column, pa.string()) for column in parts)
    return Separated(RawTable(None, columns, (None,) * len(columns), first_row), separator)
