"""The charts of strong and weak parts: what is drawn where, by numbers beside the table."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import DARK, LIGHT, Caption
from indices.charts.strengths import part_distances, part_places
from indices.i18n import LANGUAGES

CAPTION = Caption(
    "Thứ hạng từng chỉ số thành phần PCI 2021: Bắc Giang", "Hạng 1 ở bên trái.", "Nguồn: VCCI <2021>"
)
VI = {"caption": CAPTION, "language": "vi", "theme": LIGHT}
PLACES = pd.DataFrame(
    {
        "component": ["informal", "land", "proactivity", "unknown"],
        "name": [
            "Chi phí không chính thức",
            "Tiếp cận đất đai",
            "Tính năng động và tiên phong của chính quyền tỉnh",
            "X",
        ],
        "place": [9, 31, 61, None],
        "n_provinces": [63, 63, 63, 63],
        "verdict": ["strength", "middle", "weakness", None],
        "since": ["2018", None, "2018", None],
        "place_before": [29, None, 33, None],
        "change": [20, None, -28, None],
    }
).convert_dtypes(dtype_backend="pyarrow")
DISTANCES = pd.DataFrame(
    {
        "component": ["informal", "land", "support", "unknown"],
        "name": ["Chi phí không chính thức", "Tiếp cận đất đai", "Chính sách hỗ trợ doanh nghiệp", "X"],
        "points": [0.4, -0.04, -2.69, None],
    }
).convert_dtypes(dtype_backend="pyarrow")


def places(table=PLACES, **changed):
    return part_places(table, **({"focal": "Bắc Giang", "target_rank": 15} | VI | changed))


def distances(table=DISTANCES, **changed):
    return part_distances(table, **({"zero": "Trung bình nhóm 15", "scale_max": 100} | VI | changed))


FORMS = {"part_places": places, "part_distances": distances}


def words(fig):
    return [note["text"] for note in fig.to_dict()["layout"]["annotations"]]


def points(fig, symbol):
    """Where the marks of a symbol stand: part → x."""
    found = [trace for trace in fig.to_dict()["data"] if trace.get("marker", {}).get("symbol") == symbol]
    return {code: x for trace in found for (code,), x in zip(trace["customdata"], trace["x"], strict=True)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_form_is_valid_and_carries_its_words(form, language, look):
    fig = FORMS[form](language=language, theme=look)
    checked = go.Figure(fig.to_dict())  # plotly's own check of every property
    assert "Thứ hạng từng chỉ số thành phần PCI<br>2021: Bắc Giang" in words(checked)
    assert "Nguồn: VCCI &lt;2021&gt;" in words(checked)
    assert checked.layout.separators == (",." if language == "vi" else ".,")


@pytest.mark.parametrize("form", FORMS)
def test_small_and_legible(form):
    fig = FORMS[form]()
    assert len(fig.to_json()) < 40_000 and "http" not in fig.to_json()
    assert min(note["font"]["size"] for note in fig.to_dict()["layout"]["annotations"]) >= 12
    # A phone has about 52 letters: a name and the figure behind it share a line.
    for name, said in zip(words(fig), words(fig)[1:], strict=False):
        lines = [re.sub("<[^>]+>", "", line) for line in (name.split("<br>")[-1], said)]
        if re.match(r"[−+\d]", lines[1]):
            assert len(lines[0]) + len(lines[1]) <= 48


@pytest.mark.parametrize("form", FORMS)
def test_nothing_to_draw_says_so(form):
    assert "chưa có số liệu" in words(FORMS[form]((PLACES if form == "part_places" else DISTANCES).tail(1)))


def test_places_now_and_before():
    fig = places()
    assert points(fig, "circle") == {"informal": 9}
    assert points(fig, "diamond") == {"land": 31}
    assert points(fig, "triangle-up") == {"proactivity": 61}
    assert points(fig, "circle-open") == {"informal": 29, "proactivity": 33}


def test_a_line_runs_from_the_place_before_to_that_of_now():
    ways = [trace for trace in places().to_dict()["data"] if trace["mode"] == "lines"]
    assert [trace["x"] for trace in ways] == [[1, 63, None] * 3, [29, 9, None, 33, 61, None]]


def test_place_one_is_at_the_left_and_the_target_is_tinted():
    layout = places(target_rank=10).to_dict()["layout"]
    first, last = layout["xaxis"]["range"]
    assert first < 1 < 63 < last
    (band,) = layout["shapes"]
    assert (band["x1"], band["fillcolor"]) == (10.5, LIGHT.target)
    assert layout["xaxis"]["tickvals"] == [1, 10, 15, 30, 45, 63]
    assert "Nhóm 10" in words(places(target_rank=10))


def test_the_strongest_row_is_on_top_as_given():
    fig = places()
    heights = {
        c: y
        for t in fig.to_dict()["data"]
        if "customdata" in t
        for (c,), y in zip(t["customdata"], t["y"], strict=True)
    }
    assert heights["informal"] < heights["land"] < heights["proactivity"]
    bottom, top = fig.to_dict()["layout"]["yaxis"]["range"]
    assert bottom > top


def test_figures_behind_the_names():
    said = words(places())
    assert "<b>9</b>/63 (+20)" in said and "<b>31</b>/63" in said and "<b>61</b>/63 (−28)" in said
    assert "Tính năng động và tiên phong của<br>chính quyền tỉnh" in said


def test_verdicts_are_told_without_colour():
    (key,) = [said for said in words(places()) if "trong nhóm 15" in said]
    for mark in ("● ", "◆ ", "▲ ", "○ vị trí trước đó"):
        assert mark in re.sub("<[^>]+>", "", key)
    assert "hạng tính toán" in key


def test_what_is_said_when_a_mark_is_touched():
    trace = next(t for t in places().to_dict()["data"] if t.get("marker", {}).get("symbol") == "circle")
    assert trace["hovertext"] == [
        "<b>Chi phí không chính thức</b><br>Bắc Giang: hạng 9/63 (hạng tính toán)<br>năm 2018: hạng 29"
    ]


def test_the_longest_way_to_go_comes_first():
    (bars,) = distances().to_dict()["data"]
    assert [(code, x) for (code,), x in zip(bars["customdata"], bars["x"], strict=True)] == [
        ("support", -2.69),
        ("land", -0.04),
        ("informal", 0.4),
    ]
    assert bars["marker"]["color"] == [LIGHT.focal, LIGHT.focal, LIGHT.other]
    assert bars["y"] == sorted(bars["y"])


def test_distances_are_written_with_their_sign():
    assert {"<b>−2,69</b>", "<b>−0,04</b>", "<b>+0,40</b>", "Trung bình nhóm 15"} <= set(words(distances()))
    assert "<b>−0.0400</b>" in words(distances(scale_max=1, language="en"))


def test_the_mark_at_zero_stands_beside_the_bars_only():
    shapes = distances().to_dict()["layout"]["shapes"]
    (bars,) = distances().to_dict()["data"]
    assert [(s["x0"], s["x1"], (s["y0"] + s["y1"]) / 2) for s in shapes] == [(0, 0, y) for y in bars["y"]]


def test_a_key_only_where_there_are_two_kinds():
    behind = DISTANCES[DISTANCES["points"] < 0]
    assert any("hơn" in said for said in words(distances()))
    assert not any("■" in said for said in words(distances(behind)))


def test_the_name_of_zero_does_not_leave_the_sheet():
    ahead = DISTANCES.assign(points=[0.4, 0.3, 2.0, None])
    for table, anchor in ((DISTANCES, "right"), (ahead, "left")):
        notes = distances(table).to_dict()["layout"]["annotations"]
        (zero,) = [note for note in notes if note["text"] == "Trung bình nhóm 15"]
        assert zero["xanchor"] == anchor
