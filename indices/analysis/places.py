"""Who stands where: published ranks, and ranks worked out from scores where the whole field is known."""

from __future__ import annotations

import pandas as pd

from indices.catalogue import MERGER_FRAME, Catalogue
from indices.tidy import OVERALL

_WHOLE = "int64[pyarrow]"


def computed_rank(scores: pd.Series) -> pd.Series:
    """Places by score, highest first; ties share the best place (1, 2, 2, 4). Missing stays missing."""
    return scores.rank(method="min", ascending=False).astype(_WHOLE)


def places(figures: pd.DataFrame, catalogue: Catalogue, index: str) -> pd.DataFrame:
    """The overall rows of an index with the place of each province, every edition.

    Adds to the tidy columns: `year`; `frame` (34, or 63 also for editions of 64 provinces);
    `n_ranked` filled from the edition where the row does not say; `complete` (the edition holds a
    score of every province it ranked); `rank_computed`, given only where `complete`; `place` (the
    published rank, else the computed one) and `computed` (the place is ours).
    """
    rows = figures[(figures["index"] == index) & (figures["component"] == OVERALL)]
    editions = pd.DataFrame(
        [
            (edition.edition, edition.year, edition.frame, edition.n_ranked or edition.frame)
            for edition in catalogue.editions_of(index)
        ],
        columns=["edition", "year", "frame", "n_field"],
    ).astype({"edition": rows["edition"].dtype})
    table = rows.merge(editions, on="edition", how="inner")
    table["frame"] = table["frame"].where(table["frame"] == MERGER_FRAME, 63)
    table["n_ranked"] = table["n_ranked"].fillna(table["n_field"])
    by_edition = table.groupby("edition", sort=False)
    table["complete"] = by_edition["score"].transform("count") >= table["n_field"]
    ranks = by_edition["score"].rank(method="min", ascending=False)
    table["rank_computed"] = ranks.where(table["complete"]).astype(_WHOLE)
    table["place"] = table["rank"].fillna(table["rank_computed"])
    table["computed"] = table["rank"].isna() & table["place"].notna()
    return table.drop(columns=["n_field", "component"]).reset_index(drop=True)


def ranking(placed: pd.DataFrame, edition: str) -> pd.DataFrame:
    """One edition in order of place, then of score; provinces without either come last.

    Columns: province, place, computed, rank, rank_computed, score, n_ranked, basis, source, note.
    """
    columns = ["province", "place", "computed", "rank", "rank_computed", "score", "n_ranked", "basis"]
    rows = placed.loc[placed["edition"] == edition, [*columns, "source", "note"]]
    order = rows.assign(_down=-rows["score"]).sort_values(["place", "_down", "province"])
    return order.drop(columns="_down").reset_index(drop=True)
