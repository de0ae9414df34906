"""The slide of where the province stands: every index in one table."""

from __future__ import annotations

from indices.analysis.refusal import Refusal
from indices.export.content import Cell, Slide, TableData
from indices.export.story_answers import IndexAnswers
from indices.export.telling import Telling, title_of
from indices.narrative import deck, deck_notes
from indices.narrative.gap import gap_headline
from indices.narrative.refusal import refusal_sentence

STATES = ("met", "near", "missed", "unknown")


def standing_slide(telling: Telling) -> Slide:
    """Rank, target, change and distance of every index; what was met and missed in words."""
    known = telling.known(telling.indices)
    statuses = telling.answers.statuses(telling.indices)
    titles = deck.standing_titles(
        statuses, len(telling.indices), telling.target_rank, telling.called, telling.language
    )
    bullets, leads = _by_state(telling, known)
    listed = ", ".join(
        telling.text("deck.listed_place", index=one.index, place=deck_notes.place_cell(one.status))
        for one in known
        if one.status is not None and one.status["place"] is not None
    )
    return Slide(
        "standing",
        None,
        title_of(titles),
        bullets,
        table=_table(telling),
        source=telling.publishers(telling.indices),
        footnotes=tuple(_footnotes(telling, known)),
        alt=telling.text(
            "deck.standing_alt",
            n=len(telling.indices),
            province=telling.called,
            target=telling.target_rank,
            listed=listed or telling.text("deck.no_figure"),
        ),
        notes=tuple(_notes(telling, known)) or titles[:1],
        leads=leads,
    )


def _table(telling: Telling) -> TableData:
    target = telling.target_rank
    heads = (
        telling.text("columns.index"),
        telling.text("columns.edition"),
        telling.text("columns.place"),
        telling.text("deck.head_target", target=target),
        telling.text("deck.head_change"),
        telling.text("deck.head_distance", target=target),
    )
    return TableData(heads, tuple(_row(telling, telling.of(index)) for index in telling.indices))


def _row(telling: Telling, one: IndexAnswers) -> tuple[Cell, ...]:
    if one.status is None:
        return (one.index, None, None, telling.text("deck.no_figure"), None, None)
    return (
        one.index,
        str(one.status["edition"]),
        deck_notes.place_cell(one.status),
        telling.text(f"deck.{one.status['status']}"),
        deck_notes.change_cell(one.status, telling.language),
        deck_notes.distance_cell(one.gap_row, telling.language),
    )


def _by_state(telling: Telling, known: list[IndexAnswers]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The indices by what became of the target, and the word for each group."""
    bullets, leads = [], []
    for state in STATES:
        rows = [one.status for one in known if one.status is not None and one.status["status"] == state]
        if not rows:
            continue
        listed = ", ".join(
            telling.text("deck.listed_to_go", index=row["index"], n=row["places_to_go"])
            if row["places_to_go"]
            else str(row["index"])
            for row in rows
        )
        bullets.append(listed)
        leads.append(telling.text(f"deck.{state}"))
    without = [index for index in telling.indices if telling.of(index).status is None]
    if without:
        bullets.append(", ".join(without))
        leads.append(telling.text("deck.no_figure"))
    return tuple(bullets), tuple(leads)


def _footnotes(telling: Telling, known: list[IndexAnswers]) -> list[str]:
    rows = [one.status for one in known if one.status is not None]
    told = [telling.text("deck.foot_star")] if any(row["computed"] for row in rows) else []
    partial = deck_notes.partial_footnote(rows, telling.language)
    told += [partial] if partial else []
    specs = (telling.answers.catalogue.indices[one.index] for one in known)
    return told + [
        deck_notes.ended_footnote(spec, telling.language) for spec in specs if spec.last_edition is not None
    ]


def _notes(telling: Telling, known: list[IndexAnswers]) -> list[str]:
    """The sentence of the gap for every index."""
    return [
        refusal_sentence(one.gap, telling.language)
        if isinstance(one.gap, Refusal)
        else gap_headline(one.gap, telling.called, telling.language)
        for one in known
        if one.gap is not None
    ]
