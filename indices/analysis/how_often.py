"""How often provinces in our position gained so much in a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indices.analysis.edition_field import EditionField
from indices.analysis.place_range import EQUAL
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

NEAREST = 21
"""Steps of the panel that began nearest to our score, by which a part's usual gains are judged; with
fewer than so many nothing is judged."""
NEAR_PLACES = 5
"""Places around ours in which a province counts as being in our position."""


@dataclass(frozen=True)
class Often:
    """Of `n` yearly steps of provinces within NEAR_PLACES places of ours, `reached` gained enough."""

    n: int
    reached: int
    since: str
    until: str

    @property
    def share(self) -> float:
        """The part of the steps that gained enough, 0 to 1."""
        return self.reached / self.n


def how_often(
    gains: pd.DataFrame, catalogue: Catalogue, field: EditionField, place: int | None, needed: float
) -> Often | Refusal:
    """How often provinces in our position gained at least `needed` points of the total in a year.

    In our position is who stood within NEAR_PLACES places of `place` when the step began; steps on
    another scale of the total than the edition's do not count. Refused where the place is not known
    or fewer than NEAREST steps are held.
    """
    slots: dict[str, object] = {"index": field.spec.index, "edition": field.spec.edition}
    if place is None:
        return Refusal("reach_no_place", slots)
    scale = catalogue.scale_max(field.spec.index, OVERALL, field.spec.year)
    stood, scales, gained = (
        gains[name].to_numpy(dtype=float, na_value=np.nan) for name in ("place", "scale_max", "gain")
    )
    # Only steps of the whole index have a place.
    near = np.flatnonzero((np.abs(stood - place) <= NEAR_PLACES) & (scales == scale))
    if len(near) < NEAREST:
        return Refusal("reach_few_steps", {**slots, "n": len(near), "wanted": NEAREST})
    since, edition = (gains[name].take(near) for name in ("since", "edition"))
    reached = int((gained[near] >= needed - EQUAL).sum())
    return Often(len(near), reached, str(since.min()), str(edition.max()))
