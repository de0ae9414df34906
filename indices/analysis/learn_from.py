"""Whom to learn from: provinces that stood where we stand, and stand within the target today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField
from indices.analysis.edition_fields import comparable_before, cut_between, edition_fields
from indices.analysis.part_standing import Row, part_factors, part_standing
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue, ComponentSpec
from indices.tidy import OVERALL

NEAR, YEARS_BACK = 5, 5
"""Places around ours, and years before this edition: within them one stood where we stand."""

LEARN_DTYPES = {
    "province": "string[pyarrow]",
    "edition_then": "string[pyarrow]",
    "years": "int64[pyarrow]",
    "place_then": "int64[pyarrow]",
    "place_now": "int64[pyarrow]",
    "places_gained": "int64[pyarrow]",
    "score_then": "double[pyarrow]",
    "score_now": "double[pyarrow]",
    "weak_gain": "double[pyarrow]",
    "n_weak": "int64[pyarrow]",
    "most_improved": "string[pyarrow]",
    "most_gain": "double[pyarrow]",
}
GAIN_DTYPES = {
    "province": "string[pyarrow]",
    "component": "string[pyarrow]",
    "name_vi": "string[pyarrow]",
    "name_en": "string[pyarrow]",
    "weak": "bool[pyarrow]",
    "score_then": "double[pyarrow]",
    "score_now": "double[pyarrow]",
    "gain": "double[pyarrow]",
    "worth": "double[pyarrow]",
}


@dataclass(frozen=True)
class LearnFrom:
    """Provinces to learn from, the one that improved most in our weak parts first.

    `provinces` (LEARN_DTYPES), one row a province: the edition in which it stood nearest to our `place` of
    now (`place_then`; of equally near ones the latest), `place_now`, places gained; `weak_gain` is what its
    improvement in our `weak` parts is worth in points of the total, over the `n_weak` of them that may be
    compared; `most_improved` is the part whose improvement is worth most (`most_gain`, points of the total).
    `gains` (GAIN_DTYPES) has every part that may be compared, `gain` in points of the part, `worth` in points
    of the total, what is worth most first. `weak` holds our weakest parts (as in `strengths`), none where
    the parts of the field are not held; `editions` those looked back at. No row: nobody has gone that way,
    and `n_known` says of how many other provinces a place is known in this edition and in an earlier one.
    """

    index: str
    edition: str
    province: str
    place: int
    n_ranked: int
    target_rank: int
    weak: tuple[str, ...]
    editions: tuple[str, ...]
    n_known: int
    provinces: pd.DataFrame
    gains: pd.DataFrame

    @property
    def n_candidates(self) -> int:
        """How many provinces stood where we stand and are within the target today."""
        return len(self.provinces)


def learn_from(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, edition: str, province: str, target_rank: int
) -> LearnFrom | Refusal:
    """Provinces within NEAR places of ours at most YEARS_BACK years ago and within the target today.

    They must also stand above us now and above where they stood then: who came down from the top shows no
    way up. Only editions of the same method are looked at, and parts that it did not change in between.
    Refused where the edition is not held (`no_edition`), ranks the 34 merged provinces (`other_frame`), our
    place is not known (`no_place`) or the method has no earlier edition with places (`no_earlier`).
    """
    spec = catalogue.edition(index, edition)
    slots = {"index": index, "edition": edition}
    if spec is None:
        return Refusal("no_edition", slots)
    if spec.frame == MERGER_FRAME:
        return Refusal("other_frame", {"edition": spec.year, "n": spec.frame})
    described = catalogue.components_of(index, spec.year)
    codes = [part.component for part in described]
    window = [one for one in comparable_before(catalogue, spec) if spec.year - one.year <= YEARS_BACK]
    fields = edition_fields(figures, catalogue, index, [edition, *(one.edition for one in window)], codes)
    here = fields.pop(edition, None)
    if here is None:
        return Refusal("no_edition", slots)
    ours = here.places.get(province)
    if ours is None:
        return Refusal("no_place", slots)
    placed = {name: field for name, field in fields.items() if field.places}
    if not placed:
        return Refusal("no_earlier", slots)
    standing = part_standing(here, catalogue, province, target_rank)
    weak = standing.weakest if standing.whole else ()
    parts = [part for part in described if standing.split in (None, part.split)]
    factors = part_factors(catalogue, index, spec.year, OVERALL, standing.split)
    rows, gains = [], []
    for other, now in here.places.items():
        then = _nearest(other, ours, placed)
        if other == province or then is None or now > target_rank:
            continue
        was = then.places[other]
        if now >= min(ours, was):
            continue
        found = [
            {"province": other, **gain, "weak": gain["component"] in weak}
            for gain in _gains(other, then, here, catalogue, parts, factors)
        ]
        gains += found
        rows.append(_row(other, then, here, found))
    rows.sort(key=_from_best)
    order = {row["province"]: at for at, row in enumerate(rows)}
    gains.sort(key=lambda gain: (order[gain["province"]], -(gain["worth"] or 0)))
    known = {name for field in placed.values() for name in field.places} & set(here.places) - {province}
    return LearnFrom(
        index,
        edition,
        province,
        ours,
        here.n_ranked,
        target_rank,
        weak,
        tuple(placed),
        len(known),
        answer_table(rows, LEARN_DTYPES),
        answer_table(gains, GAIN_DTYPES),
    )


def _nearest(other: str, ours: int, fields: Mapping[str, EditionField]) -> EditionField | None:
    """The edition in which a province stood nearest to our place, the latest of equally near ones."""
    near = [
        (abs(field.places[other] - ours), -field.spec.year, field)
        for field in fields.values()
        if other in field.places and abs(field.places[other] - ours) <= NEAR
    ]
    return min(near, key=lambda found: found[:2])[2] if near else None


def _gains(
    other: str,
    then: EditionField,
    here: EditionField,
    catalogue: Catalogue,
    parts: list[ComponentSpec],
    factors: Mapping[str, float],
) -> list[Row]:
    index, year = here.spec.index, here.spec.year
    found = []
    for part in parts:
        code = part.component
        before, now = (field.scores.get(code, {}).get(other) for field in (then, here))
        if before is None or now is None or cut_between(catalogue, index, [code], then.spec.year, year):
            continue
        found.append(
            {
                "component": code,
                "name_vi": part.name_vi,
                "name_en": part.name_en,
                "score_then": before,
                "score_now": now,
                "gain": now - before,
                "worth": factors[code] * (now - before) if code in factors else None,
            }
        )
    return found


def _row(other: str, then: EditionField, here: EditionField, gains: list[Row]) -> Row:
    worth = [gain for gain in gains if gain["worth"] is not None]
    in_weak = [gain["worth"] for gain in worth if gain["weak"]]
    most: Row = max(worth, key=lambda gain: float(gain["worth"]), default={"component": None, "worth": 0})
    improved = most["worth"] > 0
    return {
        "province": other,
        "edition_then": then.spec.edition,
        "years": here.spec.year - then.spec.year,
        "place_then": then.places[other],
        "place_now": here.places[other],
        "places_gained": then.places[other] - here.places[other],
        "score_then": then.totals.get(other),
        "score_now": here.totals.get(other),
        "weak_gain": sum(in_weak) if in_weak else None,
        "n_weak": len(in_weak),
        "most_improved": most["component"] if improved else None,
        "most_gain": most["worth"] if improved else None,
    }


def _from_best(row: Row) -> tuple[bool, float, int, str]:
    """Most improvement in our weak parts first; where that is not known, most places gained."""
    gain, places = row["weak_gain"], int(row["places_gained"])
    return gain is None, -(gain or 0), -places, row["province"]
