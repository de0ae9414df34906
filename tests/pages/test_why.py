"""The page about changes: what it says and draws where all is known, where a part is, where nothing is."""

from __future__ import annotations

import pytest

from tests.pages.shown import (
    LANGUAGES,
    address,
    alerts,
    assert_calm,
    chart,
    charts,
    control,
    html,
    open_page,
    tables,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without

TITLES = {
    "vi": "PCI 2022 đã đổi phương pháp, không so sánh trực tiếp với năm 2021; tỉnh tăng 29 bậc (31 → 2): "
    "điểm của tỉnh tăng đưa lên 33 bậc, các tỉnh khác tiến lên kéo xuống 4 bậc.",
    "en": "PCI 2022 has a new method and is not directly comparable with 2021; up 29 in rank (31 → 2): "
    "the province's higher score lifted it by 33, other provinces' gains cost it 4.",
}


def names(at) -> list[str]:
    """The charts of the page by the beginning of their keys."""
    found = ("why-place", "why-movers", "why-score", "why-weights", "why-parts")
    return [name for name in found if any(f"chart.{name}" in one.proto.id for one in at.get("plotly_chart"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_says_what_moved_the_place_and_the_break_first(language: str) -> None:
    at = open_page("why", index="pci", edition="2022", lang=language)
    assert_calm(at)

    assert TITLES[language] in text_of(html(at)).replace("\N{NO-BREAK SPACE}", " ")
    assert names(at) == ["why-place", "why-movers", "why-weights", "why-parts"]


def test_without_a_break_the_parts_of_the_score_are_drawn() -> None:
    at = open_page("why", index="papi", edition="2024")
    words = text_of(html(at)).replace("\N{NO-BREAK SPACE}", " ")

    assert names(at) == ["why-place", "why-movers", "why-score"]
    assert "PAPI 2024: giảm 6 bậc so với năm 2023 (10 → 16)" in words
    assert "tỉnh mới được xếp hạng kéo xuống 2 bậc" in words
    assert "tăng nhiều nhất: Cung ứng dịch vụ công (+0,43)" in words


def test_a_partial_field_says_what_is_missing_and_shows_what_is_known() -> None:
    at = open_page("why", index="pci", edition="2023")
    words = text_of(html(at)).replace("\N{NO-BREAK SPACE}", " ")

    assert "PCI 2023: giảm 2 bậc so với năm 2022 (2 → 4); chưa tách được nguyên nhân" in words
    assert "Điểm của tỉnh: 72,80 năm 2022, 69,75 năm 2023 (−3,05)." in words
    assert "mới có 16/63 tỉnh năm 2023 và 63/63 tỉnh năm 2022" in at.info[0].value
    assert names(at) == ["why-movers"]
    assert "bị 2 tỉnh vượt qua, không vượt tỉnh nào" in chart(at, "why-movers")["alt"]
    assert_calm(at)


@pytest.mark.parametrize(
    ("index", "edition", "said"),
    [
        ("par", "2024", "Chưa có thứ hạng PAR năm 2024 của tỉnh"),
        ("pci", "2006", "Chưa có số liệu PCI của tỉnh ở năm nào trước năm 2006"),
        ("dti", "2024-34", "DTI 2024-34 là bảng xếp hạng đầu tiên của 34 tỉnh, thành"),
    ],
)
def test_where_there_is_nothing_to_compare_the_title_says_why(index: str, edition: str, said: str) -> None:
    at = open_page("why", index=index, edition=edition)

    assert said in text_of(html(at))
    assert charts(at) == [] and alerts(at) == []


def test_it_opens_with_the_newest_edition_that_can_be_split_and_names_the_newer_ones() -> None:
    at = open_page("why", index="pci")

    assert control(at, "edition").value == "2022"
    assert "Năm 2023, 2024 mới hơn" in text_of(html(at))
    assert "edition" not in address(at)


def test_the_edition_compared_with_is_a_choice_of_its_own() -> None:
    at = open_page("why", index="pci", edition="2020", since="2018")

    assert control(at, "since").value == "2018"
    assert "PCI 2020: tăng 9 bậc so với năm 2018" in text_of(html(at))
    control(at, "edition").set_value("2021").run()
    assert control(at, "since").value == "2020"


def test_the_tables_hold_the_figures_of_the_charts() -> None:
    at = unfold(open_page("why", index="pci", edition="2022"))

    (steps,) = tables(at, "Nguyên nhân")
    assert [line[:2] for line in steps[1:3]] == [["Điểm của tỉnh", "+33"], ["Các tỉnh khác", "−4"]]
    (crossings,) = tables(at, "Đổi vị trí")
    assert len(crossings) == 30
    assert crossings[1] == ["Hải Phòng", "bị vượt qua", "2", "3", "70,61", "70,76", "+1", "0"]
    (scores,) = tables(at, "Bộ trọng số")
    assert scores[2] == ["2021", "theo trọng số mới", "65,542", "65,542", "47"]
    assert scores[3] == ["2022", "theo trọng số cũ", "68,845", "68,845", "–"]


@pytest.mark.parametrize("index", ["pci", "papi", "par", "sipas", "ict", "dti"])
def test_one_language_a_page(index: str) -> None:
    vietnamese = texts(unfold(open_page("why", index=index, lang="vi")))
    assert {piece: found for piece in vietnamese if (found := english_in(piece))} == {}
    allowed = official_titles()
    english = texts(unfold(open_page("why", index=index, lang="en")))
    assert [piece for piece in english if VIETNAMESE_LETTER.search(without(piece, allowed))] == []


def test_every_edition_of_every_index_can_be_opened() -> None:
    at = open_page("why", index="par")
    seen = 0
    for index in ("par", "pci", "papi", "sipas", "ict", "dti"):
        at = open_page("why", index=index)
        for edition in control(at, "edition").options[::3]:
            at = open_page("why", index=index, edition=edition.split(" ")[0])
            assert [one.value for one in at.exception] == []
            seen += 1
    assert seen > 18
