"""The facts everybody in the province knows stand on the pages, in figures and words."""

from __future__ import annotations

import pytest

from tests.pages.shown import (
    LANGUAGES,
    PAGES,
    address,
    assert_calm,
    chart,
    html,
    open_page,
    rows,
    tables,
    text_of,
    texts,
    unfold,
)

INDICES = ("par", "pci", "papi", "sipas", "ict", "dti")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_runs_on_the_real_figures(name: str, language: str) -> None:
    at = open_page(name, lang=language)

    assert_calm(at)
    assert address(at)["lang"] == language
    assert html(at).count("<h1") == 1


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("name", ["index_detail", "compare", "method"])
def test_every_index_runs_with_its_tables_open(name: str, index: str) -> None:
    assert_calm(unfold(open_page(name, index=index)))


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("vi", "Bắc Giang: 4/6 chỉ số trong nhóm 15; PAPI hạng 16, SIPAS hạng 38 cần chú ý."),
        ("en", "Bac Giang: 4 of 6 indices in the top 15; to watch: PAPI (rank 16), SIPAS (rank 38)."),
    ],
)
def test_headline(language: str, headline: str) -> None:
    assert headline in texts(open_page("overview", lang=language))


def card(index: str, **choices: str) -> str:
    at = open_page("overview", **choices)
    found = [part.proto.label for part in at.get("page_link") if part.proto.label.startswith("**")]
    cards = [part.value for part in at.html if '<div class="card">' in part.value]
    assert len(found) == len(cards) == 6
    return text_of(cards[found.index(f"**{index}**")])


def test_papi_card_says_computed_and_the_small_distance() -> None:
    said = card("PAPI")

    assert "16 /61 Sát mục tiêu Năm 2024" in said
    assert "Còn 1 bậc nữa tới mục tiêu · kém tỉnh hạng 15 0,0525 điểm" in said
    assert "Hạng tính toán từ điểm · 61/61 tỉnh có số liệu" in said


def test_cards_greet_a_target_that_is_met_and_one_that_is_not() -> None:
    assert "4 /63 Đạt mục tiêu Năm 2024" in card("PCI")
    assert "38 /63 Chưa đạt Năm 2023" in card("SIPAS")
    assert "0.0525 points below rank 15" in card("PAPI", lang="en")


@pytest.mark.parametrize(
    ("index", "edition", "cells"),
    [
        ("sipas", "2019", ["9/63"]),
        ("papi", "2019", ["4/63"]),
        ("pci", "2022", ["2/63", "+29", "72,80"]),
        ("ict", "2017", ["21/63"]),
        ("ict", "2018", ["25/63", "−4"]),
        ("ict", "2019", ["28/63", "−3"]),
        ("papi", "2024", ["16/61 (tính toán)", "−6", "44,69"]),
    ],
)
def test_history_table(index: str, edition: str, cells: list[str]) -> None:
    history = rows(unfold(open_page("index_detail", index=index)), "Tăng, giảm bậc")
    (row,) = [row for row in history if row[0] == edition]

    assert [cell for cell in row if cell in cells] == cells


def rank_table(**choices: str) -> dict[str, dict[str, str]]:
    """The overview's table: index → year → what is written there."""
    (table,) = tables(open_page("overview", **choices), "2019")
    years, *lines = table
    return {line[0]: dict(zip(years, line, strict=True)) for line in lines}


def test_rank_table() -> None:
    table = rank_table()

    assert [table["ICT"][year] for year in ("2017", "2018", "2019")] == ["21", "25", "28"]
    assert table["ICT"]["2021"] == ""  # no edition was held
    assert table["PAPI"]["2024"] == "16*"
    assert table["PAPI"]["2021"] == "·"  # held, but the province was left out
    assert table["PCI"]["2022"] == "●2"
    assert table["SIPAS"]["2019"] == "●9"


@pytest.mark.parametrize("province", ["thanh-hoa", "yen-bai"])
def test_both_provinces_tied_at_the_line_are_within_the_target(province: str) -> None:
    assert rank_table(province=province)["DTI"]["2022"] == "●15"


def test_ranking_shows_the_tie_at_the_line_and_no_place_16() -> None:
    ranking = rows(open_page("index_detail", index="dti", edition="2022"), "Cơ sở số liệu")

    assert [row[0] for row in ranking if row[1] == "15/63"] == ["Thanh Hóa", "Yên Bái"]
    assert [row[0] for row in ranking if row[1] == "16/63"] == []
    assert len([row for row in ranking if row[1] == "17/63"]) == 1


@pytest.mark.parametrize(
    ("language", "note", "focal"),
    [
        (
            "vi",
            "Năm này xếp hạng 34 tỉnh, thành sau hợp nhất: Bắc Giang thuộc Bắc Ninh. "
            "Không so sánh với thứ hạng của 63 tỉnh, thành.",
            "Bắc Ninh",
        ),
        (
            "en",
            "This edition ranks the 34 provinces after the merger: Bac Giang belongs to Bac Ninh. "
            "It is not comparable with ranks among 63 provinces.",
            "Bac Ninh",
        ),
    ],
)
def test_edition_of_the_merged_provinces(language: str, note: str, focal: str) -> None:
    at = open_page("index_detail", index="dti", edition="2024-34", lang=language)
    tiles = chart(at, "map")["data"][0]
    widths = tiles["marker"]["line"]["width"]

    assert_calm(at)
    assert note in texts(at)
    assert len(tiles["x"]) == 34 + 2  # the tiles and the two archipelagos
    assert tiles["customdata"][widths.index(max(widths))] == [focal]
    assert widths.count(max(widths)) == 1
