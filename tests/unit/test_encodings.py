"""One table in every form that text files come in: one tidy table, or a refusal that says why.

6 encodings × 4 separators × 2 decimal marks × 2 forms of Unicode are 96 combinations. windows-1258 has one
composition of its own, no NFC and NFD: 88 are left. 11 of them have the comma between cells and in
numbers; these exist only with such numbers in quotation marks. All 88 must end in the same table; the same
11 without quotation marks cannot be told apart and must be refused.
"""

import unicodedata
from itertools import product

import pytest

from indices.intake import Answers, Intake, take_in
from tests.samples.figures import CATALOGUE, provinces, published
from tests.unit.typed import ENCODINGS, Rows, hash_of_figures, hash_of_tidy, separated, windows_1258

FILE = "bang.csv"
PARTS = {"overall": "Điểm PCI", "entry_costs": "Gia nhập thị trường", "land_access": "Tiếp cận đất đai"}
FIGURES = {
    (name, part): (score, rank if part == "overall" else None)
    for (name, part), (score, rank) in published("PCI", "2016", PARTS).items()
}
NOTE = 'tạm tính, xem "phụ lục"; trang 3 | 4\tvà 5'
SEPARATORS = (",", ";", "\t", "|")
MARKS = (",", ".")
COMBINATIONS = [
    (encoding, separator, mark, form)
    for encoding, separator, mark, form in product(ENCODINGS, SEPARATORS, MARKS, ("NFC", "NFD"))
    if encoding != "windows-1258" or form == "NFC"
]
BARE = [(encoding, form) for encoding, separator, mark, form in COMBINATIONS if separator == mark]


def table() -> Rows:
    """PCI 2016: score, rank and two parts of 63 provinces, as published; one cell with every separator."""
    header = ["STT", "Tỉnh/Thành phố", "Điểm PCI", "Xếp hạng", *list(PARTS.values())[1:], "Ghi chú"]
    rows: Rows = [list(header)]
    for number, name in enumerate(provinces(), start=1):
        score, rank = FIGURES[name, "overall"]
        parts = [FIGURES[name, part][0] for part in list(PARTS)[1:]]
        rows.append([number, name, score, rank, *parts, NOTE if number == 20 else None])
    return rows


def form_of(text: str, encoding: str, form: str) -> bytes:
    return ENCODINGS[encoding](unicodedata.normalize(form, text))  # type: ignore[arg-type]  # one of four forms, as a text


def taken(content: bytes, file: str = FILE, **answers) -> Intake:
    return take_in(file, content, CATALOGUE, Answers(index="PCI", edition="2016", source="s", **answers))


def codes(intake: Intake) -> dict[str, int]:
    return intake.report.counts()


def assert_the_table(intake: Intake) -> None:
    assert [(p.code, p.cell, p.value) for p in intake.report.problems] == []
    assert set(intake.tables) == {("PCI", "2016")}
    assert hash_of_tidy(intake.tables["PCI", "2016"]) == hash_of_figures(FIGURES)


def test_the_combinations_that_exist():
    assert len(list(product(ENCODINGS, SEPARATORS, MARKS, ("NFC", "NFD")))) == 96
    assert len(COMBINATIONS) == 88
    assert len(BARE) == 11
    assert len({form_of(separated(table(), *c[1:3]), c[0], c[3]) for c in COMBINATIONS}) == 88


def test_the_table_is_what_is_published():
    assert len(FIGURES) == 189
    assert FIGURES["Bắc Giang", "overall"] == (58.200562, 33)
    assert FIGURES["Đà Nẵng", "overall"] == (70.001396, 1)
    marked = {mark for name, _ in FIGURES for mark in unicodedata.normalize("NFD", name) if ord(mark) > 127}
    assert marked == {*"\u0300\u0301\u0303\u0309\u0323", *"\u0302\u0306\u031b", "Đ"}


@pytest.mark.parametrize(("encoding", "separator", "mark", "form"), COMBINATIONS)
def test_every_combination_ends_in_the_same_table(encoding: str, separator: str, mark: str, form: str):
    intake = taken(form_of(separated(table(), separator, mark), encoding, form))
    assert_the_table(intake)
    notes = set(
        intake.tables["PCI", "2016"].query("note != ''")[["province", "note"]].itertuples(index=False)
    )
    assert notes == {(provinces()[19], NOTE)}


@pytest.mark.parametrize(("encoding", "form"), BARE)
def test_a_comma_for_both_is_refused(encoding: str, form: str):
    rows = [[cell for cell in row if cell != NOTE] for row in table()]
    content = form_of(separated(rows, ",", ",", quoted=False), encoding, form)
    for answers in ({}, {"decimal": ","}, {"decimal": "."}):
        intake = taken(content, **answers)
        assert {"row_too_long"} <= {p.code for p in intake.report.errors}
        assert not intake.may_be_added


def test_a_comma_for_both_that_keeps_the_width_is_refused():
    """Scores "57,79" spread over the column of scores and the empty one of ranks: no row is too long."""
    rows: Rows = [
        ["Tỉnh", "Điểm", "Hạng"],
        *([name, 50 + n / 4 + 0.01, None] for n, name in enumerate(provinces())),
    ]
    content = separated(rows, ",", ",", quoted=False).replace(",\r\n", "\r\n").encode()
    for answers in ({}, {"decimal": ","}):
        refused = [(p.code, p.column) for p in taken(content, **answers).report.errors]
        assert ("comma_unclear", "Điểm") in refused


