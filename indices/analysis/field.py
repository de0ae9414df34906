"""The field of an edition: what the best, the middle and the province at the target's rank scored."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.catalogue import Catalogue

Row = dict[str, Any]

FIELD_DTYPES = {
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "n_scores": "int64[pyarrow]",
    "n_ranks": "int64[pyarrow]",
    "complete": "bool[pyarrow]",
    "best": "double[pyarrow]",
    "best_province": "string[pyarrow]",
    "target_rank": "int64[pyarrow]",
    "target_score": "double[pyarrow]",
    "target_province": "string[pyarrow]",
    "median": "double[pyarrow]",
    "segment": "int64[pyarrow]",
}


def field_history(
    placed: pd.DataFrame, catalogue: Catalogue, index: str, target_rank: int, frame: int = 63
) -> pd.DataFrame:
    """Every edition held, oldest first, one row each (columns of FIELD_DTYPES, scores in points).

    `best` and `target_score` are the scores of the province in 1st place and of the last province
    within `target_rank`: in a complete field from the scores, else only where a province with
    exactly that published rank has a published score. `median` needs the complete field. What the
    field does not allow is missing, as is the score at a rank the edition did not give out (15th of
    the 10 provinces of a pilot). `segment` counts the method breaks up to the edition. Editions of
    the 34 merged provinces are a `frame` of their own.
    """
    breaks = [spec.edition for spec in catalogue.breaks_of(index)]
    held: dict[str, list[Row]] = defaultdict(list)
    for row in records(placed, ["edition", "province", "score", "rank", "place", "complete"]):
        held[row["edition"]].append(row)
    rows = []
    for edition in catalogue.comparable_editions(index, frame):
        here = held.get(edition.edition)
        if here is None:
            continue
        complete = bool(here[0]["complete"])
        scores = [row["score"] for row in here if row["score"] is not None]
        best, best_province = _score_at(here, 1, complete)
        n_ranked = edition.n_ranked or edition.frame
        reached = here if target_rank <= n_ranked else []
        at_target, target_province = _score_at(reached, target_rank, complete)
        rows.append(
            {
                "edition": edition.edition,
                "year": edition.year,
                "n_ranked": n_ranked,
                "n_scores": len(scores),
                "n_ranks": sum(row["rank"] is not None for row in here),
                "complete": complete,
                "best": best,
                "best_province": best_province,
                "target_rank": target_rank,
                "target_score": at_target,
                "target_province": target_province,
                "median": median(scores) if complete else None,
                "segment": sum(year <= edition.year for year in breaks),
            }
        )
    return answer_table(rows, FIELD_DTYPES)


def _score_at(here: list[Row], rank: int, complete: bool) -> tuple[float | None, str | None]:
    """The score and province that hold `rank`, the last one within it where places are tied over it."""
    scored = [row for row in here if row["score"] is not None and row["place"] is not None]
    holders = [row for row in scored if (row["place"] <= rank if complete else row["place"] == rank)]
    if not holders:
        return None, None
    last = sorted(holders, key=lambda row: (row["place"], -row["score"]))[-1]
    return last["score"], last["province"]
