"""Answers about the order of July 2020 and the merger of 2025, worked out once per state of the store."""

from __future__ import annotations

import pandas as pd

from indices.analysis import directive
from indices.analysis.assigned import assigned as _assigned
from indices.analysis.bridge import Bridge
from indices.analysis.bridge import bridge as _bridge
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE
from indices.ui.data import answer, catalogue, figures, figures_of


@answer
def before_after(province: str, target_rank: int) -> directive.BeforeAfter | Refusal:
    """`analysis.directive.before_after` since the order."""
    return directive.before_after(figures(), catalogue(), province, target_rank)


@answer
def events() -> pd.DataFrame:
    """`analysis.directive.events`."""
    return directive.events(catalogue())


@answer
def assigned(province: str) -> pd.DataFrame | Refusal:
    """`analysis.assigned.assigned` of a province."""
    return _assigned(figures(), catalogue(), province)


@answer
def bridge(index: str, province: str, target_rank: int) -> Bridge | Refusal:
    """`analysis.bridge.bridge` of a province in an index."""
    return _bridge(figures_of(index), catalogue(), index, province, target_rank)


def ordered(province: str) -> bool:
    """Whether the order, its tasks and targets are those of a province: they are the focal one's."""
    return province == FOCAL_PROVINCE
