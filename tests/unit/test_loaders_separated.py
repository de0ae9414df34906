"""Text with separators: which one it is, where cells end, and why some text is no table."""

import pytest

from indices.loaders.separated import MOST_COLUMNS, read_separated

NAMES = {"An Giang", "Bắc Giang", "Hà Nội", "Bình Định"}
ROWS = ["Tỉnh;Điểm", "An Giang;57,79", "Bắc Giang;58,20"]


def known(word: str) -> bool:
    return word in NAMES


def cells(text: str) -> list[list[str]]:
    table = read_separated(text, known).table
    assert table is not None
    return table.head(table.n_rows)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_of_lines(end: str):
    assert cells(end.join(ROWS)) == [["Tỉnh", "Điểm"], ["An Giang", "57,79"], ["Bắc Giang", "58,20"]]


@pytest.mark.parametrize(
    ("text", "separator", "width"),
    [
        ("Tỉnh;Điểm\nAn Giang;57,79\n", ";", 2),
        ("Tỉnh,Điểm\nAn Giang,57.79\n", ",", 2),
        ("Tỉnh\tĐiểm\nAn Giang\t57,79\n", "\t", 2),
        ("Tỉnh|Điểm\nAn Giang|57,79\n", "|", 2),
        ("Bảng 1, năm 2016; sơ bộ\nTỉnh|Điểm\nAn Giang|57,79\nHà Nội|60,1\n", "|", 2),
        ("a;b,c\n1;2,5\n3;4,5\n", ";", None),
        ("Tỉnh;Điểm;Ghi chú\nAn Giang;57,79;a, b, c\nHà Nội;60,74;d, e, f\n", ";", 3),
        ("Tỉnh\nAn Giang\nHà Nội\n", "\t", 1),
    ],
)
def test_the_separator_is_the_one_that_parts_names_from_figures(text: str, separator: str, width: int | None):
    found = read_separated(text, known)
    if width is None:  # two separators, no name, rows as even with both
        assert (found.why, found.table) == ("separator_unclear", None)
        return
    assert found.table is not None
    assert (found.separator, found.table.width) == (separator, width)


def test_the_line_of_excel_is_taken_away_and_not_counted():
    found = read_separated("sep=|\r\nTỉnh|Điểm\r\nAn Giang|57,79\r\n", known)
    assert found.table is not None
    assert (found.separator, found.table.first_row, found.table.n_rows) == ("|", 1, 2)


def test_short_and_long_rows_are_filled_up():
    assert cells("Tỉnh;Điểm;Hạng\nAn Giang;57,79\n\nHà Nội;60,74;14;x\n") == [
        ["Tỉnh", "Điểm", "Hạng", ""],
        ["An Giang", "57,79", "", ""],
        ["", "", "", ""],
        ["Hà Nội", "60,74", "14", "x"],
    ]


def test_a_quoted_cell_keeps_everything():
    assert cells('Tỉnh;Ghi chú\nAn Giang;"a;b,c|d\te ""f""\r\ng"\n') == [
        ["Tỉnh", "Ghi chú"],
        ["An Giang", 'a;b,c|d\te "f"\r\ng'],
    ]


@pytest.mark.parametrize(
    ("text", "why", "row"),
    [
        ('Tỉnh;Điểm\nAn Giang;"57,79\nHà Nội;60\n', "quote_broken", 2),
        ('Tỉnh;Điểm\nAn Giang;"57"79\nHà Nội;60\n', "quote_broken", 2),
        ("Tỉnh;Điểm\nAn Giang;" + "9" * 140_000 + "\n", "cell_too_long", 2),
        ("Tỉnh;Điểm\nAn Giang" + ";1" * MOST_COLUMNS + "\n", "too_many_columns", 2),
    ],
)
def test_text_that_is_no_table(text: str, why: str, row: int):
    found = read_separated(text, known)
    assert (found.table, found.why, found.row) == (None, why, row)


def test_columns_that_begin_late_in_a_long_file():
    lines = ["Tỉnh;Điểm", *["An Giang;1"] * 60_000, "Hà Nội;2;x"]
    table = read_separated("\n".join(lines), known).table
    assert table is not None
    assert (table.n_rows, table.width) == (60_002, 3)
    assert table.rows(60_000, 2) == [["An Giang", "1", ""], ["Hà Nội", "2", "x"]]
