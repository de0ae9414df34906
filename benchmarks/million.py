"""A tidy panel of a million rows, of an invented index with as many parts as that takes."""

from __future__ import annotations

import csv
import math
import random
import shutil
from pathlib import Path

from indices.tidy import COLUMNS

ROWS = 1_000_000
YEARS = range(2008, 2025)
SEED = 20_260_101


def write_million(source: Path, folder: Path, provinces: list[str]) -> tuple[Path, int]:
    """The panel as `folder`/panel.csv beside a catalogue that knows its index; its number of rows."""
    shutil.copytree(source / "catalogue", folder / "catalogue")
    n_parts = math.ceil(ROWS / (len(provinces) * len(YEARS)))
    parts = ["overall", *(f"part_{number:04}" for number in range(1, n_parts))]
    _catalogue(folder / "catalogue", parts, len(provinces))
    chance = random.Random(SEED)
    n_rows = 0
    with (folder / "panel.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for year in YEARS:
            for part in parts:
                scores = sorted((round(chance.uniform(20, 90), 4) for _ in provinces), reverse=True)
                order = chance.sample(provinces, len(provinces))
                for rank, (name, score) in enumerate(zip(order, scores, strict=True), start=1):
                    row = ["BIG", year, name, part, score, rank, len(provinces), "published", "trial", ""]
                    writer.writerow(row)
                    n_rows += 1
    return folder / "panel.csv", n_rows


def _catalogue(folder: Path, parts: list[str], n_provinces: int) -> None:
    first, last = YEARS[0], YEARS[-1]
    _append(
        folder / "indices.csv", [["BIG", "Chỉ số thử", "Trial index", "", "", first, "", 100, "", "", "", ""]]
    )
    described = [["BIG", "overall", "", "", first, last, "Chung", "Whole", 100, ""]]
    for number, part in enumerate(parts[1:], start=1):
        names = [f"Phần thử {number}", f"Trial part {number}"]
        described.append(["BIG", part, "overall", "main", first, last, *names, 100, ""])
    _append(folder / "components.csv", described)
    facts = [n_provinces, n_provinces, "", "all", 0, 0, "complete", ""]
    _append(folder / "editions.csv", [["BIG", year, *facts] for year in YEARS])


def _append(path: Path, rows: list[list[object]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
