"""The parts of an index that rows are of, and scores that name another scale than their part has."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indices.catalogue import Catalogue, EditionSpec
from indices.loaders.headings import Vocabulary, fold
from indices.loaders.keyed import Codes, Keyed, Mask
from indices.loaders.listing import Listing
from indices.loaders.province_rows import MOST_WORDS
from indices.loaders.roles import Column
from indices.loaders.values import Values
from indices.tidy import OVERALL

_WHOLE = ("tong", "tongthe", "tonghop", "chung")
"""Ways to write that a figure is of the index as a whole."""


class RowParts:
    """The parts of one table's rows, for any of its editions."""

    def __init__(self, listing: Listing, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self.listing, self.catalogue, self.vocabulary = listing, catalogue, vocabulary

    def of(
        self, rows: Mask, said: Keyed, group: Mapping[str, Column], spec: EditionSpec
    ) -> tuple[Keyed, Mask]:
        """Codes of the parts, and which rows have one in this year; of `rows`, others are told.

        `said` is what each row or its column says; a tidy table may name a part by any known heading.
        """
        listing = self.listing
        column = listing.task.column("component") or next(iter(group.values()))
        codes = [self._code(word, spec) for word in said.words[:MOST_WORDS]]
        codes += [None] * (len(said.words) - len(codes))
        good = said.where([code is not None for code in codes])
        for row in np.nonzero(rows & ~good)[0].tolist():
            value = said.words[said.codes[row]]
            listing.tell("unknown_component", row, column, value, province=listing.province(row))
        return said.otherwise(tuple(code or "" for code in codes)), good

    def tell_other_scale(
        self, at: Codes, parts: Keyed, group: Mapping[str, Column], read: Values, spec: EditionSpec
    ) -> None:
        """Scores that name another scale than theirs ("9/63" is a rank, "6,0/6,1" two figures)."""
        if "score" not in group:
            return
        found = read.read[group["score"].at]
        for row in at[~np.isnan(found.of[at])].tolist():
            scale = self.catalogue.scale_max(spec.index, parts.words[parts.codes[row]], spec.year)
            if scale is not None and abs(scale - found.of[row]) > 1e-6:
                slots = {"of": f"{found.of[row]:g}", "scale": f"{scale:g}"}
                self.listing.tell("score_of_other_scale", row, group["score"], found.words.at(row), **slots)

    def _code(self, word: str, spec: EditionSpec) -> str | None:
        if self.catalogue.component(spec.index, word, spec.year) is not None or word == OVERALL:
            return word
        meaning = self.vocabulary.read(word)
        entry = meaning.entry(spec.index, spec.year) if meaning else None
        if entry is not None and entry.role == "score":
            return entry.component
        return OVERALL if fold(word) in _WHOLE else None
