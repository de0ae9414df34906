"""The tidy table: one row per figure, the form in which every part of the program hands figures on."""

from __future__ import annotations

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


def empty_tidy() -> pd.DataFrame:
    """A tidy table without rows."""
    return as_tidy(pd.DataFrame({column: [] for column in COLUMNS}))
