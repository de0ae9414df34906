"""How sure a rank is, and the chance that it is truly within the target, each from a stated basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.analysis.certainty_bases import BASES, Basis, Spread, spread_of, weighted
from indices.analysis.chance_words import chance_word
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.rank_intervals import (
    chance_of_places,
    drawn_places,
    middle_interval,
    pairwise_interval,
    rounding_interval,
)
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue
from indices.tidy import OVERALL

DRAWS = 2000
NEAREST = 20
"""Provinces shown around the target's line."""

CERTAINTY_DTYPES = {
    "province": "string[pyarrow]",
    "basis": "string[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "rank_computed": "int64[pyarrow]",
    "rank_low": "int64[pyarrow]",
    "rank_high": "int64[pyarrow]",
    "extended": "bool[pyarrow]",
    "n_above": "int64[pyarrow]",
    "n_below": "int64[pyarrow]",
    "chance": "double[pyarrow]",
    "word": "string[pyarrow]",
    "n_provinces": "int64[pyarrow]",
    "draws": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "se": "double[pyarrow]",
    "se_assumed": "bool[pyarrow]",
    "n_assumed": "int64[pyarrow]",
    "errors_edition": "string[pyarrow]",
    "decimals": "int64[pyarrow]",
}


@dataclass(frozen=True)
class Certainty:
    """How sure the place of one province is: a row of `bases` for each basis (CERTAINTY_DTYPES).

    basis        sampling (published standard errors), sampling_earlier (those of another edition: an
                 assumption), weights (trials of the weights: how much depends on them, no confidence),
                 rounding (of the printed scores)
    place        published rank, else the computed one (`computed`); rank_computed is always by score
    rank_low, rank_high   places that cannot be ruled out: a 90 % interval for the two kinds of sampling,
                 the middle 90 % of the trials for weights, the exact range for rounding. It always holds
                 rank_computed; `extended` says that it was widened to do so
    n_above, n_below      provinces that are clearly ahead and clearly behind by their standard errors
    chance       of a place within target_rank, from 0 to 1: the share of draws; word: `chance_word`
    draws        random draws behind the row; 0 where the answer is exact
    score, se    points of the province and its standard error; se_assumed: its own is not published and
                 the median one stands for it, as for n_assumed of the n_provinces
    errors_edition   the edition for which the standard errors were published
    decimals     decimals the scores are printed with (rounding)
    """

    index: str
    edition: str
    province: str
    target_rank: int
    bases: pd.DataFrame

    @property
    def first(self) -> dict[str, Any]:
        """The row of the basis that says most."""
        return records(self.bases.head(1), list(CERTAINTY_DTYPES))[0]


def seed_of(index: str, edition: str) -> int:
    """The seed of an edition's draws: the same in every process."""
    return crc32(f"{index} {edition}".encode())


def certainty(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    target_rank: int,
    basis: Basis | None = None,
    draws: int = DRAWS,
    seed: int | None = None,
) -> Certainty | Refusal:
    """How sure the place of a province is, on one basis or (None) on every basis that applies.

    Refused where the edition is of the 34 merged provinces (`certainty_merged`), does not hold the score of
    every ranked province (`certainty_no_field`), ranked no more than the target's rank
    (`certainty_no_line`), where the province's total is not held (`no_total`), and where the basis asked for
    is not published (`certainty_no_errors`, `certainty_no_weights`, `not_reproduced`).
    """
    field = _field(figures, catalogue, index, edition, target_rank)
    if isinstance(field, Refusal):
        return field
    if province not in field.totals:
        return Refusal("no_total", {"index": index, "edition": edition})
    start = seed_of(index, edition) if seed is None else seed
    rows, refusal = [], None
    for one in BASES if basis is None else (basis,):
        spread = spread_of(field, catalogue, one, draws, start)
        if isinstance(spread, Refusal):
            refusal = spread
        else:
            rows.append(_row(field, spread, spread.provinces.index(province), target_rank))
    if not rows and refusal is not None:
        return refusal
    return Certainty(index, edition, province, target_rank, answer_table(rows, CERTAINTY_DTYPES))


