"""Seeded faults: each gives its finding at its cell and nothing else, and what the finding says cures it.

A fault spoils a clean upload (or one whose report is known); the report of the spoilt file must have
exactly the findings named more than before, and none after the cure that the sentence names.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from indices.i18n import LANGUAGES
from indices.i18n.texts import problem_sentence, sentences
from indices.intake import Intake
from indices.problem import Problem
from tests.unit.fault_acts import (
    Act,
    Fault,
    add_column,
    as_said,
    column,
    put,
)
from tests.unit.faulty import (
    FIRST,
    HEADER,
    Upload,
    pci,
    pci_scores,
)
from tests.unit.seeded_faults import FAULTS
from tests.unit.typed import hash_of_tidy, written

Key = tuple[str, str | None, int | None, int | None, str | None, str]


def findings(intake: Intake) -> Counter[Key]:
    return Counter((p.code, p.sheet, p.row, p.at, p.value, p.severity) for p in intake.report.problems)


@cache
def before(clean: Callable[[], Upload], form: str) -> Counter[Key]:
    return findings(clean().taken(form))


def typed(value: object, form: str) -> str:
    """A cell as it reads in the file."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and form == "xlsx":
        return str(int(value))
    return written(value, "," if form == "csv" else ".").strip()  # type: ignore[arg-type]  # a figure, as the case says


def place(problem: Problem) -> str:
    return problem.cell or (str(problem.row) if problem.row else "")


FULL = os.environ.get("INDICES_FULL_TRIALS") == "1"
CASES = [
    (fault, form)
    for at, fault in enumerate(FAULTS)
    for form in (fault.forms if FULL else fault.forms[at % len(fault.forms) :][:1])
]
"""Every fault in one form, CSV and XLSX in turn; in all of its forms with INDICES_FULL_TRIALS=1."""


@pytest.mark.parametrize(("fault", "form"), CASES, ids=[f"{fault.name} ({form})" for fault, form in CASES])
def test_a_fault_is_found_at_its_cell_and_cured_as_its_sentence_says(fault: Fault, form: str):
    upload = fault.clean()
    known = before(fault.clean, form)
    fault.spoil(upload)
    spoilt = upload.taken(form)
    more = findings(spoilt) - known
    problems = [
        p for p in spoilt.report.problems if (p.code, p.sheet, p.row, p.at, p.value, p.severity) in more
    ]
    wanted = [(f.code, f.cell, f.severity, f.sheet if form == "xlsx" else None) for f in fault.found]
    assert sorted((p.code, place(p), p.severity, p.sheet) for p in problems) == sorted(wanted, key=str)
    assert known - findings(spoilt) == Counter()
    for expected in fault.found:
        found = next(p for p in problems if (p.code, place(p)) == (expected.code, expected.cell))
        assert expected.value is None or (found.value or "").strip() == expected.value
        assert expected.slots.items() <= dict(found.slots).items()
        if found.at is not None and found.column is not None:
            assert found.column == upload.rows[upload.header - 1][found.at - 1] or found.sheet == "Trang 2"
        if found.cell is not None and found.sheet != "Trang 2":
            assert (found.value or "").strip() == typed(upload.get(found.cell), form)
    for language in LANGUAGES:
        for problem in problems:
            sentence = problem_sentence(problem, language)
            assert "{" not in sentence
            assert problem.slots.get("suggestion", "") in sentence
    assert spoilt.may_be_added == (not any(f.severity == "error" for f in fault.found))
    if fault.cure is as_said:
        as_said(problems[0], upload)
    else:
        fault.cure(upload)
    cured = upload.taken(form)
    assert findings(cured) == known
    assert cured.may_be_added


def test_every_code_that_the_desk_must_know_is_seeded():
    wanted = {
        *("file_empty", "text_unreadable", "legacy_encoding", "text_mixed_up", "header_missing"),
        *("column_missing_province", "column_missing_score", "duplicate_column", "unused_column"),
        *("value_missing", "row_empty", "number_unreadable", "ambiguous_number", "score_out_of_scale"),
        *("score_as_fraction", "scale_differs", "not_a_whole_number", "rank_out_of_field"),
        *("rank_score_disagree", "rank_hole", "duplicate_province", "province_absent", "province_missing"),
        *("unknown_province", "province_wrong_frame", "frame_differs", "frame_older", "wrong_index"),
        *("wrong_edition", "sum_differs", "weights_differ", "unlikely_jump", "unlikely_move", "already_held"),
        *("zero_as_missing", "marked_as_missing", "row_left_out", "sheet_hidden", "cell_is_date"),
        *("formula_without_value", "edition_impossible", "edition_not_held", "unknown_component"),
    }
    seeded = {found.code for fault in FAULTS for found in fault.found}
    assert wanted <= seeded
    assert len(FAULTS) == 89
    for language in LANGUAGES:
        assert {f"problem.{code}" for code in seeded} <= set(sentences(language))


