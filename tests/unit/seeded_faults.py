"""The seeded faults: how each is made, where it must be found, what its sentence says cures it."""

from __future__ import annotations

import datetime
from typing import Any

from tests.samples.figures import provinces, published
from tests.unit import faulty
from tests.unit.fault_acts import (
    CSV,
    XLSX,
    Fault,
    Found,
    add_column,
    add_row,
    all_mixed_up,
    answer,
    as_said,
    both,
    column,
    drop_column,
    drop_row,
    encode,
    held_already,
    letters,
    mixed_up,
    put,
    scores_of,
    spoil_bytes,
    swap,
    typed_anew,
    unsay,
    with_value_of_formula,
)
from tests.unit.faulty import (
    HEADER,
    SHEET,
    Sheet,
    Upload,
    dti,
    papi,
    pci,
    pci_ranks,
    pci_scores,
    tidy,
)
from tests.unit.legacy_letters import TCVN3, VNI


def _said_comma() -> Upload:
    upload = pci()
    upload.answers["decimal"] = ","
    return upload


def _untitled() -> Upload:
    upload = pci_scores()
    upload.put("A1", None)
    upload.put("C4", "Điểm")
    return upload


def _shares() -> Upload:
    """Scores of the ICT index, 0 to 1, made up."""
    upload = dti(provinces(), "2022")
    upload.put("B1", "Điểm")
    upload.answers["index"] = "ICT"
    return upload


def _ranks_in_row_9() -> Upload:
    """Ranks alone; rank 50 stands in the row below Bắc Giang."""
    upload = pci_ranks()
    other = next(row for row in upload.rows[HEADER:] if row[2] == 50)
    upload.rows.remove(other)
    upload.rows.insert(8, other)
    return upload


def _old() -> Upload:
    """PCI 2008 with Hà Tây, scores and ranks as published."""
    figures = published("PCI", "2008", ["overall"])
    rows: list[list[Any]] = [
        ["Tỉnh", "Điểm PCI", "Hạng"],
        *([name, *figure] for (name, _), figure in figures.items()),
    ]
    return Upload(rows, 1, answers={"index": "PCI", "edition": "2008", "source": "s"})


def _dti_63() -> Upload:
    return dti(provinces(), "2023")


def _dti_34() -> Upload:
    return dti(provinces(34), "2024-34")


