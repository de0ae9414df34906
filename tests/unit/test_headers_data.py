"""The table of headings: every line can be meant, and no heading means two things in one table."""

import csv
from collections import defaultdict
from itertools import combinations

import pytest

from indices.catalogue import Catalogue
from indices.provinces.names import spelling
from tests.unit.conftest import DATA

PLAIN = {
    *("province", "counter", "index", "edition", "component", "basis", "source", "note", "n_ranked"),
    *("score", "rank", "change", "group", "code", "weight", "skip", "title"),
}
OPEN_END = 2030

Line = dict[str, str]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    with (DATA / "catalogue" / "headers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fold(heading: str) -> str:
    """Letters and digits, without marks, case, spaces and signs."""
    return "".join(sign for sign in spelling(heading).letters if sign.isalnum())


def years(line: Line) -> tuple[int, int]:
    return int(line["first_edition"] or 0), int(line["last_edition"] or OPEN_END)


def overlap(one: Line, other: Line) -> bool:
    """Whether both lines may speak of one table."""
    (first, last), (begin, end) = years(one), years(other)
    return (not one["index"] or not other["index"] or one["index"] == other["index"]) and (
        first <= end and begin <= last
    )


def test_columns_and_counts(lines: list[Line]):
    assert list(lines[0]) == ["index", "first_edition", "last_edition", "role", "heading"]
    assert len(lines) >= 1500
    per_index = {
        code: sum(line["index"] == code for line in lines) for code in ("PAR", "PCI", "PAPI", "SIPAS")
    }
    assert all(count >= 100 for count in per_index.values()), per_index


def test_every_line_can_be_meant(lines: list[Line], bundled: Catalogue):
    wrong = []
    for row, line in enumerate(lines, start=2):
        role, _, component = line["role"].partition(":")
        index, (first, last) = line["index"], years(line)
        empty = not fold(line["heading"])
        unknown = role not in PLAIN or bool(index and index not in bundled.indices)
        if empty or unknown or first > last:
            wrong.append((row, line))
        elif component:
            begin = max(first, bundled.indices[index].first_edition)
            end = min(last, bundled.indices[index].last_edition or OPEN_END)
            known = all(bundled.component(index, component, year) for year in range(begin, end + 1))
            if role not in ("score", "rank") or not known or begin > end:
                wrong.append((row, line))
    assert wrong == []


def test_no_heading_means_two_things_in_one_table(lines: list[Line]):
    """Only an area of PAR in points and in percent share a heading: the percent sign tells them apart."""
    same: dict[tuple[str, bool], list[tuple[int, Line]]] = defaultdict(list)
    for row, line in enumerate(lines, start=2):
        same[fold(line["heading"]), line["role"] == "title"].append((row, line))
    twice = [
        (row, other_row, line["heading"], line["role"], other["role"])
        for group in same.values()
        for (row, line), (other_row, other) in combinations(group, 2)
        if overlap(line, other) and other["role"] != f"{line['role']}_pct"
    ]
    assert twice == []


@pytest.mark.parametrize(
    ("index", "year", "heading", "role"),
    [
        ("PCI", 2005, "CSTP 6", "score:implementation"),
        ("PCI", 2007, "CSTP 6", "score:soe_bias"),
        ("PCI", 2010, "CSTP 6", "score:proactivity"),
        ("PCI", 2021, "CSTP 6", "score:equal_competition"),
        ("PCI", 2007, "Sub-index 10", "score:legal_institutions"),
        ("PCI", 2012, "Sub-index 9", "score:legal_institutions"),
        ("PCI", 2016, "Sub-index 9", "score:labor_training"),
        ("PCI", 2008, "Policy bias", "score:soe_bias"),
        ("PCI", 2014, "Policy Bias", "score:equal_competition"),
        ("PCI", 2020, "Bảng xếp hạng", "rank"),
        ("PAPI", 2015, "2.1", "score:d2_poverty_lists"),
        ("PAPI", 2019, "2.1", "score:d2_access_information"),
        ("PAPI", 2015, "3.2", "score:d3_peoples_inspection_boards"),
        ("PAPI", 2016, "3.2", "score:d3_responsiveness"),
        ("PAPI", 2017, "3.3", "score:d3_peoples_inspection_boards"),
        ("PAPI", 2018, "3.3", "score:d3_access_justice"),
        ("PAPI", 2023, "Dimension 8", "score:d8_e_governance"),
        ("PAR", 2022, "Chỉ số (%)", "score"),
        ("SIPAS", 2022, "Mức độ hài lòng chung", "score"),
        ("PAR", 2022, "CQS", "score:digital_government"),
        ("DTI", 2022, "CQS", "score:digital_government"),
        ("ICT", 2018, "HTNL", "score:human_resources"),
        ("DTI", 2022, "Chuyển đổi số cấp tỉnh (PDTI)", "score"),
        ("PCI", 2022, "TT", "counter"),
        ("PCI", 2022, "Xếp thứ", "rank"),
        ("DTI", 2022, "Hạng năm trước", "change"),
    ],
)
def test_a_heading_means_this(lines: list[Line], index: str, year: int, heading: str, role: str):
    found = {
        line["role"]
        for line in lines
        if line["index"] in ("", index)
        and years(line)[0] <= year <= years(line)[1]
        and fold(line["heading"]) == fold(heading)
        and line["role"] != "title"
    }
    assert found == {role}
