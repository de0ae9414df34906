"""The answers a briefing is told from, worked out once: no language, no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from indices.analysis.as_of import as_of, known_by
from indices.analysis.backtest import Backtest, backtest
from indices.analysis.cells import answer_table, records
from indices.analysis.certainty import Certainty, certainty
from indices.analysis.field import field_history
from indices.analysis.gap import Gap, gap
from indices.analysis.history import HISTORY_DTYPES, rank_history
from indices.analysis.outlook import Outlook, outlook
from indices.analysis.places import places
from indices.analysis.rank_change import RankChange, rank_change
from indices.analysis.refusal import Refusal
from indices.analysis.status import STATUS_DTYPES, status
from indices.catalogue import Catalogue


@dataclass(frozen=True, eq=False)
class IndexAnswers:
    """One index: the province's history, and what is known of its newest edition with a figure.

    `status` is the row of `analysis.status`; None where the province has no figure, as are the answers
    about that edition.
    """

    index: str
    history: pd.DataFrame
    status: Mapping[str, Any] | None
    change: RankChange | Refusal | None
    gap: Gap | Refusal | None
    certainty: Certainty | Refusal | None
    outlook: Outlook | Refusal

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the history as plain values, one a year."""
        return records(self.history, list(HISTORY_DTYPES))

    @cached_property
    def gap_row(self) -> dict[str, Any] | None:
        """The summary of the gap as plain values, None where there is no gap to tell of."""
        return records(self.gap.summary, list(self.gap.summary))[0] if isinstance(self.gap, Gap) else None


@dataclass(frozen=True, eq=False)
class Answers:
    """Everything a briefing of a province may say, index by index in catalogue order.

    `catalogue` knows no edition named for a later year than `year` (None: all of them).
    """

    catalogue: Catalogue
    province: str
    target_rank: int
    year: int | None
    by_index: Mapping[str, IndexAnswers]
    tested: Backtest

    @property
    def newest(self) -> int | None:
        """The year of the newest edition with a figure of the province."""
        years = [int(one.status["year"]) for one in self.by_index.values() if one.status is not None]
        return max(years, default=None)

    def statuses(self, indices: tuple[str, ...]) -> pd.DataFrame:
        """`analysis.statuses` of some indices: those with a figure."""
        rows = [self.by_index[index].status for index in indices]
        return answer_table([row for row in rows if row is not None], STATUS_DTYPES)


def answers(
    figures: pd.DataFrame, catalogue: Catalogue, province: str, target_rank: int, year: int | None = None
) -> Answers:
    """Answer every question of a briefing, from what was known in `year` (None: from all that is held)."""
    if year is not None:
        figures, catalogue = as_of(figures, catalogue, year), known_by(catalogue, year)
    tested = backtest(figures, catalogue, target_rank)
    found = {}
    for index in catalogue.indices:
        rows = figures[figures["index"] == index]
        placed = places(rows, catalogue, index)
        history = rank_history(placed, catalogue, index, province)
        state = status(history, field_history(placed, catalogue, index, target_rank), target_rank)
        row = records(state, list(STATUS_DTYPES))[0] if len(state) else None
        edition = str(row["edition"]) if row is not None else ""
        asked = (rows, catalogue, index, edition, province)
        found[index] = IndexAnswers(
            index,
            history,
            row,
            rank_change(*asked) if row is not None else None,
            gap(*asked, target_rank) if row is not None else None,
            certainty(*asked, target_rank) if row is not None else None,
            outlook(figures, catalogue, index, province, target_rank, tested),
        )
    return Answers(catalogue, province, target_rank, year, found, tested)
