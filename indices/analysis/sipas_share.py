"""SIPAS inside the PAR Index: how many points of PAR a percent of satisfaction is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.makeup import Makeup
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

SIPAS = "sipas"
"""How a scenario names the SIPAS percent among the components of PAR."""
SIPAS_PART = "impact_sipas"
ALLOWED_MISS = 0.05
"""Points of PAR that a held pair may miss the share by."""


@dataclass(frozen=True, slots=True)
class SipasShare:
    """The rule part = SIPAS percent × `maximum` / 100, and how well held pairs of figures bear it out.

    `n` pairs of both figures are held for the editions of the same method and maximum; they miss the
    rule by at most `largest_miss` points of PAR.
    """

    maximum: float
    n: int
    largest_miss: float

    @property
    def worth(self) -> float:
        """Points of PAR that one percent of SIPAS brings."""
        return self.maximum / 100


def sipas_share(figures: pd.DataFrame, catalogue: Catalogue, edition: str) -> SipasShare | Refusal:
    """What a percent of SIPAS is worth in a PAR edition; `figures` hold the rows of PAR and SIPAS.

    Of the bundled figures four pairs hold both sides (Đồng Tháp 2019 and 2020, Hà Nam 2021, Ninh
    Thuận 2022; maximum 10) and miss the rule by 0.002, 0.016, 0.018 and 0.047 points. Refused where
    the part has no known maximum or no pair of its method and maximum is held (`sipas_unproven`:
    2018, maximum 12), and where a pair misses by more than ALLOWED_MISS (`sipas_not_reproduced`).
    """
    spec = catalogue.edition("PAR", edition)
    slots: dict[str, object] = {"edition": edition}
    if spec is None:
        return Refusal("sipas_unproven", slots)
    breaks = [one.edition for one in catalogue.breaks_of("PAR")]

    def method(year: int) -> tuple[float | None, int]:
        return catalogue.scale_max("PAR", SIPAS_PART, year), sum(first <= year for first in breaks)

    maximum, _ = method(spec.year)
    if maximum is None:
        return Refusal("sipas_unproven", slots)
    like = {one.edition for one in catalogue.editions_of("PAR") if method(one.year) == method(spec.year)}
    parts = figures[(figures["index"] == "PAR") & (figures["component"] == SIPAS_PART)]
    wholes = figures[(figures["index"] == "SIPAS") & (figures["component"] == OVERALL)]
    names = ["edition", "province", "score"]
    satisfied = {(row["edition"], row["province"]): row["score"] for row in records(wholes, names)}
    misses = [
        abs(row["score"] - percent * maximum / 100)
        for row in records(parts, names)
        if row["edition"] in like
        and row["score"] is not None
        and (percent := satisfied.get((row["edition"], row["province"]))) is not None
    ]
    if not misses:
        return Refusal("sipas_unproven", slots)
    if max(misses) > ALLOWED_MISS:
        return Refusal("sipas_not_reproduced", {**slots, "points": max(misses)})
    return SipasShare(maximum, len(misses), max(misses))


def sipas_before(
    figures: pd.DataFrame, made: Makeup, share: SipasShare, edition: str, province: str
) -> float:
    """The SIPAS percent a scenario starts from: the published one, else what its part in PAR stands for."""
    rows = figures[
        (figures["index"] == "SIPAS")
        & (figures["edition"] == edition)
        & (figures["province"] == province)
        & (figures["component"] == OVERALL)
        & figures["score"].notna()
    ]
    return float(rows["score"].iloc[0]) if len(rows) else made.parts[SIPAS_PART] / share.worth


def with_sipas(
    changes: Mapping[str, float], made: Makeup, share: SipasShare, start: float
) -> dict[str, float] | Refusal:
    """The changes with SIPAS put as its part of PAR."""
    others = {part: score for part, score in changes.items() if part != SIPAS}
    percent = changes[SIPAS]
    if SIPAS_PART in others:
        return Refusal("sipas_twice")
    if SIPAS_PART not in made.parts:
        return Refusal("scenario_unknown_part", {"part": SIPAS})
    if not isfinite(percent) or not 0 <= percent <= 100:
        return Refusal("scenario_outside", {"part": SIPAS, "scale_max": 100.0})
    before = made.parts[SIPAS_PART]
    after = before + (percent - start) * share.worth
    # A published percent may lie a little beside its part: the scale's ends hold all the same.
    return others | {SIPAS_PART: before if percent == start else min(max(after, 0.0), share.maximum)}
