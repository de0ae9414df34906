"""Intervals of ranks: small fields by head and by plain loops, and how often they hold the truth."""

import itertools

import numpy as np
import pytest

from indices.analysis.rank_intervals import (
    chance_of_places,
    drawn_places,
    middle_interval,
    noise,
    pairwise_interval,
    printed_decimals,
    rounding_interval,
)

# Five provinces: two far ahead of two near-ties, one far behind.
SCORES = np.array([50.0, 48.0, 44.1, 44.0, 30.0])
ERRORS = np.array([0.2, 0.2, 0.5, 0.5, 0.2])
DRAWS = noise((1, 2), 2000, 5)


def place(scores, at):
    """A place by counting those ahead."""
    return 1 + sum(score > scores[at] for score in scores)


def test_far_scores_keep_their_places_and_near_ones_share_theirs():
    assert [pairwise_interval(SCORES, ERRORS, DRAWS, at) for at in range(5)] == [
        (1, 1),
        (2, 2),
        (3, 4),
        (3, 4),
        (5, 5),
    ]


def test_without_errors_a_place_is_certain_and_with_huge_ones_anything_is_possible():
    small, huge = np.full(5, 1e-6), np.full(5, 1e6)
    assert [pairwise_interval(SCORES, small, DRAWS, at) for at in range(5)] == [(n, n) for n in range(1, 6)]
    assert {pairwise_interval(SCORES, huge, DRAWS, at) for at in range(5)} == {(1, 5)}


def by_loops(scores, errors, drawn, at, coverage=0.9):
    """The same by plain loops: a one-sided hypothesis a pair and direction, crossed off until none falls."""
    others = [k for k in range(len(scores)) if k != at]
    spread = {k: (errors[at] ** 2 + errors[k] ** 2) ** 0.5 for k in others}
    open_ = {(k, side) for k in others for side in (1, -1)}
    while True:
        largest = sorted(
            max(side * (draw[at] * errors[at] - draw[k] * errors[k]) / spread[k] for k, side in open_)
            for draw in drawn
        )
        critical = largest[int(np.ceil(coverage * (len(largest) - 1)))]
        fallen = {(k, side) for k, side in open_ if side * (scores[at] - scores[k]) / spread[k] > critical}
        if not fallen:
            ahead = sum((k, -1) not in open_ for k in others)
            behind = sum((k, 1) not in open_ for k in others)
            return 1 + ahead, len(scores) - behind
        open_ -= fallen


@pytest.mark.parametrize("spread", [0.3, 1.0, 3.0])
def test_the_interval_is_that_of_plain_loops(spread):
    rng = np.random.default_rng(8)
    scores, errors = rng.normal(40, spread, 7), rng.uniform(0.1, 0.9, 7)
    drawn = noise((3,), 300, 7)
    for at in range(7):
        assert pairwise_interval(scores, errors, drawn, at) == by_loops(scores, errors, drawn, at)


def test_step_down_only_narrows():
    """One step: the maximum over every comparison, decided or not."""
    rng = np.random.default_rng(4)
    scores, errors, drawn = rng.normal(40, 1.8, 63), rng.uniform(0.2, 0.8, 63), noise((5,), 500, 63)
    narrower = 0
    for at in range(63):
        spread = np.sqrt(errors**2 + errors[at] ** 2)
        told = (scores[at] - scores) / spread
        largest = np.abs((drawn[:, [at]] * errors[at] - drawn * errors) / spread).max(axis=1)
        critical = np.quantile(largest, 0.9, method="higher")
        single = 1 + (told < -critical).sum(), 63 - (told > critical).sum()
        low, high = pairwise_interval(scores, errors, drawn, at)
        assert single[0] <= low <= high <= single[1]
        narrower += (low, high) != single
    assert narrower > 0


def simulated(fields, at, spread=1.8, seed=11):
    """How often intervals hold the true place: pairwise, and by quantiles of drawn places.

    Fields as PAPI's: 63 provinces, the true scores `spread` points apart (standard deviation), standard
    errors from 0.15 to 2 points with a median near 0.4.
    """
    rng, drawn = np.random.default_rng(seed), noise((seed,), 200, 63)
    held = []
    for _ in range(fields):
        true = np.sort(rng.normal(43, spread, 63))[::-1]
        errors = np.clip(np.exp(rng.normal(-0.9, 0.6, 63)), 0.15, 2)
        scores = true + rng.standard_normal(63) * errors
        for j in at:
            low, high = pairwise_interval(scores, errors, drawn, j)
            few, many = middle_interval(drawn_places(scores + drawn * errors, j))
            held.append((low <= j + 1 <= high, few <= j + 1 <= many))
    pairwise, quantiles = np.mean(held, axis=0)
    return float(pairwise), float(quantiles)