def last_certainty(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, province: str, target_rank: int
) -> Certainty | None:
    """The province's newest edition with more to rest on than rounding; None where there is none."""
    for spec in reversed(catalogue.editions_of(index)):
        found = certainty(figures, catalogue, index, spec.edition, province, target_rank)
        if not isinstance(found, Refusal) and found.first["basis"] != "rounding":
            return found
    return None


def certainty_field(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    target_rank: int,
    basis: Basis,
    draws: int = DRAWS,
    seed: int | None = None,
) -> pd.DataFrame | Refusal:
    """Every province of an edition on one basis, best place first (CERTAINTY_DTYPES).

    Each interval is of its province alone: that all of them hold at once is less sure. Refused as
    `certainty`.
    """
    field = _field(figures, catalogue, index, edition, target_rank)
    if isinstance(field, Refusal):
        return field
    spread = spread_of(field, catalogue, basis, draws, seed_of(index, edition) if seed is None else seed)
    if isinstance(spread, Refusal):
        return spread
    rows = [_row(field, spread, at, target_rank) for at in range(len(spread.provinces))]
    rows.sort(key=lambda row: (row["place"], row["rank_computed"], row["province"]))
    return answer_table(rows, CERTAINTY_DTYPES)


def nearest_to_target(
    field: pd.DataFrame, province: str, target_rank: int, most: int = NEAREST
) -> pd.DataFrame:
    """The `most` provinces of `certainty_field` nearest to the target's line, and the province itself."""
    away = (field["place"] - target_rank - 0.5).abs()
    near = set(away.sort_values(kind="stable").index[:most])
    near |= set(field.index[field["province"] == province])
    return field.loc[sorted(near)].reset_index(drop=True)


def _field(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, edition: str, target_rank: int
) -> EditionField | Refusal:
    """The field of an edition whose every ranked province has a score."""
    spec = catalogue.edition(index, edition)
    if spec is not None and not weighted(catalogue, spec):
        figures = figures[figures["component"] == OVERALL]  # nothing here looks at the parts
    field = edition_field(figures, catalogue, index, edition)
    slots = {"index": index, "edition": edition}
    if field is None:
        return Refusal("no_total", slots)
    if field.spec.frame == MERGER_FRAME:
        return Refusal("certainty_merged", {**slots, "n": MERGER_FRAME})
    if not field.complete:
        return Refusal("certainty_no_field", {**slots, "held": len(field.totals), "n": field.n_ranked})
    if target_rank >= len(field.totals):
        return Refusal("certainty_no_line", {**slots, "n": len(field.totals), "target": target_rank})
    return field


def _row(field: EditionField, spread: Spread, at: int, target_rank: int) -> dict[str, Any]:
    province = spread.provinces[at]
    place = field.computed[province]
    if spread.decimals is not None:
        low, high = rounding_interval(spread.scores, spread.decimals, at)
        chance, draws = chance_of_places((low, high), target_rank), 0
    else:
        assert spread.drawn is not None  # only rounding draws nothing
        places = drawn_places(spread.drawn, at)
        chance, draws = float((places <= target_rank).mean()), len(places)
        if spread.errors is not None and spread.normals is not None:
            low, high = pairwise_interval(spread.scores, spread.errors, spread.normals, at)
        else:
            low, high = middle_interval(places)
    compared = spread.errors is not None
    return {
        "province": province,
        "basis": spread.basis,
        "place": field.places[province],
        "computed": province not in field.ranks,
        "rank_computed": place,
        "rank_low": min(low, place),
        "rank_high": max(high, place),
        "extended": not low <= place <= high,
        "n_above": low - 1 if compared else None,
        "n_below": len(spread.provinces) - high if compared else None,
        "chance": chance,
        "word": chance_word(chance),
        "n_provinces": len(spread.provinces),
        "draws": draws,
        "score": float(spread.scores[at]),
        "se": None if spread.errors is None else float(spread.errors[at]),
        "se_assumed": province in spread.assumed,
        "n_assumed": len(spread.assumed),
        "errors_edition": spread.errors_edition,
        "decimals": spread.decimals,
    }
