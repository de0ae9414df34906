"""How sure a rank is, in sentences: each finding with the basis it rests on, and what change is noise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.certainty import CERTAINTY_DTYPES, Certainty
from indices.analysis.certainty_bases import WEIGHT_SHIFT
from indices.analysis.chance_words import CHANCE_WORDS
from indices.analysis.rank_movement import movement_word, usual_row
from indices.analysis.refusal import Refusal
from indices.i18n import Language, count, place, score, text
from indices.narrative.refusal import refusal_sentence

Row = Mapping[str, Any]
_SHIFT = round(WEIGHT_SHIFT * 100)


def chance_text(row: Row, language: Language, short: bool = False) -> str:
    """The chance of a row of `Certainty` in whole percent: "khoảng 49%", in a chart or table "49%".

    Draws never prove 0 or 100 percent: these read "dưới 1%", "trên 99%". An exact chance reads as it is.
    """
    percent = row["chance"] * 100
    if row["draws"] and not 1 <= percent <= 99:
        key, n = ("short_under", 1) if percent < 50 else ("short_over", 99)
        return text(f"certainty.{key if short else key.removeprefix('short_')}", language, n=n)
    key = "about" if row["draws"] and not short else "percent"
    return text(f"certainty.{key}", language, n=round(percent))


def sentence(certainty: Certainty, called: str, language: Language) -> str:
    """The finding of the basis that says most, about the province by its name `called`."""
    return _finding(certainty.first, certainty, called, language)


def notes(certainty: Certainty, called: str, language: Language) -> list[str]:
    """What belongs to the finding: the places, the basis and its assumptions, then the other bases."""
    found: list[str] = []
    rows = records(certainty.bases, list(CERTAINTY_DTYPES))
    for at, row in enumerate(rows):
        if at:
            found.append(_finding(row, certainty, called, language))
        if row["errors_edition"] is not None:
            found += _errors(row, certainty, called, language)
        if row["basis"] == "weights":
            found.append(text("certainty.weights_basis", language))
        if row["extended"]:
            found.append(text("certainty.extended", language, place=row["rank_computed"]))
    if [row["basis"] for row in rows] == ["rounding"]:
        found.append(text("certainty.rounding_only", language))
    return found


def thresholds_sentence(language: Language) -> str:
    """From which chance each word is used."""
    least = {code: round(share * 100) for code, share in CHANCE_WORDS if share}
    return text("certainty.thresholds", language, **least)


def briefing(certainty: Certainty | Refusal, index: str, language: Language) -> str:
    """One sentence for the overview: the word, the chance and its basis; or that none is published."""
    if isinstance(certainty, Refusal):
        return refusal_sentence(certainty, language)
    row = certainty.first
    tied = row["basis"] == "rounding" and row["rank_low"] < row["rank_high"]
    return text(
        f"certainty.brief_{row['basis']}{'_tied' if tied else ''}",
        language,
        index=index,
        edition=certainty.edition,
        target=certainty.target_rank,
        word=text(f"chance.{row['word']}", language),
        chance=chance_text(row, language),
        errors=row["errors_edition"],
        place=row["rank_computed"],
        low=row["rank_low"],
        high=row["rank_high"],
    )


def movement_sentences(
    movement: pd.DataFrame | Refusal, history: Row | None, index: str, called: str, language: Language
) -> list[str]:
    """How much ranks usually change in a year, and whether the province's latest change is more.

    `history` is the row of `rank_history` looked at; it is judged where it is compared with the year before.
    """
    if isinstance(movement, Refusal):
        return [refusal_sentence(movement, language)]
    judged = _year_before(history)
    all_rows = records(movement, list(movement.columns))
    usual = usual_row(movement, judged["place"], judged["n_ranked"]) if judged else all_rows[0]
    found = [
        text(
            "certainty.movement_usual",
            language,
            index=index,
            group=text(f"certainty.group.{usual['group']}", language),
            **{name: usual[name] for name in ("n", "first", "last", "median", "p90")},
        )
    ]
    if not usual["whole"]:
        found.append(text("certainty.movement_published", language))
    if judged:
        moved = judged["change"]
        key = f"verdict_{movement_word(usual, moved)}" if moved else "verdict_none"
        change = text("certainty.up" if moved > 0 else "certainty.down", language, n=abs(moved))
        found.append(
            text(f"certainty.{key}", language, province=called, since=judged["since"], change=change)
        )
    return found


def _year_before(history: Row | None) -> dict[str, Any] | None:
    """The place a year before and the change since, where the two years may be compared."""
    if history is None or history["change"] is None or not history["comparable"]:
        return None
    if history["change_since"] != str(history["year"] - 1):
        return None
    before = history["place"] + history["change"]
    return {
        "place": before,
        "n_ranked": history["n_ranked"],
        "change": history["change"],
        "since": history["change_since"],
    }


def chart_how(row: Row, language: Language) -> str:
    """How to read the chart of ranges, and what it rests on."""
    how = "chart_how_weights" if row["basis"] == "weights" else "chart_how_sampling"
    slots = {"errors": row["errors_edition"], "shift": _SHIFT}
    basis = text(f"certainty.chart_basis_{row['basis']}", language, **slots)
    return f"{basis} {text(f'certainty.{how}', language)}"


def last_sentence(last: Certainty, language: Language) -> str:
    """Which edition can be answered where the one looked at cannot."""
    return text(f"certainty.last_{last.first['basis']}", language, edition=last.edition)


def alt(certainty: Certainty, row: Row, n: int, called: str, language: Language) -> str:
    """The chart of ranges for those who cannot see it: the province's own row in words."""
    return text(
        "certainty.chart_alt",
        language,
        index=certainty.index,
        edition=certainty.edition,
        n=n,
        target=certainty.target_rank,
        province=called,
        place=place(row["place"], row["n_provinces"]),
        low=row["rank_low"],
        high=row["rank_high"],
        chance=chance_text(row, language),
    )