def _tables(upload: Upload, form: str) -> str:
    intake = upload.taken(form)
    assert [(p.code, p.cell, p.value) for p in intake.report.problems if p.severity != "note"] == []
    (table,) = intake.tables.values()
    return hash_of_tidy(table)


def _names(*pairs: tuple[str, str]) -> Act:
    def act(upload: Upload) -> None:
        for name, typed_as in pairs:
            upload.put(f"B{upload.row(name)}", typed_as)

    return act


def _regions(upload: Upload) -> None:
    upload.rows.insert(FIRST - 1, ["I", "Trung du và miền núi phía Bắc"])
    upload.rows.insert(20, ["II", "ĐỒNG BẰNG SÔNG CỬU LONG", 58.9])
    upload.rows.insert(30, upload.rows[HEADER - 1])
    upload.rows.append([None, "Tổng cộng", 3679.5])
    upload.rows.append([None, "Giá trị trung bình", 58.4])
    upload.rows.append([])
    upload.rows.append(["Ghi chú: số liệu tạm tính"])


def _as_text(upload: Upload) -> None:
    for row in upload.rows[HEADER:]:
        row[2:14] = [written(cell) for cell in row[2:14]]


NO_FAULTS: dict[str, Act] = {
    "tones in other places, no marks, capitals, spaces": _names(
        ("Hòa Bình", "Hoà Bình"),
        ("Thanh Hóa", "Thanh Hoá"),
        ("Khánh Hòa", "KHÁNH HOÀ"),
        ("Hà Nội", "Ha Noi"),
        ("Bắc Giang", "  Bắc\u00a0Giang "),
        ("Cà Mau", "Ca\u0300 Mau"),
    ),
    "short names": _names(
        ("Thành phố Hồ Chí Minh", "TP.HCM"),
        ("Bà Rịa - Vũng Tàu", "BR-VT"),
        ("Thừa Thiên Huế", "TT-Huế"),
        ("Đắk Lắk", "Đắc Lắc"),
        ("Đắk Nông", "Đăk Nông"),
        ("Hải Phòng", "TP. Hải Phòng"),
        ("Hà Giang", "Tỉnh Hà Giang"),
    ),
    "hyphens of several kinds": _names(
        ("Bà Rịa - Vũng Tàu", "Bà Rịa \u2013 Vũng Tàu"), ("Thừa Thiên Huế", "Thừa Thiên\u2011Huế")
    ),
    "numbers before names, marks after them": _names(
        ("An Giang", "1. An Giang"), ("Bắc Giang", "Bắc Giang (*)")
    ),
    "ranks as 33/63": column("D", lambda rank: f"{rank}/63"),
    "ranks with their change": column("D", lambda rank: f"{rank} (tăng 3)"),
    "ranks with a word": column("D", lambda rank: f"Hạng {rank}"),
    "numbers stored as text": _as_text,
    "scores with a word": column("C", lambda score: f"{written(score)} điểm"),
    "scores of so many": column("E", lambda score: f"{written(score)}/10"),
    "regions, means, totals, the header once more": _regions,
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", NO_FAULTS)
def test_what_is_no_fault_is_read_without_a_word(name: str, form: str):
    upload = pci()
    NO_FAULTS[name](upload)
    assert _tables(upload, form) == _tables(pci(), form)


def test_9_of_63_says_of_how_many():
    upload = pci()
    upload.put("D8", "33/63")
    (table,) = upload.taken("csv").tables.values()
    row = table.query("province == 'Bắc Giang' and component == 'overall'").iloc[0]
    assert (row["score"], row["rank"], row["n_ranked"]) == (58.2, 33, 63)


def test_a_table_that_says_everywhere_that_there_is_nothing():
    upload = pci_scores()
    column("C", lambda _: "KCDL")(upload)
    report = upload.taken("xlsx").report
    assert report.counts() == {"row_empty": 63, "marked_as_missing": 63, "no_figures": 1}
    assert [p.code for p in report.errors] == ["no_figures"]


def test_every_finding_comes_at_once():
    upload = pci()
    for act in (
        put("B6", "Bà Rịa Vũng Tầu"),
        put("C8", "58,2o"),
        put("D10", 64),
        put("E12", 85.7),
        put("G20", None),
        add_column("Cột lạ", lambda n: n),
    ):
        act(upload)
    found = [(p.severity, p.code, p.cell, p.value) for p in upload.taken("xlsx").report.problems]
    assert found == [
        ("error", "unknown_province", "B6", "Bà Rịa Vũng Tầu"),
        ("error", "number_unreadable", "C8", "58,2o"),
        ("error", "rank_out_of_field", "D10", "64"),
        ("error", "score_out_of_scale", "E12", "85.7"),
        ("warning", "unused_column", "P4", "Cột lạ"),
        ("warning", "value_missing", "G20", ""),
    ]
