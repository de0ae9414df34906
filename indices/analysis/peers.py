"""Whom to compare with: ready groups, and the difference to the focal province."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.analysis.edition_fields import edition_fields
from indices.analysis.profile import PROFILE_DTYPES, profile
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue

GROUPS = ("region", "neighbours", "top")
"""Groups that follow from a ranking alone (`peer_group`)."""
PROFILE = "profile"
PEER_GROUPS = (*GROUPS, PROFILE)
"""Every ready group: those of the ranking, and the nearest in the profile of the parts."""
NEIGHBOURS = 3
"""Provinces taken above and below the focal one in `neighbours`."""

PEER_DTYPES = {
    "province": "string[pyarrow]",
    "place": "int64[pyarrow]",
    "computed": "bool[pyarrow]",
    "n_ranked": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "distance": "double[pyarrow]",
    "points_ahead": "double[pyarrow]",
}


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
    known = ranked.loc[ranked["place"].notna(), ["province", "place"]]
    return _members(
        group, dict(zip(known["province"], known["place"], strict=True)), catalogue, province, target_rank
    )


def _members(
    group: str, places_in_order: Mapping[str, int], catalogue: Catalogue, province: str, target_rank: int
) -> tuple[str, ...]:
    """`peer_group` by the places of provinces, best first."""
    order = list(places_in_order)
    if group == "region":
        region = catalogue.provinces.get(province).region_vi
        members = [spec.name_vi for spec in catalogue.provinces.frame(63) if spec.region_vi == region]
        chosen = [name for name in order if name in members] + [name for name in members if name not in order]
    elif group == "top":
        chosen = [name for name, place in places_in_order.items() if place <= target_rank]
    elif province in places_in_order:
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


def peers(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    target_rank: int,
    group: str,
) -> pd.DataFrame | Refusal:
    """The provinces of a ready group (one of PEER_GROUPS) in one edition (columns of PEER_DTYPES).

    Best place first; of `profile` the nearest first, `distance` as in `indices.analysis.profile` and missing
    in every other group. `points_ahead` is the province's score minus ours, in points of the whole index.
    Refused where the edition is not held (`no_edition`), ranks the 34 merged provinces (`other_frame`), our
    place is not known for a group that needs it (`no_place`), nobody's places are (`no_places`), or as
    `profile` is. Raises ValueError for an unknown group.
    """
    if group not in PEER_GROUPS:
        raise ValueError(group)
    if group == PROFILE:
        found = profile(figures, catalogue, index, edition, province)
        if isinstance(found, Refusal):
            return found
        return answer_table(records(found.nearest, list(PROFILE_DTYPES)), PEER_DTYPES)
    field = edition_fields(figures, catalogue, index, [edition], ()).get(edition)
    slots = {"index": index, "edition": edition}
    if field is None:
        return Refusal("no_edition", slots)
    if field.spec.frame == MERGER_FRAME:
        return Refusal("other_frame", {"edition": field.spec.year, "n": field.spec.frame})
    scores, ours = field.totals, field.totals.get(province)
    # As `ranking` orders: by place, equal places by score.
    order = sorted(field.places, key=lambda name: (field.places[name], -scores.get(name, 0), name))
    if group != "region" and (not order or (group == "neighbours" and province not in field.places)):
        return Refusal("no_place" if order else "no_places", slots)
    known = {name: field.places[name] for name in order}
    return answer_table(
        [
            {
                "province": name,
                "place": field.places.get(name),
                "computed": name in field.places and name not in field.ranks,
                "n_ranked": field.n_ranked,
                "score": scores.get(name),
                "points_ahead": None if ours is None or name not in scores else scores[name] - ours,
            }
            for name in _members(group, known, catalogue, province, target_rank)
        ],
        PEER_DTYPES,
    )
