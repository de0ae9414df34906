"""The chance of being within a target next year: a logistic regression on the panel's own history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indices.analysis.transitions import Flags, Numbers, Transitions

LEAST_EDITIONS = 3
"""Editions whose result must be known before anything is forecast from them."""
RIDGE = 1.0
"""Pull towards 0 of what one index does differently, and of the momentum."""
_STEPS, _ENOUGH = 100, 1e-10


@dataclass(frozen=True, eq=False)
class ChanceModel:
    """log(p / (1 − p)) = a + b·distance + c·momentum + a_index + b_index·distance.

    `weights` in this order, the last two for each of `indices`: an index that was not learnt from
    has none and gets what all have in common. `n_cases` and `n_editions` say what was learnt from.
    """

    target_rank: int
    indices: tuple[str, ...]
    weights: Numbers
    n_cases: int
    n_editions: int

    def chances(self, index: NDArray[np.str_], place: Numbers, n_ranked: Numbers, before: Numbers) -> Numbers:
        """Chances (0 to 1) of being within the target in the next edition, one for each place."""
        rows = features(self.target_rank, self.indices, index, place, n_ranked, before)
        return _likely(rows @ self.weights)


def features(
    target_rank: int,
    indices: Sequence[str],
    index: NDArray[np.str_],
    place: Numbers,
    n_ranked: Numbers,
    before: Numbers,
) -> Numbers:
    """One row a place: 1, distance, momentum, then for each of `indices` whether it is, and its distance.

    distance = logit(target / n) − logit((place − ½) / n), positive within the target: what a place is
    worth does not depend on the size of the field, and a place counts for more near the top, where it
    is harder to move. momentum = places gained on the year before, in tens; 0 where that is not known.
    """
    share = np.clip(place - 0.5, 0.5, n_ranked - 0.5) / n_ranked
    distance = _logit(np.minimum(target_rank, n_ranked - 0.5) / n_ranked) - _logit(share)
    momentum = np.where(np.isnan(before), 0.0, before - place) / 10
    own = [(index == one).astype(np.float64) for one in indices]
    columns = [np.ones_like(distance), distance, momentum]
    columns += [column for one in own for column in (one, one * distance)]
    return np.column_stack(columns)


def fit(known: Transitions, chosen: Flags, target_rank: int) -> ChanceModel | None:
    """The model learnt from the `chosen` transitions; None from fewer than LEAST_EDITIONS editions.

    Maximum of the likelihood less ½·RIDGE·weight² of all but a and b (a normal prior), found by
    Newton's steps: the function is concave, so there is one maximum and no seed. It is 20 lines of
    numpy because scikit-learn, whose LogisticRegression does the same, would add some 100 MB to every
    server for this one call.

    Tried beside it in the backtest, as change of the Brier score at target 15 with its error: log of the
    place 0.0000 ± 0.0011, its root −0.0004 ± 0.0005, square of the distance 0.0000 ± 0.0001, nothing by
    index +0.0012 ± 0.0015, RIDGE 0.1 or 5 0.0000 ± 0.0002, learning across method breaks
    +0.0009 ± 0.0007, no momentum +0.0021 ± 0.0040, no momentum in the first year of a method
    +0.0033 ± 0.0015. Only the last is told apart from luck, so the place before a break is kept. The
    root is better at the targets 20 and 30 (−0.0015 ± 0.0006, −0.0026 ± 0.0012), not below.
    """
    editions = set(zip(known.index[chosen].tolist(), known.year[chosen].tolist(), strict=True))
    if len(editions) < LEAST_EDITIONS:
        return None
    indices = tuple(sorted({index for index, _ in editions}))
    at = (known.index[chosen], known.place[chosen], known.n_ranked[chosen], known.before[chosen])
    rows = features(target_rank, indices, *at)
    within = (known.after[chosen] <= target_rank).astype(np.float64)
    weights = fitted(rows, within)
    return ChanceModel(target_rank, indices, weights, len(within), len(editions))


def fitted(rows: Numbers, within: Numbers) -> Numbers:
    """Weights of the logistic regression of `within` on `rows` (see `fit`)."""
    pull = np.full(rows.shape[1], RIDGE)
    # A breath on the first two as well: a target that was always or never met has no maximum.
    pull[:2] = 1e-4
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = _likely(rows @ weights)
        slope = rows.T @ (within - chance) - pull * weights
        bend = (rows.T * (chance * (1 - chance))) @ rows + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        # A full step from far away may overshoot; eight units of log odds are from hard to likely.
        step *= min(1.0, 8 / max(float(np.abs(step).max()), 1e-300))
        weights += step
        if float(np.abs(step).max()) < _ENOUGH:
            break
    return weights


def _logit(share: Numbers) -> Numbers:
    return np.log(share / (1 - share))


def _likely(odds: Numbers) -> Numbers:
    """The chance of some log odds, without overflow."""
    return 0.5 * (1 + np.tanh(odds / 2))
