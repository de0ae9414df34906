"""The data endpoints give the same answers as pages and command line, in every format, as described."""

from __future__ import annotations

import io
import json
import os
from typing import Any

import openpyxl
import pandas as pd
import pytest
from jsonschema_rs import Draft202012Validator
from starlette.testclient import TestClient

from indices import analysis, cli
from indices.analysis.gap import gap
from indices.analysis.scenario import scenario
from indices.export.plain import plain
from indices.serving.api.moment import Moment
from indices.serving.api.table_of_routes import ROUTES
from indices.tidy import OVERALL

FOCAL = "Bắc Giang"
INDICES = ("par", "pci", "papi", "sipas", "ict", "dti")
PROVINCES = ("bac-giang", "ha-noi", "dak-nong")


def questions() -> list[tuple[str, dict[str, str]]]:
    """Every endpoint, of every index where it is about one."""
    return [
        (name, {"index": index} if "index" in route.parameters else {})
        for name, route in ROUTES.items()
        for index in (INDICES if "index" in route.parameters else INDICES[:1])
    ]


def schema_of(described: dict[str, Any], name: str) -> Draft202012Validator:
    answer = described["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]
    return Draft202012Validator(
        {**answer["content"]["application/json"]["schema"], "components": described["components"]}
    )


@pytest.mark.parametrize(("name", "asked"), questions())
def test_every_answer_is_what_the_description_says(
    client: TestClient, described: dict[str, Any], name: str, asked: dict[str, str]
) -> None:
    answer = client.get(f"/{name}", params=asked)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    schema_of(described, name).validate(answer.json())


def with_tables() -> list[tuple[str, dict[str, str]]]:
    """Endpoints of two indices each, in turn, of every index with INDICES_FULL_TRIALS=1: how a table becomes
    a file is the same for all.

    Of the whole panels the smaller ones: a workbook of 29,000 rows is read for half a minute.
    """
    full = os.environ.get("INDICES_FULL_TRIALS") == "1"
    turns = {name: {INDICES[at % 6], INDICES[(at + 3) % 6]} for at, name in enumerate(ROUTES)}
    turns["table"] = {"par", "dti"}
    return [
        (name, asked)
        for name, asked in questions()
        if name != "table" or asked["index"] not in ("pci", "papi")
        if full or "index" not in asked or asked["index"] in turns[name]
    ]


@pytest.mark.parametrize(("name", "asked"), with_tables())
def test_every_table_comes_in_every_format_with_the_rows_of_the_json(
    client: TestClient, name: str, asked: dict[str, str]
) -> None:
    whole = client.get(f"/{name}", params=asked).json()
    for path in ROUTES[name].tables:
        found: Any = whole
        for part in path.split("."):
            if found is not None and (found is whole or "refused" not in found):
                found = found[part]
        answers = {
            form: client.get(f"/{name}", params={**asked, "format": form, "table": path})
            for form in ("csv", "parquet", "xlsx")
        }
        if isinstance(found, dict):
            assert {answer.status_code for answer in answers.values()} == {409}, path
            assert answers["csv"].json() == {key: found[key] for key in ("refused", "reason")}
            continue
        rows = found or []
        assert {answer.status_code for answer in answers.values()} == {200}, path
        assert len(pd.read_parquet(io.BytesIO(answers["parquet"].content))) == len(rows)
        csv = pd.read_csv(io.BytesIO(answers["csv"].content), sep=";", decimal=",")
        assert len(csv) == len(rows)
        book = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content), read_only=True)
        cells = list(book[path[:31]].iter_rows(values_only=True))
        assert len(cells) - 1 == len(rows)
        if rows:
            assert list(csv.columns) == list(rows[0])
            first = dict(zip(cells[0], cells[1], strict=True))
            assert {key: value or None for key, value in first.items()} == pytest.approx(
                {key: value or None for key, value in rows[0].items()}
            )


def test_the_numbers_are_those_of_the_figures(client: TestClient) -> None:
    asked = {"index": "pci", "edition": "2022", "province": "bac-giang"}
    (row,) = client.get("/table", params={**asked, "component": "overall"}).json()["table"]
    assert (row["score"], row["rank"], row["n_ranked"]) == (72.80, 2, 63)

    found = client.get("/gap", params={"index": "papi", "edition": "2024"}).json()["gap"]["summary"][0]
    assert found["place"] == 16
    assert found["target_province"] == "Thái Bình"
    assert found["points_to_go"] == pytest.approx(44.7379 - 44.6854)