def test_intervals_of_90_percent_hold_the_truth_at_least_88_times_in_100():
    """1,000 simulated fields, true places 1, 15, 16 and 63: found 99.9 %."""
    pairwise, _ = simulated(1000, (0, 14, 15, 62))
    assert pairwise >= 0.88
    assert pairwise == pytest.approx(0.999, abs=0.002)


def test_quantiles_of_drawn_places_would_hold_too_little():
    """Why intervals compare pairs: where provinces stand close, drawn places lose the first and the last."""
    pairwise, quantiles = simulated(100, (0, 14, 62), spread=0.5)
    assert pairwise >= 0.88
    assert quantiles < 0.7


def test_drawn_places_count_those_ahead_and_share_ties():
    totals = np.array([[5.0, 4, 3, 2, 1], [1, 1, 3, 3, 5]])
    assert [drawn_places(totals, at).tolist() for at in range(5)] == [[1, 4], [2, 4], [3, 2], [4, 2], [5, 1]]
    rng = np.random.default_rng(3)
    many = rng.normal(size=(50, 9))
    for at in range(9):
        assert drawn_places(many, at).tolist() == [place(row, at) for row in many]


def test_noise_is_the_same_for_a_seed():
    assert (noise((7, 1), 20, 3) == noise((7, 1), 20, 3)).all()
    assert (noise((7, 1), 20, 3) != noise((7, 2), 20, 3)).all()


def test_the_middle_of_drawn_places_by_counting():
    # 100 places: 5 below 4, 90 from 4 to 6, 5 above.
    drawn = np.array([1] * 5 + [4] * 30 + [5] * 30 + [6] * 30 + [9] * 5)
    assert middle_interval(drawn) == (1, 6)  # a place that 5 % reach belongs to the tail's end
    assert middle_interval(np.array([1] * 4 + [4] * 92 + [9] * 4)) == (4, 4)


def test_decimals_as_printed():
    assert printed_decimals([71.2, 70.25, 69.31, 68.0, 66.77]) == 2  # zeros at the end are lost
    assert printed_decimals([71.25] * 10 + [69.3012]) == 2  # and one stray score is no rule
    assert printed_decimals([44.6854, 44.7379, 40.3]) == 4
    assert printed_decimals([90.0, 70.1, 70.1, 60.0, 40.0]) == 1
    assert printed_decimals([3.0, 4.0]) == 0
    assert printed_decimals([]) == 0


def by_enumeration(printed, at, step):
    """Every order that scores before rounding could have had, each one of three within its half units."""
    reach = [(score - 0.4 * step, score, score + 0.4 * step) for score in printed]
    found = {place(scores, at) for scores in itertools.product(*reach)}
    return min(found), max(found)


@pytest.mark.parametrize(
    "scores", [(5.2, 5.1, 5.1, 5.1, 4.0), (5.2, 5.2, 5.1, 5.0, 5.0), (1.0, 2.0, 3.0, 4.0, 5.0), (7.0,) * 5]
)
def test_rounding_is_exact_against_every_order(scores):
    given = np.array(scores)
    for at in range(5):
        assert rounding_interval(given, 1, at) == by_enumeration(scores, at, 0.1)


def test_rounding_moves_a_place_only_among_ties():
    given = np.array([57.7, 57.62, 57.62, 57.61, 50.0])
    assert [rounding_interval(given, 2, at) for at in range(5)] == [(1, 1), (2, 3), (2, 3), (4, 4), (5, 5)]


@pytest.mark.parametrize(
    ("interval", "target", "chance"),
    [((2, 3), 1, 0), ((2, 3), 2, 0.5), ((2, 3), 3, 1), ((4, 4), 4, 1), ((14, 17), 15, 0.5), ((1, 5), 9, 1)],
)
def test_the_share_of_places_within_the_target(interval, target, chance):
    assert chance_of_places(interval, target) == chance
