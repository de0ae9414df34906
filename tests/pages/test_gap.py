"""The page of the gap: the sentence, three facts, two charts, and what is missing in words."""

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
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without


def headline(at) -> str:
    (found,) = [part.value for part in at.html if "headline" in part.value and "<h1" in part.value]
    return text_of(found)


def facts(at) -> list[str]:
    return [text_of(part.value) for part in at.html if part.value.startswith('<div class="card">')]


def infos(at) -> list[str]:
    return [info.value for info in at.info]


def test_papi_2024_says_what_is_missing_and_where_points_are_lost() -> None:
    at = open_page("gap", index="papi")
    assert_calm(at)
    assert headline(at) == (
        "PAPI 2024: Bắc Giang hạng 16/61 (tính toán), cần thêm 0,0525 điểm để vào nhóm 15; "
        "mất nhiều điểm nhất ở Quản trị môi trường (6,81 điểm)."
    )
    place, distance, targets = facts(at)
    assert "Sát mục tiêu" in place and "ngay dưới là Cà Mau (hạng 17, 44,52 điểm)" in place
    assert "−0,0525 điểm Ngưỡng nhóm 15 là điểm của Thái Bình: 44,7379" in distance
    assert "Hạng 15 trở lên Chưa đạt: còn 1 bậc" in targets
    assert "Nhóm cao nhất Chưa đạt: hạng 16/61, theo tính toán thuộc nhóm trung bình cao" in targets


def test_parts_against_the_line_and_those_around_it() -> None:
    at = open_page("gap", index="papi")
    bars = chart(at, "gap-parts-papi")["data"][0]
    assert bars["x"][0] == -0.2757  # public services: 8.1334 of Thái Bình, 7.8577 of ours
    assert bars["x"][-1] == -0.0525
    control(at, "against").set_value("around").run()
    spec = chart(at, "gap-parts-papi")
    # The mean of 44.8708, 44.7473, 44.7379 and 44.5217, less our 44.6854.
    assert spec["data"][0]["x"][-1] == -0.034025
    assert spec["layout"]["meta"]["subtitle"].endswith(
        "Trung bình của: Thanh Hóa, Quảng Trị, Thái Bình, Cà Mau."
    )
    assert address(at)["against"] == "around"


def test_a_dimension_opens_its_parts() -> None:
    at = open_page("gap", index="papi", dimension="d1_participation")
    assert_calm(at)
    lost = chart(at, "gap-lost-papi")["data"][0]
    assert [cell[0] for cell in lost["customdata"]] == [
        "d1_civic_knowledge",
        "d1_voluntary_contributions",
        "d1_village_elections",
        "d1_participation_opportunities",
    ]
    assert chart(at, "gap-lost-papi")["layout"]["meta"]["title"].endswith(
        "Tham gia của người dân ở cấp cơ sở"
    )


def test_par_2021_shows_the_points_lost_though_the_line_is_not_public() -> None:
    at = open_page("gap", index="par", edition="2021")
    assert_calm(at)
    assert headline(at).endswith("mất nhiều điểm nhất ở Điều tra xã hội học lãnh đạo, quản lý (4,62 điểm).")
    assert "+0,82 đến +1,04 điểm Ngưỡng nhóm 15 nằm giữa 87,61 và 87,83 điểm" in facts(at)[1]
    assert any(info.startswith("Chưa có điểm của tỉnh hạng 15 ở PAR năm 2021") for info in infos(at))
    assert chart(at, "gap-lost-par")["data"][1]["x"] == [4.62, 3.75, 1.99, 1.0]
    lines = rows(unfold(at), "Còn mất")
    assert [line[:6] for line in lines] == [
        ["Điều tra xã hội học lãnh đạo, quản lý", "4,62", "23,50", "–", "18,88", "23,50"],
        ["Tác động đến phát triển kinh tế - xã hội", "3,75", "6,00", "–", "2,25", "6"],
        ["Điểm thẩm định của Bộ Nội vụ", "1,99", "60,50", "–", "58,51", "60,50"],
        ["Điểm Chỉ số hài lòng trong PAR INDEX", "1,00", "10,00", "–", "9,00", "10"],
        ["Làm tròn", "−0,0100", "0,00", "–", "–", "–"],
    ]


def test_the_documents_stand_in_a_folded_table() -> None:
    lines = rows(unfold(open_page("gap", index="papi")), "Văn bản")
    assert [line[0] for line in lines] == ["Hạng 15 trở lên", "Nhóm cao nhất"]
    assert "Thông báo kết luận" in lines[0][4]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"index": "sipas"},
            "SIPAS 2023: Bắc Giang hạng 38/63, cần thêm từ 2,22 đến 6,47 điểm để vào nhóm 15.",
        ),
        (
            {"index": "dti"},
            "DTI 2023: Bắc Giang hạng 9/63, thuộc nhóm 15, chưa rõ cách ngưỡng bao nhiêu điểm.",
        ),
        ({"index": "dti", "edition": "2024-34"}, "DTI 2024-34: khoảng cách tới mục tiêu"),
        (
            {"index": "papi", "edition": "2022"},
            "PAPI 2022: Bắc Giang chưa có thứ hạng, chưa rõ khoảng cách tới nhóm 15; "
            "trong phần đã biết, mất nhiều nhất ở Quản trị điện tử (6,57 điểm).",
        ),
    ],
)
def test_partial_fields_say_what_is_missing(given, said) -> None:
    at = open_page("gap", **given)
    assert_calm(at)
    assert headline(at) == said
    assert infos(at)


def test_another_province_has_no_targets_of_bac_giang() -> None:
    at = open_page("gap", index="pci", edition="2021", province="lam-dong")
    assert_calm(at)
    assert "Các văn bản giao mục tiêu trong danh mục là của tỉnh Bắc Giang" in facts(at)[2]
    # At the line itself, so the comparison is with those around it.
    assert (
        "Lâm Đồng so với trung bình 4 tỉnh quanh hạng 15"
        in chart(at, "gap-parts-pci")["layout"]["meta"]["title"]
    )


@pytest.mark.parametrize("index", ["par", "pci", "papi", "sipas", "ict", "dti"])
def test_one_language_a_page(index: str) -> None:
    vi = texts(unfold(open_page("gap", lang="vi", index=index)))
    assert {piece: words for piece in vi if (words := english_in(piece))} == {}
    allowed = official_titles()
    en = texts(unfold(open_page("gap", lang="en", index=index, province="ha-noi")))
    left = {piece: VIETNAMESE_LETTER.findall(without(piece, allowed)) for piece in en}
    assert {piece: words for piece, words in left.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_carries_its_source_and_words(language: str) -> None:
    shown = charts(open_page("gap", lang=language, index="papi"))[:2]
    assert len(shown) == 2
    for spec in shown:
        words = [note["text"].replace("<br>", " ") for note in spec["layout"]["annotations"]]
        assert spec["layout"]["meta"]["source"] in words and spec["layout"]["meta"]["title"] in words
        assert len(spec["alt"]) > 40


def test_a_target_beyond_the_field_is_said() -> None:
    at = open_page("gap", index="sipas", edition="2015", province="da-nang")
    assert_calm(at)
    assert any("chỉ xếp hạng 10 tỉnh, không có hạng 15" in info for info in infos(at))
    assert "Chưa có điểm của tỉnh hạng 15" in html(at)
