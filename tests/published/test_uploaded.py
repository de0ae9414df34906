"""The files of data/published brought in at the upload desk: what its rules say of real figures.

A rule that asks for a yes is only as good as its silence about figures that are right. Every warning
that the real data raise is listed here with what is known of it.
"""

from collections import Counter
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest

from indices.catalogue import MERGER_FRAME, Catalogue, load_catalogue
from indices.intake import Answers, Intake, take_in
from indices.loaders.published import published_files, read_published
from indices.tidy import OVERALL
from indices.validation.held import JUMP_PLACES, JUMP_SCALE, JUMP_SPREADS, SAME_LEAST
from tests.published.conftest import DATA

FILES = published_files(DATA / "published")
EDITIONS = [(path.parent.name.upper(), path.stem) for path in FILES]
WARNINGS = {
    # Its own weights reproduce one total of 63: the workbook's sub-indices are of another computation.
    ("PCI", "2011"): {("totals_differ", None, "62.22")},
    # 54th to 5th: published so.
    ("PCI", "2012"): {("unlikely_move", "Vĩnh Long", "5")},
    # One of the ten printed sub-indices must be misprinted.
    ("PCI", "2023"): {("weights_differ", None, "66.79")},
    # 50th to 4th: published so.
    ("PAPI", "2020"): {("unlikely_move", "Bắc Ninh", "4")},
    # 73.42 worked out from a stated change, below provinces of lower rank.
    ("PAR", "2016"): {("rank_score_disagree", None, "26")},
    # Cà Mau's 86.89 is printed as 32nd and below the 33rd; Hòa Bình's printed parts make 87.89.
    ("PAR", "2023"): {("rank_score_disagree", None, "32"), ("sum_differs", None, "86.89")},
}


@cache
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@cache
def tables() -> dict[tuple[str, str], pd.DataFrame]:
    found = {}
    for path, key in zip(FILES, EDITIONS, strict=True):
        table, problems = read_published(path, catalogue())
        assert problems == []
        found[key] = table
    return found


@cache
def taken(key: tuple[str, str]) -> Intake:
    """A file brought in when every other index and its own earlier editions are held."""
    index, edition = key
    held = [table for (i, e), table in tables().items() if i != index or e < edition]
    path = FILES[EDITIONS.index(key)]
    answers = Answers(index=index, edition=edition)
    return take_in(path.name, path.read_bytes(), catalogue(), answers, pd.concat(held, ignore_index=True))


@pytest.mark.parametrize("key", EDITIONS, ids=["-".join(key) for key in EDITIONS])
def test_a_bundled_file_is_read_as_it_is_held(key: tuple[str, str]):
    intake = taken(key)
    assert [(p.code, p.cell, p.value) for p in intake.report.errors] == []
    order = ["province", "component"]
    # How many were ranked is filled in from the catalogue where the file is silent.
    columns = [name for name in tables()[key].columns if name != "n_ranked"]
    found = intake.tables[key].sort_values(order)[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, tables()[key].sort_values(order)[columns].reset_index(drop=True))


@pytest.mark.parametrize("key", EDITIONS, ids=["-".join(key) for key in EDITIONS])
def test_the_warnings_that_real_figures_raise(key: tuple[str, str]):
    found = {
        (p.code, p.slots.get("province"), p.value)
        for p in taken(key).report.warnings
        if p.code != "province_absent"
    }
    assert found == WARNINGS.get(key, set())


def test_how_many_warnings_real_figures_raise():
    counts = Counter(p.code for key in EDITIONS for p in taken(key).report.warnings)
    absent = counts.pop("province_absent")
    assert counts == {
        "unlikely_move": 2,
        "rank_score_disagree": 2,
        "totals_differ": 1,
        "weights_differ": 1,
        "sum_differs": 1,
    }
    assert len(EDITIONS) == 73
    assert absent == 1_813


def test_absent_provinces_are_those_without_a_row():
    """PAPI 2014 has rows for Bắc Giang and Quảng Ninh that say why there is no figure: none is absent."""
    for key, n_absent in ((("PAPI", "2014"), 0), (("DTI", "2020"), 44), (("PCI", "2024"), 44)):
        absent = {p.value for p in taken(key).report.problems if p.code == "province_absent"}
        rows = tables()[key]
        assert len(absent) == n_absent
        assert not absent & set(rows.loc[rows["component"] == OVERALL, "province"])


def changes(field: str) -> dict[tuple[str, str], pd.Series]:
    """Changes of the whole index since the comparable edition before, by index and edition."""
    known, found = catalogue(), {}
    for index in known.indices:
        for merged in (False, True):
            specs = [
                spec
                for spec in known.editions_of(index)
                if (index, spec.edition) in tables() and (spec.frame == MERGER_FRAME) == merged
            ]
            for one, other in pairwise(specs):
                if any(one.year < cut.edition <= other.year for cut in known.breaks_of(index)):
                    continue
                before, after = (
                    tables()[index, spec.edition]
                    .query("component == @OVERALL")
                    .set_index("province")[field]
                    .astype("float64")
                    for spec in (one, other)
                )
                found[index, other.edition] = (after - before).dropna()
    return found


def test_what_the_rule_of_45_places_rests_on():
    moves = pd.concat(list(changes("rank").values())).abs()
    assert JUMP_PLACES == 45
    assert len(moves) == 843
    assert sorted(moves[moves > 40]) == [45, 46, 49]


def test_what_the_rule_of_8_spreads_rests_on():
    """No bundled score is further from the middle change than 8 spreads and a tenth of the scale."""
    compared = {key: change for key, change in changes("score").items() if len(change) >= SAME_LEAST}
    assert len(compared) == 28
    assert (JUMP_SPREADS, JUMP_SCALE) == (8, 0.1)
    furthest = {}
    for (index, edition), change in compared.items():
        distance = (change - change.median()).abs()
        spreads = float(distance.max() / (1.4826 * distance.median()))
        scale = catalogue().scale_max(index, OVERALL, int(edition[:4]))
        assert spreads <= JUMP_SPREADS or distance.max() <= JUMP_SCALE * scale
        if spreads > 6:
            furthest[index, edition, distance.idxmax()] = round(spreads, 1), round(distance.max(), 1)
    assert furthest == {
        ("PCI", "2020", "Bình Dương"): (6.9, 4.2),
        ("PAPI", "2024", "Tây Ninh"): (6.9, 7.5),
        ("PAR", "2023", "Phú Yên"): (8.9, 7.1),
    }
