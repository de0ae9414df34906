"""What the outlook page asks for, worked out once per state of the store."""

from __future__ import annotations

from indices.analysis.backtest import Backtest, backtest
from indices.analysis.outlook import Outlook, outlook
from indices.analysis.refusal import Refusal
from indices.ui.data import answer, catalogue, figures


@answer
def tested(target_rank: int) -> Backtest:
    """`analysis.backtest` over everything held."""
    return backtest(figures(), catalogue(), target_rank)


@answer
def outlook_of(index: str, province: str, target_rank: int) -> Outlook | Refusal:
    """`analysis.outlook` of a province in an index."""
    return outlook(figures(), catalogue(), index, province, target_rank, tested(target_rank))
