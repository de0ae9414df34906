"""Over the merger of 1 July 2025: the provinces that were merged, and the merged one, side by side.

63 provinces and 34 are two fields. Their ranks are never put into one history: an answer keeps them in
two tables, each with its own number of provinces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.directive import MERGER
from indices.analysis.province_places import province_places
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, MERGER_FRAME, Catalogue

BRIDGE_DTYPES = {
    "province": "string[pyarrow]",
    "frame": "int64[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "segment": "int64[pyarrow]",
    "n_places": "int64[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
}
TARGET_DTYPES = {
    "value": "int64[pyarrow]",
    "n_reference": "int64[pyarrow]",
    "first_edition": "int64[pyarrow]",
    "document_vi": "string[pyarrow]",
    "source": "string[pyarrow]",
    "proportional": "int64[pyarrow]",
    "n_proportional": "int64[pyarrow]",
}


@dataclass(frozen=True)
class Bridge:
    """The histories on both sides of a merger.

    `before`: the predecessors in the field of 63, the province asked for first, one row an edition
    that was held (BRIDGE_DTYPES; places and scores as in `places`, `n_places`: how many provinces
    have a place). `after`: the same of the merged province in the field of 34. `targets`: the rank
    looked at, then ranks that documents set (TARGET_DTYPES); `proportional` is the same part of a
    field of `n_proportional` provinces, worked out by us and set by nobody; missing for a target
    that is stated for that field already.
    """

    index: str
    province: str
    successor: str
    predecessors: tuple[str, ...]
    merged_on: date
    before: pd.DataFrame
    after: pd.DataFrame
    targets: pd.DataFrame


def bridge(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, province: str, target_rank: int
) -> Bridge | Refusal:
    """The bridge of a province of the 63 over the merger of 2025.

    Refused where the catalogue knows no merger (`no_merger`), the province was not merged with
    another (`not_merged`), or no province of the bridge has a place in the index (`bridge_empty`).
    """
    event = next((spec for spec in catalogue.events if spec.kind == MERGER), None)
    if event is None:
        return Refusal("no_merger")
    successor = catalogue.provinces.successor(province)
    members = catalogue.provinces.predecessors(successor)
    if len(members) < 2:
        return Refusal("not_merged", {"province": province})
    predecessors = (province, *(name for name in members if name != province))
    old = province_places(figures, catalogue, [index], predecessors)[index]
    new = province_places(figures, catalogue, [index], [successor], MERGER_FRAME)[index]
    before = [row for name in predecessors for row in old[name] if row["held"]]
    after = [row for row in new[successor] if row["held"]]
    if all(row["place"] is None for row in [*before, *after]):
        return Refusal("bridge_empty", {"index": index})
    return Bridge(
        index,
        province,
        successor,
        predecessors,
        event.date,
        answer_table(before, BRIDGE_DTYPES),
        answer_table(after, BRIDGE_DTYPES),
        _targets(catalogue, index, province, target_rank),
    )


def proportional(rank: int, n: int, of: int) -> int:
    """The rank that is the same part of a field of `of` provinces as `rank` is of `n`, at least 1.

    rank × of / n to the nearest whole rank: 15 of 63 is 8.1, so 8, of 34.
    """
    return max(1, int(rank * of / n + 0.5))


def _targets(catalogue: Catalogue, index: str, province: str, target_rank: int) -> pd.DataFrame:
    # Documents of the catalogue speak of the focal province.
    stated = [
        {
            "value": int(spec.value),
            **{
                name: getattr(spec, name)
                for name in ("n_reference", "first_edition", "document_vi", "source")
            },
        }
        for spec in catalogue.targets
        if spec.index == index and spec.kind == "rank" and spec.n_reference and province == FOCAL_PROVINCE
    ]
    rows = [{"value": target_rank, "n_reference": 63}, *stated]
    for row in rows:
        row["n_proportional"] = MERGER_FRAME
        if row["n_reference"] != MERGER_FRAME:
            row["proportional"] = proportional(row["value"], row["n_reference"], MERGER_FRAME)
    return answer_table(rows, TARGET_DTYPES)
