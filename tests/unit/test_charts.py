"""Charts: what is in the figure, told by numbers beside the small tables they come from."""

import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts import (
    DARK,
    LIGHT,
    Caption,
    component_bars,
    coverage_grid,
    rank_lines,
    score_lines,
    short_name,
    sparkline,
    target_counts,
    theme,
    tile_map,
)
from indices.charts.runs import nudged, rows, runs
from indices.charts.theme import _contrast, _luminance
from indices.charts.tile_map import bands
from indices.i18n import LANGUAGES

GEO = Path(__file__).parents[2] / "data" / "geo"
CAPTION = Caption(
    "Thứ hạng chỉ số năng lực cạnh tranh của tỉnh Bắc Giang",
    "Hạng 1 ở trên cùng.",
    "Nguồn: VCCI & Bộ Nội vụ <2023>",
)
VI = {"caption": CAPTION, "language": "vi", "theme": LIGHT}


def history(places, province="Bắc Giang", first=2015, segments=None, computed=()):
    """One row a year from `first`; None where the place is missing."""
    years = range(first, first + len(places))
    return pd.DataFrame(
        {
            "province": province,
            "year": list(years),
            "place": places,
            "score": [None if place is None else 70 - place / 4 for place in places],
            "computed": [year in computed for year in years],
            "n_ranked": 63,
            "basis": [None if place is None else "published" for place in places],
            "segment": segments or [0] * len(places),
        }
    ).convert_dtypes(dtype_backend="pyarrow")


# A gap in 2017 and a new method from 2020: three pieces.
CUT = history([20, 18, None, 9, 3, 44, 38], segments=[0, 0, 0, 0, 0, 1, 1], computed=(2016,))
FIELD = pd.DataFrame(
    {
        "year": [2015, 2016, 2017, 2018],
        "segment": [0, 0, 0, 1],
        "target_rank": [15, 15, 15, 15],
        "best": [70.0, 71.0, None, 72.0],
        "target_score": [65.0, 66.0, None, 67.0],
        "median": [60.0, 61.0, None, 62.5],
    }
).convert_dtypes(dtype_backend="pyarrow")
RANKING = pd.DataFrame(
    {
        "province": ["Bắc Giang", "Đà Nẵng", "Khánh Hòa", "Hà Nội"],
        "place": [4, 16, 60, None],
        "computed": [False, True, False, False],
        "score": [71.5, 66.25, 58.0, 61.0],
        "n_ranked": [63, 63, 63, 63],
        "basis": ["published"] * 4,
    }
).convert_dtypes(dtype_backend="pyarrow")
COMPONENTS = pd.DataFrame(
    {
        "component": ["entry", "land"],
        "name": ["Gia nhập thị trường", "Tiếp cận đất đai và sự ổn định trong sử dụng đất lâu dài"],
        "scale_max": [10.0, 10.0],
        "score": [6.76, None],
        "target_score": [7.25, 7.5],
        "median": [6.9, 7.0],
        "best": [8.1, 8.0],
        "place": [37, None],
        "n_provinces": [63, 63],
    }
).convert_dtypes(dtype_backend="pyarrow")
COUNTS = pd.DataFrame(
    {"year": [2021, 2022, 2023], "met": [2, 4, 0], "missed": [3, 1, 5], "unknown": [1, 1, 1]}
)
COVERAGE = pd.DataFrame(
    {
        "index": ["PCI", "PCI", "ICT", "DTI", "DTI"],
        "edition": ["2022", "2023", "2021", "2024", "2024-34"],
        "year": [2022, 2023, 2021, 2024, 2024],
        "status": ["complete", "partial", "not_held", "empty", "partial"],
        "n_ranked": [63, 63, None, 63, 34],
        "n_scores": [63, 19, 0, 0, 5],
        "n_ranks": [63, 20, 0, 0, 11],
    }
).convert_dtypes(dtype_backend="pyarrow")


def tiles(frame):
    return pd.read_csv(GEO / f"tile_grid_{frame}.csv")


def map_of(frame=63, **changed):
    given = {"focal": "Bắc Giang", "measure": "place", "target_rank": 15} | VI | changed
    return tile_map(RANKING, tiles(frame), tiles("islands"), **given)


