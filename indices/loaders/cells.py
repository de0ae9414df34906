"""Columns of text → columns of numbers: each different text is read once, each bad cell is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from indices.loaders.keyed import Keyed
from indices.loaders.raw import RawTable
from indices.numbers import DecimalMark, Number, decimal_marks, read_number

_RANK_WORD = re.compile(r"^\s*(?:thứ hạng|xếp hạng|hạng|thứ|rank)\s*(?=\d)", re.IGNORECASE)
_SCORE_WORD = re.compile(r"(?<=\d)\s*(?:điểm|points?)\s*$", re.IGNORECASE)
WHYS = (None, "missing", "ambiguous", "other_mark", "not_a_number")
# What `read_number` reads in any case, word for word; everything else is left to it.
_QUICK: dict[DecimalMark | None, str] = {
    ".": r"^[+-]?[0-9]+(\.[0-9]+)?$",
    ",": r"^[+-]?[0-9]+(,[0-9]+)?$",
    None: r"^[+-]?[0-9]+([.,]([0-9]{1,2}|[0-9]{4,}))?$",
}
_CLEAR: dict[DecimalMark, str] = {
    ".": r"^[+-]?[0-9]+\.([0-9]{1,2}|[0-9]{4,})$",
    ",": r"^[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})$",
}
_PLAIN = r"^$|^[+-]?[0-9]+([.,]([0-9]{1,2}|[0-9]{4,}))?$|^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


def texts(column: pa.ChunkedArray) -> Keyed:
    """The different texts of a column, and which row holds which."""
    words, codes = _encoded(column)
    return Keyed(tuple(words.to_pylist()), codes)


def _encoded(column: pa.ChunkedArray) -> tuple[pa.Array, Whole]:
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read as numbers: values (NaN where there is none) and the 63 of "9/63", by row.

    `why` says by row why there is no value: a place in WHYS, 0 where there is one.
    """

    values: Floats
    of: Floats
    words: Keyed
    why: npt.NDArray[np.int8]
    decimal: DecimalMark | None
    plain: bool = False

    def number(self, row: int) -> Number:
        """How the cell of a row was read."""
        return read_number(_bare(self.words.at(row), self.plain), self.decimal)

    def rows_where(self, why: str, among: npt.NDArray[np.bool_]) -> Iterator[int]:
        """The rows among some whose cell could not be read for this reason."""
        yield from np.nonzero((self.why == WHYS.index(why)) & among)[0].tolist()


def numbers(table: RawTable, at: int, decimal: DecimalMark | None, plain: bool = False) -> Numbers:
    """The column `at` (0 is the first) as numbers; `decimal` is the mark of cells typed as text.

    `plain` columns (ranks) may say "hạng 9"; scores may say "71,23 điểm".
    """
    words, codes = _encoded(table.columns[at])
    native = table.is_native(at).to_numpy(zero_copy_only=False).astype(bool)
    values, of, why = _read(words, decimal, plain)
    values, of, why = values[codes], of[codes], why[codes]
    if native.any():
        stored, _, not_stored = _read(words, ".", plain)
        values = np.where(native, stored[codes], values)
        why = np.where(native, not_stored[codes], why).astype(np.int8)
    return Numbers(values, of, Keyed(tuple(words.to_pylist()), codes), why, decimal, plain)


def _bare(word: str, plain: bool) -> str:
    return (_RANK_WORD if plain else _SCORE_WORD).sub("", word)


def _read(
    words: pa.Array, decimal: DecimalMark | None, plain: bool
) -> tuple[Floats, Floats, npt.NDArray[np.int8]]:
    """Values, "of" and why not, word by word: plain figures all at once, the others one by one."""
    values = np.full(len(words), np.nan)
    of = np.full(len(words), np.nan)
    why = np.zeros(len(words), dtype=np.int8)
    quick = pc.match_substring_regex(words, _QUICK[decimal]).to_numpy(zero_copy_only=False).astype(bool)
    if quick.any():
        figures = pc.replace_substring(words.filter(pa.array(quick)), ",", ".")
        values[quick] = pc.cast(pc.ascii_ltrim(figures, "+"), pa.float64()).to_numpy()
    for at in np.nonzero(~quick)[0].tolist():
        number = read_number(_bare(words[at].as_py(), plain), decimal)
        why[at] = WHYS.index(number.why)
        if number.value is not None:
            values[at] = number.value
        if number.of is not None:
            of[at] = number.of
    odd = ~np.isfinite(values) & quick  # more digits than a number can hold
    values[odd], why[odd] = np.nan, WHYS.index("not_a_number")
    return values, of, why


def marks_of(table: RawTable, columns: list[int]) -> frozenset[DecimalMark]:
    """The decimal marks that the clear cells of some columns show; spreadsheet numbers need none."""
    marks: set[DecimalMark] = set()
    for at in columns:
        words, codes = _encoded(table.columns[at])
        native = table.is_native(at).to_numpy(zero_copy_only=False).astype(bool)
        if native.any():
            words = words.take(pa.array(np.unique(codes[~native])))
        for mark, pattern in _CLEAR.items():
            if pc.any(pc.match_substring_regex(words, pattern)).as_py():
                marks.add(mark)
        unclear = words.filter(pc.invert(pc.match_substring_regex(words, _PLAIN)))
        marks |= decimal_marks(unclear.to_pylist())
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
