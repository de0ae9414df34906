"""Answers: pure functions from the tidy table to a small table."""

from indices.analysis.components import components
from indices.analysis.coverage import coverage, missing_editions
from indices.analysis.edition_field import EditionField, edition_field
from indices.analysis.effect import after, rank_moves, target_flips
from indices.analysis.field import field_history
from indices.analysis.history import latest_figure, rank_history
from indices.analysis.makeup import Makeup, makeup
from indices.analysis.peers import GROUPS, differences, peer_group
from indices.analysis.places import computed_rank, places, ranking
from indices.analysis.refusal import Refusal
from indices.analysis.status import NEAR_PLACES, status, status_of_place, statuses, target_counts

__all__ = [
    "GROUPS",
    "NEAR_PLACES",
    "EditionField",
    "Makeup",
    "Refusal",
    "after",
    "components",
    "computed_rank",
    "coverage",
    "differences",
    "edition_field",
    "field_history",
    "latest_figure",
    "makeup",
    "missing_editions",
    "peer_group",
    "places",
    "rank_history",
    "rank_moves",
    "ranking",
    "status",
    "status_of_place",
    "statuses",
    "target_counts",
    "target_flips",
]
