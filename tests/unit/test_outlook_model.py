"""The model of the outlook: its rows by head, its maximum by brute force and by the slope there."""

import numpy as np
import pytest

from indices.analysis.outlook_model import RIDGE, ChanceModel, features, fit, fitted
from indices.analysis.transitions import transitions
from tests.unit.orders import ORDERS, catalogue_of, ranked

NAN = float("nan")


def rows_of(place, before, index="X", target=2, n=5.0, indices=("X",)):
    return features(target, indices, np.array([index]), *(np.array([v]) for v in (place, n, before)))[0]


def log_likelihood(weights, rows, within, pull):
    odds = rows @ weights
    return (within * odds - np.log1p(np.exp(odds))).sum() - (pull * weights**2).sum() / 2


def test_distance_is_the_difference_of_log_odds_of_the_line_and_the_place():
    # Line of 2 of 5: 2/5, odds 2:3. First of five: half a place of five, 1/10, odds 1:9.
    one, distance, momentum, own, own_distance = rows_of(1.0, 4.0)
    assert (one, own) == (1.0, 1.0)
    assert distance == pytest.approx(np.log(2 / 3) - np.log(1 / 9))
    assert momentum == pytest.approx(0.3)  # from 4th to 1st: three places, in tens
    assert own_distance == distance


def test_the_line_lies_between_the_last_place_within_and_the_next():
    assert rows_of(2.0, NAN)[1] > 0 > rows_of(3.0, NAN)[1]


def test_a_missing_year_before_is_no_movement_and_another_index_has_no_column_of_its_own():
    assert rows_of(3.0, NAN)[2] == 0
    assert rows_of(3.0, NAN, index="Y")[3:].tolist() == [0, 0]


def test_a_target_as_large_as_the_field_and_places_beyond_it_stay_finite():
    assert np.isfinite(rows_of(6.0, 2.0, target=30)).all()


def test_the_maximum_is_that_of_a_brute_force_grid():
    rows = np.column_stack([np.ones(8), [-2.0, -1.5, -1, -0.5, 0.5, 1, 1.5, 2]])
    within = np.array([0.0, 0, 1, 0, 1, 0, 1, 1])
    grid = np.arange(-4, 4.001, 0.01)
    pull = np.full(2, 1e-4)
    values = [[log_likelihood(np.array([a, b]), rows, within, pull) for b in grid] for a in grid[::5]]
    at = np.unravel_index(np.argmax(values), (len(grid[::5]), len(grid)))
    found = fitted(rows, within)
    assert found[0] == pytest.approx(grid[::5][at[0]], abs=0.03)
    assert found[1] == pytest.approx(grid[at[1]], abs=0.02)


def test_the_slope_is_nothing_at_the_maximum_and_every_step_aside_is_worse():
    rng = np.random.default_rng(7)
    rows = np.column_stack([np.ones(200), rng.normal(size=(200, 4))])
    within = (rng.random(200) < 1 / (1 + np.exp(-rows @ [-1, 2, 0.5, 0, -1]))).astype(float)
    found, pull = fitted(rows, within), np.array([1e-4, 1e-4, RIDGE, RIDGE, RIDGE])
    slope = rows.T @ (within - 1 / (1 + np.exp(-rows @ found))) - pull * found
    assert np.abs(slope).max() < 1e-8
    best = log_likelihood(found, rows, within, pull)
    for step in np.vstack([np.eye(5), -np.eye(5)]) * 0.05:
        assert log_likelihood(found + step, rows, within, pull) < best


def test_a_target_that_was_always_met_has_finite_weights():
    rows = np.column_stack([np.ones(20), np.linspace(1, 3, 20)])
    found = fitted(rows, np.ones(20))
    assert np.isfinite(found).all()
    assert (1 / (1 + np.exp(-rows @ found)) > 0.99).all()


def test_a_better_place_has_a_better_chance_and_an_unknown_index_that_of_all():
    known = transitions(ranked(ORDERS), catalogue_of())
    model = fit(known, known.learnt_by(2022), 2)
    assert isinstance(model, ChanceModel)
    # Results of 2011 to 2021: eleven steps of five provinces.
    assert (model.n_editions, model.n_cases, model.indices) == (11, 55, ("X",))
    places, field, before = np.arange(1.0, 6), np.full(5, 5.0), np.full(5, NAN)
    chances = model.chances(np.full(5, "X"), places, field, before)
    assert (np.diff(chances) < 0).all() and (chances > 0).all() and (chances < 1).all()
    other = model.chances(np.full(5, "Y"), places, field, before)
    a, b = model.weights[:2]
    distance = [rows_of(place, NAN)[1] for place in places]
    assert other == pytest.approx([1 / (1 + np.exp(-a - b * d)) for d in distance])


def test_fewer_than_three_editions_are_not_learnt_from():
    known = transitions(ranked(ORDERS), catalogue_of())
    assert fit(known, known.learnt_by(2013), 2) is None  # results of 2011, 2012
    assert fit(known, known.learnt_by(2014), 2) is not None
