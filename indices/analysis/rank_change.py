"""Why a place changed: what our own score did, what the others' did, who came into the field and who left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.compared import END_DTYPES as END_DTYPES  # the columns of `ends`, a part of this answer
from indices.analysis.compared import Pair, compared
from indices.analysis.edition_field import Scores
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

STEPS = ("own", "others", "entries", "exits", "rounding")
STEP_DTYPES = {"step": "string[pyarrow]", "places": "double[pyarrow]", "n_provinces": "int64[pyarrow]"}
CROSSING_DTYPES = {
    "province": "string[pyarrow]",
    "kind": "string[pyarrow]",
    "place_before": "int64[pyarrow]",
    "place_after": "int64[pyarrow]",
    "score_before": "double[pyarrow]",
    "score_after": "double[pyarrow]",
    "places": "double[pyarrow]",
    "own": "double[pyarrow]",
    "theirs": "double[pyarrow]",
}


@dataclass(frozen=True)
class Moves:
    """A province's place in two editions and who is known to have crossed it.

    `gained` is places gained (positive: up); `breaks` the years of new methods between, `comparable`
    False where there is one. `ends`: both editions (END_DTYPES; `n_scores`, `n_places`: provinces
    with one). `crossings`: the provinces that changed sides (CROSSING_DTYPES; `kind`: overtook_us,
    overtaken, entered, left; places and scores before and after; `places` is what each did to ours).
    """

    index: str
    edition: str
    since: str
    province: str
    gained: int
    breaks: tuple[int, ...]
    ends: pd.DataFrame
    crossings: pd.DataFrame

    @property
    def comparable(self) -> bool:
        """Whether no new method lies between the two editions."""
        return not self.breaks

    @property
    def overtook_us(self) -> pd.DataFrame:
        """The crossings of provinces that stood below us, or level, and now stand above."""
        return self.crossings[self.crossings["kind"] == "overtook_us"]

    @property
    def overtaken(self) -> pd.DataFrame:
        """The crossings of provinces that stood above us and now do not."""
        return self.crossings[self.crossings["kind"] == "overtaken"]


@dataclass(frozen=True)
class KnownMoves(Moves):
    """What places alone tell, where scores do not allow more: a part of the crossings, without shares.

    `n_both` counts the other provinces with a place in both editions.
    """

    n_both: int


@dataclass(frozen=True)
class RankChange(Moves):
    """A change of place in exact parts: `gained` is the sum of the `places` of `steps` (STEP_DTYPES).

    `step` own: our score's move; others: the moves of provinces in both editions; entries, exits:
    provinces in one edition only; rounding: what a published rank differs from the place by score.
    Halves occur: where two moves only together let a province pass, each has half of it. Crossings
    hold `own` and `theirs`, the shares of each.
    """

    steps: pd.DataFrame

    def step(self, name: str) -> float:
        """Places gained by one of STEPS."""
        return float(self.steps.loc[self.steps["step"] == name, "places"].iloc[0])


@dataclass(frozen=True, slots=True)
class Share:
    """What one other province did to our place, split between our move and its own (places gained)."""

    province: str
    step: str
    own: float
    theirs: float

    @property
    def places(self) -> float:
        """Both together: −1 where it now stands above us, +1 where it no longer does, else 0."""
        return self.own + self.theirs


def rank_change(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    since: str | None = None,
) -> RankChange | Refusal:
    """The change of a province's place since an earlier edition (`compared`), in exact parts.

    A place by score is 1 + the number of provinces with a higher score, so its change is the sum over
    the others of whether each stands above us. Each of these has two movers, we and it, and the
    change is split between them by the Shapley value: the mean of what a move does when it comes first
    and when it comes last. As places add up over provinces, this is the Shapley value of all movers
    at once; it does not depend on an order, sums exactly, and is 0 for whoever did not move.
    Sources: Shapley (1953), A value for n-person games; Shorrocks (2013), Decomposition procedures for
    distributional analysis, Journal of Economic Inequality 11.

    Refused as `compared` is; where a score of some ranked province is missing in either edition
    (`why_partial`, with how many are held), or the editions have other scales (`why_scales`).
    `known_moves` then tells what places alone do. Across a break the parts are given, but are not
    `comparable`.
    """
    pair = compared(figures, catalogue, index, edition, province, since)
    if isinstance(pair, Refusal):
        return pair
    before, after = pair.before, pair.after
    told: dict[str, object] = {
        **pair.slots,
        "place": after.places[province],
        "place_since": before.places[province],
        "comparable": not pair.breaks,
    }
    if not (before.complete and after.complete):
        held = {"held": len(after.totals), "n": after.n_ranked}
        held |= {"held_since": len(before.totals), "n_since": before.n_ranked}
        return Refusal("why_partial", {**told, **held})
    scales = [catalogue.scale_max(index, OVERALL, field.spec.year) for field in (before, after)]
    if scales[0] != scales[1]:
        scale_since, scale = (f"{scale:g}" if scale else "?" for scale in scales)
        return Refusal("why_scales", {**told, "scale": scale, "scale_since": scale_since})
    if province not in after.totals or province not in before.totals:
        lacking = after if province not in after.totals else before
        return Refusal("no_total", {"index": index, "edition": lacking.spec.edition})
    found = shares(before.totals, after.totals, province)
    gained = before.places[province] - after.places[province]
    places = {"own": sum(share.own for share in found)}
    places |= {step: sum(s.theirs for s in found if s.step == step) for step in STEPS[1:4]}
    places["rounding"] = gained - sum(places.values())
    counts = {step: sum(share.step == step for share in found) for step in STEPS[1:4]}
    steps = [{"step": step, "places": places[step], "n_provinces": counts.get(step)} for step in STEPS]
    return RankChange(
        index=index,
        edition=after.spec.edition,
        since=before.spec.edition,
        province=province,
        gained=gained,
        breaks=pair.breaks,
        ends=pair.ends(province),
        crossings=_crossings(pair, found),
        steps=answer_table(steps, STEP_DTYPES),
    )


def shares(before: Scores, after: Scores, province: str) -> list[Share]:
    """What every other province did to the place by score of `province`, split between the two moves."""
    mine = (before[province], after[province])
    found = []
    for other in {**before, **after}:
        if other == province:
            continue
        theirs = (before.get(other), after.get(other))
        # above[a][b]: whether it stands above us when we are at edition a and it is at edition b.
        above = [[score is not None and score > own for score in theirs] for own in mine]
        by_us = ((above[0][0] - above[1][0]) + (above[0][1] - above[1][1])) / 2
        by_them = ((above[0][0] - above[0][1]) + (above[1][0] - above[1][1])) / 2
        step = "entries" if theirs[0] is None else "exits" if theirs[1] is None else "others"
        found.append(Share(other, step, by_us, by_them))
    return found


def known_moves(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    since: str | None = None,
) -> KnownMoves | Refusal:
    """What the places held in both editions tell of a change of place, however few they are.

    Crossings are those of provinces with a place in both editions (published, or computed in a
    complete field), without shares of the two moves. Refused only as `compared` is.
    """
    pair = compared(figures, catalogue, index, edition, province, since)
    if isinstance(pair, Refusal):
        return pair
    before, after = pair.before.places, pair.after.places
    both = [other for other in before if other in after and other != province]
    found = []
    for other in both:
        moved = (before[other] < before[province]) - (after[other] < after[province])
        found.append(Share(other, "others", 0, moved))
    crossings = _crossings(pair, found).assign(own=None, theirs=None)
    return KnownMoves(
        index=index,
        edition=pair.after.spec.edition,
        since=pair.before.spec.edition,
        province=province,
        gained=before[province] - after[province],
        breaks=pair.breaks,
        ends=pair.ends(province),
        crossings=crossings.astype(CROSSING_DTYPES),
        n_both=len(both),
    )


def _crossings(pair: Pair, found: list[Share]) -> pd.DataFrame:
    """The provinces that changed sides, or came in above us or left from there, by place now."""
    before, after = pair.before, pair.after
    kinds = {"entries": "entered", "exits": "left"}
    rows: list[dict[str, Any]] = [
        {
            "province": share.province,
            "kind": kinds.get(share.step) or ("overtaken" if share.places > 0 else "overtook_us"),
            "place_before": before.places.get(share.province),
            "place_after": after.places.get(share.province),
            "score_before": before.totals.get(share.province),
            "score_after": after.totals.get(share.province),
            "places": share.places,
            "own": share.own,
            "theirs": share.theirs,
        }
        for share in found
        if share.places
    ]
    rows.sort(key=lambda row: (row["place_after"] or row["place_before"] or 0, row["province"]))
    return answer_table(rows, CROSSING_DTYPES)
