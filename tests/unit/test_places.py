"""Who stands where: published ranks first, computed ones only where the whole field is known."""

from indices.analysis import computed_rank, places, ranking
from tests.unit.conftest import edition, figures, small_catalogue, values

FIVE = """
edition province score rank
2020    A        90    -
2020    B        80    -
2020    C        80    -
2020    D        70    -
2020    E        60    -
"""


def test_ties_share_the_best_place():
    placed = places(figures(FIVE), small_catalogue([edition("2020")]), "X")
    assert values(placed, "province", "rank_computed", "place", "computed") == [
        ("A", 1, 1, True),
        ("B", 2, 2, True),
        ("C", 2, 2, True),
        ("D", 4, 4, True),
        ("E", 5, 5, True),
    ]
    assert values(placed, "n_ranked", "complete") == [(5, True)] * 5


def test_computed_rank_of_a_missing_score_is_missing():
    table = figures("province score\nA 90\nB -\nC 95")
    assert [None if rank != rank else rank for rank in computed_rank(table["score"]).astype(float)] == [
        2,
        None,
        1,
    ]


def test_four_of_five_scores_give_no_computed_rank():
    partial = figures(FIVE.replace("70    -", "-     4"))
    placed = places(partial, small_catalogue([edition("2020")]), "X")
    assert values(placed, "province", "rank_computed", "place", "computed") == [
        ("A", None, None, False),
        ("B", None, None, False),
        ("C", None, None, False),
        ("D", None, 4, False),
        ("E", None, None, False),
    ]
    assert not placed["complete"].any()


def test_published_rank_beats_computed():
    placed = places(
        figures(FIVE.replace("C        80    -", "C        80    3")), small_catalogue([edition("2020")]), "X"
    )
    assert values(placed[placed["province"] == "C"], "rank", "rank_computed", "place", "computed") == [
        (3, 2, 3, False)
    ]


def test_field_is_what_the_edition_ranked_not_who_has_scores():
    four_ranked = places(figures(FIVE), small_catalogue([edition("2020", n_ranked=4)]), "X")
    assert four_ranked["complete"].all()
    unknown = places(figures(FIVE), small_catalogue([edition("2020", n_ranked=None)]), "X")
    assert not unknown["complete"].any()
    assert unknown["n_ranked"].tolist() == [63] * 5


def test_n_ranked_of_the_row_beats_the_edition():
    table = figures("edition province score rank n_ranked\n2020 A 90 1 4\n2020 B 80 2 -")
    placed = places(table, small_catalogue([edition("2020")]), "X")
    assert values(placed, "province", "n_ranked") == [("A", 4), ("B", 5)]


def test_34_provinces_are_a_frame_and_a_ranking_of_their_own():
    both = figures(FIVE + "2020-34 A 50 -\n2020-34 B 60 -\n")
    catalogue = small_catalogue([edition("2020"), edition("2020-34", n_ranked=2, frame=34)])
    placed = places(both, catalogue, "X")
    assert values(placed[placed["frame"] == 34], "edition", "province", "place") == [
        ("2020-34", "A", 2),
        ("2020-34", "B", 1),
    ]
    assert values(placed[placed["frame"] == 63], "province", "place")[:2] == [("A", 1), ("B", 2)]


def test_64_provinces_share_the_frame_of_63():
    placed = places(figures(FIVE), small_catalogue([edition("2020", frame=64)]), "X")
    assert placed["frame"].tolist() == [63] * 5


def test_components_and_unknown_editions_have_no_place():
    table = figures("edition province component score\n2020 A overall 90\n2020 A part 9\n2021 A overall 91")
    placed = places(table, small_catalogue([edition("2020", n_ranked=1)]), "X")
    assert values(placed, "edition", "score") == [("2020", 90.0)]


def test_nothing_held_has_no_places():
    assert places(figures("province score"), small_catalogue([edition("2020")]), "X").empty


def test_ranking_orders_by_place_then_score_and_puts_the_rest_last():
    table = figures(
        "edition province score rank\n"
        "2020 E 60 -\n2020 D 75 -\n2020 C - 2\n2020 A 90 1\n2020 B 80 2\n2021 A 95 1"
    )
    ranked = ranking(places(table, small_catalogue([edition("2020"), edition("2021")]), "X"), "2020")
    assert values(ranked, "province", "place") == [("A", 1), ("B", 2), ("C", 2), ("D", None), ("E", None)]
