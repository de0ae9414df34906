"""Sentences about the gap: every state, both languages, numbers of the answer only."""

from typing import Any

import pandas as pd
import pytest

from indices.analysis.cells import answer_table
from indices.analysis.gap import SUMMARY_DTYPES, Gap
from indices.analysis.gap_parts import LOST_DTYPES, PARTS_DTYPES
from indices.analysis.refusal import Refusal
from indices.narrative import gap as words
from indices.narrative.refusal import refusal_sentence

NO = Refusal("no_parts", {"index": "X", "edition": "2020"})
LOST = (
    ("land", "Đất đai (sử dụng đất)", "Land", 4.0),
    ("law", "Pháp luật / Tên cũ", "Law", 6.5),
    ("residual", None, None, 0.01),
)


def lost_of(*rows: tuple[str, str | None, str | None, float]) -> pd.DataFrame:
    names = ("component", "name_vi", "name_en", "lost")
    return answer_table(
        [{"parent": "overall", **dict(zip(names, row, strict=True))} for row in rows], LOST_DTYPES
    )


def gap_of(lost: pd.DataFrame | Refusal = NO, **given: Any) -> Gap:
    row = {
        "index": "X",
        "edition": "2020",
        "place": 16,
        "computed": False,
        "n_ranked": 61,
        "score": 44.6854,
        "scale_max": 80.0,
        "target_rank": 15,
        "status": "near",
        "places_to_go": 1,
        **given,
    }
    return Gap(answer_table([row], SUMMARY_DTYPES), None, NO, lost, ())


SHORT = {"points_to_go": 0.0525}
LEAD = {"place": 4, "status": "met", "places_to_go": 0, "points_to_go": -4.92}
AT_LINE = {"place": 15, "status": "met", "places_to_go": 0, "points_to_go": 0.0, "outside_score": 44.0}
MET = {"place": 4, "status": "met", "places_to_go": 0}
NOWHERE = {"place": None, "status": "unknown", "places_to_go": None, "score": None}


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        (SHORT, "cần thêm 0,0525 điểm để vào nhóm 15", "0.0525 points short of the top 15"),
        ({"points_to_go": 2.435}, "cần thêm 2,44 điểm để vào nhóm 15", "2.44 points short of the top 15"),
        (LEAD, "thuộc nhóm 15, cách ngưỡng 4,92 điểm", "in the top 15, 4.92 points above the line"),
        (
            AT_LINE,
            "cuối nhóm 15, hơn tỉnh kế dưới 0,69 điểm",
            "last within the top 15, 0.69 points ahead of the next province",
        ),
        ({**AT_LINE, "outside_score": None}, "bằng điểm tỉnh hạng 15", "level with the province ranked 15"),
        (
            {"target_low": 46.0, "target_high": 50.0},
            "cần thêm từ 1,31 đến 5,31 điểm để vào nhóm 15",
            "1.31 to 5.31 points short of the top 15",
        ),
        (
            {"target_low": 46.0},
            "cần thêm ít nhất 1,31 điểm để vào nhóm 15",
            "at least 1.31 points short of the top 15",
        ),
        (
            # What stands outside the target and below us tells nothing of what is missing.
            {"target_low": 40.0, "target_high": 50.0},
            "cần thêm không quá 5,31 điểm để vào nhóm 15",
            "at most 5.31 points short of the top 15",
        ),
        (
            {"places_to_go": 3},
            "còn 3 bậc nữa tới nhóm 15, chưa rõ thiếu bao nhiêu điểm",
            "short of the top 15 by 3 in rank, the points are not known",
        ),
        (
            {"place": None, "places_to_go": None, "status": "missed"},
            "ngoài nhóm 15, chưa rõ thiếu bao nhiêu điểm",
            "outside the top 15, by how many points is not known",
        ),
        (
            {**MET, "target_low": 40.0, "target_high": 41.0},
            "thuộc nhóm 15, cách ngưỡng từ 3,69 đến 4,69 điểm",
            "in the top 15, 3.69 to 4.69 points above the line",
        ),
        (
            {**MET, "target_high": 41.0},
            "thuộc nhóm 15, cách ngưỡng ít nhất 3,69 điểm",
            "in the top 15, at least 3.69 points above the line",
        ),
        (
            {**MET, "target_low": 40.0, "target_high": 46.0},
            "thuộc nhóm 15, cách ngưỡng không quá 4,69 điểm",
            "in the top 15, at most 4.69 points above the line",
        ),
        (
            MET,
            "thuộc nhóm 15, chưa rõ cách ngưỡng bao nhiêu điểm",
            "in the top 15, by how many points is not known",
        ),
        (NOWHERE, "chưa rõ khoảng cách tới nhóm 15", "distance to the top 15 not known"),
    ],
)
def test_the_distance_in_every_state(given, vi, en):
    assert words.briefing(gap_of(**given), "X", "vi") == f"X 2020: {vi}."
    assert words.briefing(gap_of(**given), "X", "en") == f"X 2020: {en}."


