"""Strengths and weaknesses: a province's place in every part of an index, and where it is moving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField
from indices.analysis.edition_fields import comparable_before, cut_between, edition_fields
from indices.analysis.part_standing import Row, part_standing, places_in
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME, Catalogue
from indices.tidy import OVERALL

WINDOW = 3
"""Editions before this one that the movement looks back over."""

STRENGTH_DTYPES = {
    "component": "string[pyarrow]",
    "split": "string[pyarrow]",
    "name_vi": "string[pyarrow]",
    "name_en": "string[pyarrow]",
    "scale_max": "double[pyarrow]",
    "weight": "double[pyarrow]",
    "factor": "double[pyarrow]",
    "score": "double[pyarrow]",
    "share": "double[pyarrow]",
    "place": "int64[pyarrow]",
    "n_provinces": "int64[pyarrow]",
    "verdict": "string[pyarrow]",
    "top_mean": "double[pyarrow]",
    "median": "double[pyarrow]",
    "best": "double[pyarrow]",
    "best_province": "string[pyarrow]",
    "to_top_mean": "double[pyarrow]",
    "to_median": "double[pyarrow]",
    "to_best": "double[pyarrow]",
    "worth_top_mean": "double[pyarrow]",
    "headroom": "double[pyarrow]",
    "worth_headroom": "double[pyarrow]",
    "since": "string[pyarrow]",
    "place_before": "int64[pyarrow]",
    "change": "int64[pyarrow]",
    "score_before": "double[pyarrow]",
    "change_score": "double[pyarrow]",
    "source": "string[pyarrow]",
}
MOVEMENT_DTYPES = {
    "component": "string[pyarrow]",
    "edition": "string[pyarrow]",
    "year": "int64[pyarrow]",
    "score": "double[pyarrow]",
    "place": "int64[pyarrow]",
    "n_provinces": "int64[pyarrow]",
}


@dataclass(frozen=True)
class Strengths:
    """The parts of one split of an index, the province's strongest first.

    `parts` (STRENGTH_DTYPES), one row a part that the province has a score in:
    score, top_mean, median, best, headroom and the distances `to_…` in points of the part, positive where
    there is something to be gained; `share` is score / scale_max (0-1); `place` is computed by us from the
    published scores, only where every ranked province has one; `verdict` is strength, middle or weakness;
    `factor` is what a point of the part is worth in points of the total, `weight` the same in percent of the
    total's scale, `worth_top_mean` and `worth_headroom` the distances in points of the total. `since` is the
    earliest of the last WINDOW editions that may be compared, `change` places gained since (positive: up),
    `change_score` points gained. `movement` (MOVEMENT_DTYPES) has those editions one by one, this one last.

    top_mean is the mean of the `n_top` provinces within the target by overall place, the province itself
    among them where it is one. `ranked` is False where no part has the whole field: then there are scores and
    head-room, and strongest and weakest go by share of the scale. `missing` are parts of the split without a
    score of the province; `splits` other ways of dividing that it has scores in.
    """

    index: str
    edition: str
    province: str
    parent: str
    split: str | None
    splits: tuple[str, ...]
    target_rank: int
    n_ranked: int
    n_top: int
    ranked: bool
    parts: pd.DataFrame
    movement: pd.DataFrame
    strongest: tuple[str, ...]
    weakest: tuple[str, ...]
    missing: tuple[str, ...]


def strengths(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str,
    province: str,
    target_rank: int,
    parent: str = OVERALL,
    split: str | None = None,
) -> Strengths | Refusal:
    """The province in every part below `parent` (formulas of the total: methods.csv, weights.csv).

    Of several ways of dividing the one that says most (`part_standing`), or the `split` named. Refused where
    the edition is not held (`no_edition`), ranks the 34 merged provinces (`other_frame`), has no part of any
    province (`no_parts_published`) or none of this one (`no_own_parts`, with how many provinces have one).
    """
    spec = catalogue.edition(index, edition)
    slots = {"index": index, "edition": edition}
    if spec is None:
        return Refusal("no_edition", slots)
    if spec.frame == MERGER_FRAME:
        return Refusal("other_frame", {"edition": spec.year, "n": spec.frame})
    described = catalogue.components_of(index, spec.year, parent)
    codes = [part.component for part in described]
    window = comparable_before(catalogue, spec)[-WINDOW:]
    fields = edition_fields(figures, catalogue, index, [edition, *(one.edition for one in window)], codes)
    here = fields.get(edition)
    if here is None:
        return Refusal("no_edition", slots)
    standing = part_standing(here, catalogue, province, target_rank, parent, split)
    if not standing.rows:
        return no_own_parts(here, codes)
    moved = [move for row in standing.rows for move in _moves(row, fields, here, catalogue, province, parent)]
    rows = [{**row, **_change(row, moved)} for row in standing.rows]
    has = {row["component"] for row in rows}
    return Strengths(
        index,
        edition,
        province,
        parent,
        standing.split,
        standing.splits,
        target_rank,
        here.n_ranked,
        standing.n_top,
        standing.whole,
        answer_table(rows, STRENGTH_DTYPES),
        answer_table(moved, MOVEMENT_DTYPES),
        standing.strongest,
        standing.weakest,
        tuple(p.component for p in described if p.split == standing.split and p.component not in has),
    )


def no_own_parts(field: EditionField, codes: list[str]) -> Refusal:
    """Why there is nothing to say of a province's parts: nobody's are held, or only those of some others."""
    held = {province for code in codes for province in field.scores.get(code, {})}
    slots = {"index": field.spec.index, "edition": field.spec.edition}
    if not held:
        return Refusal("no_parts_published", slots)
    return Refusal("no_own_parts", {**slots, "held": len(held), "n": field.n_ranked})


def _moves(
    row: Row,
    fields: Mapping[str, EditionField],
    here: EditionField,
    catalogue: Catalogue,
    province: str,
    parent: str,
) -> list[Row]:
    """The part in the editions of the window that may be compared with this one, oldest first."""
    code, year = row["component"], here.spec.year
    scopes = [code] if parent == OVERALL else [code, parent]
    found = []
    for field in fields.values():
        score = field.scores.get(code, {}).get(province)
        if score is None or cut_between(catalogue, here.spec.index, scopes, field.spec.year, year):
            continue
        found.append(
            {
                "component": code,
                "edition": field.spec.edition,
                "year": field.spec.year,
                "score": score,
                "place": places_in(field, code).get(province),
                "n_provinces": len(field.scores[code]),
            }
        )
    return found


def _change(row: Row, moved: list[Row]) -> Row:
    """The change of a part since the earliest edition that has the same figures as this one."""
    *earlier, now = [move for move in moved if move["component"] == row["component"]] or [row]
    placed = [move for move in earlier if move["place"] is not None and now["place"] is not None]
    for before in placed or earlier:
        up = None if not placed else before["place"] - now["place"]
        return {
            "since": before["edition"],
            "place_before": before["place"] if placed else None,
            "change": up,
            "score_before": before["score"],
            "change_score": now["score"] - before["score"],
        }
    return {}
