"""What was known in a year: the figures and the editions of that year and earlier ones."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.catalogue import Catalogue


def as_of(figures: pd.DataFrame, catalogue: Catalogue, year: int) -> pd.DataFrame:
    """The rows of the editions named for `year` or earlier, in their order ("2024-34" is named for 2024).

    An edition that the catalogue does not know is of no year, and left out.
    """
    known = pa.table(
        [pa.array(figures[name], pa.string()) for name in ("index", "edition")], ["index", "edition"]
    )
    named = pc.binary_join_element_wise(known["index"], known["edition"], "\0")
    early = [f"{spec.index}\0{spec.edition}" for spec in catalogue.editions if spec.year <= year]
    return figures[pc.is_in(named, pa.array(early, pa.string())).to_numpy()]


def known_by(catalogue: Catalogue, year: int) -> Catalogue:
    """The catalogue without the editions named for a later year than `year`; all else stays."""
    return replace(catalogue, editions=tuple(spec for spec in catalogue.editions if spec.year <= year))
