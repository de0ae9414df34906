"""Why a place or a score moved, in sentences: what they say beside the small tables they come from."""

import pytest

from indices.analysis.rank_change import known_moves, rank_change
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight, reweight
from indices.analysis.score_change import ScoreChange, score_change
from indices.catalogue import ScaleSpec
from indices.narrative import why
from tests.unit.conftest import edition, figures, small_catalogue
from tests.unit.test_rank_change import EDITIONS, TABLE
from tests.unit.test_reweight import METHODS, WEIGHTS
from tests.unit.test_reweight import TABLE as WEIGHED
from tests.unit.test_score_change import PARTS, method, weights
from tests.unit.test_score_change import TABLE as SCORED

PARTIAL = """
edition province score rank
2020    A        9     2
2020    C        -     4
2021    A        8     3
2021    C        -     1
"""
NAMES = {"land": "Đất đai", "law": "Pháp lý", "safety": "An ninh"}


def moved(province="A", table=TABLE, editions=EDITIONS, breaks=(), year="2021", **more):
    catalogue = small_catalogue(editions, breaks, **more)
    given = (figures(table), catalogue, "X", year, province)
    return rank_change(*given), known_moves(*given)


def said(sentence):
    return sentence.replace("\N{NO-BREAK SPACE}", " ")


def title(language="vi", **given):
    return said(why.headline(*moved(**given), language))


def brief(language="vi", **given):
    return said(why.briefing(moved(**given)[0], "X", language))


def test_what_moved_the_place():
    assert title() == (
        "X 2021: giảm 3 bậc so với năm 2020 (1 → 4): điểm của tỉnh giảm kéo xuống 1,5 bậc, "
        "các tỉnh khác tiến lên kéo xuống 1,5 bậc."
    )
    assert title("en") == (
        "X 2021: down 3 in rank on 2020 (1 → 4): the province's lower score cost it 1.5, "
        "other provinces' gains cost it 1.5."
    )


def test_a_break_is_said_first():
    assert title(breaks=(2021,)).startswith(
        "X 2021 đã đổi phương pháp, không so sánh trực tiếp với năm 2020; tỉnh giảm 3 bậc (1 → 4): điểm của"
    )


def test_an_effect_of_none_is_said_of_our_own_score_only():
    assert (
        title(province="E") == "X 2021: tăng 4 bậc so với năm 2020 (5 → 1): điểm của tỉnh tăng đưa lên 4 bậc."
    )
    table = "edition province score\n2020 A 8\n2020 B 7\n2021 A 8\n2021 B 9\n"
    assert title(table=table, editions=[edition("2020", 2), edition("2021", 2)]) == (
        "X 2021: giảm 1 bậc so với năm 2020 (1 → 2): điểm của tỉnh không làm đổi thứ hạng, "
        "các tỉnh khác tiến lên kéo xuống 1 bậc."
    )


def test_a_field_of_another_size_is_said():
    table = "edition province score\n2020 B 9\n2020 A 8\n2021 F 9\n2021 A 8\n"
    given = {"table": table, "editions": [edition("2020", 2), edition("2021", 2)]}
    assert title(**given) == (
        "X 2021: giữ nguyên hạng so với năm 2020 (2 → 2): điểm của tỉnh không làm đổi thứ hạng, "
        "tỉnh mới được xếp hạng kéo xuống 1 bậc, tỉnh không còn được xếp hạng nhường lại 1 bậc."
    )
    one = [edition("2020", 1), edition("2021", 2)]
    assert brief(table="edition province score\n2020 A 8\n2021 F 9\n2021 A 8\n", editions=one) == (
        "X 2021: giảm 1 bậc (1 → 2) so với 2020: do điểm của tỉnh 0; do các tỉnh khác 0; "
        "do số tỉnh xếp hạng −1."
    )


def test_a_partial_field_says_so_and_how_far_it_moved():
    assert title(table=PARTIAL) == (
        "X 2021: giảm 1 bậc so với năm 2020 (2 → 3); "
        "chưa tách được nguyên nhân vì chưa có đủ điểm của các tỉnh."
    )
    assert brief(table=PARTIAL) == (
        "X 2021: giảm 1 bậc (2 → 3) so với 2020; chưa tách được nguyên nhân vì mới có điểm của 1/5 tỉnh."
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "X 2021: giảm 3 bậc (1 → 4) so với 2020: do điểm của tỉnh −1,5; do các tỉnh khác −1,5."),
        (
            {"breaks": (2021,)},
            "X 2021: đã đổi phương pháp nên không so sánh trực tiếp với năm 2020; tỉnh giảm 3 bậc (1 → 4).",
        ),
        (
            {"breaks": (2021,), "table": PARTIAL},
            "X 2021: đã đổi phương pháp nên không so sánh trực tiếp với năm 2020; tỉnh giảm 1 bậc (2 → 3).",
        ),
        (
            {"scales": (ScaleSpec("X", "overall", 2021, 2021, 80),)},
            "X 2021: đã đổi phương pháp nên không so sánh trực tiếp với năm 2020; tỉnh giảm 3 bậc (1 → 4).",
        ),
        ({"province": "Z"}, "X 2021: chưa có thứ hạng của tỉnh nên chưa nói được vì sao đổi hạng."),
        ({"year": "2020"}, "X 2020: chưa có thứ hạng năm trước để so sánh."),
    ],
)
def test_the_briefing_has_a_sentence_of_at_most_thirty_words_for_every_state(given, expected):
    assert brief(**given) == expected
    assert len(expected.split()) <= 30
    assert len(brief("en", **given).split()) <= 30


