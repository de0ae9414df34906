"""A clean upload to spoil: PCI 2016 as an analyst types it, and the files it is saved as."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd
from openpyxl import Workbook

from indices.intake import Answers, Intake, take_in
from indices.loaders.published import read_published
from tests.samples.figures import CATALOGUE, DATA, provinces, published
from tests.unit.typed import separated

TITLE = "CHỈ SỐ NĂNG LỰC CẠNH TRANH CẤP TỈNH (PCI) NĂM 2016"
HEADINGS = {
    "entry_costs": "Gia nhập thị trường",
    "land_access": "Tiếp cận đất đai",
    "transparency": "Tính minh bạch",
    "time_costs": "Chi phí thời gian",
    "informal_charges": "Chi phí không chính thức",
    "equal_competition": "Cạnh tranh bình đẳng",
    "proactivity": "Tính năng động",
    "business_support": "Dịch vụ hỗ trợ doanh nghiệp",
    "labor_training": "Đào tạo lao động",
    "legal_institutions": "Thiết chế pháp lý",
}
HEADER, FIRST = 4, 5
"""Rows of the header and of the first province, as a spreadsheet counts."""
SHEET = "Trang 1"


@dataclass
class Sheet:
    """A sheet beside the table."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False


@dataclass
class Upload:
    """A file on its way to the desk: its cells by rows, and what the analyst says of it."""

    rows: list[list[Any]]
    header: int = HEADER
    file: str = "bang"
    answers: dict[str, Any] = field(
        default_factory=lambda: {"index": "PCI", "edition": "2016", "source": "s"}
    )
    more: list[Sheet] = field(default_factory=list)
    hidden: bool = False
    separator: str = ";"
    encode: Callable[[str], bytes] = lambda text: text.encode("utf-8-sig")
    bytes_of: Callable[[bytes], bytes] = lambda content: content

    def row(self, name: str) -> int:
        """The row that names a province, as a spreadsheet counts."""
        return next(n for n, row in enumerate(self.rows, start=1) if name in row[:3])

    def put(self, cell: str, value: object) -> None:
        """Write into a cell ("C8")."""
        at, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
        self.rows[row][at] = value

    def get(self, cell: str) -> Any:
        """What stands in a cell."""
        return self.rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]

    def drop_columns(self, *letters: str) -> None:
        """Take whole columns away."""
        gone = {ord(letter) - ord("A") for letter in letters}
        self.rows = [[cell for at, cell in enumerate(row) if at not in gone] for row in self.rows]

    def content(self, form: str) -> bytes:
        """The file's bytes, as "csv" or "xlsx"."""
        if form == "csv":
            return self.bytes_of(self.encode(separated(self.rows, self.separator)))
        book = Workbook()
        for number, sheet in enumerate([Sheet(SHEET, self.rows, self.hidden), *self.more]):
            page = book.active if number == 0 else book.create_sheet()
            page.title = sheet.name
            for row in sheet.rows:
                page.append(row)
            page.sheet_state = "hidden" if sheet.hidden else "visible"
        target = io.BytesIO()
        book.save(target)
        return self.bytes_of(target.getvalue())

    def taken(self, form: str) -> Intake:
        """The file taken in, against the figures of other editions."""
        return take_in(
            f"{self.file}.{form}", self.content(form), CATALOGUE, Answers(**self.answers), held_tables()
        )


@cache
def held_tables() -> pd.DataFrame:
    """What is held: editions around the one uploaded, and one of another index."""
    files = ("pci/2015", "pci/2017", "papi/2019", "pci/2007")
    tables = [read_published(DATA / "published" / f"{file}.csv", CATALOGUE)[0] for file in files]
    return pd.concat(tables, ignore_index=True)


@cache
def _pci() -> list[list[Any]]:
    figures = published("PCI", "2016")
    header = ["STT", "Tỉnh/Thành phố", "Điểm PCI", "Xếp hạng", *HEADINGS.values(), "Ghi chú"]
    width = [None] * (len(header) - 1)
    rows: list[list[Any]] = [[TITLE, *width], ["Nguồn: VCCI", *width], [None, *width], list(header)]
    for number, name in enumerate(provinces(), start=1):
        score, rank = figures[name, "overall"]
        parts = [round(figures[name, part][0] or 0, 2) for part in HEADINGS]
        rows.append([number, name, round(score or 0, 2), rank, *parts, None])
    return rows


def pci() -> Upload:
    """PCI 2016 with rank and ten sub-indices: title in A1, header in row 4, Bắc Giang in row 8."""
    return Upload(copy.deepcopy(_pci()))


def pci_scores() -> Upload:
    """The same with the score alone."""
    upload = pci()
    upload.drop_columns(*"DEFGHIJKLMNO")
    return upload


def pci_ranks() -> Upload:
    """The same with the rank alone."""
    upload = pci()
    upload.drop_columns(*"CEFGHIJKLMNO")
    return upload


def papi() -> Upload:
    """PAPI 2020, total and eight dimensions, as published."""
    figures = published("PAPI", "2020")
    parts = sorted({part for _, part in figures if part.startswith("d") and part.count(".") == 0})
    parts = [p for p in parts if CATALOGUE.component("PAPI", p, 2020).parent == "overall"]  # type: ignore[union-attr]  # known to be there
    header = ["Tỉnh", "Điểm PAPI", *(CATALOGUE.component("PAPI", p, 2020).name_vi for p in parts)]  # type: ignore[union-attr]  # the same
    rows: list[list[Any]] = [header]
    for name in provinces():
        if (name, "overall") in figures:
            rows.append([name, *(figures[name, part][0] for part in ("overall", *parts))])
    return Upload(rows, 1, answers={"index": "PAPI", "edition": "2020", "source": "s"})


def dti(names: list[str], edition: str) -> Upload:
    """Made-up DTI scores of a list of provinces, all of one frame."""
    rows: list[list[Any]] = [["Tỉnh", "Điểm DTI", "Xếp hạng"]]
    rows += [[name, round(0.8 - n * 0.005, 4), n + 1] for n, name in enumerate(names)]
    return Upload(rows, 1, answers={"index": "DTI", "edition": edition, "source": "s"})


def tidy(edition: str = "2016") -> Upload:
    """PCI as a tidy table: a row a figure."""
    figures = published("PCI", edition)
    rows: list[list[Any]] = [["index", "edition", "province", "component", "score", "rank"]]
    rows += [["PCI", int(edition), *key, *figure] for key, figure in figures.items()]
    return Upload(rows, 1, answers={"source": "s"})
