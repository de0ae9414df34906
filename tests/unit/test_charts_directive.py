"""Charts of the order's page: what is drawn, told by numbers beside the small tables they come from."""

import re
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.charts.before_after import before_after, rank_ticks
from indices.charts.bridge_lines import bridge_lines
from indices.charts.caption import Caption
from indices.charts.theme import DARK, LIGHT
from indices.i18n import LANGUAGES

CAPTION = Caption("Tiêu đề & hình", "Cách đọc.", "Nguồn: <VCCI>")
VI = {"caption": CAPTION, "language": "vi", "theme": LIGHT}


def table(columns, *lines):
    return pd.DataFrame([dict(zip(columns, line, strict=True)) for line in lines]).convert_dtypes(
        dtype_backend="pyarrow"
    )


EDITION = (
    "index",
    "edition",
    "year",
    "before",
    "place",
    "computed",
    "n_ranked",
    "segment",
    "comparable",
    "basis",
)
EDITIONS = table(
    EDITION,
    ("SIPAS", "2019", 2019, True, 9, False, 63, 1, False, "published"),
    ("SIPAS", "2020", 2020, False, 3, False, 63, 1, False, "published"),
    ("SIPAS", "2021", 2021, False, None, False, 63, 1, False, None),
    ("SIPAS", "2022", 2022, False, 44, False, 63, 2, True, "stated_change"),
    ("SIPAS", "2023", 2023, False, 38, False, 63, 2, True, "published"),
    ("ICT", "2016", 2016, True, 28, False, 63, 1, True, "published"),
    ("ICT", "2020", 2020, False, 29, False, 63, 1, True, "published"),
    ("ICT", "2022", 2022, False, 5, True, 63, 1, True, "published"),
)
HEADS = table(
    ("index", "edition_before", "edition", "comparable", "change"),
    ("SIPAS", "2019", "2023", False, 6),
    ("ICT", "2016", "2022", True, 23),
)


def before(editions=EDITIONS, heads=HEADS, **changed):
    return before_after(editions, heads, **({"since": 2020, "target_rank": 15} | VI | changed))


HISTORY = ("province", "year", "edition", "place", "computed", "n_ranked", "score", "basis", "segment")


def line(province, year, place, n=63, segment=0, edition=None):
    return (province, year, edition or str(year), place, False, n, None, "published", segment)


OLD = table(
    HISTORY,
    line("Bắc Giang", 2021, 31),
    line("Bắc Giang", 2022, 2, segment=1),
    line("Bắc Giang", 2023, 4, segment=1),
    line("Bắc Ninh", 2021, 7),
    line("Bắc Ninh", 2022, 7, segment=1),
    line("Bắc Ninh", 2023, None, segment=1),
)
MERGED = table(HISTORY, line("Bắc Ninh", 2024, 6, 34, 1, "2024-34"))


def bridge(old=OLD, merged=MERGED, **changed):
    given = {"merged_on": date(2025, 7, 1), "target_rank": 15, "proposed_rank": 8} | VI | changed
    return bridge_lines(old, merged, **given)


FORMS = {"before_after": before, "bridge_lines": bridge}


def words(fig):
    return [note["text"] for note in fig.to_dict()["layout"]["annotations"]]


def points(trace):
    return list(zip(trace["x"], trace["y"], strict=True))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_every_form_is_valid_and_carries_its_words(form, language, look):
    checked = go.Figure(FORMS[form](language=language, theme=look).to_dict())
    assert "Tiêu đề &amp; hình" in words(checked)
    assert "Nguồn: &lt;VCCI&gt;" in words(checked)
    assert checked.layout.separators == (",." if language == "vi" else ".,")
    assert checked.layout.paper_bgcolor == look.background


@pytest.mark.parametrize("form", FORMS)
def test_words_fit_a_phone_and_are_not_small(form):
    for language in LANGUAGES:
        layout = FORMS[form](language=language).to_dict()["layout"]
        assert min(note["font"]["size"] for note in layout["annotations"]) >= 12
        for note in layout["annotations"]:
            lines = [re.sub("<[^>]+>", "", part) for part in note["text"].split("<br>")]
            assert max(map(len, lines)) <= (40 if note["font"]["size"] == 17 else 54)


def test_rank_one_is_on_top_in_every_panel():
    for fig in (before(), bridge()):
        layout = fig.to_dict()["layout"]
        for axis in [name for name in layout if name.startswith("yaxis")]:
            bottom, top = layout[axis]["range"]
            assert bottom > 15 and top < 1


def test_before_and_since_are_cut_at_gaps_and_at_a_new_method():
    grey, focal, ict = before().to_dict()["data"]
    assert [y for _, y in points(grey)] == [9, 3]
    assert [y for _, y in points(focal)] == [44, 38]
    assert grey["line"]["color"] == LIGHT.reference and focal["line"]["color"] == LIGHT.focal
    # 2016 is no neighbour of 2020, and 2021 lies between 2020 and 2022: three pieces.
    assert [y for _, y in points(ict)] == [28, None, 29, None, 5]
    assert ict["line"]["color"] == LIGHT.focal
    assert not any(trace.get("connectgaps") for trace in (grey, focal, ict))


def test_a_column_begins_with_the_edition_before_and_steps_by_years():
    grey, focal, ict = before().to_dict()["data"]
    # Four steps (2020 to 2023) over the 0.6 between the edges of a column.
    assert [round(x, 3) for x, _ in points(grey)] == [0.2, 0.35]
    assert [round(x, 3) for x, _ in points(focal)] == [0.65, 0.8]
    assert [x and round(x, 3) for x, _ in points(ict)] == [1.2, None, 1.35, None, 1.65]


