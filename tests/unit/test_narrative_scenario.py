"""Sentences of scenarios: every number in them stands in the answer they are made from."""

import re
from dataclasses import replace

import pytest

from indices.analysis import Refusal
from indices.analysis.how_often import Often
from indices.analysis.reach import reach
from indices.analysis.scenario import Place, scenario
from indices.i18n import LANGUAGES
from indices.narrative.scenario import (
    fewest_sentence,
    needed_sentence,
    often_sentence,
    outcome_sentence,
    parts_word,
    place_words,
    realistic_sentence,
    strip_heading,
    total_sentence,
    usual_sentence,
)
from tests.unit.five_provinces import catalogue, table
from tests.unit.test_reach import panel

NAMES = {"land": "Đất đai", "law": "Pháp lý"}


def answer(changes, **more):
    return scenario(table(), catalogue(**more), "X", "2021", "D", changes, 3)


def least(target_rank: int = 3):
    return reach(table(), catalogue(), "X", "2021", "D", target_rank, panel())


def test_the_total():
    assert total_sentence(answer({}), 100, "vi") == "Tổng điểm X năm 2021 đã công bố: 55,00."
    assert (
        total_sentence(answer({"land": 7}), 100, "vi") == "Tổng điểm 62,50 (+7,50 so với 55,00 đã công bố)."
    )
    assert (
        total_sentence(answer({"land": 6.01}), 100, "en")
        == "Total 55.07 (+0.0750 against the published 55.00)."
    )
    # Land one point down, law three up: nothing gained.
    assert total_sentence(answer({"land": 5, "law": 7}), 100, "vi") == "Tổng điểm không đổi: 55,00."


def test_the_place_as_it_is_and_against_still_and_moving_others():
    now, raised = answer({}), answer({"land": 7})
    assert outcome_sentence(now, now.still, "vi") == "Hiện tại: hạng 4/5, chưa đạt mục tiêu nhóm 3."
    assert outcome_sentence(raised, raised.still, "vi") == (
        "Nếu các tỉnh khác giữ nguyên điểm: hạng tính toán 3/5, đạt mục tiêu nhóm 3."
    )
    assert outcome_sentence(raised, raised.moving, "vi") == (
        "Nếu các tỉnh khác tăng, giảm điểm thêm một lần như từ năm 2020 đến năm 2021: "
        "hạng tính toán 4/5, chưa đạt mục tiêu nhóm 3."
    )


def test_who_could_not_be_moved_is_told():
    raised = answer({"land": 7})
    said = outcome_sentence(raised, replace(raised.moving, n_moved=3), "en")
    assert said.endswith("Without scores in both years and left as they are: 1.")


def test_a_range_and_no_place():
    raised = answer({"land": 7})
    wide = Place("still", replace(raised.still.place, low=3, high=8), None, None)
    assert place_words(raised, wide, "vi") == "giữa hạng 3 và hạng 8 trong 5 tỉnh"
    assert outcome_sentence(raised, wide, "vi").endswith("chưa chắc đạt mục tiêu nhóm 3.")
    nothing = Place("still", None, None, None)
    assert "chưa xác định được hạng" in outcome_sentence(raised, nothing, "vi")
    assert strip_heading(raised, nothing, "vi") == "Tỉnh khác giữ nguyên: chưa rõ hạng"
    assert strip_heading(raised, raised.moving, "vi") == "Tỉnh khác đổi như năm trước: hạng tính toán 4/5"


def test_a_computed_place_is_called_so_even_where_nothing_moved():
    now = replace(answer({}), rank=None)
    assert place_words(now, now.still, "vi") == "hạng tính toán 4/5"
    assert place_words(answer({}), answer({}).still, "en") == "rank 4/5"


def test_why_others_cannot_move():
    found = answer({"land": 7}, breaks=(2021,))
    assert outcome_sentence(found, found.moving, "vi").startswith(
        "Không tính thứ hạng khi các tỉnh khác cũng thay đổi"
    )


