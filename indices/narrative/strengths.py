"""Strengths and weaknesses, whom to learn from and who is alike, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.learn_from import NEAR, LearnFrom
from indices.analysis.profile import Profile
from indices.analysis.refusal import Refusal
from indices.analysis.strengths import Strengths
from indices.i18n import Language, change, place, points, score, text, word
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL

Row = Mapping[str, Any]
Called = Callable[[str], str]

_NAMED = 3
_NUMBERS = re.compile(r"^(?:\d+\.\d+(?: \(\d{4}-\d{4}\))?(?: and )?)+ ")


def part_name(row: Row, language: Language) -> str:
    """A part's name for sentences and charts: without its number, its older name and a remark in brackets."""
    name = str(row[f"name_{language}"])
    if language == "vi":  # an area of PAR under two methods: "older name / newer name"
        name = name.rpartition(" / ")[2]
    return _NUMBERS.sub("", re.sub(r" \([^()]*\)$", "", name))


def noun(found: Strengths, language: Language) -> str:
    """What the parts of an index are called ("chỉ số thành phần"; below the first level "nội dung")."""
    code = found.index if found.parent == OVERALL else f"{found.index}_below"
    if found.split not in (None, "main"):
        code = str(found.split)
    said = word("strengths.noun", code, language)
    return text("strengths.noun_any", language) if said == code else said


def briefing(found: Strengths | Refusal, index: str, language: Language) -> str:
    """One sentence of at most 30 words: the strongest and the weakest part with their places."""
    if isinstance(found, Refusal):
        return refusal_sentence(found, language)
    return _ends(found, f"{index} {found.edition}", language) + "."


def headline(found: Strengths, province: str, language: Language, within: str = "") -> str:
    """The page's heading: strongest and weakest part of the province; `within` names the part looked into."""
    who = f"{province}, {found.index} {found.edition}"
    return _ends(found, f"{who}, {within}" if within else who, language)


def _ends(found: Strengths, who: str, language: Language) -> str:
    rows = _by_code(found)
    if not found.strongest:
        (row,) = list(rows.values())[:1]
        return text(
            "strengths.one_part",
            language,
            who=who,
            part=part_name(row, language),
            figure=_figure(row, language),
        )
    best, last = rows[found.strongest[0]], rows[found.weakest[0]]
    return text(
        "strengths.ends" if found.ranked else "strengths.ends_unranked",
        language,
        who=who,
        strong=part_name(best, language),
        strong_at=_figure(best, language),
        weak=part_name(last, language),
        weak_at=_figure(last, language),
    )


def _figure(row: Row, language: Language) -> str:
    """A part's place, else its points of the most there are ("58,51/60,5")."""
    if row["place"] is not None:
        return place(row["place"], row["n_provinces"])
    said = score(row["score"], language, points(row["scale_max"]))
    if row["scale_max"] is None:
        return said
    decimals = len(f"{row['scale_max']:g}".partition(".")[2])
    return f"{said}/{score(row['scale_max'], language, decimals)}"


def verdict_sentence(found: Strengths, language: Language) -> str:
    """How many parts are within the target and in the last third; else why there are no places."""
    parts = noun(found, language)
    if not found.ranked:
        held = max(found.parts["n_provinces"])
        return text("strengths.unranked", language, held=held, n=found.n_ranked, parts=parts)
    verdicts = list(found.parts["verdict"])
    return text(
        "strengths.verdicts",
        language,
        strong=verdicts.count("strength"),
        weak=verdicts.count("weakness"),
        n=sum(isinstance(one, str) for one in verdicts),
        parts=parts,
        target=found.target_rank,
    )


def missing_sentence(found: Strengths, language: Language) -> str:
    """How many parts the answer rests on, or "" where none is missing."""
    if not found.missing:
        return ""
    known = len(found.parts)
    return text(
        "strengths.missing", language, known=known, n=known + len(found.missing), parts=noun(found, language)
    )


def worth_sentence(found: Strengths, scale_max: float | None, language: Language) -> str:
    """Where most points of the total lie: below the mean of the top, else below the ends of the scales."""
    column = "worth_top_mean" if found.ranked else "worth_headroom"
    behind = [row for row in _by_code(found).values() if (row[column] or 0) > 0]
    if not behind:
        key = "worth_none" if found.ranked and found.parts[column].notna().any() else "worth_unknown"
        return text(f"strengths.{key}", language, target=found.target_rank)
    behind.sort(key=lambda row: -row[column])
    digits = points(scale_max)
    listed = "; ".join(
        text(
            "strengths.part_points",
            language,
            part=part_name(row, language),
            points=score(row[column], language, digits),
        )
        for row in behind[:_NAMED]
    )
    key = "strengths.worth_top" if found.ranked else "strengths.worth_scale"
    return text(key, language, listed=listed, target=found.target_rank)


