"""Why a place changed: five provinces, by head and by ranking them anew."""

from itertools import permutations

import pytest

from indices.analysis.compared import compared
from indices.analysis.edition_field import ranks_by_score
from indices.analysis.rank_change import KnownMoves, RankChange, known_moves, rank_change, shares
from indices.analysis.refusal import Refusal
from indices.catalogue import ScaleSpec
from tests.unit.conftest import edition, figures, small_catalogue, values

# 2020: A 9, B 8, C 7, D 6, E 5.  2021: E 10, C 9, D 8, A 7, B 6.
TABLE = """
edition province score
2020    A        9
2020    B        8
2020    C        7
2020    D        6
2020    E        5
2021    A        7
2021    B        6
2021    C        9
2021    D        8
2021    E        10
"""
EDITIONS = [edition("2020"), edition("2021")]


def of(province, table=TABLE, editions=EDITIONS, breaks=(), **more):
    answer = rank_change(figures(table), small_catalogue(editions, breaks, **more), "X", "2021", province)
    assert isinstance(answer, RankChange), answer
    return answer


def refused(table=TABLE, editions=EDITIONS, province="A", since=None, edition="2021", **more):
    answer = rank_change(figures(table), small_catalogue(editions, **more), "X", edition, province, since)
    assert isinstance(answer, Refusal)
    return answer


def steps(answer):
    return dict(values(answer.steps, "step", "places"))


def test_own_and_others_by_head():
    # A 1st → 4th. E rises over A's old 9 by itself: its own doing. C reaches only 9, D only 8, and A's 7
    # alone would have kept both below: half each. B (8) passes the falling A and falls itself: half each.
    answer = of("A")
    assert (answer.gained, answer.comparable) == (-3, True)
    assert steps(answer) == {"own": -1.5, "others": -1.5, "entries": 0, "exits": 0, "rounding": 0}
    assert values(answer.crossings, "province", "kind", "places", "own", "theirs") == [
        ("E", "overtook_us", -1, 0, -1),
        ("C", "overtook_us", -1, -0.5, -0.5),
        ("D", "overtook_us", -1, -0.5, -0.5),
    ]
    assert values(answer.ends, "edition", "place", "score", "computed") == [
        ("2020", 1, 9, True),
        ("2021", 4, 7, True),
    ]


def test_whom_it_overtook_with_places_and_scores():
    # E 5th → 1st: alone from 5 to 10 it passes everybody; the others' moves alone let it pass nobody.
    answer = of("E")
    assert steps(answer)["own"] == 4 and steps(answer)["others"] == 0
    assert values(
        answer.overtaken, "province", "place_before", "place_after", "score_before", "score_after"
    ) == [
        ("C", 3, 2, 7, 9),
        ("D", 4, 3, 6, 8),
        ("A", 1, 4, 9, 7),
        ("B", 2, 5, 8, 6),
    ]
    assert answer.overtook_us.empty


def scores_of(year, table=TABLE):
    rows = figures(table)
    rows = rows[rows["edition"] == year]
    return dict(zip(rows["province"].tolist(), rows["score"].tolist(), strict=True))


def own_by_ranking_anew(before, after, province):
    """All others at once: what our move does to our place when it comes first, and when it comes last."""

    def place(own, others):
        return ranks_by_score({**others, province: own})[province]

    old, new = before[province], after[province]
    first = place(old, before) - place(new, before)
    last = place(old, after) - place(new, after)
    return (first + last) / 2


@pytest.mark.parametrize("province", "ABCDE")
def test_own_effect_is_what_ranking_all_anew_gives(province):
    answer, before, after = of(province), scores_of("2020"), scores_of("2021")
    assert answer.step("own") == own_by_ranking_anew(before, after, province)
    assert sum(steps(answer).values()) == answer.gained


@pytest.mark.parametrize("province", "ABCDE")
def test_it_is_the_mean_over_every_order_of_all_five_movers(province):
    before, after = scores_of("2020"), scores_of("2021")
    total = 0.0
    orders = list(permutations("ABCDE"))
    for order in orders:
        now = dict(before)
        for mover in order:
            place = ranks_by_score(now)[province]
            now[mover] = after[mover]
            if mover == province:
                total += place - ranks_by_score(now)[province]
    assert of(province).step("own") == pytest.approx(total / len(orders))


def test_the_order_of_rows_does_not_matter():
    header, *lines = TABLE.strip().splitlines()
    turned = "\n".join([header, *reversed(lines)])
    assert values(of("A", turned).crossings, "province", "own") == values(
        of("A").crossings, "province", "own"
    )


@pytest.mark.parametrize("province", "ABCDE")
def test_an_unchanged_score_has_no_effect_of_its_own(province):
    before = scores_of("2020")
    after = {**scores_of("2021"), province: before[province]}
    assert all(share.own == 0 for share in shares(before, after, province))


