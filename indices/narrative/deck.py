"""The titles of a briefing's slides: each the slide's message as one sentence that fits two lines.

Every function gives the sentence in several lengths, the fullest first; who lays out the slide takes
the first that fits. Numbers are those of the answer tables, written as on the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from indices.analysis.chance_words import CHANCE_WORDS
from indices.analysis.outlook import Outlook
from indices.i18n import Language, place, points, score, text
from indices.narrative.gap import distance_bounds, distance_sentence
from indices.narrative.standing import headline

Row = Mapping[str, Any]
EVEN = 0.5
"""A chance from which on a place within the target is as likely as not."""


def standing_titles(
    statuses: pd.DataFrame, n_indices: int, target_rank: int, called: str, language: Language
) -> tuple[str, ...]:
    """How many indices are within the target, and which need attention."""
    said = headline(statuses, n_indices, target_rank, language).removesuffix(".")
    full = text("deck.standing", language, province=called, headline=said)
    if statuses.empty:
        return (full,)
    states = statuses["status"].tolist()
    counts = {"met": states.count("met"), "behind": states.count("near") + states.count("missed")}
    short = text("deck.standing_short", language, province=called, n=n_indices, target=target_rank, **counts)
    return full, short


def index_titles(
    status: Row | None, gap: Row | None, index: str, called: str, language: Language
) -> tuple[str, ...]:
    """Where an index stands, how it moved, and what the target takes; `gap` is the summary's row."""
    if status is None:
        return (text("deck.index_nothing", language, index=index, province=called),)
    here = standing_words(status, language)
    change = change_words(status, language)
    if gap is None:
        return (here if not change else f"{here}, {change}",)
    distance = distance_sentence(gap, language)
    first = text("deck.index_title_first", language, place=here, distance=distance)
    if not change:
        return (first,)
    return text("deck.index_title", language, place=here, change=change, distance=distance), first


def standing_words(status: Row, language: Language) -> str:
    """An index, its edition and the place in it ("PAPI 2024: hạng 16/61 (tính toán)")."""
    slots = {"index": status["index"], "edition": status["edition"]}
    if status["place"] is None:
        return text("deck.index_no_place", language, **slots)
    key = "deck.index_computed" if status["computed"] else "deck.index_place"
    return text(key, language, place=place(status["place"], status["n_ranked"]), **slots)


def change_words(status: Row, language: Language) -> str:
    """What became of the place since the edition before, "" where there is none."""
    gained, since = status["change"], status["change_since"]
    if gained is None:
        return ""
    if not status["comparable"]:
        return text("deck.new_method", language, since=since)
    key = "deck.up" if gained > 0 else "deck.down"
    return (
        text(key, language, n=abs(gained), since=since)
        if gained
        else text("deck.same", language, since=since)
    )


def takes_titles(
    known: Sequence[tuple[Row, Row | None]], target_rank: int, called: str, language: Language
) -> tuple[str, ...]:
    """What brings every index into the target; `known` are the rows of status and gap of each index."""
    slots = {"target": target_rank}
    if not known:
        return (text("deck.takes_nothing", language, province=called, **slots),)
    short = [(status, gap) for status, gap in known if status["status"] in ("near", "missed")]
    if not short:
        placed = [status for status, _ in known if status["place"] is not None]
        if not placed:
            return (text("deck.takes_nothing", language, province=called, **slots),)
        last = max(placed, key=lambda status: status["place"])
        slots |= {"index": last["index"], "place": last["place"]}
        if len(known) == 1:
            return (text("deck.takes_one_met", language, **slots),)
        return (text("deck.takes_all", language, n=len(known), **slots),)
    listed = ", ".join(need_words(status, gap, language) for status, gap in short)
    named = ", ".join(str(status["index"]) for status, _ in short)
    return (
        text("deck.takes", language, listed=listed, **slots),
        text("deck.takes_short", language, n=len(short), listed=named, **slots),
    )


def need_words(status: Row, gap: Row | None, language: Language) -> str:
    """What one index lacks to the target, in points, else in places."""
    index, to_go = status["index"], None if gap is None else gap["points_to_go"]
    if gap is not None and to_go is not None and to_go > 0:
        return text("deck.need_exact", language, index=index, points=written_points(to_go, gap, language))
    ends = {} if gap is None else distance_bounds(gap)
    shown = {name: written_points(end, gap or {}, language) for name, end in ends.items()}
    if len(shown) == 2:
        return text("deck.need_between", language, index=index, **shown)
    if shown:
        return text(f"deck.need_{next(iter(shown))}", language, index=index, **shown)
    if status["places_to_go"]:
        return text("deck.need_places", language, index=index, n=status["places_to_go"])
    return text("deck.need_unknown", language, index=index)


def written_points(value: float, gap: Row, language: Language) -> str:
    """Points with enough decimals that a small distance does not read as none."""
    return score(value, language, 4 if 0 < value < 0.1 else points(gap.get("scale_max")))


def outlook_titles(
    found: Mapping[str, Outlook | None], target_rank: int, called: str, language: Language
) -> tuple[str, ...]:
    """The indices by the word of their chance, best first; None: there is no outlook of that index."""
    words: dict[str, list[str]] = {code: [] for code, _ in CHANCE_WORDS}
    for index, one in found.items():
        if one is not None:
            words[str(one.row["word"])].append(index)
    groups = [(code, indices) for code, indices in words.items() if indices]
    if not groups:
        return (text("deck.outlook_nothing", language, province=called),)
    told = []
    for at, (code, indices) in enumerate(groups):
        key = "deck.outlook_group" if at else "deck.outlook_group_within"
        slots = {"indices": ", ".join(indices), "word": text(f"chance.{code}", language)}
        told.append(text(key, language, **slots | ({} if at else {"target": target_rank})))
    without = ", ".join(index for index, one in found.items() if one is None)
    nothing = [text("deck.outlook_none", language, indices=without)] if without else []
    likely = sum(one is not None and one.row["chance"] >= EVEN for one in found.values())
    return (
        text("deck.outlook", language, listed="; ".join(told + nothing)),
        text("deck.outlook", language, listed="; ".join(told)),
        text("deck.outlook_short", language, n=likely, target=target_rank),
    )


def sources_titles(n_publishers: int, n_broken: int, language: Language) -> tuple[str, ...]:
    """Who published the figures, and how many indices changed their method in the years shown."""
    if not n_broken:
        return (text("deck.sources_same", language, n=n_publishers),)
    slots = {"n": n_publishers, "broken": n_broken}
    return text("deck.sources", language, **slots), text("deck.sources_one", language, **slots)
