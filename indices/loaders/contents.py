"""What a column's cells say of it, where they say otherwise than its heading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indices.catalogue import Catalogue
from indices.loaders.cells import texts
from indices.loaders.findings import Findings
from indices.loaders.headings import Vocabulary, fold
from indices.loaders.raw import RawTable
from indices.loaders.roles import Column, answer
from indices.numbers import read_number

FIELDS = range(60, 65)
"""Sizes of a field of 63 provinces, some left out; or of the 34."""
MERGED_FIELD = 34
ENOUGH = 5
MOSTLY = 0.8
LOOKED_AT = 2_000
_SCORE_WORDS = ("diem", "score", "point")


def by_contents(
    table: RawTable,
    columns: tuple[Column, ...],
    answered: Mapping[str, str],
    vocabulary: Vocabulary,
    catalogue: Catalogue,
    findings: Findings,
) -> tuple[Column, ...]:
    """The columns, some with another role for what their cells hold.

    Under a heading such as "Chỉ số" may stand names of indices or parts; under the name of an index
    ranks. "9/63" is a rank; whole numbers from 1 to 63 may be either and are a question, never a guess.
    """
    roles = {column.role for column in columns}
    found = []
    for column in columns:
        if column.role == "score" and answer(column.head, answered) is None:
            words = [word.strip() for word in texts(table.columns[column.at]).words[:LOOKED_AT]]
            words = [word for word in words if word]
            role = _named(words, roles, vocabulary, catalogue) or _ranked(words)
            if role == "unclear" and any(word in fold(column.heading) for word in _SCORE_WORDS):
                role = None
            if role == "unclear":
                findings.add(
                    "score_or_rank",
                    table=table,
                    at=column.at,
                    heading=column.heading,
                    value=column.heading,
                )
            elif role:
                column = replace(column, role=role)
        found.append(column)
    return tuple(found)


def _named(words: list[str], roles: set[str], vocabulary: Vocabulary, catalogue: Catalogue) -> str | None:
    """The role "index" or "component" where the cells are names of such."""
    letters = [word for word in words if any(sign.isalpha() for sign in word)]
    if not letters or len(letters) < MOSTLY * len(words):
        return None
    names = {fold(code) for code in catalogue.indices} | {
        title for titles in vocabulary.titles.values() for title in titles
    }
    if "index" not in roles and all(fold(word) in names for word in letters):
        return "index"
    known = [meaning for word in letters if (meaning := vocabulary.read(word)) is not None]
    if "component" not in roles and len(known) >= MOSTLY * len(letters):
        return "component"
    return None


def _ranked(words: list[str]) -> str | None:
    """The role "rank" where the cells say of how many; "unclear" where they may be ranks or scores."""
    read = [number for word in words if (number := read_number(word)).value is not None]
    values = [number.value for number in read if number.value is not None]
    if not values or any(value % 1 or not 1 <= value <= max(FIELDS) for value in values):
        return None
    if all(number.of is not None and (number.of in FIELDS or number.of == MERGED_FIELD) for number in read):
        return "rank"
    return "unclear" if len(values) >= ENOUGH else None