@pytest.mark.parametrize("slug", PROVINCES)
@pytest.mark.parametrize(("index", "edition"), [("pci", "2021"), ("papi", "2024")])
def test_answers_are_those_of_the_analysis(
    client: TestClient, moment: Moment, slug: str, index: str, edition: str
) -> None:
    catalogue, code = moment.catalogue, index.upper()
    province = catalogue.provinces.by_slug(slug).name_vi
    where = (moment.figures_of(code), catalogue, code, edition, province)
    asked = {"index": index, "edition": edition, "province": slug, "target": "10"}

    assert client.get("/gap", params=asked).json()["gap"] == written(plain(gap(*where, 10), "vi"))
    parts = analysis.components(*where, 10, OVERALL)
    assert client.get("/components", params=asked).json()["components"] == written(plain(parts, "vi"))
    what_if = client.get("/scenario", params=asked).json()["scenario"]
    assert what_if == written(plain(scenario(*where, {}, 10), "vi"))


def written(answer: Any) -> Any:
    """An answer after a way through JSON."""
    return json.loads(json.dumps(answer))


@pytest.mark.parametrize(
    ("command", "options", "same"),
    [
        ("gap", ["--index", "PAPI", "--edition", "2024"], ("gap", "assigned")),
        ("why", ["--index", "PCI", "--edition", "2022"], ("rank_change", "known_moves", "score_change")),
        ("reweight", ["--index", "PCI", "--edition", "2022"], ("reweight",)),
        ("strengths", ["--index", "PCI", "--edition", "2021"], ("strengths",)),
        ("scenario", ["--index", "PCI", "--edition", "2021"], ("scenario", "outcomes", "least")),
        ("certainty", ["--index", "PAPI", "--edition", "2023"], ("certainty",)),
        ("outlook", ["--index", "PCI"], ("outlook",)),
        ("peers", ["--index", "PCI", "--edition", "2021", "--group", "region"], ("peers",)),
        ("status", ["--province", FOCAL], ("indices",)),
    ],
)
def test_answers_are_those_of_the_command_line(
    client: TestClient,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    options: list[str],
    same: tuple[str, ...],
) -> None:
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path_factory.getbasetemp() / "cli-store"))
    monkeypatch.delenv("INDICES_DATA_DIR", raising=False)
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)
    cli.main([command, *options, "--json"])
    told = json.loads(capsys.readouterr().out)
    asked = dict(zip([name.lstrip("-") for name in options[::2]], options[1::2], strict=True))
    asked["province"] = "bac-giang"
    answer = client.get(f"/{command}", params=asked).json()

    assert same
    assert {name: answer[name] for name in same} == {name: told[name] for name in same}


def test_a_scenario_is_read_as_in_the_address_of_its_page(client: TestClient) -> None:
    asked = {"index": "pci", "edition": "2021", "sc": "land_access:7.5,transparency:6.2"}
    found = client.get("/scenario", params=asked).json()["scenario"]
    after = {row["component"]: row["after"] for row in found["parts"]}
    assert (after["land_access"], after["transparency"]) == (7.5, 6.2)
    assert found["total_after"] != found["total_before"]


def test_what_the_request_leaves_open_is_what_the_page_begins_with(client: TestClient) -> None:
    # PCI 2024 is partial: a change of place can be split for 2022 at the latest.
    assert client.get("/gap?index=pci").json()["edition"] == "2024"
    assert client.get("/why?index=pci").json()["edition"] == "2022"
    answer = client.get("/directive").json()
    assert (answer["index"], answer["province"], answer["target_rank"]) == ("PAR", FOCAL, 15)


def test_a_filter_that_is_not_given_leaves_everything_in(client: TestClient) -> None:
    whole = client.get("/table?index=sipas").json()
    assert (whole["edition"], whole["province"], whole["component"]) == (None, None, None)
    assert len({row["province"] for row in whole["table"]}) > 10
    mine = client.get("/table?index=sipas&province=bac-giang").json()
    assert {row["province"] for row in mine["table"]} == {FOCAL}
    assert len(client.get("/editions").json()["editions"]) == 75


def test_merged_editions_are_answered_about_the_merged_province(client: TestClient) -> None:
    found = client.get("/gap?index=dti&edition=2024-34").json()
    assert found["refused"] == found["gap"]["refused"] == "merged_field"
    assert "34" in found["reason"]


# What is wrong is named.
