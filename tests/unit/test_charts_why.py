"""Charts of changes: what is in the figure, by numbers beside the small tables they come from."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import DARK, LIGHT, Caption
from indices.charts.movers import crossing_lines
from indices.charts.reweighted import reweighted_lines
from indices.charts.score_waterfall import score_steps
from indices.charts.waterfall import place_steps
from indices.i18n import LANGUAGES

CAPTION = Caption(
    "Từ hạng 31 năm 2021 đến hạng 2 năm 2022", "Cột gạch chéo là giảm bậc.", "Nguồn: VCCI <2023>"
)
VI = {"caption": CAPTION, "language": "vi", "theme": LIGHT}


def table(names, rows):
    return pd.DataFrame(rows, columns=names.split()).convert_dtypes(dtype_backend="pyarrow")


STEPS = table(
    "name places",
    [("Điểm của tỉnh", 33.0), ("Các tỉnh khác", -4.0), ("Tỉnh mới xếp hạng", 0.0), ("Làm tròn", 0.0)],
)
ENDS = table("edition place n_ranked", [("2021", 31, 63), ("2022", 2, 63)])
PARTS = table(
    "name points mark hover",
    [
        ("Tính năng động", 2.95, "", ""),
        ("Chi phí gia nhập", -0.054, " *", "6,76 → 6,65"),
        ("Đất đai", 0.0, "", ""),
    ],
)
SCORES = table("edition score", [("2021", 65.542), ("2022", 68.438)])
CROSSINGS = table(
    "province kind place_before place_after",
    [
        ("Hải Phòng", "overtaken", 2, 3),
        ("An Giang", "overtaken", 17, 54),
        ("Long An", "overtook_us", 40, 1),
        ("Quảng Ninh", "entered", None, 1),
        ("Bình Dương", "left", 9, None),
    ],
)
WEIGHTED = table(
    "edition weights score computed place",
    [
        ("2021", "old", 64.738396, False, 31),
        ("2021", "new", 65.542401, True, 47),
        ("2022", "old", 68.845, True, None),
        ("2022", "new", 72.8, False, 2),
    ],
)


def steps(moves=STEPS, ends=ENDS, target_rank=15, **changed):
    return place_steps(moves, ends, **{"target_rank": target_rank, **VI, **changed})


FORMS = {
    "place_steps": steps,
    "score_steps": lambda **changed: score_steps(PARTS, SCORES, **{**VI, **changed}),
    "crossing_lines": lambda **changed: crossing_lines(
        CROSSINGS, ENDS, focal="Bắc Giang", **{**VI, **changed}
    ),
    "reweighted_lines": lambda **changed: reweighted_lines(WEIGHTED, **{**VI, **changed}),
}


def words(fig):
    return [note["text"] for note in fig.to_dict()["layout"]["annotations"]]


def bare(fig):
    return [re.sub("<[^>]+>", "", said) for said in words(fig)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_form_is_valid_and_carries_its_words(form, language, look):
    fig = FORMS[form](language=language, theme=look)
    checked = go.Figure(fig.to_dict())  # plotly's own check of every property
    assert "Từ hạng 31 năm 2021 đến hạng 2 năm 2022" in words(checked)
    assert "Nguồn: VCCI &lt;2023&gt;" in words(checked)
    assert checked.layout.paper_bgcolor == look.background
    assert "http" not in fig.to_json() and len(fig.to_json()) < 40_000


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_smaller_than_12_px(form):
    assert min(note["font"]["size"] for note in FORMS[form]().to_dict()["layout"]["annotations"]) >= 12


def test_steps_lead_from_the_place_before_to_the_place_after():
    spec = steps().to_dict()
    plates, *bars = spec["data"]
    assert (plates["x"], plates["y"]) == ([0, 3], [31, 2])
    # Own first would lead over place 1 (31 − 33): the other order stays within the field.
    assert [(bar["hovertext"], bar["base"], bar["y"]) for bar in bars] == [
        (["Các tỉnh khác"], [31], [4]),
        (["Điểm của tỉnh"], [35], [-33]),
    ]
    assert spec["layout"]["xaxis"]["ticktext"] == ["2021", "Các tỉnh<br>khác", "Điểm của<br>tỉnh", "2022"]


def test_better_places_are_on_top_and_steps_down_are_hatched():
    spec = steps().to_dict()
    bottom, top = spec["layout"]["yaxis"]["range"]
    assert bottom > 35 and top < 2
    down, up = spec["data"][1:]
    assert (down["marker"]["pattern"]["shape"], down["marker"]["line"]["color"]) == ("/", LIGHT.missed)
    assert (up["marker"]["pattern"]["shape"], up["marker"]["color"]) == ("", LIGHT.met)
    assert {"−4", "+33", "31", "2"} <= set(bare(steps()))


def test_halves_are_written_and_steps_of_none_left_out():
    moves = table("name places", [("Điểm của tỉnh", 2.5), ("Các tỉnh khác", -6.5), ("Làm tròn", 0.0)])
    fig = steps(moves, table("edition place n_ranked", [("2023", 10, 61), ("2024", 14, 61)]))
    assert {"+2,5", "−6,5"} <= set(bare(fig)) and len(fig.data) == 3


def test_the_target_is_a_band_and_on_the_axis():
    spec = steps(target_rank=10).to_dict()
    band = next(shape for shape in spec["layout"]["shapes"] if shape["type"] == "rect")
    assert band["y1"] == 10.5 and 10 in spec["layout"]["yaxis"]["tickvals"]
    assert "■ Nhóm 10" in bare(steps(target_rank=10))


def test_a_place_that_did_not_move_is_drawn_too():
    same = table("edition place n_ranked", [("2021", 4, 63), ("2022", 4, 63)])
    fig = steps(STEPS.assign(places=0.0), same)
    assert len(fig.data) == 1 and fig.data[0]["y"] == (4, 4)


def test_parts_lead_from_one_score_to_the_other():
    up, down, plates = FORMS["score_steps"]().to_dict()["data"]
    assert (up["x"], up["base"]) == ([2.95, 0.0], [65.542, pytest.approx(68.438)])
    assert (down["x"], down["base"]) == ([-0.054], [pytest.approx(68.492)])
    assert plates["x"] == [65.542, pytest.approx(68.438)]
    assert down["marker"]["pattern"]["shape"] == "/" and down["hovertext"] == ["6,76 → 6,65"]
    said = bare(FORMS["score_steps"]())
    assert {"+2,95", "−0,05", "0,00", "65,54", "68,44", "Chi phí gia nhập *"} <= set(said)


def test_points_stand_beside_the_plot_where_no_bar_runs_through_them():
    notes = FORMS["score_steps"]().to_dict()["layout"]["annotations"]
    points = [note for note in notes if note["text"] in ("<b>+2,95</b>", "<b>−0,05</b>")]
    assert [(note["x"], note["xanchor"], note["xshift"] > 50) for note in points] == [(1, "right", True)] * 2


def test_lines_keep_the_order_of_places_on_either_side():
    spec = FORMS["crossing_lines"]().to_dict()
    ends = {trace["name"]: (trace["x"], trace["y"]) for trace in spec["data"]}
    assert ends == {
        "Hải Phòng": ([0, 1], [0, 3]),
        "An Giang": ([0, 1], [2, 4]),
        "Long An": ([0, 1], [4, 0]),
        "Quảng Ninh": ([1], [1]),
        "Bình Dương": ([0], [1]),
        "Bắc Giang": ([0, 1], [3, 2]),
    }
    bottom, top = spec["layout"]["yaxis"]["range"]
    assert bottom > top


def test_every_line_is_named_with_its_places():
    said = bare(FORMS["crossing_lines"]())
    assert {"2 Bắc Giang", "31", "3 Hải Phòng", "54 An Giang", "1 Long An", "1 Quảng Ninh"} <= set(said)
    assert "Bình Dương 9" in said
    key = next(one for one in said if "bị vượt qua" in one)
    assert all(kind in key for kind in ("vượt lên trên", "mới được xếp hạng"))


def test_only_the_focal_line_is_strong_and_the_kinds_differ_without_colour():
    lines = {trace["name"]: trace["line"] for trace in FORMS["crossing_lines"]().to_dict()["data"]}
    assert lines["Bắc Giang"]["width"] == 4 and lines["Bắc Giang"]["color"] == LIGHT.focal
    assert all(line["width"] < 2 for name, line in lines.items() if name != "Bắc Giang")
    assert lines["Long An"]["dash"] != lines["Hải Phòng"]["dash"]


def test_a_line_for_either_set_of_weights_hollow_where_computed():
    spec = FORMS["reweighted_lines"]().to_dict()
    old, new = spec["data"][2:]
    assert (old["y"], new["y"]) == ([64.738396, 68.845], [65.542401, 72.8])
    assert old["marker"]["color"] == [old["line"]["color"], LIGHT.background]
    assert new["marker"]["color"] == [LIGHT.background, LIGHT.focal]
    assert old["line"]["dash"] != new["line"]["dash"]
    said = bare(FORMS["reweighted_lines"]())
    assert {"64,74hạng 31", "65,542hạng 47", "68,845", "72,80hạng 2", "+4,11", "+7,26"} <= set(said)
    key = " ".join(said)
    assert "riêng đổi trọng số, năm 2021: +0,80 điểm" in key and "năm 2022: +3,95 điểm" in key
