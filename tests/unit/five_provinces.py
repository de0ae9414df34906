"""Five provinces whose total is 7.5 × land + 2.5 × law: what scenarios are tried on."""

from indices.catalogue import ComponentSpec, MethodSpec, WeightSpec
from tests.unit.conftest import edition, figures, small_catalogue

TABLE = """
edition province component score rank
2020    A        overall   78    1
2020    B        overall   70    2
2020    C        overall   50    3
2020    D        overall   50    3
2020    E        overall   41    5
2021    A        overall   80    1
2021    B        overall   70    2
2021    C        overall   60    3
2021    D        overall   55    4
2021    E        overall   40    5
2021    D        land      6     -
2021    D        law       4     -
2021    E        land      4     -
2021    E        law       4     -
2021    C        land      7     -
"""


def part(code: str, scale: float | None = 10) -> ComponentSpec:
    return ComponentSpec("X", code, "overall", "main", None, None, code, code, scale, "")


def catalogue(**more):
    return small_catalogue(
        more.pop("editions", [edition("2020"), edition("2021")]),
        **{
            "components": (part("land"), part("law")),
            "methods": (MethodSpec("X", 2019, None, "weighted_mean_x10", 100, "exact", ""),),
            "weights": (WeightSpec("X", "land", 2019, None, 75), WeightSpec("X", "law", 2019, None, 25)),
            **more,
        },
    )


def table(text: str = TABLE):
    return figures(text)
