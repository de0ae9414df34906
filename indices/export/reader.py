"""For whom a chart is drawn: language, looks, province and target, and what things are called then."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from indices.catalogue import MERGER_FRAME, Catalogue
from indices.charts.theme import Theme
from indices.i18n import Language, text, word


class Reader:
    """What pages and pictures share: how to say things to one reader."""

    __slots__ = ()
    language: Language
    province: str
    target_rank: int
    theme: Theme
    catalogue: Catalogue

    def text(self, key: str, **slots: object) -> str:
        """A sentence of the reader's language."""
        return text(key, self.language, **slots)

    def word(self, group: str, code: str) -> str:
        """The word for a code of the data, or the code itself."""
        return word(group, code, self.language)

    def called(self, province: str, frame: int = 63) -> str:
        """A province's name in the reader's language."""
        return self.catalogue.provinces.name(province, self.language, frame)

    def named(self, table: pd.DataFrame, frame: int = 63) -> pd.DataFrame:
        """`table` with the provinces called in the reader's language."""
        if self.language == "vi" or table.empty:
            return table
        # Editions until 2007 have Hà Tây beside the 63.
        wider = MERGER_FRAME if frame == MERGER_FRAME else 64
        renamed = {}
        for column in table:
            if str(column).endswith("province") or column == "province_vi":
                names = {name: self.called(str(name), wider) for name in table[column].dropna().unique()}
                renamed[column] = table[column].map(names)
        return table.assign(**renamed)


@dataclass(frozen=True, slots=True)
class ChartReader(Reader):
    """Who asked for a chart by its name."""

    language: Language
    province: str
    target_rank: int
    theme: Theme
    catalogue: Catalogue
