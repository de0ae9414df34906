"""The parts of an index in one edition: a province beside the field."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table, records
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

COMPONENT_DTYPES = {
    "component": "string[pyarrow]",
    "split": "string[pyarrow]",
    "scale_max": "double[pyarrow]",
    "weight": "double[pyarrow]",
    "score": "double[pyarrow]",
    "target_score": "double[pyarrow]",
    "median": "double[pyarrow]",
    "best": "double[pyarrow]",
    "place": "int64[pyarrow]",
    "n_provinces": "int64[pyarrow]",
    "basis": "string[pyarrow]",
    "source": "string[pyarrow]",
}


def components(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    target_rank: int,
    parent: str = OVERALL,
) -> pd.DataFrame:
    """Parts below `parent` that hold a figure in the edition, in catalogue order (COMPONENT_DTYPES).

    `score` is the province's, in points of the part's own scale; `best`, `median`, `target_score`
    (the score at the target's rank among the provinces of that part) and `place` are worked out
    from scores, and only where every ranked province has one (and where the edition gave out the
    target's rank at all); `weight` is in percent.
    """
    spec = catalogue.edition(index, edition)
    if spec is None:
        return answer_table([], COMPONENT_DTYPES)
    rows = figures[(figures["index"] == index) & (figures["edition"] == edition) & figures["score"].notna()]
    by_component: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(rows, ["component", "province", "score", "basis", "source"]):
        by_component[row["component"]].append(row)
    weights = {
        weight.component: weight.weight_percent
        for weight in catalogue.weights
        if weight.index == index and weight.first_edition <= spec.year <= (weight.last_edition or 9999)
    }
    answers = []
    for part in catalogue.components_of(index, spec.year, parent):
        here = by_component.get(part.component)
        if here is None:
            continue
        mine = next((row for row in here if row["province"] == province), {})
        answer = {
            "component": part.component,
            "split": part.split,
            "scale_max": catalogue.scale_max(index, part.component, spec.year),
            "weight": weights.get(part.component),
            "n_provinces": len(here),
            **{name: mine.get(name) for name in ("score", "basis", "source")},
        }
        n_ranked = spec.n_ranked or spec.frame
        if len(here) >= n_ranked:
            scores = sorted((row["score"] for row in here), reverse=True)
            answer |= {
                "best": scores[0],
                "median": median(scores),
                "target_score": scores[target_rank - 1] if target_rank <= n_ranked else None,
                # Ties share the best place, as in `computed_rank`.
                "place": scores.index(mine["score"]) + 1 if mine else None,
            }
        answers.append(answer)
    return answer_table(answers, COMPONENT_DTYPES)
