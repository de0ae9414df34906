"""How much provinces gained in a year: every comparable step from one edition to the next."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from indices.analysis.cells import column_table, plain_columns
from indices.analysis.edition_field import ranks_by_score
from indices.catalogue import Catalogue, EditionSpec
from indices.tidy import OVERALL

GAIN_DTYPES = {
    "component": "string[pyarrow]",
    "since": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "province": "string[pyarrow]",
    "scale_max": "double[pyarrow]",
    "start": "double[pyarrow]",
    "gain": "double[pyarrow]",
    "place": "int64[pyarrow]",
}


def yearly_gains(figures: pd.DataFrame, catalogue: Catalogue, index: str) -> pd.DataFrame:
    """One row a province and step between editions of neighbouring years (GAIN_DTYPES).

    For the whole index ("overall") and each of its parts: `start` is the score in the edition
    `since`, `gain` the points gained until `edition` (negative: lost), `place` the province's rank in
    `since` (published, else computed; only of the whole index), `scale_max` the scale of both.
    A step counts where both editions hold the score of every province they ranked, so that nobody
    is left out for having fared badly, where no new method of the index or of the part lies between,
    and where the scale is the same. Editions of the 34 merged provinces have no steps yet.
    """
    editions = catalogue.comparable_editions(index, 63)
    wanted = {OVERALL}
    for spec in editions:
        wanted |= {part.component for part in catalogue.components_of(index, spec.year)}
    mine = figures[(figures["index"] == index) & figures["component"].isin(list(wanted))]
    scores: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    names = ["edition", "component", "province", "score", "rank"]
    for edition, part, province, score, rank in zip(*plain_columns(mine, names), strict=True):
        if score is not None:
            scores[edition][part][province] = score
        if rank is not None and part == OVERALL:
            ranks[edition][province] = rank
    by_year = {spec.year: spec for spec in editions}
    breaks = {(one.scope, one.edition) for one in catalogue.breaks if one.index == index}
    columns: dict[str, list[Any]] = {name: [] for name in GAIN_DTYPES}
    for year, spec in sorted(by_year.items()):
        earlier = by_year.get(year - 1)
        if earlier is None or (OVERALL, year) in breaks:
            continue
        places = {**ranks_by_score(scores[earlier.edition][OVERALL]), **ranks[earlier.edition]}
        for part in scores[spec.edition]:
            before, after = scores[earlier.edition][part], scores[spec.edition][part]
            scale = catalogue.scale_max(index, part, year)
            if (
                (part, year) in breaks
                or scale != catalogue.scale_max(index, part, year - 1)
                or not (_whole(before, earlier) and _whole(after, spec))
            ):
                continue
            both = [province for province in after if province in before]
            steps: dict[str, list[Any]] = {
                "component": [part] * len(both),
                "since": [earlier.edition] * len(both),
                "edition": [spec.edition] * len(both),
                "province": both,
                "scale_max": [scale] * len(both),
                "start": [before[province] for province in both],
                "gain": [after[province] - before[province] for province in both],
                "place": [places[province] if part == OVERALL else None for province in both],
            }
            for name, column in steps.items():
                columns[name] += column
    return column_table(columns, GAIN_DTYPES)


def _whole(scores: dict[str, float], spec: EditionSpec) -> bool:
    return len(scores) >= (spec.n_ranked or spec.frame)
