"""The chart of ranges of ranks: what is in the figure, told by numbers beside the small table."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import DARK, LIGHT, Caption
from indices.charts.rank_intervals import rank_intervals
from indices.i18n import LANGUAGES

CAPTION = Caption(
    "Thứ hạng chỉ số hiệu quả quản trị quanh ngưỡng nhóm 15",
    "Chấm là thứ hạng, thanh là các hạng có thể.",
    "Nguồn: UNDP & CECODES <2024>",
)
# Place 15 twice, then 17 and a jump to 31.
TABLE = pd.DataFrame(
    {
        "province": ["Bà Rịa - Vũng Tàu", "Hậu Giang", "Yên Bái", "Cà Mau", "Bắc Giang"],
        "basis": ["sampling"] * 5,
        "place": [14, 15, 15, 17, 31],
        "computed": [False, False, True, True, True],
        "rank_low": [2, 9, 10, 12, 20],
        "rank_high": [40, 22, 22, 30, 44],
        "chance": [0.7, 0.55, 0.5, 0.3, 0.0],
        "said": ["70%", "55%", "50%", "30%", "<1%"],
        "n_provinces": [63] * 5,
        "se": [0.5, 0.25, 0.25, None, 0.1438],
    }
).convert_dtypes(dtype_backend="pyarrow")


def chart(table=TABLE, **changed):
    given = {"focal": "Bắc Giang", "target_rank": 15, "caption": CAPTION, "language": "vi", "theme": LIGHT}
    return rank_intervals(table, **given | changed)


def spec(*given, **changed):
    return chart(*given, **changed).to_dict()


def words(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
@pytest.mark.parametrize("table", [TABLE, TABLE.head(0)], ids=["rows", "none"])
def test_valid_with_its_words_inside(language, look, table):
    checked = go.Figure(spec(table, language=language, theme=look))  # plotly's own check
    said = words(checked.to_dict())
    assert "Thứ hạng chỉ số hiệu quả quản trị quanh<br>ngưỡng nhóm 15" in said
    assert "Nguồn: UNDP &amp; CECODES &lt;2024&gt;" in said
    assert checked.layout.separators == (",." if language == "vi" else ".,")
    assert checked.layout.paper_bgcolor == look.background


def test_nothing_is_smaller_than_12_px_or_wider_than_a_phone():
    figure = spec()
    assert min(note["font"]["size"] for note in figure["layout"]["annotations"]) >= 12
    assert figure["layout"]["margin"]["l"] + figure["layout"]["margin"]["r"] <= 190
    names = [note for note in figure["layout"]["annotations"] if note.get("xshift") == -8]
    assert max(len(note["text"]) for note in names) * 7 <= figure["layout"]["margin"]["l"]
    assert len(chart().to_json()) < 40_000


def test_bars_reach_from_the_lowest_to_the_highest_place_and_dots_stand_on_the_place():
    bars, dots = spec()["data"]
    assert bars["base"] == [1.6, 8.6, 9.6, 11.6, 19.6]
    assert [round(base + length, 6) for base, length in zip(bars["base"], bars["x"], strict=True)] == [
        40.4,
        22.4,
        22.4,
        30.4,
        44.4,
    ]
    assert dots["x"] == [14, 15, 15, 17, 31]
    assert dots["y"] == bars["y"] == sorted(bars["y"])


def test_the_focal_province_is_strong_and_computed_places_are_hollow():
    bars, dots = spec()["data"]
    assert bars["marker"]["color"] == [LIGHT.other] * 4 + [LIGHT.focal]
    assert dots["marker"]["color"] == [LIGHT.text, LIGHT.text, *[LIGHT.background] * 3]
    assert dots["marker"]["line"]["color"][-1] == LIGHT.focal
    assert dots["marker"]["size"] == [10, 10, 10, 10, 13]
    assert any("○ hạng tính toán" in said for said in words(spec()))
    assert not any("○" in said for said in words(spec(TABLE.head(2))))


def test_names_with_their_places_and_the_chance_stand_beside_each_bar():
    said = words(spec())
    assert [text for text in said if re.match(r"\d+ \D", text)] == [
        "14 BR-VT",
        "15 Hậu Giang",
        "15 Yên Bái",
        "17 Cà Mau",
        "31 Bắc Giang",
    ]
    assert [text for text in said if text.endswith("%")] == ["70%", "55%", "50%", "30%", "&lt;1%"]
    assert "Khả năng trong<br>nhóm 15" in said and "Nhóm 15" in said


def test_a_line_stands_where_places_are_left_out_and_ties_leave_none_out():
    figure = spec()
    lines = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    bars = figure["data"][0]["y"]
    assert len(lines) == 1  # not between the two at place 15 and the 17th
    assert bars[3] < lines[0]["y0"] < bars[4]
    assert any("┄ bỏ qua" in said for said in words(figure))
    assert not any("┄" in said for said in words(spec(TABLE.head(4))))


def test_the_band_covers_the_targets_places():
    figure = spec(target_rank=10)
    (band,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert (band["x0"], band["x1"], band["fillcolor"]) == (0.5, 10.5, LIGHT.target)
    assert figure["layout"]["xaxis"]["tickvals"] == [1, 10, 30, 45, 63]
    assert spec()["layout"]["xaxis"]["tickvals"] == [1, 15, 30, 45, 63]


def test_narrow_ranges_show_the_upper_part_of_the_field():
    near = TABLE.assign(rank_high=TABLE["place"] + 1).head(4)
    assert spec(near)["layout"]["xaxis"]["range"] == [0.5, 18.8]


def test_the_hover_says_range_chance_and_error():
    hover = spec()["data"][0]["hovertext"]
    assert hover[4] == (
        "<b>Bắc Giang</b><br>hạng 31/63 (hạng tính toán)<br>khoảng tin cậy ít nhất 90%: hạng 20 đến 44"
        "<br>trong nhóm 15: &lt;1%<br>sai số chuẩn 0,14 điểm"
    )
    assert "sai số chuẩn" not in hover[3]


def test_trials_of_weights_are_not_called_confidence():
    trials = spec(TABLE.assign(basis="weights", se=None))
    assert "90% số lần thử: hạng 20 đến 44" in trials["data"][0]["hovertext"][4]
    assert "Số lần trong<br>nhóm 15" in words(trials)
    assert not any("tin cậy" in said for said in [*words(trials), *trials["data"][0]["hovertext"]])
