"""Sentences about strong and weak parts: every number stands in the answer they come from."""

import pytest

from indices.analysis.learn_from import LearnFrom, learn_from
from indices.analysis.profile import profile
from indices.analysis.refusal import Refusal
from indices.analysis.strengths import Strengths, strengths
from indices.i18n import LANGUAGES
from indices.narrative import strengths as words
from tests.unit import test_learn_from as way
from tests.unit.conftest import figures
from tests.unit.test_strengths import catalogue, table


def of(province: str = "C", text: str | None = None, target: int = 2, **more) -> Strengths:
    found = strengths(figures(text or table()), catalogue(**more), "X", "2021", province, target)
    assert isinstance(found, Strengths)
    return found


PARTIAL = "edition province component score\n2021 C land 7\n2021 C law 6\n2021 C roads 9\n2021 B land 8"


@pytest.mark.parametrize(
    ("written", "language", "short"),
    [
        ("Gia nhập thị trường (Chi phí gia nhập thị trường)", "vi", "Gia nhập thị trường"),
        ("Xây dựng và tổ chức thực hiện VBQPPL / Cải cách thể chế", "vi", "Cải cách thể chế"),
        (
            "Điểm Chỉ số hài lòng (SIPAS) trong PAR INDEX",
            "vi",
            "Điểm Chỉ số hài lòng (SIPAS) trong PAR INDEX",
        ),
        ("Công khai thu, chi ngân sách cấp xã/phường", "vi", "Công khai thu, chi ngân sách cấp xã/phường"),
        ("7.1 Environmental Protection", "en", "Environmental Protection"),
        (
            "3.2 (2011-2015) and 3.3 (2016-2017) People's Inspection Boards",
            "en",
            "People's Inspection Boards",
        ),
        ("Policy bias / equal competition", "en", "Policy bias / equal competition"),
    ],
)
def test_names_fit_for_a_sentence(written, language, short):
    assert words.part_name({f"name_{language}": written}, language) == short


def test_briefing():
    assert (
        words.briefing(of(), "X", "vi")
        == "X 2021: mạnh nhất «Tên roads» (hạng 2/5), yếu nhất «Tên law» (4/5)."
    )
    assert (
        words.briefing(of(), "X", "en")
        == "X 2021: strongest in “Name roads” (rank 2/5), weakest in “Name law” (4/5)."
    )


def test_briefing_of_a_partial_edition_goes_by_share_of_the_scale():
    assert words.briefing(of(text=PARTIAL), "X", "vi") == (
        "X 2021: đạt cao nhất «Tên roads» (9,00/10), thấp nhất «Tên law» (6,00/10)."
    )


def test_briefing_of_one_part_and_of_a_refusal():
    one = of(text="edition province component score\n2021 C land 7.25")
    assert words.briefing(one, "X", "vi") == "X 2021: mới có điểm của «Tên land» (7,25/10)."
    refusal = Refusal("no_parts_published", {"index": "X", "edition": "2021"})
    assert words.briefing(refusal, "X", "vi").startswith("Chưa có điểm thành phần X năm 2021 của tỉnh nào")


def test_headline_names_what_is_looked_into():
    assert words.headline(of(), "Bắc Giang", "vi", "Quản trị").startswith(
        "Bắc Giang, X 2021, Quản trị: mạnh nhất"
    )


def test_verdicts_and_what_they_rest_on():
    assert words.verdict_sentence(of(), "vi") == "1/3 thành phần trong nhóm 2, 1 ở một phần ba cuối bảng."
    assert words.verdict_sentence(of(text=PARTIAL), "en").startswith(
        "Component scores of only 2 of 5 provinces"
    )
    assert words.missing_sentence(of(), "vi") == ""
    lacking = of(text=table(without=("2021", "C", "law")))
    assert words.missing_sentence(lacking, "vi") == "Có điểm 2/3 thành phần của tỉnh."


def test_what_the_distances_are_worth():
    assert words.worth_sentence(of(), 100, "vi") == (
        "Kém trung bình nhóm 2 nhiều nhất, quy ra điểm tổng: "
        "«Tên land» 7,50; «Tên law» 3,00; «Tên roads» 2,00."
    )
    assert words.worth_sentence(of(text=PARTIAL), 100, "en") == (
        "Most points lost against full marks, in points of the total: "
        "“Name land” 15.00; “Name law” 12.00; “Name roads” 2.00."
    )
    assert words.worth_sentence(of(methods=()), 100, "vi").startswith("Chưa có công thức")
    assert words.worth_sentence(of("A", target=5), 100, "vi").startswith("Kém trung bình nhóm 5")
    one = of(
        "A",
        text="edition province component score\n"
        + "\n".join(
            f"2021 {who} overall {9 - at}\n2021 {who} land {9 - at}" for at, who in enumerate("ABCDE")
        ),
    )
    assert words.worth_sentence(one, 100, "vi") == "Không phần nào kém trung bình nhóm 2."