def test_numbers_stand_at_the_edition_before_and_the_newest():
    grey, focal, ict = before().to_dict()["data"]
    assert (grey["text"], focal["text"]) == (["9", ""], ["", "38"])
    assert ict["text"] == ["28", "", "", "", "5"]
    assert grey["marker"]["symbol"] == ["diamond", "circle"]
    assert ict["marker"]["color"][-1] == LIGHT.background  # computed: hollow
    assert "(hạng tính toán)" in ict["hovertext"][-1]


def test_under_a_column_stand_the_editions_compared_and_the_change():
    assert before().to_dict()["layout"]["xaxis"]["ticktext"] == [
        "<b>SIPAS</b><br>2019<br>→2023<br>┊",
        "<b>ICT</b><br>2016<br>→2022<br>+23",
    ]
    bare = HEADS.assign(edition_before=[None, None], edition=["2023", None], comparable=[None, None])
    assert before(heads=bare).to_dict()["layout"]["xaxis"]["ticktext"] == [
        "<b>SIPAS</b><br>–<br>→2023<br>–",
        "<b>ICT</b><br>–<br>→–<br>–",
    ]


def test_the_target_band_and_the_cut_of_the_method():
    shapes = before(target_rank=10).to_dict()["layout"]["shapes"]
    (tint,) = [shape for shape in shapes if shape["type"] == "rect"]
    assert tint["y1"] == 10.5 and tint["fillcolor"] == LIGHT.target
    dotted = [shape["x0"] for shape in shapes if shape["line"].get("dash") == "dot"]
    assert [round(x, 3) for x in dotted] == [0.575]  # between 2021 and 2022


def test_the_key_names_only_what_is_drawn():
    said = " ".join(words(before()))
    assert "phương pháp cũ" in said and "hạng tính toán" in said
    ict = EDITIONS[EDITIONS["index"] == "ICT"].assign(computed=False)
    plain = " ".join(words(before(ict, HEADS[1:])))
    assert "phương pháp cũ" not in plain and "hạng tính toán" not in plain


@pytest.mark.parametrize(
    ("field", "target", "expected"),
    [(63, 15, [1, 15, 30, 45, 63]), (63, 10, [1, 10, 15, 30, 45, 63]), (34, 8, [1, 8, 20, 30, 34])],
)
def test_places_on_the_axis(field, target, expected):
    assert rank_ticks(field, target) == expected


def test_the_fields_are_two_panels_and_no_line_leads_over():
    focal, other, merged = bridge().to_dict()["data"]
    assert points(focal) == [(2021, 31), (None, None), (2022, 2), (2023, 4)]
    assert points(other) == [(2021, 7), (None, None), (2022, 7)]
    assert points(merged) == [(2024, 6)]
    assert (merged["xaxis"], merged["yaxis"]) == ("x2", "y2")
    assert "xaxis" not in focal and "xaxis" not in other
    layout = bridge().to_dict()["layout"]
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]


def test_the_merged_piece_is_dashed_labelled_and_has_an_axis_of_its_own():
    fig = bridge()
    focal, _, merged = fig.to_dict()["data"]
    assert (focal["line"]["dash"], merged["line"]["dash"]) == ("solid", "dash")
    assert merged["marker"]["symbol"] != focal["marker"]["symbol"]
    layout = fig.to_dict()["layout"]
    assert (layout["yaxis"]["tickvals"][-1], layout["yaxis2"]["tickvals"][-1]) == (63, 34)
    said = " ".join(words(fig))
    for part in (
        "63 tỉnh, thành",
        "34 tỉnh, thành",
        "hợp nhất 01/07/2025",
        "Bắc Ninh mới",
        "đề xuất nhóm 8/34",
    ):
        assert part in said


def test_equal_heights_are_equal_parts_of_the_fields():
    layout = bridge().to_dict()["layout"]
    parts = []
    for axis, n in (("yaxis", 63), ("yaxis2", 34)):
        bottom, top = layout[axis]["range"]
        parts.append([(bottom - rank) / (bottom - top) for rank in (n / 2, n)])
    assert parts[0] == pytest.approx(parts[1], abs=0.02)


def test_a_stated_target_is_tinted_and_a_proposed_one_only_framed():
    tinted, framed, *others = bridge().to_dict()["layout"]["shapes"]
    assert (tinted["y1"], tinted["fillcolor"], tinted["x1"]) == (15.5, LIGHT.target, 0.64)
    assert (framed["y1"], framed["yref"], framed["line"]["dash"]) == (8.5, "y2", "dot")
    assert framed["fillcolor"] == "rgba(0,0,0,0)"
    assert [shape["xref"] for shape in others] == ["paper"]


def test_an_empty_panel_says_so():
    bare = bridge(merged=MERGED.assign(place=None))
    assert "chưa có<br>số liệu" in words(bare)
    assert len(bare.data) == 2
    assert bridge(merged=MERGED[:0]).to_dict()["layout"]["xaxis2"]["visible"] is False
    assert "chưa có<br>số liệu" not in words(bridge())


def test_method_breaks_are_marked_in_the_old_field():
    breaks = pd.DataFrame({"year": [2022], "text": ["Đổi trọng số"]})
    fig = bridge(breaks=breaks).to_dict()
    assert fig["data"][0]["x"] == [2021.5]
    assert "Đổi trọng số" in fig["data"][0]["hovertext"][0]


def test_charts_without_places_say_so():
    for fig in (before(EDITIONS.assign(place=None)), bridge(OLD.assign(place=None), MERGED[:0])):
        assert "chưa có số liệu" in words(fig)
        assert len(fig.data) == 0
