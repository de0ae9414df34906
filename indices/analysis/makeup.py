"""What a total is made of: the formula that gives a province's published total from its published parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indices.analysis.edition_field import EditionField
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, Formula, formulas
from indices.tidy import OVERALL

ROUNDING, ROUNDING_TO_ONE = 0.005, 0.00005
"""Points by which printing may change a figure: two decimals, or four on a scale up to 1."""


@dataclass(frozen=True)
class Makeup:
    """A province's total in parts: total = sum of factor × part + `residual`, all in points.

    `parts` holds the published points of each part, `scale_max` the upper end of its scale (a part
    whose scale is not known has no entry), `residual` what the formula leaves unexplained.
    """

    formula: Formula
    total: float
    parts: Mapping[str, float]
    scale_max: Mapping[str, float]
    residual: float

    def worth(self, part: str, points: float) -> float:
        """What `points` of a part are worth in points of the total."""
        return self.formula.factors[part] * points


def makeup(
    field: EditionField, catalogue: Catalogue, province: str, total: str = OVERALL
) -> Makeup | Refusal:
    """The parts of a province's total, where a proven formula reproduces it from published figures.

    Of several ways of dividing the first that does. Refused where the method is not known or not
    proven (`no_formula`), the total (`no_total`) or some part (`no_parts`) is not held, or the
    formula misses the published total by more than rounding and its stated allowance
    (`not_reproduced`, with the points it misses by).
    """
    index, year = field.spec.index, field.spec.year
    known = formulas(catalogue, index, year, total)
    slots = {"index": index, "edition": field.spec.edition}
    if not known:
        return Refusal("no_formula", slots)
    published = field.scores.get(total, {}).get(province)
    if published is None:
        return Refusal("no_total", slots)
    refusal = Refusal("no_parts", slots)
    for formula in known:
        found = {part: field.scores.get(part, {}).get(province) for part in formula.factors}
        parts = {part: score for part, score in found.items() if score is not None}
        if len(parts) < len(formula.factors):
            continue
        residual = published - sum(formula.factors[part] * score for part, score in parts.items())
        rounding = ROUNDING_TO_ONE if (catalogue.scale_max(index, total, year) or 100) <= 1 else ROUNDING
        allowed = formula.allowance + rounding * (1 + sum(formula.factors.values()))
        if abs(residual) > allowed:
            refusal = Refusal("not_reproduced", {**slots, "points": abs(residual)})
            continue
        scales = {part: catalogue.scale_max(index, part, year) for part in parts}
        known_scales = {part: scale for part, scale in scales.items() if scale is not None}
        return Makeup(formula, published, parts, known_scales, residual)
    return refusal