def test_movement():
    assert words.movement_sentence(of(), "vi") == "Tăng nhiều nhất: «Tên roads» (+1 bậc so với năm 2019)."
    alone = of(text=PARTIAL + "\n2020 C land 8\n2020 C law 5.5")
    assert words.movement_sentence(alone, "en") == (
        "Rose most: “Name law” (+0.50 points on 2020). Fell most: “Name land” (−1.00 points on 2020)."
    )
    assert words.movement_sentence(of(text=PARTIAL), "vi").startswith("Chưa có số liệu năm trước")
    still = of(text=PARTIAL + "\n2020 C land 7")
    assert words.movement_sentence(still, "vi") == "Không phần nào thay đổi so với các năm trước."


def learnt(province: str = "D", target: int = 1, text: str | None = None, **more) -> LearnFrom:
    found = learn_from(figures(text or way.text()), way.catalogue(**more), "X", "2021", province, target)
    assert isinstance(found, LearnFrom)
    return found


def said(found, language="vi"):
    return words.learn_sentence(found, "Ta", str.lower, 30, language)


def test_whom_to_learn_from():
    assert said(learnt()) == (
        "1 tỉnh từng ở quanh hạng 4/5 (trên dưới 5 bậc) trong các năm 2019–2020, nay đã tiến lên trong nhóm "
        "1 và đứng trên Ta. Đáng học nhất là b: hạng 4 năm 2019, hạng 1 năm 2021; ở 1 phần yếu nhất của Ta, "
        "tỉnh này tăng tương đương 6,00 điểm tổng, nhiều nhất ở «law» (6,00)."
    )


def test_nobody_to_learn_from():
    assert said(learnt("B")) == (
        "Không tỉnh nào từng ở quanh hạng 1/5 (trên dưới 5 bậc) trong các năm 2019–2020 mà nay tiến lên "
        "trong nhóm 1 và đứng trên Ta; đã xét 4 tỉnh biết thứ hạng."
    )


def test_to_learn_from_by_places_alone():
    found = said(learnt(text=way.text(part_rows=False)), "en")
    assert found.endswith(
        "Fastest was b: rank 4 in 2019, rank 1 in 2021. "
        "There are too few component scores to say by which part."
    )


def test_one_year_is_no_span():
    parts = {name: way.PARTS[name] for name in ("2019", "2021")}
    assert "trong năm 2019," in said(learnt(text=way.text(parts)))


def test_who_improved_nowhere_we_are_weak():
    worse = {name: dict(parts) for name, parts in way.PARTS.items()}
    worse["2021"]["B"] = (10, 3, 10)
    worse["2021"]["A"] = (7, 4, 9)
    worse["2021"]["C"] = (7, 4, 8)
    worse["2021"]["E"] = (1, 4, 1)
    found = learnt(text=way.text(worse))
    assert list(found.provinces["weak_gain"]) == [0.0]
    assert said(found).endswith("Chưa tỉnh nào trong số này tiến bộ ở các phần yếu nhất của Ta.")


def test_refusals_are_told():
    no_place = Refusal("no_place", {"index": "X", "edition": "2021"})
    assert said(no_place).startswith("Chưa có thứ hạng X năm 2021 của tỉnh")
    few = Refusal("parts_of_few", {"index": "X", "edition": "2021", "held": 2, "n": 5})
    assert "2/5 tỉnh" in words.profile_sentence(few, "Ta", str.lower, "vi")


def test_who_is_alike():
    found = profile(figures(table()), catalogue(), "X", "2021", "C")
    # From C (7, 6, 7) in land, law and roads D is (1, 1, 3) away, A (2, 1, 2), B (1, 3, 0), E (2, 2, 4).
    assert words.profile_sentence(found, "Ta", str.lower, "vi") == (
        "Cơ cấu điểm giống Ta nhất: d, a, b. Trong 4 tỉnh giống nhất, đứng cao hơn là a (hạng 2), b (hạng 1)."
    )
    best = profile(figures(table()), catalogue(), "X", "2021", "B")
    assert words.profile_sentence(best, "Ta", str.lower, "en").endswith(
        "Of the 4 most similar, none stands higher."
    )


def test_alternative_texts():
    assert words.places_alt(of(), "Ta", "vi") == (
        "Hạng từng thành phần của X năm 2021, Ta: Tên roads 2/5; Tên land 3/5; Tên law 4/5."
    )
    assert words.places_alt(of(text=PARTIAL), "Ta", "en").startswith("Points of full marks in each of the")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns(language):
    assert words.noun(of(), language) == ("thành phần" if language == "vi" else "components")
