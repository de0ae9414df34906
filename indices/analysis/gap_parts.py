"""The gap in parts: what the provinces at the line have more of, and what is left to the scale's end."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

import pandas as pd

from indices.analysis.cells import answer_table
from indices.analysis.edition_field import EditionField
from indices.analysis.makeup import makeup
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, Formula, formulas, is_whole

AROUND = 2
"""Places above and below the target's rank whose provinces make the mean around the line."""
RESIDUAL = "residual"
"""The row of what the formula leaves unexplained (rounding)."""
OTHER = "other_parts"
"""The row of all parts together for which there is no figure."""

PARTS_DTYPES = {
    "component": "string[pyarrow]",
    "parent": "string[pyarrow]",
    "name_vi": "string[pyarrow]",
    "name_en": "string[pyarrow]",
    "split": "string[pyarrow]",
    "factor": "double[pyarrow]",
    "own": "double[pyarrow]",
    "at_line": "double[pyarrow]",
    "around_line": "double[pyarrow]",
    "difference": "double[pyarrow]",
    "difference_around": "double[pyarrow]",
    "source": "string[pyarrow]",
}
LOST_DTYPES = {
    "component": "string[pyarrow]",
    "parent": "string[pyarrow]",
    "name_vi": "string[pyarrow]",
    "name_en": "string[pyarrow]",
    "split": "string[pyarrow]",
    "factor": "double[pyarrow]",
    "own": "double[pyarrow]",
    "scale_max": "double[pyarrow]",
    "best": "double[pyarrow]",
    "gained": "double[pyarrow]",
    "attainable": "double[pyarrow]",
    "lost": "double[pyarrow]",
    "n_parts": "int64[pyarrow]",
    "source": "string[pyarrow]",
}
Rows = list[dict[str, Any]]


def around_line(field: EditionField, province: str, target_rank: int) -> tuple[str, ...]:
    """The provinces at most AROUND places from the target's rank, ours left out, best place first.

    Empty where the field does not say who stands on each of those places.
    """
    last = min(target_rank + AROUND, field.n_ranked)
    near = sorted((at, name) for name, at in field.places.items() if abs(at - target_rank) <= AROUND)
    if target_rank > field.n_ranked or len(near) < last - max(1, target_rank - AROUND) + 1:
        return ()
    return tuple(name for _, name in near if name != province)


def parts_to_line(
    field: EditionField, catalogue: Catalogue, province: str, line: str, around: tuple[str, ...]
) -> pd.DataFrame | Refusal:
    """What the province at the line has that ours lacks, part by part (PARTS_DTYPES).

    `own`, `at_line` and `around_line` (mean of `around`) are points of the part's own scale;
    `difference` = (at_line - own) x factor and `difference_around` = (around_line - own) x factor are
    points of the total, `factor` being points of the total per point of the part (`Makeup`). Rows
    with parent "overall" and their residual row (what the published parts leave of the published
    totals, by rounding) sum to the whole gap; rows below a part, with a residual row of their own,
    sum to that part's difference. Refused as `makeup` refuses, and where the parts of the province at
    the line are not held or divided otherwise (`no_line_parts`). `around_line` is missing where those
    of any province around it are not.
    """
    made = makeup(field, catalogue, province)
    if isinstance(made, Refusal):
        return made
    at_line = makeup(field, catalogue, line)
    slots = {"index": field.spec.index, "edition": field.spec.edition}
    if isinstance(at_line, Refusal) or at_line.formula.split != made.formula.split:
        return Refusal("no_line_parts", slots)

    rows = _differences(field, made.formula, 1.0, province, line, around)
    for part, factor in made.formula.factors.items():
        for formula in formulas(catalogue, field.spec.index, field.spec.year, part):
            if all({province, line} <= field.scores.get(code, {}).keys() for code in formula.factors):
                rows += _differences(field, formula, factor, province, line, around)
                break
    return answer_table(_named(rows, field, catalogue), PARTS_DTYPES)


def _named(rows: Rows, field: EditionField, catalogue: Catalogue) -> Rows:
    """The rows with what the catalogue calls their components."""
    for row in rows:
        spec = catalogue.component(field.spec.index, row["component"], field.spec.year)
        if spec is not None:
            row |= {"name_vi": spec.name_vi, "name_en": spec.name_en}
    return rows


