"""Targets that documents set for an edition, beside what the province reached."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue, TargetSpec
from indices.tidy import OVERALL

GROUPS = ("highest", "mid_high", "mid_low", "lowest")
"""PAPI's quartile groups, best first."""
_NOTED = re.compile(r"\bgroup: (high(?:est)?|mid-high|mid-low|low(?:est)?)\b", re.IGNORECASE)
_GROUP_OF = {"high": "highest", "low": "lowest"}

TARGET_DTYPES = {
    "kind": "string[pyarrow]",
    "value": "string[pyarrow]",
    "n_reference": "int64[pyarrow]",
    "first_edition": "int64[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "group": "string[pyarrow]",
    "group_published": "bool[pyarrow]",
    "n_group": "int64[pyarrow]",
    "state": "string[pyarrow]",
    "distance_places": "int64[pyarrow]",
    "distance_points": "double[pyarrow]",
    "document": "string[pyarrow]",
    "issued_on": "string[pyarrow]",
    "source": "string[pyarrow]",
}


def assigned_targets(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, edition: str, province: str
) -> pd.DataFrame | Refusal:
    """Every target in force for the edition, in the order of targets.csv (TARGET_DTYPES).

    `kind` is rank, score or group with its `value` and `document`; `place`, `score` and `group` are
    the province's; `state` is met, missed or unknown. `distance_places` counts places down from the
    target's rank or from the last place of the group (negative: within it), `distance_points` is the
    score wanted (the target's, that of the last province within the rank or within the group) less
    ours: positive is to be gained. `n_group` says how many provinces the group wanted has.

    Groups are PAPI's quartiles. Where a note of the figure names the group that was published, that
    is taken (`group_published`); else it is computed: the highest group has every province at or
    above the 75th percentile of the scores (linear, so that of 61 provinces the 16th is the last of
    it), the next the 50th, the next the 25th. This rule gives every group that the notes of
    data/published/papi name (30 of 30). Refused as `gap` is: `no_edition`, `merged_field`.
    """
    field = edition_field(figures, catalogue, index, edition)
    if field is None:
        return Refusal("no_edition", {"index": index, "edition": edition})
    if field.spec.frame == MERGER_FRAME:
        return Refusal("merged_field", {"index": index, "edition": field.spec.year, "n": field.n_ranked})
    targets = catalogue.targets_of(index, field.spec.year)
    noted = _noted_group(figures, field, province) if any(t.kind == "group" for t in targets) else None
    return answer_table([_against(target, field, province, noted) for target in targets], TARGET_DTYPES)


def _against(target: TargetSpec, field: EditionField, province: str, noted: str | None) -> dict[str, Any]:
    place, score = field.places.get(province), field.totals.get(province)
    row: dict[str, Any] = {
        "kind": target.kind,
        "value": target.value,
        "n_reference": target.n_reference,
        "first_edition": target.first_edition,
        "place": place,
        "computed": place is not None and province not in field.ranks,
        "n_ranked": field.n_ranked,
        "score": score,
        "state": "unknown",
        "document": target.document_vi,
        "issued_on": target.issued_on,
        "source": target.source,
    }
    if target.kind == "rank":
        _within(row, field, int(target.value))
    elif target.kind == "score":
        if score is not None:
            row["distance_points"] = float(target.value) - score
            row["state"] = "met" if score >= float(target.value) else "missed"
    elif target.value in GROUPS:
        ends = _last_places(field)
        computed = None if place is None or not ends else sum(place > end for end in ends[:-1])
        row["group"] = noted or (None if computed is None else GROUPS[computed])
        row["group_published"] = None if row["group"] is None else noted is not None
        wanted = GROUPS.index(target.value)
        if ends:
            _within(row, field, ends[wanted])
            row["n_group"] = ends[wanted] - (ends[wanted - 1] if wanted else 0)
        if row["group"] is not None:
            row["state"] = "met" if GROUPS.index(row["group"]) <= wanted else "missed"
    return row


def _within(row: dict[str, Any], field: EditionField, rank: int) -> None:
    """State and distance of a row against a rank; from the scores where no place is known."""
    at_line = field.score_at(rank)
    if at_line is not None and row["score"] is not None:
        row["distance_points"] = at_line[1] - row["score"]
        row["state"] = "met" if row["distance_points"] <= 0 else "missed"
    if row["place"] is not None:
        row["distance_places"] = row["place"] - rank
        row["state"] = "met" if row["place"] <= rank else "missed"


def _last_places(field: EditionField) -> list[int]:
    """The last place of each quartile group, best group first; empty unless the field is complete."""
    if not field.complete or not field.totals:
        return []
    scores = sorted(field.totals.values(), reverse=True)
    lowest = [scores[(len(scores) - 1) * quarter // 4] for quarter in (1, 2, 3)]
    return [sum(score >= bound for score in scores) for bound in (*lowest, scores[-1])]


def _noted_group(figures: pd.DataFrame, field: EditionField, province: str) -> str | None:
    """The group that the note of the province's figure says was published."""
    mine = (
        (figures["index"] == field.spec.index)
        & (figures["edition"] == field.spec.edition)
        & (figures["province"] == province)
        & (figures["component"] == OVERALL)
    )
    for row in records(figures[mine], ["note"]):
        found = _NOTED.search(row["note"] or "")
        if found:
            said = found[1].lower().replace("-", "_")
            return _GROUP_OF.get(said, said)
    return None
