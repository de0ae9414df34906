"""Columns of text as numbers: read at once as cell by cell."""

import math
import string

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indices.loaders.cells import WHYS, all_whole, marks_of, numbers, odd_marks, rows_filled_beyond
from indices.loaders.raw import RawTable, raw_table
from indices.numbers import decimal_marks, read_number


def column(*cells: str) -> RawTable:
    return raw_table([[cell] for cell in cells])


def read(decimal: str | None, *cells: str, plain: bool = False) -> list[float | None]:
    found = numbers(column(*cells), 0, decimal, plain)  # type: ignore[arg-type]  # one of the marks, as a text
    return [None if math.isnan(value) else value for value in found.values.tolist()]


def whys(decimal: str | None, *cells: str) -> list[str | None]:
    return [WHYS[code] for code in numbers(column(*cells), 0, decimal).why.tolist()]  # type: ignore[arg-type]  # one of the marks


def test_figures_by_the_mark_of_the_file():
    cells = ("58,2", "58.2", "1.234", "1.234,5", "0,525", "7", "")
    assert read(",", *cells) == [58.2, None, 1234, 1234.5, 0.525, 7, None]
    assert read(".", *cells) == [None, 58.2, 1.234, None, None, 7, None]
    assert read(None, *cells) == [58.2, 58.2, None, 1234.5, 0.525, 7, None]
    assert whys(",", *cells) == [None, "other_mark", None, None, None, None, "missing"]
    assert whys(None, *cells)[2] == "ambiguous"


def test_words_beside_figures():
    assert read(",", "71,23 điểm", "9/63", "9 (tăng 3)", "KCDL", "-", "x") == [71.23, 9, 9, None, None, None]
    assert read(",", "Hạng 9", "thứ 9", "9/63", "điểm 9", plain=True) == [9, 9, 9, None]
    assert numbers(column("9/63", "9"), 0, ",").of.tolist()[0] == 63


def test_numbers_of_a_spreadsheet_need_no_mark():
    native = pa.chunked_array([pa.array([True, False, True])])
    cells = pa.chunked_array([pa.array(["1.234", "1,5", "58.2"])])
    found = numbers(RawTable("a", (cells,), (native,)), 0, ",")
    assert found.values.tolist() == [1.234, 1.5, 58.2]


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (["58,2", "7"], {","}),
        (["58.2", "7"], {"."}),
        (["58.2", "58,2"], {",", "."}),
        (["1.234", "1,234", "7", ""], set()),
        (["1.234,5"], {","}),
        (["0.525"], {"."}),
        (["-12.5%", "KCDL"], {"."}),
    ],
)
def test_the_marks_that_clear_cells_show(cells: list[str], marks: set[str]):
    assert marks_of(column(*cells), [0]) == marks


def test_the_rarer_mark_is_the_odd_one():
    table = raw_table([["58,2", "1,5"], ["58.3", "1,6"], ["58,4", "1,7"]])
    assert list(odd_marks(table, [0, 1])) == [(0, 1, "58.3")]


def test_columns_of_whole_numbers():
    whole = raw_table([[str(n), str(n)] for n in range(5)])
    assert all_whole(whole, 0, 1)
    assert not all_whole(raw_table([[str(n), str(n)] for n in range(4)]), 0, 1)
    assert not all_whole(raw_table([[f"{n},5", str(n)] for n in range(5)]), 0, 1)


def test_rows_that_go_on_to_the_right():
    assert rows_filled_beyond(raw_table([["a", "b"], ["a", "b", " "], ["a", "b", "c", "d"]]), 1) == [2]


figures = st.text(alphabet=string.digits + ".,-+ /%()eE" + "xđ", max_size=12)


@settings(max_examples=400, deadline=None)
@given(cells=st.lists(figures, min_size=1, max_size=8), decimal=st.sampled_from([None, ",", "."]))
@example(cells=["1.234", "12.345", "0.525", "1234.567", "+5", "-0,5", "9/63", "1e5"], decimal=None)
@example(cells=["007", "0,5", "1.234.567", "9" * 400], decimal=",")
def test_a_column_is_read_as_its_cells_are(cells: list[str], decimal):
    """The quick way through plain figures gives what the slow way gives, value and reason."""
    found = numbers(column(*cells), 0, decimal)
    for row, cell in enumerate(cells):
        wanted = read_number(cell, decimal)
        value = found.values[row]
        assert (None if math.isnan(value) else value) == wanted.value, cell
        assert WHYS[found.why[row]] == wanted.why, cell
        assert (None if math.isnan(found.of[row]) else found.of[row]) == wanted.of, cell


@settings(max_examples=400, deadline=None)
@given(cells=st.lists(figures, min_size=1, max_size=8))
def test_the_marks_of_a_column_are_those_of_its_cells(cells: list[str]):
    assert marks_of(column(*cells), [0]) == decimal_marks(cells)
