"""The strip of a scenario: what is in the figure, beside the small tables it comes from."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import DARK, LIGHT, Caption
from indices.charts.scenario_strip import scenario_strip
from indices.i18n import LANGUAGES

CAPTION = Caption("PCI năm 2021: tổng điểm của Bắc Giang trước và sau kịch bản", "Cách đọc.", "Nguồn: VCCI.")
FIELD = pd.DataFrame(
    {
        "others": ["still"] * 3 + ["moving"] * 3,
        "province": ["A", "B", "C"] * 2,
        "score": [80.0, 70.0, 60.0, 82.0, 70.0, 71.5],
    }
).convert_dtypes(dtype_backend="pyarrow")
OUTCOMES = pd.DataFrame(
    {
        "others": ["still", "moving"],
        "before": [55.0, 55.0],
        "after": [62.5, 62.5],
        "target_rank": [3, 3],
        "target_score": [60.0, None],
        "said": [
            "Tỉnh khác giữ nguyên: hạng tính toán 3/5",
            "Tỉnh khác đổi như năm trước: hạng tính toán 4/5",
        ],
    }
).convert_dtypes(dtype_backend="pyarrow")


def strip(outcomes=OUTCOMES, field=FIELD, **changed):
    given = {"focal": "Bắc Giang", "scale_max": 100, "caption": CAPTION, "language": "vi", "theme": LIGHT}
    return scenario_strip(field, outcomes, **(given | changed))


def words(fig):
    return [note["text"] for note in fig.to_dict()["layout"]["annotations"]]


def ours(fig):
    return [trace for trace in fig.to_dict()["data"] if trace.get("name") == "Bắc Giang"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_it_is_valid_and_carries_its_words(language, look):
    checked = go.Figure(strip(language=language, theme=look).to_dict())
    assert "PCI năm 2021: tổng điểm của Bắc Giang<br>trước và sau kịch bản" in words(checked)
    assert "Nguồn: VCCI." in words(checked)
    assert checked.layout.separators == (",." if language == "vi" else ".,")


def test_one_stroke_a_province_and_one_strip_for_what_they_do():
    still, mine, moving, again = strip().to_dict()["data"]
    assert (still["x"], moving["x"]) == ([80, 70, 60], [82, 70, 71.5])
    assert len(set(still["y"])) == len(set(moving["y"])) == 1
    assert still["y"][0] == mine["y"][0] < moving["y"][0] == again["y"][0]
    assert still["hovertext"][0] == "<b>A</b><br>80,00"


def test_before_is_hollow_and_after_is_filled():
    first = ours(strip())[0]
    assert first["x"] == [55, 62.5]
    assert first["marker"]["color"] == [LIGHT.background, LIGHT.focal]
    assert first["hovertext"] == [
        "<b>Bắc Giang</b><br>đã công bố: 55,00",
        "<b>Bắc Giang</b><br>theo kịch bản: 62,50",
    ]


def test_nothing_moved_is_one_point():
    found = ours(strip(OUTCOMES.assign(after=55.0)))[0]
    assert (found["x"], found["marker"]["color"]) == ([55], [LIGHT.focal])
    assert "<b>55,00</b>" in words(strip(OUTCOMES.assign(after=55.0)))


def test_the_target_is_a_dotted_line_only_where_its_score_is_known():
    (line,) = strip().to_dict()["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["line"]["dash"]) == (60, 60, "dot")
    assert words(strip()).count("cần cho hạng 3: 60,00") == 1


def test_numbers_stand_at_their_points():
    assert words(strip()).count("<b>62,50</b> (+7,50)") == 2
    # 55 and 62.5 lie far enough apart on an axis from 55 to 82 only where it is short.
    near = strip(OUTCOMES.assign(before=62.4))
    assert "62,40" not in words(near)
    far = strip(OUTCOMES.assign(before=55.0, after=75.0))
    assert "55,00" in words(far)
    assert "<b>62,50</b> (+0,0500)" in words(strip(OUTCOMES.assign(before=62.45)))


def test_labels_near_an_end_turn_inwards():
    notes = {
        note["text"]: note
        for note in strip(OUTCOMES.assign(before=80.0, after=82.0)).to_dict()["layout"]["annotations"]
    }
    assert notes["<b>82,00</b> (+2,00)"]["xanchor"] == "right"
    assert notes["cần cho hạng 3: 60,00"]["xanchor"] == "left"


def test_no_words_smaller_than_12_px_or_wider_than_a_phone():
    layout = strip().to_dict()["layout"]
    assert min(note["font"]["size"] for note in layout["annotations"]) >= 12
    lines = [
        re.sub("<[^>]+>", "", line) for note in layout["annotations"] for line in note["text"].split("<br>")
    ]
    assert max(map(len, lines)) <= 54


def test_without_figures_there_is_the_sheet_with_its_words():
    assert "chưa có số liệu" in words(strip(field=FIELD.head(0)))
    assert strip(field=FIELD.head(0)).to_dict()["data"] == []
