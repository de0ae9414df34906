"""Charts of the outlook: what is in the figure, told by numbers beside the small tables they come from."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import DARK, LIGHT, Caption
from indices.charts.calibration import calibration
from indices.charts.chance_lines import chance_lines
from indices.charts.forecasts import forecasts
from indices.i18n import LANGUAGES

CAPTION = Caption(
    "PAPI: khả năng có mặt trong nhóm 15 ở năm sau, theo thứ hạng hiện tại",
    "Đường là mô hình.",
    "Nguồn: UNDP & CECODES <2024>",
)
VI = {"caption": CAPTION, "language": "vi", "theme": LIGHT}
CURVE = pd.DataFrame({"place": range(1, 62), "chance": [1 / (1 + at / 10) for at in range(61)]})
OBSERVED = pd.DataFrame(
    {"first": [1, 6], "last": [5, 10], "n": [50, 48], "n_within": [41, 24], "share_within": [0.82, 0.5]}
)
PAST = pd.DataFrame(
    {
        "year": [2016, 2017, 2018, 2020, 2023, 2024],
        "next_year": [2017, 2018, 2019, 2021, 2024, 2025],
        "place": [11, 26, 3, 13, 10, 16],
        "chance": [0.37, 0.36, 0.97, None, 0.5, 0.42],
        "next_place": [26, 3, 4, 9, None, None],
        "next_computed": [True, True, False, False, None, None],
        "within": [False, True, True, True, None, None],
        "to_come": [False, False, False, False, False, True],
    }
).convert_dtypes(dtype_backend="pyarrow")
BINS = pd.DataFrame(
    {
        "low": [0.0, 0.4, 0.9],
        "high": [0.1, 0.5, 1.0],
        "n": [1697, 73, 55],
        "n_within": [43, 33, 49],
        "mean_chance": [0.035, 0.448, 0.961],
        "share_within": [0.025, 0.452, 0.891],
    }
)


def curve(**changed):
    given = {"place": 16, "target_rank": 15, "focal": "Bắc Giang"} | VI | changed
    return chance_lines(CURVE, OBSERVED, **given)


FORMS = {
    "chance_lines": curve,
    "forecasts": lambda **changed: forecasts(PAST, **(VI | changed)),
    "calibration": lambda **changed: calibration(BINS, **({"chance": 0.42} | VI | changed)),
}


def notes(fig):
    return fig.to_dict()["layout"]["annotations"]


def words(fig):
    return [re.sub("<[^>]+>", "", note["text"].replace("<br>", " ")) for note in notes(fig)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_form_is_valid_and_carries_its_words(form, language, look):
    fig = FORMS[form](language=language, theme=look)
    checked = go.Figure(fig.to_dict())  # plotly's own check of every property
    assert CAPTION.title in words(checked)
    assert "Nguồn: UNDP &amp; CECODES &lt;2024&gt;" in words(checked)
    assert checked.layout.separators == (",." if language == "vi" else ".,")
    assert checked.layout.paper_bgcolor == look.background
    sizes = [note["font"]["size"] for note in notes(fig)]
    assert min(sizes) >= 12
    assert "http" not in fig.to_json() and len(fig.to_json()) < 40_000


def test_the_line_the_own_place_and_what_happened():
    line, dots, mine = curve().to_dict()["data"]
    assert (len(line["x"]), line["x"][0], line["y"][15]) == (61, 1, 0.4)
    assert (mine["x"], mine["y"], mine["marker"]["color"]) == ([16], [0.4], LIGHT.focal)
    assert (dots["x"], dots["y"]) == ([3, 8], [0.82, 0.5])
    assert dots["hovertext"][0] == "Hạng 1–5: 41/50 trường hợp<br>năm sau trong nhóm (82%)"
    assert "Bắc Giang, hạng 16: 40%" in words(curve())


def test_the_target_band_reaches_over_its_last_place():
    (band,) = curve(target_rank=10).to_dict()["layout"]["shapes"]
    assert (band["x1"], band["fillcolor"]) == (10.5, LIGHT.target)
    assert "Nhóm 10" in words(curve(target_rank=10))
    assert 10 in curve(target_rank=10).to_dict()["layout"]["xaxis"]["tickvals"]


def test_a_label_stays_inside_on_both_sides():
    right = next(note for note in notes(curve(place=60)) if "60:" in note["text"])
    left = next(note for note in notes(curve(place=2)) if "2:" in note["text"])
    assert (right["xanchor"], left["xanchor"]) == ("right", "left")


def test_forecasts_are_told_apart_by_mark_not_by_colour_alone():
    line, *marks = FORMS["forecasts"]().to_dict()["data"]
    assert {mark["name"]: (mark["marker"]["symbol"], mark["x"]) for mark in marks} == {
        "vào nhóm": ("circle", [2018, 2019]),
        "không vào nhóm": ("circle-open", [2017]),
        "chưa có kết quả": ("x-thin", [2024]),
        "năm tiếp theo": ("diamond", [2025]),
    }
    # 2021 has no forecast: the line is cut there.
    assert line["x"] == [2017, 2018, 2019, None, 2024, 2025]
    assert marks[0]["hovertext"][0] == "2018: khả năng 36%<br>từ hạng 26 năm 2017<br>đạt hạng 3: vào nhóm"


def test_the_place_that_came_stands_beside_its_mark():
    fig = FORMS["forecasts"]()
    came = {note["x"]: (note["text"], note["yanchor"]) for note in notes(fig) if note.get("x", 0) > 2000}
    # 2018 is as high as 2017 and would touch it; 2019 is at the upper edge.
    assert came == {2017: ("26*", "bottom"), 2018: ("3*", "top"), 2019: ("4", "top")}
    assert any("* hạng tính toán từ điểm" in said for said in words(fig))
    assert [word in words(fig) for word in ("chắc chắn", "rất khó")] == [True, True]


def test_bins_carry_their_number_and_the_own_one_is_marked():
    diagonal, dots = FORMS["calibration"]().to_dict()["data"]
    assert (diagonal["x"], diagonal["y"]) == ([0, 1], [0, 1])
    assert (dots["x"], dots["y"]) == ([0.035, 0.448, 0.961], [0.025, 0.452, 0.891])
    assert dots["marker"]["color"] == [LIGHT.reference, LIGHT.focal, LIGHT.reference]
    sizes = dots["marker"]["size"]
    assert sizes[0] == 22 and sizes[1] > sizes[2] > 8
    assert {"1.697", "73", "55"} <= set(words(FORMS["calibration"]()))
    assert dots["hovertext"][1] == "Mô hình nói 40%–50%:<br>đúng 33/73 trường hợp (45%)"


def test_without_a_chance_no_bin_is_marked():
    fig = calibration(BINS, **VI)
    assert fig.to_dict()["data"][1]["marker"]["color"] == [LIGHT.reference] * 3
    assert not any("khoảng của dự báo này" in said for said in words(fig))
    last = calibration(BINS, chance=1.0, **VI).to_dict()["data"][1]["marker"]["color"]
    assert last == [LIGHT.reference, LIGHT.reference, LIGHT.focal]


def test_charts_without_figures_say_so():
    for fig in (
        chance_lines(CURVE[:0], OBSERVED[:0], place=1, target_rank=15, focal="x", **VI),
        forecasts(PAST[:0], **VI),
        calibration(BINS[:0], **VI),
    ):
        assert "chưa có số liệu" in words(fig) and len(fig.data) == 0
