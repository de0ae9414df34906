"""The page of components: its sentence, its charts, the ways out where figures are missing."""

from __future__ import annotations

import pytest

from indices.i18n import text
from tests.pages.shown import (
    LANGUAGES,
    address,
    alerts,
    assert_calm,
    chart,
    charts,
    control,
    html,
    open_page,
    rows,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without

INDICES = ("par", "pci", "papi", "sipas", "ict", "dti")


def headline(at) -> str:
    return text_of(html(at).split("</h1>")[0])


def links(at) -> list[str]:
    return [part.proto.label for part in at.get("page_link")]


def test_the_heading_says_strongest_and_weakest() -> None:
    at = open_page("components", index="papi", edition="2024")

    assert_calm(at)
    assert headline(at) == (
        "Bắc Giang, PAPI 2024: mạnh nhất «Tham gia của người dân ở cấp cơ sở» (hạng 1/61), "
        "yếu nhất «Quản trị môi trường» (57/61)"
    )


def test_places_and_distances_are_drawn() -> None:
    at = open_page("components", index="papi", edition="2024")

    assert len(charts(at)) == 2
    marks = [trace for trace in chart(at, "parts")["data"] if trace["mode"] == "markers"]
    drawn = {
        code: x for trace in marks[1:] for (code,), x in zip(trace["customdata"], trace["x"], strict=True)
    }
    assert drawn["d1_participation"] == 1 and drawn["d7_environment"] == 57
    (bars,) = chart(at, "worth")["data"]
    assert bars["customdata"][0] == ["d7_environment"]
    assert bars["x"][0] == pytest.approx(-0.55536, abs=1e-4)


def test_tables_below_have_the_same_places() -> None:
    at = unfold(open_page("components", index="pci", edition="2021"))
    heading = text("columns.place_computed", "vi")
    places = {line[0]: line[1] for line in rows(at, heading)}

    assert places["Tính năng động"] == "61/63"
    assert places["Chi phí không chính thức"] == "9/63"
    assert len(places) == 10


def test_whom_to_learn_from_and_who_is_alike() -> None:
    at = unfold(open_page("components", index="pci", edition="2021"))

    assert [line[0] for line in rows(at, "Hạng năm 2021")] == [
        "Hải Dương",
        "Vĩnh Phúc",
        "Thừa Thiên Huế",
        "Lâm Đồng",
    ]
    assert rows(at, text("strengths.head_distance", "vi"))[0][:3] == ["Hà Nam", "2,82", "42/63 (tính toán)"]
    assert "Đáng học nhất là Hải Dương: hạng 36 năm 2016, hạng 13 năm 2021" in text_of(html(at))


def test_an_edition_of_few_provinces_says_so_and_shows_the_way() -> None:
    at = open_page("components", index="pci", edition="2024")

    assert [note.value for note in at.info] == [
        "Mới có điểm thành phần của 2/63 tỉnh, nên chưa xếp hạng được từng phần: trang này chỉ nêu điểm và "
        "phần còn thiếu so với thang điểm. Có điểm 7/10 chỉ số thành phần của tỉnh."
    ]
    assert "Xem năm 2021 (xếp hạng được từng phần)" in links(at)
    assert len(charts(at)) == 2


def test_where_nothing_is_ranked_the_points_lost_are_shown() -> None:
    at = open_page("components", index="par", edition="2021")
    (bars,) = chart(at, "worth")["data"]

    assert [round(x, 2) for x in bars["x"]] == [-4.62, -3.75, -1.99, -1.0]
    assert "«Điều tra xã hội học lãnh đạo, quản lý» 4,62" in text_of(html(at))


@pytest.mark.parametrize(
    ("index", "said", "way"),
    [
        (
            "par",
            "Chưa có điểm thành phần PAR năm 2023 của tỉnh",
            "Xem năm 2021 (có điểm thành phần)",
        ),
        ("sipas", "Chưa có điểm thành phần SIPAS năm 2023 của tỉnh nào", None),
        (
            "dti",
            "Chưa có điểm thành phần DTI năm 2023 của tỉnh nào",
            "Xem năm 2020 (có điểm thành phần)",
        ),
    ],
)
def test_without_parts_the_page_says_what_is_missing(index: str, said: str, way: str | None) -> None:
    at = open_page("components", index=index)

    assert_calm(at)
    assert charts(at) == []
    (note,) = [note.value for note in at.info]
    assert note.startswith(said)
    assert [label for label in links(at) if label.startswith("Xem năm")] == ([way] if way else [])
    if way is None:
        assert "Chưa năm nào có điểm thành phần SIPAS của tỉnh" in text_of(html(at))


def test_a_part_looked_into_stands_in_the_address() -> None:
    at = open_page("components", index="papi", edition="2024")
    control(at, "within").set_value("d7_environment").run()

    assert address(at)["within"] == "d7_environment"
    assert headline(at).startswith("Bắc Giang, PAPI 2024, Quản trị môi trường: mạnh nhất «Nghiêm túc")
    assert len(charts(at)) == 2


def test_an_index_without_deeper_parts_offers_none() -> None:
    at = open_page("components", index="pci", edition="2021")

    assert [box for box in at.selectbox if box.key.startswith("within")] == []


def test_merged_provinces_are_another_field() -> None:
    at = open_page("components", index="dti", edition="2024-34")

    assert_calm(at)
    assert at.info[0].value.startswith("Năm 2024 xếp hạng 34 tỉnh, thành sau hợp nhất")
    assert text("strengths.learn", "vi") not in html(at)


def test_another_province_and_target_change_the_answer() -> None:
    at = open_page("components", index="pci", edition="2021", province="ha-noi", target="5")

    assert headline(at) == (
        "Hà Nội, PCI 2021: mạnh nhất «Đào tạo lao động» (hạng 1/63), yếu nhất «Tính minh bạch» (57/63)"
    )
    assert chart(at, "parts")["layout"]["shapes"][0]["x1"] == 5.5


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_of_one_language(index: str, language: str) -> None:
    at = unfold(open_page("components", lang=language, index=index))
    shown = texts(at)

    assert alerts(at) == []
    if language == "vi":
        assert {piece: words for piece in shown if (words := english_in(piece))} == {}
    else:
        left = {piece: VIETNAMESE_LETTER.findall(without(piece, official_titles())) for piece in shown}
        assert {piece: words for piece, words in left.items() if words} == {}


@pytest.mark.parametrize(
    ("index", "names"),
    [
        ("pci", ["Hà Nam", "Bạc Liêu", "Trà Vinh", "Gia Lai", "Đồng Nai", "Tiền Giang", "Bắc Giang"]),
        ("papi", ["Nam Định", "Phú Thọ", "Hưng Yên", "Hà Nam", "Lạng Sơn", "Quảng Trị", "Bắc Giang"]),
    ],
)
def test_the_most_similar_as_a_group_to_compare_with(index: str, names: list[str]) -> None:
    at = open_page("compare", index=index, group="profile")

    assert_calm(at)
    assert [trace["name"] for trace in chart(at, "compare-rank")["data"] if "name" in trace] == names
    year = {"pci": "2021", "papi": "2024"}[index]
    assert f"Nhóm được lập theo cơ cấu điểm thành phần {index.upper()} năm {year}" in text_of(html(at))


def test_no_group_of_similar_provinces_without_parts() -> None:
    at = open_page("compare", index="sipas", group="profile")

    assert_calm(at)
    assert "Chưa có năm nào đủ điểm thành phần SIPAS của mọi tỉnh để lập nhóm này" in text_of(html(at))
