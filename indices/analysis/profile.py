"""Provinces whose scores have the same shape: nearest in the profile of their parts."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField
from indices.analysis.edition_fields import edition_fields
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue
from indices.tidy import OVERALL

NEAREST = 6
"""Provinces that count as near: as many as the comparison page draws."""

PROFILE_DTYPES = {
    "province": "string[pyarrow]",
    "distance": "double[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "points_ahead": "double[pyarrow]",
}


@dataclass(frozen=True)
class Profile:
    """The provinces nearest to ours in the profile of the parts, nearest first (`nearest`: PROFILE_DTYPES).

    `distance` is without a unit: 0 for the same scores in every part; `points_ahead` is the province's score
    of the whole index minus ours. `parts` are the parts compared, `n_provinces` the provinces compared with.
    """

    index: str
    edition: str
    province: str
    parts: tuple[str, ...]
    n_provinces: int
    nearest: pd.DataFrame


def profile(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    nearest: int = NEAREST,
) -> Profile | Refusal:
    """The `nearest` provinces by the Euclidean distance of standardised scores of the parts.

    Every part is standardised over all provinces that have it (z = (score - mean) / standard deviation of
    the population), so that a part on which provinces differ much does not outweigh the others, and no
    weight is applied; distance = root of the sum over parts of (z of the province - z of ours) squared.
    Both steps as in OECD and JRC, Handbook on Constructing Composite Indicators (2008): normalisation by
    z-scores, Euclidean distance between units in cluster analysis. A part in which all scores are equal
    adds nothing.

    Of several ways of dividing an index the first that the whole field holds. Refused where the edition is
    not held (`no_edition`), ranks the 34 merged provinces (`other_frame`), no way of dividing is held of
    every ranked province (`parts_of_few`, `parts_of_none`), or our province lacks a part (`no_parts`).
    """
    spec = catalogue.edition(index, edition)
    slots = {"index": index, "edition": edition}
    if spec is None:
        return Refusal("no_edition", slots)
    if spec.frame == MERGER_FRAME:
        return Refusal("other_frame", {"edition": spec.year, "n": spec.frame})
    by_split: dict[str | None, list[str]] = {}
    for part in catalogue.components_of(index, spec.year):
        by_split.setdefault(part.split, []).append(part.component)
    codes = [code for codes in by_split.values() for code in codes]
    field = edition_fields(figures, catalogue, index, [edition], codes).get(edition)
    if field is None:
        return Refusal("no_edition", slots)
    whole = [codes for codes in by_split.values() if all(field.has_whole(code) for code in codes)]
    if not whole:
        held = {name for code in codes for name in field.scores.get(code, {})}
        few = {**slots, "held": len(held), "n": field.n_ranked}
        return Refusal("parts_of_few", few) if held else Refusal("parts_of_none", slots)
    parts = whole[0]
    if any(province not in field.scores[code] for code in parts):
        return Refusal("no_parts", slots)
    distances = _distances(field, parts, province)
    rows = [_row(field, province, name, distance) for distance, name in sorted(distances)[:nearest]]
    table = answer_table(rows, PROFILE_DTYPES)
    return Profile(index, edition, province, tuple(parts), len(distances), table)


def _distances(field: EditionField, parts: list[str], province: str) -> list[tuple[float, str]]:
    squares: dict[str, float] = dict.fromkeys(field.scores[parts[0]], 0.0)
    for code in parts:
        scores = field.scores[code]
        spread = pstdev(scores.values(), fmean(scores.values()))
        # Standardised scores differ by the difference of the scores over the spread: the mean falls out.
        squares = {
            name: total + ((scores[name] - scores[province]) / spread) ** 2 if spread else total
            for name, total in squares.items()
            if name in scores
        }
    return [(sqrt(total), name) for name, total in squares.items() if name != province]


def _row(field: EditionField, province: str, other: str, distance: float) -> dict[str, object]:
    score, ours = field.scores.get(OVERALL, {}).get(other), field.totals.get(province)
    return {
        "province": other,
        "distance": distance,
        "place": field.places.get(other),
        "computed": other in field.places and other not in field.ranks,
        "n_ranked": field.n_ranked,
        "score": score,
        "points_ahead": None if score is None or ours is None else score - ours,
    }
