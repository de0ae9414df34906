"""What differs between two tidy tables, cell by cell."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.tidy import COLUMNS, KEY, TIDY_DTYPES, as_tidy, is_tidy

FIGURES = ("score", "rank", "n_ranked")
TEXTS = ("basis", "source", "note")
_TEXT, _NUMBER = pa.string(), pa.float64()
_NUMBERS = ("old", "new")
_NAMES = (*KEY, "field", "kind", *_NUMBERS, "old_text", "new_text")
_SCHEMA = pa.schema([(name, _NUMBER if name in _NUMBERS else _TEXT) for name in _NAMES])


def difference(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Every cell that differs between two tidy tables, one row each; equal tables give none.

    Columns: index, edition, province, component; `field` ("score", "rank", "n_ranked", or "basis",
    "source", "note"); `kind`: "added" (there was no figure), "changed", "removed" (there is none any
    more); `old` and `new`, the figures (points or places, missing where there is none); `old_text`
    and `new_text`, the words of basis, source and note, missing for figures. A row that only one
    table has gives its figures, and its basis where it has none. In order of the key, then of the
    fields as here. Raises as `as_tidy` does; a key that stands twice in a table is not looked for.
    """
    before, after = (_by_key(table) for table in (old, new))
    if before.equals(after):
        return _frame(_SCHEMA.empty_table())
    pairs = before.append_column("_old", pa.repeat(True, len(before))).join(
        after.append_column("_new", pa.repeat(True, len(after))),
        KEY,
        join_type="full outer",
        left_suffix="_old",
        right_suffix="_new",
        coalesce_keys=True,
    )
    both = pc.and_(pc.is_valid(pairs["_old"]), pc.is_valid(pairs["_new"]))
    parts = [_differing(pairs, at, field, pa.scalar(True)) for at, field in enumerate(FIGURES)]
    for at, field in enumerate(TEXTS, start=len(FIGURES)):
        wanted = both
        if field == "basis":
            wanted = pc.or_(both, _no_figure(pairs))
        parts.append(_differing(pairs, at, field, wanted))
    found = pa.concat_tables(parts)
    found = found.sort_by([(name, "ascending") for name in (*KEY, "_at")])
    return _frame(found.select(_SCHEMA.names))


def _by_key(table: pd.DataFrame) -> pa.Table:
    tidy = table if is_tidy(table) else as_tidy(table)
    types = [kind.pyarrow_dtype for kind in TIDY_DTYPES.values()]
    columns = [pa.array(tidy[name]) for name in COLUMNS]
    return pa.table(columns, schema=pa.schema(list(zip(COLUMNS, types, strict=True))))


def _no_figure(pairs: pa.Table) -> pa.ChunkedArray:
    held = [pc.is_valid(pairs[f"{field}_{side}"]) for field in FIGURES for side in ("old", "new")]
    some = held[0]
    for other in held[1:]:
        some = pc.or_(some, other)
    return pc.invert(some)


def _differing(pairs: pa.Table, at: int, field: str, wanted: pa.ChunkedArray | pa.Scalar) -> pa.Table:
    """The rows of `pairs` where `field` differs, as differences; `_at` is the place of the field."""
    old, new = pairs[f"{field}_old"], pairs[f"{field}_new"]
    # A comparison with a missing cell is itself missing: there, one being missing alone is a difference.
    differs = pc.fill_null(pc.not_equal(old, new), False)
    alone = pc.xor(pc.is_valid(old), pc.is_valid(new))
    rows = pairs.filter(pc.and_(pc.or_(differs, alone), wanted))
    old, new = rows[f"{field}_old"], rows[f"{field}_new"]
    kind = pc.if_else(pc.is_null(old), "added", pc.if_else(pc.is_null(new), "removed", "changed"))
    n = len(rows)
    values = {**{name: rows[name] for name in KEY}, "field": pa.repeat(field, n), "kind": kind}
    numbers, words = (old, new), (pa.nulls(n, _TEXT),) * 2
    if field in TEXTS:
        numbers, words = (pa.nulls(n, _NUMBER),) * 2, (old, new)
    values |= dict(zip(("old", "new", "old_text", "new_text"), (*numbers, *words), strict=True))
    typed = {name: pc.cast(values[name], _SCHEMA.field(name).type) for name in _SCHEMA.names}
    return pa.table({**typed, "_at": pa.repeat(at, n)})


def _frame(found: pa.Table) -> pd.DataFrame:
    return found.combine_chunks().to_pandas(types_mapper=pd.ArrowDtype)
