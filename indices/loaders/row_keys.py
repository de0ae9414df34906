"""By row: the index, the edition and the words that columns say, else what holds for the whole table."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from indices.catalogue import Catalogue
from indices.loaders.cells import texts
from indices.loaders.headings import Vocabulary, fold
from indices.loaders.keyed import Keyed
from indices.loaders.listing import Listing
from indices.loaders.roles import Column

_EDITION = re.compile(r"(?<!\d)((?:19|20)\d\d(?:-34)?)(?!\d)")


def index_by_row(listing: Listing, catalogue: Catalogue, vocabulary: Vocabulary) -> Keyed:
    """The code of the index that each row is of; one that nobody knows is told."""

    def code(word: str) -> str:
        if word.upper() in catalogue.indices:
            return word.upper()
        named = {code for code, titles in vocabulary.titles.items() if fold(word) in titles}
        return named.pop() if len(named) == 1 else ""

    return by_row(listing, "index", listing.task.index or "", code)


def edition_by_row(listing: Listing) -> Keyed:
    """The edition that each row is of; a cell that names none, or several, is told."""

    def edition(word: str) -> str:
        found = set(_EDITION.findall(word))
        return found.pop() if len(found) == 1 else ""

    return by_row(listing, "edition", listing.task.edition or "", edition)


def by_row(listing: Listing, role: str, default: str, read: Callable[[str], str] | None = None) -> Keyed:
    """What the column of a role says in each row, read by `read`; `default` where there is no word."""
    column = listing.task.column(role)
    if column is None:
        return Keyed.same(default, listing.n)
    found = texts(listing.table.columns[column.at])
    plain = tuple(word.strip() for word in found.words)
    words = tuple(read(word) if read is not None and word else word for word in plain)
    if read is not None:
        _tell_unknown(listing, role, column, found, words)
    different = {word: code for code, word in enumerate(dict.fromkeys(word or default for word in words))}
    codes = np.array([different[word or default] for word in words], dtype=np.int64)
    return Keyed(tuple(different), codes[found.codes] if len(codes) else found.codes)


def _tell_unknown(listing: Listing, role: str, column: Column, found: Keyed, words: tuple[str, ...]) -> None:
    unknown = [bool(typed.strip()) and not word for typed, word in zip(found.words, words, strict=True)]
    if any(unknown):
        rows = np.array(unknown, dtype=bool)[found.codes] & listing.filled
        for row in np.nonzero(rows)[0].tolist():
            slots = {"index": listing.task.index or "", "province": listing.province(row)}
            listing.tell(f"unknown_{role}", row, column, found.at(row), **slots)
