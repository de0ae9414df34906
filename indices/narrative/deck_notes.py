"""Small words of a briefing's slides: cells of its tables, footnotes, and the numbers in the notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from indices.catalogue import BreakSpec, IndexSpec
from indices.i18n import Language, place, points, score, text, word
from indices.narrative.deck import written_points
from indices.narrative.gap import distance_bounds
from indices.narrative.standing import change_sentence

Row = Mapping[str, Any]
_PLAIN = ("published", "sum")


def place_cell(status: Row) -> str:
    """A place of how many; a star where it is computed."""
    return place(status["place"], status["n_ranked"]) + ("*" if status["computed"] else "")


def change_cell(status: Row, language: Language) -> str:
    """The change on the edition before, or that a new method forbids to tell one."""
    if status["change"] is not None and not status["comparable"]:
        return text("deck.broken", language, since=status["change_since"])
    return change_sentence(status, language)


def distance_cell(gap: Row | None, language: Language) -> str:
    """Points behind or ahead of the province at the target's rank, or between what they lie."""
    words = _distance_words(gap, language)
    return words[:1].upper() + words[1:]


def _distance_words(gap: Row | None, language: Language) -> str:
    if gap is None:
        return text("deck.not_known", language)
    to_go = gap["points_to_go"]
    if to_go is not None:
        if not to_go:
            return text("deck.level", language)
        key = "deck.behind" if to_go > 0 else "deck.ahead"
        return text(key, language, points=written_points(abs(to_go), gap, language))
    ends = {name: written_points(end, gap, language) for name, end in distance_bounds(gap).items()}
    if not ends:
        return text("deck.not_known", language)
    side = "ahead" if gap["status"] == "met" else "behind"
    known = "between" if len(ends) == 2 else next(iter(ends))
    return text(f"deck.{side}_{known}", language, **ends)


def history_notes(rows: Sequence[Row], scale_max: float | None, language: Language) -> list[str]:
    """The places and the scores of every year, as the speaker may be asked for them."""
    places = [(row["year"], _place(row, language)) for row in rows if row["place"] is not None]
    digits = points(scale_max)
    scores = [
        (row["year"], score(row["score"], language, digits)) for row in rows if row["score"] is not None
    ]
    told = []
    for key, values in (("deck.note_places", places), ("deck.note_scores", scores)):
        items = "; ".join(text("deck.note_item", language, year=year, value=value) for year, value in values)
        if items:
            told.append(text(key, language, listed=items))
    return told


def _place(row: Row, language: Language) -> str:
    here = place(row["place"], row["n_ranked"])
    return text("columns.computed_place", language, place=here) if row["computed"] else here


def history_footnotes(
    rows: Sequence[Row], breaks: Iterable[BreakSpec], status: Row, language: Language
) -> list[str]:
    """What must be known of a line of ranks: cuts, computed places, gaps, the basis, a partial edition.

    `rows` run from the first year with a place to the last.
    """
    told = []
    first, last = rows[0]["year"], rows[-1]["year"]
    cuts = [spec.edition for spec in breaks if first < spec.edition <= last]
    computed = [row["year"] for row in rows if row["computed"]]
    missing = [row for row in rows if row["place"] is None]
    groups = {
        "deck.foot_breaks": cuts,
        "deck.foot_computed": computed,
        "deck.foot_gaps": [row["year"] for row in missing if row["held"]],
        "deck.foot_not_held": [row["year"] for row in missing if not row["held"]],
    }
    for key, years in groups.items():
        if years:
            spans = spans_of(years) if key != "deck.foot_breaks" else ", ".join(map(str, years))
            told.append(text(key, language, years=spans))
    told += basis_footnotes(rows, language)
    partial = partial_footnote([status], language)
    return [*told, partial] if partial else told


def basis_footnotes(rows: Sequence[Row], language: Language) -> list[str]:
    """Years whose place came to us otherwise than published, by how."""
    found: dict[str, list[int]] = {}
    for row in rows:
        if row["place"] is not None and row["basis"] not in _PLAIN:
            found.setdefault(str(row["basis"]), []).append(row["year"])
    return [
        text("deck.foot_basis", language, years=spans_of(years), basis=word("charts.basis", basis, language))
        for basis, years in found.items()
    ]


def partial_footnote(statuses: Sequence[Row], language: Language) -> str:
    """The editions of which figures of only some provinces are held, "" where there is none."""
    listed = [
        text(
            "deck.foot_partial_item",
            language,
            index=row["index"],
            edition=row["edition"],
            held=held,
            n=row["n_ranked"],
        )
        for row in statuses
        if (held := max(row["n_scores"] or 0, row["n_ranks"] or 0)) < (row["n_ranked"] or 0)
    ]
    return text("deck.foot_partial", language, listed=", ".join(listed)) if listed else ""


def ended_footnote(spec: IndexSpec, language: Language) -> str:
    """That an index has ended, with its successor."""
    if spec.successor is None:
        return text("deck.foot_ended_alone", language, index=spec.index, last=spec.last_edition)
    slots = {"index": spec.index, "last": spec.last_edition, "successor": spec.successor}
    return text("deck.foot_ended", language, **slots)


def spans_of(years: Sequence[int]) -> str:
    """Years with runs joined ("2006–2016, 2018")."""
    starts = [years[0], *(here for before, here in pairwise(years) if here != before + 1)]
    found = []
    for at, start in enumerate(starts):
        until = starts[at + 1] if at + 1 < len(starts) else None
        run = [year for year in years if year >= start and (until is None or year < until)]
        found.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}")
    return ", ".join(found)
