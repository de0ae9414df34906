"""Why a score changed: what each part of the total added or took, in points of the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.compared import Pair, compared
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.makeup import Makeup, makeup
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, Formula, formulas

RESIDUAL = "residual"
"""The row of what the formula leaves unexplained, beside the codes of the parts."""
SCORE_CHANGE_DTYPES = {
    "component": "string[pyarrow]",
    "before": "double[pyarrow]",
    "after": "double[pyarrow]",
    "change": "double[pyarrow]",
    "factor": "double[pyarrow]",
    "points": "double[pyarrow]",
    "scale_before": "double[pyarrow]",
    "scale_after": "double[pyarrow]",
    "alike": "bool[pyarrow]",
    "source": "string[pyarrow]",
}


@dataclass(frozen=True)
class ScoreChange:
    """A change of a province's total, part by part: `change` is the sum of `points` of `parts`.

    `before`, `after`, `change` are points of the published totals; `breaks` the years of new methods
    of the whole index between the two editions; `evidence` how well the formula is proven. `parts`
    (SCORE_CHANGE_DTYPES), in catalogue order: the part's own points before and after and their
    change; `points` = factor × change, in points of the total; `alike` is False where the part was
    itself measured in another way or on another known scale. Last comes the row RESIDUAL.
    """

    index: str
    edition: str
    since: str
    province: str
    split: str | None
    before: float
    after: float
    breaks: tuple[int, ...]
    evidence: str
    parts: pd.DataFrame

    @property
    def change(self) -> float:
        """Points gained by the published total."""
        return self.after - self.before

    @property
    def comparable(self) -> bool:
        """Whether no new method of the whole index lies between the two editions."""
        return not self.breaks


def score_change(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    since: str | None = None,
) -> ScoreChange | Refusal:
    """What each part did to a province's total since an earlier edition (`compared`, by score).

    Total = sum of factor × part + residual (`makeup`), so with the same factors in both editions a
    part adds factor × its change. Refused where the two editions have other weights (`why_other_weights`:
    `reweight` may answer) or another formula altogether (`why_other_formula`), and as `compared` and
    `makeup` are.
    """
    mine = figures[(figures["index"] == index) & (figures["province"] == province)]
    pair = compared(mine, catalogue, index, edition, province, since, figure="score")
    if isinstance(pair, Refusal):
        return pair
    refusal = _other_formula(catalogue, pair)
    if refusal is not None:
        return refusal
    fields = with_parts(mine, catalogue, pair)
    made = makeups(fields, catalogue, province)
    if isinstance(made, Refusal):
        return made
    before, after = made
    sources = fields[1].sources
    if not _same(before.formula, after.formula):
        return Refusal("no_parts", {"index": index, "edition": pair.before.spec.edition})
    rows = []
    for part, factor in after.formula.factors.items():
        change = after.parts[part] - before.parts[part]
        scales = before.scale_max.get(part), after.scale_max.get(part)
        rows.append(
            {
                "component": part,
                "before": before.parts[part],
                "after": after.parts[part],
                "change": change,
                "factor": factor,
                "points": factor * change,
                "scale_before": scales[0],
                "scale_after": scales[1],
                "alike": _alike(catalogue, pair, part, scales),
                "source": sources.get(part, {}).get(province),
            }
        )
    left = after.residual - before.residual
    rows.append({"component": RESIDUAL, "points": left, "alike": True})
    return ScoreChange(
        index=index,
        edition=pair.after.spec.edition,
        since=pair.before.spec.edition,
        province=province,
        split=after.formula.split,
        before=before.total,
        after=after.total,
        breaks=pair.breaks,
        evidence=after.formula.evidence,
        parts=answer_table(rows, SCORE_CHANGE_DTYPES),
    )


def makeups(fields: Sequence[EditionField], catalogue: Catalogue, province: str) -> list[Makeup] | Refusal:
    """The makeup of a province's total in each of some editions, or the first refusal of one."""
    found = []
    for field in fields:
        made = makeup(field, catalogue, province)
        if isinstance(made, Refusal):
            return made
        found.append(made)
    return found


def with_parts(figures: pd.DataFrame, catalogue: Catalogue, pair: Pair) -> list[EditionField]:
    """Both editions of `pair` with the parts of the index, as far as `figures` hold them."""
    specs = (pair.before.spec, pair.after.spec)
    fields = [edition_field(figures, catalogue, spec.index, spec.edition) for spec in specs]
    return [field for field in fields if field is not None]  # the pair was read from the same figures


def _other_formula(catalogue: Catalogue, pair: Pair) -> Refusal | None:
    """Why the two editions cannot be compared part by part; None where they can, or have no formula."""
    index, years = pair.after.spec.index, (pair.before.spec.year, pair.after.spec.year)
    before, after = (formulas(catalogue, index, year) for year in years)
    if not before or not after or any(_same(one, other) for one in before for other in after):
        return None
    slots: dict[str, Any] = {**pair.slots, "year": max(pair.breaks, default=years[1])}
    methods = [catalogue.method(index, year) for year in years]
    weighted = all(method and method.formula.startswith("weighted_mean") for method in methods)
    return Refusal("why_other_weights" if weighted else "why_other_formula", slots)


def _same(one: Formula, other: Formula) -> bool:
    return one.split == other.split and dict(one.factors) == dict(other.factors)


def _alike(catalogue: Catalogue, pair: Pair, part: str, scales: tuple[float | None, float | None]) -> bool:
    first, last = pair.before.spec.year, pair.after.spec.year
    renewed = catalogue.breaks_of(pair.after.spec.index, part)
    if any(first < new.edition <= last for new in renewed):
        return False
    return None in scales or scales[0] == scales[1]
