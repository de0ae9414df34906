"""What visitors will ask for, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET
from indices.charts.theme import theme
from indices.i18n import DEFAULT_LANGUAGE
from indices.ui import data
from indices.ui.frame import Page
from indices.ui.overview import detail, glance


def warm() -> None:
    """The overview in Vietnamese by day, of the province and target that nobody has chosen away from."""
    data.coverage()
    _overview_of(FOCAL_PROVINCE)


def warm_rest() -> Iterator[str]:
    """The same of every other province, one at each step, for the store as it stands at that step.

    A step takes about a quarter of a second of one core.
    """
    for province in (spec.name_vi for spec in data.catalogue().provinces.frame(63)):
        data.begin_run()
        _overview_of(province)
        yield province


def state() -> str:
    """What the store holds now: when it changes, all is to be worked out anew."""
    data.begin_run()
    return data.state()


def _overview_of(province: str) -> None:
    page = Page(
        name="overview",
        language=DEFAULT_LANGUAGE,
        province=province,
        target_rank=STANDING_TARGET,
        theme=theme(None),
        catalogue=data.catalogue(),
        notices=None,  # nobody is there to be told anything
    )
    glance(page)
    detail(page)
