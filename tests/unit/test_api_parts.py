"""The parts of the data endpoints on their own: tags and caches, formats, schemas, tables, addresses."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import openpyxl
import pandas as pd
import pytest

from indices.analysis.cells import answer_table
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.serving.api.caching import Answer, AnswerCache, matching, tag_of
from indices.serving.api.formats import json_bytes, wanted_format, workbook_bytes
from indices.serving.api.openapi import description
from indices.serving.api.parameters import PARAMETERS, in_order
from indices.serving.api.schemas import schema_of
from indices.serving.api.table_of_routes import ROUTES
from indices.serving.api.tables import table_at

COLUMNS = {"province": "string[pyarrow]", "score": "double[pyarrow]", "place": "int64[pyarrow]"}


@dataclass(frozen=True)
class Inner:
    changes: pd.DataFrame


@dataclass(frozen=True)
class Found:
    name: str
    day: date
    places: tuple[int, ...]
    by_province: Mapping[str, float]
    rows: pd.DataFrame | Refusal
    inner: Inner | Refusal | None


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return answer_table(list(rows), COLUMNS)


def answer(n: int) -> Answer:
    return Answer(200, "application/json", b"x" * n)


# Tags and the cache.


def test_a_tag_is_of_everything_that_makes_the_bytes():
    base = ("state", "gap", [("index", "pci")], "json")
    others = [
        ("other", "gap", [("index", "pci")], "json"),
        ("state", "why", [("index", "pci")], "json"),
        ("state", "gap", [("index", "par")], "json"),
        ("state", "gap", [("index", "pci"), ("lang", "en")], "json"),
        ("state", "gap", [("index", "pci")], "csv"),
    ]
    assert tag_of(*base) == tag_of(*base)
    assert len({tag_of(*one) for one in [base, *others]}) == 6


def test_a_tag_takes_letters_that_are_none():
    assert tag_of("s", "gap", [("index", "\ud800")], "json").startswith('"')


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('"a"', '"a"'),
        ('W/"a"', 'W/"a"'),
        ('"b", W/"a"', 'W/"a"'),
        ("*", '"a"'),
        ('"b"', None),
        ("a", None),
        ("", None),
    ],
)
def test_tags_are_compared_weakly(header: str, found: str | None):
    assert matching(header, '"a"') == found


def test_the_cache_holds_no_more_than_its_bytes_and_drops_the_oldest():
    cache = AnswerCache(most_bytes=100, most_answers=10)
    assert cache.get("1", "a") is None
    for tag in "abcd":
        cache.keep("1", tag, answer(25))
    assert cache.get("1", "a") == answer(25)  # asked for last
    cache.keep("1", "e", answer(25))
    assert cache.get("1", "b") is None
    assert cache.get("1", "a") == answer(25)
    assert (len(cache), cache.n_bytes) == (4, 100)


def test_the_cache_takes_no_giant_and_no_more_answers_than_it_may():
    cache = AnswerCache(most_bytes=100, most_answers=2)
    cache.get("1", "a")
    cache.keep("1", "giant", answer(26))
    assert len(cache) == 0
    for tag in "abc":
        cache.keep("1", tag, answer(1))
    assert len(cache) == 2


def test_another_state_of_the_store_empties_the_cache():
    cache = AnswerCache()
    cache.get("1", "a")
    cache.keep("1", "a", answer(5))
    assert cache.get("2", "a") is None
    assert (len(cache), cache.n_bytes) == (0, 0)
    # An answer begun before the change comes too late.
    cache.keep("1", "a", answer(5))
    assert len(cache) == 0


# Formats.


@pytest.mark.parametrize(
    ("named", "accept", "form"),
    [
        (None, "", "json"),
        (None, "*/*", "json"),
        ("csv", "application/json", "csv"),
        (None, "TEXT/CSV", "csv"),
        (None, "text/csv;q=0.0, application/vnd.apache.parquet;q=0.5", "parquet"),
        (None, "image/png", "json"),
    ],
)
def test_the_format_named_comes_before_the_header(named: str | None, accept: str, form: str):
    assert wanted_format(named, accept) == form


def test_what_is_no_number_is_null_in_json():
    assert (
        json_bytes({"a": float("nan"), "b": 1.5, "c": "Đắk Lắk"})
        == '{"a":null,"b":1.5,"c":"Đắk Lắk"}'.encode()
    )


def test_a_workbook_has_numbers_texts_and_the_reason_for_what_is_missing(bundled: Catalogue):
    tables = {
        "rows": table({"province": "=1+1", "score": 72.8, "place": 2}, {"province": "B"}),
        "missing": Refusal("no_total", {"index": "PCI", "edition": "2021"}),
    }
    content = workbook_bytes(tables, bundled, "en")
    book = openpyxl.load_workbook(io.BytesIO(content))

    rows = list(book["rows"].iter_rows(values_only=True))
    assert rows == [("province", "score", "place"), ("=1+1", 72.8, 2), ("B", None, None)]
    assert book["rows"]["A2"].data_type == "s"
    assert book["missing"]["B2"].value == "The PCI 2021 total of the province is not known."
    assert workbook_bytes(tables, bundled, "en") == content


def test_a_workbook_ends_with_the_sources_its_tables_name(bundled: Catalogue):
    key = next(iter(bundled.sources))
    found = answer_table([{"source": key}, {"source": key}, {}], {"source": "string[pyarrow]"})
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"rows": found}, bundled, "en")))
    assert book.sheetnames == ["rows", "Sources"]
    head, first = list(book["Sources"].iter_rows(values_only=True))
    assert dict(zip(head, first, strict=True))["n_figures"] == 2


# Tables of an answer.


def found(rows: pd.DataFrame | Refusal, inner: Inner | Refusal | None) -> Found:
    return Found("x", date(2020, 7, 1), (1,), {"A": 1.0}, rows, inner)


def test_a_table_is_found_by_its_path():
    rows, refusal = table({"province": "A"}), Refusal("no_total")
    assert table_at({"found": found(rows, None)}, "found.rows", COLUMNS) is rows
    assert table_at({"found": found(rows, Inner(rows))}, "found.inner.changes", COLUMNS) is rows
    assert table_at({"found": found(refusal, None)}, "found.rows", COLUMNS) is refusal
    assert table_at({"found": refusal}, "found.inner.changes", COLUMNS) is refusal
    assert table_at({"found": rows}, "found", COLUMNS) is rows
    empty = table_at({"found": found(rows, None)}, "found.inner.changes", COLUMNS)
    assert isinstance(empty, pd.DataFrame)
    assert (len(empty), list(empty.columns)) == (0, list(COLUMNS))


def test_what_is_no_table_is_told():
    with pytest.raises(TypeError):
        table_at({"found": found(Refusal("no_total"), None)}, "found.name", COLUMNS)


# The description.


def test_a_schema_follows_the_types_of_an_answer():
    schema = schema_of(Found, "found", {"found.rows": COLUMNS, "found.inner.changes": COLUMNS})
    named = schema["properties"]
    assert list(named) == schema["required"]
    assert named["day"] == {"type": "string", "format": "date"}
    assert named["places"] == {"type": "array", "items": {"type": "integer"}}
    assert named["by_province"] == {"type": "object", "additionalProperties": {"type": "number"}}
    rows, refused = named["rows"]["anyOf"]
    assert rows["items"]["properties"]["place"] == {"type": ["integer", "null"]}
    assert refused == {"$ref": "#/components/schemas/Refused"}


def test_a_table_without_columns_and_a_type_of_no_answer_are_told():
    with pytest.raises(KeyError):
        schema_of(Found, "found", {})
    with pytest.raises(TypeError):
        schema_of(set, "found", {})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_description_is_made_from_the_table_that_serves(bundled: Catalogue, language: str):
    told = description(bundled, language)
    paths = told["paths"]
    assert {f"/api/v1/{name}" for name in ROUTES} <= set(paths)
    for name, route in ROUTES.items():
        operation = paths[f"/api/v1/{name}"]["get"]
        assert tuple(one["name"] for one in operation["parameters"]) == route.parameters
        assert [one["name"] for one in operation["parameters"] if one["required"]] == list(route.needs)
    assert len({operation["get"]["summary"] for operation in paths.values()}) == len(paths)


def test_the_codes_of_the_description_are_those_of_the_catalogue(bundled: Catalogue):
    gap = description(bundled, "en")["paths"]["/api/v1/gap"]["get"]
    schemas = {one["name"]: one["schema"] for one in gap["parameters"]}
    assert schemas["index"]["enum"] == ["par", "pci", "papi", "sipas", "ict", "dti"]
    assert len(schemas["province"]["enum"]) == 63
    assert schemas["target"] == {"type": "integer", "minimum": 1, "maximum": 63, "default": 15}
    assert schemas["table"]["enum"] == list(ROUTES["gap"].tables)


def test_every_component_fits_the_form_of_a_code(bundled: Catalogue):
    pattern = PARAMETERS["sc"].schema(bundled)["pattern"]
    codes = {spec.component for spec in bundled.components}
    assert [code for code in codes if not re.fullmatch(pattern.strip("^$"), f"{code}:1.5")] == []


def test_an_index_is_read_before_the_edition_it_has():
    assert in_order({"edition", "since", "index", "lang"}) == ("lang", "index", "edition", "since")
