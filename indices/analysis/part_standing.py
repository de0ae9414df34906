"""Where a province stands in each part of an index: place, distances, what they are worth in the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from indices.analysis.edition_field import EditionField, ranks_by_score
from indices.catalogue import Catalogue, ComponentSpec, formulas
from indices.tidy import OVERALL

MOST_NAMED = 3
"""Parts named as strongest and as weakest, fewer where there are fewer than twice as many."""

Row = dict[str, Any]


@dataclass(frozen=True)
class PartStanding:
    """Parts of one way of dividing a total, the province's strongest first (rows as STRENGTH_DTYPES says).

    `whole` says that at least one part has a score of every ranked province, so that places exist.
    """

    split: str | None
    splits: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool
    n_top: int

    @property
    def _ordered(self) -> list[str]:
        measure = "place" if self.whole else "share"
        return [row["component"] for row in self.rows if row[measure] is not None]

    @property
    def strongest(self) -> tuple[str, ...]:
        """The parts with the best places (else the largest shares of their scales), best first."""
        return tuple(self._ordered[: min(MOST_NAMED, len(self._ordered) // 2)])

    @property
    def weakest(self) -> tuple[str, ...]:
        """The parts with the last places (else the smallest shares of their scales), last first."""
        ordered = self._ordered[::-1]
        return tuple(ordered[: min(MOST_NAMED, len(ordered) // 2)])


def part_factors(
    catalogue: Catalogue, index: str, year: int, parent: str, split: str | None
) -> dict[str, float]:
    """Points of the whole index that a point of each part is worth; empty where no formula is proven.

    Of a part of a part both steps count (`indices.catalogue.formulas`; sources there).
    """
    found = next((f for f in formulas(catalogue, index, year, parent) if f.split == split), None)
    if found is None:
        return {}
    if parent == OVERALL:
        return dict(found.factors)
    above = next((f for f in formulas(catalogue, index, year) if parent in f.factors), None)
    return {} if above is None else {part: f * above.factors[parent] for part, f in found.factors.items()}


def part_standing(
    field: EditionField,
    catalogue: Catalogue,
    province: str,
    target_rank: int,
    parent: str = OVERALL,
    split: str | None = None,
) -> PartStanding:
    """The parts below `parent` of one split that the province has a score in.

    Without a `split` the one that ranks most parts of the province, then with a proven formula, then with
    most parts. No rows where the province has no part at all.
    """
    index, year = field.spec.index, field.spec.year
    by_split: dict[str | None, list[ComponentSpec]] = {}
    for part in catalogue.components_of(index, year, parent):
        if province in field.scores.get(part.component, {}):
            by_split.setdefault(part.split, []).append(part)
    named = tuple(name for name in by_split if name)
    if not by_split:
        return PartStanding(None, (), (), False, 0)

    def merit(name: str | None) -> tuple[int, bool, int]:
        whole = sum(field.has_whole(part.component) for part in by_split[name])
        return whole, bool(part_factors(catalogue, index, year, parent, name)), len(by_split[name])

    chosen = split if split in by_split else max(by_split, key=merit)
    factors = part_factors(catalogue, index, year, parent, chosen)
    top = [name for name, place in field.places.items() if place <= target_rank]
    complete_top = top if len(top) >= target_rank else []
    rows = [
        _row(field, catalogue, province, part, factors, complete_top, target_rank)
        for part in by_split[chosen]
    ]
    rows.sort(key=_from_strongest)
    whole = any(row["place"] is not None for row in rows)
    return PartStanding(chosen, named, tuple(rows), whole, len(complete_top) if whole else 0)


def _row(
    field: EditionField,
    catalogue: Catalogue,
    province: str,
    part: ComponentSpec,
    factors: Mapping[str, float],
    top: list[str],
    target_rank: int,
) -> Row:
    code = part.component
    scores = field.scores[code]
    score, factor = scores[province], factors.get(code)
    scale_max = catalogue.scale_max(field.spec.index, code, field.spec.year)
    row: Row = {
        "component": code,
        "split": part.split,
        "name_vi": part.name_vi,
        "name_en": part.name_en,
        "scale_max": scale_max,
        "score": score,
        "source": field.sources[code].get(province),
        "n_provinces": len(scores),
        "factor": factor,
        "place": None,
        "share": None,
    }
    total_scale = catalogue.scale_max(field.spec.index, OVERALL, field.spec.year)
    if scale_max:
        row |= {"share": score / scale_max, "headroom": scale_max - score}
        if factor is not None:
            row["worth_headroom"] = factor * row["headroom"]
            row["weight"] = 100 * factor * scale_max / total_scale if total_scale else None
    if field.has_whole(code):
        best = max(scores.values())
        middle = median(scores.values())
        # Ties share the best place, as in `computed_rank`.
        place = 1 + sum(other > score for other in scores.values())
        row |= {
            "place": place,
            "verdict": verdict(place, len(scores), target_rank),
            "median": middle,
            "best": best,
            "best_province": min(name for name, value in scores.items() if value == best),
            "to_median": middle - score,
            "to_best": best - score,
        }
        if top and all(name in scores for name in top):
            mean = fmean(scores[name] for name in top)
            row |= {"top_mean": mean, "to_top_mean": mean - score}
            row["worth_top_mean"] = None if factor is None else factor * (mean - score)
    return row


def verdict(place: int, n_provinces: int, target_rank: int) -> str:
    """Strength (a place within the target), weakness (in the last third of the field), else middle."""
    if place <= target_rank:
        return "strength"
    return "weakness" if 3 * place > 2 * n_provinces else "middle"


def places_in(field: EditionField, component: str) -> Mapping[str, int]:
    """Places by score in one part (ties share the best place); empty unless every ranked province has one."""
    return ranks_by_score(field.scores[component]) if field.has_whole(component) else {}


def _from_strongest(row: Row) -> tuple[bool, int, float]:
    return row["place"] is None, row["place"] or 0, -(row["share"] or 0)
