"""ICT Index and DTI: the report's table, the site's pages, the ranking of 34 provinces."""

from __future__ import annotations

import statistics

from tests.samples.figures import Figures, in_order, provinces, published, whole
from tests.samples.sample import MARK, MINISTRY, Sample, rank, score
from tests.samples.writing import Area, Cell, Sheet, text, xlsx


def ict_index() -> Sample:
    """ICT Index: parts, the index, and ranks of three years under one merged heading."""
    held = published("ICT", "2020")
    parts = ("technical_infrastructure", "human_resources", "applications")
    of_all_parts = {
        province: round(statistics.fmean(values), 4)
        for province in provinces()
        if len(values := [value for part in parts if (value := held.get((province, part), (None,))[0])]) == 3
    }
    totals = whole("ICT", "2020", digits=4, ends=(0.9238, 0.15), more=of_all_parts)
    figures: Figures = dict(totals)
    for (province, _), (total, _) in totals.items():
        assert total is not None
        fixed = {part: held[province, part][0] for part in parts if held.get((province, part), (None,))[0]}
        open_parts = [part for part in parts if part not in fixed]
        value = (3 * total - sum(fixed.values())) / len(open_parts) if open_parts else 0.0
        figures |= {(province, part): (fixed.get(part) or round(value, 4), None) for part in parts}
    older = {year: whole("ICT", year) for year in ("2019", "2018")}
    older = {year: {key: (None, place) for key, (_, place) in table.items()} for year, table in older.items()}
    rows: list[list[Cell]] = [
        [f"Xếp hạng chung Vietnam ICT Index các tỉnh, thành phố năm 2020 ({MARK}, phần lớn số liệu là giả)"],
        [
            "TT",
            "Tên tỉnh/Thành phố",
            "Chỉ số HTKT",
            "Chỉ số HTNL",
            "Chỉ số ƯDCNTT",
            "ICT Index",
            "Xếp hạng",
            None,
            None,
        ],
        [*[None] * 6, "2020", "2019", "2018"],
    ]
    for n, province in enumerate(in_order(totals), start=1):
        cells = [score(figures, province, part) for part in parts]
        ranks = [rank(table, province) for table in (totals, older["2019"], older["2018"])]
        rows.append([n, MINISTRY.get(province, province), *cells, score(totals, province), *ranks])
    merged: list[Area] = [(0, 0, 0, 8), (1, 6, 1, 8), *((1, at, 2, at) for at in range(6))]
    content = xlsx(Sheet("ICT Index 2020", rows, merged, number_format="0.0000"))
    tables = {("ICT", "2020"): figures, ("ICT", "2019"): older["2019"], ("ICT", "2018"): older["2018"]}
    return Sample("ICT_Index_2020_mau.xlsx", content, tables, digits=4)


PILLARS = {
    "digital_government": "Chính quyền số",
    "digital_economy": "Kinh tế số",
    "digital_society": "Xã hội số",
}
MAIN = {
    "awareness": "Nhận thức số",
    "institutions": "Thể chế số",
    "infrastructure": "Hạ tầng số",
    "human_resources": "Nhân lực số",
    "cyber_security": "An toàn thông tin mạng",
    "government_activity": "Hoạt động chính quyền số",
    "economy_activity": "Hoạt động kinh tế số",
    "society_activity": "Hoạt động xã hội số",
}


def dti_page_ranks() -> Sample:
    """The site's first table, pasted: ranks only, equal places among them."""
    figures = {key: (None, place) for key, (_, place) in whole("DTI", "2022").items()}
    for part in PILLARS:
        figures |= {key: (None, place) for key, (_, place) in whole("DTI", "2022", part).items()}
    rows: list[list[Cell]] = [
        [f"BÁO CÁO XẾP HẠNG Đánh giá mức độ chuyển đổi số năm 2022 ({MARK}, một phần số liệu là giả)"],
        [
            "XẾP HẠNG DTI",
            "CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TW",
            *(f"XẾP HẠNG {name.upper()}" for name in PILLARS.values()),
        ],
    ]
    for province in in_order(figures):
        ranks = [rank(figures, province, part) for part in PILLARS]
        rows.append([rank(figures, province), MINISTRY.get(province, province), *ranks])
    return Sample("dti_xep-hang-2022_mau.tsv", text(rows, "\t"), {("DTI", "2022"): figures})


def dti_page_pillars() -> Sample:
    """Values and ranks of the whole and of three pillars, two rows of headings, decimal comma."""
    figures = whole("DTI", "2022", digits=4, ends=(0.8002, 0.3))
    for part in PILLARS:
        figures |= whole("DTI", "2022", part, digits=4, ends=(0.85, 0.35))
    rows: list[list[Cell]] = [
        [f"Chỉ số chuyển đổi số cấp tỉnh năm 2022 ({MARK}, phần lớn số liệu là giả)"],
        ["TT", "Tỉnh, thành phố", "DTI", None, *(cell for name in PILLARS.values() for cell in (name, None))],
        [None, None, *["Giá trị", "Xếp hạng 2022"] * 4],
    ]
    for n, province in enumerate(in_order(figures), start=1):
        line: list[Cell] = [n, MINISTRY.get(province, province)]
        for part in ("overall", *PILLARS):
            line += [score(figures, province, part), rank(figures, province, part)]
        rows.append(line)
    content = text(rows, "\t", decimal=",", digits=4)
    return Sample("dti_2022_tru-cot_mau.tsv", content, {("DTI", "2022"): figures}, digits=4)


def dti_page_details() -> Sample:
    """The site's second table: eight main indices, the total last, decimal comma."""
    figures = whole("DTI", "2022", digits=4, ends=(0.8002, 0.3))
    held = published("DTI", "2022")
    for province in provinces():
        total = figures[province, "overall"][0]
        assert total is not None
        for n, part in enumerate(MAIN):
            value = held.get((province, part), (None,))[0] or round(total * (0.9 + 0.02 * n), 4)
            figures[province, part] = (value, None)
    rows: list[list[Cell]] = [
        [f"Xếp hạng chi tiết DTI năm 2022 ({MARK}, phần lớn số liệu là giả)"],
        [
            "Xếp hạng DTI",
            "Các tỉnh, thành phố trực thuộc TW",
            *(f"Chỉ số\n{name}" for name in MAIN.values()),
            "CHUYỂN ĐỔI SỐ CẤP TỈNH (PDTI)",
        ],
    ]
    for province in in_order(figures):
        cells = [score(figures, province, part) for part in MAIN]
        rows.append(
            [rank(figures, province), MINISTRY.get(province, province), *cells, score(figures, province)]
        )
    content = text(rows, ";", decimal=",", digits=4, encoding="utf-8-sig")
    return Sample("dti_2022_chi-tiet_mau.csv", content, {("DTI", "2022"): figures}, digits=4)


def dti_34() -> Sample:
    """The ranking of the 34 merged provinces; commas between columns, decimal commas in quotes."""
    figures = whole("DTI", "2024-34", frame=34, digits=4, ends=(0.8241, 0.5))
    rows: list[list[Cell]] = [
        [f"Chỉ số chuyển đổi số (DTI) năm 2024 của 34 tỉnh, thành phố ({MARK}, phần lớn số liệu là giả)"],
        ["Hạng", "Tỉnh, thành phố", "Giá trị DTI"],
    ]
    for province in in_order(figures):
        rows.append([rank(figures, province), MINISTRY.get(province, province), score(figures, province)])
    content = text(rows, ",", decimal=",", digits=4, encoding="utf-8-sig")
    return Sample("DTI_2024-34_mau.csv", content, {("DTI", "2024-34"): figures}, digits=4)
