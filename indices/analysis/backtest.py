"""How well the chances of the outlook would have done: every forecast made from what was known then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indices.analysis.cells import answer_table, records
from indices.analysis.chance_words import CHANCE_WORDS
from indices.analysis.outlook_model import ChanceModel, fit
from indices.analysis.transitions import Flags, Numbers, Transitions, transitions
from indices.catalogue import Catalogue

POOLED = "all"
"""Stands for the whole fields of every index together in the tables of the backtest."""
LEAST_CASES = 30
"""Forecasts with a known result that an index must have before its own test counts."""
LEAST_TESTED = 3
"""Editions these must come from."""
CLEAR, CLEAR_OF_FEW, FEW_BLOCKS = 2.0, 3.0, 10
"""Standard errors beyond which a gain is no luck; more where fewer than FEW_BLOCKS blocks tell the error."""

SCORE_DTYPES = {
    "index": "string[pyarrow]",
    "whole": "bool[pyarrow]",
    "n": "int64[pyarrow]",
    "n_editions": "int64[pyarrow]",
    "first_year": "int64[pyarrow]",
    "last_year": "int64[pyarrow]",
    "mean_chance": "double[pyarrow]",
    "share_within": "double[pyarrow]",
    "brier": "double[pyarrow]",
    "brier_stay": "double[pyarrow]",
    "brier_base": "double[pyarrow]",
    "skill_stay": "double[pyarrow]",
    "skill_base": "double[pyarrow]",
    "gain_stay": "double[pyarrow]",
    "se_stay": "double[pyarrow]",
    "gain_base": "double[pyarrow]",
    "se_base": "double[pyarrow]",
    "enough": "bool[pyarrow]",
    "beats": "bool[pyarrow]",
    "clearly": "bool[pyarrow]",
}
CALIBRATION_DTYPES = {
    "index": "string[pyarrow]",
    "word": "string[pyarrow]",
    "low": "double[pyarrow]",
    "high": "double[pyarrow]",
    "n": "int64[pyarrow]",
    "n_within": "int64[pyarrow]",
    "mean_chance": "double[pyarrow]",
    "share_within": "double[pyarrow]",
}

Bin = tuple[str | None, float, float]
"""A word, or None, and the chances from which and below which forecasts belong to it."""


@dataclass(frozen=True, eq=False)
class Backtest:
    """Forecasts of every edition from the results known before it, and how they came out.

    `known` are the places; `chance` the forecast of each for the next edition (NaN where too little
    was known); `models` the model of each year, learnt from editions before it. `tested` marks the
    forecasts that count: the result is known and, where an index has whole fields at all, both
    fields are whole. `scores` (SCORE_DTYPES): one row for POOLED (whole fields) and for every index
    that was tested. `calibration` and `words` (CALIBRATION_DTYPES): forecasts by tenths of the
    chance and by the five words, beside the share that came true.
    """

    target_rank: int
    known: Transitions
    models: Mapping[int, ChanceModel]
    chance: Numbers
    tested: Flags
    scores: pd.DataFrame
    calibration: pd.DataFrame
    words: pd.DataFrame

    @cached_property
    def _scores(self) -> dict[str, dict[str, Any]]:
        return {row["index"]: row for row in records(self.scores, list(SCORE_DTYPES))}

    def score_of(self, index: str) -> dict[str, Any] | None:
        """The row of `scores` of an index as plain values, None where it could not be tested."""
        return self._scores.get(index)


def backtest(figures: pd.DataFrame, catalogue: Catalogue, target_rank: int) -> Backtest:
    """Out of sample over all provinces and editions: an edition of year t is forecast to t + 1.

    The window grows: the model of t has seen only results of editions before t (`learnt_by`), from at
    least LEAST_EDITIONS of them. Brier score = mean of (chance − came true)², lower is better (Brier
    1950), of the model and of two plain forecasts: "stays as it is" (1 if within the target now, else
    0) and the base rate (target / n). Skill = 1 − Brier of the model / Brier of the plain forecast.

    `beats`: the model's Brier score is below both, on at least LEAST_CASES forecasts of LEAST_TESTED
    editions. That may be luck: `gain_*` is the mean difference of the squared errors, forecast by
    forecast, and `se_*` its standard error with the provinces of one edition as one block (their
    places exclude each other: they are no independent trials). `clearly`: both gains exceed CLEAR of
    their errors (CLEAR_OF_FEW where there are few editions). Steps across a method break are tested
    like others (nobody knew then), though the model does not learn from them; whether it does makes
    no difference beyond the error.
    """
    known = transitions(figures, catalogue)
    models: dict[int, ChanceModel] = {}
    chance = np.full(len(known.year), np.nan)
    for year in sorted(set(known.year.tolist())):
        model = fit(known, known.learnt_by(year), target_rank)
        if model is not None:
            models[year] = model
            now = known.year == year
            chance[now] = model.chances(
                known.index[now], known.place[now], known.n_ranked[now], known.before[now]
            )
    result = known.known & ~np.isnan(chance)
    has_whole = np.isin(known.index, np.unique(known.index[result & known.whole]))
    tested = result & (known.whole | ~has_whole)
    groups = {POOLED: result & known.whole}
    groups |= {index: tested & (known.index == index) for index in catalogue.indices}
    held = {name: chosen for name, chosen in groups.items() if chosen.any()}
    tenths: list[Bin] = [(None, at / 10, (at + 1) / 10) for at in range(10)]
    ends = [1.0, *(least for _, least in CHANCE_WORDS)]
    words: list[Bin] = [(code, least, ends[at]) for at, (code, least) in enumerate(CHANCE_WORDS)]
    return Backtest(
        target_rank,
        known,
        models,
        chance,
        tested,
        answer_table([_score(known, chance, *group, target_rank) for group in held.items()], SCORE_DTYPES),
        _calibration(known, chance, held, tenths, target_rank),
        _calibration(known, chance, held, words, target_rank),
    )


def _score(
    known: Transitions, chance: Numbers, name: str, chosen: Flags, target_rank: int
) -> dict[str, object]:
    within = (known.after[chosen] <= target_rank).astype(np.float64)
    stay = (known.place[chosen] <= target_rank).astype(np.float64)
    base = np.minimum(target_rank / known.n_ranked[chosen], 1.0)
    squares = {
        "": (chance[chosen] - within) ** 2,
        "_stay": (stay - within) ** 2,
        "_base": (base - within) ** 2,
    }
    brier = {of: float(square.mean()) for of, square in squares.items()}
    pairs = zip(known.index[chosen].tolist(), known.year[chosen].tolist(), strict=True)
    blocks = np.unique([f"{index} {year}" for index, year in pairs], return_inverse=True)[1]
    gains = {of: gain(squares[of] - squares[""], blocks) for of in ("_stay", "_base")}
    editions = int(blocks.max()) + 1
    times = CLEAR if editions >= FEW_BLOCKS else CLEAR_OF_FEW
    enough = len(within) >= LEAST_CASES and editions >= LEAST_TESTED
    beats = enough and brier[""] < min(brier["_stay"], brier["_base"])
    return {
        "index": name,
        "whole": bool(known.whole[chosen].all()),
        "n": len(within),
        "n_editions": editions,
        "first_year": int(known.year[chosen].min()),
        "last_year": int(known.year[chosen].max()),
        "mean_chance": float(chance[chosen].mean()),
        "share_within": float(within.mean()),
        **{f"brier{of}": value for of, value in brier.items()},
        **{f"skill{of}": 1 - brier[""] / brier[of] if brier[of] else None for of in gains},
        **{f"gain{of}": mean for of, (mean, _) in gains.items()},
        **{f"se{of}": error for of, (_, error) in gains.items()},
        "enough": enough,
        "beats": beats,
        "clearly": beats and all(e is not None and mean > times * e for mean, e in gains.values()),
    }


def gain(differences: Numbers, blocks: NDArray[np.int64]) -> tuple[float, float | None]:
    """Mean of differences and its standard error by blocks; None for the error of a single block.

    √(G / (G − 1) · Σ (sum of a block's differences from the mean)²) / n over G blocks.
    """
    mean = float(differences.mean())
    sums = np.bincount(blocks, differences - mean)
    if len(sums) < 2:
        return mean, None
    return mean, float(np.sqrt(len(sums) / (len(sums) - 1) * (sums**2).sum()) / len(differences))


def _calibration(
    known: Transitions,
    chance: Numbers,
    groups: Mapping[str, Flags],
    bins: list[Bin],
    target_rank: int,
) -> pd.DataFrame:
    rows = []
    for name, chosen in groups.items():
        said, within = chance[chosen], known.after[chosen] <= target_rank
        for word, low, high in bins:
            # A chance of 1 belongs to the last bin.
            here = (said >= low) & ((said < high) | (high >= 1))
            if here.any():
                n, n_within = int(here.sum()), int(within[here].sum())
                rows.append(
                    {
                        "index": name,
                        "word": word,
                        "low": low,
                        "high": high,
                        "n": n,
                        "n_within": n_within,
                        "mean_chance": float(said[here].mean()),
                        "share_within": n_within / n,
                    }
                )
    return answer_table(rows, CALIBRATION_DTYPES)
