"""The tables of an answer, found by their path in it: what CSV, Parquet and the sheets of a workbook hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.refusal import Refusal


def table_at(parts: Mapping[str, Any], path: str, columns: Mapping[str, str]) -> pd.DataFrame | Refusal:
    """The table at a path ("gap.parts") of an answer, or the refusal that stands in its way.

    Without a row where the answer leaves it out, as what needs no change has no list of changes.
    """
    first, *names = path.split(".")
    found: Any = parts[first]
    for name in names:
        if found is None or isinstance(found, Refusal):
            break
        found = getattr(found, name)
    if found is None:
        return answer_table([], columns)
    if isinstance(found, Refusal | pd.DataFrame):
        return found
    raise TypeError(f"{path}: {type(found).__name__}")


def tables_of(
    parts: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]
) -> dict[str, pd.DataFrame | Refusal]:
    """Every table of an answer by its path."""
    return {path: table_at(parts, path, columns) for path, columns in tables.items()}
