"""What the page about changes asks for, worked out once per state of the store."""

from __future__ import annotations

from indices.analysis.rank_change import KnownMoves, RankChange, known_moves
from indices.analysis.rank_change import rank_change as _rank_change
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight
from indices.analysis.reweight import reweight as _reweight
from indices.analysis.score_change import ScoreChange
from indices.analysis.score_change import score_change as _score_change
from indices.catalogue import MERGER_FRAME
from indices.ui.data import answer, catalogue, editions_held, figures_of, places


@answer
def rank_change(index: str, edition: str, province: str, since: str | None = None) -> RankChange | Refusal:
    """`analysis.rank_change` of a province."""
    return _rank_change(figures_of(index), catalogue(), index, edition, province, since)


@answer
def moves(index: str, edition: str, province: str, since: str | None = None) -> KnownMoves | Refusal:
    """`analysis.known_moves` of a province."""
    return known_moves(figures_of(index), catalogue(), index, edition, province, since)


@answer
def score_change(index: str, edition: str, province: str, since: str | None = None) -> ScoreChange | Refusal:
    """`analysis.score_change` of a province."""
    return _score_change(figures_of(index), catalogue(), index, edition, province, since)


@answer
def reweight(index: str, edition: str, province: str, since: str | None = None) -> Reweight | Refusal:
    """`analysis.reweight` of a province."""
    return _reweight(figures_of(index), catalogue(), index, edition, province, since)


@answer
def explained_edition(index: str, province: str) -> str | None:
    """The newest edition of 63 provinces whose change of place can be split, None where none can."""
    placed = places(index)
    complete = set(placed.loc[placed["complete"].astype(bool), "edition"])
    for edition in editions_held(index):
        if edition in complete and isinstance(rank_change(index, edition, province), RankChange):
            return edition
    return None


@answer
def earlier_editions(index: str, edition: str, province: str) -> tuple[str, ...]:
    """Earlier editions of the same frame that hold a place of the province, newest first."""
    spec = catalogue().edition(index, edition)
    if spec is None:
        return ()
    placed = places(index)
    merged = spec.frame == MERGER_FRAME
    rows = placed[(placed["province"] == province) & placed["place"].notna()]
    rows = rows[((rows["frame"] == MERGER_FRAME) == merged) & (rows["year"] < spec.year)]
    return tuple(str(name) for name in rows.sort_values("year")["edition"])[::-1]
