"""Sentences about the order and the merger: every number in them stands in the answer."""

import re

import pytest

from indices.analysis.assigned import ASSIGNED_DTYPES
from indices.analysis.cells import records
from indices.analysis.directive import SUMMARY_DTYPES
from indices.narrative.bridge import bridge_sentences
from indices.narrative.directive import (
    bearing_sentence,
    before_after_alt,
    came_sentence,
    directive_headline,
    left_sentence,
    result_sentence,
    since_sentence,
)
from tests.unit.test_bridge import answer as bridged
from tests.unit.test_bridge import target as bridge_target
from tests.unit.test_directive import answer

SUMMARY = dict.fromkeys(SUMMARY_DTYPES) | {
    "index": "SIPAS",
    "edition_before": "2019",
    "place_before": 9,
    "computed_before": False,
    "n_ranked_before": 63,
    "edition": "2023",
    "place": 38,
    "computed": False,
    "n_ranked": 63,
    "status": "missed",
    "edition_best": "2020",
    "place_best": 3,
    "n_met": 1,
    "n_known": 3,
    "n_editions": 5,
    "comparable": False,
    "break_edition": "2022",
    "change": 6,
    "change_edition": "2020",
    "later_change": 6,
    "later_since": "2022",
}
ASSIGNED = dict.fromkeys(ASSIGNED_DTYPES) | {"kind": "rank", "n_ranked": 61, "computed": False}


def test_headline_begins_with_the_order_and_its_goal():
    found = answer()
    assert directive_headline(found, 2, "A", "vi") == (
        "Chỉ đạo ngày 01/07/2020: các chỉ số vào nhóm 2 tỉnh dẫn đầu. "
        "Nay 0/1 chỉ số trong nhóm 2; X hạng tính toán 3 (2023) ở ngoài nhóm."
    )
    assert directive_headline(found, 2, "A", "en") == (
        "Order of 1 July 2020: every index into the top 2. "
        "Now 0/1 indices are in the top 2; X computed rank 3 (2023) outside."
    )


def test_headline_of_another_province_does_not_claim_the_order():
    found = answer(target_rank=3)
    assert directive_headline(found, None, "Bắc Ninh", "vi") == "Bắc Ninh: nay 1/1 chỉ số trong nhóm 3."


def test_headline_names_what_has_no_rank():
    found = answer(text="edition province score rank\n2019 A - 3")
    assert directive_headline(found, None, "A", "vi") == (
        "A: nay 0/1 chỉ số trong nhóm 2; chưa có thứ hạng: X."
    )


@pytest.mark.parametrize(
    ("more", "vi", "en"),
    [
        ({}, "hạng 38/63 năm 2023", "rank 38/63 in 2023"),
        ({"computed": True}, "hạng 38/63 năm 2023 (hạng tính toán)", "rank 38/63 in 2023 (computed)"),
        ({"place": None}, "chưa có thứ hạng", "no rank yet"),
    ],
)
def test_where_an_index_stands(more, vi, en):
    assert (result_sentence(SUMMARY | more, "vi"), result_sentence(SUMMARY | more, "en")) == (vi, en)


def test_since_the_order_across_a_break():
    assert since_sentence(SUMMARY, 15, "vi") == (
        "Trước chỉ đạo hạng 9/63 (2019); từ 2019 đến 2020 tăng 6 bậc; từ 2022 đã đổi phương pháp, không "
        "so sánh được với các năm trước; từ 2022 đến 2023 tăng 6 bậc; cao nhất từ khi có chỉ đạo: hạng 3 "
        "(2020); 1/3 năm có thứ hạng trong nhóm 15."
    )


def test_since_the_order_within_one_method():
    row = SUMMARY | {"break_edition": None, "change": -12, "change_edition": "2024", "later_change": None}
    row |= {"edition": "2024", "place": 16, "edition_best": "2024", "place_best": 16, "computed_before": True}
    assert since_sentence(row, 15, "vi") == (
        "Trước chỉ đạo hạng 9/63 (2019, hạng tính toán); từ 2019 đến 2024 giảm 12 bậc; "
        "1/3 năm có thứ hạng trong nhóm 15."
    )
    assert "từ 2019 đến 2024 giữ nguyên hạng" in since_sentence(row | {"change": 0}, 15, "vi")


def test_since_the_order_without_figures():
    row = dict.fromkeys(SUMMARY_DTYPES) | {"index": "X", "n_known": 0, "n_met": 0}
    assert since_sentence(row, 15, "vi") == "Trước chỉ đạo chưa có thứ hạng."


def test_every_number_of_a_sentence_stands_in_its_row():
    said = since_sentence(SUMMARY, 15, "vi") + result_sentence(SUMMARY, "vi")
    known = {str(value) for value in SUMMARY.values()} | {"15"}
    assert set(re.findall(r"\d+", said)) <= known


