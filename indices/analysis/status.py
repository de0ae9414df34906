"""Where a province stands against a target rank: met, near, missed or not known, and how far to go."""

from __future__ import annotations

import pandas as pd

from indices.analysis.cells import answer_table, number, records, whole
from indices.analysis.field import field_history
from indices.analysis.history import latest_figure, rank_history
from indices.analysis.places import places
from indices.catalogue import Catalogue

NEAR_PLACES = 3
"""A place this many or fewer below the target's rank counts as near."""

STATUS_DTYPES = {
    "index": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "province": "string[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
    "target_rank": "int64[pyarrow]",
    "target_score": "double[pyarrow]",
    "target_province": "string[pyarrow]",
    "status": "string[pyarrow]",
    "places_to_go": "int64[pyarrow]",
    "points_to_go": "double[pyarrow]",
    "change": "int64[pyarrow]",
    "change_since": "string[pyarrow]",
    "comparable": "bool[pyarrow]",
    "n_scores": "int64[pyarrow]",
    "n_ranks": "int64[pyarrow]",
    "complete": "bool[pyarrow]",
}


def status_of_place(place: object, target_rank: int) -> str:
    """Met (a tie at the target's rank included), near (at most NEAR_PLACES below), missed or unknown."""
    known = whole(place)
    if known is None:
        return "unknown"
    below = known - target_rank
    return "met" if below <= 0 else "near" if below <= NEAR_PLACES else "missed"


def status(history: pd.DataFrame, fields: pd.DataFrame, target_rank: int) -> pd.DataFrame:
    """The province of `history` in its latest edition with a figure: one row (STATUS_DTYPES), or none.

    `places_to_go` counts places down from the target (0: met). `points_to_go` is the score of the
    last province within the target minus ours: positive is to be gained, negative is our lead.
    Where only the scores are known, the status follows from them.
    """
    latest = latest_figure(history)
    if latest is None:
        return answer_table([], STATUS_DTYPES)
    row = dict.fromkeys(STATUS_DTYPES) | {k: v for k, v in latest.items() if k in STATUS_DTYPES}
    here = fields[fields["edition"] == latest["edition"]]
    if not here.empty:
        columns = ["target_score", "target_province", "n_scores", "n_ranks", "complete"]
        row |= records(here, columns)[0]
    row["target_rank"] = target_rank
    row["status"] = status_of_place(row["place"], target_rank)
    place, score, wanted = whole(row["place"]), number(row["score"]), number(row["target_score"])
    if place is not None:
        row["places_to_go"] = max(0, place - target_rank)
    if score is not None and wanted is not None:
        row["points_to_go"] = wanted - score
        if place is None:
            row["status"] = "met" if score >= wanted else "missed"
    return answer_table([row], STATUS_DTYPES)


def statuses(figures: pd.DataFrame, catalogue: Catalogue, province: str, target_rank: int) -> pd.DataFrame:
    """`status` of a province in every index that has a figure of it, in catalogue order."""
    tables = []
    for index in catalogue.indices:
        placed = places(figures, catalogue, index)
        history = rank_history(placed, catalogue, index, province)
        tables.append(status(history, field_history(placed, catalogue, index, target_rank), target_rank))
    known = [table for table in tables if not table.empty]
    empty = answer_table([], STATUS_DTYPES)
    return pd.concat(known, ignore_index=True) if known else empty


def target_counts(histories: pd.DataFrame, target_rank: int) -> pd.DataFrame:
    """By year: how many indices had the province within the target (met), outside (missed), unknown.

    `histories` are rank histories of one province, joined; a year without an edition of an index
    does not count for that index. Columns: year, met, missed, unknown (numbers of indices).
    """
    held = histories[histories["held"].astype(bool)]
    state = held["place"].map(lambda place: status_of_place(place, target_rank))
    state = state.replace({"near": "missed"}).astype(object)
    counts = pd.crosstab(held["year"].astype(int), state)
    counts = counts.reindex(columns=["met", "missed", "unknown"], fill_value=0)
    return counts.rename_axis(columns=None).reset_index()
