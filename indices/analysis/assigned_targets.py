"""Targets that documents set for an edition, beside what the province reached."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indices.analysis.assigned import GROUPS, group_ends, group_of, printed_group, printed_sizes
from indices.analysis.cells import answer_table, records
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, MERGER_FRAME, Catalogue, TargetSpec
from indices.tidy import OVERALL

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

    Groups are PAPI's (`assigned.GROUPS`). Where a note of the figure names the group that was printed,
    that is taken (`group_published`); else it follows from the place and the sizes of the groups
    (`assigned.group_ends`: those printed, else quarters of the field), and stays open at an edge that
    these do not decide. Refused as `gap` is (`no_edition`, `merged_field`), and for another province
    than the one whose targets the catalogue has (`targets_of_another`).
    """
    if province != FOCAL_PROVINCE:
        return Refusal("targets_of_another", {"province": FOCAL_PROVINCE})
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
        _in_group(row, field, target, noted)
    return row


def _in_group(row: dict[str, Any], field: EditionField, target: TargetSpec, noted: str | None) -> None:
    """State and distance of a row against a group of the field."""
    ends, wanted = group_ends(field.n_ranked, printed_sizes(field.spec.note)), GROUPS.index(target.value)
    before = ends[wanted - 1] if wanted else (0, 0)
    if before[0] == before[1] and ends[wanted][0] == ends[wanted][1]:
        row["n_group"] = ends[wanted][1] - before[1]
        _within(row, field, ends[wanted][1])
    row["group"] = noted or (group_of(row["place"], ends) if row["place"] is not None else None)
    row["state"] = "unknown"
    if row["group"] is not None:
        row["group_published"] = noted is not None
        row["state"] = "met" if GROUPS.index(row["group"]) <= wanted else "missed"


def _within(row: dict[str, Any], field: EditionField, rank: int) -> None:
    """State and distance of a row against a rank; from the scores where no place is known."""
    at_line = field.score_at(rank)
    if at_line is not None and row["score"] is not None:
        row["distance_points"] = at_line[1] - row["score"]
        row["state"] = "met" if row["distance_points"] <= 0 else "missed"
    if row["place"] is not None:
        row["distance_places"] = row["place"] - rank
        row["state"] = "met" if row["place"] <= rank else "missed"


def _noted_group(figures: pd.DataFrame, field: EditionField, province: str) -> str | None:
    """The group that the note of the province's figure says was published."""
    mine = (
        (figures["index"] == field.spec.index)
        & (figures["edition"] == field.spec.edition)
        & (figures["province"] == province)
        & (figures["component"] == OVERALL)
    )
    noted = [printed_group(row["note"]) for row in records(figures[mine], ["note"])]
    return next((group for group in noted if group is not None), None)