@pytest.mark.parametrize(
    ("more", "vi"),
    [
        ({"place": 13}, "hạng 13/61"),
        ({"place": 16, "computed": True}, "hạng 16/61 (hạng tính toán)"),
        ({}, "chưa có số liệu"),
        ({"kind": "score", "score": 81.62}, "81,62 điểm"),
        ({"kind": "score", "place": 3}, "chưa có số liệu"),
        (
            {"kind": "group", "place": 10, "group": "highest", "group_computed": False},
            "nhóm cao nhất",
        ),
        (
            {
                "kind": "group",
                "place": 16,
                "computed": True,
                "group": "upper_middle",
                "group_computed": True,
                "n_highest_least": 15,
                "n_highest_most": 15,
            },
            "nhóm trung bình cao, tính từ hạng 16/61 (hạng tính toán); nhóm cao nhất có 15 tỉnh",
        ),
        (
            {
                "kind": "group",
                "place": 16,
                "computed": True,
                "n_highest_least": 15,
                "n_highest_most": 16,
            },
            "hạng tính toán 16/61, sát ranh giới: nhóm cao nhất có 15 hoặc 16 tỉnh; số liệu chưa ghi nhóm "
            "được công bố",
        ),
    ],
)
def test_what_came_of_a_target(more, vi):
    assert came_sentence(ASSIGNED | more, "vi") == vi


@pytest.mark.parametrize(
    ("more", "vi"),
    [
        ({}, ""),
        ({"distance": 0.0}, "đúng mục tiêu"),
        ({"distance": 3.0}, "còn 3 bậc"),
        ({"distance": -2.0}, "hơn mục tiêu 2 bậc"),
        ({"kind": "score", "distance": 8.38}, "còn 8,38 điểm"),
        ({"kind": "score", "distance": -0.5}, "hơn mục tiêu 0,50 điểm"),
        ({"kind": "group", "distance": 1.0}, "còn 1 bậc"),
    ],
)
def test_what_is_left_to_go(more, vi):
    assert left_sentence(ASSIGNED | more, "vi") == vi


def test_a_task_bears_on_indices_and_brings_nothing_about():
    said = bearing_sentence("X|UNKNOWN", answer(), "vi")
    assert said == "X hạng tính toán 3 (2023): sát mục tiêu"


def test_alt_text_of_the_chart():
    assert before_after_alt(answer(), "A", "vi") == (
        "Thứ hạng các chỉ số của A trước chỉ đạo và năm mới nhất; mục tiêu nhóm 2. "
        "X: hạng 3 (2019), nay hạng tính toán 3 (2023)."
    )


NAMES = {"Bắc Giang": "Bắc Giang", "Bắc Ninh": "Bắc Ninh"}


def test_the_merger_in_sentences():
    assert bridge_sentences(bridged(targets=(bridge_target("15"),)), NAMES, "Bắc Ninh", "vi") == [
        "Từ 01/07/2025, Bắc Giang và Bắc Ninh hợp nhất thành Bắc Ninh mới.",
        "X, thứ hạng cuối có số liệu trong 63 tỉnh, thành: Bắc Giang hạng 7/63 năm 2024; "
        "Bắc Ninh hạng 3/63 năm 2023.",
        "Bắc Ninh mới: hạng 4/34 năm 2024, không so sánh với hạng trong 63 tỉnh, thành.",
        "X 2024 được xếp hạng hai lần: trong 63 và trong 34 tỉnh, thành.",
        "Mục tiêu đã giao trong 63 tỉnh, thành: hạng 15 trở lên từ 2020.",
        "Chưa có văn bản nào nêu mục tiêu trong 34 tỉnh, thành. Theo tỷ lệ: hạng 15/63 tương ứng khoảng "
        "hạng 8/34. Đây là đề xuất do chương trình tính, không phải mục tiêu đã giao.",
    ]


def test_a_stated_target_of_the_new_field_needs_no_proposal():
    said = bridge_sentences(bridged(targets=(bridge_target("6", 34, first=2026),)), NAMES, "Bắc Ninh", "vi")
    assert said[-1] == "Mục tiêu đã giao trong 34 tỉnh, thành: hạng 6 trở lên từ 2026."
    assert not any("đề xuất" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "2023 Bắc-Giang - 9\n2025 Huế - 2",
            "Bắc Ninh mới chưa có thứ hạng X: bảng 34 tỉnh, thành năm 2025 mới có hạng của 1/34 tỉnh, thành.",
        ),
        (
            "2023 Bắc-Giang - 9",
            "Bắc Ninh mới chưa có thứ hạng X: số liệu năm 2025 của 34 tỉnh, thành chưa có thứ hạng nào.",
        ),
    ],
)
def test_a_merged_province_without_a_place(rows, said):
    found = bridged(text=f"edition province score rank\n{rows}")
    sentences = bridge_sentences(found, NAMES, "Bắc Ninh", "vi")
    assert sentences[2] == said
    assert "Bắc Ninh chưa có thứ hạng" in sentences[1]


def test_sentences_of_the_bridge_in_english():
    said = " ".join(bridge_sentences(bridged(), NAMES, "Bac Ninh", "en"))
    assert "rank 15/63 is about rank 8/34" in said
    assert "a target that was set" in said
    assert len(records(bridged().targets, ["value"])) == 1
