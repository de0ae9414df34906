"""Formats and files of the data endpoints: what is asked for, whole, and as the reader's programs need it."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from starlette.testclient import TestClient

from indices.serving.api import exports


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
