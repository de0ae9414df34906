"""What if some component scores moved: the new total, and its place among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_fields import edition_fields
from indices.analysis.last_movement import field_and_before, last_movement
from indices.analysis.makeup import Makeup, makeup
from indices.analysis.place_range import Ladder, PlaceRange, ladder, moved
from indices.analysis.refusal import Refusal
from indices.analysis.sipas_share import SIPAS, sipas_before, sipas_share, with_sipas
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

SCENARIO_PART_DTYPES = {
    "component": "string[pyarrow]",
    "scale_max": "double[pyarrow]",
    "factor": "double[pyarrow]",
    "before": "double[pyarrow]",
    "after": "double[pyarrow]",
    "change": "double[pyarrow]",
    "worth": "double[pyarrow]",
}
SCENARIO_FIELD_DTYPES = {
    "others": "string[pyarrow]",
    "province": "string[pyarrow]",
    "score": "double[pyarrow]",
    "source": "string[pyarrow]",
}
OUTCOME_DTYPES = {
    "others": "string[pyarrow]",
    "before": "double[pyarrow]",
    "after": "double[pyarrow]",
    "place_low": "int64[pyarrow]",
    "place_high": "int64[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "target_rank": "int64[pyarrow]",
    "target_score": "double[pyarrow]",
    "reached": "bool[pyarrow]",
    "since": "string[pyarrow]",
    "n_moved": "int64[pyarrow]",
}
STILL, MOVING = "still", "moving"


@dataclass(frozen=True)
class Place:
    """Where the new total stands against others who did one thing (`others`: "still" or "moving").

    `place` is None where the figures bound nothing, `target_score` the total that is sure to be within
    the target (None: not known), `reached` whether the target is met (None: left open), `since` the
    edition the others' movement is counted from and `n_moved` how many of them have one.
    """

    others: str
    place: PlaceRange | None
    target_score: float | None
    reached: bool | None
    since: str | None = None
    n_moved: int = 0


@dataclass(frozen=True)
class Scenario:
    """A province's total and place before and after some of its component scores moved.

    `total_before` is the published total, `rank` its published rank and `before` its place (the rank,
    else computed from scores, else a range); `total_after`, `still` and `moving` are worked out.
    `parts` has a row a component (SCENARIO_PART_DTYPES): points before and after, the points of the
    total that one point is worth (`factor`), and what the change is worth. `totals` are those of the
    other provinces as they stand ("still") and, where that is known, moved ("moving"); `sources` the
    keys of where they were read.
    """

    index: str
    edition: str
    province: str
    target_rank: int
    n_ranked: int
    total_before: float
    total_after: float
    rank: int | None
    before: PlaceRange | None
    still: Place
    moving: Place | Refusal
    parts: pd.DataFrame
    totals: Mapping[str, Mapping[str, float]]
    sources: Mapping[str, str]

    @property
    def field(self) -> pd.DataFrame:
        """The totals of the others with their sources, as they stand and moved (SCENARIO_FIELD_DTYPES)."""
        rows = [
            {"others": others, "province": name, "score": score, "source": self.sources[name]}
            for others, scores in self.totals.items()
            for name, score in scores.items()
        ]
        return answer_table(rows, SCENARIO_FIELD_DTYPES)

    @property
    def outcomes(self) -> pd.DataFrame:
        """The places as a table, a row for what the others do (OUTCOME_DTYPES)."""
        known = [self.still] if isinstance(self.moving, Refusal) else [self.still, self.moving]
        return answer_table(
            [
                {
                    "others": one.others,
                    "before": self.total_before,
                    "after": self.total_after,
                    "place_low": one.place.low if one.place else None,
                    "place_high": one.place.high if one.place else None,
                    "n_ranked": self.n_ranked,
                    "target_rank": self.target_rank,
                    "target_score": one.target_score,
                    "reached": one.reached,
                    "since": one.since,
                    "n_moved": one.n_moved,
                }
                for one in known
            ],
            OUTCOME_DTYPES,
        )


def scenario(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    changes: Mapping[str, float],
    target_rank: int,
) -> Scenario | Refusal:
    """The new total = published total + Σ factor × change, and its place against still and moving others.

    `changes` holds new component scores in points of their own scale; in PAR also "sipas", the
    percent of SIPAS, which carries the part impact_sipas along (`sipas_share`). The formula is that
    of `makeup`: only where it reproduces the published total. Others "moving" each add their change of
    total since the edition of the year before, which needs both editions complete and no new method
    between; whoever has no figure there stands still.

    Refused with the reasons of `makeup`, and: no such edition (`no_edition`), a component
    the formula does not know (`scenario_unknown_part`), a score outside of 0 and the scale's end
    (`scenario_outside`) or of a scale whose end is not known (`scenario_no_scale`), SIPAS together
    with its part (`sipas_twice`), or a share that is not borne out (`sipas_share`).
    """
    field, earlier = field_and_before(figures, catalogue, index, edition)
    if field is None:
        return Refusal("no_edition", {"index": index, "edition": edition})
    made = makeup(field, catalogue, province)
    if isinstance(made, Refusal):
        return made
    share = sipas_share(figures, catalogue, edition) if index == "PAR" and SIPAS in changes else None
    if isinstance(share, Refusal):
        return share
    wanted = changes
    if share is not None:
        found = with_sipas(changes, made, share, sipas_before(figures, made, share, edition, province))
        if isinstance(found, Refusal):
            return found
        wanted = found
    after = new_parts(made, wanted)
    if isinstance(after, Refusal):
        return after
    rows = [
        {
            "component": part,
            "scale_max": made.scale_max.get(part),
            "factor": made.formula.factors[part],
            "before": before,
            "after": after[part],
            "change": after[part] - before,
            "worth": made.worth(part, after[part] - before),
        }
        for part, before in made.parts.items()
    ]
    # Unmoved parts add exactly nothing, so that no change gives the published total to the last digit.
    total = made.total + sum(made.worth(part, after[part] - before) for part, before in made.parts.items())
    standing = ladder(field, province)
    still = _place(STILL, standing, total, target_rank)
    others = {name: score for name, score in field.totals.items() if name != province}
    movement = last_movement(catalogue, field, earlier)
    moving: Place | Refusal
    totals = {STILL: others}
    if isinstance(movement, Refusal):
        moving = movement
    else:
        since, gained = movement
        later = {name: score + gained.get(name, 0.0) for name, score in others.items()}
        moving = replace(
            _place(MOVING, moved(later), total, target_rank),
            since=since,
            n_moved=sum(name in gained for name in others),
        )
        totals[MOVING] = later
    return Scenario(
        index,
        edition,
        province,
        target_rank,
        standing.n_ranked,
        made.total,
        total,
        field.ranks.get(province),
        standing.place(made.total),
        still,
        moving,
        answer_table(rows, SCENARIO_PART_DTYPES),
        totals,
        field.sources[OVERALL],
    )


def scenario_editions(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, province: str
) -> tuple[str, ...]:
    """Editions whose published parts make up the province's total, newest first: those with a scenario."""
    specs = catalogue.editions_of(index)
    parts = {part.component for spec in specs for part in catalogue.components_of(index, spec.year)}
    fields = edition_fields(figures, catalogue, index, [spec.edition for spec in specs], parts)
    known = [
        name for name, field in fields.items() if not isinstance(makeup(field, catalogue, province), Refusal)
    ]
    return tuple(reversed(known))


def _place(others: str, standing: Ladder, total: float, target_rank: int) -> Place:
    place = standing.place(total)
    reached = None if place is None else place.within(target_rank)
    return Place(others, place, standing.score_for(target_rank), reached)


def new_parts(made: Makeup, changes: Mapping[str, float]) -> dict[str, float] | Refusal:
    """All parts with `changes` put in, or why one of them cannot be (see `scenario`)."""
    for part, score in changes.items():
        if part not in made.parts:
            return Refusal("scenario_unknown_part", {"part": part})
        if score == made.parts[part]:
            continue
        end = made.scale_max.get(part)
        if end is None:
            return Refusal("scenario_no_scale", {"part": part})
        if not isfinite(score) or not 0 <= score <= end:
            return Refusal("scenario_outside", {"part": part, "scale_max": end})
    return {part: changes.get(part, score) for part, score in made.parts.items()}
