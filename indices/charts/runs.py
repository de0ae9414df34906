"""Histories as lines: where a line is cut, and how labels at its end keep clear of each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

Row = dict[str, Any]


def rows(frame: pd.DataFrame, columns: Sequence[str]) -> list[Row]:
    """The named columns row by row, every missing value None; a column that is not there is all None."""
    lists = [_plain(frame[name]) if name in frame.columns else [None] * len(frame) for name in columns]
    return [dict(zip(columns, values, strict=True)) for values in zip(*lists, strict=True)]


def by_province(found: list[Row]) -> dict[str, list[Row]]:
    """Rows by province, in the order in which the provinces come, each by year."""
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(row["province"], []).append(row)
    return {province: sorted(group, key=lambda row: row["year"]) for province, group in groups.items()}


def runs(history: list[Row], value: str) -> list[list[Row]]:
    """Pieces of a line: cut at a year without `value` and where `segment` changes."""
    pieces: list[list[Row]] = []
    for row in history:
        if row[value] is None:
            continue
        last = pieces[-1][-1] if pieces else None
        if last and row["year"] == last["year"] + 1 and row.get("segment") == last.get("segment"):
            pieces[-1].append(row)
        else:
            pieces.append([row])
    return pieces


def joined(pieces: list[list[Row]], cell: Callable[[Row], Any]) -> list[Any]:
    """`cell` of every row, with None between two pieces so that one trace draws them apart."""
    found: list[Any] = []
    for piece in pieces:
        if found:
            found.append(None)
        found += [cell(row) for row in piece]
    return found


def nudged(heights: Sequence[float], gap: float) -> list[float]:
    """Heights in px moved as little as needed to lie at least `gap` apart, in the same order."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    # Neighbours that touch become one block around their common middle: [indices, middle].
    blocks: list[tuple[list[int], float]] = []
    for at in order:
        block, middle = [at], heights[at]
        while blocks and middle - gap * len(block) / 2 < blocks[-1][1] + gap * len(blocks[-1][0]) / 2:
            before, mean = blocks.pop()
            middle = (mean * len(before) + middle * len(block)) / (len(before) + len(block))
            block = before + block
        blocks.append((block, middle))
    placed = [0.0] * len(heights)
    for block, middle in blocks:
        for step, at in enumerate(block):
            placed[at] = middle + gap * (step - (len(block) - 1) / 2)
    return placed


def _plain(column: pd.Series[Any]) -> list[Any]:
    return [None if value is pd.NA or value is None or value != value else value for value in column.tolist()]
