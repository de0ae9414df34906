"""Answers about how sure a rank is, worked out once per state of the store."""

from __future__ import annotations

import pandas as pd

from indices.analysis.certainty import Certainty
from indices.analysis.certainty import certainty as _certainty
from indices.analysis.certainty import certainty_field as _certainty_field
from indices.analysis.certainty import last_certainty as _last_certainty
from indices.analysis.certainty_bases import Basis
from indices.analysis.rank_movement import rank_movement as _rank_movement
from indices.analysis.refusal import Refusal
from indices.ui.data import answer, catalogue, figures_of


@answer
def certainty(index: str, edition: str, province: str, target_rank: int) -> Certainty | Refusal:
    """`analysis.certainty.certainty` of a province on every basis that applies."""
    return _certainty(figures_of(index), catalogue(), index, edition, province, target_rank)


@answer
def certainty_field(index: str, edition: str, target_rank: int, basis: Basis) -> pd.DataFrame | Refusal:
    """`analysis.certainty.certainty_field` of an edition on one basis."""
    return _certainty_field(figures_of(index), catalogue(), index, edition, target_rank, basis)


@answer
def last_certainty(index: str, province: str, target_rank: int) -> Certainty | None:
    """`analysis.certainty.last_certainty` of a province."""
    return _last_certainty(figures_of(index), catalogue(), index, province, target_rank)


@answer
def rank_movement(index: str) -> pd.DataFrame | Refusal:
    """`analysis.rank_movement.rank_movement` of an index."""
    return _rank_movement(figures_of(index), catalogue(), index)
