"""The overview's three sentences for each index: why, what it takes, how sure."""

from __future__ import annotations

import re

import pytest

from tests.pages.shown import address, assert_calm, html, open_page, text_of


def sentences(**choices: str) -> dict[str, list[str]]:
    """What the overview says of each index."""
    at = open_page("overview", **choices)
    assert_calm(at)
    blocks = re.findall(r"<section><h3>(.*?)</h3><ul>(.*?)</ul></section>", html(at), flags=re.S)
    return {
        index: [
            text_of(one).replace("\u00a0", " ") for one in re.findall(r"<li>(.*?)</li>", said, flags=re.S)
        ]
        for index, said in blocks
    }


def test_every_index_with_figures_has_three_sentences_of_at_most_thirty_words() -> None:
    said = sentences()
    assert list(said) == ["PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI"]
    assert {index: len(three) for index, three in said.items()} == dict.fromkeys(said, 3)
    assert [one for three in said.values() for one in three if len(one.split()) > 30] == []


@pytest.mark.parametrize(
    ("language", "why", "takes", "sure"),
    [
        (
            "vi",
            "giảm 6 bậc (10 → 16) so với 2023: do điểm của tỉnh +2,5; do các tỉnh khác −6,5",
            "cần thêm 0,0525 điểm để vào nhóm 15; mất nhiều điểm nhất ở Quản trị môi trường (6,81 điểm)",
            "sát ngưỡng; khả năng trong nhóm 15 khoảng 49%, theo sai số chuẩn của năm 2023",
        ),
        (
            "en",
            "down 6 in rank (10 → 16) on 2023: own score +2.5; other provinces −6.5",
            "0.0525 points short of the top 15; most points are lost in Environmental Governance (6.81)",
            "on the line; chance of the top 15 about 49%, by the standard errors of 2023",
        ),
    ],
)
def test_papi_2024(language: str, why: str, takes: str, sure: str) -> None:
    first, second, third = sentences(lang=language)["PAPI"]
    assert why in first
    assert takes in second
    assert sure in third


def test_where_no_errors_are_published_the_outlook_says_how_sure() -> None:
    assert "khả năng 93%" in sentences()["PCI"][2]


def test_an_index_without_any_basis_says_so() -> None:
    assert "chưa công bố cơ sở" in sentences()["SIPAS"][2]


def test_a_province_with_little_known_says_what_is_missing() -> None:
    said = sentences(province="thai-binh")
    assert "chưa có thứ hạng năm trước để so sánh" in said["PAR"][0]
    assert "SIPAS" not in said


def test_the_pages_behind_the_sentences_are_linked_with_the_choices() -> None:
    at = open_page("overview", lang="en", province="ha-tinh")
    links = [
        part.proto for part in at.get("page_link") if part.proto.page.endswith(("why", "gap", "outlook"))
    ]
    assert address(at)["province"] == "ha-tinh"
    assert len(links) >= 6
    assert {link.query_string for link in links} == {"lang=en&province=ha-tinh&target=15"}
