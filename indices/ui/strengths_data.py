"""What the page of components asks for, worked out once per state of the store."""

from __future__ import annotations

import pandas as pd

from indices.analysis.learn_from import LearnFrom
from indices.analysis.learn_from import learn_from as whom_to_learn_from
from indices.analysis.parts_held import parts_held as editions_with_parts
from indices.analysis.profile import Profile
from indices.analysis.profile import profile as nearest_profiles
from indices.analysis.refusal import Refusal
from indices.analysis.strengths import Strengths
from indices.analysis.strengths import strengths as strengths_of
from indices.tidy import OVERALL
from indices.ui.data import answer, catalogue, figures_of


@answer
def strengths(
    index: str, edition: str, province: str, target_rank: int, parent: str = OVERALL
) -> Strengths | Refusal:
    """`analysis.strengths` of a province in an edition."""
    return strengths_of(figures_of(index), catalogue(), index, edition, province, target_rank, parent)


@answer
def learn_from(index: str, edition: str, province: str, target_rank: int) -> LearnFrom | Refusal:
    """`analysis.learn_from` of a province in an edition."""
    return whom_to_learn_from(figures_of(index), catalogue(), index, edition, province, target_rank)


@answer
def profile(index: str, edition: str, province: str) -> Profile | Refusal:
    """`analysis.profile` of a province in an edition."""
    return nearest_profiles(figures_of(index), catalogue(), index, edition, province)


@answer
def parts_held(index: str, province: str, parent: str = OVERALL) -> pd.DataFrame:
    """`analysis.parts_held` of a province, newest edition first."""
    return editions_with_parts(figures_of(index), catalogue(), index, province, parent)


@answer
def newest(index: str, province: str, parent: str, ranked: bool) -> str | None:
    """The newest edition with parts of the province; `ranked`: all of them, and those of the whole field."""
    held = parts_held(index, province, parent)
    full = (held["n_own"] == held["n_parts"]) & (held["n_whole"] == held["n_parts"])
    found = held.loc[full if ranked else held["n_own"] > 0, "edition"]
    return None if found.empty else str(found.iloc[0])
