"""Charts as the browser gets them: the axis, the gaps, the source, the archipelagos, the alt text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.shown import LANGUAGES, chart, charts, open_page

INDICES = ("par", "pci", "papi", "sipas", "ict", "dti")


def line(spec: dict[str, Any], province: str) -> list[tuple[int | None, Any]]:
    """The points of a province's line, None between its pieces."""
    (trace,) = [trace for trace in spec["data"] if trace.get("name") == province]
    return list(zip(trace["x"], trace["y"], strict=True))


def plain(words: str) -> str:
    return words.replace("<br>", " ")


@pytest.mark.parametrize("index", INDICES)
def test_rank_1_is_on_top(index: str) -> None:
    bottom, top = chart(open_page("index_detail", index=index), "rank")["layout"]["yaxis"]["range"]

    assert bottom > 15 > 1 > top


def test_missing_years_and_breaks_cut_the_line() -> None:
    spec = chart(open_page("index_detail", index="papi"), "rank")

    assert line(spec, "Bắc Giang") == [
        *[(2011, 44), (2012, 39), (2013, 63), (None, None)],  # 2014: not published for the province
        *[(2015, 21), (None, None)],  # new method from 2016
        *[(2016, 11), (2017, 26), (None, None)],  # and again from 2018
        *[(2018, 3), (2019, 4), (2020, 13), (None, None)],  # 2021, 2022: left out
        *[(2023, 10), (2024, 16)],
    ]
    assert all(not trace.get("connectgaps") for trace in spec["data"])


def test_a_break_is_marked_between_two_editions() -> None:
    spec = chart(open_page("index_detail", index="sipas"), "rank")
    marks = [trace for trace in spec["data"] if trace.get("marker", {}).get("symbol") == "diamond-tall"]

    assert [mark["x"] for mark in marks] == [[2016.5, 2021.5]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["overview", "index_detail", "compare", "data"])
def test_every_chart_carries_its_source_and_title(name: str, language: str) -> None:
    shown = charts(open_page(name, lang=language, index="papi"))

    assert len(shown) == {"overview": 1, "index_detail": 4, "compare": 2, "data": 1}[name]
    for spec in shown:
        words = [plain(note["text"]) for note in spec["layout"]["annotations"]]
        assert spec["layout"]["meta"]["title"] in words
        assert spec["layout"]["meta"]["source"] in words
        assert spec["layout"]["meta"]["source"].startswith("Nguồn: " if language == "vi" else "Source: ")


@pytest.mark.parametrize(("language", "names"), [("vi", "Hoàng Sa Trường Sa"), ("en", "Hoang Sa Truong Sa")])
@pytest.mark.parametrize(("index", "edition"), [("pci", "2022"), ("dti", "2024-34")])
def test_both_archipelagos_are_on_every_map(index: str, edition: str, language: str, names: str) -> None:
    spec = chart(open_page("index_detail", index=index, edition=edition, lang=language), "map")
    tiles = " ".join(plain(words) for trace in spec["data"] for words in trace.get("text", []))

    for name in (names[: len(names) // 2 - 1].strip(), names[len(names) // 2 - 1 :].strip()):
        assert name in tiles
        assert name in spec["alt"]


def test_a_tile_tells_its_province_to_the_click() -> None:
    tiles = chart(open_page("index_detail", index="pci", edition="2022"), "map")["data"][0]

    assert len({name for (name,) in tiles["customdata"]}) == 63
    assert ["Bắc Giang"] in tiles["customdata"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Thứ hạng ICT của Bắc Giang: từ 19/63 năm 2016 lên 5/63 năm 2022"),
        ("en", "ICT rank of Bac Giang: from 19/63 in 2016 up to 5/63 in 2022"),
    ],
)
def test_alt_text_of_a_rank_line(language: str, said: str) -> None:
    assert chart(open_page("index_detail", index="ict", lang=language), "rank")["alt"].startswith(said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["overview", "index_detail", "compare", "data"])
def test_every_chart_has_words_for_who_cannot_see_it(name: str, language: str) -> None:
    for spec in charts(open_page(name, lang=language, index="pci", edition="2022")):
        assert len(spec["alt"]) > 40


def test_alt_text_of_the_map_has_year_and_rank() -> None:
    alt = chart(open_page("index_detail", index="pci", edition="2022"), "map")["alt"]

    assert alt == "Bản đồ ô PCI năm 2022, có quần đảo Hoàng Sa và Trường Sa; Bắc Giang: 2/63."


def test_numbers_follow_the_language() -> None:
    separators = {
        language: {spec["layout"]["separators"] for spec in charts(open_page("index_detail", lang=language))}
        for language in LANGUAGES
    }

    assert separators == {"vi": {",."}, "en": {".,"}}


def test_years_are_whole_numbers() -> None:
    assert chart(open_page("index_detail", index="ict"), "rank")["layout"]["xaxis"]["tickformat"] == "d"


def test_the_peers_of_a_chosen_group_are_drawn_with_the_focal_province_last() -> None:
    at = open_page("compare", index="pci", group="own", with_="bac-ninh,thai-nguyen")
    names = [trace["name"] for trace in chart(at, "compare-rank")["data"] if "name" in trace]

    assert names == ["Bắc Ninh", "Thái Nguyên", "Bắc Giang"]


def test_the_target_chosen_is_the_band_drawn() -> None:
    spec = chart(open_page("index_detail", index="pci", target="10"), "rank")
    (band,) = [shape for shape in spec["layout"]["shapes"] if shape["type"] == "rect"]

    assert band["y1"] == 10.5
    assert 10 in spec["layout"]["yaxis"]["tickvals"]
