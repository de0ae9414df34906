"""The slide of what the target takes: per index the distance, and the part in which most is lost."""

from __future__ import annotations

from collections.abc import Mapping

from indices.analysis.gap import Gap
from indices.export.content import Cell, Slide, TableData
from indices.export.story_answers import IndexAnswers
from indices.export.telling import Telling, title_of
from indices.narrative import deck, deck_notes
from indices.narrative.gap import MostLost, distance_sentence, gap_headline, most_lost

SHORT = ("near", "missed")
Lost = Mapping[str, MostLost | None]
"""The part in which most is lost, by index."""


def takes_slide(telling: Telling) -> Slide:
    """The distance of every index to the target, and where its points are lost."""
    known = telling.known(telling.own)
    rows = [(one.status, one.gap_row) for one in known if one.status is not None]
    titles = deck.takes_titles(rows, telling.target_rank, telling.called, telling.language)
    lost = {one.index: _lost(telling, one) for one in known}
    bullets, leads = _bullets(telling, known, lost)
    if not known:
        bullets, leads = (telling.text("deck.nothing_way"),), ("",)
    table = _table(telling, lost) if telling.own else None
    listed = "; ".join(
        telling.text(
            "deck.part_item", index=one.index, distance=distance_sentence(one.gap_row, telling.language)
        )
        for one in known
        if one.gap_row is not None
    )
    alt = telling.text(
        "deck.takes_alt",
        province=telling.called,
        target=telling.target_rank,
        listed=listed or telling.text("deck.no_figure"),
    )
    statuses = [one.status for one in known if one.status is not None]
    partial = deck_notes.partial_footnote(statuses, telling.language)
    return Slide(
        "takes",
        None,
        title_of(titles),
        bullets,
        table=table,
        source=telling.publishers(telling.own) if telling.own else "",
        footnotes=tuple(
            note for note in (telling.text("deck.foot_lost") if any(lost.values()) else "", partial) if note
        ),
        alt=alt if table else "",
        notes=tuple(
            gap_headline(one.gap, telling.called, telling.language)
            for one in known
            if isinstance(one.gap, Gap)
        )
        or titles[:1],
        leads=leads,
    )


def _table(telling: Telling, lost: Lost) -> TableData:
    heads = (
        telling.text("columns.index"),
        telling.text("columns.place"),
        telling.text("deck.head_gap", target=telling.target_rank),
        telling.text("deck.head_part"),
        telling.text("deck.head_lost"),
    )
    return TableData(heads, tuple(_row(telling, telling.of(index), lost) for index in telling.own))


def _row(telling: Telling, one: IndexAnswers, lost: Lost) -> tuple[Cell, ...]:
    if one.status is None:
        return (one.index, None, telling.text("deck.no_figure"), None, None)
    name = f"{one.index} {one.status['edition']}"
    distance = telling.text("deck.not_known")
    if one.gap_row is not None:
        distance = distance_sentence(one.gap_row, telling.language)
    here = (name, deck_notes.place_cell(one.status), distance[:1].upper() + distance[1:])
    most = lost[one.index]
    if most is None or one.gap_row is None:
        return (*here, telling.text("deck.no_parts"), None)
    called = most.name if most.certain else telling.text("deck.known_part", name=most.name)
    return (*here, called, deck.written_points(most.lost, one.gap_row, telling.language))


def _lost(telling: Telling, one: IndexAnswers) -> MostLost | None:
    return most_lost(one.gap.lost, telling.language) if isinstance(one.gap, Gap) else None


def _bullets(
    telling: Telling, known: list[IndexAnswers], lost: Lost
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which indices must climb and which must hold, and the parts to look at first."""
    groups: dict[str, list[str]] = {"climb": [], "hold": [], "unknown": []}
    parts = []
    climbing = any(one.status is not None and one.status["status"] in SHORT for one in known)
    for one in known:
        row = one.status
        if row is None:
            continue
        where = "climb" if row["status"] in SHORT else "hold" if row["status"] == "met" else "unknown"
        told = row["index"]
        if where == "climb" and row["places_to_go"]:
            told = telling.text("deck.listed_to_go", index=told, n=row["places_to_go"])
        groups[where].append(told)
        most = lost[one.index]
        if most is not None and one.gap_row is not None and (where == "climb" or not climbing):
            points = deck.written_points(most.lost, one.gap_row, telling.language)
            parts.append(telling.text("deck.parts_item", index=row["index"], name=most.name, points=points))
    found = [(telling.text(f"deck.lead_{name}"), ", ".join(group)) for name, group in groups.items() if group]
    if parts:
        found.append((telling.text("deck.lead_parts"), "; ".join(parts)))
    return tuple(words for _, words in found), tuple(lead for lead, _ in found)
