"""What each column of a table holds, of which index, edition and part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from indices.catalogue import Catalogue
from indices.loaders.header import Head, Header
from indices.loaders.headings import LEFT_OUT, LONGEST, fold
from indices.loaders.raw import RawTable
from indices.problem import column_letters
from indices.tidy import OVERALL

_RANK_WORDS = ("thuhang", "xephang", "rank", "vithu")
_SCORE_WORDS = ("diem", "score")


@dataclass(frozen=True, slots=True)
class Column:
    """A column understood: `role` ("": nobody knows it), and what it is of where it says so."""

    head: Head
    role: str
    component: str = OVERALL
    index: str | None = None
    year: int | None = None

    @property
    def at(self) -> int:
        """The column's place from 0."""
        return self.head.at

    @property
    def heading(self) -> str:
        """The heading as typed."""
        return self.head.heading

    @property
    def written(self) -> str:
        """The role as an analyst's answer writes it."""
        part = f":{self.component}" if self.component != OVERALL and self.role in ("score", "rank") else ""
        return self.role + part


def columns_of(
    table: RawTable,
    header: Header,
    index: str | None,
    year: int | None,
    answers: Mapping[str, str],
    catalogue: Catalogue,
) -> tuple[Column, ...]:
    """The columns that hold anything, each with its role in an index and year."""
    titles = fold(" ".join(text[:LONGEST] for text in header.above))
    columns = []
    for head in header.heads:
        filled = _n_filled_below(table, head.at, header.last)
        if not filled:
            continue
        if (given := answer(head, answers)) is not None:
            role, _, component = given.partition(":")
            meaning_year = head.meaning.year if head.meaning else None
            columns.append(Column(head, role, component or OVERALL, None, meaning_year))
        elif head.at in header.province_columns:
            columns.append(Column(head, "province"))
        else:
            columns.append(_column(head, index, year, titles, catalogue))
    return tuple(_sure(columns))


def answer(head: Head, answers: Mapping[str, str]) -> str | None:
    """The analyst's answer about a column: by its letters in brackets ("[C]"), else by its heading."""
    return answers.get(f"[{column_letters(head.at + 1)}]", answers.get(head.heading))


def _sure(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns; a heading under unknown words is a question where its meaning has another column."""
    for column in columns:
        loose = column.head.meaning is not None and column.head.meaning.loose
        twins = [
            c
            for c in columns
            if (c.role, c.component, c.year) == (column.role, column.component, column.year)
        ]
        if loose and column.role in ("score", "rank") and len(twins) > 1:
            yield Column(column.head, "")
        else:
            yield column


def blocks(columns: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """The columns that share a column of provinces: all of them, or pair by pair (province, score)."""
    provinces = [column for column in columns if column.role == "province"]
    if len(provinces) < 2:
        yield tuple(columns)
        return
    for province, following in zip(provinces, [*provinces[1:], None], strict=True):
        end = following.at if following else None
        yield (
            province,
            *(
                column
                for column in columns
                if column.role != "province" and column.at > province.at and (end is None or column.at < end)
            ),
        )


def _column(head: Head, index: str | None, year: int | None, titles: str, catalogue: Catalogue) -> Column:
    meaning = head.meaning
    if meaning is None:
        return Column(head, "")
    entry = meaning.entry(index, meaning.year or year)
    if entry is None:
        return Column(head, "")
    role = entry.role
    if role == "year":  # a year alone above a column: the title says whether of ranks or of scores
        ranks = any(word in titles for word in _RANK_WORDS)
        scores = any(word in titles for word in _SCORE_WORDS)
        role = "rank" if ranks and not scores else "score" if scores and not ranks else ""
        return Column(head, role, OVERALL, None, meaning.year)
    if role in LEFT_OUT or role == "province":
        return Column(head, "skip")
    own = {e.index for e in meaning.entries if e.role == role and e.component == entry.component}
    owner = next(iter(own)) if index is None and len(own) == 1 else None
    return Column(head, role, entry.component, owner, meaning.year)


def _n_filled_below(table: RawTable, at: int, last: int) -> int:
    below = table.columns[at].slice(last + 1)
    filled: int = pc.sum(pc.not_equal(pc.utf8_trim_whitespace(below), "")).as_py() or 0
    return filled


def below(table: RawTable, header: Header) -> RawTable:
    """The rows under the header as a table of their own, counted as the spreadsheet counts."""
    start = header.last + 1
    return RawTable(
        table.sheet,
        tuple(column.slice(start) for column in table.columns),
        tuple(marks.slice(start) if isinstance(marks, pa.ChunkedArray) else None for marks in table.native),
        table.first_row + start,
        table.hidden,
        table.dates,
        table.merged,
        table.turned,
    )
