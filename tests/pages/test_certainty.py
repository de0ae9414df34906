"""How sure a rank is, as the outlook page shows it: finding, basis, chart, table, and what was refused."""

from __future__ import annotations

import pytest

from tests.pages.shown import assert_calm, chart, charts, html, open_page, rows, text_of, texts, unfold


def shown(**address: str) -> str:
    """The words of the page written as HTML."""
    at = open_page("outlook", **address)
    assert_calm(at)
    return text_of(html(at))


def has_chart(**address: str) -> bool:
    return any(
        "quanh ngưỡng" in one["layout"]["meta"]["title"] for one in charts(open_page("outlook", **address))
    )


def test_papi_2024_stands_on_the_line_by_the_errors_of_2023() -> None:
    said = shown(index="papi", edition="2024")

    assert "Sát ngưỡng: xét sai số khảo sát, khả năng Bắc Giang thật sự nằm trong nhóm 15" in said
    assert "giả định sai số từng tỉnh như năm 2023" in said
    assert "2 tỉnh chưa có sai số riêng" in said
    assert "chắc chắn từ 95%" in said


def test_the_chart_shows_the_twenty_around_the_line_with_the_focal_one() -> None:
    spec = chart(open_page("outlook", index="papi", edition="2024"), "certainty")
    bars, dots = spec["data"]

    assert [place for (place,) in zip(dots["x"], strict=True)] == list(range(6, 26))
    assert ["Bắc Giang", 4, 36] in bars["customdata"]
    assert "Giả định sai số của năm 2023." in spec["layout"]["meta"]["subtitle"]
    assert spec["layout"]["meta"]["source"].startswith("Nguồn: ")
    assert spec["alt"].startswith(
        "Khoảng hạng PAPI năm 2024 của 20 tỉnh quanh ngưỡng nhóm 15. Bắc Giang: hạng 16/61"
    )


def test_the_table_below_has_the_figures_of_the_chart() -> None:
    at = unfold(open_page("outlook", index="papi", edition="2024"))
    found = {row[0]: row[1:] for row in rows(at, "Khoảng hạng")}

    assert len(found) == 20
    assert found["Bắc Giang"][:2] == ["16/61 (tính toán)", "4–36"]
    assert found["Bắc Giang"][3:] == ["sát ngưỡng", "44,69", "0,14"]
    assert found["Bình Dương"][-1] == "0,33 (mức giữa)"  # no error of its own in 2023


def test_trials_of_the_weights_stand_where_there_are_no_errors() -> None:
    said = shown(index="pci", edition="2021")

    assert (
        "Rất khó: thử cho mỗi trọng số lệch tới 25%, dưới 1% trong 2.000 lần thử có Bắc Giang trong nhóm 15"
        in said
    )
    assert "độ nhạy với cách tính, không phải độ tin cậy" in said
    spec = chart(open_page("outlook", index="pci", edition="2021"), "certainty")
    assert spec["data"][1]["x"] == [*range(6, 26), 31]  # and the focal province, apart


def test_rounding_alone_draws_nothing_and_names_the_year_that_can_be_answered() -> None:
    said = shown(index="pci", edition="2022")

    assert "không làm đổi hạng 2: không tỉnh nào bằng điểm Bắc Giang" in said
    assert "Chưa có cơ sở công bố nào khác" in said
    assert "Năm gần nhất nói được: 2021, bằng cách thử đổi trọng số." in said
    assert not has_chart(index="pci", edition="2022")


@pytest.mark.parametrize(
    ("index", "edition", "said"),
    [
        (
            "par",
            "2023",
            "PAR 2023: chưa công bố cơ sở để nói thứ hạng chắc đến đâu (mới có điểm của 24/63 tỉnh).",
        ),
        (
            "pci",
            "2024",
            "PCI 2024: chưa công bố cơ sở để nói thứ hạng chắc đến đâu (mới có điểm của 19/63 tỉnh).",
        ),
        ("papi", "2021", "Chưa có điểm tổng PAPI năm 2021 của tỉnh."),
        ("dti", "2024-34", "DTI 2024-34 xếp hạng 34 tỉnh, thành sau hợp nhất"),
    ],
)
def test_what_cannot_be_said_is_told(index: str, edition: str, said: str) -> None:
    at = open_page("outlook", index=index, edition=edition)

    assert_calm(at)
    assert any(info.value.startswith(said) for info in at.info)
    assert not any("quanh ngưỡng" in one["layout"]["meta"]["title"] for one in charts(at))


def test_the_usual_movement_judges_the_change_of_the_edition() -> None:
    said = shown(index="papi", edition="2024")

    assert "một nửa số lượt của nhóm đầu bảng (đến hạng 15) đổi không quá 7 bậc" in said
    assert "Bắc Giang giảm 6 bậc so với năm 2023: trong mức dao động thường thấy." in said
    # 2022 is the first edition of a new method: its 29 places are not judged.
    assert "mức dao động thường thấy." not in shown(index="pci", edition="2022")


def test_the_table_of_usual_movements() -> None:
    at = unfold(open_page("outlook", index="pci", edition="2021"))

    assert rows(at, "Hạng năm trước") == [
        ["mọi tỉnh", "5", "18", "821", "13"],
        ["nhóm đầu bảng (đến hạng 15)", "3", "15", "195", "13"],
        ["nhóm giữa bảng", "6", "19", "351", "13"],
        ["nhóm cuối bảng", "5", "18", "275", "13"],
    ]


def test_the_target_chosen_is_the_line_asked_about() -> None:
    spec = chart(open_page("outlook", index="papi", edition="2024", target="30"), "certainty")
    (band,) = [shape for shape in spec["layout"]["shapes"] if shape["type"] == "rect"]

    assert band["x1"] == 30.5
    assert spec["data"][1]["x"] == [16, *range(21, 41)]


def test_in_english() -> None:
    at = open_page("outlook", index="papi", edition="2024", lang="en")
    said = texts(at)

    assert any(one.startswith("On the line: given the survey's errors, Bac Giang is truly") for one in said)
    assert chart(at, "certainty")["layout"]["meta"]["title"] == "PAPI 2024: around the line of the top 15"
