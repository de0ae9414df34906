"""Editions of five provinces as orders of their names: "BACDE" is a year in which B came first."""

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec
from indices.tidy import COLUMNS, tidy_from_columns
from tests.unit.conftest import small_catalogue

ORDERS = {
    2010: "ABCDE",
    2011: "ABCDE",
    2012: "BACDE",
    2013: "ABDCE",
    2014: "ABCDE",
    2015: "ACBDE",
    2016: "ABCED",
    2017: "BACDE",
    2018: "ABCDE",
    2019: "ABDCE",
    2020: "ACBDE",
    2021: "BACDE",
    2022: "ABCDE",
}


def ranked(orders: dict[int, str], index: str = "X", n: int = 5) -> pd.DataFrame:
    """A tidy table of published ranks; "." leaves a place without a known province."""
    rows = [
        {"index": index, "edition": str(year), "province": name, "rank": at, "n_ranked": n}
        for year, order in orders.items()
        for at, name in enumerate(order, start=1)
        if name != "."
    ]
    fill = {"component": "overall", "basis": "published", "source": "s", "note": ""}
    return tidy_from_columns({name: [row.get(name, fill.get(name)) for row in rows] for name in COLUMNS})


def catalogue_of(orders: dict[int, str] = ORDERS, breaks: tuple[int, ...] = (), **more) -> Catalogue:
    """The catalogue of index X with an edition of five provinces for each order."""
    editions = more.pop("editions", [of_five("X", year) for year in orders])
    return small_catalogue(list(editions), breaks, **more)


def of_five(index: str, year: int, frame: int = 5) -> EditionSpec:
    return EditionSpec(index, str(year), frame, 5, "", "all", 0, 5, "complete", "")
