"""The provinces of rows by their names in the frame of an edition; a name without one there is told once."""

from __future__ import annotations

import numpy as np

from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.loaders.keyed import Keyed, Mask
from indices.loaders.legacy import legacy_finding
from indices.loaders.listing import Listing
from indices.loaders.rows import nearest

WORTH_ASKING = 72.0
"""From this likeness on, 0 to 100, a name is asked about."""
MANY_OLDER = 10
"""So many provinces that are no more are a table of before the merger, not names to put right."""


class RowProvinces:
    """The provinces of one table's rows, for any of its editions."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self._told: set[tuple[int, int]] = set()

    def of(self, rows: Mask, spec: EditionSpec) -> tuple[Keyed, Mask]:
        """Names as an edition has them, and which of the `rows` have one; others are told."""
        listing, frame = self.listing, spec.province_frame
        words, codes = listing.name_texts.words, listing.name_texts.codes
        names = Keyed(tuple(listing.names.read(word).names.get(frame, "") for word in words), codes)
        good = names.where([bool(name) for name in names.words])
        older = frame == MERGER_FRAME and self._tell_older(rows & ~good, spec)
        for row in np.nonzero(rows & ~good)[0].tolist():
            if not older or listing.names.read(listing.name(row)).kind != "name":
                self._tell(row, frame)
        return names, rows & good & (not older)

    def _tell_older(self, rows: Mask, spec: EditionSpec) -> bool:
        """Whether a table for the merged provinces lists those of before; told once, at the first."""
        listing = self.listing
        known = np.array([kind == "name" for kind in listing.kinds()], dtype=bool)
        found = np.nonzero(rows & known[listing.name_texts.codes])[0].tolist()
        different = {listing.name(row) for row in found}
        if len(different) < MANY_OLDER:
            return False
        slots = {"n": str(len(different)), "edition": spec.edition, "frame": str(spec.frame)}
        listing.tell("frame_older", found[0], listing.name_column, listing.name(found[0]), **slots)
        return True

    def _tell(self, row: int, frame: int) -> None:
        if (row, frame) in self._told:
            return
        self._told.add((row, frame))
        listing, word = self.listing, self.listing.name(row)

        def tell(code: str, **slots: str) -> None:
            listing.tell(code, row, listing.name_column, word, **slots)

        if listing.findings.is_full("unknown_province", listing.table):
            tell("unknown_province")
            return
        found, provinces = listing.names.read(word), listing.names.provinces
        if found.kind == "name":
            other = next(iter(found.names.values()))
            near = provinces.successor(other) if frame == MERGER_FRAME or other == "Hà Tây" else ""
            tell("province_wrong_frame", frame=str(frame), suggestion=near)
        elif legacy := legacy_finding(word, listing.names.is_province):
            tell(legacy[0], **legacy[1])
        else:
            likely, likeness = nearest(provinces, word, frame)
            likely = likely if likeness >= WORTH_ASKING else ""
            tell("unknown_province", frame=str(frame), suggestion=likely)
