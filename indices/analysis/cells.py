"""A cell of a pyarrow-backed table as a plain number or None: missing comes as NA, NaN or None."""

from __future__ import annotations

from typing import Any

import pandas as pd


def number(cell: Any) -> float | None:
    """The number of a cell, None where it is missing."""
    return None if pd.isna(cell) else float(cell)


def whole(cell: Any) -> int | None:
    """The whole number of a cell, None where it is missing."""
    value = number(cell)
    return None if value is None else int(value)
