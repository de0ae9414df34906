"""What it takes to reach the target or to hold it, in sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indices.analysis.cells import number, whole
from indices.analysis.gap import Gap
from indices.analysis.gap_parts import OTHER, RESIDUAL
from indices.analysis.refusal import Refusal
from indices.i18n import Language, place, points, score, text
from indices.tidy import OVERALL

Row = Mapping[str, Any]


def gap_headline(gap: Gap, called: str, language: Language) -> str:
    """Where the province stands, what is missing or kept, and where most points are lost.

    `called` is the province's name in the page's language.
    """
    row = _summary(gap)
    slots = {"index": row["index"], "edition": row["edition"], "province": called}
    here = place(whole(row["place"]), whole(row["n_ranked"]))
    known = text("gap.headline_no_place", language, **slots)
    if whole(row["place"]) is not None:
        key = "gap.headline_computed" if row["computed"] else "gap.headline_place"
        known = text(key, language, place=here, **slots)
    said = f"{known}, {distance_sentence(row, language)}"
    return said + _most_lost_clause(gap, language) + "."


def briefing(gap: Gap, index: str, language: Language) -> str:
    """One sentence of at most 30 words: what reaches or holds the target, and where most can be won."""
    row = _summary(gap)
    slots = {"index": index, "edition": row["edition"], "target": whole(row["target_rank"])}
    said = text("gap.briefing", language, distance=distance_sentence(row, language), **slots)
    return said + _most_lost_clause(gap, language) + "."


def distance_sentence(row: Row, language: Language) -> str:
    """What is to be gained or kept, in points, else in places, else that it is not known.

    `row` is the summary's. Where only scores beside the target's rank are known, the distance is
    told by what it is at least and at most.
    """
    target, to_go = whole(row["target_rank"]), number(row["points_to_go"])
    if to_go is None:
        return _unsure_distance(row, language)
    if to_go > 0:
        return text("gap.short", language, points=_points(to_go, row, language), target=target)
    if to_go < 0:
        return text("gap.lead", language, points=_points(-to_go, row, language), target=target)
    own, outside = number(row["score"]), number(row["outside_score"])
    if own is None or outside is None:
        return text("gap.level", language, target=target)
    return text("gap.at_line", language, points=_points(own - outside, row, language), target=target)


def _unsure_distance(row: Row, language: Language) -> str:
    target, status = whole(row["target_rank"]), row["status"]
    if status == "unknown":
        return text("gap.unknown", language, target=target)
    ends = distance_bounds(row)
    found = {name: _points(end, row, language) for name, end in ends.items()}
    known = "between" if len(found) == 2 else next(iter(found), "unknown")
    to_climb = whole(row["places_to_go"])
    if status == "met":
        return text(f"gap.lead_{known}", language, target=target, **found)
    if known == "unknown" and to_climb:
        return text("gap.short_places", language, n=to_climb, target=target)
    return text(f"gap.short_{known}", language, target=target, **found)


def distance_bounds(row: Row) -> dict[str, float]:
    """What the distance to the line is at least and at most, where only scores beside it are known.

    A lead where the target is met, else points to be gained. A bound on the far side of our own
    score says nothing and is left out.
    """
    own, low, high = (number(row[name]) for name in ("score", "target_low", "target_high"))
    if own is None or row["status"] == "unknown":
        return {}
    sign, ends = (1, (high, low)) if row["status"] == "met" else (-1, (low, high))
    return {
        name: sign * (own - end)
        for name, end in zip(("least", "most"), ends, strict=True)
        if end is not None and sign * (own - end) > 0
    }


@dataclass(frozen=True, slots=True)
class MostLost:
    """The part in which most points of the total are lost; `certain`: no unknown part can lose more."""

    component: str
    name: str
    lost: float
    certain: bool


def most_lost(lost: pd.DataFrame | Refusal, language: Language) -> MostLost | None:
    """The part in which most points are lost, among those that are known; None where none is."""
    if isinstance(lost, Refusal):
        return None
    rows = lost[lost["parent"] == OVERALL].to_dict("records")
    known = [row for row in rows if row["component"] not in (RESIDUAL, OTHER)]
    if not known:
        return None
    most = max(known, key=lambda row: row["lost"])
    others = [row for row in rows if row["component"] in (RESIDUAL, OTHER)]
    certain = bool(others) and all(
        row["component"] == RESIDUAL or row["lost"] <= most["lost"] for row in others
    )
    name = plain_name(str(most["name_vi" if language == "vi" else "name_en"]))
    return MostLost(str(most["component"]), name, float(most["lost"]), certain)


def _most_lost_clause(gap: Gap, language: Language) -> str:
    most = most_lost(gap.lost, language)
    if most is None:
        return ""
    key = "gap.most_lost" if most.certain else "gap.most_lost_known"
    return text(key, language, name=most.name, points=_points(most.lost, _summary(gap), language))


def parts_sentence(parts: pd.DataFrame, row: Row, against: str, other: str, language: Language) -> str:
    """In which of these parts the province is most behind the other, and most ahead of it.

    `against` is the column of the differences, `other` the words for whom they are with.
    """
    own = parts[parts["component"] != RESIDUAL].to_dict("records")
    found = sorted(own, key=lambda part: part[against])
    name = "name_vi" if language == "vi" else "name_en"
    said = []
    for key, part, sign in (("gap.most_behind", found[-1], 1), ("gap.most_ahead", found[0], -1)):
        if sign * part[against] > 0:
            shown = _points(sign * part[against], row, language)
            said.append(text(key, language, name=plain_name(part[name]), points=shown, other=other))
    joined = "; ".join(said)
    return (
        joined[:1].upper() + joined[1:] + "." if joined else text("gap.no_difference", language, other=other)
    )


def neighbours_sentence(row: Row, language: Language) -> str:
    """Who stands directly above and below, as far as that is known ("" where neither is)."""
    said = []
    for side in ("above", "below"):
        if whole(row[f"{side}_place"]) is not None:
            known = number(row[f"{side}_score"])
            key = f"gap.{side}" if known is not None else f"gap.{side}_no_score"
            digits = points(number(row["scale_max"]))
            said.append(
                text(
                    key,
                    language,
                    province=row[f"{side}_province"],
                    rank=whole(row[f"{side}_place"]),
                    points=score(known, language, digits),
                )
            )
    return " · ".join(said)


def line_sentence(row: Row, language: Language) -> str:
    """What the line is, or what is known of it."""
    digits = score_digits(row)
    slots = {"target": whole(row["target_rank"])}
    at_line, low, high = (number(row[name]) for name in ("target_score", "target_low", "target_high"))
    if at_line is not None:
        shown = score(at_line, language, digits)
        return text("gap.line_is", language, province=row["target_province"], points=shown, **slots)
    ends = {
        name: score(end, language, digits) for name, end in (("low", low), ("high", high)) if end is not None
    }
    if len(ends) == 2:
        return text("gap.line_between", language, **ends, **slots)
    if "low" in ends:
        return text("gap.line_above", language, **ends, **slots)
    if "high" in ends:
        return text("gap.line_below", language, **ends, **slots)
    return text("gap.line_unknown", language, **slots)


def lost_alt(lost: pd.DataFrame, row: Row, index: str, called: str, language: Language) -> str:
    """The points lost part by part, for those who cannot see the bars; `lost` has a column `name`."""
    digits = points(number(row["scale_max"]))
    listed = ", ".join(
        text("gap.lost_item", language, name=part["name"], points=score(part["lost"], language, digits))
        for part in lost.to_dict("records")
        if part["component"] != RESIDUAL
    )
    return text("gap.lost_alt", language, index=index, edition=row["edition"], province=called, listed=listed)


def target_sentence(row: Row, scale_max: float | None, language: Language) -> str:
    """An assigned target and what became of it, `row` being one of `assigned_targets`."""
    distance = _target_distance(row, scale_max, language)
    return text(f"gap.target_{row['state']}", language, distance=distance)


def target_name(row: Row, scale_max: float | None, language: Language) -> str:
    """What a target asks for ("Hạng 15 trở lên")."""
    value = str(row["value"])
    if row["kind"] == "score":
        amount = float(value)
        value = score(amount, language, 0 if amount == int(amount) else points(scale_max))
    elif row["kind"] == "group":
        value = group_name(value, language)
    return text(f"target.{row['kind']}", language, value=value)


def group_name(code: str, language: Language) -> str:
    """What a quartile group is called."""
    return text(f"gap.group_{code}", language)


def _target_distance(row: Row, scale_max: float | None, language: Language) -> str:
    if row["kind"] == "group":
        return _group_distance(row, language)
    if row["kind"] == "score":
        away = number(row["distance_points"])
        if away is None:
            return text("gap.distance_no_score", language)
        key = "gap.distance_points" if away > 0 else "gap.distance_points_over"
        shown = {"scale_max": scale_max}
        return text(key, language, points=_points(abs(away), shown, language))
    away_places = whole(row["distance_places"])
    if away_places is None:
        return text("gap.distance_no_place", language)
    if away_places == 0:
        return text("gap.distance_at", language)
    key = "gap.distance_places" if away_places > 0 else "gap.distance_places_over"
    return text(key, language, n=abs(away_places))


def _group_distance(row: Row, language: Language) -> str:
    if not isinstance(row["group"], str):
        return text("gap.distance_no_group", language)
    group, size = group_name(row["group"], language), whole(row["n_group"])
    here = place(whole(row["place"]), whole(row["n_ranked"]))
    key = "gap.group_said" if row["group_published"] else "gap.group_computed"
    said = text(key, language, group=group, place=here)
    return said if size is None else text("gap.group_size", language, said=said, n=size)


def _summary(gap: Gap) -> dict[str, Any]:
    return {str(name): value for name, value in gap.summary.iloc[0].to_dict().items()}


def plain_name(name: str) -> str:
    """A part's name as a sentence calls it: without its remark in brackets and its second name."""
    return re.sub(r"\s*\([^)]*\)", "", name.split(" / ")[0])


def score_digits(row: Row) -> int:
    """Decimals with which the scores of the summary show their distance."""
    to_go, digits = number(row["points_to_go"]), points(number(row["scale_max"]))
    return 4 if to_go is not None and 0 < abs(to_go) < 0.1 else digits


def _points(value: float, row: Row, language: Language) -> str:
    """Points with enough decimals that a small distance does not read as none."""
    digits = points(number(row["scale_max"]))
    return score(value, language, 4 if 0 < value < 0.1 else digits)
