"""Whom to compare with: ready groups, and the difference to the focal province."""

from __future__ import annotations

import pandas as pd

from indices.catalogue import Catalogue

GROUPS = ("region", "neighbours", "top")
NEIGHBOURS = 3
"""Provinces taken above and below the focal one in `neighbours`."""


def peer_group(
    group: str, ranked: pd.DataFrame, catalogue: Catalogue, province: str, target_rank: int
) -> tuple[str, ...]:
    """Provinces of a ready group, the focal one left out, best place first.

    region: the focal province's region; neighbours: the NEIGHBOURS places above and below it in
    `ranked` (the answer of `ranking`); top: everyone within the target's rank. Empty where `ranked`
    does not say. Raises ValueError for an unknown group.
    """
    if group not in GROUPS:
        raise ValueError(group)
    order = [str(name) for name in ranked.loc[ranked["place"].notna(), "province"]]
    if group == "region":
        region = catalogue.provinces.get(province).region_vi
        members = [spec.name_vi for spec in catalogue.provinces.frame(63) if spec.region_vi == region]
        chosen = [name for name in order if name in members] + [name for name in members if name not in order]
    elif group == "top":
        chosen = [str(name) for name in ranked.loc[ranked["place"] <= target_rank, "province"]]
    elif province in order:
        here = order.index(province)
        chosen = order[max(0, here - NEIGHBOURS) : here + NEIGHBOURS + 1]
    else:
        chosen = []
    return tuple(name for name in chosen if name != province)


def differences(placed: pd.DataFrame, edition: str, focal: str, provinces: tuple[str, ...]) -> pd.DataFrame:
    """Provinces of one edition beside the focal one, best place first.

    Columns: province, place, computed, n_ranked, score, places_ahead (places the province stands
    above the focal one; negative: below), points_ahead, basis, source. A province without a figure
    keeps its row.
    """
    rows = placed[placed["edition"] == edition].set_index("province")
    wanted = pd.Index(dict.fromkeys([focal, *provinces]), name="province")
    columns = ["place", "computed", "n_ranked", "score", "basis", "source"]
    table = rows[columns].reindex(wanted)
    table.insert(4, "places_ahead", table.at[focal, "place"] - table["place"])
    table.insert(5, "points_ahead", table["score"] - table.at[focal, "score"])
    return table.reset_index().sort_values(["place", "province"]).reset_index(drop=True)
