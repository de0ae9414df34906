"""What tables that are not stored yet would do to the answers: ranks that move, targets met or lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.analysis.cells import answer_table, records
from indices.analysis.places import places
from indices.analysis.status import status_of_place
from indices.catalogue import Catalogue, with_editions
from indices.tidy import as_tidy, is_tidy

MOVE_DTYPES = {
    "province": "string[pyarrow]",
    "place_before": "int64[pyarrow]",
    "place_after": "int64[pyarrow]",
    "computed_before": "bool[pyarrow]",
    "computed_after": "bool[pyarrow]",
    "change": "int64[pyarrow]",
}
FLIP_DTYPES = {
    "province": "string[pyarrow]",
    "status_before": "string[pyarrow]",
    "status_after": "string[pyarrow]",
}


def after(current: pd.DataFrame, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The tidy table as it would be: the editions of `tables` instead of what `current` has of them.

    In order of index and edition; rows of an edition stay in theirs. Raises as `as_tidy` does.
    """
    added = pd.concat([_tidy(table) for table in tables] or [_tidy(current).iloc[:0]], ignore_index=True)
    replaced = pd.MultiIndex.from_frame(added[["index", "edition"]].drop_duplicates())
    held = _tidy(current)
    stays = ~pd.MultiIndex.from_frame(held[["index", "edition"]]).isin(replaced)
    joined = pd.concat([held[stays], added], ignore_index=True)
    names = pa.table({name: pa.array(joined[name]) for name in ("index", "edition")})
    order = pc.sort_indices(names, [("index", "ascending"), ("edition", "ascending")])
    return joined.take(order.to_numpy()).reset_index(drop=True)


def rank_moves(
    before: pd.DataFrame, after: pd.DataFrame, catalogue: Catalogue, index: str, edition: str
) -> pd.DataFrame:
    """Provinces whose place in an edition differs between two tidy tables (columns of MOVE_DTYPES).

    `place_before` and `place_after` are published ranks, else computed ones (`computed_before`,
    `computed_after`; see `places`), missing where there is none; `change` is places gained
    (positive: up). The catalogue need not know the edition. In order of the new place, those that
    have none any more last.
    """
    rows = [
        {**row, "change": None if None in _places(row) else row["place_before"] - row["place_after"]}
        for row in _pairs(before, after, catalogue, index, edition)
        if row["place_before"] != row["place_after"]
    ]
    return answer_table(rows, MOVE_DTYPES)


def target_flips(
    before: pd.DataFrame,
    after: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    target_rank: int,
) -> pd.DataFrame:
    """Provinces that come within the target's rank or fall out of it (columns of FLIP_DTYPES).

    `status_before` and `status_after` are those of `status_of_place`; exactly one of them is "met".
    A place not known is not within the target: in an edition not held before, all that meet the
    target come in. In the order of `rank_moves`.
    """
    rows = []
    for row in _pairs(before, after, catalogue, index, edition):
        was, will = (status_of_place(place, target_rank) for place in _places(row))
        if (was == "met") != (will == "met"):
            rows.append({"province": row["province"], "status_before": was, "status_after": will})
    return answer_table(rows, FLIP_DTYPES)


def _places(row: dict[str, Any]) -> tuple[int | None, int | None]:
    return row["place_before"], row["place_after"]


def _pairs(
    before: pd.DataFrame, after: pd.DataFrame, catalogue: Catalogue, index: str, edition: str
) -> list[dict[str, Any]]:
    """Every province of the edition in one table or both, with its places; in order of the new one."""
    known = with_editions(catalogue, [(index, edition)])
    pairs: dict[str, dict[str, Any]] = {}
    for side, table in (("before", before), ("after", after)):
        rows = table[(table["index"] == index) & (table["edition"] == edition)]
        for row in records(places(rows, known, index), ["province", "place", "computed"]):
            pair = pairs.setdefault(
                row["province"], dict.fromkeys(MOVE_DTYPES) | {"province": row["province"]}
            )
            pair[f"place_{side}"], pair[f"computed_{side}"] = row["place"], row["computed"]

    def order(pair: dict[str, Any]) -> tuple[float, float, str]:
        was, will = (float("inf") if place is None else place for place in _places(pair))
        return will, was, pair["province"]

    return sorted(pairs.values(), key=order)


def _tidy(table: pd.DataFrame) -> pd.DataFrame:
    return table if is_tidy(table) else as_tidy(table)
