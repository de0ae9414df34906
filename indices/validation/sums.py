"""Totals against their parts, by the formula of the edition's method."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from indices.catalogue import Catalogue, EditionSpec, formulas, is_whole
from indices.problem import Problem
from indices.tidy import OVERALL
from indices.validation.places import Cells, written_number

MOST_DECIMALS = 6
THROUGHOUT, ENOUGH = 0.5, 10
"""With more than this share of at least so many totals off, the parts are of something else: told once."""


def check_sums(
    rows: pd.DataFrame, edition: EditionSpec, catalogue: Catalogue, cells: Cells
) -> Iterator[Problem]:
    """Totals that their parts do not give: of the index, and of each part that has parts of its own."""
    if rows["component"].nunique() < 3:
        return
    wide = rows.drop_duplicates(["province", "component"])
    scores = wide.pivot(index="province", columns="component", values="score").astype("float64")
    decimals = {str(part): _decimals(scores[part]) for part in scores}
    for total in (OVERALL, *(part for part in scores if part != OVERALL)):
        if total not in scores:
            continue
        for formula in formulas(catalogue, edition.index, edition.year, str(total)):
            factors = formula.factors
            if set(factors) - set(scores.columns):
                continue
            expected = sum((scores[part] * factor for part, factor in factors.items()), 0 * scores[total])
            rounding = 0.5 * 10.0 ** -decimals[str(total)]
            rounding += sum(factor * 0.5 * 10.0 ** -decimals[part] for part, factor in factors.items())
            missed = (scores[total] - expected).abs().dropna()
            off = missed[missed > rounding + formula.allowance]
            most_off = len(off) > THROUGHOUT * len(missed)
            whole = is_whole(catalogue, edition.index, edition.year, formula)
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


def _decimals(scores: pd.Series) -> int:
    """How many decimals a column is printed with, at most MOST_DECIMALS."""
    values = scores.dropna().to_numpy(dtype=np.float64)
    for decimals in range(MOST_DECIMALS):
        if np.allclose(values, np.round(values, decimals), rtol=0, atol=1e-9):
            return decimals
    return MOST_DECIMALS
