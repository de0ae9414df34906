"""Figures for samples: published ones as they stand, and made-up ones where a whole table is wanted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from indices.catalogue import Catalogue, load_catalogue

DATA = Path(__file__).parents[2] / "data"
Figure = tuple[float | None, int | None]
"""Score and rank."""
Figures = dict[tuple[str, str], Figure]
"""By province and component."""

CATALOGUE: Catalogue = load_catalogue(DATA / "catalogue")


def provinces(frame: int = 63) -> list[str]:
    """The provinces of a frame in the catalogue's order."""
    return [spec.name_vi for spec in CATALOGUE.provinces.frame(frame)]


def published(index: str, edition: str, components: Iterable[str] | None = None) -> Figures:
    """Scores and ranks of `data/published`; rows that hold neither are left out."""
    wanted = None if components is None else set(components)
    with (DATA / "published" / index.lower() / f"{edition}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["province"], row["component"]): (
                float(row["score"]) if row["score"] else None,
                int(row["rank"]) if row["rank"] else None,
            )
            for row in csv.DictReader(file)
            if (row["score"] or row["rank"]) and (wanted is None or row["component"] in wanted)
        }


def with_places(figures: Figures) -> Figures:
    """The ranks of the whole index that are missing, as places of the scores."""
    scores = [score for (_, part), (score, _) in figures.items() if part == "overall" and score is not None]
    places: Figures = {}
    for (province, part), (score, rank) in figures.items():
        if part == "overall" and rank is None and score is not None:
            rank = 1 + sum(other > score for other in scores)
        places[province, part] = (score, rank)
    return places


def whole(
    index: str,
    edition: str,
    part: str = "overall",
    frame: int = 63,
    digits: int = 2,
    ends: tuple[float, float] | None = None,
    more: Mapping[str, float] | None = None,
) -> Figures:
    """A table of all provinces: published figures, and made-up ones between them.

    Provinces without a published rank take the free ones in the order of the catalogue; scores that
    are not published lie on the line between their neighbours, `ends` being those of the first and last;
    where these are not known either, the table holds ranks alone. `more` are scores that follow from
    published parts.
    """
    known = {province: figure for (province, p), figure in published(index, edition, [part]).items()}
    known |= {province: (value, known[province][1]) for province, value in (more or {}).items()}
    ranks = {province: rank for province, (_, rank) in known.items() if rank is not None}
    names = provinces(frame)
    free = [place for place in range(1, frame + 1) if place not in ranks.values()]
    anchors = {rank: score for province, rank in ranks.items() if (score := known[province][0]) is not None}
    for province, (score, rank) in known.items():
        if rank is None and score is not None:
            below = min((place for place, other in anchors.items() if other < score), default=frame + 1)
            ranks[province] = max(place for place in free if place < below)
            free.remove(ranks[province])
            anchors[ranks[province]] = score
    for province in names:
        if province not in ranks:
            ranks[province] = free.pop(0)
    if ends is not None:
        anchors.setdefault(1, ends[0])
        anchors.setdefault(frame, ends[1])
    places = sorted(anchors)

    def score_of(place: int) -> float:
        low = max(p for p in places if p <= place)
        high = min(p for p in places if p >= place)
        share = (place - low) / (high - low) if high > low else 0.0
        return round(anchors[low] + share * (anchors[high] - anchors[low]), digits)

    scored = bool(places) and (places[0], places[-1]) == (1, frame)
    return {
        (province, part): (
            (known.get(province, (None, None))[0] or score_of(ranks[province])) if scored else None,
            ranks[province],
        )
        for province in names
    }


def in_order(figures: Figures, part: str = "overall") -> list[str]:
    """The provinces of a table from the first place to the last."""
    of_part = {province: figure for (province, p), figure in figures.items() if p == part}
    return sorted(of_part, key=lambda name: (of_part[name][1] or 999, -(of_part[name][0] or 0), name))


def n_figures(figures: Figures) -> int:
    """Scores and ranks counted together."""
    return sum((score is not None) + (rank is not None) for score, rank in figures.values())
