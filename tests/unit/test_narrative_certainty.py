"""Sentences about how sure a rank is: every number in them stands in the row they were made from."""

import re

import pandas as pd
import pytest

from indices.analysis.cells import answer_table
from indices.analysis.certainty import CERTAINTY_DTYPES, Certainty
from indices.analysis.rank_movement import MOVEMENT_DTYPES
from indices.analysis.refusal import Refusal
from indices.i18n import LANGUAGES
from indices.narrative import certainty as words

SAMPLING = {
    "province": "Bắc Giang",
    "basis": "sampling_earlier",
    "place": 16,
    "computed": True,
    "rank_computed": 16,
    "rank_low": 4,
    "rank_high": 36,
    "extended": False,
    "n_above": 3,
    "n_below": 25,
    "chance": 0.487,
    "word": "on_the_line",
    "n_provinces": 61,
    "draws": 2000,
    "score": 44.6854,
    "se": 0.1438,
    "se_assumed": False,
    "n_assumed": 2,
    "errors_edition": "2023",
}
WEIGHTS = SAMPLING | {
    "basis": "weights",
    "chance": 0.0,
    "word": "very_hard",
    "rank_low": 24,
    "rank_high": 34,
    **dict.fromkeys(("n_above", "n_below", "se", "errors_edition")),
}
ROUNDING = WEIGHTS | {"basis": "rounding", "draws": 0, "rank_low": 16, "rank_high": 16, "decimals": 4}


def answer(*rows, edition="2024", target=15):
    return Certainty("PAPI", edition, "Bắc Giang", target, answer_table(rows, CERTAINTY_DTYPES))


@pytest.mark.parametrize(
    ("chance", "draws", "vi", "short"),
    [
        (0.487, 2000, "khoảng 49%", "49%"),
        (0.0, 2000, "dưới 1%", "<1%"),
        (0.004, 2000, "dưới 1%", "<1%"),
        (0.0095, 2000, "dưới 1%", "<1%"),
        (0.01, 2000, "khoảng 1%", "1%"),
        (0.99, 2000, "khoảng 99%", "99%"),
        (0.9995, 2000, "trên 99%", ">99%"),
        (1.0, 2000, "trên 99%", ">99%"),
        (1.0, 0, "100%", "100%"),
        (0.0, 0, "0%", "0%"),
        (0.5, 0, "50%", "50%"),
    ],
)
def test_a_chance_in_words(chance, draws, vi, short):
    row = {"chance": chance, "draws": draws}
    assert words.chance_text(row, "vi") == vi
    assert words.chance_text(row, "vi", short=True) == short


def test_the_finding_begins_with_the_word():
    assert words.sentence(answer(SAMPLING, ROUNDING), "Bắc Giang", "vi") == (
        "Sát ngưỡng: xét sai số khảo sát, khả năng Bắc Giang thật sự nằm trong nhóm 15 là khoảng 49%."
    )
    assert words.sentence(answer(WEIGHTS), "Bac Giang", "en") == (
        "Very hard: with every weight off by up to 25%, under 1% of 2,000 trials have Bac Giang within the "
        "top 15; in 90% of them it ranks 24 to 34."
    )


def test_the_basis_and_its_assumptions_are_named():
    assert words.notes(answer(SAMPLING, ROUNDING), "Bắc Giang", "vi") == [
        "So từng cặp tỉnh, 3 tỉnh hơn rõ rệt, 25 tỉnh kém rõ rệt, các tỉnh còn lại nằm trong sai số: hạng "
        "theo điểm là 16/61, khoảng tin cậy ít nhất 90% của hạng là từ 4 đến 36.",
        "Cơ sở: năm 2024 chưa công bố sai số chuẩn nên giả định sai số từng tỉnh như năm 2023.",
        "2 tỉnh chưa có sai số riêng; dùng mức giữa (trung vị) của các tỉnh.",
        "Làm tròn điểm (ghi đến 4 chữ số thập phân) không làm đổi hạng 16: không tỉnh nào bằng điểm "
        "Bắc Giang.",
    ]


