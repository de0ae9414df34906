"""What the cells of an accepted file say, worked out without the program's own readers."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pandas as pd

from tests.mutated.mutators import Grid

DATA = Path(__file__).parents[2] / "data" / "catalogue"
_NUMBER = re.compile(r"[+-]?[.,]?[0-9][0-9., ]*(?:e[+-]?[0-9]+)?")


def letters(text: str) -> str:
    """Small letters without marks, signs and digits."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(sign for sign in plain if "a" <= sign <= "z")


def names() -> dict[str, set[str]]:
    """Names of provinces by the letters they are written with."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in ("provinces.csv", "provinces_2025.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for name in (row["province_vi"], row["province_en"], *row["aliases"].split("|")):
                    found[letters(name)].add(row["province_vi"])
    found["hatay"].add("Hà Tây")
    return found


NAMES = names()


def named(cell: str) -> set[str]:
    """The provinces a cell may name."""
    word = letters(cell)
    found = set(NAMES.get(word, ()))
    for beginning in ("tinh", "thanhpho", "tp", "t", "cong", "so"):
        found |= NAMES.get(word.removeprefix(beginning), set())
    for end in ("province", "city"):
        found |= NAMES.get(word.removesuffix(end), set())
    return found


def readings(cell: str) -> set[float]:
    """Every number a cell may stand for: comma or point as the decimal mark, the other for thousands."""
    plain = unicodedata.normalize("NFKC", cell).casefold().strip().lstrip("'")
    digits = (str(unicodedata.decimal(s)) if unicodedata.category(s) == "Nd" else s for s in plain)
    text = "".join(digits)
    found = set()
    for part in [text, *text.split("/")]:
        for match in _NUMBER.finditer(part):
            for mark, group in ((",", "."), (".", ",")):
                plain = match[0].replace(" ", "").replace(group, "").replace(mark, ".")
                try:
                    found.add(float(plain))
                except ValueError:
                    continue
    return found


def not_said(table: pd.DataFrame, grid: Grid) -> list[str]:
    """The scores and ranks of a tidy table that no cell in a row (or column) of their province says."""
    lines = [*grid, *map(list, zip(*_even(grid), strict=True))]
    said: dict[str, set[float]] = defaultdict(set)
    for line in lines:
        provinces = set().union(*(named(cell) for cell in line)) if line else set()
        if provinces:
            numbers = set().union(*(readings(cell) for cell in line))
            for province in provinces:
                said[province] |= numbers
    wrong = []
    for row in table.to_dict("records"):
        for field in ("score", "rank"):
            value = row[field]
            if not pd.isna(value) and not _among(float(value), said[row["province"]]):
                wrong.append(f"{row['province']} {row['component']} {field} {value}")
    return wrong


def _among(value: float, numbers: set[float]) -> bool:
    return value in numbers or any(abs(value - number) <= 1e-9 * abs(value) for number in numbers)


def _even(grid: Grid) -> Grid:
    width = max((len(row) for row in grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid]


def out_of_column(table: pd.DataFrame, grid: Grid, headings: dict[tuple[str, str], str]) -> list[str]:
    """The figures that do not stand under their own heading in a row of their province.

    `headings` are by component and field. Only a table whose headings stand in one row, each once, is
    looked at; any other gives nothing.
    """
    heads = [row for row in grid if set(headings.values()) & set(row) and "Tỉnh" in row]
    if len(heads) != 1 or len(set(heads[0])) != len(heads[0]):
        return []
    (head,) = heads
    province = head.index("Tỉnh")
    said: dict[tuple[str, str], set[float]] = defaultdict(set)
    for row in grid:
        for name in named(row[province]) if len(row) > province else ():
            for at, cell in enumerate(row[: len(head)]):
                said[name, head[at]] |= readings(cell)
    wrong = []
    for row in table.to_dict("records"):
        for field in ("score", "rank"):
            heading = headings.get((row["component"], field))
            if pd.isna(row[field]) or heading is None or heading not in head:
                continue
            if not _among(float(row[field]), said[row["province"], heading]):
                wrong.append(f"{row['province']} {heading} {row[field]}")
    return wrong
