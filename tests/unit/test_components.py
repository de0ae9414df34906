"""The parts of an index in one edition: a province beside the field."""

from indices.analysis import components
from indices.catalogue import ComponentSpec, ScaleSpec, WeightSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

TABLE = """
edition province component score
2020    A        overall   30
2020    A        land      9
2020    B        land      8
2020    C        land      8
2020    D        land      7
2020    E        land      6
2020    A        law       5
2020    B        law       4
2020    A        law_text  3
2020    B        safety    2
"""


def part(code: str, parent: str = "overall", scale: float | None = 10, first: int | None = None):
    return ComponentSpec("X", code, parent, "main", first, None, code, code, scale, "")


PARTS = (part("land"), part("law"), part("safety"), part("later", first=2021), part("law_text", "law"))


def of(province: str, target_rank: int = 3, parent: str = "overall", name: str = "2020"):
    catalogue = small_catalogue(
        [edition("2020")],
        components=PARTS,
        scales=(ScaleSpec("X", "law", 2020, 2020, 6),),
        weights=(WeightSpec("X", "land", 2019, 2020, 60), WeightSpec("X", "law", 2021, None, 40)),
    )
    return components(figures(TABLE), catalogue, "X", name, province, target_rank, parent)


def test_parts_in_catalogue_order_with_scale_and_weight():
    assert values(of("A"), "component", "split", "scale_max", "weight", "n_provinces") == [
        ("land", "main", 10.0, 60.0, 5),
        ("law", "main", 6.0, None, 2),
        ("safety", "main", 10.0, None, 1),
    ]


def test_complete_part_has_place_median_best_and_target():
    assert values(of("D"), "score", "place", "best", "median", "target_score")[0] == (7.0, 4, 9.0, 8.0, 8.0)
    # B and C share place 2.
    assert values(of("C"), "score", "place", "best", "median", "target_score")[0] == (8.0, 2, 9.0, 8.0, 8.0)


def test_a_target_beyond_the_field_has_no_score():
    assert values(of("A", target_rank=5), "target_score")[0] == (6.0,)
    assert values(of("A", target_rank=6), "target_score", "best")[0] == (None, 9.0)


def test_partial_part_has_scores_only():
    rows = of("A")
    assert values(rows, "score", "place", "best", "median", "target_score")[1] == (
        5.0,
        None,
        None,
        None,
        None,
    )
    assert values(rows, "score", "basis", "source")[1:] == [(5.0, "published", "s"), (None, None, None)]


def test_level_below():
    assert values(of("A", parent="law"), "component", "score") == [("law_text", 3.0)]


def test_unknown_edition_and_unknown_province():
    assert of("A", name="2019").empty
    assert values(of("Z"), "component", "score", "place") == [
        ("land", None, None),
        ("law", None, None),
        ("safety", None, None),
    ]