def test_an_error_that_is_not_the_provinces_own_is_told():
    own = SAMPLING | {"basis": "sampling", "se_assumed": True, "n_assumed": 1, "se": 0.61545}
    found = words.notes(answer(own), "Cà Mau", "vi")
    assert (
        "Sai số riêng của Cà Mau chưa công bố; dùng mức giữa (trung vị) của các tỉnh là 0,62 điểm." in found
    )
    assert not any("tỉnh chưa có sai số riêng" in said for said in found)
    assert "Cơ sở: sai số chuẩn đã công bố của PAPI 2024." in found


def test_trials_are_called_sensitivity_and_a_widened_interval_says_so():
    found = words.notes(answer(WEIGHTS | {"extended": True}), "Bắc Giang", "vi")
    assert any("độ nhạy" in said and "không phải độ tin cậy" in said for said in found)
    assert "Khoảng hạng được nới ra để chứa hạng tính toán 16." in found
    assert not any("tin cậy ít nhất" in said for said in found)


def test_rounding_alone_is_said_to_be_all_there_is():
    assert words.notes(answer(ROUNDING), "Bắc Giang", "vi")[-1].startswith("Chưa có cơ sở công bố nào khác")
    tied = ROUNDING | {"rank_high": 17}
    assert words.sentence(answer(tied), "Bắc Giang", "vi") == (
        "Làm tròn điểm (ghi đến 4 chữ số thập phân): có tỉnh bằng điểm Bắc Giang, "
        "nên hạng có thể từ 16 đến 17."
    )


@pytest.mark.parametrize(
    ("row", "vi", "en"),
    [
        (
            SAMPLING,
            "PAPI 2024: sát ngưỡng; khả năng trong nhóm 15 khoảng 49%, theo sai số chuẩn của năm 2023.",
            "PAPI 2024: on the line; chance of the top 15 about 49%, by the standard errors of 2023.",
        ),
        (
            SAMPLING | {"basis": "sampling", "chance": 0.03, "word": "very_hard"},
            "PAPI 2024: rất khó; khả năng trong nhóm 15 khoảng 3%, theo sai số chuẩn đã công bố.",
            "PAPI 2024: very hard; chance of the top 15 about 3%, by published standard errors.",
        ),
        (
            WEIGHTS,
            "PAPI 2024: rất khó; dưới 1% số lần thử đổi trọng số cho hạng trong nhóm 15.",
            "PAPI 2024: very hard; under 1% of the trials with other weights rank within the top 15.",
        ),
        (
            ROUNDING,
            "PAPI 2024: làm tròn điểm không đổi hạng 16; chưa công bố sai số để nói hạng chắc đến đâu.",
            "PAPI 2024: rounding of scores does not change rank 16; no errors are published to say how sure "
            "it is.",
        ),
        (
            ROUNDING | {"rank_high": 18},
            "PAPI 2024: do làm tròn điểm, hạng có thể từ 16 đến 18; chưa công bố sai số để nói chắc hơn.",
            "PAPI 2024: for rounding of scores the rank may be 16 to 18; no errors are published to say "
            "more.",
        ),
    ],
)
def test_one_sentence_for_the_overview(row, vi, en):
    assert words.briefing(answer(row), "PAPI", "vi") == vi
    assert words.briefing(answer(row), "PAPI", "en") == en


