"""The scenario on the page of the gap: boxes, the address, the buttons, and where there is none."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.shown import (
    LANGUAGES,
    address,
    alerts,
    assert_calm,
    chart,
    html,
    open_page,
    rows,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without

PCI = {"index": "pci", "edition": "2021"}


def box(at: AppTest, part: str) -> Any:
    """The box of a component."""
    (found,) = [one for one in at.number_input if one.key.startswith(f"sc-box-{part}.")]
    return found


def button(at: AppTest, name: str) -> Any:
    (found,) = [one for one in at.button if one.key.startswith(f"sc-{name}.")]
    return found


def said(at: AppTest) -> str:
    return text_of(html(at))


def test_it_begins_with_the_published_scores() -> None:
    at = open_page("gap", **PCI)

    assert len([one for one in at.number_input if one.key.startswith("sc-box-")]) == 10
    assert box(at, "transparency").value == pytest.approx(6.269098)
    assert "Tổng điểm PCI năm 2021 đã công bố: 64,74. Hiện tại: hạng 31/63" in said(at)
    assert "sc" not in address(at)
    assert button(at, "reset").disabled
    assert_calm(at)


def test_a_changed_box_changes_total_rank_and_address() -> None:
    at = open_page("gap", **PCI)
    box(at, "transparency").set_value(7.5).run()

    # (7.5 - 6.269098) × 2 = 2.46 points more: 67.20, just over Lâm Đồng's 67.17.
    assert "Tổng điểm 67,20 (+2,46 so với 64,74 đã công bố)." in said(at)
    assert "Nếu các tỉnh khác giữ nguyên điểm: hạng tính toán 15/63, đạt mục tiêu nhóm 15." in said(at)
    assert "hạng tính toán 19/63, chưa đạt mục tiêu nhóm 15." in said(at)
    assert address(at)["sc"] == "transparency:7.5"
    assert not button(at, "reset").disabled


def test_the_link_rebuilds_the_scenario() -> None:
    first = open_page("gap", **PCI)
    box(first, "transparency").set_value(7.25).run()
    box(first, "land_access").set_value(8.0).run()
    second = open_page("gap", **address(first))

    assert address(second)["sc"] == "land_access:8,transparency:7.25"
    assert box(second, "land_access").value == 8
    assert said(second) == said(first)
    assert chart(second, "scenario") == chart(first, "scenario")


def test_the_fewest_points_reach_the_target() -> None:
    at = open_page("gap", **PCI)
    button(at, "fewest").click().run()

    assert address(at)["sc"] == "business_support:7.2539"
    assert box(at, "business_support").value == pytest.approx(7.2539)
    assert "hạng tính toán 15/63, đạt mục tiêu nhóm 15." in said(at)


def test_the_realistic_scenario_reaches_the_target_and_is_taken_back() -> None:
    at = open_page("gap", **PCI)
    button(at, "realistic").click().run()

    assert len(address(at)["sc"].split(",")) == 10
    assert "đạt mục tiêu nhóm 15." in said(at)
    button(at, "reset").click().run()
    assert "sc" not in address(at)
    assert box(at, "transparency").value == pytest.approx(6.269098)
    assert "Hiện tại: hạng 31/63" in said(at)


def test_what_the_address_cannot_mean_is_told_once_and_left_out() -> None:
    at = open_page("gap", **PCI, sc="transparency:7.5,land_access:99,foo:1,transparency:8")

    assert len(alerts(at)) == 3
    assert all("kịch bản" in one for one in alerts(at))
    assert "land\\_access\\:99" in alerts(at)[0]
    assert address(at)["sc"] == "transparency:7.5"
    assert "67,20" in said(at)
    assert alerts(at.run()) == []


@pytest.mark.parametrize(
    "code", ["", "x", "land_access", "land_access:", "land_access:-1", "land_access:1e1", ":5"]
)
def test_a_broken_scenario_is_the_published_one(code: str) -> None:
    at = open_page("gap", **PCI, sc=code)

    assert not at.exception
    assert "Hiện tại: hạng 31/63" in said(at)
    assert "sc" not in address(at) or not address(at)["sc"]


def test_another_edition_begins_anew() -> None:
    at = open_page("gap", **PCI, sc="transparency:7.5")
    (choice,) = [one for one in at.selectbox if one.key.startswith("edition.")]
    choice.set_value("2020").run()

    assert "sc" not in address(at)
    assert "Tổng điểm PCI năm 2020 đã công bố: 63,98. Hiện tại: hạng 27/63" in said(at)


def test_par_follows_sipas_and_the_other_way_round() -> None:
    at = open_page("gap", index="par", edition="2021")
    box(at, "sipas").set_value(95.0).run()

    assert box(at, "impact_sipas").value == pytest.approx(9.5)
    assert address(at)["sc"] == "sipas:95"
    assert "Tổng điểm 89,15 (+0,50 so với 88,65 đã công bố)." in said(at)
    assert "giữa hạng 6 và hạng 7 trong 63 tỉnh, đạt mục tiêu nhóm 15." in said(at)

    box(at, "impact_sipas").set_value(8.0).run()
    assert box(at, "sipas").value == pytest.approx(80)
    assert "Tổng điểm 87,65 (−1,00 so với 88,65 đã công bố)." in said(at)


def test_a_linked_part_of_par_from_the_address() -> None:
    at = open_page("gap", index="par", edition="2021", sc="impact_sipas:9.5")

    assert box(at, "sipas").value == pytest.approx(95)
    assert "Tổng điểm 89,15" in said(at)
    assert alerts(open_page("gap", index="par", edition="2021", sc="impact_sipas:9.5,sipas:80")) != []


def test_a_target_that_is_met_may_lose_and_fills_nothing() -> None:
    at = open_page("gap", index="par", edition="2021")

    assert "Đã trong nhóm 15: có thể mất tối đa 1,04 điểm (còn 87,61)" in said(at)
    assert [one.key.split(".")[0] for one in at.button if one.key.startswith("sc-")] == ["sc-reset"]


@pytest.mark.parametrize(
    ("index", "edition", "newest"),
    [("pci", "2024", "2022"), ("par", "2022", "2021"), ("dti", "2023", "2020")],
)
def test_where_there_is_none_the_newest_edition_is_offered(index: str, edition: str, newest: str) -> None:
    at = open_page("gap", index=index, edition=edition)

    assert f"Chưa tính được kịch bản năm {edition}." in " ".join(one.value for one in at.info)
    (link,) = [
        one.proto
        for one in at.get("page_link")
        if "kịch bản" in one.proto.label and newest in one.proto.label
    ]
    assert f"edition={newest}" in link.query_string
    assert [one for one in at.number_input if one.key.startswith("sc-box-")] == []


def test_sipas_never_has_one() -> None:
    at = open_page("gap", index="sipas")

    assert "Chưa có năm nào của SIPAS đủ số liệu để tính kịch bản cho tỉnh." in said(at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("index", "edition"), [("pci", "2021"), ("papi", "2024"), ("dti", "2020")])
def test_chart_and_table(language: str, index: str, edition: str) -> None:
    at = unfold(open_page("gap", index=index, edition=edition, lang=language))
    spec = chart(at, "scenario")

    assert spec["layout"]["meta"]["source"].startswith("Nguồn: " if language == "vi" else "Source: ")
    assert len(spec["alt"]) > 40
    heading = "Theo kịch bản" if language == "vi" else "Scenario"
    assert len(rows(at, heading)) == {"pci": 10, "papi": 8, "dti": 3}[index]
    assert not at.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_box_has_a_name_and_what_is_usual(language: str) -> None:
    at = open_page("gap", **PCI, lang=language)
    usual = "thay đổi phổ biến từ" if language == "vi" else "mostly changed by"

    for one in at.number_input:
        assert ("6,27/10" if language == "vi" else "6.27/10") in box(at, "transparency").label
        assert usual in one.help


@pytest.mark.parametrize(
    ("index", "edition"), [("pci", "2021"), ("papi", "2024"), ("par", "2021"), ("pci", "2024")]
)
def test_nothing_of_the_other_language_is_left(index: str, edition: str) -> None:
    vietnamese = texts(unfold(open_page("gap", index=index, edition=edition)))
    english = texts(unfold(open_page("gap", index=index, edition=edition, lang="en")))
    allowed = official_titles()

    assert {piece: found for piece in vietnamese if (found := english_in(piece))} == {}
    assert [piece for piece in english if VIETNAMESE_LETTER.search(without(piece, allowed))] == []
    assert len(vietnamese) > 60
