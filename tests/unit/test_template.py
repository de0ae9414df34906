"""Templates: the right provinces and columns, filled with what is held, and back in to exactly that."""

import io

import openpyxl
import pandas as pd
import pytest

from indices.catalogue import Catalogue, ComponentSpec
from indices.export.template import template_workbook
from indices.export.template_fields import template_fields
from indices.intake import Answers, take_in
from indices.loaders.published import published_files, read_published
from indices.tidy import as_tidy, empty_tidy
from tests.unit.conftest import DATA, edition, figures, small_catalogue


@pytest.fixture(scope="module")
def held(bundled: Catalogue) -> pd.DataFrame:
    files = published_files(DATA / "published")
    return pd.concat([read_published(path, bundled)[0] for path in files], ignore_index=True)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def heads(sheet) -> list[str]:
    return [cell.value for cell in sheet[3]]


def stated(table: pd.DataFrame, *names: str) -> set[tuple]:
    """The figures of a tidy table that are there, with some columns, as plain values."""
    rows = table[table["score"].notna() | table["rank"].notna()]
    names = ("province", "component", "score", "rank", *names)
    return {
        tuple(None if pd.isna(v) else v for v in row) for row in rows[list(names)].itertuples(index=False)
    }


def test_a_filled_template(bundled, held):
    book = opened(template_workbook(bundled, "PCI", "2021", held, "vi"))
    sheet = book.worksheets[0]
    assert (sheet.title, book.sheetnames[1]) == ("PCI 2021", "Hướng dẫn")
    assert sheet["A1"].value == "PCI 2021: Chỉ số năng lực cạnh tranh cấp tỉnh"
    assert heads(sheet)[:3] == ["Tỉnh, thành phố", "Điểm", "Thứ hạng"]
    assert heads(sheet)[-3:] == ["Số tỉnh được xếp hạng", "Nguồn", "Ghi chú"]
    # 10 sub-indices with score and rank beside the total; implementation and SOE bias were dropped before.
    assert len(heads(sheet)) == 1 + 2 + 20 + 3
    assert (sheet["A4"].value, sheet["B4"].value, sheet["C4"].value) == ("An Giang", 66.477402, 17)
    assert (sheet.max_row, sheet["A66"].value) == (3 + 63, "Yên Bái")
    assert sheet["B4"].number_format == "0.00##"
    assert sheet.freeze_panes == "B4"
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_what_a_cell_takes(bundled, held):
    sheet = opened(template_workbook(bundled, "PAR", "2022", held, "vi")).worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    total, rank = rules["B4:B66"], rules["C4:C66"]
    assert (total.type, total.formula1, float(total.formula2)) == ("decimal", "0", 100)
    assert (rank.type, rank.formula1, rank.formula2) == ("whole", "1", "63")
    assert rank.error == "Thứ hạng là số nguyên từ 1 đến 63."
    # The scale of a part is that of its year: apparatus has 10.5 points in 2022.
    at = heads(sheet).index("Cải cách tổ chức bộ máy hành chính (điểm)") + 1
    letter = openpyxl.utils.get_column_letter(at)
    assert rules[f"{letter}4:{letter}66"].formula2 == "10.5"


@pytest.mark.parametrize(
    ("index", "year", "n", "first"),
    [
        ("PAR", "2025", 34, "Hà Nội"),
        ("DTI", "2024-34", 34, "Hà Nội"),
        ("PCI", "2007", 64, "An Giang"),
        ("PAPI", "2024", 63, "An Giang"),
    ],
)
def test_the_provinces_of_the_edition(bundled, held, index, year, n, first):
    sheet = opened(template_workbook(bundled, index, year, held, "vi")).worksheets[0]
    names = [cell.value for cell in sheet["A"][3:]]
    assert (len(names), names[0]) == (n, first)
    assert ("Hà Tây" in names) == (n == 64)
    assert ("Bắc Giang" in names) == (n > 34)


def test_parts_of_two_splits_wear_different_names(bundled, held):
    spec = bundled.edition("PAR", "2022")
    fields = template_fields(bundled, spec, held[held["index"] == "PAR"], "vi")
    named = {(field.component, field.kind): field.heading for field in fields}
    assert len(set(named.values())) == len(fields)
    assert named["procedures", "score"] == "Cải cách thủ tục hành chính (điểm)"
    assert named["procedures_pct", "score"] == "Cải cách thủ tục hành chính (%)"
    assert named["procedures", "rank"] == "Cải cách thủ tục hành chính (điểm) – thứ hạng"
    english = template_fields(bundled, spec, held[held["index"] == "PAR"], "en")
    # The name says "from 2016": a year in a heading would be taken for the edition.
    assert {f.heading for f in english if f.component == "procedures_pct"} == {
        "Administrative procedures (%)",
        "Administrative procedures (%) – rank",
    }


