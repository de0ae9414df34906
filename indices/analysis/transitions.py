"""From one edition to the next: the place of every province, the year before, now and the year after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indices.analysis.cells import records
from indices.analysis.edition_field import EditionField
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEARLY_ALL = 0.9
"""Share of the provinces of its time that an edition must have ranked: pilots are another field."""


@dataclass(frozen=True, eq=False)
class Transitions:
    """Every place of a province in a field of 63 (or 64) as columns of equal length.

    `index`, `edition`, `province`: codes and names; `year`; `place` in the field of `n_ranked`,
    `computed` where it is ours; `before` and `after`: the places one year earlier and later (NaN: no
    edition that year, or no place in it); `across`: the method changes between this edition and the
    next; `whole`: this edition and the next hold a place of every province they ranked.
    """

    index: NDArray[np.str_]
    edition: NDArray[np.str_]
    province: NDArray[np.str_]
    year: NDArray[np.int64]
    place: Numbers
    computed: Flags
    n_ranked: Numbers
    before: Numbers
    after: Numbers
    across: Flags
    whole: Flags

    @property
    def known(self) -> Flags:
        """Whether it is known what came."""
        return ~np.isnan(self.after)

    def learnt_by(self, year: int) -> Flags:
        """What the edition of `year` may be forecast from: results of editions before it.

        Only whole fields, since a partial one holds mostly the provinces that the press reports, and
        only steps within one method.
        """
        return self.known & self.whole & ~self.across & (self.year + 1 < year)


# In the order of the fields of Transitions.
_KINDS = (np.str_, np.str_, np.str_, np.int64, np.float64, np.bool_) + (np.float64,) * 3 + (np.bool_,) * 2


def transitions(figures: pd.DataFrame, catalogue: Catalogue) -> Transitions:
    """The places of every index and edition (published, else computed) with those beside them in time.

    Editions of the 34 merged provinces and pilots of a part of the provinces are left out.
    """
    overall = figures[figures["component"] == OVERALL]
    held: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in records(overall, ["index", "edition", "province", "score", "rank"]):
        held[row["index"], row["edition"]].append(row)
    rows = [row for index in catalogue.indices for row in _rows(held, catalogue, index)]
    columns = list(zip(*rows, strict=True)) or [()] * len(_KINDS)
    arrays: list[Any] = [np.array(column, dtype=kind) for column, kind in zip(columns, _KINDS, strict=True)]
    return Transitions(*arrays)


def _rows(
    held: Mapping[tuple[str, str], list[dict[str, Any]]], catalogue: Catalogue, index: str
) -> list[tuple[Any, ...]]:
    fields: dict[int, EditionField] = {}
    for spec in catalogue.comparable_editions(index, 63):
        n_ranked = spec.n_ranked or spec.frame
        here = held.get((index, spec.edition), [])
        if here and n_ranked >= NEARLY_ALL * spec.frame:
            scores = {row["province"]: row["score"] for row in here if row["score"] is not None}
            ranks = {row["province"]: row["rank"] for row in here if row["rank"] is not None}
            fields[spec.year] = EditionField(spec, n_ranked, {OVERALL: scores}, ranks, {})
    breaks = {spec.edition for spec in catalogue.breaks_of(index)}
    nobody: Mapping[str, int] = {}
    rows: list[tuple[Any, ...]] = []
    for year, field in sorted(fields.items()):
        earlier, later = fields.get(year - 1), fields.get(year + 1)
        before, after = earlier.places if earlier else nobody, later.places if later else nobody
        whole = _whole(field) and later is not None and _whole(later)
        for province, place in sorted(field.places.items()):
            ours = province not in field.ranks
            now = (index, field.spec.edition, province, year, place, ours, field.n_ranked)
            rows.append((*now, before.get(province), after.get(province), year + 1 in breaks, whole))
    return rows


def _whole(field: EditionField) -> bool:
    return len(field.places) >= field.n_ranked
