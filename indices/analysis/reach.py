"""What is the least that reaches the target: the fewest points, what is realistic, how often it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.how_often import NEAREST, Often, how_often
from indices.analysis.last_movement import field_and_before
from indices.analysis.makeup import Makeup, makeup
from indices.analysis.place_range import EQUAL, ladder
from indices.analysis.refusal import Refusal
from indices.analysis.yearly_gains import yearly_gains
from indices.catalogue import Catalogue

_PERCENTS = np.arange(101) / 100
Numbers = npt.NDArray[np.float64]

REACH_DTYPES = {
    "component": "string[pyarrow]",
    "scale_max": "double[pyarrow]",
    "factor": "double[pyarrow]",
    "before": "double[pyarrow]",
    "after": "double[pyarrow]",
    "change": "double[pyarrow]",
    "worth": "double[pyarrow]",
}
USUAL_DTYPES = {
    "component": "string[pyarrow]",
    "n": "int64[pyarrow]",
    "low": "double[pyarrow]",
    "median": "double[pyarrow]",
    "high": "double[pyarrow]",
}


@dataclass(frozen=True)
class Realistic:
    """Every part moved by the same quantile of what provinces with a similar score gained in a year.

    `quantile` is the smallest one that reaches the target, in steps of a percent (0.7: seven of ten
    steps that began at a similar score gained less); `changes` has a row a part (REACH_DTYPES).
    """

    quantile: float
    changes: pd.DataFrame


@dataclass(frozen=True)
class Reach:
    """What the target takes, against others who stand still.

    `total` is the published total, `target_score` the lowest total known to be within the target and
    `exact` says whether a lower one is known to be outside; `needed` = target_score - total, in points
    (0 or negative: the target is met, and so much may be lost). `factors` are the points of the total
    that one point of each part is worth. `fewest` has the parts to be raised
    (REACH_DTYPES; empty where the target is met), `usual` what provinces with a similar score usually
    gained in a year in each part (USUAL_DTYPES: number of steps, lower quartile, median, upper
    quartile), `often` how often provinces in our position gained `needed` in a year; None where the
    target is met.
    """

    index: str
    edition: str
    province: str
    target_rank: int
    place: int | None
    total: float
    target_score: float
    exact: bool
    needed: float
    factors: Mapping[str, float]
    fewest: pd.DataFrame | Refusal
    realistic: Realistic | Refusal | None
    often: Often | Refusal | None
    usual: pd.DataFrame

    @property
    def met(self) -> bool:
        """Whether the target is met as it is."""
        return self.needed <= EQUAL


def reach(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    target_rank: int,
    gains: pd.DataFrame | None = None,
) -> Reach | Refusal:
    """The least change of component scores that brings the province within the target.

    `gains` is the answer of `yearly_gains`, worked out here where it is not given. The total is linear
    in the parts (`makeup`), so the fewest component points are those of the parts whose point is
    worth most, each raised to its scale's end before the next: any point taken from them and given to
    another part brings less. Realistic is the smallest common quantile q such that Σ factor × q-quantile
    of a part's gains reaches what is needed; a part's gains are the NEAREST steps of `yearly_gains`
    that began nearest to its score, quantiles interpolated between them (Hyndman and Fan 1996, type 7),
    and no part leaves its scale.

    Refused with the reasons of `makeup`, with `no_edition`, and where the known scores leave
    open what suffices (`reach_unknown`). `fewest` is refused where even the scale's ends do not do
    (`reach_not_enough`), `realistic` and `often` where the panel has too few steps (`reach_few_steps`),
    `realistic` also where even the largest gains do not do (`reach_not_realistic`), `often` where the
    province's place is not known (`reach_no_place`).
    """
    field = field_and_before(figures, catalogue, index, edition)[0]
    if field is None:
        return Refusal("no_edition", {"index": index, "edition": edition})
    made = makeup(field, catalogue, province)
    if isinstance(made, Refusal):
        return made
    standing = ladder(field, province)
    target_score = standing.score_for(target_rank)
    slots: dict[str, object] = {"index": index, "edition": edition, "target": target_rank}
    if target_score is None:
        return Refusal("reach_unknown", slots)
    below = standing.place(target_score - 2 * EQUAL)
    exact = target_score == 0 or (below is not None and below.within(target_rank) is False)
    needed = target_score - made.total
    panel = yearly_gains(figures, catalogue, index) if gains is None else gains
    rows = panel.groupby("component", sort=False).indices
    starts, gained = panel["start"].to_numpy(dtype=float), panel["gain"].to_numpy(dtype=float)
    steps = {}
    for part, score in made.parts.items():
        held = rows.get(part, np.array([], dtype=int))
        steps[part] = _nearest(starts[held], gained[held], score)
    met = needed <= EQUAL
    place = field.places.get(province)
    return Reach(
        index,
        edition,
        province,
        target_rank,
        place,
        made.total,
        target_score,
        exact,
        needed,
        made.formula.factors,
        _fewest(made, 0.0 if met else needed, slots),
        None if met else _realistic(made, steps, needed, slots),
        None if met else how_often(panel, catalogue, field, place, needed),
        _usual(steps),
    )


def _fewest(made: Makeup, needed: float, slots: Mapping[str, object]) -> pd.DataFrame | Refusal:
    """The parts to raise, the one whose point is worth most first, then the one with most room."""
    room = {part: end - made.parts[part] for part, end in made.scale_max.items()}
    order = sorted(room, key=lambda part: (-made.formula.factors[part], -room[part]))
    after: dict[str, float] = {}
    left = needed
    for part in order:
        if left <= EQUAL:
            break
        factor = made.formula.factors[part]
        if room[part] <= 0 or factor <= 0:
            continue
        change = min(room[part], left / factor)
        after[part] = made.parts[part] + change
        left -= factor * change
    if left > EQUAL:
        return Refusal("reach_not_enough", {**slots, "points": left})
    return _changes(made, after)


def _realistic(
    made: Makeup, steps: Mapping[str, Numbers], needed: float, slots: Mapping[str, object]
) -> Realistic | Refusal:
    n = min(len(gains) for gains in steps.values())
    if n < NEAREST:
        return Refusal("reach_few_steps", {**slots, "n": n, "wanted": NEAREST})
    after = {
        part: np.clip(
            made.parts[part] + np.quantile(gains, _PERCENTS), 0, made.scale_max.get(part, made.parts[part])
        )
        for part, gains in steps.items()
    }
    worth = sum(made.formula.factors[part] * (scores - made.parts[part]) for part, scores in after.items())
    enough = np.flatnonzero(np.asarray(worth) >= needed - EQUAL)
    if not len(enough):
        points = needed - float(np.asarray(worth)[-1])
        return Refusal("reach_not_realistic", {**slots, "n": n, "points": points})
    at = int(enough[0])
    return Realistic(
        float(_PERCENTS[at]), _changes(made, {part: float(scores[at]) for part, scores in after.items()})
    )


def _nearest(starts: Numbers, gains: Numbers, score: float) -> Numbers:
    """The gains of the NEAREST steps that began nearest to `score`, smallest first."""
    return np.sort(gains[np.argsort(np.abs(starts - score), kind="stable")[:NEAREST]])


def _usual(steps: Mapping[str, Numbers]) -> pd.DataFrame:
    rows = []
    for part, gains in steps.items():
        low, median, high = np.quantile(gains, [0.25, 0.5, 0.75]).tolist() if len(gains) else [None] * 3
        rows.append({"component": part, "n": len(gains), "low": low, "median": median, "high": high})
    return answer_table(rows, USUAL_DTYPES)


def _changes(made: Makeup, after: Mapping[str, float]) -> pd.DataFrame:
    return answer_table(
        [
            {
                "component": part,
                "scale_max": made.scale_max.get(part),
                "factor": made.formula.factors[part],
                "before": made.parts[part],
                "after": score,
                "change": score - made.parts[part],
                "worth": made.worth(part, score - made.parts[part]),
            }
            for part, score in after.items()
        ],
        REACH_DTYPES,
    )
