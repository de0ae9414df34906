"""Scenarios on five provinces: every total and place can be worked out by head."""

from itertools import product

import pytest

from indices.analysis import EditionField, Refusal
from indices.analysis.place_range import PlaceRange, ladder
from indices.analysis.scenario import Scenario, scenario, scenario_editions
from indices.analysis.sipas_share import SipasShare, sipas_share
from indices.catalogue import Catalogue, ComponentSpec, MethodSpec, ScaleSpec
from tests.unit.conftest import edition, figures, small_catalogue, values
from tests.unit.five_provinces import catalogue, part, table


def of(changes, province: str = "D", target_rank: int = 3, year: str = "2021", **more):
    return scenario(table(), catalogue(**more), "X", year, province, changes, target_rank)


def test_no_change_is_the_published_total_and_rank():
    found = of({})
    assert isinstance(found, Scenario)
    assert (found.total_before, found.total_after) == (55, 55)
    assert (found.rank, found.before, found.still.place) == (4, PlaceRange(4, 4), PlaceRange(4, 4))
    assert found.still.reached is False
    assert of({"land": 6.0}).total_after == 55


def test_a_point_is_worth_its_factor():
    found = of({"land": 7})
    assert found.total_after == 62.5
    assert values(found.parts, "component", "before", "after", "change", "factor", "worth") == [
        ("land", 6, 7, 1, 7.5, 7.5),
        ("law", 4, 4, 0, 2.5, 0),
    ]


def test_others_that_stand_still():
    # A 80 and B 70 are above 62.5; C has 60.
    assert of({"land": 7}).still.place == PlaceRange(3, 3)
    assert of({"land": 7}).still.reached is True
    # 6 → 8 makes 70, level with B: both share place 2.
    assert of({"land": 8}).still.place == PlaceRange(2, 2)
    assert of({"land": 5}).still.place == PlaceRange(4, 4)  # 47.5, E has 40
    assert of({"land": 3}).still.place == PlaceRange(5, 5)


def test_others_that_move_as_last_year():
    # A 80 + 2, B 70 + 0, C 60 + 10, E 40 - 1.
    found = of({"land": 7})
    assert (found.moving.place, found.moving.reached) == (PlaceRange(4, 4), False)
    assert (found.moving.since, found.moving.n_moved, found.moving.target_score) == ("2020", 4, 70)
    assert values(found.field, "others", "province", "score") == [
        *[("still", name, score) for name, score in (("A", 80), ("B", 70), ("C", 60), ("E", 40))],
        *[("moving", name, score) for name, score in (("A", 82), ("B", 70), ("C", 70), ("E", 39))],
    ]
    assert of({"land": 8}).moving.place == PlaceRange(2, 2)


def test_the_outcomes_as_a_table():
    names = ("others", "before", "after", "place_low", "place_high", "target_score", "reached", "n_moved")
    assert values(of({"land": 7}).outcomes, *names) == [
        ("still", 55, 62.5, 3, 3, 60, True, 0),
        ("moving", 55, 62.5, 4, 4, 70, False, 4),
    ]


def test_a_second_way_for_every_score():
    """The published totals sorted with the new one among them."""
    for tenths, law in product(range(0, 101, 5), (0, 4, 10)):
        total = 7.5 * tenths / 10 + 2.5 * law
        found = of({"land": tenths / 10, "law": law})
        if total != 55:
            place = sorted([80, 70, 60, 40, total], reverse=True).index(total) + 1
            assert found.still.place == PlaceRange(place, place)
        place = sorted([82, 70, 70, 39, total], reverse=True).index(total) + 1
        assert found.moving.place == PlaceRange(place, place)
        assert found.total_after == pytest.approx(total)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"land": 10.01}, "scenario_outside"),
        ({"land": -0.01}, "scenario_outside"),
        ({"land": float("nan")}, "scenario_outside"),
        ({"labour": 5}, "scenario_unknown_part"),
    ],
)
def test_impossible_changes_are_refused(changes, code):
    found = of(changes)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_a_part_without_a_scale_stands_still():
    parts = (part("land"), part("law", None))
    assert of({"law": 5}, components=parts).code == "scenario_no_scale"
    assert of({"law": 4, "land": 7}, components=parts).total_after == 62.5


@pytest.mark.parametrize(
    ("province", "year", "code"),
    [
        ("A", "2021", "no_parts"),
        ("D", "2020", "no_parts"),
        ("Z", "2021", "no_total"),
        ("D", "2030", "no_edition"),
    ],
)
def test_without_parts_there_is_no_scenario(province, year, code):
    assert of({}, province, year=year).code == code


def test_a_new_method_refuses_the_moving_others_alone():
    found = of({"land": 7}, breaks=(2021,))
    assert found.still.place == PlaceRange(3, 3)
    assert (found.moving.code, dict(found.moving.slots)) == (
        "moving_break",
        {"index": "X", "edition": "2021", "since": 2020},
    )
    assert values(found.outcomes, "others") == [("still",)]


def test_a_partial_year_before_refuses_the_moving_others_alone():
    assert of({}, editions=[edition("2020", 6), edition("2021")]).moving.code == "moving_partial"
    assert of({}, editions=[edition("2021")]).moving.code == "moving_no_edition"


def test_editions_that_have_a_scenario():
    assert scenario_editions(table(), catalogue(), "X", "D") == ("2021",)
    assert scenario_editions(table(), catalogue(), "X", "A") == ()


def test_the_figures_stay_as_they_are():
    rows = table()
    before = rows.copy()
    scenario(rows, catalogue(), "X", "2021", "D", {"land": 7}, 3)
    assert rows.equals(before)


