"""Editions the catalogue's files do not know yet: the newest year, as an upload brings it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from indices.catalogue.catalogue import MERGER_FRAME, Catalogue
from indices.catalogue.specs import EditionSpec

FIRST_MERGED_EDITION = 2025
"""The first year of assessment of the 34 provinces (merger of 1 July 2025)."""
_NAME = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<frame>\d\d))?")


def edition_spec(catalogue: Catalogue, index: str, edition: str) -> EditionSpec | None:
    """The edition as the catalogue has it, else as its name and year say; None where it cannot be.

    An edition nobody knows is possible from the index's first year to its last, and not in the future.
    """
    known = catalogue.edition(index, edition)
    name = _NAME.fullmatch(edition)
    spec = catalogue.indices.get(index)
    if known is not None or name is None or spec is None:
        return known
    year = int(name["year"])
    last = spec.last_edition or datetime.now(UTC).year
    if not spec.first_edition <= year <= last or name["frame"] not in (None, str(MERGER_FRAME)):
        return None
    frame = MERGER_FRAME if name["frame"] or year >= FIRST_MERGED_EDITION else 64 if year < 2008 else 63
    return EditionSpec(index, edition, frame, None, "", "unknown", 0, 0, "partial", "")


def with_editions(catalogue: Catalogue, held: Iterable[tuple[str, str]]) -> Catalogue:
    """The catalogue with every edition of `held` (index, edition) that it does not know yet."""
    new = [
        spec
        for index, edition in sorted(set(held))
        if catalogue.edition(index, edition) is None
        and (spec := edition_spec(catalogue, index, edition)) is not None
    ]
    return replace(catalogue, editions=(*catalogue.editions, *new)) if new else catalogue