def test_what_is_needed():
    assert needed_sentence(least(), 100, "vi") == (
        "Từ điểm đã công bố, cần thêm 5,00 điểm để vào nhóm 3 (đạt 60,00), nếu các tỉnh khác giữ nguyên điểm."
    )
    assert needed_sentence(replace(least(), exact=False), 100, "vi").startswith(
        "Từ điểm đã công bố, thêm 5,00 điểm thì chắc chắn vào"
    )
    assert needed_sentence(least(4), 100, "vi").startswith(
        "Đã trong nhóm 4: có thể mất tối đa 15,00 điểm (còn 40,00)"
    )
    assert needed_sentence(replace(least(4), exact=False), 100, "vi").startswith(
        "Đã trong nhóm 4: mất 15,00 điểm"
    )
    assert needed_sentence(least(5), 100, "vi") == "Năm này không có đủ tỉnh để ra ngoài nhóm 5."
    edge = replace(least(4), needed=0.0)
    assert needed_sentence(edge, 100, "vi").startswith("Đứng đúng ranh giới nhóm 4")


def test_a_small_distance_does_not_read_as_none():
    small = replace(least(), needed=0.0525, target_score=55.0525)
    assert "cần thêm 0,0525 điểm để vào nhóm 3 (đạt 55,0525)" in needed_sentence(small, 100, "vi")


def test_the_fewest_points():
    assert fewest_sentence(least(), NAMES, 100, "vi") == "Ít điểm nhất: Đất đai từ 6,00 lên 6,67 (+0,67)."
    alike = replace(least(), factors={"land": 7.5, "law": 7.5, "safety": 1.0})
    assert fewest_sentence(alike, NAMES, 100, "vi").endswith("Mỗi điểm của Pháp lý cũng có giá trị như vậy.")
    same = replace(least(), factors={"land": 7.5, "law": 7.5})
    assert fewest_sentence(same, NAMES, 100, "en").endswith(
        "A point is worth the same in all components, so the same points do anywhere."
    )
    assert fewest_sentence(least(4), NAMES, 100, "vi") == ""


def test_what_is_realistic():
    # The quantile 0.25: 75 of 100 gained as much.
    assert realistic_sentence(least(), "vi") == (
        "Thực tế: mọi thành phần cùng phải đạt mức mà cứ 100 lượt tỉnh có điểm xuất phát tương tự thì "
        "khoảng 75 lượt đạt được trong một năm (mỗi thành phần xét 21 lượt gần nhất)."
    )
    assert realistic_sentence(least(4), "vi") == ""
    few = replace(least(), realistic=Refusal("reach_few_steps", {"index": "X", "n": 3, "wanted": 21}))
    assert "mới có 3 lượt" in realistic_sentence(few, "vi")


@pytest.mark.parametrize(
    ("n", "reached", "said"),
    [
        (
            143,
            29,
            "Cứ 10 tỉnh ở vị trí tương tự (cách không quá 5 bậc) thì khoảng 2 tỉnh tăng được từ 5,00",
        ),
        (143, 29, "(29 trên n = 143 lượt, 2006–2021)."),
        (143, 0, "Chưa tỉnh nào ở vị trí tương tự"),
        (143, 3, "chỉ 3 lượt tăng được từ 5,00 điểm trở lên"),
        (143, 141, "có tới 141 lượt tăng được"),
        (143, 143, "Mọi tỉnh ở vị trí tương tự (cách không quá 5 bậc) đều tăng được"),
    ],
)
def test_how_often(n, reached, said):
    found = replace(least(), often=Often(n, reached, "2006", "2021"))
    assert said in often_sentence(found, 100, "vi")


def test_how_often_is_not_asked_where_the_target_is_met():
    assert often_sentence(least(4), 100, "vi") == ""


def test_usual_gains():
    row = {"n": 21, "low": -0.0638, "median": 0.0496, "high": 0.3926}
    assert usual_sentence(row, 10, "vi") == (
        "Trong một năm, 21 lượt tỉnh có điểm gần mức này nhất thay đổi phổ biến từ "
        "−0,06 đến +0,39 điểm, mức giữa +0,05."
    )
    assert usual_sentence({"n": 0, "low": None, "median": None, "high": None}, 10, "vi") == ""


def test_parts_are_called_as_their_publisher_does():
    assert [parts_word(index, "vi") for index in ("PCI", "PAR", "PAPI", "ICT")] == [
        "chỉ số thành phần",
        "phần chấm điểm",
        "chỉ số nội dung",
        "thành phần",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_follow_the_language(language):
    said = " ".join(
        [
            total_sentence(answer({"land": 7}), 100, language),
            needed_sentence(least(), 100, language),
            fewest_sentence(least(), NAMES, 100, language),
            often_sentence(least(), 100, language),
        ]
    )
    written = re.findall(r"\d+[.,]\d{2,4}", said)
    assert len(written) >= 6
    assert {number[-3] for number in written} == {"," if language == "vi" else "."}
