"""Between pyarrow-backed tables and plain values: missing comes as NA, NaN or None, and goes as None.

Answers are small tables of many kinds of figures; a data frame's steps cost more than their rows, so
they are worked out on plain values and become a table at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

_ARROW = {
    "string[pyarrow]": pa.string(),
    "int64[pyarrow]": pa.int64(),
    "double[pyarrow]": pa.float64(),
    "bool[pyarrow]": pa.bool_(),
}
_PANDAS = {arrow: pd.api.types.pandas_dtype(name) for name, arrow in _ARROW.items()}


def number(cell: Any) -> float | None:
    """The number of a cell, None where it is missing."""
    return None if pd.isna(cell) else float(cell)


def whole(cell: Any) -> int | None:
    """The whole number of a cell, None where it is missing."""
    value = number(cell)
    return None if value is None else int(value)


def records(table: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of some columns as plain values, None where a figure is missing."""
    return [dict(zip(names, row, strict=True)) for row in zip(*plain_columns(table, names), strict=True)]


def plain_columns(table: pd.DataFrame, names: Sequence[str]) -> list[list[Any]]:
    """Some columns as lists of plain values, None where a figure is missing."""
    return [pa.array(table[name], from_pandas=True).to_pylist() for name in names]


def answer_table(rows: Sequence[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Rows of plain values as a table of exactly these columns and types; what a row lacks is missing."""
    return column_table({name: [row.get(name) for row in rows] for name in dtypes}, dtypes)


def column_table(columns: Mapping[str, Sequence[Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Columns of plain values as a table of exactly these columns and types."""
    arrays = {name: pa.array(columns[name], _ARROW[kind], from_pandas=True) for name, kind in dtypes.items()}
    return pa.table(arrays).to_pandas(types_mapper=_PANDAS.get)