def ranks(table=CUT, **changed):
    return rank_lines(table, **({"focal": "Bắc Giang", "target_rank": 15} | VI | changed))


def scores(table=CUT, **changed):
    return score_lines(table, **({"focal": "Bắc Giang", "field": FIELD} | VI | changed))


FORMS = {
    "rank_lines": ranks,
    "score_lines": scores,
    "tile_map": map_of,
    "component_bars": lambda **changed: component_bars(COMPONENTS, **({"focal": "Bắc Giang"} | VI | changed)),
    "target_counts": lambda **changed: target_counts(COUNTS, **(VI | changed)),
    "coverage_grid": lambda **changed: coverage_grid(COVERAGE, **(VI | changed)),
}


def words(fig):
    return [note["text"] for note in fig.to_dict()["layout"]["annotations"]]


def line_of(fig, province):
    return next(trace for trace in fig.to_dict()["data"] if trace.get("name") == province)


def pieces(trace):
    found = [[]]
    for year, value in zip(trace["x"], trace["y"], strict=True):
        if year is None:
            found.append([])
        else:
            found[-1].append((year, value))
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_form_is_valid_and_carries_its_words(form, language, look):
    fig = FORMS[form](language=language, theme=look)
    checked = go.Figure(fig.to_dict())  # plotly's own check of every property
    assert "Thứ hạng chỉ số năng lực cạnh tranh của<br>tỉnh Bắc Giang" in words(checked)
    assert "Hạng 1 ở trên cùng." in words(checked)
    assert "Nguồn: VCCI &amp; Bộ Nội vụ &lt;2023&gt;" in words(checked)
    assert checked.layout.separators == (",." if language == "vi" else ".,")
    assert checked.layout.paper_bgcolor == look.background


@pytest.mark.parametrize("form", FORMS)
def test_no_line_of_words_is_wider_than_a_phone(form):
    outside = [
        note for note in FORMS[form]().to_dict()["layout"]["annotations"] if note.get("xshift", 0) <= 6
    ]
    assert outside
    for note in outside:
        lines = [re.sub("<[^>]+>", "", line) for line in note["text"].split("<br>")]
        assert max(map(len, lines)) <= (40 if note["font"]["size"] == 17 else 54)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_smaller_than_12_px(form):
    sizes = [int(size) for size in re.findall(r"font-size:(\d+)px", str(words(FORMS[form]())))]
    sizes += [note["font"]["size"] for note in FORMS[form]().to_dict()["layout"]["annotations"]]
    assert min(sizes) >= 12


@pytest.mark.parametrize("form", FORMS)
def test_no_data_from_outside_and_a_small_figure(form):
    spec = FORMS[form]().to_json()
    assert "http" not in spec
    assert '"template":{"layout":{}}' in spec.replace(" ", "")
    assert len(spec) < 40_000


def test_a_line_is_cut_at_the_gap_and_at_the_new_method():
    line = line_of(ranks(), "Bắc Giang")
    assert pieces(line) == [
        [(2015, 20), (2016, 18)],
        [(2018, 9), (2019, 3)],
        [(2020, 44), (2021, 38)],
    ]
    assert line["connectgaps"] is False


def test_rank_one_is_on_top_and_years_are_whole():
    layout = ranks().to_dict()["layout"]
    bottom, top = layout["yaxis"]["range"]
    assert bottom > 63 and top < 1
    assert layout["yaxis"]["tickvals"] == [1, 15, 30, 45, 63]
    assert layout["xaxis"]["tickformat"] == "d" and layout["xaxis"]["dtick"] == 2


def test_high_places_only_show_the_upper_part_of_the_field():
    assert ranks(history([2, 4, 9])).to_dict()["layout"]["yaxis"]["range"][0] < 20


def test_target_band_reaches_over_the_target_and_is_named():
    fig = ranks(target_rank=10)
    band = next(shape for shape in fig.to_dict()["layout"]["shapes"] if shape["type"] == "rect")
    assert band["y1"] == 10.5 and band["fillcolor"] == LIGHT.target
    assert "Nhóm 10" in words(fig)


