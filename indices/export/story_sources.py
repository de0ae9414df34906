"""The last slide: who published what, for which years, and where methods changed."""

from __future__ import annotations

from indices.catalogue import BreakSpec
from indices.export.content import Cell, Slide, TableData
from indices.export.telling import Telling, title_of
from indices.narrative import deck, deck_notes

NEWEST = 2
"""Changes of method told in words; earlier ones by their years, and all of them in the notes."""


def sources_slide(telling: Telling) -> Slide:
    """Publishers, years held and changes of method, index by index."""
    known = [one.index for one in telling.known(telling.indices)]
    broken = sum(bool(_breaks(telling, index)) for index in known)
    n_publishers = len({telling.publisher(index) for index in telling.indices})
    titles = deck.sources_titles(n_publishers, broken, telling.language)
    if not known:
        titles = (telling.text("deck.sources_nothing", n=n_publishers, province=telling.called),)
    heads = (
        telling.text("columns.index"),
        telling.text("deck.head_publisher"),
        telling.text("deck.head_held"),
        telling.text("deck.head_breaks"),
    )
    return Slide(
        "sources",
        None,
        title_of(titles),
        table=TableData(heads, tuple(_row(telling, index) for index in telling.indices)),
        source=telling.text("deck.sources_source"),
        alt=telling.text("deck.sources_alt", province=telling.called),
        notes=tuple(_notes(telling, known)) or (telling.publishers(telling.indices),),
    )


def _row(telling: Telling, index: str) -> tuple[Cell, ...]:
    years = [row["year"] for row in telling.of(index).rows if row["place"] is not None]
    return (
        index,
        telling.publisher(index),
        deck_notes.spans_of(years) if years else telling.text("deck.no_figure"),
        _breaks_cell(telling, index) if telling.of(index).status is not None else None,
    )


def _breaks_cell(telling: Telling, index: str) -> str:
    """The newest changes of method in words, earlier ones as years."""
    breaks = _breaks(telling, index)
    told = [_told(telling, spec) for spec in breaks[-NEWEST:]]
    if breaks[:-NEWEST]:
        years = ", ".join(str(spec.edition) for spec in breaks[:-NEWEST])
        told.append(telling.text("deck.break_earlier", years=years))
    return " ".join(told) if told else telling.text("deck.no_break")


def _breaks(telling: Telling, index: str) -> list[BreakSpec]:
    """The changes of method between the first and the last figure of the province."""
    years = [
        row["year"] for row in telling.of(index).rows if row["place"] is not None or row["score"] is not None
    ]
    found = telling.answers.catalogue.breaks_of(index)
    return [spec for spec in found if years and years[0] < spec.edition <= years[-1]]


def _told(telling: Telling, spec: BreakSpec) -> str:
    what = spec.what_vi if telling.language == "vi" else spec.what_en
    return telling.text("deck.break_item", year=spec.edition, what=what)


def _notes(telling: Telling, known: list[str]) -> list[str]:
    told = []
    for index in known:
        told.append(f"{index}. {telling.sources(index)}")
        told += [f"{index} {_told(telling, spec)}" for spec in _breaks(telling, index)]
    return told
