"""The tidy table: one row per figure, the form in which every part of the program hands figures on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

OVERALL = "overall"
KEY = ["index", "edition", "province", "component"]

_TEXT = pd.ArrowDtype(pa.string())
_SCORE = pd.ArrowDtype(pa.float64())
_WHOLE = pd.ArrowDtype(pa.int64())

TIDY_DTYPES: dict[str, pd.ArrowDtype] = {
    "index": _TEXT,
    "edition": _TEXT,
    "province": _TEXT,
    "component": _TEXT,
    "score": _SCORE,
    "rank": _WHOLE,
    "n_ranked": _WHOLE,
    "basis": _TEXT,
    "source": _TEXT,
    "note": _TEXT,
}
COLUMNS = list(TIDY_DTYPES)


def as_tidy(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with exactly the tidy columns in order and pyarrow-backed types.

    Raises KeyError where a column is missing and ValueError (pyarrow's ArrowInvalid) where a cell
    does not fit its type.
    """
    return table[COLUMNS].astype(TIDY_DTYPES).reset_index(drop=True)


def tidy_from_columns(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A tidy table from lists of plain values by column, None where a figure is missing.

    Raises KeyError where a column is missing and ValueError (pyarrow's ArrowInvalid) where a value
    does not fit its type.
    """
    arrays = {name: pa.array(columns[name], kind.pyarrow_dtype) for name, kind in TIDY_DTYPES.items()}
    return pa.table(arrays).to_pandas(types_mapper=pd.ArrowDtype)


def tidy_rows(table: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of a tidy table as plain values of the columns `names`, None where a figure is missing."""
    tidy = table if is_tidy(table) else as_tidy(table)
    return list(zip(*(pa.array(tidy[name]).to_pylist() for name in names), strict=True))


def is_tidy(table: pd.DataFrame) -> bool:
    """Whether `table` has exactly the tidy columns and types."""
    return list(table.columns) == COLUMNS and dict(table.dtypes) == TIDY_DTYPES


def empty_tidy() -> pd.DataFrame:
    """A tidy table without rows."""
    return as_tidy(pd.DataFrame({column: [] for column in COLUMNS}))
