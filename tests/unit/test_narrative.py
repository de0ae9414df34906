"""Sentences by rule: every number in them stands in the table they were made from."""

import pandas as pd
import pytest

from indices import narrative
from indices.analysis import places, rank_history, statuses
from indices.catalogue import SourceSpec
from tests.unit.conftest import edition, figures, small_catalogue

ROW = {
    "index": "X",
    "place": 9,
    "n_ranked": 63,
    "target_rank": 15,
    "status": "met",
    "places_to_go": 0,
    "points_to_go": -1.5,
    "change": 3,
    "change_since": "2022",
    "comparable": True,
    "computed": False,
    "basis": "published",
    "n_scores": 63,
    "n_ranks": 30,
}
FIVE = """
edition province score rank
2020    A        90    -
2020    B        80    -
2020    C        80    -
2020    D        70    -
2020    E        60    -
"""


def sentence(function, *more, **cells):
    return function({**ROW, **cells}, *more, "vi"), function({**ROW, **cells}, *more, "en")


def test_headline_from_a_table():
    table = statuses(figures(FIVE), small_catalogue([edition("2020")]), "D", 2)
    assert narrative.headline(table, 1, 2, "vi") == "0/1 chỉ số trong nhóm 2; X hạng 4 cần chú ý."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "chưa có số liệu ở chỉ số nào."),
        ([("PCI", 4, "met"), ("PAR", 4, "met")], "2/6 chỉ số trong nhóm 15."),
        (
            [("PCI", 4, "met"), ("PAPI", 16, "near"), ("SIPAS", 38, "missed"), ("ICT", None, "unknown")],
            "1/6 chỉ số trong nhóm 15; PAPI hạng 16, SIPAS hạng 38 cần chú ý.",
        ),
    ],
)
def test_headline(rows, expected):
    table = pd.DataFrame(rows, columns=["index", "place", "status"])
    assert narrative.headline(table, 6, 15, "vi") == expected


@pytest.mark.parametrize(
    ("change", "vi"),
    [
        (3, "Tăng 3 bậc so với năm 2022"),
        (-28, "Giảm 28 bậc so với năm 2022"),
        (0, "Giữ nguyên so với năm 2022"),
        (None, "Chưa có năm trước để so sánh"),
        (pd.NA, "Chưa có năm trước để so sánh"),
    ],
)
def test_change(change, vi):
    assert sentence(narrative.change_sentence, change=change)[0] == vi


def test_a_change_over_a_break_says_so():
    assert sentence(narrative.break_sentence) == ("", "")
    vi, en = sentence(narrative.break_sentence, comparable=False)
    assert vi.strip() == "(đã đổi phương pháp, không so sánh được)"
    assert "not comparable" in en
    assert sentence(narrative.break_sentence, comparable=False, change=None) == ("", "")


@pytest.mark.parametrize(
    ("place", "to_go", "vi"),
    [
        (9, 0, "Hơn mục tiêu 6 bậc"),
        (15, 0, "Đúng hạng mục tiêu"),
        (16, 1, "Còn 1 bậc nữa tới mục tiêu"),
        (None, None, "Chưa rõ thứ hạng"),
    ],
)
def test_distance_in_places(place, to_go, vi):
    assert sentence(narrative.places_sentence, place=place, places_to_go=to_go)[0] == vi


@pytest.mark.parametrize(
    ("points", "scale", "vi", "en"),
    [
        (2.5, 100, "kém tỉnh hạng 15 2,50 điểm", "2.50"),
        (-1.5, 100, "hơn tỉnh hạng 15 1,50 điểm", "1.50"),
        # A small distance must not read as none.
        (0.0525, 100, "kém tỉnh hạng 15 0,0525 điểm", "0.0525"),
        (0.25, 1, "kém tỉnh hạng 15 0,2500 điểm", "0.2500"),
    ],
)
def test_distance_in_points(points, scale, vi, en):
    found = sentence(narrative.points_sentence, scale, points_to_go=points)
    assert found[0] == vi
    assert en in found[1]


def test_distance_in_points_unknown():
    assert sentence(narrative.points_sentence, 100, points_to_go=pd.NA)[0] == "chưa rõ khoảng cách điểm"


