"""The data endpoints: the same answers as pages and command line, in every format; what is wrong is named."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
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
from indices.serving.api import exports
from indices.serving.api.door import Door
from indices.serving.api.moment import Moment, now_of
from indices.serving.api.routes import LONGEST_QUERY, application
from indices.serving.api.table_of_routes import ROUTES
from indices.settings import ROOT, Settings
from indices.store import Held, Store, StoreUnavailableError, open_held
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


def nothing_held() -> Store:
    """Whoever needs no token and is refused nothing needs no store to come in."""
    raise AssertionError("the store was asked")


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    return client.get("/openapi.json").json()


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
    assert client.get("/status", params={"province": FOCAL}).json()["suggestions"] == ["bac-giang"]
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


def test_head_has_the_headers_of_get_and_no_body(client: TestClient) -> None:
    get, head = client.get("/gap?index=pci"), client.head("/gap?index=pci")
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-length", "cache-control", "vary"):
        assert head.headers[name] == get.headers[name]


# Formats.


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0, application/json", "application/json"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ],
)
def test_the_format_may_come_from_the_accept_header(client: TestClient, accept: str, form: str) -> None:
    answer = client.get("/history?index=pci", headers={"Accept": accept})
    assert answer.headers["content-type"] == form


def test_csv_opens_right_in_the_excel_of_the_reader(client: TestClient) -> None:
    address = "/table?index=pci&edition=2022&province=bac-giang&component=overall&format=csv"
    vietnamese, english = client.get(address), client.get(f"{address}&lang=en")

    assert vietnamese.content.startswith(b"\xef\xbb\xbfindex;edition;")
    assert ";72,8;2;" in vietnamese.text
    assert english.content.startswith(b"\xef\xbb\xbfindex,edition,")
    assert ",72.8,2," in english.text
    name = 'attachment; filename="table-pci-2022-bac-giang.csv"'
    assert vietnamese.headers["content-disposition"] == name


def test_a_workbook_has_a_sheet_a_table_and_says_why_one_is_missing(client: TestClient) -> None:
    content = client.get("/gap?index=pci&edition=2024&format=xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["gap.summary", "gap.parts", "gap.lost", "assigned", "Nguồn"]
    summary = dict(zip(*list(book["gap.summary"].iter_rows(values_only=True))[:2], strict=True))
    assert summary["place"] == 4
    assert isinstance(summary["place"], int)
    assert book["gap.parts"]["A2"].value == "no_line"
    assert "hạng 15" in book["gap.parts"]["B2"].value


# Files for a meeting and pictures.


@pytest.mark.parametrize(
    ("name", "first"), [("deck.pptx", "ppt/presentation.xml"), ("workbook.xlsx", "xl/workbook.xml")]
)
def test_files_for_a_meeting(client: TestClient, name: str, first: str) -> None:
    import zipfile

    answer = client.get(f"/{name}?province=bac-giang&lang=en&indices=pci,papi&year=2022")
    assert answer.status_code == 200
    assert answer.headers["etag"].startswith('W/"')
    stem, ending = name.split(".")
    assert f'filename="{stem}-bac-giang-' in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].endswith(f'.{ending}"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert first in package.namelist()
    assert client.get(f"/{name}?province=bac-giang&lang=en&indices=pci,papi&year=2022").content == (
        answer.content
    )


def test_a_picture_that_cannot_be_drawn_says_why(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indices.export.images.installed_browser", lambda: None)
    answer = client.get("/chart/rank.png?index=dti&target=7")
    assert answer.status_code == 409
    assert answer.json()["refused"] == "no_browser"
    monkeypatch.setattr("indices.export.images.picture", lambda *_: b"<svg/>")
    # Nothing was kept of the failure.
    assert client.get("/chart/rank.png?index=dti&target=7").content == b"<svg/>"


def test_a_file_of_another_day_is_another_file(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    today = client.head("/deck.pptx?sections=sources&indices=dti").headers["etag"]
    monkeypatch.setattr(exports, "today", lambda: date(2030, 1, 2))
    assert client.head("/deck.pptx?sections=sources&indices=dti").headers["etag"] != today


def test_a_large_answer_comes_whole(client: TestClient) -> None:
    answer = client.get("/table?index=pci")
    assert len(answer.content) > 2_000_000
    assert answer.headers["content-length"] == str(len(answer.content))
    assert len(answer.json()["table"]) == 11_814
    assert client.head("/table?index=pci").headers["content-length"] == str(len(answer.content))


# Caching.


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/gap?index=pci")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get("/gap?index=pci", headers={"If-None-Match": given})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"].removeprefix("W/") == tag
    assert client.get("/gap?index=pci", headers={"If-None-Match": '"other"'}).status_code == 200


def test_known_answers_are_told_before_any_work(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.head("/gap?index=par&target=33").headers["etag"]
    monkeypatch.setattr("indices.serving.api.routes.answer_to", None)  # whoever calls it fails
    assert client.get("/gap?index=par&target=33", headers={"If-None-Match": tag}).status_code == 304


def test_another_question_has_another_tag(client: TestClient) -> None:
    addresses = [
        *("gap?index=pci", "gap?index=pci&lang=en", "gap?index=papi", "gap?index=pci&format=xlsx"),
        *("gap?index=pci&target=10", "history?index=pci", "openapi.json", "openapi.json?lang=en"),
    ]
    tags = {client.head(f"/{address}").headers["etag"] for address in addresses}
    assert len(tags) == len(addresses)
    # The order of parameters makes no other question.
    one, other = "/gap?index=pci&target=10", "/gap?target=10&index=pci"
    assert client.head(one).headers["etag"] == client.head(other).headers["etag"]


def test_equal_tags_are_equal_bytes_in_another_process(held: Held, client: TestClient) -> None:
    with TestClient(application(now_of(held), Door(lambda: held.store))) as other:
        for address in ("gap?index=pci&format=xlsx", "gap?index=papi", "table?index=dti&format=parquet"):
            mine, theirs = client.get(f"/{address}"), other.get(f"/{address}")
            assert mine.headers["etag"] == theirs.headers["etag"]
            assert mine.content == theirs.content


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Held, TestClient]]:
    """A store of its own, to be added to, with the figures of one edition."""
    published = tmp_path / "data" / "published" / "dti"
    published.mkdir(parents=True)
    for name in ("catalogue", "uncertainty"):
        (tmp_path / "data" / name).symlink_to(ROOT / "data" / name)
    (published / "2022.csv").write_bytes((ROOT / "data" / "published" / "dti" / "2022.csv").read_bytes())
    held = open_held(Settings(tmp_path / "data", tmp_path / "store", ""))
    app = application(now_of(held), Door(lambda: held.store))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield held, client


def test_a_new_upload_shows_at_once(own: tuple[Held, TestClient]) -> None:
    held, client = own
    before = client.get("/status?province=bac-giang")
    assert [row["place"] for row in before.json()["indices"]] == [9]

    rows = held.store.table()
    moved = rows.assign(rank=rows["rank"].where(rows["province"] != FOCAL, 3))
    held.store.add(moved, origin="upload", by="t", reason="t", file_name="t.csv", content=b"t")
    after = client.get("/status?province=bac-giang", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert [row["place"] for row in after.json()["indices"]] == [3]


def test_an_index_without_figures_is_answered_in_words(own: tuple[Held, TestClient]) -> None:
    _, client = own
    for name, route in ROUTES.items():
        if route.newest is not None:
            told = client.get(f"/{name}?index=pci").json()
            assert told["refused"] == "no_edition", name
            assert client.get(f"/{name}?index=pci&format=xlsx").status_code == 409
    assert client.get("/table?index=pci").json()["table"] == []
    assert client.get("/history?index=pci").status_code == 200


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
