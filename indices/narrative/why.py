"""Why a place or a score moved, in sentences; every number in them stands in the answer they come from."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indices.analysis.cells import number, whole
from indices.analysis.rank_change import STEPS, KnownMoves, Moves, RankChange
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import NEW, OLD, Reweight
from indices.analysis.score_change import RESIDUAL, ScoreChange
from indices.i18n import Language, change, score, text
from indices.narrative.refusal import refusal_sentence

NAMED = 2
"""Parts named on either side in the sentence about a score."""
_ONE_SIDED = {"entries": "entries_down", "exits": "exits_up"}
_NO_PLACE = ("why_no_place", "why_no_edition", "no_total")
_NO_EARLIER = ("why_no_earlier", "why_first_merged", "why_not_before")


def headline(change_: RankChange | Refusal, known: Moves | Refusal, language: Language) -> str:
    """How far the place moved and what moved it; or how far, and why the causes cannot be told apart."""
    if isinstance(change_, RankChange):
        clauses = [_clause(step, change_.step(step), language) for step in STEPS]
        told = ", ".join(clause for clause in clauses if clause)
        return text("why.with_clauses", language, moved=_moved(change_, language), clauses=told)
    if isinstance(known, Refusal):
        return refusal_sentence(change_, language)
    moved = _moved(known, language)
    if change_.code == "why_partial":
        return text("why.partial", language, moved=moved)
    return moved + "."


def briefing(change_: RankChange | Refusal, index: str, language: Language) -> str:
    """Why the place moved since the edition before, in one sentence of at most 30 words."""
    if isinstance(change_, Refusal):
        return _brief_refusal(change_, index, language)
    if not change_.comparable:
        return _moved(change_, language, "brief_break")
    moved = _moved(change_, language, "brief_moved")
    places = {step: change_.step(step) for step in STEPS}
    field = places["entries"] + places["exits"]
    told = [text("why.brief_own", language, places=_signed(places["own"], language))]
    told.append(text("why.brief_others", language, places=_signed(places["others"], language)))
    if field:
        told.append(text("why.brief_field", language, places=_signed(field, language)))
    if places["rounding"]:
        told.append(text("why.brief_rounding", language, places=_signed(places["rounding"], language)))
    return text("why.with_clauses", language, moved=moved, clauses="; ".join(told))


def crossings_sentence(moves: Moves, called: str, language: Language) -> str:
    """How many provinces it passed and was passed by, and of how many this is known."""
    overtaken, overtook = len(moves.overtaken), len(moves.overtook_us)
    key = "crossed" if overtaken and overtook else "crossed_up" if overtaken else "crossed_down"
    key = key if overtaken or overtook else "crossed_nobody"
    slots = {"province": called} | ({"overtaken": overtaken} if overtaken else {})
    told = text(f"why.{key}", language, **slots | ({"overtook": overtook} if overtook else {}))
    everybody = bool((moves.ends["n_places"] >= moves.ends["n_ranked"]).all())
    if not isinstance(moves, KnownMoves) or everybody:
        return told
    return text("why.crossed_known", language, n=moves.n_both, crossed=told)


def own_score_sentence(moves: Moves, digits: int, language: Language) -> str:
    """The province's score in both editions, "" where one is not known."""
    before, after = (number(value) for value in moves.ends["score"])
    if before is None or after is None:
        return ""
    return text(
        "why.own_score",
        language,
        since=moves.since,
        edition=moves.edition,
        before=score(before, language, digits),
        after=score(after, language, digits),
        change=change(after - before, language, digits),
    )


def parts_sentence(moved: ScoreChange, names: Mapping[str, str], digits: int, language: Language) -> str:
    """How far the score moved and which parts did most of it, on either side."""
    points = round(moved.change, digits)
    key = "why.score_up" if points > 0 else "why.score_down" if points < 0 else "why.score_same"
    slots = {"since": moved.since} | ({"points": score(abs(points), language, digits)} if points else {})
    told = [text(key, language, **slots)]
    parts = moved.parts[moved.parts["component"] != RESIDUAL].sort_values("points")
    gains = parts[parts["points"] >= 0.5 * 10**-digits].iloc[::-1].head(NAMED)
    losses = parts[parts["points"] <= -0.5 * 10**-digits].head(NAMED)
    for side, rows in (("why.score_gains", gains), ("why.score_losses", losses)):
        if not rows.empty:
            told.append(text(side, language, listed=_listed(rows, names, digits, language)))
    return "; ".join(told) + "."


def real_sentence(answer: Reweight, language: Language) -> str:
    """How much of the published change is one of the parts, and how much the weights' doing."""
    real = answer.real.set_index("weights")
    low, high = (float(real.at[weights, "points"]) for weights in (OLD, NEW))
    slots = {
        "published": change(answer.published, language, 2),
        "low": change(low, language, 2),
        "high": change(high, language, 2),
    }
    if round(low, 2) * round(high, 2) < 0:
        return text("why.real_unclear", language, **slots)
    for weights in (OLD, NEW):
        slots[f"method_{weights}"] = change(float(real.at[weights, "method"]), language, 2)
    return text("why.real", language, **slots)


