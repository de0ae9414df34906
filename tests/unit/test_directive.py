"""The order and what followed: before and since, targets of documents, tasks; on tables to check by head."""

from datetime import date

import pytest

from indices.analysis.assigned import assigned, group_ends, group_of, printed_group, printed_sizes
from indices.analysis.directive import before_after, events, order, ordered_rank
from indices.analysis.province_places import province_places
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, EventSpec, TargetSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

DAY = date(2020, 7, 1)
# 2021 has no row of A; a new method from 2022; 2023 has scores of all five, and no ranks.
TABLE = """
edition province score rank
2017    A        -     4
2019    A        -     3
2020    A        -     5
2022    A        -     1
2023    A        60    -
2023    B        90    -
2023    C        80    -
2023    D        60    -
2023    E        50    -
2024-34 A        -     2
"""
EDITIONS = [
    edition("2017", status="partial"),
    edition("2018", status="not held"),
    edition("2019", status="partial"),
    edition("2020", status="partial"),
    edition("2021", status="partial"),
    edition("2022", status="partial"),
    edition("2023"),
    edition("2024-34", 34, frame=34, status="partial"),
]


def meeting(day: date = DAY, kind: str = "meeting", due: str = "", title: str = "t") -> EventSpec:
    return EventSpec(day, kind, ("X",), title, title, "Sở", "Department", due, "s")


def target(kind="rank", value="2", first=2020, last=None, issued="2020-07-01", n=5, document="d"):
    return TargetSpec("X", first, last, kind, value, n, document, issued, "s")


def catalogue(breaks=(2022,), **more):
    given = {"events": (meeting(),), "targets": (target(),), **more}
    return small_catalogue(
        more.pop("editions", EDITIONS), breaks, **{k: v for k, v in given.items() if k != "editions"}
    )


def answer(province="A", target_rank=2, text=TABLE, **more):
    return before_after(figures(text), catalogue(**more), province, target_rank)


def test_the_order_is_the_event_on_whose_day_a_rank_was_set():
    later = meeting(date(2021, 1, 1))
    known = catalogue(events=(later, meeting(), meeting(date(2020, 6, 1))))
    assert order(known) == meeting()
    assert ordered_rank(known) == 2
    assert ordered_rank(catalogue(targets=(target(), target(value="3")))) is None
    assert order(catalogue(targets=(target("score", "90"),))) is None
    assert ordered_rank(catalogue(events=())) is None


def test_before_and_newest_with_the_places_between():
    found = answer()
    assert (found.province, found.target_rank, found.since) == ("A", 2, DAY)
    assert values(found.editions, "edition", "before", "place", "computed", "segment", "comparable") == [
        ("2019", True, 3, False, 0, False),
        ("2020", False, 5, False, 0, False),
        ("2021", False, None, False, 0, False),
        ("2022", False, 1, False, 1, True),
        ("2023", False, 3, True, 1, True),  # 60 shares the 3rd place with D
    ]
    columns = ("edition_before", "place_before", "edition", "place", "computed", "status")
    assert values(found.indices, *columns) == [("2019", 3, "2023", 3, True, "near")]
    assert values(found.indices, "edition_best", "place_best") == [("2022", 1)]
    assert values(found.indices, "n_met", "n_known", "n_editions") == [(1, 3, 4)]


def test_changes_stay_within_one_method():
    columns = ("comparable", "break_edition", "change", "change_edition", "later_change", "later_since")
    assert values(answer().indices, *columns) == [(False, "2022", -2, "2020", -2, "2022")]
    one_method = values(answer(breaks=()).indices, *columns)
    assert one_method == [(True, None, 0, "2023", None, None)]
    at_once = values(answer(breaks=(2020, 2023)).indices, *columns)
    assert at_once == [(False, "2023", None, None, None, None)]


def test_without_an_edition_before_nothing_is_compared_with_it():
    text = "\n".join(line for line in TABLE.splitlines() if not line.startswith(("2017", "2019")))
    columns = ("edition_before", "comparable", "break_edition", "change", "later_change", "later_since")
    assert values(answer(text=text).indices, *columns) == [(None, None, "2022", None, -2, "2022")]


def test_without_an_edition_since_only_the_one_before_is_told():
    text = "edition province score rank\n2019 A - 3\n2020 B - 1"
    found = answer(text=text)
    assert values(found.indices, "place_before", "edition", "status", "n_known", "comparable") == [
        (3, None, "unknown", 0, None)
    ]
    assert values(found.editions, "edition", "comparable")[0] == ("2019", None)


def test_an_edition_announced_before_the_day_is_of_before():
    early = edition("2020", status="partial")
    early = early.__class__(
        **{**{n: getattr(early, n) for n in early.__slots__}, "announced_on": "2020-06-30"}
    )
    given = [early if spec.edition == "2020" else spec for spec in EDITIONS]
    assert values(answer(editions=given).indices, "edition_before", "place_before") == [("2020", 5)]
    late = early.__class__(
        **{**{n: getattr(early, n) for n in early.__slots__}, "announced_on": "2020-07-01"}
    )
    given = [late if spec.edition == "2020" else spec for spec in EDITIONS]
    assert values(answer(editions=given).indices, "edition_before") == [("2019",)]


def test_another_day_is_another_before():
    found = before_after(figures(TABLE), catalogue(), "A", 2, since=date(2023, 1, 1))
    assert values(found.indices, "edition_before", "place_before", "change") == [("2022", 1, -2)]


def test_refusals_of_before_and_since():
    assert answer(events=()) == Refusal("no_order")
    assert answer("Z") == Refusal("no_places_since", {"province": "Z", "year": 2020})


