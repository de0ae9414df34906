"""Every check of the figures of a file, edition by edition; what comes through is tidy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec, edition_spec
from indices.problem import Problem
from indices.tidy import KEY, as_tidy
from indices.validation.field import check_field
from indices.validation.held import check_held, is_held
from indices.validation.order import check_order
from indices.validation.places import Cells, written_number
from indices.validation.schema import check_figures
from indices.validation.sums import check_sums

Editions = dict[tuple[str, str], pd.DataFrame]


def checked(
    figures: pd.DataFrame, catalogue: Catalogue, held: pd.DataFrame | None, cells: Cells
) -> tuple[Editions, list[Problem]]:
    """The tidy tables by index and edition, and every finding about their figures.

    `figures` are tidy columns with the cells they stand in (`loaders.figure_rows.WHERE`).
    """
    tables: Editions = {}
    problems: list[Problem] = []
    same: list[Problem] = []
    for (index, name), found in figures.groupby(["index", "edition"], sort=True):
        edition = edition_spec(catalogue, str(index), str(name))
        if edition is None:
            continue
        rows, twice = _once(found.reset_index(drop=True), cells)
        problems += twice
        problems += _findings(rows, edition, catalogue, held, cells)
        tidy = as_tidy(rows.drop_duplicates(KEY))
        tables[str(index), str(name)] = tidy
        if held is not None and is_held(tidy, edition, held):
            slots = {"index": str(index), "edition": str(name)}
            same.append(Problem("already_held", cells.file, slots=slots, severity="note"))
    if same and len(same) == len(tables):
        same = [Problem(p.code, p.file, slots=p.slots, severity="error") for p in same]
    return tables, problems + same


def _findings(
    rows: pd.DataFrame, edition: EditionSpec, catalogue: Catalogue, held: pd.DataFrame | None, cells: Cells
) -> Iterator[Problem]:
    sound = yield from check_figures(rows, edition, catalogue, cells)
    yield from check_field(rows, edition, catalogue, cells)
    rows = sound
    yield from check_order(rows, edition, cells)
    yield from check_sums(rows, edition, catalogue, cells)
    if held is not None:
        yield from check_held(rows, edition, held, catalogue, cells)


def _once(rows: pd.DataFrame, cells: Cells) -> tuple[pd.DataFrame, list[Problem]]:
    """One row a figure: score and rank of one figure from two columns or sheets are put together.

    Sheets that say different things of one figure are told; a province that comes twice in one sheet
    stays twice, for the check that names it.
    """
    repeated = rows.duplicated(KEY, keep=False)
    if repeated.any():  # rows of one sheet that only name the same province are left to the check for that
        found = rows.loc[repeated, [*KEY, "sheet", "row"]]
        several = found.groupby(KEY)["sheet"].transform("nunique") > 1
        repeated[repeated] = (several | found.duplicated(keep=False)).to_numpy()
    if not repeated.any():
        return rows, []
    problems: list[Problem] = []
    kept: list[dict[str, Any]] = []
    first: dict[tuple[object, ...], dict[str, Any]] = {}
    for new in rows[repeated].to_dict("records"):
        old = first.get(tuple(new[name] for name in KEY))
        if old is None or (old["sheet"] == new["sheet"] and old["row"] != new["row"]):
            first.setdefault(tuple(new[name] for name in KEY), new)
            kept.append(new)  # twice in one sheet stays twice
            continue
        for field in ("score", "rank"):
            if pd.isna(new[field]):
                continue
            if pd.isna(old[field]):
                old |= {name: new[name] for name in (field, f"{field}_at")}
            elif old[field] != new[field]:
                slots = {"other": written_number(old[field]), "sheet": str(cells.sheets[int(old["sheet"])])}
                problems.append(cells.problem("sheets_disagree", new, field, new[field], "error", **slots))
    merged = pd.DataFrame(kept, columns=rows.columns).astype(rows.dtypes.to_dict())
    return pd.concat([rows[~repeated], merged], ignore_index=True), problems