def _finding(row: Row, certainty: Certainty, called: str, language: Language) -> str:
    slots: dict[str, object] = {"province": called, "target": certainty.target_rank}
    slots |= {"low": row["rank_low"], "high": row["rank_high"], "chance": chance_text(row, language)}
    if row["basis"] == "weights":
        slots |= {"shift": _SHIFT, "draws": count(row["draws"], language)}
        return text("certainty.weights", language, word=_word(row, language), **slots)
    if row["basis"] == "rounding":
        key = "certainty.rounding" if row["rank_low"] == row["rank_high"] else "certainty.rounding_tied"
        return text(key, language, decimals=row["decimals"], place=row["rank_computed"], **slots)
    return text("certainty.sampling_word", language, word=_word(row, language), **slots)


def _word(row: Row, language: Language) -> str:
    word = text(f"chance.{row['word']}", language)
    return word[:1].upper() + word[1:]


def _errors(row: Row, certainty: Certainty, called: str, language: Language) -> list[str]:
    """Places that errors leave open, whose errors they are, and where the median stands for some."""
    here = place(row["rank_computed"], row["n_provinces"])
    slots = {"low": row["rank_low"], "high": row["rank_high"], "place": here}
    slots |= {"above": row["n_above"], "below": row["n_below"]}
    basis = {"index": certainty.index, "edition": certainty.edition, "errors": row["errors_edition"]}
    found = [
        text("certainty.sampling_places", language, **slots),
        text(f"certainty.{row['basis']}_basis", language, **basis),
    ]
    if row["se_assumed"]:
        found.append(text("certainty.assumed_own", language, province=called, se=score(row["se"], language)))
    if row["n_assumed"] > int(row["se_assumed"]):
        found.append(text("certainty.assumed", language, n=row["n_assumed"]))
    return found
