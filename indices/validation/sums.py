"""Totals against their parts, by the formula of the edition's method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from indices.catalogue import Catalogue, EditionSpec, MethodSpec, covers
from indices.problem import Problem
from indices.tidy import OVERALL
from indices.validation.places import Cells, written_number

# How far a total may miss its parts beyond the rounding of what is printed, by how well the formula
# is proven (methods.csv). Without proof nothing is checked.
ALLOWANCES = {"exact": 0.001, "within": 0.03, "stated": 0.02}
MOST_DECIMALS = 6
THROUGHOUT, ENOUGH = 0.5, 10
"""With more than this share of at least so many totals off, the parts are of something else: told once."""


def check_sums(
    rows: pd.DataFrame, edition: EditionSpec, catalogue: Catalogue, cells: Cells
) -> Iterator[Problem]:
    """Totals that their parts do not give: of the index, and of each part that has parts of its own."""
    if rows["component"].nunique() < 3:
        return
    method = catalogue.method(edition.index, edition.year)
    allowance = ALLOWANCES.get(method.evidence.split(" ")[0]) if method else None
    if method is None or allowance is None:
        return
    wide = rows.drop_duplicates(["province", "component"])
    scores = wide.pivot(index="province", columns="component", values="score").astype("float64")
    decimals = {str(part): _decimals(scores[part]) for part in scores}
    for total in (OVERALL, *(part for part in scores if part != OVERALL)):
        if total not in scores:
            continue
        for factors in _formulas(edition, catalogue, method, str(total)):
            if set(factors) - set(scores.columns):
                continue
            expected = sum((scores[part] * factor for part, factor in factors.items()), 0 * scores[total])
            rounding = 0.5 * 10.0 ** -decimals[str(total)]
            rounding += sum(factor * 0.5 * 10.0 ** -decimals[part] for part, factor in factors.items())
            missed = (scores[total] - expected).abs().dropna()
            off = missed[missed > rounding + allowance]
            most_off = len(off) > THROUGHOUT * len(missed)
            whole = _is_whole(edition, catalogue, str(total), factors)
            if off.empty or whole is False or (whole is None and most_off):
                continue
            rows_off = wide[(wide["component"] == total) & wide["province"].isin(off.index)]
            if most_off and len(missed) >= ENOUGH:
                slots = {"n": str(len(off)), "all": str(len(missed)), "most": f"{off.max():.2f}"}
                row = rows_off.iloc[0].to_dict()
                yield cells.problem("totals_differ", row, "score", row["score"], "warning", **slots)
                continue
            code = "sum_differs" if len(set(factors.values())) == 1 else "weights_differ"
            for row in rows_off.to_dict("records"):
                slots = {"expected": written_number(round(float(expected[row["province"]]), 4))}
                yield cells.problem(code, row, "score", row["score"], "warning", **slots)


def _formulas(
    edition: EditionSpec, catalogue: Catalogue, method: MethodSpec, total: str
) -> Iterator[Mapping[str, float]]:
    """What each part counts for in a total, split by split; none where the method does not say."""
    parts = catalogue.components_of(edition.index, edition.year, total)
    splits: dict[str | None, list[str]] = {}
    for part in parts:
        splits.setdefault(part.split, []).append(part.component)
    weights = {
        weight.component: weight.weight_percent / 100
        for weight in catalogue.weights
        if weight.index == edition.index and covers(weight, edition.year)
    }
    for split, codes in splits.items():
        if method.formula == "sum" and split != "areas_percent":
            yield dict.fromkeys(codes, 1.0)
        elif total != OVERALL:
            continue
        elif method.formula == "mean":
            yield dict.fromkeys(codes, 1 / len(codes))
        elif method.formula.startswith("weighted_mean"):
            times = 10 if method.formula.endswith("x10") else 1
            weighted = {code: weights[code] * times for code in codes if code in weights}
            if abs(sum(weighted.values()) - times) < 0.001 * times:
                yield weighted


def _is_whole(
    edition: EditionSpec, catalogue: Catalogue, total: str, factors: Mapping[str, float]
) -> bool | None:
    """Whether these are all the parts of a total; None where the catalogue cannot tell.

    The scales of parts that are added up make the scale of their total: of the areas of PAR 2024 only
    four are known, and these are no total.
    """
    if set(factors.values()) != {1.0}:
        return True
    scales = [catalogue.scale_max(edition.index, part, edition.year) for part in (total, *factors)]
    known = [scale for scale in scales if scale is not None]
    return abs(2 * known[0] - sum(known)) < 0.01 if len(known) == len(scales) else None


def _decimals(scores: pd.Series) -> int:
    """How many decimals a column is printed with, at most MOST_DECIMALS."""
    values = scores.dropna().to_numpy(dtype=np.float64)
    for decimals in range(MOST_DECIMALS):
        if np.allclose(values, np.round(values, decimals), rtol=0, atol=1e-9):
            return decimals
    return MOST_DECIMALS