def test_computed_places_are_hollow_and_called_so():
    line = line_of(ranks(), "Bắc Giang")
    assert line["marker"]["color"][:2] == [LIGHT.focal, LIGHT.background]
    assert "2016: hạng 18/63 (hạng tính toán)" in line["hovertext"][1]
    assert "(hạng tính toán)" not in line["hovertext"][0]
    assert any("○ hạng tính toán" in said for said in words(ranks()))
    assert not any("○" in said for said in words(ranks(history([5, 6]))))


def test_the_hover_says_score_and_basis():
    hover = line_of(ranks(), "Bắc Giang")["hovertext"][0]
    assert hover == "<b>Bắc Giang</b><br>2015: hạng 20/63<br>65,00 điểm<br>số liệu công bố"


def test_the_focal_line_carries_its_places_up_to_fourteen_points():
    assert line_of(ranks(), "Bắc Giang")["text"] == ["20", "18", "", "9", "3", "", "44", ""]
    assert "text" not in line_of(ranks(history(list(range(1, 16)))), "Bắc Giang")


def test_a_single_point_stays_visible():
    line = line_of(ranks(history([None, 7, None])), "Bắc Giang")
    assert "markers" in line["mode"] and pieces(line) == [[(2016, 7)]]


def test_lines_end_in_labels_that_do_not_touch():
    table = pd.concat(
        [CUT, history([1] * 6 + [38], "Thành phố Hồ Chí Minh"), history([2] * 6 + [37], "Hà Nội")]
    )
    labels = [note for note in ranks(table).to_dict()["layout"]["annotations"] if note.get("xshift") == 4]
    assert [re.sub("<[^>]+>", "", label["text"]) for label in labels] == [
        "◆ TP.HCM 38",
        "■ Hà Nội 37",
        "● Bắc Giang 38",
    ]
    bottom, top = ranks(table).to_dict()["layout"]["yaxis"]["range"]
    heights = sorted((label["y"] - top) * 330 / (bottom - top) - label["yshift"] for label in labels)
    assert all(b - a >= 16.9 for a, b in pairwise(heights))


def test_a_line_that_ends_early_says_when():
    assert any("(2016)" in said for said in words(ranks(history([5, 6, None]))))


def test_compared_provinces_differ_without_colour():
    table = pd.concat([history([place] * 3, f"Tỉnh {place}") for place in range(1, 7)])
    lines = [trace for trace in ranks(table).to_dict()["data"] if trace["name"].startswith("Tỉnh")]
    assert len({(line["line"]["dash"], line["marker"]["symbol"]) for line in lines}) == 6
    assert len({line["line"]["color"] for line in lines}) == 6


def test_breaks_and_events_are_marked_beside_the_lines():
    breaks = pd.DataFrame({"year": [2015, 2020], "text": ["trước", "Bộ chỉ số mới"]})
    events = pd.DataFrame({"x": [2018.5, 2018.52, 2019.5], "text": ["Hội nghị", "Kế hoạch", "Tổ công tác"]})
    spec = ranks(breaks=breaks, events=events).to_dict()
    cuts = [shape["x0"] for shape in spec["layout"]["shapes"] if shape["type"] == "line"]
    assert cuts == [2019.5]  # none before the first edition
    marks, happened = spec["data"][:2]
    assert marks["hovertext"] == ["Thay đổi phương pháp từ năm đánh giá 2020:<br>Bộ chỉ số mới"]
    assert happened["x"] == [2018.5, 2019.5]
    assert happened["hovertext"] == ["Hội nghị<br>Kế hoạch", "Tổ công tác"]


def test_names_from_data_cannot_become_tags():
    assert (
        "&lt;b&gt;"
        in ranks(breaks=pd.DataFrame({"year": [2018], "text": ["<b>x"]})).to_dict()["data"][0]["hovertext"][0]
    )


