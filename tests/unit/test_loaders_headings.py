"""What headings mean, by index and year."""

import pytest

from indices.catalogue import Catalogue
from indices.loaders.headings import fold, vocabulary_of


@pytest.mark.parametrize(
    ("heading", "index", "year", "role"),
    [
        ("Tỉnh/Thành phố", None, None, "province"),
        ("TÊN TỈNH", None, None, "province"),
        ("Province", None, None, "province"),
        ("STT", None, None, "counter"),
        ("Năm", None, None, "edition"),
        ("Trọng số", None, None, "weight"),
        ("Ghi chú", None, None, "note"),
        ("Điểm", None, None, "score:overall"),
        ("Điểm PCI 2019", "PCI", 2019, "score:overall"),
        ("Xếp hạng PCI", "PCI", 2019, "rank:overall"),
        ("Gia nhập thị trường", "PCI", 2019, "score:entry_costs"),
        ("CSTP 1: Gia nhập thị trường", "PCI", 2019, "score:entry_costs"),
        ("1. Entry Costs", "PCI", 2019, "score:entry_costs"),
        ("Gia nhập thị trường - hạng", "PCI", 2019, "rank:entry_costs"),
        ("Tính minh bạch", "PCI", 2019, "score:transparency"),
        ("Chỉ số nội dung 1", "PAPI", 2019, "score:d1_participation"),
        ("1. Tham gia của người dân ở cấp cơ sở", "PAPI", 2019, "score:d1_participation"),
        ("Đào tạo lao động", "PCI", 2019, "score:labor_training"),
        ("Đào tạo lao động", "PCI", 2005, None),  # no part of that year's index
        ("Chỉ số nội dung 1", "PCI", 2019, None),
        ("Cột lạ", None, None, None),
        ("", None, None, None),
    ],
)
def test_headings_by_index_and_year(heading, index, year, role, bundled: Catalogue):
    meaning = vocabulary_of(bundled).read(heading)
    entry = meaning.entry(index, year) if meaning else None
    part = f":{entry.component}" if entry and entry.role in ("score", "rank") else ""
    assert (entry and f"{entry.role}{part}") == role


@pytest.mark.parametrize(
    ("heading", "year", "percent"),
    [
        ("Điểm năm 2018", 2018, False),
        ("2018", 2018, False),
        ("Điểm 2018-2019", None, False),
        ("Điểm (%)", None, True),
        ("Tỷ lệ 2018", 2018, True),
    ],
)
def test_years_and_percents_in_headings(heading, year, percent, bundled: Catalogue):
    meaning = vocabulary_of(bundled).read(heading)
    assert meaning is not None
    assert (meaning.year, meaning.percent) == (year, percent)


def test_letters_and_digits_alone_count():
    assert fold(" Tỉnh/Thành  phố (1) ") == "tinhthanhpho1"
    assert fold("ĐIỂM SỐ") == fold("Điểm-số") == "diemso"
