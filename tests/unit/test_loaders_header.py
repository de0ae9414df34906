"""Where a header stands, how deep it is, and what its columns are called."""

from dataclasses import replace

import pytest

from indices.catalogue import Catalogue
from indices.loaders.header import Header, find_header, is_turned
from indices.loaders.headings import vocabulary_of
from indices.loaders.raw import raw_table
from indices.loaders.rows import RowNames

BODY = [["1", "An Giang", "57,79", "38"], ["2", "Bắc Giang", "58,20", "33"], ["3", "Hà Nội", "60,74", "14"]]


def found(rows: list[list[str]], catalogue: Catalogue, merged=()) -> Header | None:
    table = replace(raw_table(rows), merged=merged)
    return find_header(table, vocabulary_of(catalogue), RowNames(catalogue.provinces).is_province)


def headings(header: Header | None) -> list[str]:
    assert header is not None
    return [head.heading for head in header.heads]


@pytest.mark.parametrize(
    ("above", "header", "expected"),
    [
        ([], [["STT", "Tỉnh", "Điểm", "Hạng"]], ["STT", "Tỉnh", "Điểm", "Hạng"]),
        (
            [["CHỈ SỐ PCI NĂM 2016"], ["Nguồn: VCCI"], []],
            [["TT", "Tỉnh", "Điểm số", "Xếp hạng"]],
            ["TT", "Tỉnh", "Điểm số", "Xếp hạng"],
        ),
        (
            [["Phụ lục I"]],
            [["TT", "Tỉnh", "PCI", ""], ["", "", "Điểm", "Hạng"]],
            ["TT", "Tỉnh", "PCI · Điểm", "PCI · Hạng"],
        ),
        (
            [],
            [["TT", "Tỉnh", "Kết quả", ""], ["", "", "PCI", ""], ["", "", "Điểm", "Hạng"]],
            ["TT", "Tỉnh", "Kết quả · PCI · Điểm", "Kết quả · PCI · Hạng"],
        ),
        ([["x"]] * 50, [["STT", "Tỉnh", "Điểm", "Hạng"]], ["STT", "Tỉnh", "Điểm", "Hạng"]),
    ],
)
def test_headers_of_one_to_three_rows(above, header, expected, bundled: Catalogue):
    head = found([*above, *header, *BODY], bundled)
    assert headings(head) == expected
    assert head is not None
    assert (head.first, head.last) == (len(above), len(above) + len(header) - 1)
    assert head.province_at == 1
    assert head.above == tuple(cell for line in above for cell in line if cell)


def test_a_line_above_is_no_heading_of_columns_without_one(bundled: Catalogue):
    """A remark in the first cell reaches no further than the headings below it."""
    rows = [["Nguồn: VCCI"], ["STT", "Tỉnh", "Điểm", "Hạng"], [*BODY[0], "x"], *BODY[1:]]
    assert headings(found(rows, bundled)) == ["STT", "Tỉnh", "Điểm", "Hạng", ""]


def test_merged_cells_are_filled(bundled: Catalogue):
    rows = [["TT", "Tỉnh", "PCI", ""], ["", "", "Điểm", "Hạng"], *BODY]
    header = found(rows, bundled, merged=((1, 3, 1, 4), (1, 1, 2, 1), (1, 2, 2, 2)))
    assert headings(header) == ["TT", "Tỉnh", "PCI · Điểm", "PCI · Hạng"]


def test_a_table_of_figures_alone_has_no_header(bundled: Catalogue):
    assert found(BODY, bundled) is None
    assert found([["Nguồn: VCCI"], *BODY], bundled) is None
    assert found([], bundled) is None


def test_headings_without_any_name_of_a_province(bundled: Catalogue):
    rows = [["Mã", "Điểm", "Hạng"], ["01", "57,79", "38"], ["02", "58,20", "33"]]
    header = found(rows, bundled)
    assert headings(header) == ["Mã", "Điểm", "Hạng"]
    assert header is not None
    assert header.province_at is None


def test_pairs_of_province_and_score(bundled: Catalogue):
    names = [spec.name_vi for spec in bundled.provinces.frame(63)]
    rows = [["Tỉnh", "Điểm", "Tỉnh", "Hạng"]]
    rows += [[names[n], str(n), names[-1 - n], str(n)] for n in range(20)]
    header = found(rows, bundled)
    assert header is not None
    assert header.province_columns == (0, 2)


def test_two_languages_of_the_same_names_are_one_column(bundled: Catalogue):
    specs = bundled.provinces.frame(63)[:20]
    rows = [["Tỉnh", "Province", "Điểm"], *([s.name_vi, s.name_en, "1,5"] for s in specs)]
    header = found(rows, bundled)
    assert header is not None
    assert header.province_columns == (0,)


def test_a_table_of_a_column_a_province_is_turned(bundled: Catalogue):
    known = RowNames(bundled.provinces).is_province
    names = [spec.name_vi for spec in bundled.provinces.frame(63)]
    table = raw_table([["Tỉnh", *names], ["Điểm", *("1,5" for _ in names)]])
    assert is_turned(table, known)
    assert not is_turned(table.turn(), known)
    assert table.turn().cell(5, 2) == (2, 5)
