"""Files changed at random: nothing is raised, nothing is accepted that the cells do not say.

A hundred and fifty files with the other tests; ten thousand with INDICES_FULL_TRIALS=1. A seed is a file:
a failure names it, and `look(seed)` makes it again.
"""

from __future__ import annotations

import csv
import io
import os
import random
import resource
import time
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from indices.catalogue import Catalogue, load_catalogue
from indices.intake import Answers, Intake, take_in
from tests.mutated.mutators import Grid, as_text, as_workbook, mutated_bytes, mutated_grid
from tests.mutated.oracle import not_said, out_of_column

DATA = Path(__file__).parents[2] / "data"
SAMPLES = Path(__file__).parents[1] / "samples"
FULL = os.environ.get("INDICES_FULL_TRIALS") == "1"
N_FILES = 10_000 if FULL else 150
PARTS = 10
LIMIT_SECONDS = 10.0
GROWTH_MEGABYTES = 600
EDITIONS = (("pci", "2021"), ("papi", "2019"), ("par", "2023"), ("sipas", "2023"), ("dti", "2022"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")


@cache
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@cache
def wide(index: str, edition: str) -> Grid:
    """A published edition as a table of one row a province, numbers with a decimal comma."""
    rows = pd.read_csv(DATA / "published" / index / f"{edition}.csv")
    totals = rows[rows["component"] == "overall"].set_index("province")
    table = pd.DataFrame({"Điểm": totals["score"], "Xếp hạng": totals["rank"]})
    for part in sorted(set(rows["component"]) - {"overall"})[:4]:
        table[part] = rows[rows["component"] == part].set_index("province")["score"]
    head = ["STT", "Tỉnh", *table.columns]
    body = [
        [str(n), str(name), *("" if pd.isna(v) else f"{v:g}".replace(".", ",") for v in row)]
        for n, (name, row) in enumerate(zip(table.index, table.to_numpy(), strict=True), start=1)
    ]
    return [head, *body]


def headings(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What `wide` writes above the figures of each part."""
    parts = {(part, "score"): part for part in table["component"].unique() if part != "overall"}
    return {("overall", "score"): "Điểm", ("overall", "rank"): "Xếp hạng", **parts}


@cache
def samples() -> tuple[tuple[str, bytes], ...]:
    kinds = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
    return tuple(
        (path.name, path.read_bytes())
        for path in sorted(SAMPLES.iterdir())
        if path.suffix in kinds and path.name != "expected.csv"
    )


def look(seed: int) -> tuple[str, bytes, Answers, Grid | None]:
    """The file of a seed: name, bytes, answers, and its cells where these were changed, not bytes."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        name, content = chance.choice(samples())
        return name, mutated_bytes(content, chance), Answers(), None
    index, edition = chance.choice(EDITIONS)
    answers = Answers(index.upper(), edition) if chance.random() < 0.8 else Answers()
    grid = mutated_grid(wide(index, edition), chance)
    if chance.random() < 0.3:
        content = as_workbook(grid)
        if chance.random() < 0.2:
            return f"{index}-{edition}.xlsx", mutated_bytes(content, chance), answers, None
        return f"{index}-{edition}.xlsx", content, answers, grid
    content = as_text(grid, chance.choice(";,\t|"), chance.choice(ENCODINGS))
    if chance.random() < 0.2:
        return f"{index}-{edition}.csv", mutated_bytes(content, chance), answers, None
    return f"{index}-{edition}.csv", content, answers, grid


def cells_of(content: bytes, intake: Intake) -> Grid:
    """The cells of a file whose bytes were changed: by other readers, where these can, else its raw text."""
    if content.startswith(b"PK"):
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            return [
                ["" if cell is None else str(cell) for cell in row]
                for sheet in book.worksheets
                for row in sheet.iter_rows(values_only=True)
            ]
        except Exception:
            pass  # ODS, or damaged beyond openpyxl
    elif not content.startswith(b"\xd0\xcf"):
        for encoding in ("utf-8-sig", "utf-16", "cp1258"):
            try:
                text = content.decode(encoding)
            except UnicodeError:
                continue
            grids = [list(csv.reader(io.StringIO(text, newline=""), delimiter=sign)) for sign in ";,\t|"]
            return max(grids, key=lambda grid: max(map(len, grid), default=0))
    return [row for table in intake.raw for row in table.head(table.n_rows)]


@pytest.mark.parametrize("part", range(PARTS))
def test_changed_files_are_refused_or_read_as_they_say(part: int) -> None:
    seeds = range(part * N_FILES // PARTS, (part + 1) * N_FILES // PARTS)
    outcome: Counter[str] = Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest = (0.0, 0)
    for seed in seeds:
        name, content, answers, grid = look(seed)
        start = time.process_time()
        intake = take_in(name, content, catalogue(), answers)
        slowest = max(slowest, (time.process_time() - start, seed))
        outcome["accepted" if intake.may_be_added else "refused"] += 1
        if not intake.may_be_added:
            assert intake.report.errors, seed
            outcome.update({problem.code: 1 for problem in intake.report.errors})
            continue
        cells = grid if grid is not None else cells_of(content, intake)
        for table in intake.tables.values():
            assert not_said(table, cells) == [], seed
            if grid is not None:
                assert out_of_column(table, grid, headings(table)) == [], seed
    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    if FULL:
        print(f"\npart {part}: {dict(outcome.most_common(12))}, slowest {slowest}, +{growth:.0f} MB")
    assert outcome["accepted"] and outcome["refused"]
    assert slowest[0] < LIMIT_SECONDS, slowest
    assert growth < GROWTH_MEGABYTES
