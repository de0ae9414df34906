"""PAR and SIPAS: a decision's annexes, the table of areas, several editions in the tidy columns."""

from __future__ import annotations

import csv
import io
import statistics

from tests.samples.figures import CATALOGUE, DATA, Figures, in_order, published, whole
from tests.samples.sample import MARK, MINISTRY, Edition, Sample, rank, score
from tests.samples.writing import Area, Cell, Sheet, text, xlsx


def decision_annex() -> Sample:
    """A decision's annexes typed into Excel: PAR by regions, SIPAS by rank with numbers stored as text."""
    par = whole("PAR", "2022")
    decision = "(Kèm theo Quyết định số      /QĐ-BNV ngày    tháng 4 năm 2023 của Bộ trưởng Bộ Nội vụ)"
    head: list[Cell] = ["STT", "Tên tỉnh, thành phố", "Chỉ số (%)", "Xếp hạng"]
    rows: list[list[Cell]] = [
        ["PHỤ LỤC I"],
        [f"CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2022 CỦA CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG ({MARK})"],
        [decision],
        [],
        head,
    ]
    regions: dict[str, list[str]] = {}
    for spec in CATALOGUE.provinces.frame(63):
        regions.setdefault(spec.region_vi, []).append(spec.name_vi)
    n = 0
    for numeral, (region, members) in zip(("I", "II", "III", "IV", "V", "VI"), regions.items(), strict=True):
        rows.append([f"{numeral}. Vùng {region}"])
        for province in sorted(members, key=lambda name: par[name, "overall"][1] or 0):
            n += 1
            rows.append([n, MINISTRY.get(province, province), score(par, province), rank(par, province)])
    mean = statistics.fmean(value for value, _ in par.values() if value is not None)
    rows += [
        [None, "Giá trị trung bình", round(mean, 2)],
        [],
        ["Ghi chú: (*) tệp mẫu, phần lớn số liệu là giả."],
    ]
    merged: list[Area] = [(at, 0, at, 3) for at in (0, 1, 2)]

    sipas = whole("SIPAS", "2022", ends=(87.59, 72.54))
    below: list[list[Cell]] = [
        ["PHỤ LỤC II"],
        [f"CHỈ SỐ HÀI LÒNG VỀ SỰ PHỤC VỤ CỦA CƠ QUAN HÀNH CHÍNH NHÀ NƯỚC (SIPAS) NĂM 2022 ({MARK})"],
        [decision],
        ["TT", "Tỉnh/TP", "Chỉ số hài lòng (%)", "Xếp hạng", "Ghi chú"],
    ]
    for place, province in enumerate(in_order(sipas), start=1):
        value = score(sipas, province)
        assert isinstance(value, float)
        typed: Cell = f"{value:.2f}".replace(".", ",") if place % 3 == 0 else value
        seat: Cell = f"{place}/63" if place % 10 == 0 else place
        star = " (*)" if province == "Bắc Giang" else ""
        below.append([place, MINISTRY.get(province, province) + star, typed, seat, None])
    below += [[None, "Trung bình cả nước", 80.08], ["(*) Tệp mẫu, phần lớn số liệu là giả."]]
    content = xlsx(
        Sheet("PL I - PAR INDEX", rows, merged),
        Sheet("PL II - SIPAS", below, [(at, 0, at, 4) for at in (0, 1, 2)]),
    )
    return Sample("PhuLuc_QD-BNV_2022_mau.xlsx", content, {("PAR", "2022"): par, ("SIPAS", "2022"): sipas})


PAR_AREAS = {
    "leadership": ("Công tác chỉ đạo, điều hành CCHC", 9.5),
    "institutions": ("Xây dựng và tổ chức thực hiện VBQPPL", 10.0),
    "procedures": ("Cải cách TTHC", 13.0),
    "apparatus": ("Cải cách tổ chức bộ máy", 10.5),
    "civil_service": ("Cải cách chế độ công vụ", 15.0),
    "public_finance": ("Cải cách tài chính công", 11.5),
    "digital_government": ("Xây dựng và phát triển chính quyền điện tử, chính quyền số", 14.0),
    "impact": ("Tác động của CCHC đến người dân, tổ chức và phát triển KT-XH", 16.5),
}


def par_areas() -> Sample:
    """The ministry's table of areas: numbered columns, a row of maxima, eight areas and their sum."""
    totals = whole("PAR", "2022")
    held = published("PAR", "2022")
    figures: Figures = dict(totals)
    for (province, _), (total, _) in totals.items():
        assert total is not None
        fixed = {
            part: held[province, part][0] for part in PAR_AREAS if held.get((province, part), (None,))[0]
        }
        share = (total - sum(fixed.values())) / sum(
            most for part, (_, most) in PAR_AREAS.items() if part not in fixed
        )
        made = {part: fixed.get(part) or round(share * most, 2) for part, (_, most) in PAR_AREAS.items()}
        rest = next(part for part in reversed(PAR_AREAS) if part not in fixed)
        made[rest] = round(made[rest] + total - sum(made.values()), 2)
        figures |= {(province, part): (value, None) for part, value in made.items()}
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
    heads = [f"{numeral}. {name}" for numeral, (name, _) in zip(numerals, PAR_AREAS.values(), strict=True)]
    rows: list[list[Cell]] = [
        [f"Bảng điểm các lĩnh vực của Chỉ số CCHC (PAR INDEX) năm 2022 — {MARK}, phần lớn số liệu là giả"],
        ["STT", "Tên tỉnh/TP", *heads, "Tổng điểm", "Xếp hạng"],
        [f"({n})" for n in range(1, 13)],
        [None, "Điểm tối đa", *(most for _, most in PAR_AREAS.values()), 100.0],
    ]
    for n, province in enumerate(in_order(totals), start=1):
        cells = [score(figures, province, part) for part in PAR_AREAS]
        rows.append(
            [n, MINISTRY.get(province, province), *cells, score(totals, province), rank(totals, province)]
        )
    content = xlsx(Sheet("Bảng điểm", rows, [(0, 0, 0, 11)]))
    return Sample("PAR-INDEX_2022_linh-vuc_mau.xlsx", content, {("PAR", "2022"): figures})


def sipas_tidy() -> Sample:
    """The columns of data/published with index and edition before them: several editions in one file."""
    rows: list[list[Cell]] = []
    tables: dict[Edition, Figures] = {}
    columns = [
        "index",
        "edition",
        "province",
        "component",
        "score",
        "rank",
        "n_ranked",
        "basis",
        "source",
        "note",
    ]
    for year in ("2019", "2020", "2021", "2022", "2023"):
        tables["SIPAS", year] = published("SIPAS", year)
        stored = (DATA / "published" / "sipas" / f"{year}.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(io.StringIO(stored, newline="")):
            if row["score"] or row["rank"]:
                named = {**row, "index": "SIPAS", "edition": year, "note": row["note"] or MARK}
                rows.append([named[column] for column in columns])
    return Sample("sipas_2019-2023_tidy_mau.csv", text([columns, *rows]), tables)
