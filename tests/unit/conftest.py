"""Small catalogues and tables that a reader can check by head."""

from pathlib import Path

import pandas as pd
import pytest

from indices.catalogue import BreakSpec, Catalogue, EditionSpec, IndexSpec, load_catalogue
from indices.provinces import Provinces
from indices.tidy import COLUMNS, tidy_from_columns

DATA = Path(__file__).parents[2] / "data"


def edition(name: str, n_ranked: int | None = 5, frame: int = 63, status: str = "complete") -> EditionSpec:
    return EditionSpec("X", name, frame, n_ranked, "", "all", 0, 0, status, "")


def small_catalogue(editions: list[EditionSpec], breaks: tuple[int, ...] = (), **more) -> Catalogue:
    """A catalogue of one index X, 2019 until today, with these editions and breaks."""
    index = IndexSpec("X", "Chỉ số X", "Index X", "Bộ X", "Ministry X", 2019, None, 100, None, "", "", "")
    given = {
        "indices": {"X": index},
        "components": (),
        "scales": (),
        "methods": (),
        "weights": (),
        "breaks": tuple(BreakSpec("X", year, "overall", "", "", "") for year in breaks),
        "editions": tuple(editions),
        "targets": (),
        "events": (),
        "headers": (),
        "sources": {},
        "conflicts": (),
        "provinces": Provinces([], [], []),
        "problems": (),
    }
    return Catalogue(**{**given, **more})


def figures(text: str) -> pd.DataFrame:
    """A tidy table of index X from lines of words, the columns named on the first; "-" is missing.

    Columns left out: component is overall, basis published, source s, n_ranked missing, note empty.
    """
    header, *lines = [line.split() for line in text.strip().splitlines()]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    fill = {"index": "X", "component": "overall", "basis": "published", "source": "s", "note": ""}
    kinds = {"score": float, "rank": int, "n_ranked": int}

    def cell(row: dict[str, str], name: str) -> object:
        word = row.get(name, fill.get(name, "-"))
        return None if word == "-" else kinds.get(name, str)(word)

    return tidy_from_columns({name: [cell(row, name) for row in rows] for name in COLUMNS})


def values(table: pd.DataFrame, *names: str) -> list[tuple]:
    """Rows of some columns as plain values, None where missing."""
    columns = [[None if pd.isna(v) else v for v in table[name].tolist()] for name in names]
    return list(zip(*columns, strict=True))


@pytest.fixture(scope="session")
def bundled() -> Catalogue:
    """The catalogue that the program carries."""
    return load_catalogue(DATA / "catalogue")
