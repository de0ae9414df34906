"""The rows of one edition as the store compares and keeps them: Arrow columns in order of their key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.tidy import COLUMNS, TIDY_DTYPES, as_tidy, is_tidy

ROW_COLUMNS = ["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"]
SCHEMA = pa.schema([(name, kind.pyarrow_dtype) for name, kind in TIDY_DTYPES.items()])
CHUNK = 20_000
"""Rows that are plain Python values at a time: a million of them at once are a gigabyte."""


def arrow_rows(table: pd.DataFrame) -> pa.Table:
    """A tidy table as Arrow columns, in order of its key (by code point), missing scores as null.

    Raises KeyError where a column is missing and ValueError where a cell does not fit its type.
    """
    tidy = table if is_tidy(table) else as_tidy(table)
    columns = {name: pa.chunked_array(pa.array(tidy[name])) for name in COLUMNS}
    # A score that is no number is as missing as one that is not there, and databases differ about it.
    score = columns["score"]
    columns["score"] = pc.if_else(pc.is_nan(score), pa.scalar(None, score.type), score)
    rows = pa.table(columns, schema=SCHEMA)
    return rows.sort_by([(name, "ascending") for name in ("index", "edition", "province", "component")])


def edition_of(rows: pa.Table) -> tuple[str, str]:
    """The index and edition that the rows are of. Raises ValueError unless it is exactly one."""
    named = rows.select(["index", "edition"]).group_by(["index", "edition"]).aggregate([])
    if named.num_rows != 1:
        raise ValueError(f"a version is of one edition, not {named.num_rows}")
    return named["index"][0].as_py(), named["edition"][0].as_py()


def plain_rows(rows: pa.Table, *first: Any) -> Iterator[list[tuple[Any, ...]]]:
    """The rows, some at a time, as plain values of ROW_COLUMNS after `first`; None where one is missing."""
    for batch in rows.select(ROW_COLUMNS).to_batches(max_chunksize=CHUNK):
        if not batch.num_rows:
            continue
        always = ([value] * batch.num_rows for value in first)
        yield list(zip(*always, *(_plain(column) for column in batch.columns), strict=True))


def _plain(column: pa.Array) -> list[Any]:
    if not pa.types.is_string(column.type):
        return list(column.to_pylist())
    # Names, sources and notes say the same over and over: one Python text for each, not one a row.
    known = column.dictionary_encode()
    words = [*known.dictionary.to_pylist(), None]
    return [words[at] for at in known.indices.fill_null(len(words) - 1).to_pylist()]


def frame(rows: pa.Table) -> pd.DataFrame:
    """Arrow columns as a tidy table."""
    return rows.combine_chunks().to_pandas(types_mapper=pd.ArrowDtype)
