"""The answer of each endpoint: the functions the pages and the command line ask, by name of their parts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indices import analysis
from indices.analysis.assigned import assigned
from indices.analysis.assigned_targets import assigned_targets
from indices.analysis.bridge import bridge
from indices.analysis.certainty import certainty
from indices.analysis.directive import before_after, events
from indices.analysis.gap import gap
from indices.analysis.learn_from import learn_from
from indices.analysis.outlook import outlook
from indices.analysis.peers import peers
from indices.analysis.rank_change import known_moves, rank_change
from indices.analysis.reach import reach
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import reweight
from indices.analysis.scenario import scenario
from indices.analysis.score_change import score_change
from indices.analysis.strengths import strengths
from indices.export.tables import sources_of
from indices.serving.api.question import Question

Parts = dict[str, Any]
"""Answers by name, the one that was asked for first."""


def editions_held(asked: Question) -> Parts:
    """What is held of every edition."""
    found = analysis.coverage(asked.moment.figures, asked.catalogue)
    if asked.index:
        found = found[found["index"] == asked.index]
    return {"editions": found}


def table(asked: Question) -> Parts:
    """The tidy figures themselves."""
    return {"table": _figures(asked)}


def sources(asked: Question) -> Parts:
    """Where these figures were read."""
    return {"sources": sources_of(_figures(asked), asked.catalogue)}


def status(asked: Question) -> Parts:
    """Where the province stands in every index."""
    rows = asked.moment.figures
    return {"indices": analysis.statuses(rows, asked.catalogue, asked.province, asked.target_rank)}


def history(asked: Question) -> Parts:
    """The province's places through the years."""
    placed = asked.moment.placed(asked.index)
    return {"history": analysis.rank_history(placed, asked.catalogue, asked.index, asked.province)}


def ranking(asked: Question) -> Parts:
    """All provinces of an edition in order."""
    return {"ranking": analysis.ranking(asked.moment.placed(asked.index), asked.edition)}


def components(asked: Question) -> Parts:
    """The parts of an edition beside the field."""
    rows, catalogue, index, edition, _ = asked.where
    province = asked.province_there
    found = analysis.components(rows, catalogue, index, edition, province, asked.target_rank, asked.within)
    return {"components": found if asked.split is None else found[found["split"] == asked.split]}


def gap_to_target(asked: Question) -> Parts:
    """What lies between the province and the target, and the targets that documents set."""
    return {"gap": gap(*asked.where, asked.target_rank), "assigned": assigned_targets(*asked.where)}


def why(asked: Question) -> Parts:
    """Why the place and the score changed."""
    where = (*asked.where[:4], asked.province_there, asked.since)
    return {
        "rank_change": rank_change(*where),
        "known_moves": known_moves(*where),
        "score_change": score_change(*where),
    }


def under_other_weights(asked: Question) -> Parts:
    """Two editions under each other's weights."""
    return {"reweight": reweight(*asked.where[:4], asked.province_there, asked.since)}


def strong_and_weak(asked: Question) -> Parts:
    """The parts, strongest first."""
    return {"strengths": strengths(*asked.where, asked.target_rank, asked.within, asked.split)}


def whom_to_learn_from(asked: Question) -> Parts:
    """Provinces that stood where ours stands and are within the target."""
    return {"learn_from": learn_from(*asked.where, asked.target_rank)}


def what_if(asked: Question) -> Parts:
    """A scenario, and the least that reaches the target."""
    where = asked.where
    # As on the page: PAR needs the figures of SIPAS beside its own.
    rows = asked.moment.figures if asked.index == "PAR" else where[0]
    found = scenario(rows, *where[1:], asked.changes, asked.target_rank)
    least = reach(*where, asked.target_rank, asked.moment.gains(asked.index))
    outcomes = found if isinstance(found, Refusal) else found.outcomes
    return {"scenario": found, "outcomes": outcomes, "least": least}


def how_sure(asked: Question) -> Parts:
    """How sure the place is, on every basis that applies."""
    return {"certainty": certainty(*asked.where, asked.target_rank)}


def next_edition(asked: Question) -> Parts:
    """The chance of the target in the next edition."""
    moment = asked.moment
    tested = moment.tested(asked.target_rank)
    # The model learns from the whole panel, not from one index alone.
    return {
        "outlook": outlook(
            moment.figures, asked.catalogue, asked.index, asked.province, asked.target_rank, tested
        )
    }


def how_well_tested(asked: Question) -> Parts:
    """How well such chances did in the past."""
    tested = asked.moment.tested(asked.target_rank)
    return {"scores": tested.scores, "calibration": tested.calibration, "words": tested.words}


def alike(asked: Question) -> Parts:
    """The provinces of a ready group."""
    return {"peers": peers(*asked.where, asked.target_rank, asked.group)}


def order_and_merger(asked: Question) -> Parts:
    """The order of July 2020, before and since; and an index over the merger of 2025."""
    figures, catalogue, province = asked.moment.figures, asked.catalogue, asked.province
    index = asked.index or next(iter(catalogue.indices))
    rows = asked.moment.figures_of(index)
    return {
        "before_after": before_after(figures, catalogue, province, asked.target_rank),
        "events": events(catalogue),
        "assigned": assigned(figures, catalogue, province),
        "bridge": bridge(rows, catalogue, index, province, asked.target_rank),
    }


def _figures(asked: Question) -> pd.DataFrame:
    rows = asked.moment.figures_of(asked.index) if asked.index else asked.moment.figures
    for name in ("edition", "province", "component"):
        if name in asked.given:
            rows = rows[rows[name] == getattr(asked, name)]
    return rows
