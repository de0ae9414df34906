"""How far a place may be off: intervals of ranks from errors of scores, from ties and from trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Interval = tuple[int, int]

COVERAGE = 0.90
"""Nominal coverage of an interval: so often it holds the true place."""


@lru_cache(maxsize=8)  # the answers of all provinces of an edition rest on the same draws
def noise(seed: tuple[int, ...], draws: int, provinces: int) -> Numbers:
    """Independent standard normal errors, a row a draw and a column a province; the same for a seed."""
    drawn = np.random.default_rng(seed).standard_normal((draws, provinces))
    drawn.flags.writeable = False
    return drawn


def drawn_places(totals: Numbers, at: int) -> NDArray[np.int64]:
    """The place of the province in column `at`, draw by draw (ties share the best place)."""
    here: NDArray[np.int64] = 1 + (totals > totals[:, at : at + 1]).sum(axis=1)
    return here


def pairwise_interval(
    scores: Numbers, errors: Numbers, drawn: Numbers, at: int, coverage: float = COVERAGE
) -> Interval:
    """Places the province in position `at` may truly have, from standard errors of all scores.

    A marginal confidence set for the rank of one province (Mogstad, Romano, Shaikh, Wilhelm 2024,
    "Inference for Ranks with Applications to Mobility across Neighbourhoods and Academic Achievement
    across Countries", Review of Economic Studies 91): the province is compared with each other one by
    t = (score − score of the other) / √(se² + se² of the other); `c` is the `coverage` quantile of the
    largest |t| that errors alone make (`drawn`: standard normal errors, a row a draw). The first place
    is 1 + the provinces with t < −c, the last one n − those with t > c. Comparisons already decided
    leave the maximum, which makes c smaller, until nothing more is decided (step-down of the paper).

    Quantiles of drawn places would be too narrow: drawing around the scores adds the errors to them a
    second time, and between near-ties that pulls places towards the middle of the field.
    """
    others = np.arange(len(scores)) != at
    spread = np.sqrt(errors[others] ** 2 + errors[at] ** 2)
    told = (scores[at] - scores[others]) / spread
    # A row a province: the largest of each draw is then found along whole rows.
    weighted = drawn.T * errors[:, None]
    chance = (weighted[at] - weighted[others]) / spread[:, None]
    below = above = np.zeros(len(told), dtype=bool)
    while True:
        largest = np.maximum(chance[~below].max(axis=0, initial=0), -chance[~above].min(axis=0, initial=0))
        critical = np.quantile(largest, coverage, method="higher")
        if not ((told > critical) & ~below | (told < -critical) & ~above).any():
            return 1 + int(above.sum()), len(scores) - int(below.sum())
        below, above = told > critical, told < -critical


def middle_interval(drawn: NDArray[Any], coverage: float = COVERAGE) -> Interval:
    """The places between which the middle `coverage` of drawn places lies, both ends included.

    Of trials of another rule (weights), not of errors: it says how much depends on the rule.
    """
    tail = (1 - coverage) / 2
    low = np.quantile(drawn, tail, method="inverted_cdf")
    high = np.quantile(drawn, 1 - tail, method="inverted_cdf")
    return int(low), int(high)


def printed_decimals(scores: Sequence[float]) -> int:
    """With how many decimals an edition's scores are printed: the most that over a tenth of them show.

    One score in ten ends in a zero that a number does not keep, and now and then one carries more.
    """
    shown = Counter(_decimals(score) for score in scores)
    return max((digits for digits, n in shown.items() if n > len(scores) / 10), default=0)


def _decimals(score: float) -> int:
    """Decimals of a number as it is written, zeros at the end left out."""
    written = f"{score:.10f}".rstrip("0")
    return len(written) - written.index(".") - 1


def rounding_interval(scores: Numbers, decimals: int, at: int) -> Interval:
    """Places the province in position `at` may have had before its edition's scores were rounded.

    Exact: a score stands for everything within half a unit of its last decimal, so of two scores that
    differ as printed the order is certain, and of equal ones any order is possible.
    """
    printed = np.round(scores * 10**decimals)
    higher, equal = int((printed > printed[at]).sum()), int((printed == printed[at]).sum())
    return 1 + higher, higher + equal


def chance_of_places(interval: Interval, target_rank: int) -> float:
    """The share of an interval's places that lie within the target: all being equally likely."""
    low, high = interval
    return min(max(target_rank - low + 1, 0) / (high - low + 1), 1.0)
