"""Cells of score and rank columns: what they hold, and every one that holds none named."""

import numpy as np
import pytest

from indices.loaders.findings import Findings
from indices.loaders.header import Head
from indices.loaders.raw import raw_table
from indices.loaders.roles import Column
from indices.loaders.values import Values, read_values

SCORE, RANK = "overall", "rank"


def read(*columns: tuple[str, list[str]], by_part: bool = False) -> tuple[Values, list[tuple]]:
    """Columns as (role or component, cells) → values and findings (code, cell, value, severity)."""
    findings = Findings("f")
    roles = [
        Column(Head(n, name, None), "rank" if name == RANK else "score", "overall" if name == RANK else name)
        for n, (name, _) in enumerate(columns)
    ]
    table = raw_table(list(zip(*(cells for _, cells in columns), strict=True)))
    body = np.ones(table.n_rows, dtype=bool)
    values = read_values(table, roles, body, ",", findings, by_part)
    return values, [(p.code, p.cell, p.value, p.severity) for p in findings.all()]


def plain(values: Values, at: int = 0) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values.scores[at]]


def test_an_empty_cell_in_a_full_column_is_named():
    values, found = read((SCORE, ["1,5", "", "2,5", "3", "4"]), ("a", ["1", "1", "2", "3", "4"]))
    assert plain(values) == [1.5, None, 2.5, 3, 4]
    assert found == [("value_missing", "A2", "", "warning")]


def test_a_column_with_few_figures_is_told_once():
    _, found = read((SCORE, ["1,5", "", "", "3", "4"]), ("a", ["1", "1", "2", "3", "4"]))
    assert found == [("column_partly_empty", None, None, "note")]


def test_a_row_without_any_figure_is_left_to_its_name():
    values, found = read((SCORE, ["1,5", "", "-", "3", "4"]), ("a", ["1", "", "KCDL", "3", "4"]))
    assert values.empty.tolist() == [False, True, True, False, False]
    assert values.said_empty.tolist() == [False, False, True, False, False]
    assert found == [("marked_as_missing", "A3", "-", "note"), ("marked_as_missing", "B3", "KCDL", "note")]


def test_a_table_of_a_row_a_figure_may_have_no_rank():
    assert read((SCORE, ["1,5", "2", "3", "3", "4"]), (RANK, ["1", "", "", "", ""]), by_part=True)[1] == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("58.2", "decimal_mark_differs"),
        ("58,2o", "number_unreadable"),
        ("=SUM(A1:A2)", "formula_without_value"),
        ("+cmd|x", "formula_without_value"),
        ("#REF!", "number_unreadable"),
    ],
)
def test_cells_that_are_no_numbers(cell: str, code: str):
    values, found = read((SCORE, [cell, "2", "3"]))
    assert plain(values)[0] is None
    assert found == [(code, "A1", cell, "error")]


def test_ranks_are_whole():
    values, found = read((RANK, ["1", "2,5", "9/63", "Hạng 4", "1e12"]))
    assert plain(values) == [1, None, 9, 4, None]
    assert found == [
        ("not_a_whole_number", "A2", "2,5", "error"),
        ("not_a_whole_number", "A5", "1e12", "error"),
    ]


@pytest.mark.parametrize(
    ("columns", "kept", "codes"),
    [
        # Nobody ever had a total of 0.
        ([(SCORE, ["0", "50", "60"])], [None, 50, 60], ["zero_as_missing"]),
        ([(RANK, ["0", "1", "2"])], [None, 1, 2], ["zero_as_missing"]),
        # A part of 0 far from all others is no figure, one near to them is.
        ([("a", ["0", "5", "6"])], [None, 5, 6], ["zero_as_missing"]),
        ([("a", ["0", "0,5", "6"]), ("b", ["4", "5", "6"])], [0, 0.5, 6], ["zero_score"]),
        # A row that is 0 for the most part is a row without figures.
        ([("a", ["0", "0,5", "6"]), ("b", ["0", "5", "6"])], [None, 0.5, 6], ["zero_as_missing"] * 2),
    ],
)
def test_what_a_nought_means(columns, kept, codes):
    values, found = read(*columns)
    assert plain(values) == kept
    assert [(code, severity) for code, _, _, severity in found] == [(code, "warning") for code in codes]
