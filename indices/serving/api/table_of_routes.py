"""The one table of the data endpoints: served, described and linked to from the pages by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from indices.analysis.bridge import Bridge
from indices.analysis.certainty import Certainty
from indices.analysis.directive import BeforeAfter
from indices.analysis.gap import Gap
from indices.analysis.learn_from import LearnFrom
from indices.analysis.outlook import Outlook
from indices.analysis.rank_change import KnownMoves, RankChange
from indices.analysis.reach import Reach
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight
from indices.analysis.scenario import Scenario
from indices.analysis.score_change import ScoreChange
from indices.analysis.strengths import Strengths
from indices.serving.api import answers
from indices.serving.api.api_route import ApiRoute
from indices.serving.api.columns import WITHIN
from indices.serving.api.question import Question, explained_edition, newest_edition

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
        WITHIN["editions"],
        takes=("index",),
        filters=("index",),
    ),
    ApiRoute(
        "table",
        answers.table,
        {"table": _FRAME},
        WITHIN["table"],
        takes=_FILTERS,
        needs=("index",),
        filters=_FILTERS,
    ),
    ApiRoute(
        "status",
        answers.status,
        {"indices": _FRAME},
        WITHIN["status"],
        takes=("province", "target"),
    ),
    ApiRoute(
        "history",
        answers.history,
        {"history": _FRAME},
        WITHIN["history"],
        takes=("province",),
        needs=("index",),
    ),
    ApiRoute(
        "ranking",
        answers.ranking,
        {"ranking": _FRAME},
        WITHIN["ranking"],
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
        within=WITHIN["components"],
    ),
    _of_edition(
        "gap",
        answers.gap_to_target,
        parts={"gap": Gap | Refusal, "assigned": _FRAME | Refusal},
        within=WITHIN["gap"],
    ),
    ApiRoute(
        "why",
        answers.why,
        {
            "rank_change": RankChange | Refusal,
            "known_moves": KnownMoves | Refusal,
            "score_change": ScoreChange | Refusal,
        },
        WITHIN["why"],
        takes=("edition", "province", "since"),
        needs=("index",),
        newest=explained_edition,
    ),
    ApiRoute(
        "reweight",
        answers.under_other_weights,
        {"reweight": Reweight | Refusal},
        WITHIN["reweight"],
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
        within=WITHIN["strengths"],
    ),
    _of_edition(
        "learn_from",
        answers.whom_to_learn_from,
        parts={"learn_from": LearnFrom | Refusal},
        within=WITHIN["learn_from"],
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
        within=WITHIN["scenario"],
    ),
    _of_edition(
        "certainty",
        answers.how_sure,
        parts={"certainty": Certainty | Refusal},
        within=WITHIN["certainty"],
    ),
    ApiRoute(
        "outlook",
        answers.next_edition,
        {"outlook": Outlook | Refusal},
        WITHIN["outlook"],
        takes=("province", "target"),
        needs=("index",),
    ),
    ApiRoute(
        "backtest",
        answers.how_well_tested,
        {"scores": _FRAME, "calibration": _FRAME, "words": _FRAME},
        WITHIN["backtest"],
        takes=("target",),
    ),
    _of_edition(
        "peers",
        answers.alike,
        "group",
        parts={"peers": _FRAME | Refusal},
        within=WITHIN["peers"],
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
        WITHIN["directive"],
        takes=("index", "province", "target"),
        first_index=True,
    ),
    ApiRoute(
        "sources",
        answers.sources,
        {"sources": _FRAME},
        WITHIN["sources"],
        takes=("index", *_FILTERS),
        filters=("index", *_FILTERS),
    ),
)
ROUTES: Mapping[str, ApiRoute] = {route.name: route for route in _ALL}
"""Every endpoint by its name."""
