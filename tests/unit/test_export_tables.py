"""Tables to take away: they open right in Excel, keep real numbers, and run nothing."""

import csv
import io

import openpyxl
import pandas as pd
import pytest

from indices.catalogue import SourceSpec
from indices.export.tables import csv_bytes, parquet_bytes, sources_of, template_rows, workbook_bytes
from indices.tidy import COLUMNS, TIDY_DTYPES
from tests.unit.conftest import figures, small_catalogue, values

TABLE = figures(
    "edition province score rank n_ranked source\n"
    "2020 Hà_Nội 71.25 2 63 one\n"
    "2020 Bắc_Giang - 9 63 one\n"
    "2020 Đà_Nẵng 80.5 - - two"
)
CATALOGUE = small_catalogue([], sources={"one": SourceSpec("one", "https://a.vn", "Bảng A", "publisher")})


def test_csv_for_a_vietnamese_excel():
    assert csv_bytes(TABLE, "vi").decode("utf-8") == (
        "\ufeffindex;edition;province;component;score;rank;n_ranked;basis;source;note\r\n"
        "X;2020;Hà_Nội;overall;71,25;2;63;published;one;\r\n"
        "X;2020;Bắc_Giang;overall;;9;63;published;one;\r\n"
        "X;2020;Đà_Nẵng;overall;80,5;;;published;two;\r\n"
    )


def test_csv_for_an_english_excel():
    first = csv_bytes(TABLE, "en").decode("utf-8").splitlines()[1]
    assert first == "X,2020,Hà_Nội,overall,71.25,2,63,published,one,"


def test_csv_reads_back_as_it_was():
    back = pd.read_csv(io.BytesIO(csv_bytes(TABLE, "vi")), sep=";", decimal=",", encoding="utf-8-sig")
    assert values(back, "province", "score", "rank") == values(TABLE, "province", "score", "rank")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\uff1d1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_plain(text):
    table = TABLE.assign(note=pd.Series([text, "1-2", ""], dtype=TABLE["note"].dtype))
    notes = [row[9] for row in rows_of(csv_bytes(table, "en"))]
    assert notes == ["'" + text, "1-2", ""]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]


def test_a_negative_number_stays_a_number():
    table = pd.DataFrame({"province": ["A"], "points_ahead": [-2.5]})
    assert csv_bytes(table, "vi").decode("utf-8-sig") == "province;points_ahead\r\nA;-2,5\r\n"


def test_separators_and_quotes_inside_a_text_are_kept():
    table = TABLE.assign(note=pd.Series(['a;b "c"', "", ""], dtype=TABLE["note"].dtype))
    assert 'one;"a;b ""c"""\r\n' in csv_bytes(table, "vi").decode("utf-8")


def test_an_empty_table_is_its_header():
    assert csv_bytes(TABLE.head(0), "en").decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"


def test_workbook_has_numbers_and_its_sources_last():
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(TABLE, CATALOGUE, "vi")))
    assert book.sheetnames == ["Số liệu", "Nguồn"]
    sheet = book["Số liệu"]
    assert [cell.value for cell in sheet[1]] == COLUMNS
    assert [cell.value for cell in sheet[2]][2:7] == ["Hà_Nội", "overall", 71.25, 2, 63]
    assert [cell.value for cell in sheet[3]][2:7] == ["Bắc_Giang", "overall", None, 9, 63]
    assert (sheet["E2"].data_type, sheet["B2"].data_type) == ("n", "s")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:J4")
    assert [[cell.value for cell in row] for row in book["Nguồn"].iter_rows()] == [
        ["source", "address", "title", "kind", "n_figures"],
        ["one", "https://a.vn", "Bảng A", "publisher", 2],
        ["two", "", "", "", 1],
    ]


def test_workbook_runs_no_formula_and_follows_no_link():
    table = TABLE.assign(note=pd.Series(["=1+1", "https://x.vn", ""], dtype=TABLE["note"].dtype))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(table, CATALOGUE, "en")))
    sheet = book["Figures"]
    assert (sheet["J2"].value, sheet["J2"].data_type) == ("=1+1", "s")
    assert sheet["J3"].hyperlink is None


def test_workbook_of_an_empty_table():
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(TABLE.head(0), CATALOGUE, "vi")))
    assert [sheet.max_row for sheet in book.worksheets] == [1, 1]


def test_parquet_keeps_the_types():
    back = pd.read_parquet(io.BytesIO(parquet_bytes(TABLE)), dtype_backend="pyarrow")
    assert dict(back.dtypes) == TIDY_DTYPES
    pd.testing.assert_frame_equal(back, TABLE)


def test_sources_count_their_figures():
    assert values(sources_of(TABLE, CATALOGUE), "source", "title", "n_figures") == [
        ("one", "Bảng A", 2),
        ("two", "", 1),
    ]


def test_template_is_an_empty_published_file():
    rows = template_rows(CATALOGUE, "X", ["Hà Nội", "Bắc Giang"])
    assert list(rows) == ["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"]
    assert values(rows, "province", "component", "score", "n_ranked", "basis") == [
        ("Hà Nội", "overall", "", 2, "published"),
        ("Bắc Giang", "overall", "", 2, "published"),
    ]
