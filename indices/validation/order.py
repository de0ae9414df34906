"""Ranks against scores and against each other: the fewest cells that explain what does not fit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from indices.catalogue import EditionSpec
from indices.problem import Problem
from indices.tidy import OVERALL
from indices.validation.places import Cells, written_number

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
MOSTLY = 0.8
"""Ranks are looked at for holes where at least this share of the field has one."""


def check_order(rows: pd.DataFrame, edition: EditionSpec, cells: Cells) -> Iterator[Problem]:
    """Ranks that contradict the scores, and ranks that nobody has or too many have, part by part."""
    ranked = rows[rows["rank"].notna()].drop_duplicates(["province", "component"])
    if ranked.empty:
        return
    ranks = ranked["rank"].to_numpy(dtype=np.int64)
    scores = ranked["score"].to_numpy(dtype=np.float64, na_value=np.nan)
    codes, parts = pd.factorize(ranked["component"])
    n_field = edition.n_ranked or edition.frame
    for places in _unsettled(codes, ranks, scores):
        scored = places[~np.isnan(scores[places])]
        wrong = disagreements(ranks[scored].tolist(), scores[scored].tolist())
        for at, expected in wrong.items():
            row = ranked.iloc[int(scored[at])].to_dict()
            slots = {"expected": expected, "score": written_number(row["score"])}
            yield cells.problem("rank_score_disagree", row, "rank", row["rank"], "warning", **slots)
        if not wrong and len(places) >= MOSTLY * n_field:
            whole = parts[codes[places[0]]] == OVERALL
            for at, wanted in holes(ranks[places].tolist(), n_field if whole else len(places)).items():
                row = ranked.iloc[int(places[at])].to_dict()
                slots = {"expected": str(wanted)}
                yield cells.problem("rank_hole", row, "rank", row["rank"], "warning", **slots)


def _unsettled(codes: Whole, ranks: Whole, scores: Floats) -> Iterator[Whole]:
    """Part by part the rows to look at; parts ranked 1 to n with falling scores need no look."""
    order = np.lexsort((-scores, ranks, codes))
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    place = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    fits = ranks[order] == place + 1
    fits &= ~np.isnan(scores[order])
    inside = place > 0
    fits[inside] &= np.diff(scores[order])[np.flatnonzero(inside) - 1] < 0
    settled = np.logical_and.reduceat(fits, starts)
    for start, end, sure in zip(starts, [*starts[1:], len(order)], settled, strict=True):
        if not sure:
            yield np.sort(order[start:end])


def disagreements(ranks: Sequence[int], scores: Sequence[float]) -> dict[int, str]:
    """Places whose rank their score denies, with the rank it would give ("7", or "7-9" for a tie).

    First the fewest to leave out so that scores fall as ranks rise (the longest run that fits stays),
    then ranks of the others that cannot be: a rank may be any of those that a tie in the printed
    scores allows. The second step needs a score for every place up to the last rank. Where only a part
    of the field is known, the ranks of its neighbours by score tell what a rank may be.
    """
    order = sorted(range(len(ranks)), key=lambda n: (ranks[n], -scores[n]))
    outside = {order[n] for n in _left_out([-scores[n] for n in order])}
    stay = sorted(-scores[n] for n in order if n not in outside)
    whole_field = bool(ranks) and len(ranks) >= max(ranks)
    found: dict[int, str] = {}
    for n in order:
        if n in outside and not whole_field:
            kept = [m for m in order if m not in outside]
            found[n] = _between(n, kept, ranks, scores)
            continue
        first = 1 + bisect_left(stay, -scores[n])
        last = bisect_right(stay, -scores[n])
        if n in outside:
            found[n] = _range(first, max(first, last + 1))
            continue
        # A stranger stands before by its rank, by its score, or by both.
        first += sum(ranks[m] < ranks[n] and scores[m] > scores[n] for m in outside)
        last += sum(ranks[m] < ranks[n] or scores[m] > scores[n] for m in outside)
        if whole_field and not first <= ranks[n] <= last:
            found[n] = _range(first, last)
    return found


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _between(at: int, others: Sequence[int], ranks: Sequence[int], scores: Sequence[float]) -> str:
    """The ranks that are left for a score between those of others."""
    first = 1 + max((ranks[n] for n in others if scores[n] > scores[at]), default=0)
    last = min((ranks[n] for n in others if scores[n] < scores[at]), default=max(first, *ranks) + 1) - 1
    return _range(min(first, last), max(first, last))


def _left_out(values: Sequence[float]) -> set[int]:
    """The fewest places to leave out so that the others never fall (longest non-decreasing run)."""
    tails: list[float] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_right(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(place)
        else:
            tails[at], ends[at] = value, place
    kept = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return set(range(len(values))) - kept


def holes(ranks: Sequence[int], n_field: int) -> dict[int, int]:
    """Places whose rank leaves another one unused, with the unused or expected rank.

    Ties share the best place (1, 2, 2, 4). Ranks that provinces absent from the table may have are
    no holes. A rank given twice where the next one is taken as well is wrong in one of its cells:
    nothing tells in which, so each of them is named with the rank that is left.
    """
    counts = Counter(ranks)
    absent = max(0, n_field - len(ranks))
    left: list[tuple[int, int]] = []
    doubled: list[tuple[int, int, int]] = []
    taken = before = 0
    for rank in sorted(counts):
        gap = rank - taken - 1
        explained = min(max(gap, 0), absent)
        absent -= explained
        left += [(unused, rank) for unused in range(taken + 1, rank - explained)]
        doubled += [(before, rank, taken + 1)] * -gap
        before, taken = rank, rank - 1 + counts[rank]
    pairs = min(len(left), len(doubled))
    found: dict[int, int] = {}
    for (unused, _), (twice, _, _) in zip(left, doubled, strict=False):
        found |= {n: unused for n, rank in enumerate(ranks) if rank == twice and n not in found}
    for unused, rank in left[pairs:]:
        found.setdefault(ranks.index(rank), unused)
    for _, rank, due in doubled[pairs:]:
        found.setdefault(ranks.index(rank), due)
    return found