def test_score_lines_show_best_target_and_middle_with_the_same_gaps():
    fig = scores(scale_max=100)
    best = line_of(fig, "Cao nhất")
    assert pieces(best) == [[(2015, 70.0), (2016, 71.0)], [(2018, 72.0)]]
    assert {line_of(fig, name)["line"]["dash"] for name in ("Cao nhất", "Hạng 15", "Mức giữa")} == {
        "dot",
        "dash",
        "longdashdot",
    }
    said = [re.sub("<[^>]+>", "", text) for text in words(fig)]
    assert "Hạng 15 67,00 (2018)" in said and "● Bắc Giang 60,50" in said
    assert any("Thang điểm 100" in text for text in said)
    low, high = fig.to_dict()["layout"]["yaxis"]["range"]
    assert low < 59 and 72 < high <= 100


@pytest.mark.parametrize(("frame", "n"), [(63, 63), (34, 34)])
def test_the_map_has_every_province_and_both_archipelagos(frame, n):
    drawn, texts = map_of(frame).to_dict()["data"]
    assert len(drawn["x"]) == n + 2
    assert [cell[0] for cell in drawn["customdata"]][-2:] == ["Đà Nẵng", "Khánh Hòa"]
    assert len({cell[0] for cell in drawn["customdata"]}) == n
    plain = [re.sub("<[^>]+>", " ", text) for text in texts["text"]]
    assert any("Quần đảo Hoàng Sa (Đà Nẵng)" in text for text in plain)
    assert any("Quần đảo Trường Sa (Khánh Hòa)" in text for text in plain)
    assert "Quần đảo Trường Sa (Khánh Hòa)" in drawn["hovertext"][-1]
    assert "hạng 60/63" in drawn["hovertext"][-1]


def test_a_tile_says_place_and_name_and_where_it_has_none_is_hatched():
    drawn, texts = map_of().to_dict()["data"]
    at = [cell[0] for cell in drawn["customdata"]].index
    assert re.sub("<[^>]+>", " ", texts["text"][at("Bắc Giang")]).split() == ["4", "Bắc", "Giang"]
    assert "16*" in texts["text"][at("Đà Nẵng")]
    assert drawn["marker"]["pattern"]["shape"][at("Bắc Giang")] == ""
    assert drawn["marker"]["pattern"]["shape"][at("Cà Mau")] == "/"
    assert "chưa có số liệu" in drawn["hovertext"][at("Cà Mau")]
    assert "chưa có thứ hạng" in drawn["hovertext"][at("Hà Nội")]
    assert "hạng 16/63 (hạng tính toán)" in drawn["hovertext"][at("Đà Nẵng")]
    assert drawn["marker"]["color"][at("Bắc Giang")] == LIGHT.bands[0]
    assert drawn["marker"]["color"][at("Đà Nẵng")] == LIGHT.bands[2]
    assert "71,50" in map_of(measure="score").to_dict()["data"][1]["text"][at("Bắc Giang")]


def test_only_the_focal_tile_is_framed():
    drawn = map_of().to_dict()["data"][0]
    framed = [
        cell[0]
        for cell, width in zip(drawn["customdata"], drawn["marker"]["line"]["width"], strict=True)
        if width > 1
    ]
    assert framed == ["Bắc Giang"]


@pytest.mark.parametrize(
    ("target", "n", "expected"),
    [
        (15, 63, [(1, 5), (6, 15), (16, 31), (32, 47), (48, 63)]),
        (10, 34, [(1, 3), (4, 10), (11, 18), (19, 26), (27, 34)]),
    ],
)
def test_bands_of_places(target, n, expected):
    assert bands(target, n) == expected


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_words_are_readable_on_every_map_colour_and_lines_on_the_page(look):
    page = _luminance(look.background)
    for fill in look.bands:
        assert _contrast(_luminance(look.on(fill)), _luminance(fill)) >= 4.5
    inks = [look.text, look.muted, look.focal, look.reference, look.met, look.near, look.missed]
    for ink in [*inks, *(stroke.color for stroke in look.comparison)]:
        assert _contrast(_luminance(ink), page) >= 4.5


