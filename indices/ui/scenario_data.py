"""Scenarios as the page asks for them, and how one is written into the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from indices.analysis.edition_field import edition_field
from indices.analysis.makeup import Makeup, makeup
from indices.analysis.reach import Reach
from indices.analysis.reach import reach as least
from indices.analysis.refusal import Refusal
from indices.analysis.scenario import Scenario
from indices.analysis.scenario import scenario as scenario_of
from indices.analysis.scenario import scenario_editions as editions_of
from indices.analysis.sipas_share import SIPAS, SIPAS_PART, SipasShare, sipas_before, sipas_share
from indices.analysis.yearly_gains import yearly_gains as gains_of
from indices.ui.data import answer, catalogue, figures, figures_of

Changes = tuple[tuple[str, float], ...]
"""New scores by component, as arguments of kept answers."""
_PIECE = re.compile(r"([a-z]\w*):(\d{1,3}(?:\.\d{1,6})?)")


@dataclass(frozen=True)
class Inputs:
    """What a scenario starts from: the makeup of the total, and SIPAS with its share where that holds."""

    index: str
    edition: str
    province: str
    made: Makeup
    share: SipasShare | None
    sipas: float | None

    @property
    def of(self) -> str:
        """What a scenario is of: of another thing it starts anew."""
        return f"{self.index}.{self.edition}.{self.province}"

    @property
    def published(self) -> dict[str, float]:
        """Every figure that may be given a new value, with the value it has."""
        found = {part: score for part, score in self.made.parts.items() if part in self.made.scale_max}
        return found | ({SIPAS: self.sipas} if self.sipas is not None else {})

    @property
    def ends(self) -> dict[str, float]:
        """The upper ends of their scales."""
        return {**self.made.scale_max, SIPAS: 100.0}


def _rows(index: str) -> pd.DataFrame:
    """The figures an index's scenario rests on: those of PAR need SIPAS beside them."""
    return figures() if index == "PAR" else figures_of(index)


@answer
def inputs(index: str, edition: str, province: str) -> Inputs | Refusal:
    """What a scenario of the province may change in the edition, or why there is none."""
    rows = _rows(index)
    field = edition_field(rows, catalogue(), index, edition)
    if field is None:
        return Refusal("no_edition", {"index": index, "edition": edition})
    made = makeup(field, catalogue(), province)
    if isinstance(made, Refusal):
        return made
    share = sipas_share(rows, catalogue(), edition) if index == "PAR" and SIPAS_PART in made.parts else None
    if not isinstance(share, SipasShare):
        return Inputs(index, edition, province, made, None, None)
    return Inputs(index, edition, province, made, share, sipas_before(rows, made, share, edition, province))


@answer
def scenario(
    index: str, edition: str, province: str, changes: Changes, target_rank: int
) -> Scenario | Refusal:
    """`analysis.scenario` with some changes."""
    return scenario_of(_rows(index), catalogue(), index, edition, province, dict(changes), target_rank)


@answer
def yearly_gains(index: str) -> pd.DataFrame:
    """`analysis.yearly_gains` of an index."""
    return gains_of(figures_of(index), catalogue(), index)


@answer
def reach(index: str, edition: str, province: str, target_rank: int) -> Reach | Refusal:
    """`analysis.reach` of a province in an edition."""
    rows, gains = figures_of(index), yearly_gains(index)
    return least(rows, catalogue(), index, edition, province, target_rank, gains)


@answer
def scenario_editions(index: str, province: str) -> tuple[str, ...]:
    """`analysis.scenario_editions` of a province."""
    return editions_of(figures_of(index), catalogue(), index, province)


def written(changes: Mapping[str, float]) -> str:
    """Changes as the address has them: "land_access:7.5,transparency:6.2"."""
    return ",".join(f"{part}:{_plain(score)}" for part, score in changes.items())


def read(code: str, found: Inputs) -> tuple[dict[str, float], list[str]]:
    """The changes that an address holds, and the pieces of it that cannot be.

    A score outside of its scale, an unknown component, and SIPAS beside its own part cannot be.
    """
    changes: dict[str, float] = {}
    unknown = []
    for piece in code.split(","):
        named = _PIECE.fullmatch(piece)
        part, score = (named[1], float(named[2])) if named else ("", 0.0)
        twice = {SIPAS: SIPAS_PART, SIPAS_PART: SIPAS}.get(part) in changes
        if part not in found.published or score > found.ends[part] or part in changes or twice:
            unknown.append(piece)
        else:
            changes[part] = score
    return changes, unknown


def least_changes(table: pd.DataFrame, found: Inputs) -> dict[str, float]:
    """The changed scores of a least scenario, rounded up to four decimals (six on a scale up to 1)."""
    changes = {}
    for part, score in zip(table["component"], table["after"], strict=True):
        end = found.ends[part]
        times = 10 ** (6 if end <= 1 else 4)
        # A hair less before rounding up: 7.1034 must not become 7.1035 by a floating remainder.
        changes[str(part)] = min(ceil(score * times - 1e-6) / times, end)
    return changes


def _plain(score: float) -> str:
    return f"{score:.6f}".rstrip("0").rstrip(".")
