"""What is held: index × edition, scores and ranks, complete or not."""

from __future__ import annotations

import pandas as pd

from indices.catalogue import Catalogue
from indices.tidy import OVERALL


def coverage(figures: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Every edition the catalogue knows, one row each.

    Columns: index, edition, year, frame, n_ranked (provinces the publisher ranked), n_scores and
    n_ranks (of provinces held), n_figures (all components), status: complete (a score or a rank of
    every ranked province), partial, empty (nothing held) or not_held (there was no such edition).
    """
    overall = figures[figures["component"] == OVERALL]
    held = overall.groupby(["index", "edition"])[["score", "rank"]].count().to_dict("index")
    sizes = figures.groupby(["index", "edition"]).size().to_dict()
    rows = []
    for index in catalogue.indices:
        for edition in catalogue.editions_of(index):
            key = (index, edition.edition)
            counts = held.get(key, {})
            n_scores, n_ranks = int(counts.get("score", 0)), int(counts.get("rank", 0))
            n_figures = int(sizes.get(key, 0))
            n_ranked = edition.n_ranked or edition.frame
            if not edition.held:
                status = "not_held"
            elif max(n_scores, n_ranks) >= n_ranked:
                status = "complete"
            else:
                status = "partial" if n_figures else "empty"
            rows.append((*key, edition.year, edition.frame, n_ranked, n_scores, n_ranks, n_figures, status))
    columns = ["index", "edition", "year", "frame", "n_ranked", "n_scores", "n_ranks", "n_figures", "status"]
    return pd.DataFrame(rows, columns=columns)


def missing_editions(histories: pd.DataFrame, last_years: int = 3) -> pd.DataFrame:
    """Editions of the newest `last_years` years of each index that hold no place of the province.

    `histories` are rank histories of one province, joined. Columns: index, edition, year, has_score.
    """
    held = histories[histories["held"].astype(bool)]
    newest = held["year"] > held.groupby("index")["year"].transform("max") - last_years
    rows = held[newest & held["place"].isna()]
    return rows.assign(has_score=rows["score"].notna())[["index", "edition", "year", "has_score"]]
