"""The chance that a province is within a target in the next edition, from the panel's own history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indices.analysis.backtest import LEAST_CASES, LEAST_TESTED, POOLED, Backtest, backtest
from indices.analysis.cells import answer_table, records
from indices.analysis.chance_words import chance_word
from indices.analysis.outlook_model import LEAST_EDITIONS
from indices.analysis.refusal import Refusal
from indices.analysis.transitions import Flags, Transitions
from indices.catalogue import Catalogue
from indices.catalogue.new_editions import FIRST_MERGED_EDITION

SIMILAR_PLACES = 3
"""How far a past place may lie from ours to count as a similar case."""
GROUP = 5
"""Places put together to show the share that came true beside the curve."""

NOW_DTYPES = {
    "index": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "province": "string[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "before": "int64[pyarrow]",
    "gained": "int64[pyarrow]",
    "target_rank": "int64[pyarrow]",
    "chance": "double[pyarrow]",
    "word": "string[pyarrow]",
    "next_year": "int64[pyarrow]",
    "next_merged": "bool[pyarrow]",
    "next_breaks": "bool[pyarrow]",
    "next_held": "bool[pyarrow]",
    "borrowed": "bool[pyarrow]",
    "similar_of": "string[pyarrow]",
    "similar_way": "string[pyarrow]",
    "similar_n": "int64[pyarrow]",
    "similar_within": "int64[pyarrow]",
    "learnt_from": "string[pyarrow]",
    "learnt_cases": "int64[pyarrow]",
    "learnt_editions": "int64[pyarrow]",
}
PAST_DTYPES = {
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "chance": "double[pyarrow]",
    "word": "string[pyarrow]",
    "next_year": "int64[pyarrow]",
    "next_place": "int64[pyarrow]",
    "next_computed": "bool[pyarrow]",
    "within": "bool[pyarrow]",
}
CURVE_DTYPES = {"place": "int64[pyarrow]", "chance": "double[pyarrow]"}
OBSERVED_DTYPES = {
    "first": "int64[pyarrow]",
    "last": "int64[pyarrow]",
    "n": "int64[pyarrow]",
    "n_within": "int64[pyarrow]",
    "share_within": "double[pyarrow]",
}


@dataclass(frozen=True, eq=False)
class Outlook:
    """The chance for the next edition, what it rests on, and what earlier forecasts came to.

    `now` (NOW_DTYPES, one row): the newest place in a field of 63 (`computed`: ours), places `gained`
    on the year before, the `chance` (0 to 1) of being within the target one edition later under the
    same method and in the same field, and its `word`. `next_merged`, `next_breaks`: the edition of
    `next_year` ranks the 34 merged provinces, or begins a new method, so the chance speaks of one
    more edition as before. `next_held`: that edition of the 63 is out already, but without the
    province's place. `borrowed`: the model has learnt from other indices (`learnt_from`), as this one
    has no whole fields. Beside it the plain count: of `similar_n` past cases of `similar_of` (places
    at most SIMILAR_PLACES away, moved the same way: up, down, same, any), `similar_within` were
    within the target next.

    `past` (PAST_DTYPES): the forecast of each earlier edition as it would have been made then, and
    what came (missing where not known). `curve` (CURVE_DTYPES): the chance at every place with the
    province's movement. `observed` (OBSERVED_DTYPES): for groups of GROUP places, how many of `n`
    past cases of `similar_of` were within the target next.
    """

    now: pd.DataFrame
    past: pd.DataFrame
    curve: pd.DataFrame
    observed: pd.DataFrame

    @cached_property
    def row(self) -> dict[str, Any]:
        """The row of `now` as plain values, None where missing."""
        return records(self.now, list(NOW_DTYPES))[0]


def outlook(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    province: str,
    target_rank: int,
    tested: Backtest | None = None,
) -> Outlook | Refusal:
    """The outlook of a province in an index, by the model of `backtest` (given as `tested` where known).

    `figures` must hold every index: the model learns from all whole fields. An edition is forecast
    from results of earlier editions only, so that the newest forecast and those of the backtest are
    of one kind. Never a figure for the field of 34: nothing of it is known yet.

    Refused where the index has ended (`outlook_ended`, with its successor), no place is held
    (`outlook_no_place`), too little was known before (`outlook_no_history`), the index could not be
    tested (`outlook_untested`), or the model does not beat both plain forecasts there
    (`outlook_not_better`, with n and the three Brier scores).
    """
    spec = catalogue.indices.get(index)
    if spec is not None and spec.last_edition is not None:
        slots = {"index": index, "last": spec.last_edition, "successor": spec.successor or "–"}
        return Refusal("outlook_ended", slots)
    tested = tested or backtest(figures, catalogue, target_rank)
    known = tested.known
    mine = np.flatnonzero((known.index == index) & (known.province == province))
    if not len(mine):
        return Refusal("outlook_no_place", {"index": index})
    at = int(mine[np.argmax(known.year[mine])])
    year = int(known.year[at])
    if year not in tested.models:
        return Refusal("outlook_no_history", {"index": index, "year": year, "least": LEAST_EDITIONS})
    score = tested.score_of(index)
    if score is None or not score["enough"]:
        slots = {"index": index, "n": int(score["n"]) if score else 0}
        return Refusal("outlook_untested", slots | {"least": LEAST_CASES, "editions": LEAST_TESTED})
    if not score["beats"]:
        slots = {"index": index, "n": int(score["n"])}
        briers = {of: float(score[f"brier{of}"]) for of in ("", "_stay", "_base")}
        named = {"model": briers[""], "stay": briers["_stay"], "base": briers["_base"]}
        return Refusal("outlook_not_better", slots | named)
    return Outlook(
        answer_table([_now(tested, catalogue, at)], NOW_DTYPES),
        answer_table([_past(tested, i, mine) for i in mine.tolist() if i != at], PAST_DTYPES),
        _curve(tested, at),
        _observed(tested, at),
    )


def _now(tested: Backtest, catalogue: Catalogue, at: int) -> dict[str, object]:
    known, model = tested.known, tested.models[int(tested.known.year[at])]
    index, year, gained = str(known.index[at]), int(known.year[at]), _gained(known)[at]
    cases, of = _comparable(tested, at)
    near = cases & (np.abs(known.place - known.place[at]) <= SIMILAR_PLACES)
    if not np.isnan(gained):
        near &= np.sign(_gained(known)) == np.sign(gained)
    way = "any" if np.isnan(gained) else {1: "up", -1: "down", 0: "same"}[int(np.sign(gained))]
    editions = [spec.year for spec in catalogue.comparable_editions(index, 63) if spec.held]
    return {
        "index": index,
        "edition": str(known.edition[at]),
        "year": year,
        "province": str(known.province[at]),
        "place": int(known.place[at]),
        "computed": bool(known.computed[at]),
        "n_ranked": int(known.n_ranked[at]),
        "before": _whole(known.before[at]),
        "gained": _whole(gained),
        "target_rank": tested.target_rank,
        "chance": float(tested.chance[at]),
        "word": chance_word(float(tested.chance[at])),
        "next_year": year + 1,
        "next_merged": year + 1 >= FIRST_MERGED_EDITION,
        "next_breaks": any(spec.edition == year + 1 for spec in catalogue.breaks_of(index)),
        "next_held": year + 1 in editions,
        "borrowed": index not in model.indices,
        "similar_of": of,
        "similar_way": way,
        "similar_n": int(near.sum()),
        "similar_within": int((near & (known.after <= tested.target_rank)).sum()),
        "learnt_from": ", ".join(code for code in catalogue.indices if code in model.indices),
        "learnt_cases": model.n_cases,
        "learnt_editions": model.n_editions,
    }


def _past(tested: Backtest, at: int, mine: NDArray[np.intp]) -> dict[str, object]:
    known, chance = tested.known, float(tested.chance[at])
    forecast, came = not np.isnan(chance), _whole(known.after[at])
    later = mine[known.year[mine] == known.year[at] + 1]
    return {
        "edition": str(known.edition[at]),
        "year": int(known.year[at]),
        "place": int(known.place[at]),
        "computed": bool(known.computed[at]),
        "n_ranked": int(known.n_ranked[at]),
        "chance": chance if forecast else None,
        "word": chance_word(chance) if forecast else None,
        "next_year": int(known.year[at]) + 1,
        "next_place": came,
        "next_computed": bool(known.computed[later[0]]) if len(later) else None,
        "within": None if came is None else came <= tested.target_rank,
    }


def _curve(tested: Backtest, at: int) -> pd.DataFrame:
    known, gained = tested.known, _gained(tested.known)[at]
    places = np.arange(1, int(known.n_ranked[at]) + 1, dtype=np.float64)
    field = np.full_like(places, known.n_ranked[at])
    model = tested.models[int(known.year[at])]
    index = np.full(len(places), known.index[at])
    chances = model.chances(index, places, field, places + gained)
    rows = zip(places.astype(int).tolist(), chances.tolist(), strict=True)
    return answer_table([{"place": place, "chance": chance} for place, chance in rows], CURVE_DTYPES)


def _observed(tested: Backtest, at: int) -> pd.DataFrame:
    known, (cases, _) = tested.known, _comparable(tested, at)
    rows = []
    for first in range(1, int(known.n_ranked[at]) + 1, GROUP):
        here = cases & (known.place >= first) & (known.place < first + GROUP)
        n, within = int(here.sum()), int((here & (known.after <= tested.target_rank)).sum())
        if n:
            last = min(first + GROUP - 1, int(known.n_ranked[at]))
            shares = {"n": n, "n_within": within, "share_within": within / n}
            rows.append({"first": first, "last": last, **shares})
    return answer_table(rows, OBSERVED_DTYPES)


def _comparable(tested: Backtest, at: int) -> tuple[Flags, str]:
    """What the model of a place has learnt from, of its own index where that has whole fields."""
    known, index = tested.known, str(tested.known.index[at])
    learnt = known.learnt_by(int(known.year[at]))
    own = learnt & (known.index == index)
    return (own, index) if own.any() else (learnt, POOLED)


def _gained(known: Transitions) -> np.ndarray[Any, np.dtype[np.float64]]:
    return known.before - known.place


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
