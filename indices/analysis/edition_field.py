"""One edition as plain values: who scored what, in the whole index and in its parts, and who stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from indices.analysis.cells import records
from indices.catalogue import Catalogue, EditionSpec
from indices.tidy import OVERALL

Scores = Mapping[str, float]


@dataclass(frozen=True)
class EditionField:
    """The figures of one edition, for answers that need more than one province of it.

    `scores` holds points by component ("overall": the whole index) and province; `ranks` the
    published ranks of the whole index by province; `n_ranked` how many provinces the edition
    ranked; `sources` the source keys by component and province. A missing figure has no entry.
    """

    spec: EditionSpec
    n_ranked: int
    scores: Mapping[str, Scores]
    ranks: Mapping[str, int]
    sources: Mapping[str, Mapping[str, str]]

    @property
    def totals(self) -> Scores:
        """Published scores of the whole index by province."""
        return self.scores.get(OVERALL, {})

    @property
    def complete(self) -> bool:
        """Whether every province that was ranked has a score: what a computed rank needs."""
        return len(self.totals) >= self.n_ranked

    @cached_property
    def computed(self) -> Mapping[str, int]:
        """Places by score (`computed_rank`: ties share the best place); empty unless complete."""
        return ranks_by_score(self.totals) if self.complete else {}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The published rank of each province, else the computed one."""
        return {**self.computed, **self.ranks}

    def has_whole(self, component: str) -> bool:
        """Whether every province that was ranked has a score in the component."""
        return len(self.scores.get(component, {})) >= self.n_ranked

    def score_at(self, rank: int) -> tuple[str, float] | None:
        """Province and score of the last one within `rank` (as in `field_history`).

        In a complete field by score; else a province with exactly that published rank and a score.
        None where neither is known or the edition did not give out the rank.
        """
        if rank > self.n_ranked:
            return None
        found = [
            (place, -self.totals[province], province)
            for province, place in self.places.items()
            if province in self.totals and (place <= rank if self.complete else place == rank)
        ]
        if not found:
            return None
        province = max(found)[2]
        return province, self.totals[province]


def ranks_by_score(scores: Scores) -> dict[str, int]:
    """Places by score, highest first; ties share the best place (1, 2, 2, 4)."""
    first: dict[float, int] = {}
    for at, value in enumerate(sorted(scores.values(), reverse=True), start=1):
        first.setdefault(value, at)
    return {province: first[value] for province, value in scores.items()}


def edition_field(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, edition: str
) -> EditionField | None:
    """The field of one edition from the tidy table; None where the catalogue or the table has none."""
    spec = catalogue.edition(index, edition)
    rows = figures[(figures["index"] == index) & (figures["edition"] == edition)]
    if spec is None or rows.empty:
        return None
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    sources: dict[str, dict[str, str]] = defaultdict(dict)
    ranks: dict[str, int] = {}
    for row in records(rows, ["province", "component", "score", "rank", "source"]):
        part, province = row["component"], row["province"]
        sources[part][province] = row["source"]
        if row["score"] is not None:
            scores[part][province] = row["score"]
        if part == OVERALL and row["rank"] is not None:
            ranks[province] = row["rank"]
    return EditionField(spec, spec.n_ranked or spec.frame, dict(scores), ranks, dict(sources))