def place_sentence(answer: Reweight, language: Language) -> str:
    """Where the earlier edition would have had it under the new weights, "" where that is not known."""
    own, other = answer.row(answer.since, OLD), answer.row(answer.since, NEW)
    published, computed = whole(own["place"]), whole(other["place"])
    if own["computed"] or published is None or computed is None:
        return ""
    move = _move(published - computed, language)
    slots = {"since": answer.since, "computed": computed, "place": published, "move": move}
    return text("why.place_under_new", language, **slots)


def weights_notes(answer: Reweight, names: Mapping[str, str], language: Language) -> list[str]:
    """What must be known beside it: what rounding of the parts does, and the parts left out."""
    notes = []
    real = answer.real.set_index("weights")
    points, from_parts = (number(real.at[NEW, name]) for name in ("points", "from_parts"))
    if points is not None and from_parts is not None and round(points, 2) != round(from_parts, 2):
        notes.append(text("why.from_parts", language, points=change(from_parts, language, 2)))
    if answer.left_out:
        listed = ", ".join(names.get(part, part) for part in answer.left_out)
        notes.append(text("why.left_out", language, listed=listed))
    return notes


def reweighted_alt(answer: Reweight, names: Mapping[str, str], language: Language) -> str:
    """What each part added under the new weights, largest first, for who cannot see the chart."""
    rows = answer.parts[answer.parts["points_new"].notna()].sort_values("points_new", ascending=False)
    ends = (answer.row(edition, NEW)["from_parts"] for edition in (answer.since, answer.edition))
    before, after = (score(value, language, 3) for value in ends)
    listed = _listed(rows.rename(columns={"points_new": "points"}), names, 2, language)
    return text("why.parts_alt", language, before=before, after=after, listed=listed)


def weights_alt(answer: Reweight, called: str, language: Language) -> str:
    """The four scores for who cannot see the chart."""
    slots: dict[str, object] = {"index": answer.index, "province": called}
    slots |= {"since": answer.since, "edition": answer.edition}
    for weights in (OLD, NEW):
        for end, edition in (("before", answer.since), ("after", answer.edition)):
            row = answer.row(edition, weights)
            slots[f"{weights}_{end}"] = score(row["score"], language, 3 if row["computed"] else 2)
    return text("why.weights_alt", language, **slots)


def _moved(moves: Moves, language: Language, key: str = "") -> str:
    """How far the place moved, by the sentence `key`, or else the one for a title."""
    before, after = (int(place) for place in moves.ends["place"])
    return text(
        f"why.{key}" if key else "why.moved" if moves.comparable else "why.moved_break",
        language,
        index=moves.index,
        edition=moves.edition,
        since=moves.since,
        move=_move(moves.gained, language),
        before=before,
        after=after,
    )


def _move(gained: int, language: Language) -> str:
    if not gained:
        return text("why.same", language)
    return text("why.up" if gained > 0 else "why.down", language, n=abs(gained))


def _clause(step: str, places: float, language: Language) -> str:
    """What one step did, "" where it did nothing (the own one is always told)."""
    if not places:
        return text("why.own_none", language) if step == "own" else ""
    key = _ONE_SIDED.get(step) or f"{step}_{'up' if places > 0 else 'down'}"
    return text(f"why.{key}", language, n=_places(abs(places), language))


def _brief_refusal(refusal: Refusal, index: str, language: Language) -> str:
    slots = {"index": index, "edition": refusal.slots.get("edition", "")}
    if refusal.code in _NO_PLACE:
        return text("why.brief_no_place", language, **slots)
    if refusal.code in _NO_EARLIER:
        return text("why.brief_no_earlier", language, **slots)
    before, after = whole(refusal.slots.get("place_since")), whole(refusal.slots.get("place"))
    if before is None or after is None:
        return text("why.brief_unknown", language, **slots)
    slots |= {"since": refusal.slots["since"], "move": _move(before - after, language)}
    slots |= {"before": before, "after": after}
    if refusal.code != "why_partial" or not refusal.slots["comparable"]:
        return text("why.brief_break", language, **slots)
    moved = text("why.brief_moved", language, **slots)
    fields = [(refusal.slots[f"held{when}"], refusal.slots[f"n{when}"]) for when in ("", "_since")]
    held, n = min(fields, key=lambda field: float(str(field[0])) / float(str(field[1])))
    return text("why.brief_partial", language, moved=moved, held=held, n=n)


def _listed(rows: pd.DataFrame, names: Mapping[str, str], digits: int, language: Language) -> str:
    return ", ".join(
        text(
            "why.score_part",
            language,
            name=names.get(str(row["component"]), str(row["component"])),
            points=change(float(row["points"]), language, digits),
        )
        for row in rows.to_dict("records")
    )


def _digits(places: float) -> int:
    return 0 if places == round(places) else 1


def _places(places: float, language: Language) -> str:
    """Places as a reader writes them: 28, but 27,5."""
    return score(places, language, _digits(places))


def _signed(places: float, language: Language) -> str:
    return change(places, language, _digits(places))