FAULTS = [
    # -- the file ------------------------------------------------------------------------------------
    Fault("an empty file", spoil_bytes(lambda _: b""), (Found("file_empty", sheet=None),), typed_anew),
    Fault(
        "a sheet without a cell",
        lambda upload: upload.rows.clear(),
        (Found("file_empty", sheet=None),),
        typed_anew,
    ),
    Fault(
        "bytes that are no UTF-8",
        spoil_bytes(lambda content: content.replace("Nguồn".encode(), b"Ngu\xe1\xbbn")),
        (Found("text_unreadable", value="UTF-8", sheet=None),),
        typed_anew,
        forms=CSV,
    ),
    Fault(
        "a PDF",
        spoil_bytes(lambda content: b"%PDF-1.7\n" + content),
        (Found("file_kind", value="PDF", sheet=None),),
        typed_anew,
    ),
    Fault(
        "a web page",
        spoil_bytes(lambda content: b"<html><table><tr><td>An Giang</td></tr></table></html>"),
        (Found("file_is_html", sheet=None),),
        typed_anew,
    ),
    Fault(
        "a workbook cut short",
        spoil_bytes(lambda content: content[: len(content) // 2]),
        (Found("file_damaged", sheet=None),),
        typed_anew,
        forms=XLSX,
    ),
    Fault(
        "a quotation mark that is not closed",
        spoil_bytes(lambda content: content.replace("Bắc Giang".encode(), '"Bắc Giang'.encode())),
        (Found("quote_broken", "8", sheet=None),),
        typed_anew,
        forms=CSV,
    ),
    Fault(
        "TCVN3 as bytes",
        both(letters(TCVN3), encode(lambda text: text.encode("latin-1"))),
        (Found("legacy_encoding", "6", "Bµ RÞa - Vòng Tµu", slots={"encoding": "TCVN3"}),),
        typed_anew,
        forms=CSV,
    ),
    Fault(
        "TCVN3 typed in Excel",
        letters(TCVN3),
        (Found("legacy_encoding", "B6", "Bµ RÞa - Vòng Tµu", slots={"encoding": "TCVN3"}),),
        typed_anew,
    ),
    Fault(
        "VNI as bytes",
        both(letters(VNI), encode(lambda text: text.encode("latin-1"))),
        (Found("legacy_encoding", "6", "Baø Ròa - Vuõng Taøu", slots={"encoding": "VNI"}),),
        typed_anew,
        forms=CSV,
    ),
    Fault(
        "VNI typed in Excel",
        letters(VNI),
        (Found("legacy_encoding", "B6", "Baø Ròa - Vuõng Taøu", slots={"encoding": "VNI"}),),
        typed_anew,
    ),
    Fault(
        "UTF-8 opened as Western European and saved",
        all_mixed_up,
        (Found("text_mixed_up", "B6", mixed_up("Bà Rịa - Vũng Tàu")),),
        typed_anew,
    ),
    # -- header and columns --------------------------------------------------------------------------
    Fault(
        "no header",
        lambda upload: upload.rows.__delitem__(slice(0, HEADER)),
        (Found("header_missing"),),
        typed_anew,
    ),
    Fault(
        "no column of provinces",
        both(put("B4", "Mã số"), column("B", lambda _: "x")),
        (Found("column_missing_province", "4"),),
        typed_anew,
    ),
    Fault(
        "no column of scores or ranks",
        put("C4", "Cột lạ"),
        (Found("column_missing_score", "4"),),
        answer(columns={"Cột lạ": "score"}),
        clean=pci_scores,
    ),
    Fault(
        "a column nobody knows",
        add_column("Cột lạ", lambda n: n),
        (Found("unused_column", "P4", "Cột lạ", "warning"),),
        answer(columns={"Cột lạ": "skip"}),
    ),
    Fault(
        "a column twice with other figures",
        add_column("Điểm số PCI", lambda n: 50 + n / 8),
        (Found("duplicate_column", "P4", "Điểm số PCI", slots={"other": "Điểm PCI"}),),
        drop_column("P"),
    ),
    Fault(
        "a separator in a cell without quotation marks",
        both(put("O8", "tạm § tính"), spoil_bytes(lambda content: content.replace("§".encode(), b";"))),
        (Found("row_too_long", "8", sheet=None, slots={"n": "15"}),),
        typed_anew,
        forms=CSV,
    ),
    # -- cells -----------------------------------------------------------------------------------------
    Fault("no score", put("C8", None), (Found("value_missing", "C8", "", "warning"),), put("C8", 58.2)),
    Fault("no rank", put("D8", " "), (Found("value_missing", "D8", "", "warning"),), put("D8", 33)),
    Fault(
        "no figure of a part",
        put("G8", None),
        (Found("value_missing", "G8", "", "warning"),),
        put("G8", 6.04),
    ),
    Fault(
        "a province's row without a figure",
        lambda upload: upload.rows[7].__setitem__(slice(2, 14), [None] * 12),
        (Found("row_empty", "B8", "Bắc Giang", "warning"),),
        lambda upload: upload.rows.__setitem__(7, pci().rows[7]),
    ),
    Fault(
        "letters in a number",
        put("C8", "58,2o"),
        (Found("number_unreadable", "C8", "58,2o"),),
        put("C8", 58.2),
    ),
    Fault(
        "two numbers in a cell",
        put("G8", "6,04 / 6,1"),
        (Found("score_of_other_scale", "G8", "6,04 / 6,1", slots={"of": "6.1", "scale": "10"}),),
        put("G8", 6.04),
    ),
    Fault(
        "a number with two meanings",
        put("C8", "5.820"),
        (Found("ambiguous_number", "C8", "5.820", slots={"first": "5.82", "second": "5820"}),),
        put("C8", "58,20"),
        forms=XLSX,
    ),
    Fault(
        "a point for thousands where it was one for decimals",
        put("C8", "58.200"),
        (Found("score_out_of_scale", "C8", "58.200", slots={"scale": "100"}),),
        put("C8", 58.2),
        forms=CSV,
    ),
    Fault(
        "another decimal mark than most cells",
        put("C8", "58.2"),
        (Found("decimal_marks_mixed", "C8", "58.2", "warning"),),
        put("C8", 58.2),
        forms=CSV,
    ),
    Fault(
        "another decimal mark than the one said",
        put("C8", "58.2"),
        (Found("decimal_mark_differs", "C8", "58.2"),),
        put("C8", 58.2),
        clean=_said_comma,
        forms=CSV,
    ),
    Fault(
        "a score beyond the scale",
        put("C8", 158.2),
        (Found("score_out_of_scale", "C8", "158,2"),),
        put("C8", 58.2),
        forms=CSV,
    ),
    Fault(
        "the same in a workbook",
        put("C8", 158.2),
        (Found("score_out_of_scale", "C8", "158.2"),),
        put("C8", 58.2),
        forms=XLSX,
    ),
    Fault(
        "a score below nought",
        put("G8", "-6,04"),
        (Found("score_out_of_scale", "G8", "-6,04", slots={"scale": "10"}),),
        put("G8", 6.04),
    ),
    Fault(
        "shares of 1 for points of 100",
        column("C", lambda score: round(score / 100, 4)),
        (
            Found(
                "score_as_fraction",
                "C5",
                "0.5779",
                slots={"low": "0.5299", "high": "0.7", "n": "63", "scale": "100"},
            ),
        ),
        column("C", lambda score: round(score * 100, 2)),
        forms=XLSX,
    ),
    Fault(
        "percent for shares of 1",
        lambda upload: [row.__setitem__(1, round(row[1] * 100, 2)) for row in upload.rows[1:]] and None,
        (Found("scale_differs", "B2", None, slots={"scale": "1", "high": "80", "n": "63"}),),
        lambda upload: [row.__setitem__(1, round(row[1] / 100, 4)) for row in upload.rows[1:]] and None,
        clean=_dti_63,
    ),
    Fault(
        "a rank that is not whole",
        put("D8", "33,5"),
        (Found("not_a_whole_number", "D8", "33,5"),),
        put("D8", 33),
    ),
    Fault(
        "a rank beyond the field",
        put("D8", 64),
        (Found("rank_out_of_field", "D8", "64", slots={"n": "63"}),),
        put("D8", 33),
    ),
    Fault(
        "a rank of fewer than there are",
        put("D8", "33/30"),
        (Found("number_unreadable", "D8", "33/30"),),
        put("D8", "33/63"),
    ),
    Fault(
        "a field larger than the country",
        put("D8", "33/99"),
        (Found("field_too_large", "D8", "33/99", slots={"n": "63"}),),
        put("D8", "33/63"),
    ),
    Fault("a rank of 0", put("D8", 0), (Found("zero_as_missing", "D8", "0", "warning"),), put("D8", 33)),
    Fault(
        "a rank that the score denies",
        put("D8", 23),
        (Found("rank_score_disagree", "D8", "23", "warning", slots={"expected": "32-34", "score": "58.2"}),),
        put("D8", 33),
    ),
    Fault(
        "a rank that nobody else leaves",
        put("C8", 50),
        # Rank 33 is free and 50 twice: nothing tells which of the two is the wrong one, so both are named.
        tuple(Found("rank_hole", cell, "50", "warning", slots={"expected": "33"}) for cell in ("C8", "C9")),
        put("C8", 33),
        clean=_ranks_in_row_9,
    ),
    Fault(
        "a total that its weights do not give",
        put("G8", 9.04),
        (Found("weights_differ", "C8", "58,2", "warning", slots={"expected": "64.195"}),),
        put("G8", 6.04),
        forms=CSV,
    ),
    Fault(
        "a total that its parts do not add up to",
        put("C2", 9.5),
        (Found("sum_differs", "B2", None, "warning"),),
        lambda upload: upload.rows.__setitem__(1, papi().rows[1]),
        clean=papi,
    ),
    Fault(
        "an unlikely jump",
        put("C8", 85.2),
        (Found("unlikely_jump", "C8", None, "warning", slots={"since": "2015", "before": "57.612225"}),),
        put("C8", 58.2),
        clean=pci_scores,
    ),
    Fault(
        "two ranks typed one for the other",
        swap("C17", "C19"),
        # Two wrong cells, each told.
        (
            Found("unlikely_move", "C17", "1", "warning", slots={"before": "58", "since": "2015"}),
            Found("unlikely_move", "C19", "63", "warning", slots={"before": "1", "since": "2015"}),
        ),
        swap("C17", "C19"),
        clean=pci_ranks,
    ),
    # -- provinces -------------------------------------------------------------------------------------
    Fault(
        "a province twice",
        add_row(64, "Bac Giang", *pci().rows[7][2:]),
        (Found("duplicate_province", "B68", "Bac Giang", slots={"first": "8"}),),
        drop_row(68),
    ),
    Fault(
        "a province left out",
        drop_row(8),
        (Found("province_absent", "", "Bắc Giang", "warning"),),
        add_row(*pci().rows[7], at=8),
    ),
    Fault(
        "a name misspelt",
        put("B8", "Bắc Giăng"),
        (Found("unknown_province", "B8", "Bắc Giăng", slots={"suggestion": "Bắc Giang", "frame": "63"}),),
        as_said,
    ),
    Fault(
        "a name nobody knows",
        put("B8", "Xứ Đoài"),
        (Found("unknown_province", "B8", "Xứ Đoài", slots={"suggestion": ""}),),
        put("B8", "Bắc Giang"),
    ),
    Fault("a name left out", put("B8", None), (Found("province_missing", "B8", ""),), put("B8", "Bắc Giang")),
    Fault(
        "one name in TCVN3",
        put("B8", "B¾c Giang"),
        (Found("legacy_encoding", "B8", "B¾c Giang", slots={"suggestion": "Bắc Giang"}),),
        as_said,
    ),
    Fault(
        "one name opened as Western European",
        put("B8", mixed_up("Bắc Giang")),
        (Found("text_mixed_up", "B8", mixed_up("Bắc Giang")),),
        as_said,
    ),
    Fault(
        "Hà Tây after 2008",
        put("B28", "Hà Tây"),
        (Found("province_wrong_frame", "B28", "Hà Tây", slots={"suggestion": "Hà Nội", "frame": "63"}),),
        as_said,
    ),
    Fault(
        "Hà Tây beside Hà Nội after 2008",
        add_row(64, "Hà Tây", *pci().rows[27][2:]),
        (Found("province_wrong_frame", "B68", "Hà Tây"),),
        drop_row(68),
    ),
    Fault(
        "no Hà Tây before 2009",
        lambda upload: upload.rows.pop(upload.row("Hà Tây") - 1) and None,
        (Found("province_absent", "", "Hà Tây", "warning"),),
        lambda upload: upload.rows.append(_old().rows[_old().row("Hà Tây") - 1]),
        clean=_old,
    ),
    Fault(
        "34 names for an edition of 63",
        answer(edition="2023"),
        (Found("frame_differs", slots={"n": "34", "frame": "63"}),),
        answer(edition="2024-34"),
        clean=_dti_34,
    ),
    Fault(
        "63 names for an edition of 34",
        answer(edition="2024-34"),
        (Found("frame_older", "A3", "Bà Rịa - Vũng Tàu", slots={"n": "29", "frame": "34"}),),
        answer(edition="2023"),
        clean=_dti_63,
    ),
    # -- index and edition -----------------------------------------------------------------------------
    Fault(
        "another index in the title",
        put("A1", "Chỉ số PAPI năm 2016"),
        (Found("wrong_index", value="PCI", slots={"found": "PAPI", "given": "PCI"}),),
        put("A1", faulty.TITLE),
    ),
    Fault(
        "another year in the title",
        put("A1", "Chỉ số PCI năm 2015"),
        (Found("wrong_edition", value="2016", slots={"found": "2015", "given": "2016"}),),
        answer(edition="2015"),
    ),
    Fault(
        "another year in the file's name",
        lambda upload: setattr(upload, "file", "PCI_2015"),
        (Found("wrong_edition", value="2016", severity="warning"),),
        lambda upload: setattr(upload, "file", "PCI_2016"),
    ),
    Fault(
        "the figures of another edition",
        scores_of("2015"),
        (Found("wrong_edition", value="PCI 2016", slots={"found": "PCI 2015"}),),
        typed_anew,
        clean=pci_scores,
    ),
    Fault(
        "nothing says the index",
        both(put("A1", "Năm 2016"), put("C4", "Điểm"), unsay("index")),
        (Found("index_unknown"),),
        answer(index="PCI"),
        clean=pci_scores,
    ),
    Fault(
        "nothing says the year",
        both(put("A1", "Chỉ số PCI"), unsay("edition")),
        (Found("edition_unknown"),),
        answer(edition="2016"),
        clean=pci_scores,
    ),
    Fault(
        "a year before the index",
        answer(edition="1999"),
        (Found("edition_impossible", value="1999", slots={"index": "PCI"}),),
        answer(edition="2016"),
        clean=_untitled,
    ),
    Fault(
        "a year without an edition",
        answer(edition="2021"),
        (Found("edition_not_held", value="2021", slots={"index": "ICT"}),),
        answer(edition="2022"),
        clean=_shares,
    ),
    # -- tidy tables -----------------------------------------------------------------------------------
    Fault(
        "an index nobody knows",
        put("A8", "PCY"),
        (Found("unknown_index", "A8", "PCY"),),
        put("A8", "PCI"),
        clean=tidy,
    ),
    Fault(
        "a part nobody knows",
        put("D8", "entry_cost5"),
        (Found("unknown_component", "D8", "entry_cost5"),),
        put("D8", "overall"),
        clean=tidy,
    ),
    Fault(
        "a year that is none",
        put("B8", "năm ngoái"),
        (Found("unknown_edition", "B8", "năm ngoái"),),
        put("B8", 2016),
        clean=tidy,
    ),
    Fault(
        "a year to come in a column",
        put("B8", 2099),
        (Found("edition_impossible", "B8", "2099"),),
        put("B8", 2016),
        clean=tidy,
    ),
    # -- sheets ----------------------------------------------------------------------------------------
    Fault(
        "another sheet with another figure",
        lambda upload: upload.more.append(
            Sheet("Trang 2", [["PCI 2016"], ["Tỉnh", "Điểm PCI"], ["Bắc Giang", 58.3]])
        ),
        (Found("sheets_disagree", "B3", "58.3", sheet="Trang 2", slots={"other": "58.2", "sheet": SHEET}),),
        answer(sheets=(SHEET,)),
        forms=XLSX,
    ),
    # -- traps of workbooks ----------------------------------------------------------------------------
    Fault(
        "9/63 made a date by Excel",
        put("D8", datetime.date(1963, 9, 1)),
        (Found("cell_is_date", "D8", "1963-09-01"),),
        put("D8", "33/63"),
        forms=XLSX,
    ),
    Fault(
        "the same saved as text",
        put("D8", "Sep-63"),
        (Found("number_unreadable", "D8", "Sep-63"),),
        put("D8", "33/63"),
        forms=CSV,
    ),
    Fault(
        "a formula without a value",
        put("C8", "=AVERAGE(E8:N8)"),
        (Found("formula_without_value", "C8", "=AVERAGE(E8:N8)"),),
        put("C8", 58.2),
        forms=XLSX,
    ),
    Fault(
        "a formula in text",
        put("C8", "=AVERAGE(E8:N8)"),
        (Found("formula_without_value", "C8", "=AVERAGE(E8:N8)"),),
        put("C8", 58.2),
        forms=CSV,
    ),
    Fault(
        "an error of Excel", put("C8", "#REF!"), (Found("number_unreadable", "C8", "#REF!"),), put("C8", 58.2)
    ),
    Fault("0 for no data", put("C8", 0), (Found("zero_as_missing", "C8", "0", "warning"),), put("C8", 58.2)),
    Fault(
        "0 for no data of a part",
        put("G8", 0),
        (Found("zero_as_missing", "G8", "0", "warning"),),
        put("G8", 6.04),
    ),
    Fault("KCDL", put("C8", "KCDL"), (Found("marked_as_missing", "C8", "KCDL", "note"),), put("C8", 58.2)),
    Fault("N/A", put("D8", "N/A"), (Found("marked_as_missing", "D8", "N/A", "note"),), put("D8", 33)),
    Fault("#N/A", put("D8", "#N/A"), (Found("marked_as_missing", "D8", "#N/A", "note"),), put("D8", 33)),
    Fault(
        "a row of KCDL",
        lambda upload: upload.rows[7].__setitem__(slice(2, 14), ["-"] * 12),
        (
            Found("row_empty", "B8", "Bắc Giang", "note"),
            *(Found("marked_as_missing", f"{letter}8", "-", "note") for letter in "CDEFGHIJKLMN"),
        ),
        lambda upload: upload.rows.__setitem__(7, pci().rows[7]),
    ),
    Fault(
        "a row of means",
        add_row(None, "Trung bình cả nước", 58.4),
        (Found("row_left_out", "B68", "Trung bình cả nước", "note"),),
        drop_row(68),
    ),
    Fault(
        "a row of totals without a name",
        add_row("Tổng cộng", None, 3679.5),
        (Found("row_left_out", "B68", "", "note"),),
        drop_row(68),
    ),
    Fault(
        "a row of figures without any name",
        add_row(64, None, 58.4),
        (Found("province_missing", "B68", ""),),
        drop_row(68),
    ),
    Fault(
        "a hidden sheet",
        lambda upload: upload.more.append(Sheet("Cũ", _old().rows, hidden=True)),
        (Found("sheet_hidden", value="Cũ", severity="note", sheet="Cũ"),),
        lambda upload: upload.more.clear(),
        forms=XLSX,
    ),
    Fault(
        "a sheet of notes",
        lambda upload: upload.more.append(Sheet("Ghi chú", [["Nguồn: VCCI"]])),
        (Found("sheet_not_a_table", value="Ghi chú", severity="note", sheet="Ghi chú"),),
        lambda upload: upload.more.clear(),
        forms=XLSX,
    ),
    Fault(
        "figures that are held already",
        held_already,
        (Found("already_held", sheet=None, slots={"index": "PCI", "edition": "2015"}),),
        lambda upload: setattr(upload, "rows", tidy().rows),
        clean=tidy,
    ),
    Fault(
        "a column with few figures",
        lambda upload: [upload.put(f"G{row}", None) for row in range(8, 28)] and None,
        (Found("column_partly_empty", "", None, "note", slots={"n": "20", "all": "63"}),),
        lambda upload: [upload.put(f"G{row}", pci().get(f"G{row}")) for row in range(8, 28)] and None,
    ),
    Fault(
        "a formula with its value",
        spoil_bytes(lambda content: with_value_of_formula(content)),
        (Found("formulas_used", severity="note", sheet=None, slots={"n": "1"}),),
        typed_anew,
        forms=XLSX,
    ),
    Fault(
        "a sheet of another year",
        lambda upload: upload.more.append(Sheet("PCI 2015", _old().rows)),
        (
            Found(
                "sheet_of_another",
                value="PCI 2015",
                severity="note",
                sheet="PCI 2015",
                slots={"found": "2015"},
            ),
        ),
        lambda upload: upload.more.clear(),
        forms=XLSX,
    ),
]
