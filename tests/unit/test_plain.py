"""Answers as plain values for JSON."""

import json
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest

from indices.analysis.cells import answer_table
from indices.analysis.refusal import Refusal
from indices.export.plain import plain


@dataclass(frozen=True)
class Answer:
    name: str
    table: pd.DataFrame
    other: pd.DataFrame | Refusal
    places: tuple[int, ...]
    day: date
    nothing: None = None


def test_an_answer_of_every_kind_becomes_json():
    table = answer_table(
        [{"province": "A", "score": 1.5, "place": 2, "met": True}, {"province": "B"}],
        {
            "province": "string[pyarrow]",
            "score": "double[pyarrow]",
            "place": "int64[pyarrow]",
            "met": "bool[pyarrow]",
        },
    )
    refused = Refusal("no_total", {"index": "PCI", "edition": "2021"})
    answer = plain(Answer("x", table, refused, (1, 2), date(2020, 7, 1)), "en")
    assert json.loads(json.dumps(answer)) == {
        "name": "x",
        "table": [
            {"province": "A", "score": 1.5, "place": 2, "met": True},
            {"province": "B", "score": None, "place": None, "met": None},
        ],
        "other": {"refused": "no_total", "reason": "The PCI 2021 total of the province is not known."},
        "places": [1, 2],
        "day": "2020-07-01",
        "nothing": None,
    }


def test_what_is_no_answer_is_told():
    with pytest.raises(TypeError):
        plain(object(), "vi")
