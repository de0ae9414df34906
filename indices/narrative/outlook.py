"""The outlook in sentences: the chance in words, what it rests on, and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indices.analysis.backtest import POOLED
from indices.analysis.outlook import SIMILAR_PLACES, Outlook
from indices.analysis.refusal import Refusal
from indices.i18n import Language, count, percent, place, score, text, word

Row = Mapping[str, Any]
BRIER_DIGITS = 4


def outlook_headline(found: Outlook | Refusal, index: str, called: str, language: Language) -> str:
    """The finding in one sentence ("PAPI của Bắc Giang: sát ngưỡng nhóm 15 …"), or that there is none."""
    if isinstance(found, Refusal):
        key = "outlook.headline_ended" if found.code == "outlook_ended" else "outlook.headline_none"
        return text(key, language, index=index, province=called)
    row = found.row
    return text(
        f"outlook.headline_{row['word']}",
        language,
        index=index,
        province=called,
        target=row["target_rank"],
        chance=percent(row["chance"], language),
    )


def briefing(found: Outlook, index: str, language: Language) -> str:
    """One sentence for the overview: the word, the chance, and that it holds for the 63 provinces."""
    row = found.row
    return text(
        "outlook.brief_merged" if row["next_merged"] else "outlook.brief",
        language,
        index=index,
        edition=row["edition"],
        target=row["target_rank"],
        word=text(f"chance.{row['word']}", language),
        chance=percent(row["chance"], language),
    )


def standing_sentence(row: Row, language: Language) -> str:
    """From which place the chance is worked out, and how it moved."""
    where = place(row["place"], row["n_ranked"])
    if row["computed"]:
        where = text("columns.computed_place", language, place=where)
    if pd.isna(row["gained"]):
        return text("outlook.from_place", language, place=where, year=row["year"])
    gained = int(row["gained"])
    way = "up" if gained > 0 else "down" if gained < 0 else "same"
    return text(
        f"outlook.from_place_{way}",
        language,
        place=where,
        year=row["year"],
        n=abs(gained),
        since=row["year"] - 1,
    )


def similar_sentence(row: Row, language: Language) -> str:
    """The plain count beside the model: past provinces like ours, and how many were within the target."""
    of = row["learnt_from"] if row["similar_of"] == POOLED else row["similar_of"]
    first = max(1, row["place"] - SIMILAR_PLACES)
    last = min(row["n_ranked"], row["place"] + SIMILAR_PLACES)
    if not row["similar_n"]:
        return text("outlook.similar_none", language, of=of, first=first, last=last)
    return text(
        f"outlook.similar_{row['similar_way']}",
        language,
        of=of,
        first=first,
        last=last,
        n=row["similar_n"],
        within=row["similar_within"],
        share=percent(row["similar_within"] / row["similar_n"], language),
        target=row["target_rank"],
    )


def condition_sentences(row: Row, called: str, successor: str, language: Language) -> list[str]:
    """Under which conditions the chance holds: another field, another method, an edition already out."""
    said = []
    if row["next_merged"]:
        key = "outlook.merged" if successor != called else "outlook.merged_same"
        said.append(text(key, language, province=called, successor=successor, n=63, merged=34))
        if row["next_breaks"]:
            said.append(text("outlook.breaks", language, index=row["index"], year=row["next_year"]))
    elif row["next_held"]:
        said.append(text("outlook.next_held", language, index=row["index"], year=row["next_year"]))
    return said


def borrowed_sentence(row: Row, tested: Row, language: Language) -> str:
    """That an index without whole fields borrows the model of others, and on whom this was tested; or ""."""
    if not row["borrowed"]:
        return ""
    return text(
        "outlook.borrowed",
        language,
        index=row["index"],
        of=row["learnt_from"],
        n=tested["n"],
        share=percent(tested["share_within"], language),
        said=percent(tested["mean_chance"], language),
        target=row["target_rank"],
    )


def reliability_sentence(bins: pd.DataFrame, chance: float, target_rank: int, language: Language) -> str:
    """How often forecasts like this one came true, over all that were made; "" where none was."""
    for row in bins.to_dict("records"):
        if row["low"] <= min(chance, 0.9999) < row["high"]:
            return text(
                "outlook.reliability",
                language,
                low=percent(row["low"], language),
                high=percent(row["high"], language),
                n=row["n"],
                within=row["n_within"],
                share=percent(row["share_within"], language),
                target=target_rank,
            )
    return ""


def test_sentence(tested: Row, language: Language) -> str:
    """The backtest of one index, or of all together, with n and the three Brier scores."""
    verdict = "not" if not tested["beats"] else "clearly" if tested["clearly"] else "maybe"
    of = "all" if tested["index"] == POOLED else "one"
    said = text(
        f"outlook.tested_{of}",
        language,
        index=tested["index"],
        n=count(tested["n"], language),
        editions=tested["n_editions"],
        first=tested["first_year"] + 1,
        last=tested["last_year"] + 1,
        **{
            name: score(tested[column], language, BRIER_DIGITS)
            for name, column in (("model", "brier"), ("stay", "brier_stay"), ("base", "brier_base"))
        },
    )
    return f"{said} {text(f'outlook.verdict_{verdict}', language)}"


def past_sentence(found: Outlook, language: Language) -> str:
    """Of the earlier forecasts for this province: how many were on the right side; "" where none is known."""
    past = found.past[found.past["chance"].notna() & found.past["within"].notna()]
    if past.empty:
        return ""
    right = int(((past["chance"] >= 0.5) == past["within"]).sum())
    return text("outlook.past_right", language, n=len(past), right=right)


def chance_cell(found: Outlook | Refusal, language: Language) -> str:
    """A chance in a table: its word, then the figure; or in a few words why there is none."""
    if isinstance(found, Refusal):
        return text(f"outlook.none_{found.code}", language)
    said = word("chance", found.row["word"], language)
    return text("outlook.chance_cell", language, word=said, chance=percent(found.row["chance"], language))


def similar_cell(found: Outlook | Refusal, language: Language) -> str:
    """The plain count in a table ("10/24 (42%)"); "" where there is none."""
    if isinstance(found, Refusal) or not found.row["similar_n"]:
        return ""
    within, n = found.row["similar_within"], found.row["similar_n"]
    return text("outlook.similar_cell", language, within=within, n=n, share=percent(within / n, language))


def curve_alt(row: Row, called: str, language: Language) -> str:
    """The curve for those who cannot see it."""
    return text(
        "outlook.curve_alt",
        language,
        index=row["index"],
        province=called,
        place=place(row["place"], row["n_ranked"]),
        chance=percent(row["chance"], language),
        target=row["target_rank"],
    )


def past_alt(found: Outlook, called: str, language: Language) -> str:
    """The earlier forecasts for those who cannot see them."""
    known = found.past[found.past["chance"].notna()]
    return text(
        "outlook.past_alt",
        language,
        index=found.row["index"],
        province=called,
        n=len(known),
        sentence=past_sentence(found, language),
    ).rstrip()


def calibration_alt(tested: Row, language: Language) -> str:
    """The calibration for those who cannot see it."""
    return text(
        "outlook.calibration_alt",
        language,
        n=count(tested["n"], language),
        said=percent(tested["mean_chance"], language),
        share=percent(tested["share_within"], language),
    )


def verdict(tested: Row, language: Language) -> str:
    """Whether the model beats the plain forecasts, in a few words for a table."""
    code = "not" if not tested["beats"] else "clearly" if tested["clearly"] else "maybe"
    return text(f"outlook.short_{code}", language)
