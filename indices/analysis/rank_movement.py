"""How much places move from one year to the next, so that noise is called noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.analysis.places import places
from indices.analysis.refusal import Refusal
from indices.catalogue import STANDING_TARGET, Catalogue

TOP_LAST, MIDDLE_SHARE = STANDING_TARGET, 2 / 3
"""Last place of the top group, and where in the field the middle group ends (15 and 42 of 63)."""
LEAST_PAIRS = 20
"""Pairs of places a group needs for its movement to be stated."""
GROUPS = ("all", "top", "middle", "rest")

MOVEMENT_DTYPES = {
    "group": "string[pyarrow]",
    "median": "int64[pyarrow]",
    "p90": "int64[pyarrow]",
    "n": "int64[pyarrow]",
    "n_years": "int64[pyarrow]",
    "first": "string[pyarrow]",
    "last": "string[pyarrow]",
    "whole": "bool[pyarrow]",
}


def rank_movement(figures: pd.DataFrame, catalogue: Catalogue, index: str) -> pd.DataFrame | Refusal:
    """Typical movement of places from one year's edition to the next, by where a province stood before.

    Pairs of places of the same province in editions of two years in a row, without a break of method
    between them and not of the 34 merged provinces. Columns (MOVEMENT_DTYPES), a row for each of GROUPS:
    `median` and `p90`: the smallest number of places within which at least half, and nine in ten, of all
    changes up or down lay; `n` pairs, out of `n_years` pairs of editions between `first` and `last`;
    `whole`: every province of those editions (places published or computed), else only those whose ranks
    were published in both years, mostly from the upper part of the field. A group of fewer than
    LEAST_PAIRS pairs has no figures. Groups by the earlier place: top (to 15), middle (to two thirds of the
    field), rest. Refused where fewer than LEAST_PAIRS pairs are held (`movement_few`).
    """
    placed = places(figures, catalogue, index)
    whole = _pairs(placed[placed["complete"].astype(bool)], catalogue, index)
    found = whole or _pairs(placed, catalogue, index)
    if len(found) < LEAST_PAIRS:
        return Refusal("movement_few", {"index": index, "n": len(found), "least": LEAST_PAIRS})
    return answer_table([_row(group, found, bool(whole)) for group in GROUPS], MOVEMENT_DTYPES)


def group_of(place: int, n_ranked: int) -> str:
    """The group of a place: top, middle or rest."""
    if place <= TOP_LAST:
        return "top"
    return "middle" if place <= MIDDLE_SHARE * n_ranked else "rest"


def usual_row(movement: pd.DataFrame, place_before: int, n_ranked: int) -> dict[str, Any]:
    """The row of `rank_movement` that a province standing there is judged by: its group's, else all."""
    rows = {row["group"]: row for row in records(movement, list(MOVEMENT_DTYPES))}
    mine: dict[str, Any] = rows[group_of(place_before, n_ranked)]
    return mine if mine["median"] is not None else rows["all"]


def movement_word(usual: Mapping[str, Any], change: int) -> str:
    """What a change of places is beside its row of `rank_movement`: usual, larger or unusual.

    usual: within the median; unusual: more than nine in ten changes; larger: between the two.
    """
    if abs(change) <= usual["median"]:
        return "usual"
    return "unusual" if abs(change) > usual["p90"] else "larger"


def _pairs(placed: pd.DataFrame, catalogue: Catalogue, index: str) -> list[dict[str, Any]]:
    """Places of a province in two editions a year apart under one method."""
    breaks = [spec.edition for spec in catalogue.breaks_of(index)]
    rows = records(placed, ["province", "edition", "year", "frame", "place", "n_ranked"])
    known = {
        (row["province"], row["year"]): row for row in rows if row["frame"] == 63 and row["place"] is not None
    }
    found = []
    for (province, year), now in known.items():
        before = known.get((province, year - 1))
        if before is not None and year not in breaks:
            found.append(
                {
                    "group": group_of(before["place"], before["n_ranked"]),
                    "moved": abs(now["place"] - before["place"]),
                    "first": before["edition"],
                    "last": now["edition"],
                }
            )
    return found


def _row(group: str, pairs: Sequence[Mapping[str, Any]], whole: bool) -> dict[str, Any]:
    mine = [pair for pair in pairs if group in ("all", pair["group"])]
    row: dict[str, Any] = {"group": group, "n": len(mine), "whole": whole}
    row["n_years"] = len({pair["last"] for pair in mine})
    if len(mine) >= LEAST_PAIRS:
        moved = sorted(pair["moved"] for pair in mine)
        row |= {"median": moved[_at(len(moved), 50)], "p90": moved[_at(len(moved), 90)]}
        row |= {"first": min(pair["first"] for pair in mine), "last": max(pair["last"] for pair in mine)}
    return row


def _at(n: int, percent: int) -> int:
    """Position of the first of `n` sorted values that has at least `percent` of them up to it."""
    return -(-n * percent // 100) - 1
