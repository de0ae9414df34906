"""The order of July 2020 and the merger over every province and index, against a second, simpler way."""

import pandas as pd
import pytest

from indices.analysis import places, rank_history
from indices.analysis.assigned import GROUPS, assigned, group_ends, group_of, printed_group, printed_sizes
from indices.analysis.bridge import Bridge, bridge
from indices.analysis.cells import records
from indices.analysis.directive import BeforeAfter, before_after, events, order, ordered_rank
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, load_catalogue
from indices.loaders.published import published_files, read_published
from tests.published.conftest import DATA, read

FOCAL = "Bắc Giang"
HISTORY = ["edition", "place", "computed", "segment", "n_ranked"]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> pd.DataFrame:
    """Rows of the whole indices alone: no answer here needs parts, and 63 provinces are asked for."""
    table = pd.concat([read_published(path, known)[0] for path in published_files(DATA / "published")])
    return table[table["component"] == "overall"].reset_index(drop=True)


@pytest.fixture(scope="module")
def answers(tidy: pd.DataFrame, known: Catalogue) -> dict[str, BeforeAfter]:
    found = {spec.name_vi: before_after(tidy, known, spec.name_vi, 15) for spec in known.provinces.frame(63)}
    assert not any(isinstance(answer, Refusal) for answer in found.values())
    return found


@pytest.fixture(scope="module")
def histories(tidy: pd.DataFrame, known: Catalogue) -> dict[tuple[str, str], dict[str, dict]]:
    """Rows of `rank_history`, which finds places by another way, by index, province and edition."""
    found = {}
    for index in known.indices:
        placed = places(tidy, known, index)
        for spec in known.provinces.frame(63):
            rows = records(rank_history(placed, known, index, spec.name_vi), HISTORY)
            found[index, spec.name_vi] = {row["edition"]: row for row in rows}
    return found


def test_the_order(known: Catalogue):
    event = order(known)
    assert event is not None
    assert (event.date.isoformat(), event.owner_vi, ordered_rank(known)) == (
        "2020-07-01",
        "Chủ tịch UBND tỉnh",
        15,
    )


def test_bac_giang_before_and_since(answers):
    found = answers[FOCAL].indices.set_index("index")
    assert found["status"].tolist() == ["met", "met", "near", "missed", "met", "met"]
    before = found[["edition_before", "place_before"]].dropna()
    assert list(before.itertuples(name=None)) == [
        ("PAR", "2012", 8),
        ("PCI", "2019", 40),
        ("PAPI", "2019", 4),
        ("SIPAS", "2019", 9),
        ("ICT", "2019", 28),
    ]
    newest = found[["edition", "place", "n_met", "n_known"]]
    assert list(newest.itertuples(name=None)) == [
        ("PAR", "2023", 4, 4, 4),
        ("PCI", "2024", 4, 3, 5),
        ("PAPI", "2024", 16, 2, 3),
        ("SIPAS", "2023", 38, 1, 3),
        ("ICT", "2022", 5, 1, 2),
        ("DTI", "2023", 9, 4, 4),
    ]
    assert (found.at["PCI", "edition_best"], found.at["PCI", "place_best"]) == ("2022", 2)
    assert bool(found.at["PAPI", "computed"])
    # Within one method: PAPI and ICT as a whole, SIPAS and PCI only up to and from the break of 2022.
    assert found[["comparable", "change", "change_edition"]].loc[["PAPI", "ICT"]].values.tolist() == [
        [True, -12, "2024"],
        [True, 23, "2022"],
    ]
    columns = ["comparable", "change", "change_edition", "later_change", "later_since", "break_edition"]
    assert found[columns].loc[["SIPAS", "PCI"]].values.tolist() == [
        [False, 6, "2020", 6, "2022", "2022"],
        [False, 9, "2021", -2, "2022", "2022"],
    ]


def test_every_place_is_that_of_the_rank_history(answers, histories):
    compared = 0
    for province, answer in answers.items():
        for row in records(answer.editions, ["index", *HISTORY]):
            other = histories[row["index"], province][row["edition"]]
            same = ["place", "computed", "segment"] + ["n_ranked"] * (row["place"] is not None)
            assert [row[name] for name in same] == [other[name] for name in same]
            compared += row["place"] is not None
    assert compared == 1120


def test_every_change_is_one_of_the_same_method_and_adds_up(answers, histories):
    changes = 0
    for province, answer in answers.items():
        for row in records(answer.indices, list(answer.indices.columns)):
            history = histories[row["index"], province]
            pairs = [
                (row["change"], row["edition_before"], row["change_edition"]),
                (row["later_change"], row["later_since"], row["edition"]),
            ]
            for change, since, until in pairs:
                if change is None:
                    continue
                changes += 1
                assert change == history[since]["place"] - history[until]["place"]
                assert history[since]["segment"] == history[until]["segment"]
            assert 0 <= row["n_met"] <= row["n_known"] <= row["n_editions"] <= 5
            if row["place"] is not None:
                assert row["place_best"] <= row["place"]
                assert (row["status"] == "met") == (row["place"] <= 15)
            if row["comparable"]:
                assert row["change_edition"] == row["edition"]
    assert changes == 266


def test_counts_against_a_looser_target_never_fall(tidy, known, answers):
    wider = before_after(tidy, known, FOCAL, 30).indices["n_met"]
    assert (wider >= answers[FOCAL].indices["n_met"]).all()
    assert wider.tolist() == [4, 4, 3, 1, 2, 4]