def test_a_refusal_says_that_no_basis_is_published():
    refusal = Refusal("certainty_no_field", {"index": "PAR", "edition": "2023", "held": 24, "n": 63})
    assert words.briefing(refusal, "PAR", "vi") == (
        "PAR 2023: chưa công bố cơ sở để nói thứ hạng chắc đến đâu (mới có điểm của 24/63 tỉnh)."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", [SAMPLING, WEIGHTS, ROUNDING], ids=lambda row: row["basis"])
def test_no_number_comes_from_elsewhere(row, language):
    given = answer(row)
    text = " ".join([words.sentence(given, "T", language), *words.notes(given, "T", language)])
    text += words.briefing(given, "PAPI", language) + words.alt(given, row, 20, "T", language)
    told = {float(found.replace(".", "").replace(",", "")) for found in re.findall(r"\d[\d.,]*\b", text)}
    known = {value for value in row.values() if isinstance(value, int | float)}
    known |= {2024, 2023, 15, round(row["chance"] * 100), 1, 20}
    known |= {90, 25}  # the coverage and the change of weights, which are constants
    assert told <= known


def test_thresholds_are_those_of_the_words():
    assert words.thresholds_sentence("vi") == (
        "Cách gọi theo khả năng: chắc chắn từ 95%, nhiều khả năng từ 70%, sát ngưỡng từ 30%, khó từ 5%, "
        "rất khó dưới 5%."
    )


def test_the_chart_says_what_it_rests_on():
    assert words.chart_how(SAMPLING, "vi").startswith("Giả định sai số của năm 2023. Chấm là thứ hạng")
    assert words.chart_how(SAMPLING | {"basis": "sampling"}, "vi").startswith("Theo sai số chuẩn đã công bố.")
    assert words.chart_how(WEIGHTS, "en").startswith("Every weight off by up to 25%. Dot: the rank")
    assert "tin cậy" not in words.chart_how(WEIGHTS, "vi")


def test_the_newest_answer_is_named_with_its_basis():
    assert words.last_sentence(answer(WEIGHTS, edition="2021"), "vi") == (
        "Năm gần nhất nói được: 2021, bằng cách thử đổi trọng số."
    )


MOVEMENT = answer_table(
    [
        {"group": "all", "median": 9, "p90": 25, "n": 673, "first": "2011", "last": "2024", "whole": True},
        {"group": "top", "median": 7, "p90": 24, "n": 160, "first": "2011", "last": "2024", "whole": True},
        {"group": "middle", "n": 3, "whole": True},
        {"group": "rest", "n": 3, "whole": True},
    ],
    MOVEMENT_DTYPES,
)
HISTORY = {
    "year": 2024,
    "place": 16,
    "n_ranked": 61,
    "change": -6,
    "change_since": "2023",
    "comparable": True,
}


def moves(movement: pd.DataFrame | Refusal = MOVEMENT, **changed):
    return words.movement_sentences(movement, HISTORY | changed, "PAPI", "Bắc Giang", "vi")


def test_the_usual_movement_is_that_of_the_group_the_province_came_from():
    assert moves() == [
        "Thứ hạng PAPI vốn dao động: trong 160 lượt so sánh hai năm liền nhau (2011–2024), một nửa số lượt "
        "của nhóm đầu bảng (đến hạng 15) đổi không quá 7 bậc, chín phần mười không quá 24 bậc.",
        "Bắc Giang giảm 6 bậc so với năm 2023: trong mức dao động thường thấy.",
    ]


@pytest.mark.parametrize(
    ("place", "change", "said"),
    [
        (16, 0, "Bắc Giang giữ nguyên hạng so với năm 2023."),
        (4, 7, "Bắc Giang tăng 7 bậc so với năm 2023: trong mức dao động thường thấy."),
        (22, -8, "Bắc Giang giảm 8 bậc so với năm 2023: hơn mức dao động thường thấy, nhưng chưa hiếm."),
        (40, -26, "Bắc Giang giảm 26 bậc so với năm 2023: vượt mức dao động thường thấy."),
    ],
)
def test_a_change_is_called_noise_or_not(place, change, said):
    assert moves(place=place, change=change)[-1] == said


@pytest.mark.parametrize(
    "changed", [{"change": None}, {"comparable": False}, {"change_since": "2022"}], ids=lambda c: str(c)
)
def test_only_a_change_on_the_year_before_is_judged(changed):
    (said,) = moves(**changed)
    assert "của mọi tỉnh đổi không quá 9 bậc" in said


def test_a_movement_of_published_ranks_says_whose_they_are():
    partial = MOVEMENT.assign(whole=[False] * 4)
    assert "Chỉ so được các tỉnh có hạng công bố ở cả hai năm, phần lớn ở nhóm đầu bảng." in moves(partial)
    few = Refusal("movement_few", {"index": "DTI", "n": 16, "least": 20})
    assert moves(few) == [
        "Mới có 16 lượt so sánh hạng DTI hai năm liền nhau, cần ít nhất 20 lượt để nói mức dao động "
        "thường thấy."
    ]
