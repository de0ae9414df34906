"""Where provinces stood in every edition of every index, as plain rows: what several answers begin with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.catalogue import Catalogue
from indices.tidy import OVERALL

Row = dict[str, Any]
_OWN = ["index", "edition", "province", "score", "rank", "n_ranked", "basis", "source", "note"]
_NOTHING: Row = dict.fromkeys(_OWN)


def province_places(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    indices: Sequence[str],
    provinces: Sequence[str],
    frame: int = 63,
) -> dict[str, dict[str, list[Row]]]:
    """Rows by index and province, oldest edition first, one for every edition of the frame.

    A row: index, edition, year, province, frame, held (the publisher held the edition), place (the
    published rank, else the computed one: `places`), computed, n_ranked, score, basis, source, note,
    segment (method breaks up to the edition), n_places (provinces with a place in the edition).
    What is not known is None.
    """
    # Arrow's own arrays: the rows of a whole panel cost more as a table than all else an answer does.
    arrays = {name: pa.array(figures[name], from_pandas=True) for name in ("component", *_OWN)}
    whole_index = pc.and_(
        pc.equal(arrays["component"], OVERALL),
        pc.is_in(arrays["index"], pa.array(list(indices), pa.string())),
    )
    arrays = {name: arrays[name].filter(whole_index) for name in _OWN}
    mine_only = pc.is_in(arrays["province"], pa.array(list(provinces), pa.string()))
    own_columns = (arrays[name].filter(mine_only).to_pylist() for name in _OWN)
    own = {
        (row[0], row[1], row[2]): dict(zip(_OWN, row, strict=True)) for row in zip(*own_columns, strict=True)
    }
    # Of the whole field only its scores and how many are ranked.
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    ranked: Counter[tuple[str, str]] = Counter()
    everyone = (arrays[name].to_pylist() for name in ("index", "edition", "score", "rank"))
    for index, edition, score, rank in zip(*everyone, strict=True):
        if score is not None:
            scores[index, edition].append(score)
        if rank is not None:
            ranked[index, edition] += 1
    answer: dict[str, dict[str, list[Row]]] = {}
    for index in indices:
        breaks = [spec.edition for spec in catalogue.breaks_of(index)]
        answer[index] = {province: [] for province in provinces}
        for spec in catalogue.comparable_editions(index, frame):
            at = (index, spec.edition)
            field = spec.n_ranked or spec.frame
            complete = len(scores[at]) >= field
            whole = {
                "index": index,
                "edition": spec.edition,
                "year": spec.year,
                "frame": frame,
                "held": spec.held,
                "segment": sum(first <= spec.year for first in breaks),
                "n_places": len(scores[at]) if complete else ranked[at],
            }
            for province in provinces:
                mine = own.get((*at, province), _NOTHING)
                place, score = mine["rank"], mine["score"]
                computed = place is None and complete and score is not None
                if computed:
                    place = 1 + sum(other > score for other in scores[at])
                n_ranked = mine["n_ranked"] or field
                more = {"province": province, "place": place, "computed": computed, "n_ranked": n_ranked}
                answer[index][province].append({**mine, **whole, **more})
    return answer
