"""PCI: the workbooks of other years, with pairs of province and score or 64 provinces."""

from __future__ import annotations

from collections.abc import Sequence

from tests.samples.figures import Figures, in_order, published
from tests.samples.pci_names import NOT_SINCE_2009, PCI_PARTS, pci_parts
from tests.samples.sample import (
    ENGLISH,
    MARK,
    VCCI_EN,
    Sample,
    rank,
    ranks_only_overall,
    score,
    without_ranks,
)
from tests.samples.writing import Cell, Sheet, xls, xlsx


def pairs(figures: Figures, columns: Sequence[tuple[str, str]], names: dict[str, str]) -> list[list[Cell]]:
    """VCCI's older shape: pairs of province and score, each pair sorted by its own score."""
    rows: list[list[Cell]] = [["No."], *([n] for n in range(1, 64))]
    for part, heading in columns:
        rows[0] += ["Province", heading]
        of_part = [
            (value, name) for (name, p), (value, _) in figures.items() if p == part and value is not None
        ]
        for row, (value, name) in zip(rows[1:], sorted(of_part, reverse=True), strict=True):
            row += [names.get(name, ENGLISH[name]), value]
    return rows


def pci_pairs_2016() -> Sample:
    """The workbooks of 2011-2021: a column of provinces before every score."""
    parts = pci_parts("soe_bias")
    figures = without_ranks(published("PCI", "2016"))
    columns = [(part, PCI_PARTS[part][1]) for part in parts] + [("overall", "Weighted PCI 2016")]
    rows = pairs(figures, columns, VCCI_EN)
    note: list[list[Cell]] = [
        [MARK],
        ["Own made, after the shape of the yearly workbook; scores from data/published"],
    ]
    content = xlsx(Sheet("PCI 2016", rows), Sheet("SAMPLE", note))
    return Sample("PCI_2016_mau.xlsx", content, {("PCI", "2016"): figures}, digits=6)


def pci_pairs_2010() -> Sample:
    """The same as old XLS, with the unweighted total before the weighted one."""
    parts = pci_parts(*NOT_SINCE_2009)
    figures = without_ranks(published("PCI", "2010"))
    columns = [(part, PCI_PARTS[part][1]) for part in parts]
    columns += [("overall_unweighted", "Unweighted PCI"), ("overall", "Weighted PCI")]
    note: list[list[Cell]] = [[MARK]]
    content = xls(Sheet("PCI 2010", pairs(figures, columns, VCCI_EN)), Sheet("SAMPLE", note))
    return Sample("PCI_2010_mau.xls", content, {("PCI", "2010"): figures}, digits=6)


def pci_2006() -> Sample:
    """The old workbook of 64 provinces with Hà Tây: the table on the second sheet, under a title."""
    parts = pci_parts("equal_competition")
    figures = ranks_only_overall(published("PCI", "2006"))
    rows: list[list[Cell]] = [
        [f"The Vietnam Provincial Competitiveness Index 2006 - {MARK}"],
        ["Rank", "Province", *(PCI_PARTS[part][1] for part in parts), "Weighted PCI"],
    ]
    for province in in_order(figures):
        cells = [score(figures, province, part) for part in parts]
        name = VCCI_EN.get(province, ENGLISH[province])
        rows.append([rank(figures, province), name, *cells, score(figures, province)])
    cover: list[list[Cell]] = [["PCI 2006"], ["Own made sample; scores from data/published"]]
    content = xls(Sheet("Read me", cover), Sheet("PCI 2006", rows, [(0, 0, 0, 12)]))
    return Sample("PCI_2006_mau.xls", content, {("PCI", "2006"): figures}, digits=6)