def test_who_came_in_and_who_left():
    # A stays 2nd by score among those who stay; F comes in above, B (1st) leaves.
    table = """
    edition province score
    2020    B        9
    2020    A        8
    2020    C        7
    2021    F        9
    2021    A        8
    2021    C        7
    """
    answer = of("A", table, [edition("2020", 3), edition("2021", 3)])
    assert answer.gained == 0
    assert steps(answer) == {"own": 0, "others": 0, "entries": -1, "exits": 1, "rounding": 0}
    assert values(answer.steps, "n_provinces") == [(None,), (1,), (1,), (1,), (None,)]
    assert values(answer.crossings, "province", "kind", "place_before", "place_after") == [
        ("B", "left", 1, None),
        ("F", "entered", None, 1),
    ]


def test_our_own_move_past_a_newcomer_is_shared_with_it():
    # F comes in at 7. From 8 we fall to 6: F above us only because it came and we fell.
    table = """
    edition province score
    2020    A        8
    2020    C        5
    2021    F        7
    2021    A        6
    2021    C        5
    """
    answer = of("A", table, [edition("2020", 2), edition("2021", 3)])
    assert steps(answer) == {"own": -0.5, "others": 0, "entries": -0.5, "exits": 0, "rounding": 0}


def test_a_published_rank_that_differs_from_the_score_is_a_step_of_its_own():
    header, *lines = [line.strip() for line in TABLE.strip().splitlines()]
    lines = [f"{line} {3 if line.startswith('2021    A') else '-'}" for line in lines]
    answer = of("A", "\n".join([f"{header} rank", *lines]))
    assert answer.gained == -2
    assert (answer.step("own"), answer.step("others"), answer.step("rounding")) == (-1.5, -1.5, 1)


def test_across_a_break_it_is_told_but_not_comparable():
    answer = of("A", breaks=(2021,))
    assert (answer.comparable, answer.breaks, answer.gained) == (False, (2021,), -3)


def test_other_scales_are_refused():
    scales = (ScaleSpec("X", "overall", 2021, 2021, 80),)
    answer = refused(scales=scales)
    assert (answer.code, answer.slots["scale_since"], answer.slots["scale"]) == ("why_scales", "100", "80")


def test_what_places_alone_tell_of_a_partial_field():
    table = """
    edition province score rank
    2020    A        9     2
    2020    B        -     1
    2020    C        -     4
    2020    D        -     5
    2021    A        8     3
    2021    B        -     4
    2021    C        -     1
    2021    E        -     2
    """
    told = refused(table)
    assert told.code == "why_partial"
    assert {"held": 1, "n": 5, "held_since": 1, "n_since": 5}.items() <= told.slots.items()
    assert {"place": 3, "place_since": 2, "comparable": True}.items() <= told.slots.items()
    answer = known_moves(figures(table), small_catalogue(EDITIONS), "X", "2021", "A")
    assert isinstance(answer, KnownMoves)
    assert (answer.gained, answer.n_both) == (-1, 2)
    assert values(answer.crossings, "province", "kind", "place_before", "place_after", "places", "own") == [
        ("C", "overtook_us", 4, 1, -1, None),
        ("B", "overtaken", 1, 4, 1, None),
    ]
    assert values(answer.ends, "place", "n_scores", "n_places") == [(2, 1, 4), (3, 1, 4)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"edition": "2019"}, "why_no_edition"),
        ({"edition": "2020"}, "why_no_earlier"),
        ({"province": "Z"}, "why_no_place"),
        ({"since": "2021"}, "why_not_before"),
        ({"since": "2019"}, "why_not_before"),
    ],
)
def test_what_cannot_be_compared(given, code):
    assert refused(**given).code == code


def test_the_latest_earlier_edition_that_holds_the_province_is_taken():
    editions = [edition("2018"), edition("2019", 4), edition("2021")]
    table = TABLE.replace("2020", "2018") + "2019 B 8\n2019 C 7\n2019 D 6\n2019 E 5\n"
    pair = compared(figures(table), small_catalogue(editions), "X", "2021", "A")
    assert not isinstance(pair, Refusal) and pair.before.spec.edition == "2018"
    answer = refused(table, editions, since="2019")
    assert (answer.code, answer.slots["edition"]) == ("why_no_place", "2019")


def test_the_first_ranking_of_the_merged_provinces_has_nothing_before_it():
    editions = [*EDITIONS, edition("2021-34", 2, 34)]
    assert (
        refused(TABLE + "2021-34 A 9\n2021-34 B 8\n", editions, edition="2021-34").code == "why_first_merged"
    )
    later = [*editions, edition("2022", 2, 34)]
    table = TABLE + "2021-34 A 9\n2021-34 B 8\n2022 A 7\n2022 B 8\n"
    answer = rank_change(figures(table), small_catalogue(later), "X", "2022", "A")
    assert isinstance(answer, RankChange) and (answer.since, answer.gained) == ("2021-34", -1)


def test_the_table_is_not_changed():
    given = figures(TABLE)
    kept = given.copy(deep=True)
    rank_change(given, small_catalogue(EDITIONS), "X", "2021", "A")
    known_moves(given, small_catalogue(EDITIONS), "X", "2021", "A")
    assert given.equals(kept)
