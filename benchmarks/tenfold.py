"""A data folder with ten times the figures, so that pages show the same but tables hold more.

Component rows get made-up copies (`<code>__x1`, `__x2`, ...), each a child of the component it copies.
Overall rows get none, since they are what pages rank; the other rows make up for them.
"""

from __future__ import annotations

import csv
import math
import shutil
from pathlib import Path

FACTOR = 10
Row = dict[str, str]


def write_tenfold(source: Path, destination: Path) -> tuple[int, int]:
    """Copy the data folder `source` to `destination` with ten times the figures; rows before and after."""
    shutil.copytree(source, destination)
    published = sorted((destination / "published").rglob("*.csv"))
    tables = {path: _read(path) for path in published}
    before = sum(len(rows) for _, rows in tables.values())
    parts = sum(row["component"] != "overall" for _, rows in tables.values() for row in rows)
    # Rounded up, so that the total is ten times at least.
    copies = math.ceil((FACTOR - 1) * before / parts)
    after = 0
    for path, (columns, rows) in tables.items():
        more = [copy for row in rows if row["component"] != "overall" for copy in _copies(row, copies)]
        _write(path, columns, [*rows, *more])
        after += len(rows) + len(more)
    catalogue = destination / "catalogue" / "components.csv"
    columns, rows = _read(catalogue)
    _write(catalogue, columns, [*rows, *(copy for row in rows for copy in _children(row, copies))])
    return before, after


def _copies(row: Row, count: int) -> list[Row]:
    return [{**row, "component": f"{row['component']}__x{number}"} for number in range(1, count + 1)]


def _children(row: Row, count: int) -> list[Row]:
    return [{**copy, "parent": row["component"]} for copy in _copies(row, count)]


def _read(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or []), rows


def _write(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
