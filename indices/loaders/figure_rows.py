"""Figures as tidy rows, each with the cells it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from indices.catalogue import EditionSpec
from indices.loaders.keyed import Codes, Keyed
from indices.loaders.listing import Listing
from indices.loaders.published import BASES
from indices.loaders.roles import Column
from indices.tidy import TIDY_DTYPES

WHERE = ["sheet", "row", "score_at", "rank_at", "n_ranked_at", "name_at"]
"""Where a figure stands: number of the table, row as the spreadsheet counts, columns from 1 (0: none)."""
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """By row: the province's name, the part's code, and what the row says of its basis, source and note."""

    province: Keyed
    component: Keyed
    basis: Keyed
    source: Keyed
    note: Keyed


def figure_rows(
    listing: Listing,
    at: Codes,
    spec: EditionSpec,
    words: Words,
    read: tuple[Figures, Figures, Figures],
    group: Mapping[str, Column],
) -> pd.DataFrame:
    """The rows `at` of one edition; `read` are scores, ranks and numbers of ranked, from `group`."""
    n, task = len(at), listing.task
    score, rank, n_ranked = (values[at] for values in read)
    if spec.n_ranked is not None:  # what the catalogue knows of the edition, where the file is silent
        n_ranked = np.where(np.isnan(n_ranked), spec.n_ranked, n_ranked)
    bases = tuple(word if word in BASES else "published" for word in words.basis.words)
    sources = tuple(word or task.source for word in words.source.words)
    of_ranked = task.column("n_ranked") or group.get("rank")  # its own column, or the rank's ("9/63")
    columns = {
        "index": pa.array([spec.index] * n, pa.string()),
        "edition": pa.array([spec.edition] * n, pa.string()),
        "province": words.province.array(at),
        "component": words.component.array(at),
        "score": pa.array(score, pa.float64(), from_pandas=True),
        "rank": _whole(rank),
        "n_ranked": _whole(n_ranked),
        "basis": words.basis.otherwise(bases).array(at),
        "source": words.source.otherwise(sources).array(at),
        "note": words.note.array(at),
        "sheet": pa.array(np.full(n, task.number)),
        "row": pa.array(at + listing.table.first_row),
        "score_at": _column_number(group.get("score"), n),
        "rank_at": _column_number(group.get("rank"), n),
        "n_ranked_at": _column_number(of_ranked, n),
        "name_at": _column_number(listing.name_column, n),
    }
    return pa.table(columns).to_pandas(types_mapper=pd.ArrowDtype)


def no_figures() -> pd.DataFrame:
    """The same columns without a row."""
    where = dict.fromkeys(WHERE, pd.ArrowDtype(pa.int64()))
    kinds = {**TIDY_DTYPES, **where}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in kinds.items()})


def _column_number(column: Column | None, n: int) -> pa.Array:
    return pa.array(np.full(n, column.at + 1 if column else 0))


def _whole(values: Figures) -> pa.Array:
    missing = np.isnan(values)
    return pa.array(np.where(missing, 0, values).astype(np.int64), pa.int64(), mask=missing)
