"""Which rows of a table are a province's, known or not; every other row is left out and named."""

from __future__ import annotations

import numpy as np

from indices.loaders.headings import fold
from indices.loaders.keyed import Mask
from indices.loaders.listing import Listing
from indices.loaders.rows import CERTAIN_LIKENESS, nearest
from indices.loaders.values import Values
from indices.problem import Severity

MOST_WORDS = 2_000
"""Different unknown names that are looked at; no table has so many."""


def province_rows(listing: Listing) -> Mask:
    """The rows of provinces; what was left out is told."""
    kinds = np.array(listing.kinds(), dtype=object)
    kind = kinds[listing.name_texts.codes] if len(kinds) else np.empty(0, dtype=object)
    likeness: dict[str, float] = {}
    body: Mask = np.asarray(kind == "name", dtype=bool)
    for row in np.nonzero(~body)[0].tolist():
        word = listing.name(row).strip()
        if kind[row] == "blank":
            if listing.filled[row] and not _is_summary(listing, row):
                listing.tell("province_missing", row, listing.name_column, "")
            continue
        if kind[row] == "unknown" and not _is_left_out(listing, row, word, likeness):
            body[row] = True
        elif kind[row] == "summary" and not listing.filled[row]:
            continue  # a heading of a region, a line of column numbers: nothing is lost
        else:
            listing.tell_as("note", "row_left_out", row, listing.name_column, word)
    return body


def tell_empty(listing: Listing, read: Values) -> None:
    """Provinces with a row of their own and no figure in it; a note where the row says so itself."""
    for row in np.nonzero(read.empty)[0].tolist():
        severity: Severity = "note" if read.said_empty[row] else "warning"
        slots = {"province": listing.province(row)}
        listing.tell_as(severity, "row_empty", row, listing.name_column, listing.name(row), **slots)


def _is_left_out(listing: Listing, row: int, word: str, likeness: dict[str, float]) -> bool:
    """Whether an unknown name is no province's: a footnote, or the header printed once more."""
    if fold(word) == fold(listing.name_column.heading.split(" · ")[-1]):
        return True
    if listing.filled[row]:
        return False
    if word not in likeness:
        if len(likeness) >= MOST_WORDS:
            return False
        likeness[word] = nearest(listing.names.provinces, word, 63)[1]
    return likeness[word] < CERTAIN_LIKENESS


def _is_summary(listing: Listing, row: int) -> bool:
    """Whether a row without a province is a total or a mean by the cells beside it; told where it is."""
    beside = listing.table.columns[: listing.name_column.at + 2]
    cells = (column.slice(row, 1).to_pylist()[0] for column in beside)
    found = [listing.names.read(cell).kind for cell in cells if cell.strip() and not cell.strip().isdigit()]
    if "summary" in found:
        listing.tell_as("note", "row_left_out", row, listing.name_column, "")
    return "summary" in found
