"""A province through the years: places and scores, with gaps, breaks and what may be compared."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.catalogue import Catalogue

HISTORY_DTYPES = {
    "index": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "province": "string[pyarrow]",
    "score": "double[pyarrow]",
    "rank": "int64[pyarrow]",
    "rank_computed": "int64[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
    "note": "string[pyarrow]",
    "held": "bool[pyarrow]",
    "segment": "int64[pyarrow]",
    "starts_method": "bool[pyarrow]",
    "change": "int64[pyarrow]",
    "change_score": "double[pyarrow]",
    "change_since": "string[pyarrow]",
    "comparable": "bool[pyarrow]",
    "comparable_score": "bool[pyarrow]",
}
_FROM_PLACES = ["year", "score", "rank", "rank_computed", "place", "computed", "n_ranked"]
_FROM_PLACES += ["basis", "source", "note"]


def rank_history(
    placed: pd.DataFrame, catalogue: Catalogue, index: str, province: str, frame: int = 63
) -> pd.DataFrame:
    """One row for every calendar year from the first to the last edition (columns of HISTORY_DTYPES).

    `placed` is the answer of `places`. Years without a figure stay empty; `held` says whether the
    catalogue knows an edition of that year. `segment` counts the method breaks up to the year and
    `starts_method` marks their first editions. `change` is places gained (positive: up) on the
    latest earlier year with a place, `change_score` points gained on the latest earlier year with a
    score. `change_since` is the edition that the place is compared with, `comparable` is False where
    a break lies between (both speak of the score where there is no place to compare);
    `comparable_score` says so of `change_score`. Editions of the 34 merged provinces are a frame of
    their own.
    """
    editions = catalogue.comparable_editions(index, frame)
    if not editions:
        return answer_table([], HISTORY_DTYPES)
    breaks = {spec.edition for spec in catalogue.breaks_of(index)}
    held = {edition.year: edition for edition in editions}
    mine = placed[(placed["province"] == province) & (placed["frame"] == frame)]
    found = {row["year"]: row for row in records(mine, _FROM_PLACES)}
    rows: list[dict[str, Any]] = []
    latest: dict[str, dict[str, Any]] = {}
    for year in range(min(held), max(held) + 1):
        row: dict[str, Any] = dict.fromkeys(HISTORY_DTYPES) | found.get(year, {})
        edition = held.get(year)
        row |= {
            "index": index,
            "edition": edition.edition if edition else str(year),
            "year": year,
            "province": province,
            "computed": row["computed"] is True,
            "held": bool(edition and edition.held),
            "segment": sum(first <= year for first in breaks),
            "starts_method": year in breaks,
            "comparable": True,
            "comparable_score": True,
        }
        _compare(row, latest)
        rows.append(row)
    return answer_table(rows, HISTORY_DTYPES)


def _compare(row: dict[str, Any], latest: dict[str, dict[str, Any]]) -> None:
    """Fill the changes of a row from the latest earlier rows, then make it the latest itself."""
    for figure, change in (("score", "change_score"), ("place", "change")):
        now = row[figure]
        if now is None:
            continue
        before = latest.get(figure)
        if before is not None:
            gained = now - before[figure]
            row[change] = -gained if figure == "place" else gained
            row["change_since"] = before["edition"]
            row["comparable"] = before["segment"] == row["segment"]
            if figure == "score":
                row["comparable_score"] = row["comparable"]
        latest[figure] = row


def latest_figure(history: pd.DataFrame) -> dict[str, Any] | None:
    """The newest row with a place, else the newest with a score, else None."""
    for figure in ("place", "score"):
        rows = history[history[figure].notna()]
        if not rows.empty:
            return {str(name): value for name, value in rows.iloc[-1].to_dict().items()}
    return None
