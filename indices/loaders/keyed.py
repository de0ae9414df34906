"""By row of a table: one of few texts, kept once each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Keyed:
    """By row: one of few texts ("" where there is none)."""

    words: tuple[str, ...]
    codes: Codes

    def at(self, row: int) -> str:
        """The text of a row."""
        return self.words[int(self.codes[row])]

    def array(self, rows: Codes) -> pa.Array:
        """The texts of some rows."""
        return pa.array(self.words, pa.string()).take(pa.array(self.codes[rows]))

    def otherwise(self, words: tuple[str, ...]) -> Keyed:
        """The same rows with other texts in the place of these."""
        return Keyed(words, self.codes)

    def where(self, holds: list[bool]) -> Mask:
        """The rows whose text is one of which something holds, text by text."""
        found: Mask = np.array(holds, dtype=bool)[self.codes]
        return found

    @classmethod
    def same(cls, word: str, n: int) -> Keyed:
        """One text in every row."""
        return cls((word,), np.zeros(n, dtype=np.int64))
