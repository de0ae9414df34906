"""How a total follows from its parts: the formula of a method period, as the catalogue describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indices.catalogue.catalogue import Catalogue
from indices.catalogue.specs import OVERALL, covers

# How far a total may miss its parts beyond the rounding of what is printed, by how well the formula
# is proven (first word of `evidence` in methods.csv). Without proof there is no formula to rely on.
ALLOWANCES = {"exact": 0.001, "within": 0.03, "stated": 0.02}


@dataclass(frozen=True, slots=True)
class Formula:
    """Total = sum of factor × part, in points of the total.

    `factors` holds points of `total` per point of each part (PCI: weight / 100 × 10; PAPI: 1);
    `split` is the way of dividing that the parts belong to; `evidence` says how well methods.csv
    proves it; `allowance` is the points by which a published total may miss it beyond rounding.
    """

    total: str
    split: str | None
    factors: Mapping[str, float]
    evidence: str
    allowance: float


def formulas(catalogue: Catalogue, index: str, year: int, total: str = OVERALL) -> tuple[Formula, ...]:
    """Every proven way in which `total` follows from its parts in `year`, split by split.

    Empty where the method is not known or not proven. Sources: methods.csv and weights.csv, which
    were recovered from published totals (evidence there).
    """
    method = catalogue.method(index, year)
    allowance = ALLOWANCES.get(method.evidence.split(" ")[0]) if method else None
    if method is None or allowance is None:
        return ()
    splits: dict[str | None, list[str]] = {}
    for part in catalogue.components_of(index, year, total):
        splits.setdefault(part.split, []).append(part.component)
    weights = {
        weight.component: weight.weight_percent / 100
        for weight in catalogue.weights
        if weight.index == index and covers(weight, year)
    }
    found: list[Formula] = []

    def add(split: str | None, factors: Mapping[str, float]) -> None:
        found.append(Formula(total, split, factors, method.evidence, allowance))

    for split, codes in splits.items():
        if method.formula == "sum" and split != "areas_percent":
            add(split, dict.fromkeys(codes, 1.0))
        elif total != OVERALL:
            continue
        elif method.formula == "mean":
            add(split, dict.fromkeys(codes, 1 / len(codes)))
        elif method.formula.startswith("weighted_mean"):
            times = 10 if method.formula.endswith("x10") else 1
            weighted = {code: weights[code] * times for code in codes if code in weights}
            if abs(sum(weighted.values()) - times) < 0.001 * times:
                add(split, weighted)
    return tuple(found)


def is_whole(catalogue: Catalogue, index: str, year: int, formula: Formula) -> bool | None:
    """Whether the formula has all the parts of its total; None where the catalogue cannot tell.

    The scales of parts that are added up make the scale of their total: of the areas of PAR 2024 only
    four are known, and these are no total.
    """
    if set(formula.factors.values()) != {1.0}:
        return True
    scales = [catalogue.scale_max(index, part, year) for part in (formula.total, *formula.factors)]
    known = [scale for scale in scales if scale is not None]
    return abs(2 * known[0] - sum(known)) < 0.01 if len(known) == len(scales) else None