# Eight provinces are ranked. Of P, Q, R, S rank and score are known, of U the score, of three nothing.
RANKS = {"P": 5, "Q": 2, "R": 4, "S": 7}
SCORES = {"P": 50.0, "Q": 70.0, "R": 55.0, "S": 40.0, "U": 60.0}
PARTIAL = EditionField(edition("2021", 8), 8, {"overall": SCORES}, RANKS, {})


@pytest.mark.parametrize(
    ("total", "low", "high"),
    [
        (75, 1, 2),
        (65, 3, 3),  # Q is 2nd; U and R, the 4th, are below: one more is above
        (56, 4, 4),
        (50, 5, 5),
        (45, 5, 6),
        (30, 7, 8),
    ],
)
def test_a_partial_field_gives_a_range(total, low, high):
    assert ladder(PARTIAL, "P").place(total) == PlaceRange(low, high)


def test_the_range_is_what_all_possible_fields_leave():
    """Second way: put the three unknown provinces everywhere and keep what agrees with the ranks."""
    between = (120, 85, 72, 68, 62, 58, 55.5, 53, 45, 41, 30, 5)
    fields = []
    for unknown in product(between, repeat=3):
        scores = [*SCORES.values(), *unknown]
        ranks = {name: 1 + sum(other > SCORES[name] for other in scores) for name in RANKS}
        if ranks == RANKS:
            fields.append([score for name, score in SCORES.items() if name != "P"] + list(unknown))
    # One above Q (3 ways), one between P and S (2), one below S (2), in 6 orders.
    assert len(fields) == 72
    for total in (99, 75, 65, 56, 42, 10):
        places = [1 + sum(other > total for other in others) for others in fields]
        found = ladder(PARTIAL, "P").place(total)
        assert (total, found.low, found.high) == (total, min(places), max(places))


def test_the_score_that_is_sure_to_do():
    assert ladder(PARTIAL, "P").score_for(3) == 60
    assert ladder(PARTIAL, "P").score_for(8) == 0
    assert (
        ladder(EditionField(edition("2021", 8), 8, {"overall": {"P": 50.0}}, {}, {}), "P").score_for(3)
        is None
    )


def test_nothing_known_bounds_nothing():
    alone = EditionField(edition("2021", 8), 8, {"overall": {"P": 50.0}}, {}, {})
    assert ladder(alone, "P").place(60) is None


def test_sources_that_contradict_each_other_leave_both_places_open():
    """R is printed as better than Q with a lower score."""
    field = EditionField(edition("2021", 8), 8, {"overall": SCORES}, {"P": 5, "Q": 4, "R": 2}, {})
    assert ladder(field, "P").place(65) == PlaceRange(1, 5)
    assert ladder(field, "P").place(50) == PlaceRange(5, 5)


SATISFACTION = """
index edition province component    score
SIPAS 2020    A        overall      90
SIPAS 2021    B        overall      80
PAR   2020    A        overall      85
PAR   2020    A        impact_sipas 9.02
PAR   2020    A        appraisal    75.98
PAR   2021    B        overall      70
PAR   2021    B        impact_sipas 8
PAR   2021    B        appraisal    62
PAR   2021    C        overall      71
PAR   2021    C        impact_sipas 8.5
PAR   2021    C        appraisal    62.5
"""


def par_catalogue(breaks=(), maximum: float = 10) -> Catalogue:
    parts = tuple(
        ComponentSpec("PAR", code, "overall", "parts", None, None, code, code, scale, "")
        for code, scale in (("impact_sipas", None), ("appraisal", 90))
    )
    small = small_catalogue([])
    index = small.indices["X"]
    return small_catalogue(
        [
            type(edition("2020"))("PAR", year, 63, 63, "", "", 0, 0, "", "")
            for year in ("2020", "2021", "2022")
        ],
        indices={"PAR": index, "SIPAS": index},
        breaks=tuple(type(one)("PAR", one.edition, *("overall", "", "", "")) for one in breaks),
        components=parts,
        scales=(ScaleSpec("PAR", "impact_sipas", 2020, 2022, maximum),),
        methods=(MethodSpec("PAR", 2020, 2022, "sum", 100, "exact", ""),),
    )


def test_sipas_is_worth_its_share_of_par():
    share = sipas_share(figures(SATISFACTION), par_catalogue(), "2021")
    assert isinstance(share, SipasShare)
    assert (share.maximum, share.worth, share.n) == (10, 0.1, 2)
    assert share.largest_miss == pytest.approx(0.02)


def test_par_follows_sipas():
    def raised(province: str, percent: float):
        changes = {"sipas": percent}
        return scenario(figures(SATISFACTION), par_catalogue(), "PAR", "2021", province, changes, 15)

    # B is held with 80 %: 90 % brings 1 point; C with 8.5 points, which stand for 85 %.
    assert raised("B", 90).total_after == pytest.approx(71)
    assert raised("B", 80).total_after == 70
    assert raised("C", 85).total_after == 71
    assert raised("C", 100).total_after == pytest.approx(72.5)
    assert raised("C", 100.5).code == "scenario_outside"


def test_sipas_and_its_part_cannot_both_be_set():
    changes = {"sipas": 90.0, "impact_sipas": 9.0}
    found = scenario(figures(SATISFACTION), par_catalogue(), "PAR", "2021", "B", changes, 15)
    assert found.code == "sipas_twice"


def test_a_share_that_the_figures_do_not_bear_out_is_refused():
    # 90 % of 11 is 9.9, not 9.02.
    found = sipas_share(figures(SATISFACTION), par_catalogue(maximum=11), "2021")
    assert found.code == "sipas_not_reproduced"
    assert found.slots["points"] == pytest.approx(0.88)


def test_sipas_means_nothing_outside_of_par():
    assert of({"sipas": 90.0}).code == "scenario_unknown_part"
