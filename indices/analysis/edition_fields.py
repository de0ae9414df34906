"""Several editions as plain values, read in one go and only in the parts that an answer needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.analysis.edition_field import EditionField
from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec
from indices.tidy import OVERALL

_COLUMNS = ["edition", "component", "province", "score", "rank", "source"]


def edition_fields(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    editions: Collection[str],
    components: Collection[str],
) -> dict[str, EditionField]:
    """The fields of some editions, oldest first, with the whole index and these components alone.

    What `edition_field` gives for one edition and all its parts; an edition without a figure has no entry.
    """
    # Arrow's own arrays: thousands of rows cost more as a table or as records than all else an answer does.
    arrays = {name: pa.array(figures[name], from_pandas=True) for name in ["index", *_COLUMNS]}
    wanted = pc.equal(arrays["index"], index)
    for name, codes in (("edition", editions), ("component", [OVERALL, *components])):
        wanted = pc.and_(wanted, pc.is_in(arrays[name], pa.array(list(codes), pa.string())))
    columns = (arrays[name].filter(wanted).to_pylist() for name in _COLUMNS)
    scores: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    sources: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for edition, part, province, score, rank, source in zip(*columns, strict=True):
        sources[edition][part][province] = source
        if score is not None:
            scores[edition][part][province] = score
        if rank is not None and part == OVERALL:
            ranks[edition][province] = rank
    return {
        spec.edition: EditionField(
            spec,
            spec.n_ranked or spec.frame,
            dict(scores[spec.edition]),
            ranks[spec.edition],
            dict(sources[spec.edition]),
        )
        for spec in catalogue.editions_of(index)
        if spec.edition in sources
    }


def comparable_before(catalogue: Catalogue, spec: EditionSpec) -> tuple[EditionSpec, ...]:
    """Editions before `spec` of the same method and frame, oldest first; those not held are left out."""
    merged = spec.frame == MERGER_FRAME
    breaks = [found.edition for found in catalogue.breaks_of(spec.index) if found.edition <= spec.year]
    first = max(breaks, default=0)
    editions = catalogue.comparable_editions(spec.index, MERGER_FRAME if merged else 63)
    return tuple(found for found in editions if found.held and first <= found.year < spec.year)


def cut_between(catalogue: Catalogue, index: str, scopes: Collection[str], since: int, until: int) -> bool:
    """Whether a new method, of the whole index or of a component, or another scale lies between two years."""
    for scope in {OVERALL, *scopes}:
        if any(since < found.edition <= until for found in catalogue.breaks_of(index, scope)):
            return True
        if scope != OVERALL:
            before = catalogue.scale_max(index, scope, since)
            if before is None or before != catalogue.scale_max(index, scope, until):
                return True
    return False