def test_figures_are_not_changed():
    table = figures(TABLE)
    copy = table.copy(deep=True)
    before_after(table, catalogue(), "A", 2)
    assigned(table, catalogue(), FOCAL_PROVINCE)
    assert table.equals(copy)


def test_places_of_provinces_in_either_frame():
    old = province_places(figures(TABLE), catalogue(), ["X"], ["A", "D"])["X"]
    assert [row["edition"] for row in old["A"]] == ["2017", "2018", "2019", "2020", "2021", "2022", "2023"]
    assert [(row["place"], row["computed"], row["n_places"]) for row in old["D"]][-2:] == [
        (None, False, 1),
        (3, True, 5),
    ]
    assert [row["held"] for row in old["A"]][:3] == [True, False, True]
    new = province_places(figures(TABLE), catalogue(), ["X"], ["A"], frame=34)["X"]
    assert [(row["edition"], row["place"], row["n_ranked"]) for row in new["A"]] == [("2024-34", 2, 34)]


def test_events_come_by_their_due_date_and_the_merger_is_no_task():
    given = (
        meeting(title="conference"),
        meeting(date(2020, 7, 15), "task", "2020-08-30", "late"),
        meeting(date(2020, 7, 20), "task", "2020-07-30", "early"),
        meeting(date(2025, 7, 1), "merger"),
    )
    assert values(events(catalogue(events=given)), "title_vi", "kind", "date", "due", "indices") == [
        ("conference", "meeting", "2020-07-01", None, "X"),
        ("early", "task", "2020-07-20", "2020-07-30", "X"),
        ("late", "task", "2020-07-15", "2020-08-30", "X"),
    ]


def focal(*targets, text=TABLE, **more):
    table = figures(text)
    table["province"] = table["province"].replace("A", FOCAL_PROVINCE)
    return assigned(table, catalogue(targets=targets, **more), FOCAL_PROVINCE)


def test_a_rank_against_every_edition_it_holds_for():
    rows = focal(target(), target(value="3", first=2022, last=2022, n=5, document="e"))
    columns = ("document_vi", "edition", "place", "computed", "outcome", "distance")
    assert values(rows, *columns) == [
        ("d", "2020", 5, False, "missed", 3.0),
        ("d", "2021", None, False, "unknown", None),
        ("d", "2022", 1, False, "met", -1.0),
        ("d", "2023", 3, True, "missed", 1.0),
        ("e", "2022", 1, False, "met", -2.0),
    ]


def test_a_score_is_met_at_its_value():
    rows = focal(target("score", "60", 2022), target("score", "60.5", 2023))
    assert values(rows, "edition", "value", "score", "outcome", "distance") == [
        ("2022", "60", None, "unknown", None),
        ("2023", "60", 60.0, "met", 0.0),
        ("2023", "60.5", 60.0, "missed", 0.5),
    ]


def test_a_group_is_printed_or_follows_from_the_sizes_or_stays_open():
    columns = ("group", "group_computed", "n_highest_least", "n_highest_most", "outcome", "distance")
    # A quarter of five provinces ends after the 1st or the 2nd, the second one after the 2nd or 3rd.
    assert values(focal(target("group", "highest", 2023)), *columns) == [(None, None, 1, 2, "unknown", None)]
    sized = edition("2023")
    sized = sized.__class__(
        **{**{n: getattr(sized, n) for n in sized.__slots__}, "note": "x; groups of 2, 1, 1, 1"}
    )
    given = [sized if spec.edition == "2023" else spec for spec in EDITIONS]
    assert values(focal(target("group", "highest", 2023), editions=given), *columns) == [
        ("upper_middle", True, 2, 2, "missed", 1.0)
    ]
    table = figures(TABLE)
    table["province"] = table["province"].replace("A", FOCAL_PROVINCE)
    mine = (table["province"] == FOCAL_PROVINCE) & (table["edition"] == "2023")
    table.loc[mine, "note"] = "rank: x; group: High (y)"
    known = catalogue(targets=(target("group", "highest", 2023),))
    assert values(assigned(table, known, FOCAL_PROVINCE), "group", "group_computed", "outcome") == [
        ("highest", False, "met")
    ]


def test_targets_are_the_focal_provinces():
    refused = assigned(figures(TABLE), catalogue(), "A")
    assert refused == Refusal("targets_of_another", {"province": FOCAL_PROVINCE})


@pytest.mark.parametrize(
    ("n", "sizes", "place", "group"),
    [
        (61, None, 15, "highest"),
        (61, None, 16, None),
        (61, None, 17, "upper_middle"),
        (61, None, 31, None),
        (61, None, 46, None),
        (61, None, 61, "lowest"),
        (61, (15, 15, 15, 16), 16, "upper_middle"),
        (61, (15, 15, 15, 16), 46, "lowest"),
        (63, (16, 16, 15, 16), 16, "highest"),
        (63, (15, 15, 15, 16), 16, None),  # sizes of another field say nothing
        (60, None, 15, "highest"),
        (60, None, 16, "upper_middle"),
    ],
)
def test_groups_by_place(n, sizes, place, group):
    assert group_of(place, group_ends(n, sizes)) == group


def test_groups_in_notes():
    assert printed_group("rank: a; group: Mid-high (b)") == "upper_middle"
    assert printed_group("group only") is None
    assert printed_group(None) is None
    assert printed_sizes("no figures for A; groups of 15, 15, 15, 16") == (15, 15, 15, 16)
    assert printed_sizes("") is None