def movement_sentence(found: Strengths, language: Language) -> str:
    """The parts that rose and fell most since the editions that may be compared."""
    measure = "change" if found.parts["change"].notna().any() else "change_score"
    moved = [row for row in _by_code(found).values() if row[measure] is not None]
    if not moved:
        return text("strengths.moved_unknown", language)
    up = max(moved, key=lambda row: row[measure])
    down = min(moved, key=lambda row: row[measure])
    said = []
    for key, row, there in (("moved_up", up, up[measure] > 0), ("moved_down", down, down[measure] < 0)):
        if there:
            amount = change(row[measure], language, 0 if measure == "change" else points(row["scale_max"]))
            unit = text(f"strengths.unit_{measure}", language)
            name = part_name(row, language)
            said.append(
                text(f"strengths.{key}", language, part=name, amount=amount, unit=unit, since=row["since"])
            )
    return " ".join(said) if said else text("strengths.moved_none", language)


def learn_sentence(
    found: LearnFrom | Refusal, province: str, called: Called, scale_max: float | None, language: Language
) -> str:
    """Whom to learn from, or that nobody has gone that way, or why it cannot be said."""
    if isinstance(found, Refusal):
        return refusal_sentence(found, language)
    slots = {
        "province": province,
        "place": place(found.place, found.n_ranked),
        "near": NEAR,
        "when": _when(found.editions, language),
        "target": found.target_rank,
        "n": found.n_candidates,
        "known": found.n_known,
    }
    if not found.n_candidates:
        return text("strengths.learn_nobody", language, **slots)
    best = _plain(found.provinces)[0]
    said = text("strengths.learn_count", language, **slots) + " "
    about = {
        "other": called(best["province"]),
        "then": best["edition_then"],
        "was": best["place_then"],
        "edition": found.edition,
        "now": best["place_now"],
    }
    if best["weak_gain"] is None:
        return said + text("strengths.learn_places", language, **about)
    digits = points(scale_max)
    if best["weak_gain"] <= 0:
        return said + text("strengths.learn_no_weak", language, province=province)
    gains = [row for row in _plain(found.gains) if row["province"] == best["province"] and row["weak"]]
    most = gains[0]
    return said + text(
        "strengths.learn_best",
        language,
        **about,
        province=province,
        weak=best["n_weak"],
        gain=score(best["weak_gain"], language, digits),
        part=part_name(most, language),
        most=score(most["worth"], language, digits),
    )


def profile_sentence(found: Profile | Refusal, province: str, called: Called, language: Language) -> str:
    """The three most alike, and who of those found stands higher."""
    if isinstance(found, Refusal):
        return refusal_sentence(found, language)
    rows = _plain(found.nearest)
    listed = ", ".join(called(row["province"]) for row in rows[:_NAMED])
    said = text("strengths.alike", language, province=province, listed=listed)
    above = [row for row in rows if (row["points_ahead"] or 0) > 0]
    if not above:
        return f"{said} " + text("strengths.alike_none_above", language, n=len(rows))
    higher = ", ".join(
        text("strengths.at_place", language, province=called(row["province"]), place=row["place"])
        for row in above
    )
    return f"{said} " + text("strengths.alike_above", language, n=len(rows), listed=higher)


def places_alt(found: Strengths, province: str, language: Language) -> str:
    """The chart of places for those who cannot see it: every part with its place."""
    listed = "; ".join(
        f"{part_name(row, language)} {_figure(row, language)}" for row in _by_code(found).values()
    )
    slots = {"index": found.index, "edition": found.edition, "province": province, "listed": listed}
    key = "strengths.alt" if found.ranked else "strengths.alt_unranked"
    return text(key, language, parts=noun(found, language), **slots)


def _when(editions: tuple[str, ...], language: Language) -> str:
    key = "strengths.in_year" if len(editions) == 1 else "strengths.in_years"
    return text(key, language, first=editions[0], last=editions[-1])


def _by_code(found: Strengths) -> dict[str, dict[str, Any]]:
    return {row["component"]: row for row in _plain(found.parts)}


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    return records(table, list(table.columns))