def test_parts_follow_what_they_are_part_of(bundled, held):
    spec = bundled.edition("PAPI", "2024")
    fields = [f for f in template_fields(bundled, spec, empty_tidy(), "vi") if f.kind == "score"]
    codes = [field.component for field in fields]
    assert len(codes) == 1 + 8 + 28
    assert codes[:3] == ["overall", "d1_participation", "d1_civic_knowledge"]
    assert fields[2].belongs_to == "Tham gia của người dân ở cấp cơ sở"
    assert [f.kind for f in template_fields(bundled, spec, empty_tidy(), "vi")].count("rank") == 1


def test_what_stands_beside_the_whole_has_a_column(bundled, held):
    spec = bundled.edition("PCI", "2008")
    assert "overall_unweighted" in {field.component for field in template_fields(bundled, spec, held, "vi")}


def test_a_heading_that_an_upload_would_not_know_is_the_code():
    parts = tuple(
        ComponentSpec("X", code, "overall", "main", 2019, None, name, name, 10, "")
        for code, name in [("input", "Đầu vào"), ("first", "Như nhau"), ("second", "Như nhau")]
    )
    catalogue = small_catalogue([edition("2020")], components=parts)
    fields = template_fields(catalogue, catalogue.edition("X", "2020"), empty_tidy(), "vi")
    assert [field.heading for field in fields] == ["Điểm", "Thứ hạng", "Đầu vào", "first", "second"]


def test_texts_of_others_are_no_formulas(bundled):
    table = figures("edition province component score rank source\n2019 Kiên-Giang overall 1 1 s")
    table = table.assign(index="PCI", province="Kiên Giang", source="=cmd|x", note="@SUM(1)")
    sheet = opened(template_workbook(bundled, "PCI", "2019", as_tidy(table), "vi")).worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "Kiên Giang")
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in row[-2:]] == [
        ("=cmd|x", "s", True),
        ("@SUM(1)", "s", True),
    ]


def test_an_edition_that_cannot_be(bundled, held):
    for year in ("1999", "PCI", "2024-64", ""):
        with pytest.raises(KeyError):
            template_workbook(bundled, "PCI", year, held, "vi")


ROUND_TRIPS = (
    "PCI/2021",
    "PCI/2008",
    "PAPI/2024",
    "PAR/2022",
    "SIPAS/2023",
    "ICT/2016",
    "DTI/2022",
    "DTI/2024-34",
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_a_filled_template_comes_back_as_what_is_held(bundled, held, name, language):
    index, year = name.split("/")
    own = held[(held["index"] == index) & (held["edition"] == year)]
    intake = take_in("mau.xlsx", template_workbook(bundled, index, year, held, language), bundled)
    assert intake.proposed == (index, year)
    assert intake.report.errors == ()
    assert list(intake.tables) == [(index, year)]
    assert stated(intake.tables[index, year]) == stated(own)
    # A row has one source, note and basis: those of its total.
    total = own[own["component"] == "overall"]
    found = intake.tables[index, year]
    found = found[found["component"] == "overall"]
    assert stated(found, "n_ranked", "basis", "source", "note") == stated(
        total, "n_ranked", "basis", "source", "note"
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_new_edition_filled_in_by_hand(bundled, held, language):
    book = opened(template_workbook(bundled, "PAR", "2025", held, language))
    sheet = book.worksheets[0]
    wanted = set()
    for rank, row in enumerate(range(4, 38), start=1):
        score = round(95 - rank / 4, 2)
        sheet.cell(row, 2, score)
        sheet.cell(row, 3, rank)
        wanted.add((rank, score))
    source = heads(sheet).index({"vi": "Nguồn", "en": "Source"}[language]) + 1
    sheet.cell(4, source, "Quyết định 1/QĐ-BNV")
    buffer = io.BytesIO()
    book.save(buffer)
    intake = take_in("x.xlsx", buffer.getvalue(), bundled, Answers(source="Công văn 2"), held)
    assert intake.report.errors == ()
    assert [(spec.index, spec.edition, spec.frame) for spec in intake.new_editions] == [("PAR", "2025", 34)]
    table = intake.tables["PAR", "2025"]
    assert set(zip(table["rank"], table["score"], strict=True)) == wanted
    assert set(table["n_ranked"]) == {34}
    first = table.set_index("province").loc["Hà Nội"]
    assert (first["rank"], first["source"]) == (1, "Quyết định 1/QĐ-BNV")
    assert set(table["source"]) == {"Quyết định 1/QĐ-BNV", "Công văn 2"}