def test_limits_name_computed_rank_basis_and_field():
    assert sentence(narrative.limits_sentence)[0] == "63/63 tỉnh có số liệu"
    found = sentence(narrative.limits_sentence, computed=True, basis="stated_change", n_scores=0)
    assert found[0] == (
        "Hạng tính toán từ điểm · suy từ số bậc tăng, giảm đã công bố · 30/63 tỉnh có số liệu"
    )


def test_status_in_words():
    words = [sentence(narrative.status_sentence, status=s)[0] for s in ("met", "near", "missed", "unknown")]
    assert words == ["Đạt mục tiêu", "Sát mục tiêu", "Chưa đạt", "Chưa rõ"]


LINE = """
edition province score rank
2019    A        50    9
2020    A        55.5  2
2021    A        -     12
2022    A        60    4
"""


def history(table: str):
    catalogue = small_catalogue([edition(str(year), n_ranked=63) for year in range(2019, 2023)])
    return rank_history(places(figures(table), catalogue, "X"), catalogue, "X", "A")


def test_rank_line_for_those_who_cannot_see_it():
    assert narrative.history_alt(history(LINE), "X", "A", "vi") == (
        "Thứ hạng X của A: từ 9/63 năm 2019 lên 4/63 năm 2022, tăng 5 bậc; "
        "cao nhất hạng 2 năm 2020, thấp nhất hạng 12 năm 2021."
    )
    down = LINE.replace("60    4", "60    11")
    assert "xuống 11/63 năm 2022, giảm 2 bậc" in narrative.history_alt(history(down), "X", "A", "vi")
    same = LINE.replace("60    4", "60    9")
    assert "không đổi" in narrative.history_alt(history(same), "X", "A", "vi")
    cut = history(LINE).assign(segment=[0, 0, 1, 1])
    assert narrative.history_alt(cut, "X", "A", "vi") == (
        "Thứ hạng X của A: từ 12/63 năm 2021 lên 4/63 năm 2022, tăng 8 bậc; "
        "cao nhất hạng 4 năm 2022, thấp nhất hạng 12 năm 2021. "
        "Các năm trước 2021 theo phương pháp khác, không so sánh."
    )
    nothing = history("edition province score rank")
    assert narrative.history_alt(nothing, "X", "A", "vi") == "X của A: chưa có thứ hạng."


def test_score_line_for_those_who_cannot_see_it():
    assert narrative.score_alt(history(LINE), "X", "A", "vi") == (
        "Điểm X của A: 50,00 năm 2019, 60,00 năm 2022, thay đổi +10,00 điểm."
    )
    small = LINE.replace("50 ", "0.5").replace("55.5", "0.55").replace("60 ", "0.6")
    assert "+0.1000" in narrative.score_alt(history(small), "X", "A", "en")
    assert narrative.score_alt(history("edition province score"), "X", "A", "vi") == "X của A: chưa có điểm."


SOURCES = {
    "one": SourceSpec("one", "https://www.vcci.vn/pci.xlsx (sheet 2)", "PCI", "publisher"),
    "two": SourceSpec("two", "", "Báo cáo PAPI", "publisher"),
    "bare": SourceSpec("bare", "", "", "press"),
}


@pytest.mark.parametrize(
    ("key", "expected"), [("one", "vcci.vn"), ("two", "Báo cáo PAPI"), ("bare", "bare"), ("gone", "gone")]
)
def test_source_as_a_reader_knows_it(key, expected):
    assert narrative.source_name(small_catalogue([], sources=SOURCES), key) == expected


def test_sources_most_used_first():
    catalogue = small_catalogue([], sources=SOURCES)

    def told(keys: list[str | None]) -> str:
        return narrative.sources_sentence(catalogue, "X", pd.Series(keys, dtype="object"), "vi")

    assert told([]) == "Nguồn: Bộ X."
    assert told(["two", "one", "one", None]) == "Nguồn: Bộ X; đọc từ vcci.vn, Báo cáo PAPI."
    five = told(["one"] * 5 + ["two"] * 4 + ["bare"] * 3 + ["gone"] * 2 + ["lost"])
    assert five == "Nguồn: Bộ X; đọc từ vcci.vn, Báo cáo PAPI, bare và 2 nơi khác."
