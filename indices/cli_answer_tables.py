"""Answer tables at a terminal: the columns a person wants, with words over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.catalogue import Catalogue
from indices.cli_terminal import print_rows
from indices.i18n import NOTHING, Language, change, score, text, word
from indices.tidy import OVERALL

TABLES: Mapping[str, tuple[str, ...]] = {
    "gap_parts": ("component", "own", "at_line", "around_line", "difference"),
    "gap_lost": ("component", "own", "scale_max", "lost"),
    "assigned": ("kind", "value", "state", "distance_places", "distance_points", "document"),
    "why_steps": ("step", "places", "n_provinces"),
    "why_crossings": ("province", "kind", "place_before", "place_after", "places"),
    "score_change": ("component", "before", "after", "change", "points"),
    "reweight_scores": ("edition", "weights", "score", "computed", "place"),
    "reweight_real": ("weights", "points", "method"),
    "reweight_parts": (
        "component",
        "weight_old",
        "weight_new",
        "before",
        "after",
        "points_old",
        "points_new",
    ),
    "strengths": ("component", "score", "scale_max", "place", "verdict", "to_top_mean", "change"),
    "learn_from": ("province", "edition_then", "place_then", "place_now", "most_improved", "most_gain"),
    "scenario_parts": ("component", "before", "after", "change", "worth"),
    "scenario_outcomes": ("others", "before", "after", "place_low", "place_high", "reached"),
    "certainty": ("basis", "place", "rank_low", "rank_high", "chance", "word"),
    "outlook_past": ("edition", "place", "chance", "next_place", "within"),
    "backtest": ("index", "n", "n_editions", "brier", "brier_stay", "brier_base", "beats"),
    "peers": ("province", "place", "score", "points_ahead", "distance"),
}
"""The columns printed of each table; --json has them all."""
SIGNED = {"difference", "change", "points", "places", "points_ahead", "worth", "method"}
SIGNED |= {"distance_places", "distance_points"}
WHOLE = {"places", "distance_places"}
"""Columns of places, of which only a shared one is not whole."""
NAMED = {"component", "most_improved"}
CODES = {"kind", "state", "step", "weights", "verdict", "others", "basis", "word"}
"""Columns whose cells are codes with words of their own, cli.code.<code>."""


def print_table(name: str, table: pd.DataFrame, catalogue: Catalogue, index: str, language: Language) -> None:
    """Print a table of TABLES under its heading, parts of parts left out; nothing where it has no row."""
    if "parent" in table:
        table = table[table["parent"] == OVERALL]
    if table.empty:
        return
    columns = TABLES[name]
    rows = [
        [_cell(column, row[column], catalogue, index, language) for column in columns]
        for row in records(table, columns)
    ]
    print(f"\n{word('cli.table', name, language)}")
    print_rows([word("cli.column", column, language) for column in columns], rows)


def _cell(column: str, value: Any, catalogue: Catalogue, index: str, language: Language) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return text("cli.yes" if value else "cli.no", language)
    if column in NAMED:
        return _component(str(value), catalogue, index, language)
    if column in CODES:
        return word("cli.code", str(value), language)
    if column == "province":
        return _called(str(value), catalogue, language)
    if column == "chance":
        return f"{score(100 * float(value), language, 0)} %"
    if not isinstance(value, int | float):
        return str(value)
    if column in SIGNED:
        return change(value, language, _digits(value, column))
    written = score(abs(value), language, _digits(value, column)) if isinstance(value, float) else str(value)
    return f"−{written}" if value < 0 and isinstance(value, float) else written


def _digits(value: float, column: str) -> int:
    """Two decimals, or four where two would hide a figure (scales up to 1, small distances)."""
    if isinstance(value, int) or (column in WHOLE and value == int(value)):
        return 0
    if 0.00005 <= abs(value) < 1:
        return 4
    # A computed score keeps the decimal that rounding by halves would swallow (68.845).
    return 2 if abs(value - round(value, 2)) < 0.0005 or abs(value) < 1 else 3


def _component(code: str, catalogue: Catalogue, index: str, language: Language) -> str:
    """What a component is called (by its newest name), or the word for a row that is none."""
    known = [spec for spec in catalogue.components if spec.index == index and spec.component == code]
    if not known:
        return word("cli.code", code, language)
    return known[-1].name_vi if language == "vi" else known[-1].name_en


def _called(province: str, catalogue: Catalogue, language: Language) -> str:
    for frame in (63, 64):
        if province in {spec.name_vi for spec in catalogue.provinces.frame(frame)}:
            return catalogue.provinces.name(province, language, frame)
    return province