def test_a_refusal_that_nobody_foresaw_has_a_sentence_too():
    odd = Refusal("no_total", {"index": "X", "edition": "2021", "place": 1, "place_since": 2})
    assert why.briefing(odd, "X", "vi").startswith("X 2021: chưa có thứ hạng")
    assert why.briefing(Refusal("other", {"edition": "2021"}), "X", "vi") == (
        "X 2021: chưa tách được nguyên nhân đổi hạng."
    )


def test_whom_it_passed():
    assert why.crossings_sentence(moved()[0], "A", "vi") == "A bị 3 tỉnh vượt qua, không vượt tỉnh nào."
    assert why.crossings_sentence(moved("E")[0], "E", "vi") == "E vượt 4 tỉnh, không bị tỉnh nào vượt qua."
    assert why.crossings_sentence(moved("C")[0], "C", "vi") == "C vượt 2 tỉnh và bị 1 tỉnh vượt qua."
    assert why.crossings_sentence(moved(table=PARTIAL)[1], "A", "vi") == (
        "A bị 1 tỉnh vượt qua, không vượt tỉnh nào. "
        "Chỉ tính 1 tỉnh có thứ hạng ở cả hai năm; các tỉnh khác chưa rõ."
    )


def test_which_parts_moved_the_score():
    catalogue = small_catalogue(
        EDITIONS, components=PARTS, weights=weights(2019, None, 50, 30, 20), methods=(method(2019, None),)
    )
    answer = score_change(figures(SCORED), catalogue, "X", "2021", "A")
    assert isinstance(answer, ScoreChange)
    assert why.parts_sentence(answer, NAMES, 2, "vi") == (
        "Điểm tăng 3,01 so với năm 2020; tăng nhiều nhất: Đất đai (+5,00), An ninh (+1,00); "
        "giảm nhiều nhất: Pháp lý (−3,00)."
    )


def reweighted(table=WEIGHED):
    editions = [edition("2020", 2), edition("2021", 2)]
    catalogue = small_catalogue(editions, components=PARTS, weights=WEIGHTS, methods=METHODS)
    answer = reweight(figures(table), catalogue, "X", "2021", "A")
    assert isinstance(answer, Reweight)
    return answer


def test_what_is_real_and_what_the_weights_did():
    answer = reweighted()
    assert why.real_sentence(answer, "vi") == (
        "Điểm công bố thay đổi +7,00; thay đổi thật của các thành phần là +1,00 theo trọng số cũ và "
        "+2,50 theo trọng số mới, phần còn lại (+6,00 và +4,50) do đổi trọng số."
    )
    assert why.place_sentence(answer, "vi") == (
        "Theo trọng số mới, năm 2020 tỉnh đứng thứ 2 (hạng tính toán) chứ không phải 1: "
        "riêng việc đổi trọng số làm tỉnh giảm 1 bậc."
    )
    assert why.weights_notes(answer, NAMES, "vi") == []
    assert why.weights_alt(answer, "A", "vi") == (
        "X của A: theo trọng số cũ 60,00 năm 2020 và 61,000 năm 2021; theo trọng số mới 64,500 và 67,00."
    )
    assert why.reweighted_alt(answer, NAMES, "vi") == (
        "Theo trọng số mới, từ 64,500 đến 67,000: An ninh (+2,50), Đất đai (0,00), Pháp lý (0,00)."
    )


def test_where_the_weights_decide_the_direction_it_says_so():
    # Land falls by 1, safety rises by 1: −5 + 2 under the old weights, −2 + 5 under the new ones.
    table = WEIGHED.replace("2021    A        land      6", "2021    A        land      5")
    table = table.replace("2021    A        safety    8", "2021    A        safety    8.5")
    answer = reweighted(table.replace("2021    A        overall   67", "2021    A        overall   67.5"))
    assert why.real_sentence(answer, "vi") == (
        "Điểm công bố thay đổi +7,50; các thành phần thay đổi −3,00 theo trọng số cũ nhưng +3,00 theo "
        "trọng số mới, nên tăng hay giảm tùy bộ trọng số."
    )
