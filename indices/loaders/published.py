"""A file of `data/published` → tidy rows, checked against the catalogue.

An edition comes in whole or not at all: ranks and medians of half a file would be wrong without
looking wrong. Rows are read one by one in plain Python: a start reads all the files, and for tables
of this size a data frame's steps cost more than the rows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec
from indices.problem import Problem
from indices.tidy import empty_tidy, tidy_from_columns

BASES = ("published", "sum", "stated_change", "read_off_list", "third_party", "inferred")
FILE_COLUMNS = ["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"]
SCALE_TOLERANCE = 1e-4  # thirds are written with four digits: 3 × 3.3333
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?")


def published_files(directory: Path) -> list[Path]:
    """The files of `directory`, one an edition, in a fixed order; none where there is no folder."""
    return sorted(directory.glob("*/*.csv"))


def read_published(
    path: Path, catalogue: Catalogue, content: bytes | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """The tidy rows of `<index>/<edition>.csv`, or an empty table and every problem found.

    The folder names the index (any case), the file the edition; rows count as a spreadsheet does.
    `content` is the file's bytes where the caller has read them already.
    """
    file, index = f"{path.parent.name}/{path.name}", path.parent.name.upper()
    if index not in catalogue.indices:
        return empty_tidy(), [Problem("unknown_index", file, value=path.parent.name)]
    edition = catalogue.edition(index, path.stem)
    if edition is None:
        return empty_tidy(), [Problem("unknown_edition", file, value=path.stem, slots={"index": index})]
    try:
        text = (path.read_bytes() if content is None else content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        return empty_tidy(), [Problem("file_unreadable", file, slots={"reason": str(reason)})]
    if not any(any(cells) for cells in rows[1:]):
        return empty_tidy(), [Problem("file_empty", file)]
    missing = [column for column in FILE_COLUMNS if column not in rows[0]]
    if missing:
        return empty_tidy(), [Problem("column_missing", file, 1, column) for column in missing]
    reader = _Rows(edition, catalogue, file)
    table = [tidy for tidy in reader.read(rows[0], rows[1:]) if tidy is not None]
    if reader.problems:
        return empty_tidy(), reader.problems
    columns: dict[str, Sequence[Any]] = dict(zip(FILE_COLUMNS, zip(*table, strict=True), strict=True))
    columns["index"], columns["edition"] = [index] * len(table), [edition.edition] * len(table)
    return tidy_from_columns(columns), []


class _Rows:
    """The rows of one file on their way to tidy ones: what the catalogue says of them, what is wrong."""

    def __init__(self, edition: EditionSpec, catalogue: Catalogue, file: str) -> None:
        self.edition = edition
        # Asked for in every row.
        self.year, self.frame = edition.year, edition.province_frame
        self.n_ranked = edition.n_ranked or edition.frame
        self.catalogue = catalogue
        self.file = file
        self.problems: list[Problem] = []
        self.names: dict[str, str | None] = {}
        self.scales: dict[str, tuple[bool, float | None]] = {}
        self.seen: set[tuple[str, str]] = set()

    def report(self, code: str, row: int, column: str | None, value: str | None, **slots: str) -> None:
        self.problems.append(Problem(code, self.file, row, column, value, slots))

    def read(self, header: list[str], rows: list[list[str]]) -> Iterator[tuple[Any, ...] | None]:
        """One tuple of FILE_COLUMNS for every row that is not blank; None where it cannot be read."""
        at = [header.index(column) for column in FILE_COLUMNS]
        for row, cells in enumerate(rows, start=2):
            if len(cells) == len(header):
                yield self._tidy(row, *(cells[i] for i in at))
            elif any(cells):
                counts = {"expected": str(len(header)), "found": str(len(cells))}
                self.report("wrong_cell_count", row, None, None, **counts)

    def _tidy(
        self,
        row: int,
        province: str,
        component: str,
        score: str,
        rank: str,
        n_ranked: str,
        basis: str,
        source: str,
        note: str,
    ) -> tuple[Any, ...] | None:
        if not (province or component or score or rank or source):
            return None  # a line of nothing but separators, as spreadsheets leave them at the end
        name = self._province(row, province)
        highest = self._highest(row, component)
        points = self._number(row, "score", score)
        place, of = self._whole(row, "rank", rank), self._whole(row, "n_ranked", n_ranked)
        if points is not None and (points < 0 or (highest is not None and points > highest)):
            self.report("score_out_of_scale", row, "score", score)
        if of is not None and not 1 <= of <= self.frame:
            self.report("rank_out_of_field", row, "n_ranked", n_ranked)
        field = of if of is not None else self.n_ranked
        if place is not None and not 1 <= place <= field:
            self.report("rank_out_of_field", row, "rank", rank)
        if basis not in BASES:
            self.report("not_allowed", row, "basis", basis, allowed=", ".join(BASES))
        if source not in self.catalogue.sources:
            self.report("unknown_source", row, "source", source)
        if name is not None and (name, component) in self.seen:
            self.report("duplicate_key", row, "component", component)
        if name is not None:
            self.seen.add((name, component))
        return name, component, points, place, of, basis, source, note

    def _province(self, row: int, written: str) -> str | None:
        frame, provinces = self.frame, self.catalogue.provinces
        if written not in self.names:
            self.names[written] = provinces.resolve(written, frame)
        name = self.names[written]
        if name is None:
            likely = ", ".join(found for found, _ in provinces.suggest(written, frame, 1))
            self.report("unknown_province", row, "province", written, frame=str(frame), suggestion=likely)
        return name

    def _highest(self, row: int, code: str) -> float | None:
        """The upper end of a component's scale, None where it has none; an unknown one is reported."""
        index, year = self.edition.index, self.year
        if code not in self.scales:
            known = self.catalogue.component(index, code, year) is not None
            scale = self.catalogue.scale_max(index, code, year) if known else None
            self.scales[code] = known, None if scale is None else scale + SCALE_TOLERANCE
        known, highest = self.scales[code]
        if not known:
            self.report("unknown_component", row, "component", code)
        return highest

    def _number(self, row: int, column: str, cell: str) -> float | None:
        plain = cell.strip()
        if not plain:
            return None
        if not _NUMBER.fullmatch(plain):
            self.report("not_a_number", row, column, cell)
            return None
        return float(plain)

    def _whole(self, row: int, column: str, cell: str) -> int | None:
        value = self._number(row, column, cell)
        if value is None or value.is_integer():
            return None if value is None else int(value)
        self.report("not_a_whole_number", row, column, cell)
        return None
