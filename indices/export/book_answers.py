"""The answers a workbook is written from: those of a briefing, and what only its sheets ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from indices.analysis.as_of import as_of
from indices.analysis.assigned import assigned
from indices.analysis.cells import records
from indices.analysis.certainty import Certainty, certainty
from indices.analysis.directive import BeforeAfter, before_after
from indices.analysis.gap import Gap, gap
from indices.analysis.rank_change import KnownMoves, RankChange, known_moves, rank_change
from indices.analysis.reach import Reach, reach
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight, reweight
from indices.analysis.score_change import ScoreChange, score_change
from indices.analysis.strengths import Strengths, strengths
from indices.catalogue import Catalogue
from indices.export.story_answers import Answers, IndexAnswers, answers
from indices.tidy import OVERALL

T = TypeVar("T")
Asked = tuple[tuple[str, T | Refusal], ...]
"""The answers about some editions, newest first: one that leaves something open is followed by older ones."""


@dataclass(frozen=True, eq=False)
class IndexBook:
    """What the sheets tell of one index beside its `base`.

    Each question is asked of the newest edition with a figure of the province and, as long as that is
    refused or answered in part, of the newest one whose whole field is held and of the newest one with
    points of the province's parts. Refusals of older editions are left out; there is no answer at all
    where the province has no figure.
    """

    base: IndexAnswers
    gap: Asked[Gap]
    change: Asked[RankChange]
    known: Asked[KnownMoves]
    score: Asked[ScoreChange]
    reweight: Asked[Reweight]
    strengths: Asked[Strengths]
    reach: Asked[Reach]
    certainty: Asked[Certainty]

    @property
    def index(self) -> str:
        """The code of the index."""
        return self.base.index


@dataclass(frozen=True, eq=False)
class BookAnswers:
    """Everything a workbook says, index by index in catalogue order; `figures` are those of the year."""

    base: Answers
    figures: pd.DataFrame
    by_index: Mapping[str, IndexBook]
    order: BeforeAfter | Refusal
    assigned: pd.DataFrame | Refusal

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as it was known in the year asked for."""
        return self.base.catalogue

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """Index, edition, province and source of every figure."""
        return records(self.figures, ["index", "edition", "province", "component", "source"])


def book_answers(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    province: str,
    target_rank: int,
    year: int | None = None,
    base: Answers | None = None,
) -> BookAnswers:
    """Answer every question of a workbook; `base` are the answers of a briefing where known already."""
    base = base or answers(figures, catalogue, province, target_rank, year)
    if year is not None:
        figures = as_of(figures, catalogue, year)
    catalogue = base.catalogue
    found = {
        index: _of_index(figures[figures["index"] == index], catalogue, one, province, target_rank)
        for index, one in base.by_index.items()
    }
    return BookAnswers(
        base,
        figures,
        found,
        before_after(figures, catalogue, province, target_rank),
        assigned(figures, catalogue, province),
    )


def _of_index(
    rows: pd.DataFrame, catalogue: Catalogue, base: IndexAnswers, province: str, target_rank: int
) -> IndexBook:
    index = base.index
    editions = _editions(rows, catalogue, base, province)

    def ask(question: Callable[..., Any], first: Any = None, full: Callable[[Any], bool] = _any) -> Any:
        """Ask `question` of the editions; `first` is the answer about the newest one where it is known."""
        found: list[tuple[str, Any]] = []
        for edition in editions:
            known = first is not None and edition == editions[0]
            answer = first if known else question(rows, catalogue, index, edition, province)
            if not found or not isinstance(answer, Refusal):
                found.append((edition, answer))
            if not isinstance(answer, Refusal) and full(answer):
                break
        return tuple(found)

    def against(question: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *asked: question(*asked, target_rank)

    changes = ask(rank_change, base.change)
    return IndexBook(
        base=base,
        gap=ask(against(gap), base.gap, _compares),
        change=changes,
        known=ask(known_moves) if changes and isinstance(changes[0][1], Refusal) else (),
        score=ask(score_change),
        reweight=ask(reweight),
        strengths=ask(against(strengths), None, _ranks),
        reach=ask(against(reach)),
        certainty=ask(against(certainty), base.certainty, _rests_on_more),
    )


def _editions(rows: pd.DataFrame, catalogue: Catalogue, base: IndexAnswers, province: str) -> list[str]:
    """The editions that questions are asked of, newest first: at most three."""
    known = [row["edition"] for row in base.rows if row["score"] is not None or row["place"] is not None]
    if base.status is None or not known:
        return []
    specs = {spec.edition: spec for spec in catalogue.comparable_editions(base.index, 63)}
    parts = {
        edition: {part.component for part in catalogue.components_of(base.index, spec.year)}
        for edition, spec in specs.items()
    }
    scored: Counter[str] = Counter()
    own = set()
    for row in records(rows, ["edition", "component", "province", "score"]):
        if row["score"] is None:
            continue
        if row["component"] == OVERALL:
            scored[row["edition"]] += 1
        elif row["province"] == province and row["component"] in parts.get(row["edition"], ()):
            own.add(row["edition"])
    whole = [e for e in known if e in specs and scored[e] >= (specs[e].n_ranked or specs[e].frame)]
    chosen = [str(base.status["edition"]), *whole[-1:], *[e for e in known if e in own][-1:]]
    return sorted(dict.fromkeys(chosen), reverse=True)


def _any(_: object) -> bool:
    return True


def _compares(found: Gap) -> bool:
    return not isinstance(found.parts, Refusal)


def _ranks(found: Strengths) -> bool:
    return found.ranked


def _rests_on_more(found: Certainty) -> bool:
    return bool(found.first["basis"] != "rounding")
