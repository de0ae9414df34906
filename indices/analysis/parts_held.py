"""Which editions hold figures of the parts: of our province, and of the whole field."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.analysis.cells import answer_table
from indices.catalogue import Catalogue
from indices.tidy import OVERALL

PARTS_HELD_DTYPES = {
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "split": "string[pyarrow]",
    "n_parts": "int64[pyarrow]",
    "n_own": "int64[pyarrow]",
    "n_whole": "int64[pyarrow]",
    "n_provinces": "int64[pyarrow]",
    "n_ranked": "int64[pyarrow]",
}


def parts_held(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, province: str, parent: str = OVERALL
) -> pd.DataFrame:
    """Editions of 63 provinces with figures of parts below `parent`, newest first (PARTS_HELD_DTYPES).

    One row an edition, of the split that says most of the province: `n_parts` parts it has by the catalogue,
    `n_own` of them with a score of the province, `n_whole` of these with a score of every ranked province,
    `n_provinces` how many provinces have a score in the part that most have.
    """
    names = ("edition", "component", "province")
    arrays = {name: pa.array(figures[name], from_pandas=True) for name in (*names, "index", "score")}
    below = {spec.component for spec in catalogue.components if (spec.index, spec.parent) == (index, parent)}
    wanted = pc.and_(pc.equal(arrays["index"], index), pc.is_valid(arrays["score"]))
    wanted = pc.and_(wanted, pc.is_in(arrays["component"], pa.array(sorted(below), pa.string())))
    editions, parts, provinces = (arrays[name].filter(wanted).to_pylist() for name in names)
    held = Counter(zip(editions, parts, strict=True))
    own = {
        (edition, part)
        for edition, part, name in zip(editions, parts, provinces, strict=True)
        if name == province
    }
    rows = []
    for spec in reversed(catalogue.comparable_editions(index, 63)):
        edition, n_ranked = spec.edition, spec.n_ranked or spec.frame
        by_split: dict[str | None, list[str]] = {}
        for part in catalogue.components_of(index, spec.year, parent):
            by_split.setdefault(part.split, []).append(part.component)
        counted = []
        for split, codes in by_split.items():
            mine = [code for code in codes if (edition, code) in own]
            whole = sum(held[edition, code] >= n_ranked for code in mine)
            most = max(held[edition, code] for code in codes)
            counted.append((whole, len(mine), most, split, len(codes)))
        n_whole, n_own, most, split, n_parts = max(
            counted, key=lambda found: found[:3], default=(0, 0, 0, None, 0)
        )
        if most:
            rows.append(
                {
                    "edition": edition,
                    "year": spec.year,
                    "split": split,
                    "n_parts": n_parts,
                    "n_own": n_own,
                    "n_whole": n_whole,
                    "n_provinces": most,
                    "n_ranked": n_ranked,
                }
            )
    return answer_table(rows, PARTS_HELD_DTYPES)
