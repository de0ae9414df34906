"""Where a table's header stands and what each column under it means, one to four rows of headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from indices.loaders.headings import Entry, Meaning, Vocabulary, fold
from indices.loaders.raw import RawTable
from indices.tidy import OVERALL

MOST_ROWS = 4
LOOKED_AT_ROWS = 60
LOOKED_AT_COLUMNS = 40
MOST_COLUMNS = 120
"""Columns by which the rows of headings are found."""
MOST_ABOVE = 200
MOST_NAMES = 5_000
ENOUGH_NAMES = 10
MOST_TURNED_ROWS = 2_000
_FIGURE = re.compile(r"[.,\s%/+()-]*\d[\d.,\s%/+()-]*")
_YEAR_ONLY = re.compile(r"\D*(?:19|20)\d\d\D*")


@dataclass(frozen=True, slots=True)
class Head:
    """One column's heading as typed (rows joined by " · ") and what it may mean."""

    at: int
    heading: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its rows (places from 0), its columns, the lines of text above it.

    `province_columns` are several where columns come in pairs of province and score, each in its own
    order.
    """

    first: int
    last: int
    heads: tuple[Head, ...]
    above: tuple[str, ...]
    province_at: int | None
    province_columns: tuple[int, ...] = ()

    @property
    def n_headings(self) -> int:
        """How many columns have a heading."""
        return sum(bool(head.heading) for head in self.heads)

    @property
    def n_known(self) -> int:
        """How many different meanings the columns have."""
        return len({(head.meaning.entries, head.meaning.year) for head in self.heads if head.meaning})


def find_header(table: RawTable, vocabulary: Vocabulary, is_province: Callable[[str], bool]) -> Header | None:
    """The header of a table, None where there is none above the first name of a province."""
    columns, first_name = _names(table, is_province)
    rows = table.head(LOOKED_AT_ROWS if first_name is None else min(first_name, 400))
    narrow = min(table.width, MOST_COLUMNS)
    candidates = [
        header
        for start in range(max(0, len(rows) - LOOKED_AT_ROWS), len(rows))
        for depth in range(1, MOST_ROWS + 1)
        if (header := _header(table, rows, start, depth, vocabulary, is_province, narrow)) is not None
    ]
    if not columns:
        # Without a single name only headings tell; two of them, that of provinces first of all.
        several = [c for c in candidates if c.n_known >= 2]
        candidates = [c for c in several if c.province_at is not None] or several
    # A remark alone in its row is no header; one heading is where it names the column of provinces.
    candidates = [c for c in candidates if c.province_at is not None or c.n_headings > 1]
    best = max(candidates, key=lambda c: (c.n_known, c.last, c.first), default=None)
    if best is None or best.n_known == 0:
        return None
    if narrow < table.width:
        depth = best.last - best.first + 1
        best = _header(table, rows, best.first, depth, vocabulary, is_province, table.width) or best
    above = (cell.strip() for line in rows[: best.first] for cell in line if cell.strip())
    best = replace(best, above=tuple(islice(above, MOST_ABOVE)))
    if best.province_at is None or (columns and best.province_at not in columns):
        best = replace(best, province_at=columns[0] if columns else None)
    at = best.province_at
    return replace(best, province_columns=columns if len(columns) > 1 else () if at is None else (at,))


def is_turned(table: RawTable, is_province: Callable[[str], bool]) -> bool:
    """Whether provinces stand side by side in a row, not one below the other in a column."""
    if table.n_rows > MOST_TURNED_ROWS:
        return False
    in_rows = max((sum(map(is_province, row)) for row in table.head(LOOKED_AT_ROWS)), default=0)
    if in_rows < ENOUGH_NAMES:
        return False
    columns = (pc.unique(column).to_pylist()[:MOST_NAMES] for column in table.columns)
    return in_rows > max((sum(map(is_province, words)) for words in columns), default=0)


def _names(table: RawTable, is_province: Callable[[str], bool]) -> tuple[tuple[int, ...], int | None]:
    """The columns of names of provinces, and the place of the first name.

    The column with most names; others only where they name other provinces in the same rows.
    """
    counts: dict[int, int] = {}
    first: dict[int, int] = {}
    for at, column in enumerate(table.columns[:LOOKED_AT_COLUMNS]):
        words = [word for word in pc.unique(column).to_pylist()[:MOST_NAMES] if is_province(word)]
        if words:
            counts[at] = len(words)
            found = pc.index(pc.is_in(column, value_set=pa.array(words, pa.string())), True)
            first[at] = int(found.as_py())
    if not counts:
        return (), None
    best = max(counts, key=lambda at: (counts[at], -at))
    columns = [best]
    for at, count in counts.items():
        enough = count >= max(ENOUGH_NAMES, counts[best] // 2)
        if at != best and enough and _differ(table.columns[best], table.columns[at], is_province):
            columns.append(at)
    return tuple(sorted(columns)), min(first[at] for at in columns)


def _differ(one: pa.ChunkedArray, other: pa.ChunkedArray, is_province: Callable[[str], bool]) -> bool:
    """Whether two columns of names name different provinces in most rows (not one in two languages)."""
    pairs = [
        (fold(a), fold(b))
        for a, b in zip(one.slice(0, 400).to_pylist(), other.slice(0, 400).to_pylist(), strict=True)
        if is_province(a) and is_province(b)
    ]
    return sum(a != b for a, b in pairs) > len(pairs) / 2


def _header(
    table: RawTable,
    rows: list[list[str]],
    start: int,
    depth: int,
    vocabulary: Vocabulary,
    is_province: Callable[[str], bool],
    width: int,
) -> Header | None:
    lines = rows[start : start + depth]
    if len(lines) < depth or not any(cell.strip() for cell in lines[0]):
        return None
    if any(_is_body(line, is_province) for line in lines):
        return None
    if depth > 1 and not any(cell.strip() for cell in lines[-1]):
        return None
    filled = [_filled(table, line, start + n, lines[n + 1 :]) for n, line in enumerate(lines)]
    heads = []
    for at in range(width):
        typed = [line[at].strip() for line in filled]
        parts = [part for n, part in enumerate(typed) if part and part not in typed[:n]]
        heading = " · ".join(parts)
        heads.append(Head(at, heading, _meaning(parts, vocabulary)))
    if depth > 1 and not any(head.meaning for head in heads if lines[-1][head.at].strip()):
        return None
    named = (head.at for head in heads if head.meaning and _may_be(head.meaning, "province"))
    return Header(start, start + depth - 1, tuple(heads), (), next(named, None))


def _is_body(line: list[str], is_province: Callable[[str], bool]) -> bool:
    """A row of figures: a province in it, or mostly numbers that are no years and no numbering 1, 2, 3."""
    cells = [cell.strip() for cell in line if cell.strip()]
    if any(is_province(cell) for cell in cells):
        return True
    figures = [cell for cell in cells if _FIGURE.fullmatch(cell) and not _YEAR_ONLY.fullmatch(cell)]
    return len(figures) * 2 > len(cells) and len(cells) > 1


def _filled(table: RawTable, line: list[str], place: int, lower: list[list[str]]) -> list[str]:
    """A row of headings with its merged cells, and above other headings open cells, filled from the left."""
    row = place + table.first_row
    filled = list(line) + [""] * (table.width - len(line))
    for up, first, down, last in table.merged:
        if up == row == down or (up == row and lower):
            for at in range(first - 1, min(last, table.width)):
                filled[at] = line[first - 1]
    if lower and not table.merged:
        for at in range(1, table.width):
            below = any(under[at].strip() for under in lower)
            if below and not filled[at].strip() and filled[at - 1].strip():
                filled[at] = filled[at - 1]
    return filled


def _meaning(parts: list[str], vocabulary: Vocabulary) -> Meaning | None:
    if not parts:
        return None
    meanings = [vocabulary.read(part) for part in parts]
    combined = reduce(_combined, meanings[1:], meanings[0])
    if len(parts) > 1 and (combined is None or combined.loose):
        return vocabulary.read_joined(parts) or combined
    return combined


def _combined(upper: Meaning | None, lower: Meaning | None) -> Meaning | None:
    """What a heading means under another one: a year, an index or a part above says of what it is."""
    if lower is None:
        return None
    if upper is None:  # "Điểm" under words nobody knows: of those, or of the whole index
        return replace(lower, loose=True)
    year, percent = lower.year or upper.year, lower.percent or upper.percent
    above, below = upper.entries, lower.entries
    if all(entry.role == "year" for entry in below):
        return replace(upper, year=year, percent=percent)
    generic = all(e.component == OVERALL and e.index is None and e.role in ("score", "rank") for e in below)
    if generic and all(
        entry.role == "score" and (entry.component != OVERALL or entry.index) for entry in above
    ):
        roles = {entry.role for entry in below}
        return Meaning(tuple(replace(e, role=role) for e in above for role in roles), year, percent)
    return Meaning(below, year, percent)


def _may_be(meaning: Meaning, role: str) -> bool:
    return any(entry.role == role for entry in meaning.entries)


__all__ = ["Entry", "Head", "Header", "find_header", "fold"]
