"""The one table of the data endpoints: served, described and linked to from the pages by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from indices.analysis.assigned import ASSIGNED_DTYPES
from indices.analysis.assigned_targets import TARGET_DTYPES as ASSIGNED_TARGETS_TARGET_DTYPES
from indices.analysis.backtest import CALIBRATION_DTYPES, SCORE_DTYPES
from indices.analysis.bridge import BRIDGE_DTYPES, Bridge
from indices.analysis.bridge import TARGET_DTYPES as BRIDGE_TARGET_DTYPES
from indices.analysis.certainty import CERTAINTY_DTYPES, Certainty
from indices.analysis.components import COMPONENT_DTYPES
from indices.analysis.directive import EDITION_DTYPES, EVENT_DTYPES, BeforeAfter
from indices.analysis.directive import SUMMARY_DTYPES as DIRECTIVE_SUMMARY_DTYPES
from indices.analysis.gap import SUMMARY_DTYPES as GAP_SUMMARY_DTYPES
from indices.analysis.gap import Gap
from indices.analysis.gap_parts import LOST_DTYPES, PARTS_DTYPES
from indices.analysis.history import HISTORY_DTYPES
from indices.analysis.learn_from import GAIN_DTYPES, LEARN_DTYPES, LearnFrom
from indices.analysis.outlook import CURVE_DTYPES, NOW_DTYPES, OBSERVED_DTYPES, PAST_DTYPES, Outlook
from indices.analysis.peers import PEER_DTYPES
from indices.analysis.rank_change import CROSSING_DTYPES, END_DTYPES, STEP_DTYPES, KnownMoves, RankChange
from indices.analysis.reach import REACH_DTYPES, USUAL_DTYPES, Reach
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import REAL_DTYPES, REWEIGHTED_DTYPES, WEIGHTED_DTYPES, Reweight
from indices.analysis.scenario import OUTCOME_DTYPES, SCENARIO_PART_DTYPES, Scenario
from indices.analysis.score_change import SCORE_CHANGE_DTYPES, ScoreChange
from indices.analysis.status import STATUS_DTYPES
from indices.analysis.strengths import MOVEMENT_DTYPES, STRENGTH_DTYPES, Strengths
from indices.serving.api import answers
from indices.serving.api.moment import Moment
from indices.serving.api.parameters import in_order
from indices.serving.api.question import Question, explained_edition, newest_edition
from indices.tidy import TIDY_DTYPES

Columns = Mapping[str, str]
Newest = Callable[[Moment, str, str], str]
_TEXT, _WHOLE, _FIGURE, _YES = "string[pyarrow]", "int64[pyarrow]", "double[pyarrow]", "bool[pyarrow]"
_COVERAGE = dict.fromkeys(("index", "edition"), _TEXT)
_COVERAGE |= dict.fromkeys(("year", "frame", "n_ranked", "n_scores", "n_ranks", "n_figures"), _WHOLE)
_COVERAGE |= {"status": _TEXT}
_RANKING = {"province": _TEXT, "place": _WHOLE, "computed": _YES, "rank": _WHOLE, "rank_computed": _WHOLE}
_RANKING |= {"score": _FIGURE, "n_ranked": _WHOLE, **dict.fromkeys(("basis", "source", "note"), _TEXT)}
_SOURCES = {**dict.fromkeys(("source", "address", "title", "kind"), _TEXT), "n_figures": _WHOLE}
_TIDY = {name: str(kind) for name, kind in TIDY_DTYPES.items()}


@dataclass(frozen=True)
class ApiRoute:
    """An endpoint: `/api/v1/<name>`.

    `answer` gives its parts by name, the one asked for first; `parts` the type of each; `tables` the
    columns of every table in them by its path ("gap.summary"). `takes` and `needs` name parameters
    beside lang, format and table. `newest` finds the edition where the request names none and the
    answer is of one; `first_index` takes the catalogue's first index likewise; of a route with
    `filters` a parameter that is not given leaves everything in.
    """

    name: str
    answer: Callable[[Question], dict[str, Any]]
    parts: Mapping[str, Any]
    tables: Mapping[str, Columns]
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    newest: Newest | None = None
    first_index: bool = False
    filters: tuple[str, ...] = ()
    parameters: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        every = (*self.takes, *self.needs, "lang", "format", "table")
        object.__setattr__(self, "parameters", in_order(every))

    @property
    def main(self) -> str:
        """The part that was asked for: where it is refused, the request is."""
        return next(iter(self.parts))


_FRAME = pd.DataFrame
_PLACE = ("edition", "province", "target")
_FILTERS = ("edition", "province", "component")


def _of_edition(name: str, answer: Callable[[Question], dict[str, Any]], *more: str, **said: Any) -> ApiRoute:
    """An endpoint about a province in an edition of an index."""
    newest = said.pop("newest", newest_edition)
    return ApiRoute(name, answer, takes=(*_PLACE, *more), needs=("index",), newest=newest, **said)


_ALL = (
    ApiRoute(
        "editions",
        answers.editions_held,
        {"editions": _FRAME},
        {"editions": _COVERAGE},
        takes=("index",),
        filters=("index",),
    ),
    ApiRoute(
        "table",
        answers.table,
        {"table": _FRAME},
        {"table": _TIDY},
        takes=_FILTERS,
        needs=("index",),
        filters=_FILTERS,
    ),
    ApiRoute(
        "status",
        answers.status,
        {"indices": _FRAME},
        {"indices": STATUS_DTYPES},
        takes=("province", "target"),
    ),
    ApiRoute(
        "history",
        answers.history,
        {"history": _FRAME},
        {"history": HISTORY_DTYPES},
        takes=("province",),
        needs=("index",),
    ),
    ApiRoute(
        "ranking",
        answers.ranking,
        {"ranking": _FRAME},
        {"ranking": _RANKING},
        takes=("edition", "province"),
        needs=("index",),
        newest=newest_edition,
    ),
    _of_edition(
        "components",
        answers.components,
        "within",
        "split",
        parts={"components": _FRAME},
        tables={"components": COMPONENT_DTYPES},
    ),
    _of_edition(
        "gap",
        answers.gap_to_target,
        parts={"gap": Gap | Refusal, "assigned": _FRAME | Refusal},
        tables={
            "gap.summary": GAP_SUMMARY_DTYPES,
            "gap.parts": PARTS_DTYPES,
            "gap.lost": LOST_DTYPES,
            "assigned": ASSIGNED_TARGETS_TARGET_DTYPES,
        },
    ),
    ApiRoute(
        "why",
        answers.why,
        {
            "rank_change": RankChange | Refusal,
            "known_moves": KnownMoves | Refusal,
            "score_change": ScoreChange | Refusal,
        },
        {
            "rank_change.steps": STEP_DTYPES,
            "rank_change.ends": END_DTYPES,
            "rank_change.crossings": CROSSING_DTYPES,
            "known_moves.ends": END_DTYPES,
            "known_moves.crossings": CROSSING_DTYPES,
            "score_change.parts": SCORE_CHANGE_DTYPES,
        },
        takes=("edition", "province", "since"),
        needs=("index",),
        newest=explained_edition,
    ),
    ApiRoute(
        "reweight",
        answers.under_other_weights,
        {"reweight": Reweight | Refusal},
        {
            "reweight.scores": WEIGHTED_DTYPES,
            "reweight.real": REAL_DTYPES,
            "reweight.parts": REWEIGHTED_DTYPES,
        },
        takes=("edition", "province", "since"),
        needs=("index",),
        newest=explained_edition,
    ),
    _of_edition(
        "strengths",
        answers.strong_and_weak,
        "within",
        "split",
        parts={"strengths": Strengths | Refusal},
        tables={
            "strengths.parts": STRENGTH_DTYPES,
            "strengths.movement": MOVEMENT_DTYPES,
        },
    ),
    _of_edition(
        "learn_from",
        answers.whom_to_learn_from,
        parts={"learn_from": LearnFrom | Refusal},
        tables={
            "learn_from.provinces": LEARN_DTYPES,
            "learn_from.gains": GAIN_DTYPES,
        },
    ),
    _of_edition(
        "scenario",
        answers.what_if,
        "sc",
        parts={
            "scenario": Scenario | Refusal,
            "outcomes": _FRAME | Refusal,
            "least": Reach | Refusal,
        },
        tables={
            "scenario.parts": SCENARIO_PART_DTYPES,
            "outcomes": OUTCOME_DTYPES,
            "least.fewest": REACH_DTYPES,
            "least.realistic.changes": REACH_DTYPES,
            "least.usual": USUAL_DTYPES,
        },
    ),
    _of_edition(
        "certainty",
        answers.how_sure,
        parts={"certainty": Certainty | Refusal},
        tables={"certainty.bases": CERTAINTY_DTYPES},
    ),
    ApiRoute(
        "outlook",
        answers.next_edition,
        {"outlook": Outlook | Refusal},
        {
            "outlook.now": NOW_DTYPES,
            "outlook.past": PAST_DTYPES,
            "outlook.curve": CURVE_DTYPES,
            "outlook.observed": OBSERVED_DTYPES,
        },
        takes=("province", "target"),
        needs=("index",),
    ),
    ApiRoute(
        "backtest",
        answers.how_well_tested,
        {"scores": _FRAME, "calibration": _FRAME, "words": _FRAME},
        {
            "scores": SCORE_DTYPES,
            "calibration": CALIBRATION_DTYPES,
            "words": CALIBRATION_DTYPES,
        },
        takes=("target",),
    ),
    _of_edition(
        "peers",
        answers.alike,
        "group",
        parts={"peers": _FRAME | Refusal},
        tables={"peers": PEER_DTYPES},
    ),
    ApiRoute(
        "directive",
        answers.order_and_merger,
        {
            "before_after": BeforeAfter | Refusal,
            "events": _FRAME,
            "assigned": _FRAME | Refusal,
            "bridge": Bridge | Refusal,
        },
        {
            "before_after.indices": DIRECTIVE_SUMMARY_DTYPES,
            "before_after.editions": EDITION_DTYPES,
            "events": EVENT_DTYPES,
            "assigned": ASSIGNED_DTYPES,
            "bridge.before": BRIDGE_DTYPES,
            "bridge.after": BRIDGE_DTYPES,
            "bridge.targets": BRIDGE_TARGET_DTYPES,
        },
        takes=("index", "province", "target"),
        first_index=True,
    ),
    ApiRoute(
        "sources",
        answers.sources,
        {"sources": _FRAME},
        {"sources": _SOURCES},
        takes=("index", *_FILTERS),
        filters=("index", *_FILTERS),
    ),
)
ROUTES: Mapping[str, ApiRoute] = {route.name: route for route in _ALL}
"""Every endpoint by its name."""