def test_a_briefing_names_where_most_can_be_won():
    found = gap_of(lost_of(*LOST), **SHORT)
    assert words.briefing(found, "X", "vi") == (
        "X 2020: cần thêm 0,0525 điểm để vào nhóm 15; mất nhiều điểm nhất ở Pháp luật (6,50 điểm)."
    )
    assert words.briefing(found, "X", "en") == (
        "X 2020: 0.0525 points short of the top 15; most points are lost in Law (6.50)."
    )


def test_the_headline_says_where_the_province_stands_and_whether_we_ranked_it():
    said = words.gap_headline(gap_of(lost_of(*LOST), **LEAD), "Bắc Giang", "vi")
    assert said == (
        "X 2020: Bắc Giang hạng 4/61, thuộc nhóm 15, cách ngưỡng 4,92 điểm; "
        "mất nhiều điểm nhất ở Pháp luật (6,50 điểm)."
    )
    computed = words.gap_headline(gap_of(computed=True, **SHORT), "Bac Giang", "en")
    assert computed == "X 2020: Bac Giang ranks 16/61 (computed), 0.0525 points short of the top 15."
    assert words.gap_headline(gap_of(**NOWHERE), "Bắc Giang", "vi") == (
        "X 2020: Bắc Giang chưa có thứ hạng, chưa rõ khoảng cách tới nhóm 15."
    )


@pytest.mark.parametrize(("left", "certain"), [(6.5, True), (6.6, False)])
def test_parts_without_figures_may_lose_more(left, certain):
    most = words.most_lost(lost_of(*LOST[:2], ("other_parts", None, None, left)), "vi")
    assert (most.component, most.name, most.lost, most.certain) == ("law", "Pháp luật", 6.5, certain)
    # Without the total nothing is known of what the others lose.
    assert not words.most_lost(lost_of(*LOST[:2]), "vi").certain
    assert words.most_lost(NO, "vi") is None
    said = words.briefing(gap_of(lost_of(*LOST[:2]), **SHORT), "X", "vi")
    assert said.endswith("; trong phần đã biết, mất nhiều nhất ở Pháp luật (6,50 điểm).")


def test_parts_behind_and_ahead():
    names = ("component", "name_vi", "name_en", "difference")
    rows = (
        ("land", "Đất đai", "Land", 3.0),
        ("law", "Pháp luật", "Law", -1.0),
        ("residual", None, None, 9.0),
    )
    parts = answer_table([dict(zip(names, row, strict=True)) for row in rows], PARTS_DTYPES)
    row = gap_of().summary.iloc[0].to_dict()
    assert words.parts_sentence(parts, row, "difference", "Thái Bình", "vi") == (
        "Kém Thái Bình nhiều nhất ở Đất đai (3,00 điểm); hơn Thái Bình nhiều nhất ở Pháp luật (1,00 điểm)."
    )
    level = parts.assign(difference=0.0)
    assert words.parts_sentence(level, row, "difference", "Thai Binh", "en") == "No difference to Thai Binh."


