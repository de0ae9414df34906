"""The slide of one index: its line of ranks, why the rank moved, what the target takes, how sure it is."""

from __future__ import annotations

from typing import Any

from indices.export.content import ChartData, SeriesData, Slide
from indices.export.story_answers import IndexAnswers
from indices.export.telling import Telling, sentence, title_of
from indices.i18n import points
from indices.narrative import break_sentence, change_sentence, deck, deck_notes, history_alt, score_alt
from indices.narrative.briefing import briefing_sentences

Rows = list[dict[str, Any]]
_ROOM = 1.08
FINE, MIDDLE = 5, 10
"""Places between two lines of the axis: where the line stays near the top, and elsewhere."""


def index_slide(telling: Telling, index: str) -> Slide:
    """The history of an index and three sentences about it; a word where there is no figure of it."""
    one = telling.of(index)
    title = title_of(deck.index_titles(one.status, one.gap_row, index, telling.called, telling.language))
    if one.status is None:
        way = telling.text("deck.index_nothing_way", index=index)
        return Slide("index", index, title, (way,), source=telling.publishers([index]), notes=(title, way))
    bullets = _bullets(telling, one)
    leads = tuple(telling.text(f"deck.lead_{name}") for name in ("why", "takes", "sure"))
    by_place = _from_first_to_last(one.rows, "place")
    breaks = telling.answers.catalogue.breaks_of(index)
    said = (history_alt if by_place else score_alt)(one.history, index, telling.called, telling.language)
    scale_max = telling.answers.catalogue.scale_max(index, "overall", int(one.status["year"]))
    changed = change_sentence(one.status, telling.language) + break_sentence(one.status, telling.language)
    return Slide(
        "index",
        index,
        title,
        bullets,
        chart=_rank_chart(telling, index, by_place) if by_place else _score_chart(telling, one, scale_max),
        source=telling.sources(index),
        footnotes=tuple(
            deck_notes.history_footnotes(
                by_place or _from_first_to_last(one.rows, "score"), breaks, one.status, telling.language
            )
        ),
        alt=said,
        notes=(
            said,
            sentence(changed),
            *deck_notes.history_notes(one.rows, scale_max, telling.language),
            *(f"{lead}: {bullet}" for lead, bullet in zip(leads, bullets, strict=True)),
        ),
        leads=leads,
    )


def _bullets(telling: Telling, one: IndexAnswers) -> tuple[str, ...]:
    """The three sentences of the overview's briefing, without the name that the title has said."""
    if one.status is None or one.change is None or one.gap is None or one.certainty is None:
        return ()
    said = briefing_sentences(one.index, one.change, one.gap, one.certainty, one.outlook, telling.language)
    named = (f"{one.index} {one.status['edition']}: ", f"{one.index}: ")
    found = []
    for words in said:
        for name in named:
            words = words.removeprefix(name)
        found.append(sentence(words))
    return tuple(found)


def _from_first_to_last(rows: Rows, figure: str) -> Rows:
    """The rows from the first year with a figure to the last; empty where there is none."""
    known = [at for at, row in enumerate(rows) if row[figure] is not None]
    return rows[known[0] : known[-1] + 1] if known else []


def _rank_chart(telling: Telling, index: str, rows: Rows) -> ChartData:
    years = tuple(str(row["year"]) for row in rows)
    line = telling.text("deck.target_line", target=telling.target_rank)
    target = SeriesData(line, "target", (float(telling.target_rank),) * len(rows))
    worst = max(telling.target_rank, *(row["place"] for row in rows if row["place"] is not None))
    unit = (
        FINE if worst <= 4 * FINE else telling.target_rank if MIDDLE <= telling.target_rank <= 15 else MIDDLE
    )
    return ChartData(
        "line",
        telling.text("deck.rank_chart", index=index, province=telling.called),
        years,
        (target, *_stretches(telling.called, rows, "place")),
        reversed_axis=True,
        # Room below the last place for its number.
        axis_max=float((int(worst * _ROOM) // unit + 1) * unit),
        axis_unit=float(unit),
    )


def _score_chart(telling: Telling, one: IndexAnswers, scale_max: float | None) -> ChartData:
    """The scores, for an index that holds no place of the province."""
    rows = _from_first_to_last(one.rows, "score")
    return ChartData(
        "line",
        telling.text("deck.score_chart", index=one.index, province=telling.called),
        tuple(str(row["year"]) for row in rows),
        _stretches(telling.called, rows, "score"),
        decimals=points(scale_max),
    )


def _stretches(name: str, rows: Rows, figure: str) -> tuple[SeriesData, ...]:
    """A series for each method; a year without a figure, or of another method, is a gap."""
    segments = sorted({row["segment"] for row in rows if row[figure] is not None})
    found = []
    for segment in segments:
        mine = [row["segment"] == segment and row[figure] is not None for row in rows]
        values = tuple(float(row[figure]) if here else None for row, here in zip(rows, mine, strict=True))
        computed = tuple(here and bool(row["computed"]) for row, here in zip(rows, mine, strict=True))
        found.append(SeriesData(name, "focal", values, computed if figure == "place" else ()))
    return tuple(found)
