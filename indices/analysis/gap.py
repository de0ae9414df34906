"""The gap between a province and a target rank: in places, in points, and in the parts of the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.gap_parts import around_line, lost_points, parts_to_line
from indices.analysis.refusal import Refusal
from indices.analysis.status import status_of_place
from indices.catalogue import MERGER_FRAME, Catalogue
from indices.tidy import OVERALL

SUMMARY_DTYPES = {
    "index": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "province": "string[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "scale_max": "double[pyarrow]",
    "lost": "double[pyarrow]",
    "target_rank": "int64[pyarrow]",
    "target_score": "double[pyarrow]",
    "target_province": "string[pyarrow]",
    "target_low": "double[pyarrow]",
    "target_high": "double[pyarrow]",
    "status": "string[pyarrow]",
    "places_to_go": "int64[pyarrow]",
    "points_to_go": "double[pyarrow]",
    "outside_province": "string[pyarrow]",
    "outside_score": "double[pyarrow]",
    "above_province": "string[pyarrow]",
    "above_place": "int64[pyarrow]",
    "above_score": "double[pyarrow]",
    "below_province": "string[pyarrow]",
    "below_place": "int64[pyarrow]",
    "below_score": "double[pyarrow]",
    "n_scores": "int64[pyarrow]",
    "n_ranks": "int64[pyarrow]",
    "complete": "bool[pyarrow]",
}


@dataclass(frozen=True)
class Gap:
    """What lies between a province and a target rank in one edition.

    `summary`: one row (SUMMARY_DTYPES). `line`: why the distance in points is not known, None where
    it is. `parts`: what the province at the line has that ours lacks, part by part. `lost`: what is
    left to the end of the scale, part by part. `around`: the provinces whose mean `parts` compares
    with besides, best place first.
    """

    summary: pd.DataFrame
    line: Refusal | None
    parts: pd.DataFrame | Refusal
    lost: pd.DataFrame | Refusal
    around: tuple[str, ...]


def gap(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    target_rank: int,
) -> Gap | Refusal:
    """The gap of a province to the last one within `target_rank` in an edition of 63 (64) provinces.

    `summary`, in places and points of the total:
    `place` is the published rank, else the one computed from scores of the complete field
    (`computed`); `target_score` and `target_province` belong to the last province within the target
    (`EditionField.score_at`). Where a partial field does not say, `target_low` and `target_high` are
    the published scores of the other provinces next below and next above that rank, between which
    it must lie. `points_to_go` = target_score - score: positive is to be gained, negative is our
    lead. `outside_score` is that of the best other province outside the target: below it, a province
    within the target is out. `above_*` and `below_*` stand on the next better and next worse place;
    `lost` = scale_max - score; `status` as in `status_of_place`, from the scores where no place is
    known.

    The parts: see `parts_to_line` and `lost_points`. Refused where the edition is not held
    (`no_edition`), ranks the 34 merged provinces (`merged_field`) or has no figure of the province
    at all (`no_standing`).
    """
    field = edition_field(figures, catalogue, index, edition)
    if field is None:
        return Refusal("no_edition", {"index": index, "edition": edition})
    return gap_in_field(field, catalogue, province, target_rank)


def gap_in_field(field: EditionField, catalogue: Catalogue, province: str, target_rank: int) -> Gap | Refusal:
    """`gap` in a field at hand, for whoever asks of many provinces of one edition."""
    slots = {"index": field.spec.index, "edition": field.spec.edition}
    if field.spec.frame == MERGER_FRAME:
        merged = {"index": field.spec.index, "edition": field.spec.year, "n": field.n_ranked}
        return Refusal("merged_field", merged)
    lost = lost_points(field, catalogue, province)
    place, score = field.places.get(province), field.totals.get(province)
    if place is None and score is None and isinstance(lost, Refusal):
        return Refusal("no_standing", slots)
    row = _standing(field, catalogue, province) | _line(field, province, target_rank)
    line = _missing(row, field, slots)
    around = around_line(field, province, target_rank)
    parts: pd.DataFrame | Refusal
    if line is None:
        parts = parts_to_line(field, catalogue, province, row["target_province"], around)
    else:
        parts = line
    return Gap(answer_table([row], SUMMARY_DTYPES), line, parts, lost, around)


def _standing(field: EditionField, catalogue: Catalogue, province: str) -> dict[str, Any]:
    """Where the province stands, and its neighbours."""
    index, year = field.spec.index, field.spec.year
    place, score = field.places.get(province), field.totals.get(province)
    scale_max = catalogue.scale_max(index, OVERALL, year)
    row: dict[str, Any] = {
        "index": index,
        "edition": field.spec.edition,
        "province": province,
        "place": place,
        "computed": place is not None and province not in field.ranks,
        "n_ranked": field.n_ranked,
        "score": score,
        "scale_max": scale_max,
        "lost": scale_max - score if scale_max is not None and score is not None else None,
        "n_scores": len(field.totals),
        "n_ranks": len(field.ranks),
        "complete": field.complete,
    }
    if place is not None:
        others = sorted((at, name) for name, at in field.places.items() if at != place)
        # The next places that are known; in a partial field only those directly beside ours.
        above = [(at, name) for at, name in others if at < place and (field.complete or at == place - 1)]
        below = [(at, name) for at, name in others if at > place and (field.complete or at == place + 1)]
        for side, found in (("above", above[-1:]), ("below", below[:1])):
            for at, name in found:
                row |= {
                    f"{side}_place": at,
                    f"{side}_province": name,
                    f"{side}_score": field.totals.get(name),
                }
    return row


def _line(field: EditionField, province: str, target_rank: int) -> dict[str, Any]:
    """The score at the target's rank, what is known of it, and the distance to it."""
    place, score = field.places.get(province), field.totals.get(province)
    row: dict[str, Any] = {"target_rank": target_rank, "status": status_of_place(place, target_rank)}
    if place is not None:
        row["places_to_go"] = max(0, place - target_rank)
    others = [
        (field.totals[name], at, name)
        for name, at in field.places.items()
        if name in field.totals and name != province
    ]
    outside = [one for one in others if one[1] > target_rank]
    # In a partial field the first outside is known only where it stands directly behind the rank.
    first = [one for one in outside if field.complete or one[1] == target_rank + 1]
    if first:
        row["outside_score"], _, row["outside_province"] = max(first)
    at_line = field.score_at(target_rank)
    if at_line is not None:
        row["target_province"], row["target_score"] = at_line
        low: float | None = at_line[1]
        high: float | None = at_line[1]
    else:
        low = max((one[0] for one in outside), default=None)
        high = min((one[0] for one in others if one[1] < target_rank), default=None)
        if target_rank > field.n_ranked or (low is not None and high is not None and low > high):
            low = high = None
        row |= {"target_low": low, "target_high": high}
    if score is None:
        return row
    if at_line is not None:
        row["points_to_go"] = at_line[1] - score
    if place is None and high is not None and score >= high:
        row["status"] = "met"
    elif place is None and low is not None and score < low:
        row["status"] = "missed"
    return row


def _missing(row: dict[str, Any], field: EditionField, slots: dict[str, str]) -> Refusal | None:
    """What is missing for a distance in points."""
    if row["target_rank"] > field.n_ranked:
        return Refusal("rank_not_given", {**slots, "rank": row["target_rank"], "n": field.n_ranked})
    if row.get("target_score") is None:
        known = {"rank": row["target_rank"], "held": row["n_scores"], "n": field.n_ranked}
        return Refusal("no_line", {**slots, **known})
    return Refusal("no_total", slots) if row["score"] is None else None
