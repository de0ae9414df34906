"""The bars of the gap: directions, order, sums and words, beside the small tables they come from."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import DARK, LIGHT, Caption
from indices.charts.difference_bars import difference_bars
from indices.charts.lost_bars import lost_bars
from indices.i18n import LANGUAGES

CAPTION = Caption("Bắc Giang so với Thái Bình", "Tính bằng điểm của tổng.", "Nguồn: VCCI & <x>")
VI = {"caption": CAPTION, "language": "vi", "theme": LIGHT, "focal": "Bắc Giang", "scale_max": 100.0}
DIFFERENCES = pd.DataFrame(
    {
        "component": ["land", "law", "time"],
        "name": ["Đất đai", "Công khai, minh bạch trong việc ra quyết định ở địa phương", "Thời gian"],
        "own": [6.0, 14.0, 3.0],
        "other": [6.2, 13.0, 3.8],
        "difference": [0.2, -1.0, 0.8],
    }
)
LOST = pd.DataFrame(
    {
        "component": ["land", "law", "other_parts"],
        "name": ["Đất đai", "Pháp luật", "3 phần chưa có số liệu"],
        "gained": [6.0, 18.88, 24.0],
        "attainable": [10.0, 23.5, 35.0],
        "lost": [4.0, 4.62, 11.0],
        "best": [9.0, None, None],
        "n_parts": [None, None, 3],
    }
)


def differences(table=DIFFERENCES, total=0.0525, **changed):
    return difference_bars(table, total=total, **(VI | changed))


def lost(table=LOST, **changed):
    return lost_bars(table, **(VI | changed))


FORMS = {"differences": differences, "lost": lost}


def words(fig):
    return [re.sub("<[^>]+>", "", note["text"]) for note in fig.to_dict()["layout"]["annotations"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_form_is_valid_and_carries_its_words(form, language, look):
    fig = FORMS[form](language=language, theme=look)
    checked = go.Figure(fig.to_dict())  # plotly's own check of every property
    assert {"Bắc Giang so với Thái Bình", "Nguồn: VCCI &amp; &lt;x&gt;"} <= set(words(checked))
    assert checked.layout.paper_bgcolor == look.background
    sizes = [note["font"]["size"] for note in fig.to_dict()["layout"]["annotations"]]
    assert min(sizes) >= 12
    assert len(fig.to_json()) < 20_000 and "http" not in fig.to_json()


def test_what_is_lacking_stands_left_from_the_largest_on_and_the_sum_last():
    bars = differences().to_dict()["data"][0]
    assert bars["x"] == [-0.8, -0.2, 1.0, -0.0525]
    assert [cell[0] for cell in bars["customdata"]] == ["time", "land", "law", None]
    assert bars["y"] == sorted(bars["y"])


def test_lacks_and_leads_differ_without_colour():
    marker = differences().to_dict()["data"][0]["marker"]
    assert marker["pattern"]["shape"] == ["/", "/", "", "/"]
    assert marker["color"] == [LIGHT.missed, LIGHT.missed, LIGHT.focal, LIGHT.missed]


def test_differences_are_said_in_words_a_small_sum_with_all_its_decimals():
    said = words(differences())
    assert {"kém 0,80", "kém 0,20", "hơn 1,00", "kém 0,0525", "Cộng lại"} <= set(said)
    assert {"◀ Bắc Giang kém", "Bắc Giang hơn ▶"} <= set(said)
    assert "behind 0.80" in words(differences(language="en"))
    assert "bằng nhau" in words(differences(DIFFERENCES.assign(difference=[0.0, 0.001, -0.4])))
    assert "0,2000" not in " ".join(words(differences()))


def test_a_difference_on_the_scale_to_one_has_four_decimals():
    assert "kém 0,0123" in words(differences(DIFFERENCES.assign(difference=0.0123), scale_max=1.0))


def test_the_hover_has_both_figures():
    hover = differences().to_dict()["data"][0]["hovertext"][0]
    assert hover == "<b>Thời gian</b><br>Bắc Giang: 3,00<br>so với: 3,80<br>kém <b>0,80</b>"


def test_both_sides_have_room_also_where_all_differences_are_of_one_sign():
    low, high = differences(DIFFERENCES.assign(difference=[1.0, 2.0, 4.0])).to_dict()["layout"]["xaxis"][
        "range"
    ]
    assert (low, high) == (-4.0, 1.0)


def test_lost_bars_are_as_long_as_what_a_part_is_worth_the_unknown_ones_last():
    gained, gone, best = lost().to_dict()["data"]
    assert [cell[0] for cell in gained["customdata"]] == ["law", "land", "other_parts"]
    assert (gained["x"], gone["x"]) == ([18.88, 6.0, 24.0], [4.62, 4.0, 11.0])
    assert gone["marker"]["pattern"]["shape"] == "/" and gained["marker"]["pattern"]["shape"] == ""
    assert best["x"] == [9.0]
    assert lost().to_dict()["layout"]["barmode"] == "stack"
    assert lost().to_dict()["layout"]["xaxis"]["range"] == [0, 35.0]


def test_lost_points_are_written_of_their_maximum():
    said = words(lost())
    assert {"mất 4,62/23,5", "mất 4,00/10", "mất 11,00/35"} <= set(said)
    assert any("tỉnh cao nhất" in one for one in said)
    assert not any("tỉnh cao nhất" in one for one in words(lost(LOST.assign(best=None))))


def test_no_line_is_wider_than_a_phone():
    for fig, most in (
        (differences(), 40),
        (lost(LOST.assign(name="Tác động của cải cách đến người dân, tổ chức")), 36),
    ):
        for note in fig.to_dict()["layout"]["annotations"]:
            if note.get("xref") == "paper" and note["x"] == 0 and "xshift" not in note:
                assert max(len(line) for line in note["text"].split("<br>")) <= most


def test_charts_without_figures_say_so():
    for fig in (differences(DIFFERENCES[:0]), lost(LOST[:0])):
        assert "chưa có số liệu" in words(fig) and len(fig.data) == 0
