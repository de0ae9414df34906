"""Columns of text → columns of numbers: each different text is read once, each bad cell is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from indices.loaders.raw import RawTable
from indices.numbers import DecimalMark, Number, decimal_marks, read_number

_RANK_WORD = re.compile(r"^\s*(?:thứ hạng|xếp hạng|hạng|thứ|rank)\s*(?=\d)", re.IGNORECASE)
_SCORE_WORD = re.compile(r"(?<=\d)\s*(?:điểm|points?)\s*$", re.IGNORECASE)
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """A column as its different texts and, by row, which of them it holds."""

    words: tuple[str, ...]
    codes: Whole

    def at(self, row: int) -> str:
        """The text of a row."""
        return self.words[int(self.codes[row])]


def texts(column: pa.ChunkedArray) -> Texts:
    """The different texts of a column, and which row holds which."""
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Texts(tuple(encoded.dictionary.to_pylist()), codes)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read as numbers: values (NaN where there is none), the 63 of "9/63", and what was read."""

    values: Floats
    of: Floats
    words: Texts
    read: tuple[Number, ...]
    read_native: tuple[Number, ...]
    native: npt.NDArray[np.bool_]

    def number(self, row: int) -> Number:
        """How the cell of a row was read."""
        return (self.read_native if self.native[row] else self.read)[int(self.words.codes[row])]

    def rows_where(self, why: str, among: npt.NDArray[np.bool_]) -> Iterator[int]:
        """The rows among some whose cell could not be read for this reason."""
        for kind, mask in ((self.read, ~self.native), (self.read_native, self.native)):
            bad = np.array([number.why == why for number in kind], dtype=bool)
            if bad.any():
                yield from np.nonzero(bad[self.words.codes] & mask & among)[0].tolist()


def numbers(table: RawTable, at: int, decimal: DecimalMark | None, plain: bool = False) -> Numbers:
    """The column `at` (0 is the first) as numbers; `decimal` is the mark of cells typed as text.

    `plain` columns (ranks) may say "hạng 9"; scores may say "71,23 điểm".
    """
    words = texts(table.columns[at])
    native = table.is_native(at).to_numpy(zero_copy_only=False).astype(bool)
    bare = _RANK_WORD if plain else _SCORE_WORD
    read = tuple(read_number(bare.sub("", word), decimal) for word in words.words)
    read_native = tuple(read_number(word, ".") for word in words.words) if native.any() else read
    values = _take(read, words.codes, "value")
    of = _take(read, words.codes, "of")
    if native.any():
        values = np.where(native, _take(read_native, words.codes, "value"), values)
    return Numbers(values, of, words, read, read_native, native)


def marks_of(table: RawTable, columns: list[int]) -> frozenset[DecimalMark]:
    """The decimal marks that the clear cells of some columns show; spreadsheet numbers need none."""
    marks: set[DecimalMark] = set()
    for at in columns:
        words = texts(table.columns[at])
        native = table.is_native(at).to_numpy(zero_copy_only=False).astype(bool)
        typed = set(words.codes[~native].tolist())
        marks |= decimal_marks(words.words[code] for code in typed)
    return frozenset(marks)


def odd_marks(table: RawTable, columns: list[int]) -> Iterator[tuple[int, int, str]]:
    """Cells with the rarer of two decimal marks: column, row, text."""
    found: dict[DecimalMark, list[tuple[int, int, str]]] = {",": [], ".": []}
    for at in columns:
        words = texts(table.columns[at])
        native = table.is_native(at).to_numpy(zero_copy_only=False).astype(bool)
        by_word = [decimal_marks([word]) for word in words.words]
        for row in np.nonzero(~native)[0].tolist():
            for mark in by_word[int(words.codes[row])]:
                found[mark].append((at, row, words.at(row)))
    yield from min(found.values(), key=len)


def all_whole(table: RawTable, at: int, right: int) -> bool:
    """Whether a column and the one right of it hold whole numbers only, five rows at least."""
    for column in (at, right):
        read = [read_number(word) for word in texts(table.columns[column]).words if word.strip()]
        values = [number.value for number in read if number.value is not None]
        if len(values) < len(read) * 0.8 or not values or any(value % 1 for value in values):
            return False
    return table.n_rows >= 5


def rows_filled_beyond(table: RawTable, last: int) -> list[int]:
    """Rows with a filled cell to the right of the column `last`."""
    rows: set[int] = set()
    for column in table.columns[last + 1 :]:
        words = texts(column)
        filled = np.array([bool(word.strip()) for word in words.words], dtype=bool)
        rows |= set(np.nonzero(filled[words.codes])[0].tolist())
    return sorted(rows)


def _take(read: tuple[Number, ...], codes: Whole, name: str) -> Floats:
    given = [getattr(number, name) for number in read]
    values = np.array([np.nan if value is None else value for value in given], dtype=np.float64)
    return values[codes] if len(values) else np.empty(0)