def _differences(
    field: EditionField, formula: Formula, worth: float, province: str, line: str, around: tuple[str, ...]
) -> Rows:
    """The parts of one total, then its residual; `worth`: points of the whole index per point of it."""
    scores = {part: field.scores[part] for part in formula.factors}
    scores[RESIDUAL] = _residuals(field, formula, (province, line, *around))
    # A mean of some of them would be that of other provinces than the sheet names.
    compared = around if all(name in scores[RESIDUAL] for name in around) else ()
    rows: Rows = []
    for part, points in scores.items():
        factor = formula.factors.get(part, 1.0) * worth
        own, at_line = points[province], points[line]
        row: dict[str, Any] = {
            "component": part,
            "parent": formula.total,
            "split": formula.split,
            "factor": factor,
            "own": own,
            "at_line": at_line,
            "difference": (at_line - own) * factor,
            "source": field.sources.get(part, {}).get(province),
        }
        if compared:
            mean = sum(points[name] for name in compared) / len(compared)
            row |= {"around_line": mean, "difference_around": (mean - own) * factor}
        rows.append(row)
    return rows


def _residuals(field: EditionField, formula: Formula, provinces: tuple[str, ...]) -> dict[str, float]:
    """What the parts leave of the total, for the provinces whose parts and total are all held."""
    total = field.scores[formula.total]
    found = {}
    for name in provinces:
        points = [factor * field.scores[part].get(name, nan) for part, factor in formula.factors.items()]
        residual = total.get(name, nan) - sum(points)
        if not isnan(residual):
            found[name] = residual
    return found


def lost_points(field: EditionField, catalogue: Catalogue, province: str) -> pd.DataFrame | Refusal:
    """What is left to the end of the scale, part by part (LOST_DTYPES).

    `own`, `scale_max` and `best` (of the provinces, where every ranked one has a score) are points of
    the part's own scale; `gained` = own x factor, `attainable` = scale_max x factor and `lost` =
    (scale_max - own) x factor are points of the total. Needs no other province. Parts that are not
    held have no row: what they lose together, the whole loss less the known ones, stands in a row
    OTHER (`n_parts`: how many); where all are held, what the formula leaves is the row RESIDUAL. Both
    need the total. Rows below a part have it as `parent`. Refused as `makeup` refuses, but for single
    parts that are missing.
    """
    index, year = field.spec.index, field.spec.year
    made = makeup(field, catalogue, province)
    if not isinstance(made, Refusal):
        chosen = made.formula
    elif made.code not in ("no_parts", "no_total"):
        return made
    else:
        held = [
            (sum(province in field.scores.get(part, {}) for part in formula.factors), -at, formula)
            for at, formula in enumerate(formulas(catalogue, index, year))
        ]
        most, _, chosen = max(held, key=lambda one: one[:2])
        if most == 0:
            return Refusal("no_parts", made.slots)
    rows = _lost(field, catalogue, province, chosen, 1.0)
    for part, factor in chosen.factors.items():
        for formula in formulas(catalogue, index, year, part):
            found = _lost(field, catalogue, province, formula, factor)
            if found:
                rows += found
                break
    if not rows:  # figures of parts whose scales are not known
        return Refusal("no_parts", {"index": index, "edition": field.spec.edition})
    return answer_table(_named(rows, field, catalogue), LOST_DTYPES)


def _lost(field: EditionField, catalogue: Catalogue, province: str, formula: Formula, worth: float) -> Rows:
    index, year = field.spec.index, field.spec.year
    rows: Rows = []
    for part, factor in formula.factors.items():
        scores, scale_max = field.scores.get(part, {}), catalogue.scale_max(index, part, year)
        own = scores.get(province)
        if own is None or scale_max is None:
            continue
        rows.append(
            {
                "component": part,
                "parent": formula.total,
                "split": formula.split,
                "factor": factor * worth,
                "own": own,
                "scale_max": scale_max,
                "best": max(scores.values()) if field.has_whole(part) else None,
                "gained": own * factor * worth,
                "attainable": scale_max * factor * worth,
                "lost": (scale_max - own) * factor * worth,
                "source": field.sources[part].get(province),
            }
        )
    total = field.scores.get(formula.total, {}).get(province)
    scale_max = catalogue.scale_max(index, formula.total, year)
    if rows and total is not None and scale_max is not None:
        left: dict[str, Any] = {"parent": formula.total, "split": formula.split, "factor": worth}
        wholes = {"gained": total, "attainable": scale_max, "lost": scale_max - total}
        left |= {name: whole * worth - sum(row[name] for row in rows) for name, whole in wholes.items()}
        missing = len(formula.factors) - len(rows)
        if missing or not is_whole(catalogue, index, year, formula):
            rows.append(left | {"component": OTHER, "n_parts": missing})
        else:
            rows.append(left | {"component": RESIDUAL})
    return rows
