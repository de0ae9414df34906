"""The bundled figures as the program reads them, and what workbook and report are tried on."""

from functools import cache

import pandas as pd

from indices.catalogue import Catalogue, load_catalogue
from indices.export.book_answers import BookAnswers, book_answers
from indices.loaders.published import published_files, read_published
from tests.published.conftest import DATA

CASES = [(province, year) for province in ("Bắc Giang", "Hà Nội", "Lai Châu") for year in (None, 2021)]
"""A middle, a large and a far province; everything held, and what was known before the new methods."""
TARGET = 15


@cache
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@cache
def tidy() -> pd.DataFrame:
    tables = [read_published(path, known())[0] for path in published_files(DATA / "published")]
    return pd.concat(tables, ignore_index=True)


@cache
def answered(province: str, year: int | None) -> BookAnswers:
    return book_answers(tidy(), known(), province, TARGET, year)
