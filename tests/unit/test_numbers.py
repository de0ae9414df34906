"""Cells as people write them, and what each is or why it is nothing."""

import pytest

from indices.numbers import Number, decimal_marks, read_number

CLEAR = {
    "71,23": 71.23,
    "71.23": 71.23,
    "71": 71,
    "0": 0,
    "09": 9,
    "0,5432": 0.5432,
    "0.543": 0.543,
    "0,123": 0.123,
    ",5": 0.5,
    "44.6854": 44.6854,
    "71.230000000000004": 71.23,
    "1.234,5": 1234.5,
    "1,234.5": 1234.5,
    "1.234.567": 1234567,
    "1,234,567": 1234567,
    "1.234.567,25": 1234567.25,
    "1 234,5": 1234.5,
    "1\u00a0234": 1234,
    "12\u202f345.5": 12345.5,
    "1234.567": 1234.567,
    "7.12E+01": 71.2,
    "7,123e-05": 0.00007123,
    " 71,23 ": 71.23,
    "\u00a071,23\u00a0": 71.23,
    "\ufeff71,23\u200b": 71.23,
    "'71,23": 71.23,
    "-3": -3,
    "+3": 3,
    "\u22120,05": -0.05,
    "\u20133": -3,
    "７１，２３": 71.23,
    "７１．２３": 71.23,
    "٧١": 71,
}


@pytest.mark.parametrize("text", CLEAR)
def test_clear_numbers(text: str):
    number = read_number(text)
    assert number == Number(text, pytest.approx(CLEAR[text]))


MISSING = """- – — − ... … N/A n/a #N/A NA KCDL kcdl NaN null ."""
NO_NUMBERS = """
    71² ½ 1.23,4 1.2.3 1,23,456 12:30 71,,2 5. --5 01/07/2020 9/ /63 64/63 9/0 -1/63 50%/63 1e999 (5) 1e5e
    ∞ inf 0x10 1_000 % 5%% 1%0
"""


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0", "\t", *MISSING.split(), "Không có dữ liệu", "KHÔNG CÓ SỐ LIỆU", "không có"]
)
def test_missing_is_named(text: str):
    for decimal in (None, ",", "."):
        assert read_number(text, decimal) == Number(text, why="missing")


@pytest.mark.parametrize(
    "text",
    ["Bắc Giang", "71,23 điểm", "7 1", "9 63", "9 (63)", "9 (tăng)", "9" * 400, *NO_NUMBERS.split()],
)
def test_text_is_no_number(text: str):
    for decimal in (None, ",", "."):
        assert read_number(text, decimal) == Number(text, why="not_a_number")


@pytest.mark.parametrize("text", ["1.234", "44.685", "999.999", "\u22121.234"])
def test_three_digits_after_a_dot_are_not_guessed(text: str):
    number = read_number(text)
    assert (number.value, number.why) == (None, "ambiguous")
    assert number.readings[1] == pytest.approx(number.readings[0] * 1000)
    assert read_number(text, ".").value == pytest.approx(number.readings[0])
    assert read_number(text, ",").value == pytest.approx(number.readings[1])


def test_three_digits_after_a_comma_are_not_guessed():
    assert read_number("1,234") == Number("1,234", why="ambiguous", readings=(1.234, 1234.0))
    assert read_number("1,234", ",").value == 1.234
    assert read_number("1,234", ".").value == 1234


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("71,23", ",", 71.23),
        ("71.23", ".", 71.23),
        ("1.234,5", ",", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("1.234.567", ",", 1234567),
        ("1 234", ",", 1234),
    ],
)
def test_known_mark(text: str, decimal: str, value: float):
    assert read_number(text, decimal).value == value


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("71.23", ","), ("71,23", "."), ("0.543", ","), ("1,234.5", ","), ("1.234,5", "."), ("1.234.567", ".")],
)
def test_the_other_mark_is_named(text: str, decimal: str):
    assert read_number(text, decimal) == Number(text, why="other_mark")


@pytest.mark.parametrize("text", ["9/63", "9 / 63", "９／６３", "09/63", "9/63\n"])
def test_rank_of_how_many(text: str):
    assert read_number(text) == Number(text, 9, of=63)


def test_score_of_a_scale():
    assert read_number("58,51/60,5") == Number("58,51/60,5", 58.51, of=60.5)
    assert read_number("1.234/2") == Number("1.234/2", why="ambiguous", readings=(1.234, 1234.0))


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("9 (tăng 3)", 3),
        ("9 (Tăng 3 bậc)", 3),
        ("9 (giảm 2)", -2),
        ("9(▲3)", 3),
        ("9 (-4)", -4),
        ("9 (\u22124)", -4),
        ("9 (+4)", 4),
        ("9 (up 1)", 1),
    ],
)
def test_change_beside_a_rank(text: str, change: int):
    assert read_number(text) == Number(text, 9, change=change)


def test_rank_with_field_and_change():
    assert read_number("9/63 (tăng 3)") == Number("9/63 (tăng 3)", 9, of=63, change=3)


def test_percent_is_told_and_not_divided():
    assert read_number("88,65%") == Number("88,65%", 88.65, percent=True)
    assert read_number("88.65 %") == Number("88.65 %", 88.65, percent=True)


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["71,23", "1.234", "9", "-", "x"], {","}),
        (["71.23", "1.234"], {"."}),
        (["1.234", "5.678", "9"], set()),
        (["71,23", "71.23"], {",", "."}),
        (["1.234.567"], {","}),
        ([], set()),
    ],
)
def test_marks_of_a_column(texts: list[str], marks: set[str]):
    assert decimal_marks(texts) == marks
