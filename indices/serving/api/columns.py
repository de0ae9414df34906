"""The columns of every table in the answers, by endpoint and place: what their description says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indices.analysis.assigned import ASSIGNED_DTYPES
from indices.analysis.assigned_targets import TARGET_DTYPES as ASSIGNED_TARGETS_TARGET_DTYPES
from indices.analysis.backtest import CALIBRATION_DTYPES, SCORE_DTYPES
from indices.analysis.bridge import BRIDGE_DTYPES
from indices.analysis.bridge import TARGET_DTYPES as BRIDGE_TARGET_DTYPES
from indices.analysis.certainty import CERTAINTY_DTYPES
from indices.analysis.components import COMPONENT_DTYPES
from indices.analysis.directive import EDITION_DTYPES, EVENT_DTYPES
from indices.analysis.directive import SUMMARY_DTYPES as DIRECTIVE_SUMMARY_DTYPES
from indices.analysis.gap import SUMMARY_DTYPES as GAP_SUMMARY_DTYPES
from indices.analysis.gap_parts import LOST_DTYPES, PARTS_DTYPES
from indices.analysis.history import HISTORY_DTYPES
from indices.analysis.learn_from import GAIN_DTYPES, LEARN_DTYPES
from indices.analysis.outlook import CURVE_DTYPES, NOW_DTYPES, OBSERVED_DTYPES, PAST_DTYPES
from indices.analysis.peers import PEER_DTYPES
from indices.analysis.rank_change import CROSSING_DTYPES, END_DTYPES, STEP_DTYPES
from indices.analysis.reach import REACH_DTYPES, USUAL_DTYPES
from indices.analysis.reweight import REAL_DTYPES, REWEIGHTED_DTYPES, WEIGHTED_DTYPES
from indices.analysis.scenario import OUTCOME_DTYPES, SCENARIO_PART_DTYPES
from indices.analysis.score_change import SCORE_CHANGE_DTYPES
from indices.analysis.status import STATUS_DTYPES
from indices.analysis.strengths import MOVEMENT_DTYPES, STRENGTH_DTYPES
from indices.tidy import TIDY_DTYPES

_TEXT, _WHOLE, _FIGURE, _YES = "string[pyarrow]", "int64[pyarrow]", "double[pyarrow]", "bool[pyarrow]"
_COVERAGE = dict.fromkeys(("index", "edition"), _TEXT)
_COVERAGE |= dict.fromkeys(("year", "frame", "n_ranked", "n_scores", "n_ranks", "n_figures"), _WHOLE)
_COVERAGE |= {"status": _TEXT}
_RANKING = {"province": _TEXT, "place": _WHOLE, "computed": _YES, "rank": _WHOLE, "rank_computed": _WHOLE}
_RANKING |= {"score": _FIGURE, "n_ranked": _WHOLE, **dict.fromkeys(("basis", "source", "note"), _TEXT)}
_SOURCES = {**dict.fromkeys(("source", "address", "title", "kind"), _TEXT), "n_figures": _WHOLE}
_TIDY = {name: str(kind) for name, kind in TIDY_DTYPES.items()}

WITHIN: Mapping[str, Mapping[str, Any]] = {
    "editions": {"editions": _COVERAGE},
    "table": {"table": _TIDY},
    "status": {"indices": STATUS_DTYPES},
    "history": {"history": HISTORY_DTYPES},
    "ranking": {"ranking": _RANKING},
    "components": {"components": COMPONENT_DTYPES},
    "gap": {
        "gap": {
            "summary": GAP_SUMMARY_DTYPES,
            "parts": PARTS_DTYPES,
            "lost": LOST_DTYPES,
        },
        "assigned": ASSIGNED_TARGETS_TARGET_DTYPES,
    },
    "why": {
        "rank_change": {
            "steps": STEP_DTYPES,
            "ends": END_DTYPES,
            "crossings": CROSSING_DTYPES,
        },
        "known_moves": {
            "ends": END_DTYPES,
            "crossings": CROSSING_DTYPES,
        },
        "score_change": {
            "parts": SCORE_CHANGE_DTYPES,
        },
    },
    "reweight": {
        "reweight": {
            "scores": WEIGHTED_DTYPES,
            "real": REAL_DTYPES,
            "parts": REWEIGHTED_DTYPES,
        },
    },
    "strengths": {
        "strengths": {
            "parts": STRENGTH_DTYPES,
            "movement": MOVEMENT_DTYPES,
        },
    },
    "learn_from": {
        "learn_from": {
            "provinces": LEARN_DTYPES,
            "gains": GAIN_DTYPES,
        },
    },
    "scenario": {
        "scenario": {
            "parts": SCENARIO_PART_DTYPES,
        },
        "outcomes": OUTCOME_DTYPES,
        "least": {
            "fewest": REACH_DTYPES,
            "realistic": {"changes": REACH_DTYPES},
            "usual": USUAL_DTYPES,
        },
    },
    "certainty": {"certainty": {"bases": CERTAINTY_DTYPES}},
    "outlook": {
        "outlook": {
            "now": NOW_DTYPES,
            "past": PAST_DTYPES,
            "curve": CURVE_DTYPES,
            "observed": OBSERVED_DTYPES,
        },
    },
    "backtest": {
        "scores": SCORE_DTYPES,
        "calibration": CALIBRATION_DTYPES,
        "words": CALIBRATION_DTYPES,
    },
    "peers": {"peers": PEER_DTYPES},
    "directive": {
        "before_after": {
            "indices": DIRECTIVE_SUMMARY_DTYPES,
            "editions": EDITION_DTYPES,
        },
        "events": EVENT_DTYPES,
        "assigned": ASSIGNED_DTYPES,
        "bridge": {
            "before": BRIDGE_DTYPES,
            "after": BRIDGE_DTYPES,
            "targets": BRIDGE_TARGET_DTYPES,
        },
    },
    "sources": {"sources": _SOURCES},
}
"""By endpoint: the tables of its parts, nested as the answer is."""
