"""The order of July 2020 and what followed, in sentences. They tell what came after, not because of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indices.analysis.cells import number, records, whole
from indices.analysis.directive import BeforeAfter
from indices.i18n import Language, day, place, score, text, word

Row = Mapping[str, Any]
_SIDE = ("place", "computed", "edition")
_BOTH_SIDES = ["index", *(f"{name}{side}" for side in ("_before", "") for name in _SIDE)]


def directive_headline(
    answer: BeforeAfter, ordered_rank: int | None, province: str, language: Language
) -> str:
    """The order and its goal, then how many indices are within the target now and which are not.

    `ordered_rank` is the order's own goal; None for a province that it does not speak of.
    """
    rows = records(answer.indices, ["index", "status", "place", "computed", "edition"])
    outside = [row for row in rows if row["status"] in ("near", "missed")]
    listed = ", ".join(
        text(
            "directive.index_at_computed" if row["computed"] else "directive.index_at",
            language,
            **{name: row[name] for name in ("index", "place", "edition")},
        )
        for row in outside
    )
    unknown = ", ".join(row["index"] for row in rows if row["status"] == "unknown")
    said = text(
        "directive.headline_now",
        language,
        met=sum(row["status"] == "met" for row in rows),
        n=len(rows),
        target=answer.target_rank,
    )
    said += text("directive.headline_outside", language, listed=listed) if listed else ""
    said += text("directive.headline_unknown", language, listed=unknown) if unknown else ""
    if ordered_rank is None:
        return text("directive.headline_other", language, province=province, said=said)
    goal = {"day": day(answer.since, language), "rank": ordered_rank}
    return text("directive.headline_order", language, said=_capital(said), **goal)


def result_sentence(row: Row, language: Language) -> str:
    """Where an index stands now: place, edition, whether the place is ours."""
    if whole(row["place"]) is None:
        return text("directive.now_none", language)
    key = "directive.now_computed" if row["computed"] is True else "directive.now"
    return text(
        key, language, place=place(whole(row["place"]), whole(row["n_ranked"])), edition=row["edition"]
    )


def since_sentence(row: Row, target_rank: int, language: Language) -> str:
    """What became of an index since the edition before, one method at a time."""
    parts = []
    before = whole(row["place_before"])
    if before is None:
        parts.append(text("directive.no_before", language))
    else:
        key = "directive.before_computed" if row["computed_before"] is True else "directive.before"
        where = place(before, whole(row["n_ranked_before"]))
        parts.append(text(key, language, place=where, edition=row["edition_before"]))
    if whole(row["change"]) is not None:
        parts.append(_gained(whole(row["change"]), row["edition_before"], row["change_edition"], language))
    if _known(row["break_edition"]):
        parts.append(text("directive.broken", language, edition=row["break_edition"]))
    if whole(row["later_change"]) is not None:
        parts.append(_gained(whole(row["later_change"]), row["later_since"], row["edition"], language))
    best = whole(row["place_best"])
    if best is not None and best != whole(row["place"]):
        parts.append(text("directive.best", language, place=best, edition=row["edition_best"]))
    if whole(row["n_known"]):
        counts = {"met": whole(row["n_met"]), "known": whole(row["n_known"])}
        parts.append(text("directive.counted", language, target=target_rank, **counts))
    return _capital("; ".join(parts)) + "."


def before_after_alt(answer: BeforeAfter, province: str, language: Language) -> str:
    """The chart for those who cannot see it: before and newest of every index."""
    listed = "; ".join(
        text(
            "directive.alt_index",
            language,
            index=row["index"],
            before=_at(row, language, "_before"),
            now=_at(row, language),
        )
        for row in records(answer.indices, _BOTH_SIDES)
    )
    return text("directive.alt", language, province=province, target=answer.target_rank, listed=listed)


def came_sentence(row: Row, language: Language) -> str:
    """What came of a target: place, points or group as held; what is computed is called so."""
    here = whole(row["place"])
    if row["kind"] == "score":
        points = number(row["score"])
        if points is None:
            return text("directive.came_none", language)
        return text("directive.came_score", language, points=score(points, language))
    if here is None:
        return text("directive.came_none", language)
    written = place(here, whole(row["n_ranked"]))
    computed = row["computed"] is True
    if row["kind"] == "rank":
        key = "directive.came_rank_computed" if computed else "directive.came_rank"
        return text(key, language, place=written)
    if not _known(row["group"]):
        edge = {"least": whole(row["n_highest_least"]), "most": whole(row["n_highest_most"])}
        key = "directive.came_edge_computed" if computed else "directive.came_edge"
        return text(key, language, place=written, **edge)
    group = word("directive.group", str(row["group"]), language)
    if row["group_computed"] is not True:
        return text("directive.came_group", language, group=group)
    rank = text(
        "directive.came_rank_computed" if computed else "directive.came_rank", language, place=written
    )
    said = text("directive.came_group_computed", language, group=group, rank=rank)
    if whole(row["n_highest_least"]) != whole(row["n_highest_most"]):
        return said
    return text("directive.came_size", language, said=said, n=whole(row["n_highest_most"]))


def left_sentence(row: Row, language: Language) -> str:
    """How far it is to a target, or by how much it was surpassed; "" where that is not known."""
    distance = number(row["distance"])
    if distance is None:
        return ""
    if distance == 0:
        return text("directive.left_nothing", language)
    if row["kind"] == "score":
        key = "directive.left_points" if distance > 0 else "directive.ahead_points"
        return text(key, language, points=score(abs(distance), language))
    key = "directive.left_places" if distance > 0 else "directive.ahead_places"
    return text(key, language, n=int(abs(distance)))


def bearing_sentence(indices: str, answer: BeforeAfter, language: Language) -> str:
    """Where the indices that a task bears on stand now ("PAR hạng 4 (2023): đạt mục tiêu; …")."""
    columns = ["index", "place", "computed", "edition", "status"]
    rows = {row["index"]: row for row in records(answer.indices, columns)}
    return "; ".join(
        text(
            "directive.bears_on",
            language,
            index=index,
            now=_at(rows[index], language),
            state=text(f"status.{rows[index]['status']}", language).lower(),
        )
        for index in indices.split("|")
        if index in rows
    )


def _gained(gained: int | None, since: object, until: object, language: Language) -> str:
    words = {"since": since, "until": until}
    if not gained:
        return text("directive.gained_same", language, **words)
    key = "directive.gained_up" if gained > 0 else "directive.gained_down"
    return text(key, language, n=abs(gained), **words)


def _at(row: Row, language: Language, side: str = "") -> str:
    here = whole(row[f"place{side}"])
    if here is None:
        return text("directive.at_none", language)
    key = "directive.at_computed" if row[f"computed{side}"] is True else "directive.at"
    return text(key, language, place=here, edition=row[f"edition{side}"])


def _known(cell: object) -> bool:
    return isinstance(cell, str) and cell != ""


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
