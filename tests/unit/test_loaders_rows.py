"""Which rows are provinces."""

import pytest

from indices.catalogue import Catalogue
from indices.loaders.rows import RowNames, nearest


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Bắc Giang", "name", "Bắc Giang"),
        ("  BẮC GIANG ", "name", "Bắc Giang"),
        ("Tỉnh Bắc Giang", "name", "Bắc Giang"),
        ("1. An Giang", "name", "An Giang"),
        ("12 Bắc Giang", "name", "Bắc Giang"),
        ("Bắc Giang (*)", "name", "Bắc Giang"),
        ("Bắc Giang[2]", "name", "Bắc Giang"),
        ("TP.HCM", "name", "Thành phố Hồ Chí Minh"),
        ("BR-VT", "name", "Bà Rịa - Vũng Tàu"),
        ("TT-Huế", "name", "Thừa Thiên Huế"),
        ("Đắc Lắc", "name", "Đắk Lắk"),
        ("Hoà Bình", "name", "Hòa Bình"),
        ("Hà Tây", "name", None),
        ("", "blank", None),
        ("   ", "blank", None),
        ("Trung bình cả nước", "summary", None),
        ("TỔNG CỘNG", "summary", None),
        ("Median", "summary", None),
        ("Đồng bằng sông Hồng", "summary", None),
        ("Mekong River Delta", "summary", None),
        ("(1)", "summary", None),
        ("Ghi chú: KCDL là không có dữ liệu", "summary", None),
        ("Bắc Giăng", "unknown", None),
        ("Xứ Đoài", "unknown", None),
    ],
)
def test_rows_of_a_63_table(text: str, kind: str, name: str | None, bundled: Catalogue):
    found = RowNames(bundled.provinces).read(text)
    assert (found.kind, found.names.get(63)) == (kind, name)


def test_names_by_frame(bundled: Catalogue):
    names = RowNames(bundled.provinces)
    assert names.read("Hà Tây").names == {64: "Hà Tây"}
    assert names.read("Bắc Giang").names == {63: "Bắc Giang", 64: "Bắc Giang"}
    assert names.read("Huế").names == {63: "Thừa Thiên Huế", 34: "Huế", 64: "Thừa Thiên Huế"}


def test_the_likeliest_name(bundled: Catalogue):
    assert nearest(bundled.provinces, "4. Bắc Giăng", 63)[0] == "Bắc Giang"
    assert nearest(bundled.provinces, "Bắc Giăng", 63)[1] > 90
    assert nearest(bundled.provinces, "Xứ Đoài", 63)[1] < 72
    assert nearest(bundled.provinces, "zzzz", 63) == ("", 0.0)
