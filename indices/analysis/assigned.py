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
    "highest_least": "int64[pyarrow]",
    "highest_most": "int64[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
}
GROUPS = ("highest", "upper_middle", "lower_middle", "lowest")
"""Quarters of the field, best first, as PAPI prints them."""
_PRINTED = {"High": "highest", "Mid-high": "upper_middle", "Mid-low": "lower_middle", "Lowest": "lowest"}
_NOTED = re.compile(rf"\bgroup: ({'|'.join(_PRINTED)})\b")


def assigned(figures: pd.DataFrame, catalogue: Catalogue, province: str) -> pd.DataFrame | Refusal:
    """One row for every target and every edition it holds for, in the order of targets.csv.

    ASSIGNED_DTYPES. `kind`, `value`, `document_vi`, `issued_on`: what the document asks (rank,
    score in points, group); `outcome`: met, missed or unknown; `distance`: what is left to go
    (positive) or the lead, in places for a rank, in points for a score. `place` is `computed` by
    score where no rank was published. `group` is the printed one where it is held, else
    (`group_computed`) the quarter of the field in which the place lies; a place at the edge of a
    quarter, which may hold `highest_least` or `highest_most` provinces, leaves it open.

    Targets are the focal province's: of another one refused (`targets_of_another`). Editions of
    the 34 merged provinces are left out: no target speaks of them.
    """
    if province != FOCAL_PROVINCE:
        return Refusal("targets_of_another", {"province": FOCAL_PROVINCE})
    found = province_places(figures, catalogue, list(catalogue.indices), [province])
    return answer_table(
        [
            _row(target, row)
            for target in catalogue.targets
            for row in found.get(target.index, {}).get(province, ())
            if row["held"] and covers(target, row["year"])
        ],
        ASSIGNED_DTYPES,
    )


def quarter(place: int, n_ranked: int) -> str | None:
    """The quarter of the field in which a place lies, or None at an edge that the rounding decides.

    A quarter of 61 provinces ends after the 15th or the 16th: the 16th is at the edge.
    """
    for number, name in enumerate(GROUPS, start=1):
        if place * 4 <= n_ranked * number - (n_ranked * number) % 4:
            return name
        if place * 4 < n_ranked * number + 4:
            return None
    return None


def printed_group(note: str | None) -> str | None:
    """The group that a publisher printed, as the note of a figure names it ("group: High")."""
    found = _NOTED.search(note or "")
    return _PRINTED[found[1]] if found else None


def _row(target: TargetSpec, row: Row) -> dict[str, Any]:
    asked = {name: getattr(target, name) for name in ("kind", "value", "n_reference", "document_vi")}
    given = {name: row[name] for name in ASSIGNED_DTYPES if name in row}
    answer = {**given, **asked, "issued_on": target.issued_on, "document_source": target.source}
    answer |= {"outcome": "unknown"}
    if target.kind == "rank" and row["place"] is not None:
        return answer | _outcome(row["place"] - int(target.value))
    if target.kind == "score" and row["score"] is not None:
        return answer | _outcome(float(target.value) - row["score"])
    if target.kind == "group" and row["place"] is not None:
        printed = printed_group(row["note"])
        group = printed or quarter(row["place"], row["n_ranked"])
        answer |= {
            "group": group,
            "group_computed": None if group is None else printed is None,
            "highest_least": row["n_ranked"] // 4,
            "highest_most": -(-row["n_ranked"] // 4),
        }
        if group is not None:
            answer["outcome"] = "met" if group == target.value else "missed"
    return answer


def _outcome(distance: float) -> dict[str, Any]:
    return {"outcome": "met" if distance <= 0 else "missed", "distance": float(distance)}
