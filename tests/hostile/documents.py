"""Tables as grids of cells that can be changed and written as a file of any kind."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.samples import make, writing
from tests.samples.figures import CATALOGUE, DATA

Cell = str | float | int | bool | date | None
Rows = list[list[Cell]]
MOST_LINES, MOST_SHEETS = 14, 2
"""Columns of figures and sheets that are kept of a sample: ten thousand files take their time."""
LONGEST = 32_000
"""What a cell of a workbook is cut to; longer ones its writers refuse."""


@dataclass
class Grid:
    """A sheet: rows of one length, merged areas as (row, column, row, column) from 0."""

    name: str
    rows: Rows
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def even(self) -> None:
        """Fill short rows up."""
        width = self.width
        for row in self.rows:
            row += [None] * (width - len(row))


@dataclass
class Document:
    """A file before it is written: `kind` is csv, xlsx, xls or ods; the rest is for text."""

    file: str
    kind: str
    sheets: list[Grid]
    separator: str = ";"
    decimal: str = ","
    digits: int = 4
    encoding: str = "utf-8-sig"
    newline: str = "\r\n"

    def copy(self) -> Document:
        return deepcopy(self)

    @property
    def name(self) -> str:
        """The name of the file as it is written."""
        return f"{self.file.rsplit('.', 1)[0]}.{self.kind}"

    def typed(self) -> Document:
        """The same with every cell as it is typed: text files hold no numbers, only signs."""
        if self.kind != "csv":
            return self
        other = self.copy()
        for grid in other.sheets:
            grid.rows = [[self._text(cell) for cell in row] for row in grid.rows]
        return other

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, float):
            return f"{cell:.{self.digits}f}".replace(".", self.decimal)
        return "" if cell is None else str(cell)

    def content(self) -> bytes:
        """The file. Raises ValueError (its UnicodeError) where its encoding lacks a sign."""
        for grid in self.sheets:
            grid.even()
        if self.kind == "csv":
            return self._separated()
        if self.kind == "xlsx":
            return _xlsx(self.sheets)
        sheets = [
            writing.Sheet(grid.name, [[_plain(cell) for cell in row] for row in grid.rows], (), grid.hidden)
            for grid in self.sheets
        ]
        return writing.xls(*sheets) if self.kind == "xls" else writing.ods(*sheets)

    def _separated(self) -> bytes:
        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=self.separator, lineterminator=self.newline)
        writer.writerows([self._text(cell) for cell in row] for row in self.sheets[0].rows)
        text = target.getvalue()
        if self.encoding == "windows-1258":
            return writing._windows_1258(text)
        return text.encode(self.encoding)


def _plain(cell: Cell) -> str | float | int | None:
    if isinstance(cell, bool | date):
        return str(cell)
    return cell[:LONGEST] if isinstance(cell, str) else cell


def _xlsx(sheets: Sequence[Grid]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for grid in sheets:
            page = book.add_worksheet(grid.name)
            inside = {
                (r, c)
                for top, left, bottom, right in grid.merged
                for r in range(top, bottom + 1)
                for c in range(left, right + 1)
            }
            for r, row in enumerate(grid.rows):
                for c, cell in enumerate(row):
                    if cell is None or cell == "" or (r, c) in inside:
                        continue
                    if isinstance(cell, bool):
                        page.write_boolean(r, c, cell)
                    elif isinstance(cell, date):
                        page.write_datetime(r, c, cell, day)
                    elif isinstance(cell, str):
                        page.write_string(r, c, cell[:LONGEST])
                    else:
                        page.write_number(r, c, cell)
            for top, left, bottom, right in grid.merged:
                page.merge_range(top, left, bottom, right, _plain(grid.rows[top][left]) or "")
            if grid.hidden and grid is not sheets[0]:
                page.hide()
    return target.getvalue()


@cache
def documents() -> tuple[Document, ...]:
    """The samples and tables of published editions, as they are before anything happens to them."""
    return (*(_sample(file) for file in sorted(s.file for s in make.samples())), *_published())


def _sample(file: str) -> Document:
    sample = next(sample for sample in make.samples() if sample.file == file)
    kind = file.rsplit(".", 1)[1]
    content = (make.FOLDER / file).read_bytes()
    if kind in ("csv", "tsv", "txt"):
        return _text_sample(file, content)
    if kind == "xlsx":
        grids = _openpyxl_grids(content)
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [
            Grid(name, [[None if cell == "" else cell for cell in row] for row in rows])
            for name in book.sheet_names
            if (rows := book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        ]
    wanted = [grid for grid in grids if not sample.sheets or grid.name in sample.sheets]
    return Document(file, kind, (wanted or grids)[:MOST_SHEETS])


def _openpyxl_grids(content: bytes) -> list[Grid]:
    grids = []
    for page in openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets:
        rows = [list(row) for row in page.iter_rows(min_row=1, min_col=1, values_only=True)]
        turned = len(rows[0]) > len(rows)  # a column a province
        rows = rows[:MOST_LINES] if turned else [row[:MOST_LINES] for row in rows]
        merged = [
            (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            for area in page.merged_cells.ranges
            if area.max_row <= len(rows) and area.max_col <= len(rows[0])
        ]
        grids.append(Grid(page.title, rows, page.sheet_state != "visible", merged))
    return grids


def _text_sample(file: str, content: bytes) -> Document:
    encodings = {b"\xff\xfe": "utf-16", b"\xef\xbb": "utf-8-sig"}
    encoding = encodings.get(content[:2]) or ("windows-1258" if "1258" in file else "utf-8")
    text = content.decode("cp1258" if encoding == "windows-1258" else encoding)
    separator = max(";,\t|", key=text.count)
    rows: Rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    return Document(file, "csv", [Grid("", rows)], separator, "", 4, encoding)


def _published() -> list[Document]:
    """Wide tables of one edition, and a tidy one of several, written from data/published."""
    made = []
    for index, edition in (("PCI", "2021"), ("PAPI", "2019"), ("PAR", "2021"), ("SIPAS", "2022")):
        with (DATA / "published" / index.lower() / f"{edition}.csv").open(encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        parts = [part for part in dict.fromkeys(row["component"] for row in rows) if part != "overall"][:12]
        names = {c.component: c.name_vi for c in CATALOGUE.components_of(index, int(edition))}
        parts = [part for part in parts if part in names]
        heads: list[Cell] = [
            "STT",
            "Tỉnh, thành phố",
            f"Điểm {index}",
            "Xếp hạng",
            *(names[p] for p in parts),
        ]
        table: Rows = [heads]
        by_key = {(row["province"], row["component"]): row for row in rows}
        for number, province in enumerate(dict.fromkeys(row["province"] for row in rows), start=1):
            whole = by_key.get((province, "overall"))
            if whole is None:
                continue
            cells = [_number(whole["score"]), _number(whole["rank"])]
            cells += [_number(by_key.get((province, part), {}).get("score", "")) for part in parts]
            table.append([number, province, *cells])
        kind = {"PCI": "xlsx", "PAPI": "csv", "PAR": "ods", "SIPAS": "xls"}[index]
        made.append(Document(f"{index}_{edition}.{kind}", kind, [Grid(f"{index} {edition}", table)]))
    tidy: Rows = []
    for year in ("2021", "2022"):
        with (DATA / "published" / "sipas" / f"{year}.csv").open(encoding="utf-8", newline="") as f:
            reader = csv.DictReader(f)
            columns = [name for name in reader.fieldnames or () if name not in ("index", "edition")]
            tidy = tidy or [["index", "edition", *columns]]
            tidy += [["SIPAS", year, *(row[name] for name in columns)] for row in reader]
    made.append(Document("sipas_tidy.csv", "csv", [Grid("", tidy)], ",", ".", 4, "utf-8"))
    return made


def _number(text: str) -> Cell:
    if not text:
        return None
    return int(text) if text.isdigit() else float(text)


__all__ = ["Cell", "Document", "Grid", "Rows", "datetime", "documents"]
