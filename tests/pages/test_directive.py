"""The page about the order of July 2020: what a leader reads, charts, refusals, both languages."""

from __future__ import annotations

import pytest

from tests.pages.shown import (
    LANGUAGES,
    address,
    assert_calm,
    chart,
    charts,
    control,
    html,
    open_page,
    rows,
    tables,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without


def test_the_first_sentence_is_the_order_and_what_came():
    at = open_page("directive")
    assert_calm(at)
    assert (
        "Chỉ đạo ngày 01/07/2020: các chỉ số vào nhóm 15 tỉnh dẫn đầu. Nay 4/6 chỉ số trong nhóm 15; "
        "PAPI hạng tính toán 16 (2024), SIPAS hạng 38 (2023) ở ngoài nhóm."
    ) in text_of(html(at))


def test_the_goal_of_the_order_stays_where_another_target_is_chosen():
    shown = text_of(html(open_page("directive", target="5")))
    assert "các chỉ số vào nhóm 15 tỉnh dẫn đầu. Nay 3/6 chỉ số trong nhóm 5" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_charts_carry_title_source_and_words(language: str):
    shown = charts(open_page("directive", lang=language, index="papi"))
    assert len(shown) == 2
    for spec in shown:
        words = [note["text"].replace("<br>", " ") for note in spec["layout"]["annotations"]]
        assert spec["layout"]["meta"]["title"] in words
        assert spec["layout"]["meta"]["source"] in words
        assert spec["layout"]["meta"]["source"].startswith("Nguồn: " if language == "vi" else "Source: ")
        assert len(spec["alt"]) > 80


def test_places_before_the_order_are_diamonds_and_grey_across_a_break():
    data = chart(open_page("directive"), "before-after")["data"]
    named = {(trace["name"], trace["line"]["color"]): trace for trace in data}
    grey = {name for name, color in named if color != named["PAPI", "#0B5CAD"]["line"]["color"]}
    assert grey == {"PAR", "PCI", "SIPAS", "DTI"}
    diamonds = {
        trace["name"]: trace["y"][trace["marker"]["symbol"].index("diamond")]
        for trace in data
        if "diamond" in trace["marker"]["symbol"]
    }
    assert diamonds == {"PAR": 8, "PCI": 40, "PAPI": 4, "SIPAS": 9, "ICT": 28}


def test_every_target_of_the_documents_with_what_came():
    at = open_page("directive")
    standing, later = tables(at, "Năm đạt")[0], tables(at, "Kết quả")[0]
    assert standing[0] == ["Chỉ số", "2020", "2021", "2022", "2023", "2024", "Năm đạt"]
    assert standing[3] == ["PAPI", "●13", "·", "·", "●10", "▲16*", "2/3"]
    assert standing[4] == ["SIPAS", "●3", "·", "▲44", "▲38", "·", "1/3"]
    assert later[1:] == [
        ["PAR, năm 2024", "Hạng 10 trở lên", "chưa có số liệu", "Chưa rõ"],
        ["SIPAS, năm 2024", "Hạng 20 trở lên", "chưa có số liệu", "Chưa rõ"],
        ["SIPAS, năm 2024", "90 điểm trở lên", "chưa có số liệu", "Chưa rõ"],
        [
            "PAPI, năm 2024",
            "Nhóm cao nhất",
            "nhóm trung bình cao, tính từ hạng 16/61 (hạng tính toán); nhóm cao nhất có 15 tỉnh",
            "Chưa đạt, còn 1 bậc",
        ],
    ]


def test_tasks_with_owner_due_date_and_the_indices_they_bear_on():
    found = rows(open_page("directive"), "Cơ quan")
    assert len(found) == 10
    assert found[6] == [
        "hạn 30/08/2020",
        "Nhiệm vụ",
        "Bố trí cán bộ thu ngân sách tại bộ phận một cửa các huyện, thành phố",
        "Kho bạc Nhà nước tỉnh",
        "PAR hạng 4 (2023): đạt mục tiêu; SIPAS hạng 38 (2023): chưa đạt",
    ]


def test_another_province_has_no_order_targets_or_tasks():
    at = open_page("directive", province="hai-duong")
    assert_calm(at)
    shown = text_of(html(at))
    assert "Chỉ đạo ngày 01/07/2020 là của tỉnh Bắc Giang." in shown
    assert rows(at, "Cơ quan") == [] and rows(at, "Kết quả") == []
    assert "Mục tiêu đã giao" not in shown
    assert len(charts(at)) == 2


def test_the_bridge_keeps_the_fields_apart():
    at = open_page("directive", province="hai-duong", index="dti")
    spec = chart(at, "bridge")
    merged = [trace for trace in spec["data"] if trace.get("xaxis") == "x2"]
    assert [(trace["name"], trace["x"], trace["y"], trace["line"]["dash"]) for trace in merged] == [
        ("Hải Phòng", [2024], [3], "dash")
    ]
    old = {trace["name"] for trace in spec["data"] if "name" in trace and trace not in merged}
    assert old == {"Hải Dương", "Hải Phòng"}
    assert "hạng 3/34 năm 2024, không so sánh với hạng trong 63" in text_of(html(at))


def test_the_index_of_the_bridge_stands_in_the_address():
    at = open_page("directive", index="pci")
    assert chart(at, "bridge")["layout"]["meta"]["title"].startswith("PCI: ")
    control(at, "index").set_value("papi").run()
    assert address(at)["index"] == "papi"
    assert chart(at, "bridge")["layout"]["meta"]["title"].startswith("PAPI: ")
    assert_calm(at)


def test_a_province_that_was_not_merged_has_no_bridge():
    at = open_page("directive", province="ha-noi")
    assert_calm(at)
    assert [part.value for part in at.info] == [
        "Hà Nội không hợp nhất với tỉnh nào, nên không có hai lịch sử để đặt cạnh nhau."
    ]
    assert len(charts(at)) == 1


def test_without_figures_the_page_says_so(make_data):
    make_data("pci/2022")
    at = open_page("directive", province="bac-giang", index="papi")
    assert_calm(at)
    assert "Nay 1/6 chỉ số trong nhóm 15; chưa có thứ hạng: PAR, PAPI, SIPAS, ICT, DTI." in text_of(html(at))
    assert [part.value for part in at.info] == [
        "Chưa có thứ hạng PAPI của tỉnh nào trong các tỉnh hợp nhất, cũng như của tỉnh mới."
    ]


def test_without_any_place_there_is_neither_before_nor_since(make_data):
    make_data("sipas/2015")
    at = open_page("directive")
    assert_calm(at)
    assert [part.value for part in at.info] == ["Bắc Giang chưa có thứ hạng nào, trước cũng như từ năm 2020."]


@pytest.mark.parametrize("province", ["bac-giang", "hai-duong", "ha-noi"])
def test_one_language_a_page(province: str):
    at = unfold(open_page("directive", lang="vi", province=province, index="dti"))
    assert {piece: words for piece in texts(at) if (words := english_in(piece))} == {}
    at = unfold(open_page("directive", lang="en", province=province, index="dti"))
    allowed = official_titles()
    left = {piece: VIETNAMESE_LETTER.findall(without(piece, allowed)) for piece in texts(at)}
    assert {piece: words for piece, words in left.items() if words} == {}


def test_the_figures_below_the_charts_have_their_sources():
    at = unfold(open_page("directive", index="papi"))
    found = rows(at, "Nguồn")
    assert ["SIPAS", "2019", "9/63", "số liệu công bố"] in [line[:4] for line in found]
    assert ["PAPI", "2024", "16/61 (tính toán)", "số liệu công bố"] in [line[:4] for line in found]
    assert all(line[-1] not in ("", "–") for line in found)
    summary = rows(at, "Cao nhất từ khi có chỉ đạo")
    assert summary[1] == [
        "PCI",
        "40/63 (2019)",
        "4/63 (2024)",
        "2 (2022)",
        "3/5 năm có thứ hạng (5 năm đánh giá)",
        "+9 (2019–2021); −2 (2022–2024)",
    ]


def test_the_map_of_the_merged_field_leads_to_the_bridge():
    at = open_page("index_detail", index="dti", edition="2024-34")
    labels = [link.proto.label for link in at.get("page_link")]
    assert "Xem các tỉnh trước và sau hợp nhất, hai bảng xếp hạng riêng" in labels
    other = open_page("index_detail", index="dti", edition="2022")
    assert "Xem các tỉnh trước và sau hợp nhất, hai bảng xếp hạng riêng" not in [
        link.proto.label for link in other.get("page_link")
    ]
