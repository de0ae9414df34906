"""The catalogue's own account of what is held, and its links to itself."""

import pandas as pd
import pytest


def test_counts_of_editions_are_those_of_the_files(overall: pd.DataFrame, catalogue):
    held = overall.groupby(["index", "edition"])[["score", "rank"]].count()
    editions = catalogue["editions"].set_index(["index", "edition"])
    assert len(editions) == 75
    for key, edition in editions.iterrows():
        counted = tuple(held.loc[key]) if key in held.index else (0, 0)
        assert (int(edition["n_scores_held"]), int(edition["n_ranks_held"])) == counted, key
    assert set(held.index) <= set(editions.index)


def test_editions_without_a_file_were_not_held(raw: pd.DataFrame, catalogue):
    editions = catalogue["editions"].set_index(["index", "edition"])
    missing = set(editions.index) - set(zip(raw["index"], raw["edition"], strict=True))
    assert missing == {("ICT", "2021"), ("SIPAS", "2016")}
    assert {editions.loc[key, "status"] for key in missing} == {"not held"}


def test_complete_means_a_score_for_every_ranked_province(catalogue):
    editions = catalogue["editions"]
    complete = editions[editions["status"] == "complete"]
    assert complete.groupby("index").size().to_dict() == {"PAPI": 14, "PCI": 18, "SIPAS": 1}
    assert (complete["n_scores_held"] == complete["n_ranked"]).all()
    partial = editions[editions["status"] == "partial"]
    assert (partial["n_scores_held"].astype(int) < partial["n_ranked"].astype(int)).all()
    assert len(complete) + len(partial) == 73


def test_size_of_the_field_stated_on_rows(overall: pd.DataFrame, catalogue):
    stated = catalogue["editions"].set_index(["index", "edition"])["n_ranked"]
    ranked = overall[overall["rank"].notna()]
    wrong = [
        (r.file, r.row)
        for r in ranked.itertuples()
        if float(stated[ranked.at[r.Index, "index"], r.edition]) != r.n_ranked
    ]
    assert len(wrong) == 0


@pytest.mark.parametrize(
    ("file", "column"), [("targets", "source"), ("events", "source")],
)  # fmt: skip
def test_sources_of_other_catalogue_files(catalogue, file: str, column: str):
    assert set(catalogue[file][column]) <= set(catalogue["sources"]["source"])


@pytest.mark.parametrize(
    "file", ["components", "scales", "methods", "weights", "breaks", "editions", "targets"]
)
def test_catalogue_files_speak_of_known_indices(catalogue, file: str):
    assert set(catalogue[file]["index"]) <= {"PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI"}


def test_components_hang_together(catalogue):
    components = catalogue["components"]
    known = set(zip(components["index"], components["component"], strict=True))
    for file in ("scales", "weights"):
        rows = catalogue[file]
        assert set(zip(rows["index"], rows["component"], strict=True)) <= known
    for row in components.itertuples():
        assert (row.component == "overall" or row.component == "overall_unweighted") == (row.parent == "")
        if row.parent:
            assert (components.at[row.Index, "index"], row.parent) in known


def test_weights_add_up(catalogue):
    weights = catalogue["weights"].astype({"weight_percent": float})
    sums = weights.groupby(["index", "first_edition"])["weight_percent"].sum()
    assert sums.to_dict() == {
        ("DTI", "2020"): 100,
        ("ICT", "2016"): pytest.approx(100, abs=0.001),
        ("PCI", "2006"): 100,
        ("PCI", "2009"): 100,
        ("PCI", "2013"): 100,
        ("PCI", "2022"): 100,
    }


def test_conflicts_keep_what_the_files_hold(overall: pd.DataFrame, catalogue):
    """Each of the 23 contradictions: the kept figure is the one in the file, "left out" is empty."""
    conflicts = catalogue["conflicts"]
    assert len(conflicts) == 23
    held = overall.set_index(["index", "edition", "province"])[["score", "rank"]]
    for row in conflicts.to_dict("records"):
        key = (row["index"], row["edition"], row["province"])
        figure = held.loc[key] if key in held.index else {"score": float("nan"), "rank": float("nan")}
        kept = dict(zip(row["field"].split(" and "), row["kept"].split(" / "), strict=True))
        for field, text in kept.items():
            if text == "left out":
                assert pd.isna(figure[field]), row
            else:
                assert figure[field] == pytest.approx(float(text), abs=0.005), row