def test_events_are_those_of_the_file_but_for_the_merger(known: Catalogue):
    written = read(DATA / "catalogue" / "events.csv")
    found = events(known)
    assert sorted(found["title_vi"]) == sorted(written.loc[written["kind"] != "merger", "title_vi"])
    assert found["owner_en"].notna().all()
    assert found["due"].dropna().tolist() == sorted(written.loc[written["due"] != "", "due"])


def test_targets_of_bac_giang(tidy, known):
    found = assigned(tidy, known, FOCAL)
    standing = found[found["issued_on"] == "2020-07-01"]
    assert standing.groupby("outcome").size().to_dict() == {"met": 15, "missed": 6, "unknown": 7}
    later = found[found["issued_on"] == "2024"]
    columns = ["index", "kind", "value", "outcome", "distance"]
    assert records(later, columns) == [
        dict(zip(columns, row, strict=True))
        for row in (
            ("PAR", "rank", "10", "unknown", None),
            ("SIPAS", "rank", "20", "unknown", None),
            ("SIPAS", "score", "90", "unknown", None),
            ("PAPI", "group", "highest", "missed", 1.0),
        )
    ]
    papi = later.iloc[-1]
    # 15 of 61 provinces were printed in the highest group of 2024.
    assert (papi["place"], papi["computed"], papi["n_highest_most"], papi["group"]) == (
        16,
        True,
        15,
        "upper_middle",
    )


def test_each_target_is_met_where_its_place_says_so(tidy, known):
    for row in records(assigned(tidy, known, FOCAL), ["kind", "value", "place", "outcome", "distance"]):
        if row["kind"] == "rank" and row["place"] is not None:
            assert row["distance"] == row["place"] - int(row["value"])
            assert (row["outcome"] == "met") == (row["place"] <= int(row["value"]))
        elif row["place"] is None:
            assert row["outcome"] == "unknown"


def test_groups_by_place_agree_with_every_printed_one(tidy, known):
    noted = tidy[(tidy["index"] == "PAPI") & tidy["note"].str.contains("group: ", na=False)]
    placed = places(tidy, known, "PAPI").set_index(["edition", "province"])
    agreed = at_edge = 0
    for row in records(noted, ["edition", "province", "note"]):
        here = placed.loc[(row["edition"], row["province"])]
        spec = known.edition("PAPI", row["edition"])
        ends = group_ends(int(here["n_ranked"]), printed_sizes(spec.note))
        group = group_of(int(here["rank_computed"]), ends)
        if group is None:
            at_edge += 1
        else:
            assert group == printed_group(row["note"]), row
            agreed += 1
    assert (agreed, at_edge) == (29, 1)


def test_printed_sizes_fill_the_field(known):
    sizes = {
        spec.edition: (printed_sizes(spec.note), spec.n_ranked)
        for spec in known.editions_of("PAPI")
        if printed_sizes(spec.note)
    }
    assert sorted(sizes) == ["2019", "2020", "2023", "2024"]
    for printed, n in sizes.values():
        assert sum(printed) == n and len(printed) == len(GROUPS)


def test_bridges_of_every_merged_province(tidy, known):
    found = {
        (index, spec.predecessors[-1]): bridge(rows, known, index, spec.predecessors[-1], 15)
        for index, rows in tidy.groupby("index")
        for spec in known.provinces.frame(34)
    }
    alone = {province for (_, province), one in found.items() if isinstance(one, Refusal)}
    merged = {province for (_, province), one in found.items() if isinstance(one, Bridge)}
    assert len(alone - merged) == 11 and len(merged) == 23
    assert {one.code for (_, name), one in found.items() if name in alone - merged} == {"not_merged"}
    for (_, province), one in found.items():
        if isinstance(one, Refusal):
            continue
        assert one.predecessors[0] == province
        assert set(one.predecessors) == set(known.provinces.predecessors(one.successor))
        assert 2 <= len(one.predecessors) <= 3
        assert set(one.before["frame"]) <= {63} and set(one.after["frame"]) <= {34}
        assert not set(one.before["edition"]) & set(one.after["edition"])
        assert (one.before["place"].dropna() <= 64).all() and (one.after["place"].dropna() <= 34).all()
        assert set(one.targets["proportional"].dropna()) <= {8, 5, 11}


def test_the_bridge_of_bac_giang(tidy, known):
    pci = bridge(tidy, known, "PCI", FOCAL, 15)
    assert isinstance(pci, Bridge)
    assert (pci.successor, pci.predecessors) == ("Bắc Ninh", ("Bắc Giang", "Bắc Ninh"))
    assert pci.merged_on.isoformat() == "2025-07-01"
    last = pci.before.dropna(subset=["place"]).groupby("province")[["year", "place"]].last()
    assert last.to_dict("index") == {
        "Bắc Giang": {"year": 2024, "place": 4},
        "Bắc Ninh": {"year": 2022, "place": 7},
    }
    assert pci.after[["edition", "n_places"]].values.tolist() == [["2025", 0]]
    par = bridge(tidy, known, "PAR", FOCAL, 15)
    assert isinstance(par, Bridge)
    stated = ["value", "n_reference", "proportional", "n_proportional"]
    assert par.targets[stated].values.tolist() == [[15, 63, 8, 34], [15, 63, 8, 34], [10, 63, 5, 34]]


def test_dti_2024_was_ranked_twice_and_stays_apart(tidy, known):
    one = bridge(tidy, known, "DTI", "Hải Dương", 15)
    assert isinstance(one, Bridge)
    assert one.after[["edition", "year", "place", "n_ranked"]].values.tolist() == [["2024-34", 2024, 3, 34]]
    assert "2024" in set(one.before["edition"])
    # Hải Phòng names a province of either field.
    assert set(one.before["province"]) == {"Hải Dương", "Hải Phòng"}
    assert set(one.after["province"]) == {"Hải Phòng"}
