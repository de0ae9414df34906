"""Which index and which year texts name."""

from collections import Counter

import pytest

from indices.catalogue import Catalogue
from indices.loaders.headings import vocabulary_of
from indices.loaders.proposal import Evidence, evidence, likely_edition, likely_index


@pytest.mark.parametrize(
    ("text", "indices", "years"),
    [
        ("Chỉ số PCI năm 2019", {"PCI"}, {2019}),
        ("Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)", {"PCI"}, set()),
        ("QĐ số 123/QĐ-BNV ngày 12/5/2023 phê duyệt PAR INDEX 2022", {"PAR"}, {2022}),
        ("ngày 12 tháng 5 năm 2023", set(), set()),
        ("Giai đoạn 2011-2020", set(), set()),
        ("2021-05-12 SIPAS 2020", {"SIPAS"}, {2020}),
        ("PAPI và PCI 2018", {"PAPI", "PCI"}, {2018}),
        ("Bảng xếp hạng chuyển đổi số cấp tỉnh 2022", {"DTI"}, {2022}),
        ("SIPAS_2020_final", {"SIPAS"}, {2020}),
        ("bang-xep-hang", set(), set()),
        ("particular 20199", set(), set()),
    ],
)
def test_what_a_text_names(text: str, indices: set[str], years: set[int], bundled: Catalogue):
    found = evidence("title", [text], vocabulary_of(bundled))
    assert (found.indices, found.years) == (indices, years)


def said(*places: tuple[set[str], set[int]]) -> list[Evidence]:
    return [Evidence("title", frozenset(indices), frozenset(years)) for indices, years in places]


def test_the_first_place_that_names_one_index_alone():
    assert likely_index(said(({"PCI", "PAPI"}, set()), ({"PAPI"}, set())), Counter()) == "PAPI"
    assert likely_index(said((set(), set())), Counter(PCI=3, PAPI=1)) == "PCI"
    assert likely_index(said((set(), set())), Counter(PCI=2, PAPI=2)) is None
    assert likely_index([], Counter()) is None


def test_the_first_place_that_names_one_year_alone(bundled: Catalogue):
    assert likely_edition(said((set(), {2018, 2019}), (set(), {2019}))) == "2019"
    assert likely_edition(said((set(), {2018, 2019}))) is None
    vocabulary = vocabulary_of(bundled)
    assert likely_edition([evidence("file", ["DTI_2024-34"], vocabulary)]) == "2024-34"
