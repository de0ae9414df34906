"""Answers about the gap to the target, worked out once per state of the store."""

from __future__ import annotations

import pandas as pd

from indices.analysis import assigned_targets as targets
from indices.analysis import gap as gaps
from indices.analysis.refusal import Refusal
from indices.ui.data import answer, catalogue, figures_of


@answer
def gap(index: str, edition: str, province: str, target_rank: int) -> gaps.Gap | Refusal:
    """`analysis.gap.gap` of a province in an edition."""
    return gaps.gap(figures_of(index), catalogue(), index, edition, province, target_rank)


@answer
def assigned_targets(index: str, edition: str, province: str) -> pd.DataFrame | Refusal:
    """`analysis.assigned_targets` of an edition."""
    return targets.assigned_targets(figures_of(index), catalogue(), index, edition, province)
