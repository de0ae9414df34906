"""A file of `data/published` → tidy rows, checked against the catalogue.

An edition comes in whole or not at all: ranks and medians of half a file would be wrong without
looking wrong.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec
from indices.problem import Problem
from indices.tidy import KEY, as_tidy, empty_tidy

BASES = ("published", "sum", "stated_change", "read_off_list", "third_party", "inferred")
FILE_COLUMNS = ["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"]
SCALE_TOLERANCE = 1e-4  # thirds are written with four digits: 3 × 3.3333


def published_files(directory: Path) -> list[Path]:
    """The files of `directory`, one an edition, in a fixed order; none where there is no folder."""
    return sorted(directory.glob("*/*.csv"))


def read_published(path: Path, catalogue: Catalogue) -> tuple[pd.DataFrame, list[Problem]]:
    """The tidy rows of `<index>/<edition>.csv`, or an empty table and every problem found.

    The folder names the index (any case), the file the edition; rows count as a spreadsheet does.
    """
    file, index = f"{path.parent.name}/{path.name}", path.parent.name.upper()
    if index not in catalogue.indices:
        return empty_tidy(), [Problem("unknown_index", file, value=path.parent.name)]
    edition = catalogue.edition(index, path.stem)
    if edition is None:
        return empty_tidy(), [Problem("unknown_edition", file, value=path.stem, slots={"index": index})]
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except pd.errors.EmptyDataError:
        return empty_tidy(), [Problem("file_empty", file)]
    except (OSError, UnicodeDecodeError, pd.errors.ParserError) as reason:
        return empty_tidy(), [Problem("file_unreadable", file, slots={"reason": str(reason)})]
    missing = [column for column in FILE_COLUMNS if column not in raw]
    if missing:
        return empty_tidy(), [Problem("column_missing", file, 1, column) for column in missing]
    table, problems = _tidy(raw, edition, catalogue, file)
    return (empty_tidy() if problems else as_tidy(table)), problems


def _tidy(
    raw: pd.DataFrame, edition: EditionSpec, catalogue: Catalogue, file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    problems: list[Problem] = []

    def report(code: str, column: str, bad: pd.Series, **slots: str) -> None:
        problems.extend(
            Problem(code, file, int(row) + 2, column, str(raw.at[row, column]), slots)
            for row in raw.index[bad.to_numpy(dtype=bool)]
        )

    table = raw[FILE_COLUMNS].copy()
    table["index"], table["edition"] = edition.index, edition.edition
    names = {
        name: catalogue.provinces.resolve(name, edition.province_frame) for name in raw["province"].unique()
    }
    table["province"] = raw["province"].map(names)
    for row in raw.index[table["province"].isna()]:
        name = str(raw.at[row, "province"])
        likely = ", ".join(found for found, _ in catalogue.provinces.suggest(name, edition.province_frame, 1))
        slots = {"frame": str(edition.province_frame), "suggestion": likely}
        problems.append(Problem("unknown_province", file, int(row) + 2, "province", name, slots))
    scales = {
        code: catalogue.scale_max(edition.index, code, edition.year)
        for code in raw["component"].unique()
        if catalogue.component(edition.index, code, edition.year) is not None
    }
    report("unknown_component", "component", ~raw["component"].isin(list(scales)))
    for column in ("score", "rank", "n_ranked"):
        table[column] = pd.to_numeric(raw[column].where(raw[column] != ""), errors="coerce")
        report("not_a_number", column, table[column].isna() & (raw[column] != ""))
    for column in ("rank", "n_ranked"):
        report("not_a_whole_number", column, table[column].notna() & (table[column] % 1 != 0))
        table[column] = table[column].astype("Float64")
    highest = raw["component"].map(scales).astype("float64") + SCALE_TOLERANCE
    report("score_out_of_scale", "score", (table["score"] < 0) | (table["score"] > highest))
    field = table["n_ranked"].fillna(edition.n_ranked or edition.frame)
    report("rank_out_of_field", "rank", ((table["rank"] < 1) | (table["rank"] > field)).fillna(False))
    report("not_allowed", "basis", ~raw["basis"].isin(BASES), allowed=", ".join(BASES))
    report("unknown_source", "source", ~raw["source"].isin(list(catalogue.sources)))
    report("duplicate_key", "component", table.duplicated(KEY) & table["province"].notna())
    return table, problems
