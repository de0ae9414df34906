"""What if some component scores moved: the new total, and its place among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField
from indices.analysis.edition_fields import edition_fields
from indices.analysis.makeup import Makeup, makeup
from indices.analysis.place_range import Ladder, PlaceRange, ladder, moved
from indices.analysis.refusal import Refusal
from indices.analysis.sipas_share import SIPAS, SIPAS_PART, SipasShare, sipas_share
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

    `total_before` is the published total and `before` its place (the published rank, else computed
    from scores, else a range); `total_after` and the places of `still` and `moving` are worked out.
    `parts` has a row a component (SCENARIO_PART_DTYPES): points before and after, the points of the
    total that one point is worth (`factor`), and what the change is worth. `field` has the totals of
    the other provinces (SCENARIO_FIELD_DTYPES), once as they stand and once moved.
    """

    index: str
    edition: str
    province: str
    target_rank: int
    n_ranked: int
    total_before: float
    total_after: float
    before: PlaceRange | None
    still: Place
    moving: Place | Refusal
    parts: pd.DataFrame
    field: pd.DataFrame
    sources: tuple[str, ...]


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

    Refused with the reasons of `makeup`, and: no such edition (`scenario_no_edition`), a component
    the formula does not know (`scenario_unknown_part`), a score outside of 0 and the scale's end
    (`scenario_outside`) or of a scale whose end is not known (`scenario_no_scale`), SIPAS together
    with its part (`sipas_twice`), or a share that is not borne out (`sipas_share`).
    """
    field, earlier = field_and_before(figures, catalogue, index, edition)
    if field is None:
        return Refusal("scenario_no_edition", {"index": index, "edition": edition})
    made = makeup(field, catalogue, province)
    if isinstance(made, Refusal):
        return made
    share = sipas_share(figures, catalogue, edition) if SIPAS in changes else None
    if isinstance(share, Refusal):
        return share
    wanted = changes
    if share is not None:
        found = _with_sipas(changes, made, share, sipas_before(figures, made, share, edition, province))
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
    movement = _movement(catalogue, field, earlier)
    moving: Place | Refusal
    shown = [{"others": STILL, "province": name, "score": score} for name, score in others.items()]
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
        shown += [{"others": MOVING, "province": name, "score": score} for name, score in later.items()]
    return Scenario(
        index,
        edition,
        province,
        target_rank,
        standing.n_ranked,
        made.total,
        total,
        standing.place(made.total),
        still,
        moving,
        answer_table(rows, SCENARIO_PART_DTYPES),
        answer_table(shown, SCENARIO_FIELD_DTYPES),
        tuple(sorted(set(field.sources[OVERALL].values()))),
    )


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


def sipas_before(
    figures: pd.DataFrame, made: Makeup, share: SipasShare, edition: str, province: str
) -> float:
    """The SIPAS percent a scenario starts from: the published one, else what its part in PAR stands for."""
    rows = figures[
        (figures["index"] == "SIPAS")
        & (figures["edition"] == edition)
        & (figures["province"] == province)
        & (figures["component"] == OVERALL)
        & figures["score"].notna()
    ]
    return float(rows["score"].iloc[0]) if len(rows) else made.parts[SIPAS_PART] / share.worth


def _with_sipas(
    changes: Mapping[str, float], made: Makeup, share: SipasShare, start: float
) -> dict[str, float] | Refusal:
    """The changes with SIPAS put as its part of PAR."""
    others = {part: score for part, score in changes.items() if part != SIPAS}
    percent = changes[SIPAS]
    if SIPAS_PART in others:
        return Refusal("sipas_twice")
    if SIPAS_PART not in made.parts:
        return Refusal("scenario_unknown_part", {"part": SIPAS})
    if not isfinite(percent) or not 0 <= percent <= 100:
        return Refusal("scenario_outside", {"part": SIPAS, "scale_max": 100.0})
    before = made.parts[SIPAS_PART]
    after = before + (percent - start) * share.worth
    # A published percent may lie a little beside its part: the scale's ends hold all the same.
    return others | {SIPAS_PART: before if percent == start else min(max(after, 0.0), share.maximum)}


def field_and_before(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, edition: str
) -> tuple[EditionField | None, EditionField | None]:
    """The field of an edition with the parts of the whole index, and that of the year before."""
    spec = catalogue.edition(index, edition)
    if spec is None:
        return None, None
    editions = catalogue.comparable_editions(index, spec.frame)
    named = [edition, *(one.edition for one in editions if one.year == spec.year - 1)]
    parts = [part.component for part in catalogue.components_of(index, spec.year)]
    found = edition_fields(figures, catalogue, index, named, parts)
    return found.get(edition), next((found[name] for name in named[1:] if name in found), None)


def _movement(
    catalogue: Catalogue, field: EditionField, before: EditionField | None
) -> tuple[str, dict[str, float]] | Refusal:
    """The edition of the year before, and by how many points each total changed since then.

    Refused where that edition is not held (`moving_no_edition`), a new method lies between
    (`moving_break`), or one of both is not complete (`moving_partial`).
    """
    spec = field.spec
    slots: dict[str, object] = {"index": spec.index, "edition": spec.edition, "since": spec.year - 1}
    if before is None:
        return Refusal("moving_no_edition", slots)
    if any(one.edition == spec.year for one in catalogue.breaks_of(spec.index)):
        return Refusal("moving_break", slots)
    if not (before.complete and field.complete):
        return Refusal("moving_partial", slots)
    gained = {
        name: score - before.totals[name] for name, score in field.totals.items() if name in before.totals
    }
    return before.spec.edition, gained
