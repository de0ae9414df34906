"""Provinces an edition should have and the table has not; tables of another frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec
from indices.problem import Problem
from indices.tidy import OVERALL
from indices.validation.places import Cells

NEARLY_ALL = 30


def check_field(
    rows: pd.DataFrame, edition: EditionSpec, catalogue: Catalogue, cells: Cells
) -> Iterator[Problem]:
    """Provinces without any figure, one finding each; none where as many are there as were ranked.

    In a table of a row a figure a province is there where its total is; in a table of a row a province
    a total alone that is missing is a cell, told by its reader.
    """
    overall = rows[rows["component"] == OVERALL]
    by_figure = not rows.duplicated(["sheet", "row"]).any()
    present = set((overall if len(overall) and by_figure else rows)["province"])
    frame = [spec.name_vi for spec in catalogue.provinces.frame(edition.frame)]
    merged = _merged(catalogue)
    if edition.frame != MERGER_FRAME and present <= merged and len(present) >= NEARLY_ALL:
        slots = {"n": str(len(present)), "edition": edition.edition, "frame": str(edition.frame)}
        yield Problem("frame_differs", cells.file, slots=slots, sheet=_sheet(rows, cells))
        return
    if len(present) >= (edition.n_ranked or edition.frame):
        return
    for name in frame:
        if name not in present:
            slots = {"index": edition.index, "edition": edition.edition}
            yield Problem(
                "province_absent", cells.file, None, None, name, slots, "warning", _sheet(rows, cells)
            )


def _merged(catalogue: Catalogue) -> set[str]:
    """The names of the merged provinces as a table of the 63 reads them ("Huế" is Thừa Thiên Huế there)."""
    specs = catalogue.provinces.frame(MERGER_FRAME)
    renamed = {spec.predecessors[0] for spec in specs if len(spec.predecessors) == 1}
    return renamed | {spec.name_vi for spec in specs}


TOLD = frozenset(
    {
        *("unknown_province", "province_wrong_frame", "province_missing", "legacy_encoding", "text_mixed_up"),
        *("row_empty", "unknown_index", "unknown_edition", "edition_impossible", "unknown_component"),
    }
)
"""Codes of rows that stand for a province, though no figure could be put under its name."""


def told_once(problems: Iterable[Problem], told: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without absent provinces that a row told before (`told`) stands for.

    Such a row is of the province it names or seems to name; where it names none that is absent, it may
    be of any.
    """
    found = list(problems)
    absent = {p.value for p in found if p.code == "province_absent"}
    named = {p.slots.get("province") or p.slots.get("suggestion") for p in told} & absent
    nameless = [p for p in told if not p.slots.get("province") and p.slots.get("suggestion") not in named]
    every = len(absent - named) <= len(nameless)
    yield from (p for p in found if p.code != "province_absent" or not (every or p.value in named))


def _sheet(rows: pd.DataFrame, cells: Cells) -> str | None:
    return cells.sheets[int(rows["sheet"].iloc[0])]