def test_whole_numbers_between_commas_are_refused_until_the_mark_is_said():
    rows: Rows = [["Tỉnh", "Điểm", "Hạng"], *([name, 90 - n, n + 1] for n, name in enumerate(provinces()))]
    content = separated(rows, ",", quoted=False).encode()
    refused = taken(content)
    assert [(p.code, p.column, p.severity) for p in refused.report.problems] == [
        ("comma_unclear", "Điểm", "error")
    ]
    assert not refused.may_be_added
    said = taken(content, decimal=".")
    assert codes(said) == {}
    assert hash_of_tidy(said.tables["PCI", "2016"]) == hash_of_figures(
        {(name, "overall"): (90.0 - n, n + 1) for n, name in enumerate(provinces())}
    )
    assert codes(taken(separated(rows, ";").encode())) == {}


def test_numbers_of_three_decimals_alone_are_refused_until_the_mark_is_said():
    rows: Rows = [["Tỉnh", "Điểm"], *([name, f"{n % 9 + 1}.{100 + n}"] for n, name in enumerate(provinces()))]
    content = separated(rows, ";").encode()
    refused = taken(content)
    assert codes(refused) == {"ambiguous_number": 63}
    first = refused.report.problems[0]
    assert (first.cell, first.value, dict(first.slots)) == ("B2", "1.100", {"first": "1.1", "second": "1100"})
    assert not refused.may_be_added
    said = taken(content, decimal=".")
    assert codes(said) == {}
    assert said.tables["PCI", "2016"]["score"].tolist()[:2] == [1.1, 2.101]
    assert codes(taken(content, decimal=",")) == {"scale_differs": 1}  # 1100 points of 100


def test_one_clear_cell_tells_the_mark_of_all():
    rows: Rows = [["Tỉnh", "Điểm"], *([name, f"{n % 9 + 1},{100 + n}"] for n, name in enumerate(provinces()))]
    rows[5][1] = "4,25"
    intake = taken(separated(rows, ";").encode())
    assert codes(intake) == {}
    assert intake.tables["PCI", "2016"]["score"].tolist()[:2] == [1.1, 2.101]


def test_two_separators_that_part_as_well_are_refused():
    rows = [f"{n};{name}|62.3" for n, name in enumerate(provinces(), start=1)]
    content = "\n".join(["STT;Tỉnh|Điểm", *rows]).encode()
    refused = taken(content)
    assert codes(refused) == {"separator_unclear": 1}
    assert not refused.report.readable


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_line_in_which_excel_names_the_separator(encoding: str, separator: str):
    text = separated(table(), separator, ".")
    assert_the_table(taken(ENCODINGS[encoding](f"sep={separator}\r\n{text}")))


@pytest.mark.parametrize("separator", SEPARATORS)
def test_the_same_line_in_quotation_marks(separator: str):
    assert_the_table(taken(f'"sep={separator}"\r\n{separated(table(), separator, ".")}'.encode()))


def test_a_line_that_names_the_separator_is_not_counted():
    """Excel takes the line away and shows the header in row 1."""
    text = separated(table()).replace("58,200562", "58,2oo562")
    for content in (text, f"sep=;\r\n{text}"):
        problem = taken(content.encode()).report.problems[0]
        assert (problem.code, problem.cell, problem.value) == ("number_unreadable", "C5", "58,2oo562")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_ends_of_lines_blank_lines_and_separators_at_the_end(end: str):
    text = separated(table(), ";", ",", end)
    for content in (
        text,
        text.removesuffix(end),
        text.replace(end, end + end),
        text.replace(end, f";;;{end}"),
        text.replace(end, f"{end};;;;;;{end}"),
        end * 3 + text + f";;;;;;{end}" * 3,
    ):
        assert_the_table(taken(content.encode()))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_a_quoted_cell_of_several_lines(end: str):
    rows = table()
    rows[0][4] = f"Gia nhập{end}thị trường"
    rows[20][6] = f"hai{end}{end}dòng"
    intake = taken(separated(rows, ";", ",", end).encode())
    assert_the_table(intake)
    rows[21][2] = "x"
    problem = taken(separated(rows, ";", ",", end).encode()).report.problems[0]
    assert (problem.code, problem.cell, problem.value) == ("number_unreadable", "C22", "x")


def test_utf_16_without_a_mark_in_the_other_order():
    assert_the_table(taken(separated(table()).encode("utf-16-be")))


def test_every_sign_of_windows_1258_may_be_taken_apart():
    """Programs differ in whether "à" is one sign of the code page or two; both are read."""
    text = separated(table())
    apart = unicodedata.normalize("NFD", text)
    for letter in ("a\u0306", "A\u0306", "a\u0302", "A\u0302", "e\u0302", "E\u0302", "o\u0302", "O\u0302"):
        # Breve, circumflex and horn are no signs of the code page, only tones are.
        apart = apart.replace(letter, unicodedata.normalize("NFC", letter))
        for tone in "\u0323":
            apart = apart.replace(letter[0] + tone + letter[1], unicodedata.normalize("NFC", letter) + tone)
    for letter in ("o\u031b", "u\u031b", "O\u031b", "U\u031b"):
        apart = apart.replace(letter, unicodedata.normalize("NFC", letter))
    content = apart.encode("cp1258")
    assert content != windows_1258(text)
    assert_the_table(taken(content))
