"""The outlook page: the finding first, what it rests on, the backtest with n; no figure where none holds."""

from __future__ import annotations

import pytest

from tests.pages.conftest import MakeData
from tests.pages.shown import LANGUAGES, assert_calm, chart, charts, open_page, rows, texts, unfold
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without

INDICES = ("par", "pci", "papi", "sipas", "ict", "dti")


def said(at, piece: str) -> bool:
    return any(piece in words for words in texts(at))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("index", INDICES)
def test_the_page_stands_in_one_language(index: str, language: str) -> None:
    at = unfold(open_page("outlook", index=index, lang=language))

    assert_calm(at)
    shown = texts(at)
    assert len(shown) > 40
    if language == "vi":
        assert {piece: words for piece in shown if (words := english_in(piece))} == {}
    else:
        allowed = official_titles()
        left = {piece: VIETNAMESE_LETTER.findall(without(piece, allowed)) for piece in shown}
        assert {piece: words for piece, words in left.items() if words} == {}


def test_the_first_line_is_the_finding() -> None:
    at = open_page("outlook", index="papi")

    assert said(at, "PAPI của Bắc Giang: sát ngưỡng nhóm 15 ở năm đánh giá tiếp theo (khả năng 42%)")
    assert said(at, "Tính từ hạng 16/61 (tính toán) năm 2024, giảm 6 bậc so với năm 2023.")
    assert said(at, "hạng 13–19 và vừa giảm bậc thì năm sau có mặt trong nhóm 15 ở 10/24 trường hợp (42%)")
    assert said(at, "nếu 63 tỉnh được xếp hạng thêm một năm như cũ; không dùng cho thứ hạng trong 34 tỉnh")


def test_pci_also_tells_its_new_method() -> None:
    assert said(open_page("outlook", index="pci"), "PCI từ năm 2025 cũng đổi phương pháp.")
    assert not said(open_page("outlook", index="papi"), "PAPI từ năm 2025 cũng đổi phương pháp.")


def test_a_province_that_was_not_merged_is_told_so() -> None:
    at = open_page("outlook", index="papi", province="cao-bang")

    assert said(at, "khả năng của Cao Bằng nếu 63 tỉnh được xếp hạng thêm một năm")
    assert not said(at, "Cao Bằng đã hợp nhất")


@pytest.mark.parametrize(
    ("index", "why"),
    [
        ("sipas", "thử trên 57 trường hợp, mô hình không đoán tốt hơn các cách đơn giản"),
        ("ict", "ICT đã dừng từ năm 2023 nên không có năm đánh giá tiếp theo. Chỉ số kế tiếp: DTI."),
    ],
)
def test_an_index_without_a_chance_says_why_and_shows_no_curve(index: str, why: str) -> None:
    at = open_page("outlook", index=index)

    assert said(at, why)
    shown = [spec["layout"]["meta"]["title"] for spec in charts(at)]
    assert shown == ["Khả năng đã nói và tỷ lệ đã xảy ra"]


def test_the_table_of_the_backtest_stands_on_every_page_with_n() -> None:
    at = open_page("outlook", index="sipas")
    table = {line[0]: line[1:] for line in rows(at, "Brier: mô hình")}

    assert table["Gộp (PCI, PAPI)"][:5] == ["tốt hơn cả hai", "1.490 (24)", "0,1178", "0,1711", "0,1805"]
    assert table["PAPI"][:5] == ["tốt hơn cả hai", "797 (13)", "0,1356", "0,2070", "0,1797"]
    assert table["PAPI"][5:] == ["+0,0714 ± 0,0174", "+0,0441 ± 0,0104"]
    assert table["SIPAS"][:3] == ["không tốt hơn", "57 (7)", "0,1363"]
    assert table["ICT"][0] == "tốt hơn, có thể do ngẫu nhiên"
    assert list(table)[1:] == ["PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI"]


def test_every_index_beside_the_one_in_view() -> None:
    listed = rows(open_page("outlook", index="papi"), "Trường hợp tương tự")

    assert [line[:3] for line in listed] == [
        ["PAR", "nhiều khả năng (86%)", "24/25 (96%)"],
        ["PCI", "nhiều khả năng (93%)", "21/21 (100%)"],
        ["PAPI", "sát ngưỡng (42%)", "10/24 (42%)"],
        ["SIPAS", "không nêu: mô hình không tốt hơn cách đoán đơn giản", "–"],
        ["ICT", "không có: chỉ số đã dừng", "–"],
        ["DTI", "sát ngưỡng (62%)", "9/11 (82%)"],
    ]
    assert listed[2][3:] == ["2024", "16/61 (tính toán)"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_carries_its_source_and_words(language: str) -> None:
    at = open_page("outlook", index="pci", lang=language)

    assert len(charts(at)) == 3
    for spec in charts(at):
        assert spec["layout"]["meta"]["source"].startswith("Nguồn: " if language == "vi" else "Source: ")
        assert len(spec["alt"]) > 40


def test_the_forecasts_made_then_are_in_the_table_below() -> None:
    at = unfold(open_page("outlook", index="pci"))
    made = {line[0]: line[1:] for line in rows(at, "Dự báo cho năm")}

    assert list(made)[:2] == ["2025", "2024"]
    assert made["2025"] == ["2024", "4/63", "93%", "nhiều khả năng", "–"]
    assert made["2022"] == ["2021", "31/63", "10%", "khó", "2"]
    assert "2011" not in made  # too little was known in 2010


def test_the_target_chosen_is_the_one_forecast() -> None:
    at = open_page("outlook", index="pci", target="5")

    (band,) = chart(at, "chance-pci")["layout"]["shapes"]
    assert band["x1"] == 5.5
    assert said(at, "nhóm 5 ở năm đánh giá tiếp theo")


def test_with_hardly_any_figures_the_page_says_what_is_missing(make_data: MakeData) -> None:
    make_data("papi/2024")
    at = open_page("outlook", index="papi")

    assert at.exception == []
    assert said(at, "Trước năm 2024 chưa có đủ 3 năm đánh giá biết kết quả của mọi tỉnh để học")
    assert said(at, "Chưa có đủ năm đánh giá biết thứ hạng của mọi tỉnh để thử mô hình.")
