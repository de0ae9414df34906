"""Where provinces stood in every edition of every index, as plain rows: what several answers begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

Row = dict[str, Any]
_COLUMNS = ["index", "edition", "province", "score", "rank", "n_ranked", "basis", "source", "note"]


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
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    rows = figures[(figures["component"] == OVERALL) & figures["index"].isin(list(indices))]
    for row in records(rows, _COLUMNS):
        found[row["index"], row["edition"]].append(row)
    answer: dict[str, dict[str, list[Row]]] = {}
    for index in indices:
        breaks = [spec.edition for spec in catalogue.breaks_of(index)]
        answer[index] = {province: [] for province in provinces}
        for edition in catalogue.comparable_editions(index, frame):
            here = found.get((index, edition.edition), [])
            field = edition.n_ranked or edition.frame
            scores = [row["score"] for row in here if row["score"] is not None]
            complete = len(scores) >= field
            ranked = sum(row["rank"] is not None or (complete and row["score"] is not None) for row in here)
            for province in provinces:
                mine = next((row for row in here if row["province"] == province), None)
                known = dict.fromkeys(_COLUMNS) if mine is None else mine
                score, place = known["score"], known["rank"]
                computed = place is None and complete and score is not None
                if computed:
                    place = 1 + sum(other > score for other in scores)
                answer[index][province].append(
                    {
                        **known,
                        "index": index,
                        "edition": edition.edition,
                        "year": edition.year,
                        "province": province,
                        "frame": frame,
                        "held": edition.held,
                        "place": place,
                        "computed": computed,
                        "n_ranked": known["n_ranked"] or field,
                        "segment": sum(first <= edition.year for first in breaks),
                        "n_places": ranked,
                    }
                )
    return answer
