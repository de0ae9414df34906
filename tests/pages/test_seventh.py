"""An index added by catalogue rows and files alone stands on every page and in the downloads."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from tests.pages.shown import (
    LANGUAGES,
    PAGES,
    alerts,
    assert_calm,
    chart,
    control,
    html,
    open_page,
    rows,
    tables,
    text_of,
    texts,
    unfold,
)
from tests.seventh import seventh_data


@pytest.fixture(scope="module")
def seventh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Data and store with the seventh index."""
    folder = tmp_path_factory.mktemp("seventh")
    return seventh_data(folder), folder / "store"


@pytest.fixture(autouse=True)
def with_seventh(seventh: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDICES_DATA_DIR", str(seventh[0]))
    monkeypatch.setenv("INDICES_STORE_DIR", str(seventh[1]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_runs(name: str, language: str) -> None:
    assert_calm(unfold(open_page(name, lang=language, index="pii")))


def test_overview_has_a_seventh_card_and_counts_it() -> None:
    at = open_page("overview")
    cards = [text_of(part.value) for part in at.html if '<div class="card">' in part.value]
    (table,) = tables(at, "2022")

    assert len(cards) == 7
    assert cards[-1].startswith("Chỉ số đổi mới sáng tạo cấp tỉnh (thử) 1 /63 Đạt mục tiêu Năm 2024")
    assert "Tăng 2 bậc so với năm 2023" in cards[-1]
    assert "/7 chỉ số trong nhóm 15" in text_of(html(at))
    assert table[-1][0] == "PII"
    assert table[-1][-2:] == ["●3", "●1"]


def test_index_page_shows_history_ranking_and_parts() -> None:
    at = unfold(open_page("index_detail", index="pii"))
    history = rows(at, "Tăng, giảm bậc")
    ranking = rows(open_page("index_detail", index="pii", edition="2023"), "Cơ sở số liệu")

    assert control(at, "index").options[-1] == "PII"
    assert [row[:3] for row in history] == [["2024", "1/63", "+2"], ["2023", "3/63", "–"]]
    assert [row[1] for row in ranking if row[0] == "Bắc Giang"] == ["3/63"]
    assert len(ranking) == 63
    assert chart(at, "components")["alt"] == "Điểm 2 thành phần của PII năm 2024: Bắc Giang."
    assert "Đầu vào" in texts(at)


def test_comparison_draws_its_neighbours() -> None:
    at = open_page("compare", index="pii", group="top")
    names = [trace["name"] for trace in chart(at, "compare-rank")["data"] if "name" in trace]

    assert_calm(at)
    assert names[-1] == "Bắc Giang"
    assert names[:2] == ["An Giang", "Bà Rịa - Vũng Tàu"]


def test_data_page_covers_it_and_offers_its_downloads() -> None:
    at = unfold(open_page("data", download="pii", template="pii"))

    assert_calm(at)
    assert control(at, "download").value == control(at, "template").value == "pii"
    assert ["PII", "2024", "63", "63", "63", "189"] in rows(at, "Số tỉnh có thứ hạng")
    assert control(at, "template_edition").options[:2] == ["2025 (năm mới)", "2024"]


def test_downloads_hold_it() -> None:
    from indices.catalogue import load_catalogue
    from indices.export.tables import csv_bytes, parquet_bytes, workbook_bytes
    from indices.settings import from_environment
    from indices.store import open_held

    held = open_held(from_environment())
    table = held.store.table()
    table = table[table["index"] == "PII"]
    catalogue = load_catalogue(from_environment().catalogue)
    frames = [
        pd.read_csv(io.BytesIO(csv_bytes(table, "en")), encoding="utf-8-sig"),
        pd.read_excel(io.BytesIO(workbook_bytes(table, catalogue, "vi")), sheet_name=0),
        pd.read_parquet(io.BytesIO(parquet_bytes(table))),
    ]

    assert [len(frame) for frame in frames] == [378, 378, 378]  # two editions, 63 provinces, 3 figures


def test_method_page_describes_it() -> None:
    at = unfold(open_page("method", index="pii", lang="en"))

    assert "PII: Provincial Innovation Index (invented)" in texts(at)
    assert "An invented index." in texts(at)
    assert alerts(at) == []
