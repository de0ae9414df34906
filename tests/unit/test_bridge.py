"""Over a merger: predecessors in one field, the merged province in another, never in one history."""

from datetime import date

import pytest

from indices.analysis.bridge import bridge, proportional
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, EventSpec, TargetSpec
from indices.provinces import Provinces, ProvinceSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

TABLE = """
edition province    score rank
2023    Bắc-Giang   -     9
2023    Bắc-Ninh    -     3
2024    Bắc-Giang   -     7
2024-34 Bắc-Ninh    -     4
2024-34 Huế         -     1
2025    Huế         -     2
"""
EDITIONS = [
    edition("2022", None, status="not held"),
    edition("2023", 63, status="partial"),
    edition("2024", 63, status="partial"),
    edition("2024-34", 34, frame=34, status="partial"),
    edition("2025", 34, frame=34, status="partial"),
]
MERGER = EventSpec(date(2025, 7, 1), "merger", ("X",), "t", "t", "o", "o", "", "s")


def spec(name: str, frame: int, successor: str | None = None, predecessors: tuple[str, ...] = ()):
    return ProvinceSpec(name, name, name.lower(), "1", "", "R", "R", frame, successor, predecessors, ())


OLD = [spec("Bắc Giang", 63, "Bắc Ninh"), spec("Bắc Ninh", 63, "Bắc Ninh"), spec("Thừa Thiên Huế", 63, "Huế")]
NEW = [spec("Bắc Ninh", 34, None, ("Bắc Giang", "Bắc Ninh")), spec("Huế", 34, None, ("Thừa Thiên Huế",))]


def target(value: str, n: int | None = 63, kind: str = "rank", first: int = 2020) -> TargetSpec:
    return TargetSpec("X", first, None, kind, value, n, "d", "2020-07-01", "s")


def answer(province="Bắc Giang", rank=15, text=TABLE, **more):
    table = figures(text)
    table["province"] = table["province"].str.replace("-", " ")
    given = {"provinces": Provinces(OLD, NEW, []), "events": (MERGER,), **more}
    return bridge(table, small_catalogue(EDITIONS, **given), "X", province, rank)


def test_each_field_has_its_own_table():
    found = answer()
    assert (found.province, found.successor, found.merged_on) == ("Bắc Giang", "Bắc Ninh", date(2025, 7, 1))
    columns = ("province", "frame", "edition", "year", "place", "n_ranked", "n_places")
    assert values(found.before, *columns) == [
        ("Bắc Giang", 63, "2023", 2023, 9, 63, 2),
        ("Bắc Giang", 63, "2024", 2024, 7, 63, 1),
        ("Bắc Ninh", 63, "2023", 2023, 3, 63, 2),
        ("Bắc Ninh", 63, "2024", 2024, None, 63, 1),
    ]
    assert values(found.after, *columns) == [
        ("Bắc Ninh", 34, "2024-34", 2024, 4, 34, 2),
        ("Bắc Ninh", 34, "2025", 2025, None, 34, 1),
    ]


def test_the_province_asked_for_comes_first():
    assert answer("Bắc Ninh").predecessors == ("Bắc Ninh", "Bắc Giang")
    assert answer("Bắc Ninh").before["province"].tolist()[0] == "Bắc Ninh"


def test_refusals_of_the_bridge():
    assert answer(events=()) == Refusal("no_merger")
    assert answer("Thừa Thiên Huế") == Refusal("not_merged", {"province": "Thừa Thiên Huế"})
    nobody = "edition province score rank\n2024 Huế - 1"
    assert answer(text=nobody) == Refusal("bridge_empty", {"index": "X"})


def test_only_the_merged_province_has_a_place():
    found = answer(text="edition province score rank\n2024-34 Bắc-Ninh - 4")
    assert found.before["place"].isna().all()
    assert values(found.after, "edition", "place") == [("2024-34", 4), ("2025", None)]


@pytest.mark.parametrize(
    ("rank", "n", "of", "expected"),
    [(15, 63, 34, 8), (10, 63, 34, 5), (20, 63, 34, 11), (5, 63, 34, 3), (30, 63, 34, 16), (1, 63, 34, 1)],
)
def test_the_same_part_of_another_field(rank, n, of, expected):
    assert proportional(rank, n, of) == expected


def test_targets_as_stated_and_in_proportion():
    rows = answer(rank=10, targets=(target("15"), target("90", None, "score"))).targets
    columns = ("value", "n_reference", "first_edition", "proportional", "n_proportional", "document_vi")
    assert values(rows, *columns) == [(10, 63, None, 5, 34, None), (15, 63, 2020, 8, 34, "d")]
    stated = answer(targets=(target("6", 34, first=2026),)).targets
    assert values(stated, *columns)[1] == (6, 34, 2026, None, 34, "d")


def test_documents_speak_of_the_focal_province_alone():
    assert FOCAL_PROVINCE == "Bắc Giang"
    assert len(answer("Bắc Ninh", targets=(target("15"),)).targets) == 1
