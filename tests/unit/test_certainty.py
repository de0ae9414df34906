"""How sure a rank is, on fields of five that can be checked by head, and by plain loops over the draws."""

import csv
import shutil

import numpy as np
import pytest

from indices.analysis.certainty import (
    CERTAINTY_DTYPES,
    Certainty,
    certainty,
    certainty_field,
    last_certainty,
    nearest_to_target,
    seed_of,
)
from indices.analysis.refusal import Refusal
from indices.catalogue import ComponentSpec, MethodSpec, StandardErrorSpec, WeightSpec, load_catalogue
from tests.unit.conftest import DATA, edition, figures, small_catalogue, values

# 2020 has errors of its own (none for E), 2021 none, 2022 is after a break, 2023 lacks a province.
TABLE = """
edition province score rank
2020    A        90    -
2020    B        70.2  -
2020    C        70.1  -
2020    D        60    -
2020    E        40    -
2021    A        90    1
2021    B        70.1  3
2021    C        70.1  2
2021    D        60    4
2021    E        40    5
2022    A        90    -
2022    B        80    -
2022    C        70    -
2022    D        60    -
2022    E        40    -
2023    A        90    1
2023    B        80    2
"""
ERRORS = {"A": 1.0, "B": 2.0, "C": 1.0, "D": 1.0}
SEED = 5


def catalogue(errors=ERRORS, frame=63, **more):
    return small_catalogue(
        [edition(year, frame=frame) for year in ("2020", "2021", "2022", "2023")],
        breaks=(2022,),
        errors=tuple(StandardErrorSpec("X", "2020", name, se, "s") for name, se in errors.items()),
        **more,
    )


def of(province="B", year="2020", target=2, known=None, **more):
    return certainty(figures(TABLE), known or catalogue(), "X", year, province, target, **more)


def row(answer):
    assert isinstance(answer, Certainty)
    return answer.first