def test_component_bars_are_shares_of_the_scale():
    spec = FORMS["component_bars"]().to_dict()
    track, bars = spec["data"][:2]
    assert track["x"] == [1.0, 1.0]
    assert bars["x"] == [0.676, None]
    target = next(trace for trace in spec["data"][::-1] if trace["marker"].get("symbol") == "line-ns")
    assert target["x"] == [0.725, 0.75]
    said = [re.sub("<[^>]+>", "", text) for text in words(FORMS["component_bars"]())]
    assert "6,76/10 · hạng 37/63" in said and "chưa có số liệu" in said
    names = [note["text"] for note in spec["layout"]["annotations"] if "Tiếp cận" in note["text"]]
    assert names == ["Tiếp cận đất đai và sự ổn định trong<br>sử dụng đất lâu dài"]


def test_component_bars_fall_back_to_points_without_scales():
    table = COMPONENTS.assign(scale_max=[10.0, None]).convert_dtypes(dtype_backend="pyarrow")
    spec = component_bars(table, focal="Bắc Giang", **VI).to_dict()
    assert spec["data"][1]["x"] == [6.76, None]
    assert spec["layout"]["xaxis"]["range"] == [0, 8.1]


def test_target_counts_write_whole_numbers_and_differ_without_colour():
    met, missed, unknown = FORMS["target_counts"]().to_dict()["data"]
    assert met["text"] == ["2", "4", ""] and met["y"] == [2, 4, None]
    assert missed["text"] == ["3", "1", "5"]
    assert unknown["name"] == "Chưa có số liệu"
    looks = {(bar["marker"]["color"], bar["marker"]["pattern"]["shape"]) for bar in (met, missed, unknown)}
    assert len(looks) == 3 and missed["marker"]["pattern"]["shape"] == "/"


def test_coverage_writes_counts_newest_edition_first():
    spec = FORMS["coverage_grid"]().to_dict()
    cells = spec["data"][0]
    assert cells["text"] == ["63/63", "20/63", "–", "0/63", "11/34"]
    assert cells["customdata"][4] == ["DTI", "2024-34"]
    assert spec["layout"]["yaxis"]["ticktext"] == ["2024", "2024-34", "2023", "2022", "2021"]
    assert cells["marker"]["pattern"]["shape"] == ["", "/", "", "", "/"]
    assert cells["hovertext"][1] == (
        "<b>PCI 2023</b>: một phần<br>có điểm: 19/63 tỉnh<br>có thứ hạng: 20/63 tỉnh"
    )


def test_charts_without_figures_say_so():
    nothing = history([None, None])
    for fig in (ranks(nothing), scores(nothing), component_bars(COMPONENTS[:0], focal="x", **VI)):
        assert "chưa có số liệu" in words(fig)
        assert len(fig.data) == 0
    assert "chưa có số liệu" in words(target_counts(COUNTS[:0], **VI))
    assert "chưa có số liệu" in words(coverage_grid(COVERAGE[:0], **VI))


def test_a_sparkline_is_one_svg_with_gaps_and_a_title():
    svg = sparkline(CUT, target_rank=15, n_ranked=63)
    assert svg.count("<path") == 3 and svg.count("sparkline-last") == 1
    assert "<title>Thứ hạng từ 20/63 (năm 2015) đến 38/63 (năm 2021); mục tiêu nhóm 15</title>" in svg
    assert "script" not in svg and "href" not in svg
    assert sparkline(history([None]), target_rank=15, n_ranked=63).count("<circle") == 0


def test_short_names():
    assert [short_name(name) for name in ("Bà Rịa - Vũng Tàu", "Thành phố Hồ Chí Minh", "Bắc Giang")] == [
        "BR-VT",
        "TP.HCM",
        "Bắc Giang",
    ]


def test_theme_by_name():
    assert theme("dark") is DARK and theme("light") is LIGHT and theme(None) is LIGHT


def test_runs_and_missing_columns():
    found = rows(CUT, ("year", "place", "segment", "absent"))
    assert [len(piece) for piece in runs(found, "place")] == [2, 2, 2]
    assert found[2] == {"year": 2017, "place": None, "segment": 0, "absent": None}


@pytest.mark.parametrize(
    ("heights", "expected"),
    [([], []), ([10, 100], [10, 100]), ([50, 50], [42, 58]), ([0, 10, 20], [-6, 10, 26])],
)
def test_labels_are_moved_as_little_as_needed(heights, expected):
    assert nudged(heights, 16) == expected