def test_neighbours_and_the_line():
    given = {
        "above_province": "A",
        "above_place": 15,
        "above_score": 44.7379,
        "below_province": "B",
        "below_place": 17,
        "target_province": "A",
        "target_score": 44.7379,
        **SHORT,
    }
    row = gap_of(**given).summary.iloc[0].to_dict()
    assert words.neighbours_sentence(row, "vi") == (
        "ngay trên là A (hạng 15, 44,74 điểm) · ngay dưới là B (hạng 17)"
    )
    # With the decimals that the distance needs.
    assert words.line_sentence(row, "vi") == "Ngưỡng nhóm 15 là điểm của A: 44,7379"
    beside = {"target_low": 40.0, "target_high": 46.0}
    said = [
        words.line_sentence(gap_of(**known).summary.iloc[0].to_dict(), "vi")
        for known in (beside, {"target_low": 40.0}, {"target_high": 46.0}, {})
    ]
    assert said == [
        "Ngưỡng nhóm 15 nằm giữa 40,00 và 46,00 điểm",
        "Ngưỡng nhóm 15 từ 40,00 điểm trở lên",
        "Ngưỡng nhóm 15 không quá 46,00 điểm",
        "Chưa có điểm của tỉnh hạng 15",
    ]


TARGET = {
    "distance_places": None,
    "distance_points": None,
    "group": None,
    "group_published": None,
    "n_group": None,
    "place": 16,
    "n_ranked": 61,
}


@pytest.mark.parametrize(
    ("given", "name", "vi"),
    [
        (
            {"kind": "rank", "value": "15", "state": "missed", "distance_places": 1},
            "Hạng 15 trở lên",
            "Chưa đạt: còn 1 bậc",
        ),
        (
            {"kind": "rank", "value": "15", "state": "met", "distance_places": -8},
            "Hạng 15 trở lên",
            "Đạt: hơn 8 bậc",
        ),
        (
            {"kind": "rank", "value": "15", "state": "met", "distance_places": 0},
            "Hạng 15 trở lên",
            "Đạt: đúng hạng này",
        ),
        ({"kind": "rank", "value": "15", "state": "unknown"}, "Hạng 15 trở lên", "Chưa rõ: chưa có thứ hạng"),
        (
            {"kind": "score", "value": "90", "state": "missed", "distance_points": 8.38},
            "90 điểm trở lên",
            "Chưa đạt: còn 8,38 điểm",
        ),
        (
            {"kind": "score", "value": "90.5", "state": "met", "distance_points": -0.02},
            "90,50 điểm trở lên",
            "Đạt: hơn 0,0200 điểm",
        ),
        ({"kind": "score", "value": "90", "state": "unknown"}, "90 điểm trở lên", "Chưa rõ: chưa có điểm"),
        (
            {
                "kind": "group",
                "value": "highest",
                "state": "missed",
                "group": "upper_middle",
                "group_published": False,
                "n_group": 15,
            },
            "Nhóm cao nhất",
            "Chưa đạt: hạng 16/61, theo tính toán thuộc nhóm trung bình cao; nhóm cần đạt có 15 tỉnh",
        ),
        (
            {
                "kind": "group",
                "value": "highest",
                "state": "met",
                "group": "highest",
                "group_published": True,
            },
            "Nhóm cao nhất",
            "Đạt: được công bố thuộc nhóm cao nhất",
        ),
        (
            {"kind": "group", "value": "highest", "state": "unknown"},
            "Nhóm cao nhất",
            "Chưa rõ: chưa biết thuộc nhóm nào",
        ),
    ],
)
def test_assigned_targets(given, name, vi):
    row = {**TARGET, **given}
    assert words.target_name(row, 100.0, "vi") == name
    assert words.target_sentence(row, 100.0, "vi") == vi
    assert words.target_sentence(row, 100.0, "en").isascii()


def test_refusals_say_what_is_missing():
    known = {"index": "PAR", "edition": "2021", "rank": 15, "held": 23, "n": 63}
    assert refusal_sentence(Refusal("no_line", known), "vi").startswith(
        "Chưa có điểm của tỉnh hạng 15 ở PAR năm 2021 (mới biết điểm của 23/63 tỉnh)"
    )
    for code in ("no_edition", "merged_field", "no_standing", "rank_not_given", "no_line_parts"):
        assert "PAR" in refusal_sentence(Refusal(code, known), "en")
