"""Answers that are known are not sent or worked out again, until the figures change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indices.serving.api.door import Door
from indices.serving.api.moment import now_of
from indices.serving.api.routes import application
from indices.serving.api.table_of_routes import ROUTES
from indices.settings import ROOT, Settings
from indices.store import Held, open_held


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
    moved = rows.assign(rank=rows["rank"].where(rows["province"] != "Bắc Giang", 3))
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
