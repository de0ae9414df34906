"""Files made to fill the memory or to get behind a reader: refused with a stated code, or read as plain text.

Each in a process of its own that may use 3 GB at most; what it used is measured.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.hostile.child import taken_by_child
from tests.hostile.packages import cell, lying, ods, ods_cell, ods_rows, rows, sheet, xlsx, zipped

MOST_MEGABYTES = 1_200
MOST_SECONDS = 60
N_SPACES = 300_000_000
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {name} '{f'&{inner};' * 10}'>" for name, inner in pairwise("hgfedcba"))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
REPEATED = f'<table:table-row table:number-rows-repeated="1048570">{ods_cell(1) * 9}</table:table-row>'
SHEET = "xl/worksheets/sheet1.xml"


def _spaces() -> dict[str, str | bytes]:
    return {"xl/workbook.xml": "<w/>", SHEET: b" " * N_SPACES}


def refused() -> list[tuple[str, bytes | Callable[[], bytes], set[str]]]:
    many = {f"xl/media/{n}.xml": "x" for n in range(5_000)}
    csv_line = b"T\xe1\xbb\x89nh;\xc4\x90i\xe1\xbb\x83m\n" + b"x" * 30_000_000
    return [
        ("empty.xlsx", b"", {"file_empty"}),
        ("bom.csv", b"\xef\xbb\xbf", {"file_empty"}),
        ("scan.xlsx", b"%PDF-1.7 ...", {"file_kind"}),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", {"file_is_html"}),
        ("letter.xlsx", zipped({"word/document.xml": "<w/>"}), {"file_kind"}),
        ("cut.xlsx", xlsx()[:900], {"file_damaged"}),
        ("large-member.xlsx", lambda: zipped(_spaces()), {"file_too_large"}),
        ("lying.xlsx", lambda: lying(_spaces(), SHEET, 1_000), {"file_damaged"}),
        ("many.xlsx", zipped({"xl/workbook.xml": "<w/>", **many}), {"file_too_large"}),
        ("laughs.xlsx", xlsx({SHEET: sheet(before=LAUGHS)}), {"file_unsafe"}),
        ("outside.xlsx", xlsx({"xl/sharedStrings.xml": OUTSIDE + "<sst/>"}), {"file_unsafe"}),
        ("corner.xlsx", xlsx({SHEET: sheet(rows() + cell("XFD1048576", 1))}), {"sheet_too_large"}),
        (
            "repeated.ods",
            ods(ods_rows() + REPEATED),
            {"sheet_too_large"},
        ),
        ("line.csv", csv_line, {"cell_too_long", "header_missing", "separator_unclear"}),
        ("quote.csv", 'Tỉnh;Điểm\n"Bắc Giang;64,7\nHà Nội;68,6\n'.encode(), {"quote_broken"}),
        ("wide.csv", b";".join([b"x"] * 100_000), {"too_many_columns", "header_missing"}),
    ]


CASES = refused()


@pytest.mark.parametrize(("name", "content", "codes"), CASES, ids=[case[0] for case in CASES])
def test_a_hostile_file_is_refused_for_a_stated_reason(
    name: str, content: bytes | Callable[[], bytes], codes: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content if isinstance(content, bytes) else content())
    outcome = taken_by_child(path, name)
    assert outcome.died == ""
    assert not outcome.may_be_added
    assert codes & set(outcome.codes), outcome.codes
    assert outcome.megabytes < MOST_MEGABYTES
    assert outcome.seconds + outcome.marked_seconds < MOST_SECONDS


def test_the_small_good_table_around_which_they_are_made_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(xlsx())
    outcome = taken_by_child(path)
    assert (outcome.died, outcome.readable, outcome.n_figures) == ("", True, 3)
