"""The data endpoints read only, and say in words what is wrong with a request, or with us."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from starlette.testclient import TestClient

from indices.serving.api.door import Door
from indices.serving.api.moment import Moment
from indices.serving.api.routes import LONGEST_QUERY, application
from indices.store import Store, StoreUnavailableError


def nothing_held() -> Store:
    """Whoever needs no token and is refused nothing needs no store to come in."""
    raise AssertionError("the store was asked")


@pytest.mark.parametrize(
    ("address", "status", "code", "parameter"),
    [
        ("gap", 400, "missing_parameter", "index"),
        ("gap?index=pci&foo=1", 400, "unknown_parameter", "foo"),
        ("status?index=pci", 400, "unknown_parameter", "index"),
        ("gap?index=pci&index=par", 400, "repeated_parameter", "index"),
        ("gap?index=xyz", 404, "unknown_index", "index"),
        ("gap?index=", 404, "unknown_index", "index"),
        ("gap?index=pci&edition=1999", 404, "unknown_edition", "edition"),
        ("gap?index=pci&edition=last", 400, "malformed", "edition"),
        ("why?index=pci&since=1999", 404, "unknown_edition", "since"),
        ("gap?index=pci&province=ha-tay", 404, "unknown_province_suggest", "province"),
        ("gap?index=pci&province=%00%01", 404, "unknown_province", "province"),
        ("gap?index=pci&target=0", 400, "bad_target", "target"),
        ("gap?index=pci&target=64", 400, "bad_target", "target"),
        ("gap?index=pci&target=15.0", 400, "bad_target", "target"),
        ("gap?index=pci&target=%D9%A1%D9%A5", 400, "bad_target", "target"),
        ("gap?index=pci&lang=fr", 400, "not_allowed", "lang"),
        ("gap?index=pci&format=xls", 400, "not_allowed", "format"),
        ("gap?index=pci&format=csv", 400, "missing_table", "table"),
        ("gap?index=pci&format=csv&table=other", 400, "not_allowed", "table"),
        ("gap?index=pci&table=assigned", 400, "table_of_json", "table"),
        ("components?index=pci&within=overall_2", 404, "unknown_within", "within"),
        ("components?index=pci&within=..", 400, "malformed", "within"),
        ("strengths?index=pci&split=areas", 404, "unknown_split", "split"),
        ("table?index=pci&component=none", 404, "unknown_component", "component"),
        ("peers?index=pci&group=friends", 400, "not_allowed", "group"),
        ("scenario?index=pci&sc=land_access", 400, "malformed", "sc"),
        ("scenario?index=pci&sc=land_access:1,land_access:2", 400, "repeated_part", "sc"),
        ("deck.pptx?indices=pci,xyz", 400, "not_allowed", "indices"),
        ("deck.pptx?sections=all", 400, "not_allowed", "sections"),
        ("deck.pptx?year=22", 400, "malformed", "year"),
        ("workbook.xlsx?sections=standing", 400, "unknown_parameter", "sections"),
        ("chart/rank.png", 400, "missing_parameter", "index"),
        ("chart/rank.gif?index=pci", 404, "unknown_chart", None),
        ("chart/rank.png?index=pci&size=huge", 400, "not_allowed", "size"),
        ("nothing", 404, "no_route", None),
        ("gap/", 404, "no_route", None),
        ("chart/../gap", 400, "missing_parameter", "index"),
        (f"gap?index=pci&province={'x' * LONGEST_QUERY}", 400, "too_long", None),
    ],
)
def test_what_is_wrong_is_named(
    client: TestClient, described: dict[str, Any], address: str, status: int, code: str, parameter: str | None
) -> None:
    answer = client.get(f"/{address}")
    told = answer.json()

    assert answer.status_code == status
    assert (told["error"], told["parameter"]) == (code, parameter)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    Draft202012Validator(described["components"]["schemas"]["Wrong"]).validate(told)


def test_what_was_meant_is_suggested_by_its_code(client: TestClient) -> None:
    told = client.get("/status", params={"province": "Bac Gaing"}).json()
    assert told["suggestions"][0] == "bac-giang"
    assert client.get("/status", params={"province": "Bắc Giang"}).json()["suggestions"] == ["bac-giang"]
    allowed = client.get("/gap?index=pci&edition=1999").json()["allowed"]
    assert allowed[0] == "2025"
    assert "2022" in allowed


def test_what_is_wrong_is_told_in_the_language_asked_for(client: TestClient) -> None:
    english = client.get("/gap?index=xyz&lang=en").json()["message"]
    vietnamese = client.get("/gap?index=xyz").json()["message"]
    assert english == "There is no index «xyz». Indices: par, pci, papi, sipas, ict, dti."
    assert vietnamese.startswith("Không có chỉ số «xyz».")


def test_a_long_value_is_not_repeated_in_full(client: TestClient) -> None:
    told = client.get("/gap", params={"index": "<script>" * 200}).text
    assert len(told) < 500


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("address", ["/gap?index=pci", "/openapi.json", "/deck.pptx", "/chart/rank.svg"])
def test_only_reading_is_allowed(client: TestClient, method: str, address: str) -> None:
    answer = client.request(method, address)
    assert answer.status_code == 405
    assert {name.strip() for name in answer.headers["allow"].split(",")} == {"GET", "HEAD"}
    assert answer.json()["error"] == "method"


def test_a_store_that_does_not_answer_is_told_as_such() -> None:
    def lost() -> Moment:
        raise StoreUnavailableError("postgresql://x", "secret reason")

    with TestClient(application(lost, Door(nothing_held)), raise_server_exceptions=False) as client:
        answer = client.get("/status?lang=en")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert answer.json()["message"] == "The store does not answer at the moment; try again later."
    assert "secret" not in answer.text


def test_a_failure_of_ours_shows_nothing_of_the_program() -> None:
    def broken() -> Moment:
        raise RuntimeError("/home/secret")

    with TestClient(application(broken, Door(nothing_held)), raise_server_exceptions=False) as client:
        answer = client.get("/status?lang=en")
    assert answer.status_code == 500
    assert answer.json()["error"] == "failed"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
