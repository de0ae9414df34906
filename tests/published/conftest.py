"""The bundled files, read with pandas alone: these tests judge the data, not the code that loads it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
Value = Callable[..., float]


def read(path: Path) -> pd.DataFrame:
    """A file as text, every empty cell as ""."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def in_force(table: pd.DataFrame, index: str, year: int) -> pd.DataFrame:
    """The rows of a catalogue file that hold for one year of one index; an open end holds on."""
    first = pd.to_numeric(table["first_edition"])
    last = pd.to_numeric(table["last_edition"])
    holds = (first.isna() | (first <= year)) & (last.isna() | (last >= year))
    return table[(table["index"] == index) & holds]


def computed_rank(scores: pd.Series) -> pd.Series:
    """Places in score order; equal scores share the best place."""
    return scores.rank(ascending=False, method="min")


@pytest.fixture(scope="session")
def catalogue() -> dict[str, pd.DataFrame]:
    """Every catalogue file by its name."""
    return {path.stem: read(path) for path in sorted((DATA / "catalogue").glob("*.csv"))}


@pytest.fixture(scope="session")
def raw() -> pd.DataFrame:
    """All rows of data/published as text, with index, edition, file and spreadsheet row."""
    tables = []
    for path in sorted((DATA / "published").glob("*/*.csv")):
        table = read(path)
        table["index"], table["edition"] = path.parent.name.upper(), path.stem
        table["file"], table["row"] = f"{path.parent.name}/{path.name}", range(2, len(table) + 2)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


@pytest.fixture(scope="session")
def figures(raw: pd.DataFrame) -> pd.DataFrame:
    """The same with numbers; `year` is the edition's year (2024 for "2024-34")."""
    table = raw.copy()
    for column in ("score", "rank", "n_ranked"):
        table[column] = pd.to_numeric(table[column])
    table["year"] = table["edition"].str[:4].astype(int)
    return table


@pytest.fixture(scope="session")
def overall(figures: pd.DataFrame) -> pd.DataFrame:
    """One row a province and edition: the whole index."""
    return figures[figures["component"] == "overall"]


@pytest.fixture(scope="session")
def wide(figures: pd.DataFrame) -> Callable[[str, int | str], pd.DataFrame]:
    """Scores of an edition: a row a province, a column a component."""

    def scores(index: str, edition: int | str) -> pd.DataFrame:
        rows = figures[(figures["index"] == index) & (figures["edition"] == str(edition))]
        return rows.pivot(index="province", columns="component", values="score")

    return scores


@pytest.fixture(scope="session")
def value(figures: pd.DataFrame) -> Value:
    """One figure: value("PCI", 2022, "Bắc Giang", column="rank"). KeyError where there is no row."""
    keyed = figures.set_index(["index", "edition", "province", "component"])

    def figure(
        index: str, edition: int | str, province: str, component: str = "overall", column: str = "score"
    ) -> float:
        return float(keyed.at[(index, str(edition), province, component), column])

    return figure
