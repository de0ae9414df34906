"""What documents asked of an edition, and what came: place, score or group against each target."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.province_places import Row, province_places
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, Catalogue, TargetSpec, covers

ASSIGNED_DTYPES = {
    "index": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "kind": "string[pyarrow]",
    "value": "string[pyarrow]",
    "n_reference": "int64[pyarrow]",
    "document_vi": "string[pyarrow]",
    "issued_on": "string[pyarrow]",
    "document_source": "string[pyarrow]",
    "outcome": "string[pyarrow]",
    "distance": "double[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "group": "string[pyarrow]",
    "group_computed": "bool[pyarrow]",
    "n_highest_least": "int64[pyarrow]",
    "n_highest_most": "int64[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
}
GROUPS = ("highest", "upper_middle", "lower_middle", "lowest")
"""Quarters of the field, best first, as PAPI prints them."""
_PRINTED = {"High": "highest", "Mid-high": "upper_middle", "Mid-low": "lower_middle", "Lowest": "lowest"}
_NOTED = re.compile(rf"\bgroup: ({'|'.join(_PRINTED)})\b")
_SIZES = re.compile(r"\bgroups of (\d+), (\d+), (\d+), (\d+)\b")


def assigned(figures: pd.DataFrame, catalogue: Catalogue, province: str) -> pd.DataFrame | Refusal:
    """One row for every target and every edition it holds for, in the order of targets.csv.

    ASSIGNED_DTYPES. `kind`, `value`, `document_vi`, `issued_on`: what the document asks (rank,
    score in points, group); `outcome`: met, missed or unknown; `distance`: what is left to go
    (positive) or the lead, in places to a rank or to the last place of a group, in points to a
    score. `place` is `computed` by score where no rank was published. `group` is the printed one
    where it is held, else (`group_computed`) follows from the place and the sizes of the groups:
    those that were printed (the note of the edition), else quarters of the field, where a place at
    an edge leaves it open. The highest group has from `n_highest_least` to `n_highest_most`
    provinces.

    Targets are the focal province's: of another one refused (`targets_of_another`). Editions of
    the 34 merged provinces are left out: no target speaks of them.
    """
    if province != FOCAL_PROVINCE:
        return Refusal("targets_of_another", {"province": FOCAL_PROVINCE})
    found = province_places(figures, catalogue, list(catalogue.indices), [province])
    return answer_table(
        [
            _row(target, row, catalogue)
            for target in catalogue.targets
            for row in found.get(target.index, {}).get(province, ())
            if row["held"] and covers(target, row["year"])
        ],
        ASSIGNED_DTYPES,
    )


def group_ends(n_ranked: int, sizes: tuple[int, ...] | None = None) -> list[tuple[int, int]]:
    """The last place of each group, at least and at most, best group first.

    From `sizes` where they were printed, else from quarters of the field: a quarter of 61 provinces
    ends after the 15th or the 16th.
    """
    if sizes and sum(sizes) == n_ranked:
        return [(sum(sizes[:number]),) * 2 for number in range(1, len(sizes) + 1)]
    return [(n_ranked * number // 4, -(-n_ranked * number // 4)) for number in range(1, len(GROUPS) + 1)]


def group_of(place: int, ends: list[tuple[int, int]]) -> str | None:
    """The group in which a place lies, or None at an edge that is not known."""
    for name, (least, most) in zip(GROUPS, ends, strict=True):
        if place <= most:
            return name if place <= least else None
    return None


def printed_sizes(note: str) -> tuple[int, ...] | None:
    """The sizes of the groups that a publisher printed, as the note of an edition names them."""
    found = _SIZES.search(note)
    return tuple(int(size) for size in found.groups()) if found else None


def printed_group(note: str | None) -> str | None:
    """The group that a publisher printed, as the note of a figure names it ("group: High")."""
    found = _NOTED.search(note or "")
    return _PRINTED[found[1]] if found else None


def _row(target: TargetSpec, row: Row, catalogue: Catalogue) -> dict[str, Any]:
    asked = {name: getattr(target, name) for name in ("kind", "value", "n_reference", "document_vi")}
    given = {name: row[name] for name in ASSIGNED_DTYPES if name in row}
    answer = {**given, **asked, "issued_on": target.issued_on, "document_source": target.source}
    answer |= {"outcome": "unknown"}
    if target.kind == "rank" and row["place"] is not None:
        return answer | _outcome(row["place"] - int(target.value))
    if target.kind == "score" and row["score"] is not None:
        return answer | _outcome(float(target.value) - row["score"])
    if target.kind == "group" and target.value in GROUPS and row["place"] is not None:
        spec = catalogue.edition(row["index"], row["edition"])
        ends = group_ends(row["n_ranked"], printed_sizes(spec.note) if spec else None)
        printed = printed_group(row["note"])
        group = printed or group_of(row["place"], ends)
        answer |= {
            "group": group,
            "group_computed": None if group is None else printed is None,
            "n_highest_least": ends[0][0],
            "n_highest_most": ends[0][1],
        }
        wanted = GROUPS.index(target.value)
        if ends[wanted][0] == ends[wanted][1]:
            answer["distance"] = float(row["place"] - ends[wanted][1])
        if group is not None:
            answer["outcome"] = "met" if GROUPS.index(group) <= wanted else "missed"
    return answer


def _outcome(distance: float) -> dict[str, Any]:
    return {"outcome": "met" if distance <= 0 else "missed", "distance": float(distance)}
