"""The parts of an index in one edition: a province beside the field."""

from __future__ import annotations

import pandas as pd

from indices.analysis.places import computed_rank
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
    from scores, and only where every ranked province has one; `weight` is in percent.
    """
    spec = catalogue.edition(index, edition)
    if spec is None:
        return pd.DataFrame({column: [] for column in COMPONENT_DTYPES}).astype(COMPONENT_DTYPES)
    rows = figures[(figures["index"] == index) & (figures["edition"] == edition) & figures["score"].notna()]
    weights = {
        weight.component: weight.weight_percent
        for weight in catalogue.weights
        if weight.index == index and weight.first_edition <= spec.year <= (weight.last_edition or 9999)
    }
    by_component = dict(tuple(rows.groupby("component")))
    answers = []
    for part in catalogue.components_of(index, spec.year, parent):
        here = by_component.get(part.component)
        if here is None:
            continue
        mine = here[here["province"] == province]
        answer: dict[str, object] = dict.fromkeys(COMPONENT_DTYPES, pd.NA)
        answer |= {
            "component": part.component,
            "split": part.split,
            "scale_max": catalogue.scale_max(index, part.component, spec.year),
            "weight": weights.get(part.component),
            "n_provinces": len(here),
        }
        if not mine.empty:
            answer |= mine.iloc[0][["score", "basis", "source"]].to_dict()
        if len(here) >= (spec.n_ranked or spec.frame):
            ranks = computed_rank(here["score"])
            answer |= {
                "best": here["score"].max(),
                "median": here["score"].median(),
                "target_score": here["score"][ranks <= target_rank].min(),
                "place": ranks[mine.index[0]] if not mine.empty else pd.NA,
            }
        answers.append(answer)
    return pd.DataFrame(answers, columns=list(COMPONENT_DTYPES)).astype(COMPONENT_DTYPES)