def by_loops(province, year="2020", target=2, errors=ERRORS, seed=SEED, draws=2000):
    """The share of draws within the target: every score moved by its error, provinces counted one by one."""
    scores = {"A": 90, "B": 70.2, "C": 70.1, "D": 60, "E": 40} if year == "2020" else {}
    middle = sorted(errors.values())
    middle = (middle[(len(middle) - 1) // 2] + middle[len(middle) // 2]) / 2
    normals = np.random.default_rng((seed, 0)).standard_normal((draws, 5))
    within = 0
    for normal in normals:
        drawn = {
            name: scores[name] + errors.get(name, middle) * normal[at] for at, name in enumerate("ABCDE")
        }
        within += 1 + sum(value > drawn[province] for value in drawn.values()) <= target
    return within / draws


def test_the_row_of_published_errors():
    found = row(of(basis="sampling"))
    assert {name: found[name] for name in ("basis", "place", "computed", "rank_computed")} == {
        "basis": "sampling",
        "place": 2,
        "computed": True,
        "rank_computed": 2,
    }
    # B and C differ by 0.1 point of an error of √5: either may be ahead; A, D and E are far away.
    assert (found["rank_low"], found["rank_high"], found["extended"]) == (2, 3, False)
    assert (found["n_above"], found["n_below"]) == (1, 2)
    assert found["chance"] == pytest.approx(0.52, abs=0.03)
    assert found["word"] == "on_the_line"
    assert (found["score"], found["se"], found["se_assumed"]) == (70.2, 2.0, False)
    assert (found["n_provinces"], found["draws"], found["errors_edition"]) == (5, 2000, "2020")


@pytest.mark.parametrize("province", "ABCDE")
@pytest.mark.parametrize("target", [1, 2, 3, 4])
def test_the_chance_is_the_share_of_draws(province, target):
    found = row(of(province, target=target, basis="sampling", seed=SEED))
    assert found["chance"] == by_loops(province, target=target)


def test_a_province_without_an_error_gets_the_middle_one_and_says_so():
    found = row(of("E", basis="sampling"))
    assert (found["se"], found["se_assumed"], found["n_assumed"]) == (1.0, True, 1)
    assert row(of("B", basis="sampling"))["n_assumed"] == 1


def test_errors_of_fewer_than_half_the_provinces_are_no_basis():
    known = catalogue({"A": 1.0, "B": 2.0})
    assert of(known=known, basis="sampling") == Refusal(
        "certainty_no_errors", {"index": "X", "edition": "2020"}
    )


def test_an_edition_without_errors_borrows_those_of_the_nearest_under_the_same_method():
    answer = of(year="2021")
    assert values(answer.bases, "basis", "errors_edition", "decimals") == [
        ("sampling_earlier", "2020", None),
        ("rounding", None, 1),
    ]
    # 2022 stands after a break: nothing to borrow.
    assert values(of(year="2022").bases, "basis") == [("rounding",)]
    # An edition with errors of its own borrows none.
    assert of(basis="sampling_earlier").code == "certainty_no_errors"


def test_a_later_edition_lends_where_there_is_no_earlier_one():
    errors = tuple(StandardErrorSpec("X", "2021", name, 1.0, "s") for name in "ABCDE")
    known = small_catalogue([edition("2020"), edition("2021")], errors=errors)
    assert row(of(known=known))["errors_edition"] == "2021"
    assert row(of(known=known))["basis"] == "sampling_earlier"


def test_a_published_rank_is_the_place_and_the_interval_holds_the_computed_one():
    found = row(of("B", "2021", basis="rounding"))
    assert (found["place"], found["computed"], found["rank_computed"]) == (3, False, 2)
    assert (found["rank_low"], found["rank_high"], found["chance"], found["draws"]) == (2, 3, 0.5, 0)
    assert row(of("A", "2021", basis="rounding"))["chance"] == 1


PARTS = {"A": (9.0, 2.0), "B": (6.0, 6.0), "C": (5.0, 7.4), "D": (4.0, 4.0), "E": (1.0, 3.0)}


def weighted(parts=PARTS, totals=None):
    """Two parts of weight 60 and 40; totals by the formula unless given."""
    lines = ["edition province component score"]
    for name, (land, law) in parts.items():
        total = (totals or {}).get(name, 6 * land + 4 * law)
        lines += [f"2020 {name} overall {total}", f"2020 {name} land {land}", f"2020 {name} law {law}"]
    known = small_catalogue(
        [edition("2020")],
        methods=(MethodSpec("X", 2019, None, "weighted_mean_x10", 100, "exact", ""),),
        components=tuple(
            ComponentSpec("X", code, "overall", "main", None, None, code, code, 10, "")
            for code in ("land", "law")
        ),
        weights=(WeightSpec("X", "land", 2019, None, 60), WeightSpec("X", "law", 2019, None, 40)),
    )
    return figures("\n".join(lines)), known


def trials(draws=2000):
    """Totals under each pair of changed weights, province by province, by plain arithmetic."""
    for land, law in np.random.default_rng((SEED, 2)).uniform(0.75, 1.25, (draws, 2)):
        first, second = 6 * land, 4 * law
        scale = 10 / (first + second)
        yield {name: scale * (first * a + second * b) for name, (a, b) in PARTS.items()}


@pytest.mark.parametrize("province", "ABCDE")
def test_trials_of_the_weights_are_those_of_plain_loops(province):
    table, known = weighted()
    found = row(certainty(table, known, "X", "2020", province, 1, "weights", seed=SEED))
    places = sorted(1 + sum(v > totals[province] for v in totals.values()) for totals in trials())
    assert found["chance"] == places.count(1) / 2000
    assert found["rank_low"] == min(places[99], found["rank_computed"])
    assert found["rank_high"] == max(places[1899], found["rank_computed"])
    assert found["se"] is None and found["n_above"] is None


def test_trials_move_provinces_of_unlike_profile_and_no_others():
    table, known = weighted()
    field = certainty_field(table, known, "X", "2020", 1, "weights", seed=SEED)
    # With a share a of the first weight: A 20 + 70 a, B always 60, C 74 - 24 a. Around a = 0.6 A is
    # first or third, B is second, and third between 0.571 and 0.583, where both others have over 60.
    assert values(field, "province", "place", "rank_low", "rank_high") == [
        ("A", 1, 1, 3),
        ("B", 2, 2, 3),
        ("C", 3, 1, 3),
        ("D", 4, 4, 4),
        ("E", 5, 5, 5),
    ]


def test_an_interval_of_trials_is_widened_to_hold_the_computed_place_and_says_so():
    """A is over B's 60 from a = 0.599 on, C up to 0.601: B is third at 0.6, in nearly every trial second."""
    parts = {"A": (9.0, 1.5187), "B": (6.0, 6.0), "C": (5.0, 7.5063), "D": (4.0, 4.0), "E": (1.0, 3.0)}
    found = row(certainty(*weighted(parts), "X", "2020", "B", 2, "weights"))
    assert (found["rank_low"], found["rank_computed"], found["rank_high"]) == (2, 3, 3)
    assert found["extended"]
    assert found["chance"] > 0.95
    assert not row(certainty(*weighted(), "X", "2020", "B", 2, "weights"))["extended"]


def test_totals_that_the_weights_do_not_give_are_no_basis():
    table, known = weighted(totals={"B": 62.0})
    found = certainty(table, known, "X", "2020", "A", 1, "weights")
    assert (found.code, found.slots["points"]) == ("not_reproduced", pytest.approx(2))


def test_weights_need_every_part_of_every_province():
    table, known = weighted()
    partial = table[~((table["province"] == "E") & (table["component"] == "law"))]
    assert certainty(partial, known, "X", "2020", "A", 1, "weights").code == "certainty_no_weights"
    assert of(basis="weights").code == "certainty_no_weights"


def test_refusals_name_what_is_missing():
    slots = {"index": "X", "edition": "2020"}
    assert of("Z") == Refusal("no_total", slots)
    assert of(year="2019") == Refusal("no_total", slots | {"edition": "2019"})
    assert of(year="2023") == Refusal("certainty_no_field", slots | {"edition": "2023", "held": 2, "n": 5})
    assert of(target=5) == Refusal("certainty_no_line", slots | {"n": 5, "target": 5})
    assert of(known=catalogue(frame=34)) == Refusal("certainty_merged", slots | {"n": 34})
    for basis in ("sampling", "rounding"):
        found = certainty_field(figures(TABLE), catalogue(), "X", "2023", 2, basis)
        assert found.code == "certainty_no_field"


def test_the_field_is_the_rows_of_its_provinces_best_first():
    field = certainty_field(figures(TABLE), catalogue(), "X", "2020", 2, "sampling", seed=SEED)
    assert list(field.columns) == list(CERTAINTY_DTYPES)
    assert [one for (one,) in values(field, "province")] == list("ABCDE")
    for name, chance in values(field, "province", "chance"):
        assert chance == row(of(name, basis="sampling", seed=SEED))["chance"]
    assert sum(chance for (chance,) in values(field, "chance")) == pytest.approx(2)


def test_the_nearest_to_the_line_and_the_province_itself():
    field = certainty_field(figures(TABLE), catalogue(), "X", "2020", 2, "sampling")
    assert values(nearest_to_target(field, "E", 2, most=2), "province") == [("B",), ("C",), ("E",)]
    assert values(nearest_to_target(field, "B", 2, most=2), "province") == [("B",), ("C",)]


def test_the_last_edition_with_more_than_rounding():
    assert last_certainty(figures(TABLE), catalogue(), "X", "B", 2).edition == "2021"
    assert last_certainty(figures(TABLE), catalogue({}), "X", "B", 2) is None


def test_the_same_figures_give_the_same_answer_in_any_order_and_stay_as_they_are():
    table = figures(TABLE)
    before = table.copy()
    one = certainty(table, catalogue(), "X", "2020", "B", 2).bases
    other = certainty(table.iloc[::-1].reset_index(drop=True), catalogue(), "X", "2020", "B", 2).bases
    assert one.equals(other)
    assert table.equals(before)
    assert seed_of("PAPI", "2024") == 161644482


def errors_read(tmp_path, edit):
    """The bundled catalogue with its file of standard errors edited line by line."""
    for name in ("catalogue", "uncertainty"):
        shutil.copytree(DATA / name, tmp_path / name)
    file = tmp_path / "uncertainty" / "papi.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    edit(rows)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return load_catalogue(tmp_path / "catalogue")


def test_the_bundled_errors_are_in_the_catalogue(bundled):
    assert len(bundled.errors) == 187
    assert {
        year: len(bundled.standard_errors("PAPI", year)) for year in ("2019", "2022", "2023", "2024")
    } == {
        "2019": 63,
        "2022": 58,
        "2023": 61,
        "2024": 0,
    }
    assert bundled.standard_errors("PAPI", "2023")["Bắc Giang"] == 0.1438
    assert bundled.standard_errors("PCI", "2022") == {}


def test_faults_of_the_file_are_named_and_the_rest_is_read(tmp_path):
    def edit(rows):
        rows[1][0], rows[2][2], rows[3][3], rows[4][7] = "PEPI", "Bình Đương", "-0.3", "nobody"
        rows.append(rows[6])
        rows[5][3] = "0,5"

    found = errors_read(tmp_path, edit)
    assert [(p.file, p.row, p.column, p.code) for p in found.problems] == [
        ("uncertainty/papi.csv", 6, "se", "not_a_number"),
        ("uncertainty/papi.csv", 2, "index", "unknown_index"),
        ("uncertainty/papi.csv", 3, "province", "unknown_province_alone"),
        ("uncertainty/papi.csv", 4, "se", "not_allowed"),
        ("uncertainty/papi.csv", 5, "source", "unknown_source"),
        ("uncertainty/papi.csv", 189, "province", "duplicate_key"),
    ]
    assert len(found.errors) == 182
    assert found.standard_errors("PAPI", "2023")["Bắc Giang"] == 0.1438


def test_a_catalogue_without_errors_has_no_fault(tmp_path):
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    found = load_catalogue(tmp_path / "catalogue")
    assert (found.problems, found.errors) == ((), ())
