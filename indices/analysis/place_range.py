"""Where a total would stand in an edition: one place where every score is known, else a range of places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from indices.analysis.edition_field import EditionField

EQUAL = 1e-9
"""Points within which two totals are the same: what adding up floating numbers may change."""


@dataclass(frozen=True, slots=True)
class PlaceRange:
    """The best (`low`) and the worst (`high`) place that the figures allow; equal where they tell it."""

    low: int
    high: int

    def within(self, target_rank: int) -> bool | None:
        """Whether the target is met; None where both is possible."""
        return True if self.high <= target_rank else False if self.low > target_rank else None


@dataclass(frozen=True)
class Ladder:
    """The other provinces of a field as steps, for asking where a total stands among them.

    `scores` are the known ones of the others, highest first; `lows` and `highs` the best and worst
    place of a total that stands below the first 0, 1, 2 … of them; `own` the province's published
    total with its published rank, where both are known; `n_ranked` counts the province too.
    """

    scores: tuple[float, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    own: tuple[float, int] | None
    n_ranked: int

    def place(self, total: float) -> PlaceRange | None:
        """The place of `total` (ties share the best place); None where nothing bounds it.

        The province's own total keeps its published rank; a higher total is never placed below
        that rank and a lower one never above it, whatever rounding did to the printed scores.
        """
        above = bisect_left(self.scores, -total - EQUAL, key=lambda score: -score)
        low, high = self.lows[above], self.highs[above]
        if self.own is not None:
            own, rank = self.own
            if total <= own + EQUAL:
                low, high = max(low, rank), max(high, rank)
            if total >= own - EQUAL:
                low, high = min(low, rank), min(high, rank)
        return None if self.n_ranked > 1 and (low, high) == (1, self.n_ranked) else PlaceRange(low, high)

    def score_for(self, target_rank: int) -> float | None:
        """The lowest total known to be within the target: a score of the field, or 0 where any will do.

        None where the known scores leave open what suffices.
        """
        if target_rank >= self.n_ranked:
            return 0.0
        enough = []
        for total in {*self.scores, *([self.own[0]] if self.own else [])}:
            place = self.place(total)
            if place is not None and place.within(target_rank):
                enough.append(total)
        return min(enough, default=None)


def ladder(field: EditionField, province: str) -> Ladder:
    """The ladder of the others as they stand in `field`.

    In a complete field the number of higher scores is the place. Elsewhere known pairs of rank and
    score bound it: whoever stands at place p with a higher score has p provinces at or above it,
    and the known scores between that one and the total come on top (likewise from below).
    """
    own_score, own_rank = field.totals.get(province), field.ranks.get(province)
    own = (own_score, own_rank) if own_score is not None and own_rank is not None else None
    others = [(score, name) for name, score in field.totals.items() if name != province]
    if field.complete:
        scores = sorted((score for score, _ in others), reverse=True)
        places = tuple(range(1, len(scores) + 2))
        return Ladder(tuple(scores), places, places, own, max(field.n_ranked, len(scores) + 1))
    # Printed scores may tie where ranks do not: the better rank stands first, those without a rank
    # before it, where they bound nothing.
    others.sort(key=lambda one: (-one[0], field.ranks.get(one[1], 0)))
    scores = [score for score, _ in others]
    steps = {
        at: rank - _is_below(score, rank, own_score, own_rank)
        for at, (score, name) in enumerate(others)
        if (rank := field.ranks.get(name)) is not None
    }
    lows, highs = _bounds(scores, steps, field.n_ranked)
    return Ladder(tuple(scores), lows, highs, own, field.n_ranked)


def moved(scores: Mapping[str, float]) -> Ladder:
    """The ladder of others whose scores are all known and who hold no published rank."""
    places = tuple(range(1, len(scores) + 2))
    return Ladder(tuple(sorted(scores.values(), reverse=True)), places, places, None, len(scores) + 1)


def _is_below(score: float, rank: int, own_score: float | None, own_rank: int | None) -> bool:
    """Whether another province stands below ours, so that its place among the others is one better."""
    if own_rank is not None:
        return rank > own_rank
    return own_score is not None and score < own_score


def _bounds(
    scores: list[float], steps: dict[int, int], n_ranked: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Best and worst place below the first k of `scores`; `steps`: places among the others, by position."""
    known = len(scores)
    lows, highs = [], [0] * (known + 1)
    most = 0
    for above in range(known + 1):
        if above and above - 1 in steps:
            most = max(most, steps[above - 1] - above)
        lows.append(1 + above + most)
    least = n_ranked - 1 - known
    first = known
    for above in range(known, -1, -1):
        if above in steps:
            first = scores.index(scores[above])
            least = min(least, steps[above] - 1 - first)
        highs[above] = 1 + above + least
    # Sources that contradict each other (a better rank with a lower score) leave both places open.
    both = [(min(pair), min(max(pair), n_ranked)) for pair in zip(lows, highs, strict=True)]
    return tuple(low for low, _ in both), tuple(high for _, high in both)
