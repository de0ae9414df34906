"""The outlook in sentences: every number comes from the answer, in both languages."""

import re

import pandas as pd
import pytest

from indices.analysis.backtest import CALIBRATION_DTYPES, backtest
from indices.analysis.cells import answer_table
from indices.analysis.outlook import outlook
from indices.analysis.refusal import Refusal
from indices.i18n import LANGUAGES, percent
from indices.narrative import outlook as words
from indices.narrative.refusal import refusal_sentence
from tests.unit.orders import ORDERS, catalogue_of, ranked

ROW = {
    "index": "PAPI",
    "year": 2024,
    "place": 16,
    "computed": True,
    "n_ranked": 61,
    "gained": -6,
    "target_rank": 15,
    "chance": 0.4153,
    "word": "on_the_line",
    "next_year": 2025,
    "next_merged": True,
    "next_breaks": False,
    "next_held": False,
    "borrowed": False,
    "learnt_from": "PCI, PAPI",
    "similar_of": "PAPI",
    "similar_way": "down",
    "similar_n": 24,
    "similar_within": 10,
}
TESTED = {
    "index": "PAPI",
    "n": 1490,
    "n_editions": 13,
    "first_year": 2011,
    "last_year": 2023,
    "mean_chance": 0.231,
    "share_within": 0.235,
    "brier": 0.1356,
    "brier_stay": 0.207,
    "brier_base": 0.17971,
    "beats": True,
    "clearly": True,
}


@pytest.fixture(scope="module")
def found():
    return outlook(ranked(ORDERS), catalogue_of(), "X", "B", 2)


def test_the_headline_names_word_target_and_chance(found):
    said = words.outlook_headline(found, "X", "Bắc Giang", "vi")
    assert said.startswith("X của Bắc Giang: ") and "nhóm 2" in said
    assert said.endswith(f"(khả năng {percent(found.row['chance'], 'vi')})")


@pytest.mark.parametrize(
    ("code", "said"),
    [("outlook_ended", "đã dừng"), ("outlook_not_better", "chưa đủ cơ sở")],
)
def test_the_headline_of_a_refusal(code, said):
    assert said in words.outlook_headline(Refusal(code, {}), "ICT", "Bắc Giang", "vi")


@pytest.mark.parametrize(
    ("gained", "said"),
    [
        (-6, "Tính từ hạng 16/61 (tính toán) năm 2024, giảm 6 bậc so với năm 2023."),
        (3, "Tính từ hạng 16/61 (tính toán) năm 2024, tăng 3 bậc so với năm 2023."),
        (0, "Tính từ hạng 16/61 (tính toán) năm 2024, giữ nguyên so với năm 2023."),
        (
            pd.NA,
            "Tính từ hạng 16/61 (tính toán) năm 2024; năm trước đó chưa có thứ hạng để biết tăng hay giảm.",
        ),
    ],
)
def test_from_which_place(gained, said):
    assert words.standing_sentence(ROW | {"gained": gained}, "vi") == said


def test_a_published_place_is_not_called_computed():
    assert "(" not in words.standing_sentence(ROW | {"computed": False}, "vi")


def test_similar_cases():
    assert words.similar_sentence(ROW, "vi") == (
        "Đếm trực tiếp trong lịch sử PAPI: tỉnh ở hạng 13–19 và vừa giảm bậc thì năm sau "
        "có mặt trong nhóm 15 ở 10/24 trường hợp (42%)."
    )
    borrowed = words.similar_sentence(ROW | {"similar_of": "all", "place": 2, "similar_way": "up"}, "en")
    assert borrowed.startswith("Counted in the history of PCI, PAPI: provinces at places 1–5 that had just")
    none = words.similar_sentence(ROW | {"similar_n": 0, "similar_within": 0, "place": 60}, "vi")
    assert "57–61" in none and "/0" not in none


def test_the_field_of_34_has_no_figure_and_the_condition_is_told():
    (merged,) = words.condition_sentences(ROW, "Bắc Giang", "Bắc Ninh", "vi")
    assert "Bắc Giang đã hợp nhất vào Bắc Ninh" in merged
    assert "nếu 63 tỉnh được xếp hạng thêm một năm" in merged
    assert "không dùng cho thứ hạng trong 34 tỉnh, thành" in merged
    (same,) = words.condition_sentences(ROW, "Cao Bằng", "Cao Bằng", "vi")
    assert "hợp nhất" not in same and "Cao Bằng" in same
    both = words.condition_sentences(
        ROW | {"index": "PCI", "next_breaks": True}, "Bắc Giang", "Bắc Ninh", "vi"
    )
    assert both[1] == "PCI từ năm 2025 cũng đổi phương pháp."


def test_an_edition_that_is_out_is_told():
    row = ROW | {"next_merged": False, "next_held": True, "next_year": 2024, "index": "PAR"}
    (said,) = words.condition_sentences(row, "Bắc Giang", "Bắc Ninh", "vi")
    assert said.startswith("PAR năm 2024 đã có kết quả nhưng chưa có thứ hạng của tỉnh")
    assert words.condition_sentences(row | {"next_held": False}, "x", "x", "vi") == []


