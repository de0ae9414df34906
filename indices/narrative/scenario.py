"""What a scenario brings and what the target takes, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.how_often import NEAR_PLACES, Often
from indices.analysis.place_range import EQUAL
from indices.analysis.reach import Reach
from indices.analysis.refusal import Refusal
from indices.analysis.scenario import MOVING, Place, Scenario
from indices.i18n import Language, change, points, score, text, word
from indices.narrative.refusal import refusal_sentence

Names = Mapping[str, str]


def parts_word(index: str, language: Language) -> str:
    """What the parts of an index are called, by the word its publisher uses."""
    known = word("scenario.parts", index.lower(), language)
    return word("scenario.parts", "other", language) if known == index.lower() else known


def total_sentence(answer: Scenario, scale_max: float | None, language: Language) -> str:
    """The new total beside the published one."""
    digits = points(scale_max)
    gained = answer.total_after - answer.total_before
    if abs(gained) <= EQUAL:
        said = score(answer.total_before, language, digits)
        key = "scenario.total_same" if _moved(answer) else "scenario.total_published"
        return text(key, language, index=answer.index, edition=answer.edition, total=said)
    return text(
        "scenario.total_new",
        language,
        total=score(answer.total_after, language, digits),
        before=score(answer.total_before, language, digits),
        change=change(gained, language, _fine(gained, digits)),
    )


def place_words(answer: Scenario, outcome: Place, language: Language) -> str:
    """A place or a range of places; a place worked out by us says so."""
    found, n = outcome.place, answer.n_ranked
    if found is None:
        return text("scenario.place_unknown", language)
    if found.low != found.high:
        return text("scenario.place_range", language, low=found.low, high=found.high, n=n)
    unmoved = outcome.others != MOVING and abs(answer.total_after - answer.total_before) <= EQUAL
    published = unmoved and answer.rank is not None
    key = "scenario.place_published" if published else "scenario.place_computed"
    return text(key, language, place=found.low, n=n)


def outcome_sentence(answer: Scenario, outcome: Place | Refusal, language: Language) -> str:
    """The place against others who stand still or move, and whether the target is met; or why not known."""
    if isinstance(outcome, Refusal):
        return refusal_sentence(outcome, language)
    verdict = {True: "reached", False: "outside", None: "open"}[outcome.reached]
    slots = {
        "place": place_words(answer, outcome, language),
        "verdict": text(f"scenario.verdict_{verdict}", language, target=answer.target_rank),
    }
    if outcome.others != MOVING:
        key = "scenario.against_still" if _moved(answer) else "scenario.against_now"
        return text(key, language, **slots)
    said = text("scenario.against_moving", language, since=outcome.since, edition=answer.edition, **slots)
    held = answer.n_ranked - 1 - outcome.n_moved
    return f"{said} {text('scenario.not_moved', language, n=held)}" if held else said


def strip_heading(answer: Scenario, outcome: Place, language: Language) -> str:
    """What the others do and the place that comes of it, short enough for a chart on a phone."""
    key = "scenario.strip_moving" if outcome.others == MOVING else "scenario.strip_still"
    others = text(key, language)
    known = outcome.place is not None
    said = place_words(answer, outcome, language) if known else text("scenario.strip_unknown", language)
    return f"{others}: {said}"


def needed_sentence(found: Reach, scale_max: float | None, language: Language) -> str:
    """What is missing to the target, or what may be lost before falling out of it."""
    digits = points(scale_max)
    state = "lose" if found.met else "needed"
    surety = "exact" if found.exact else "sure"
    away = abs(found.needed)
    if found.target_score == 0:
        return text("scenario.always", language, target=found.target_rank)
    if found.met and away <= EQUAL:
        return text("scenario.lose_nothing", language, target=found.target_rank)
    return text(
        f"scenario.{state}_{surety}",
        language,
        points=score(away, language, _fine(away, digits)),
        target=found.target_rank,
        score=score(found.target_score, language, _fine(away, digits)),
    )


def fewest_sentence(found: Reach, names: Names, scale_max: float | None, language: Language) -> str:
    """The fewest component points that reach the target, and what would do as well; "" where it is met."""
    if found.met:
        return ""
    if isinstance(found.fewest, Refusal):
        return refusal_sentence(found.fewest, language)
    digits = points(scale_max)
    raised = records(found.fewest, ["component", "before", "after", "change", "factor"])
    listed = "; ".join(
        text(
            "scenario.raised",
            language,
            name=names.get(row["component"], row["component"]),
            before=score(row["before"], language, _fine(row["change"], digits)),
            after=score(row["after"], language, _fine(row["change"], digits)),
            change=change(row["change"], language, _fine(row["change"], digits)),
        )
        for row in raised
    )
    said = text("scenario.fewest", language, listed=listed)
    alike = _alike(found, raised[-1]["component"])
    if not alike:
        return said
    if len(alike) + len(raised) >= len(found.factors):
        parts = parts_word(found.index, language)
        return f"{said} {text('scenario.fewest_any', language, parts=parts)}"
    listed = ", ".join(names.get(part, part) for part in alike)
    return f"{said} {text('scenario.fewest_alike', language, names=listed)}"


def realistic_sentence(found: Reach, language: Language) -> str:
    """How large a common yearly gain of all parts the target takes, among provinces like ours."""
    if found.realistic is None:
        return ""
    if isinstance(found.realistic, Refusal):
        return refusal_sentence(found.realistic, language)
    parts = parts_word(found.index, language)
    of_hundred = 100 - round(100 * found.realistic.quantile)
    n = int(found.usual["n"].min())
    return text("scenario.realistic", language, parts=parts, n=n, share=of_hundred)


def often_sentence(found: Reach, scale_max: float | None, language: Language) -> str:
    """How often provinces in our position gained what is needed, told in tens, with share and n."""
    often = found.often
    if often is None:
        return ""
    if isinstance(often, Refusal):
        return refusal_sentence(often, language)
    slots = {
        "points": score(found.needed, language, _fine(found.needed, points(scale_max))),
        "places": NEAR_PLACES,
        "reached": often.reached,
        "n": often.n,
        "since": often.since,
        "until": often.until,
    }
    return text(f"scenario.often_{_tens(often)}", language, tens=round(10 * often.share), **slots)


def usual_sentence(row: Mapping[str, float | int | None], scale_max: float | None, language: Language) -> str:
    """What provinces with a similar score usually gained in a year in one part; "" where too few did."""
    if row["median"] is None or row["low"] is None or row["high"] is None:
        return ""
    digits = points(scale_max)
    figures = {name: change(row[name], language, digits) for name in ("low", "median", "high")}
    return text("scenario.usual", language, n=row["n"], **figures)


def _tens(often: Often) -> str:
    """Which sentence tells the share: in tens where that is neither none nor all."""
    if often.reached in (0, often.n):
        return "never" if not often.reached else "always"
    tens = round(10 * often.share)
    return "rarely" if tens == 0 else "mostly" if tens == 10 else "tens"


def _alike(found: Reach, part: str) -> list[str]:
    """Other parts that are not raised and whose point is worth as much as that of `part`."""
    assert isinstance(found.fewest, pd.DataFrame)
    raised = set(found.fewest["component"])
    factor = found.factors[part]
    return [other for other, worth in found.factors.items() if worth == factor and other not in raised]


def _moved(answer: Scenario) -> bool:
    return bool((answer.parts["change"].abs() > EQUAL).any())


def _fine(value: float, digits: int) -> int:
    """Decimals that keep a small distance from reading as none."""
    return 4 if abs(value) < 0.1 else digits
