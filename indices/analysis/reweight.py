"""Across a change of weights: either edition under the other's weights, so that the rest is real change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.compared import compared
from indices.analysis.edition_field import EditionField, ranks_by_score
from indices.analysis.makeup import Makeup
from indices.analysis.refusal import Refusal
from indices.analysis.score_change import makeups, with_parts
from indices.catalogue import Catalogue, formulas

OLD, NEW = "old", "new"
LEFT_OUT = 0.1
"""Up to this share of either set of weights may belong to parts that the other edition did not have."""
WEIGHTED_DTYPES = {
    "edition": "string[pyarrow]",
    "weights": "string[pyarrow]",
    "score": "double[pyarrow]",
    "from_parts": "double[pyarrow]",
    "computed": "bool[pyarrow]",
    "place": "int64[pyarrow]",
    "n_places": "int64[pyarrow]",
}
REAL_DTYPES = {
    "weights": "string[pyarrow]",
    "points": "double[pyarrow]",
    "from_parts": "double[pyarrow]",
    "method": "double[pyarrow]",
}
REWEIGHTED_DTYPES = {
    "component": "string[pyarrow]",
    "weight_old": "double[pyarrow]",
    "weight_new": "double[pyarrow]",
    "before": "double[pyarrow]",
    "after": "double[pyarrow]",
    "points_old": "double[pyarrow]",
    "points_new": "double[pyarrow]",
    "method": "double[pyarrow]",
    "left_out": "bool[pyarrow]",
}


@dataclass(frozen=True)
class Reweight:
    """Two editions under two sets of weights.

    `published` is the change of the published total in points. `scores` (WEIGHTED_DTYPES): each
    edition under the old and the new weights: `score` is the published total where the weights are the
    edition's own and nothing was left out, else `computed` by us; `from_parts` is worked out from the
    parts in every case; `place` is published, or computed where the whole field holds the parts
    (`n_places` provinces). `real` (REAL_DTYPES): the change under one set of weights, from those
    scores and `from_parts` alone, and what is left of the published one for the `method`. `parts`
    (REWEIGHTED_DTYPES): weights in percent, points of the part, what its change is worth under either
    set, and what the new weights alone do to the earlier edition (`method`), in points of the total.
    `left_out`: the parts that only one edition had; the others' weights are then raised to 100 %.
    `sources`: where the figures were read.
    """

    index: str
    edition: str
    since: str
    province: str
    breaks: tuple[int, ...]
    published: float
    left_out: tuple[str, ...]
    scores: pd.DataFrame
    real: pd.DataFrame
    parts: pd.DataFrame
    sources: pd.Series

    def row(self, edition: str, weights: str) -> dict[str, Any]:
        """The row of `scores` of an edition under the OLD or NEW weights."""
        found = self.scores[(self.scores["edition"] == edition) & (self.scores["weights"] == weights)]
        return {str(name): value for name, value in found.iloc[0].to_dict().items()}


def reweight(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    since: str | None = None,
) -> Reweight | Refusal:
    """An edition under the weights of an earlier one (`compared`, by score), and the other way round.

    Total under a set of weights = sum of factor × part, with the factors of weights.csv (recovered
    from published totals, see methods.csv). Held to one set of weights, the change is one of the
    parts alone: under the old weights a Laspeyres, under the new ones a Paasche comparison; what
    the published change has beyond it is the method's doing.

    Refused where either edition is not a weighted mean of parts (`reweight_no_weights`), both have the
    same weights (`reweight_same`), too much weight lies on parts that the other edition did not have
    (`reweight_other_parts`), one of the shared parts is not held (`no_parts`), and as `compared` and
    `makeup` are.
    """
    mine = figures[(figures["index"] == index) & (figures["province"] == province)]
    pair = compared(mine, catalogue, index, edition, province, since, figure="score")
    if isinstance(pair, Refusal):
        return pair
    specs = (pair.before.spec, pair.after.spec)
    methods = [catalogue.method(index, spec.year) for spec in specs]
    if not all(method and method.formula.startswith("weighted_mean") for method in methods):
        return Refusal("reweight_no_weights", pair.slots)
    rows_held = set(zip(mine["edition"].tolist(), mine["component"].tolist(), strict=True))
    for spec in specs:  # most partial editions end here, before the whole field is read
        known_ways = formulas(catalogue, index, spec.year)
        if known_ways and not any(
            all((spec.edition, part) in rows_held for part in way.factors) for way in known_ways
        ):
            return Refusal("no_parts", {"index": index, "edition": spec.edition})
    editions = [spec.edition for spec in specs]
    both = figures[(figures["index"] == index) & figures["edition"].isin(editions)]
    fields = with_parts(both, catalogue, pair)
    made = makeups(fields, catalogue, province)
    if isinstance(made, Refusal):
        return made
    old, new = made[0].formula.factors, made[1].formula.factors
    if dict(old) == dict(new):
        return Refusal("reweight_same", pair.slots)
    known = [{part.component for part in catalogue.components_of(index, spec.year)} for spec in specs]
    shared = [part for part in {**new, **old} if all(part in codes for codes in known)]
    left_out = tuple(part for part in {**new, **old} if part not in shared)
    for factors in (old, new):
        lost = sum(factors.get(part, 0) for part in left_out) / sum(factors.values())
        if lost > LEFT_OUT:
            return Refusal("reweight_other_parts", {**pair.slots, "n": len(left_out)})
    held = [_parts_of(field, shared, province) for field in fields]
    for spec, parts in zip(specs, held, strict=True):
        if len(parts) < len(shared):
            return Refusal("no_parts", {"index": index, "edition": spec.edition})
    sets = {OLD: _raised(old, shared), NEW: _raised(new, shared)}
    scores = []
    for at, field in enumerate(fields):
        for weights, factors in sets.items():
            changed = set(factors) != set((old, new)[weights == NEW])
            own = (weights == OLD) == (at == 0) and not changed
            scores.append(_weighted(field, factors, weights, own, made[at], held[at], province))
    table = answer_table(scores, WEIGHTED_DTYPES)
    published = made[1].total - made[0].total
    return Reweight(
        index=index,
        edition=specs[1].edition,
        since=specs[0].edition,
        province=province,
        breaks=pair.breaks,
        published=published,
        left_out=left_out,
        scores=table,
        real=answer_table(_real(scores, published), REAL_DTYPES),
        parts=answer_table(_part_rows(old, new, sets, made), REWEIGHTED_DTYPES),
        sources=pd.Series([by[province] for f in fields for by in f.sources.values() if province in by]),
    )


def _raised(factors: Mapping[str, float], shared: list[str]) -> dict[str, float]:
    """The factors of the shared parts, raised to the sum of all."""
    kept = {part: factors[part] for part in shared if part in factors}
    times = sum(factors.values()) / sum(kept.values())
    return kept if len(kept) == len(factors) else {part: factor * times for part, factor in kept.items()}


def _parts_of(field: EditionField, shared: list[str], province: str) -> dict[str, float]:
    found = {part: field.scores.get(part, {}).get(province) for part in shared}
    return {part: score for part, score in found.items() if score is not None}


def _weighted(
    field: EditionField,
    factors: Mapping[str, float],
    weights: str,
    own: bool,
    made: Makeup,
    parts: Mapping[str, float],
    province: str,
) -> dict[str, Any]:
    """A row of WEIGHTED_DTYPES; `own`: the published total follows from just these weights."""
    row = {"edition": field.spec.edition, "weights": weights, "computed": not own}
    row["from_parts"] = sum(factor * parts[part] for part, factor in factors.items())
    row["score"] = made.total if own else row["from_parts"]
    if own:
        return row | {"place": field.places.get(province), "n_places": field.n_ranked}
    if all(field.has_whole(part) for part in factors):
        totals = {
            other: sum(factor * field.scores[part][other] for part, factor in factors.items())
            for other in field.scores[next(iter(factors))]
            if all(other in field.scores[part] for part in factors)
        }
        row |= {"place": ranks_by_score(totals)[province], "n_places": len(totals)}
    return row


def _real(scores: list[dict[str, Any]], published: float) -> list[dict[str, Any]]:
    rows = []
    for weights in (OLD, NEW):
        before, after = (row for row in scores if row["weights"] == weights)
        points = after["score"] - before["score"]
        rows.append(
            {
                "weights": weights,
                "points": points,
                "from_parts": after["from_parts"] - before["from_parts"],
                "method": published - points,
            }
        )
    return rows


def _part_rows(
    old: Mapping[str, float],
    new: Mapping[str, float],
    sets: Mapping[str, Mapping[str, float]],
    made: Sequence[Makeup],
) -> list[dict[str, Any]]:
    rows = []
    for part in {**new, **old}:
        before, after = made[0].parts.get(part), made[1].parts.get(part)
        row: dict[str, Any] = {"component": part, "before": before, "after": after}
        row |= {"weight_old": _percent(old, part), "weight_new": _percent(new, part)}
        row["left_out"] = part not in sets[OLD] and part not in sets[NEW]
        if before is not None and after is not None:
            factors = [sets[weights].get(part, 0.0) for weights in (OLD, NEW)]
            row |= {"points_old": factors[0] * (after - before), "points_new": factors[1] * (after - before)}
            row["method"] = (factors[1] - factors[0]) * before
        rows.append(row)
    return rows


def _percent(factors: Mapping[str, float], part: str) -> float:
    return 100 * factors.get(part, 0.0) / sum(factors.values())
