"""A briefing small enough to check by head: index X, five provinces, five editions, a new method in 2022."""

from dataclasses import replace
from datetime import date

from indices.catalogue import BreakSpec, SourceSpec
from indices.export.content import Slide, Story
from indices.export.story import story
from indices.provinces import Provinces
from indices.provinces.frames import ProvinceSpec
from tests.unit.conftest import edition, figures, small_catalogue

TABLE = """
edition province score rank
2019    A        80    1
2019    B        70    2
2019    C        60    3
2019    D        50    4
2019    E        40    5
2020    A        81    1
2021    A        80    -
2021    B        60    -
2021    C        70    -
2021    D        50    -
2021    E        40    -
2022    A        90    1
2022    B        85    2
2022    C        70    3
2022    D        60    4
2022    E        50    5
2023    A        91    1
2023    C        85    2
2023    B        80    3
"""
DAY = date(2026, 11, 24)


def province(name: str) -> ProvinceSpec:
    return ProvinceSpec(name, f"{name}-land", name.lower(), name, name, "R", "R", 63, name, (), ())


def catalogue(**more):
    specs = [province(name) for name in "ABCDEF"]
    given = {
        "provinces": Provinces(specs, [], []),
        "sources": {"s": SourceSpec("s", "https://x.vn/a", "X", "publisher")},
    }
    made = small_catalogue([edition(str(year)) for year in range(2019, 2024)], **{**given, **more})
    new = BreakSpec("X", 2022, "overall", "Cách tính mới.", "New method.", "")
    return replace(made, breaks=(new,))


def briefing(name: str = "B", language: str = "vi", table: str = TABLE, **more) -> Story:
    held = more.pop("catalogue", None) or catalogue()
    return story(figures(table), held, name, 2, language, made_on=DAY, **more)


def slide(told: Story, section: str) -> Slide:
    return next(one for one in told.slides if one.section == section)