def test_a_borrowed_model_says_on_whom_it_was_tested():
    assert words.borrowed_sentence(ROW, TESTED, "vi") == ""
    said = words.borrowed_sentence(ROW | {"borrowed": True, "index": "DTI"}, TESTED | {"n": 53}, "vi")
    assert "học từ PCI, PAPI" in said and "53 trường hợp" in said and "23%" in said and "24%" in said


def test_reliability_is_that_of_the_span_of_the_chance():
    bins = answer_table(
        [
            {"low": 0.4, "high": 0.5, "n": 73, "n_within": 33, "share_within": 33 / 73},
            {"low": 0.9, "high": 1.0, "n": 55, "n_within": 49, "share_within": 49 / 55},
        ],
        CALIBRATION_DTYPES,
    )
    assert words.reliability_sentence(bins, 0.4153, 15, "vi") == (
        "Trong các năm trước, khi mô hình cho khả năng 40%–50%, tỉnh có mặt trong nhóm 15 "
        "ở 33/73 trường hợp (45%)."
    )
    assert "49/55" in words.reliability_sentence(bins, 1.0, 15, "vi")
    assert words.reliability_sentence(bins, 0.2, 15, "vi") == ""


@pytest.mark.parametrize(
    ("changed", "ends"),
    [
        ({}, "Mô hình đoán tốt hơn cả hai cách, vượt quá sai số thống kê."),
        ({"clearly": False}, "Mô hình đoán tốt hơn cả hai cách, nhưng mức hơn còn trong phạm vi ngẫu nhiên."),
        (
            {"beats": False, "clearly": False},
            "Mô hình không tốt hơn cả hai cách nên không nêu khả năng.",
        ),
    ],
)
def test_the_backtest_in_words(changed, ends):
    said = words.test_sentence(TESTED | changed, "vi")
    assert said.startswith("PAPI: thử lại trên 1.490 dự báo của 13 năm đánh giá (kết quả các năm 2012–2024)")
    assert "0,1356" in said and "0,2070" in said and "0,1797" in said
    assert said.endswith(ends)


def test_the_backtest_of_all_together():
    assert words.test_sentence(TESTED | {"index": "all"}, "en").startswith("Tested on 1,490 forecasts of 13")


def test_hindsight_in_words(found):
    known = [
        (row["chance"], row["within"])
        for row in found.past.to_dict("records")
        if not pd.isna(row["chance"]) and not pd.isna(row["within"])
    ]
    right = sum((chance >= 0.5) == within for chance, within in known)
    assert len(known) == 8
    assert words.past_sentence(found, "vi").startswith("Trong 8 dự báo trước đây cho tỉnh mà nay đã biết")
    assert f"{right} dự báo nghiêng về đúng phía" in words.past_sentence(found, "vi")


def test_cells(found):
    assert re.fullmatch(r"[\w\s]+ \(\d+%\)", words.chance_cell(found, "vi"))
    assert words.similar_cell(found, "vi") == "7/13 (54%)"
    refused = Refusal("outlook_ended", {"index": "ICT", "last": 2023, "successor": "DTI"})
    assert words.chance_cell(refused, "vi") == "không có: chỉ số đã dừng"
    assert words.similar_cell(refused, "vi") == ""
    assert [words.verdict(TESTED | c, "en") for c in ({}, {"clearly": False}, {"beats": False})] == [
        "beats both",
        "beats both, may be luck",
        "does not beat both",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "refusal",
    [
        Refusal("outlook_ended", {"index": "ICT", "last": 2023, "successor": "DTI"}),
        Refusal("outlook_no_place", {"index": "DTI"}),
        Refusal("outlook_no_history", {"index": "PCI", "year": 2009, "least": 3}),
        Refusal("outlook_untested", {"index": "DTI", "n": 7, "least": 30, "editions": 3}),
        Refusal(
            "outlook_not_better", {"index": "SIPAS", "n": 57, "model": 0.1363, "stay": 0.1228, "base": 0.3324}
        ),
    ],
    ids=lambda refusal: refusal.code,
)
def test_refusals_say_why_with_their_numbers(refusal, language):
    said = refusal_sentence(refusal, language, words.BRIER_DIGITS)
    for slot in refusal.slots.values():
        written = (
            f"{slot:.4f}".replace(".", "," if language == "vi" else ".") if slot.__class__ is float else slot
        )
        assert str(written) in said
    assert words.outlook_headline(refusal, "DTI", "Đà Nẵng", language)
    assert words.chance_cell(refusal, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_who_cannot_see_the_charts(found, language):
    row, tested = found.row, backtest(ranked(ORDERS), catalogue_of(), 2).score_of("X")
    assert "2/5" in words.curve_alt(row, "B", language)
    assert "8" in words.past_alt(found, "B", language)
    assert "40" in words.calibration_alt(tested, language)
