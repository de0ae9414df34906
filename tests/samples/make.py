"""Writes the samples: `python -m tests.samples.make`. What each file must be read as stands beside it."""

from __future__ import annotations

import csv
import io
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.samples.figures import (
    CATALOGUE,
    DATA,
    Figures,
    in_order,
    n_figures,
    provinces,
    published,
    whole,
    with_places,
)
from tests.samples.writing import Area, Cell, Sheet, ods, text, xls, xlsx

FOLDER = Path(__file__).parent
MARK = "MẪU / SAMPLE"
Edition = tuple[str, str]


@dataclass(frozen=True)
class Sample:
    """A file, the figures it holds by edition, and what an analyst has to say of it."""

    file: str
    content: bytes
    editions: dict[Edition, Figures]
    digits: int = 2
    sheets: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)


MAKERS: list[Callable[[], Sample]] = []


def sample(maker: Callable[[], Sample]) -> Callable[[], Sample]:
    """Marks a function that makes a sample."""
    MAKERS.append(maker)
    return maker


def samples() -> list[Sample]:
    """All samples, made anew."""
    return [maker() for maker in MAKERS]


# --- names as files spell them ----------------------------------------------------------------------

MINISTRY = {
    "Thành phố Hồ Chí Minh": "TP. Hồ Chí Minh",
    "Thừa Thiên Huế": "Thừa Thiên - Huế",
    "Bà Rịa - Vũng Tàu": "Bà Rịa-Vũng Tàu",
    "Hà Nội": "TP. Hà Nội",
    "Hải Phòng": "TP. Hải Phòng",
    "Đà Nẵng": "TP. Đà Nẵng",
    "Cần Thơ": "TP. Cần Thơ",
    "Huế": "TP. Huế",
}
VCCI = {"Thành phố Hồ Chí Minh": "TP.HCM", "Thừa Thiên Huế": "TT-Huế", "Bà Rịa - Vũng Tàu": "BRVT"}
VCCI_EN = {"Thành phố Hồ Chí Minh": "HCMC", "Thừa Thiên Huế": "TT-Hue", "Bà Rịa - Vũng Tàu": "BRVT"}
ENGLISH = {spec.name_vi: spec.name_en for frame in (63, 64) for spec in CATALOGUE.provinces.frame(frame)}

PCI_PARTS = {
    "entry_costs": ("Gia nhập thị trường", "Entry Costs"),
    "land_access": ("Tiếp cận đất đai", "Land Access and Security of Tenure"),
    "transparency": ("Tính minh bạch", "Transparency and Access to Information"),
    "time_costs": ("Chi phí thời gian", "Time Costs and Regulatory Compliance"),
    "informal_charges": ("Chi phí không chính thức", "Informal Charges"),
    "soe_bias": ("Ưu đãi đối với DNNN", "SOE Bias"),
    "equal_competition": ("Cạnh tranh bình đẳng", "Policy Bias"),
    "proactivity": ("Tính năng động", "Proactivity of Provincial Leadership"),
    "business_support": ("Dịch vụ hỗ trợ doanh nghiệp", "Business Support Services"),
    "labor_training": ("Đào tạo lao động", "Labor and Training"),
    "legal_institutions": ("Thiết chế pháp lý", "Legal Institutions"),
}
NOT_SINCE_2009 = ("soe_bias", "equal_competition")


def pci_parts(*without: str) -> list[str]:
    """Codes of PCI's sub-indices in their printed order."""
    return [code for code in PCI_PARTS if code not in without]


def score(figures: Figures, province: str, part: str = "overall") -> Cell:
    """A score as a cell."""
    return figures.get((province, part), (None, None))[0]


def rank(figures: Figures, province: str, part: str = "overall") -> Cell:
    """A rank as a cell."""
    return figures.get((province, part), (None, None))[1]


def without_ranks(figures: Figures) -> Figures:
    """The same scores for a file that prints no ranks."""
    return {key: (value, None) for key, (value, _) in figures.items() if value is not None}


def only(figures: Figures, *parts: str) -> Figures:
    """The figures of some parts."""
    return {key: figure for key, figure in figures.items() if key[1] in parts}


def ranks_only_overall(figures: Figures) -> Figures:
    """Ranks of the whole index, scores of everything, for files that rank only the whole."""
    return {key: (value, place if key[1] == "overall" else None) for key, (value, place) in figures.items()}


# --- PCI ---------------------------------------------------------------------------------------------


@sample
def pci_workbook_2021() -> Sample:
    """VCCI's workbook of a year: cover, table with medians below it, indicators, hidden weights."""
    parts = pci_parts("soe_bias")
    figures = ranks_only_overall(with_places(published("PCI", "2021")))
    heads = [
        f"CSTP {n}: {PCI_PARTS[part][0]}\nSub-index {n}: {PCI_PARTS[part][1]}"
        for n, part in enumerate(parts, start=1)
    ]
    rows: list[list[Cell]] = [
        [f"CHỈ SỐ NĂNG LỰC CẠNH TRANH CẤP TỈNH PCI 2021 — {MARK}"],
        ["Provincial Competitiveness Index 2021: final scores and sub-indices"],
        [],
        [
            "Xếp hạng\nRank",
            "Tỉnh, thành phố\nProvince",
            *heads,
            "Chỉ số PCI có trọng số\nWeighted PCI",
            "Xếp loại PCI\nPCI tier",
        ],
    ]
    for province in in_order(figures):
        value = score(figures, province)
        assert isinstance(value, float)
        tier = "Rất tốt" if value > 71 else "Tốt" if value > 68 else "Khá" if value > 64 else "Trung bình"
        name = VCCI.get(province, province)
        cells = [score(figures, province, part) for part in parts]
        rows.append([rank(figures, province), name, *cells, value, tier])
    rows.append([])
    for label, middle in (
        ("Trung vị (Median)", statistics.median),
        ("Thấp nhất (Min)", min),
        ("Cao nhất (Max)", max),
    ):
        columns = [[row[at] for row in rows[4:67]] for at in range(2, 13)]
        rows.append(
            [None, label, *(middle([c for c in column if isinstance(c, float)]) for column in columns)]
        )
    rows.append(["Nguồn: tệp mẫu, điểm lấy từ data/published; không phải tệp của VCCI"])
    indicators: list[list[Cell]] = [
        [f"Các chỉ tiêu năm 2021 — {MARK}, số liệu giả"],
        ["Tỉnh", "Số ngày đăng ký doanh nghiệp (trung vị)", "% DN chờ hơn một tháng", "% DN có GCNQSDĐ"],
        *(
            [name, 3.0 + place % 5, 5.0 + place % 11, 40.0 + place % 30]
            for place, name in enumerate(provinces(), start=1)
        ),
    ]
    cover: list[list[Cell]] = [
        [MARK],
        ["PCI 2021"],
        ["Tệp này do dự án tự làm, theo hình dạng bảng tính hằng năm."],
    ]
    hidden: list[list[Cell]] = [
        ["Chỉ số thành phần", "Trọng số"],
        *(
            [
                PCI_PARTS[part][0],
                0.2 if part in ("transparency", "business_support", "labor_training") else 0.05,
            ]
            for part in parts
        ),
    ]
    return Sample(
        "VCCI_PCI_2021_mau.xlsx",
        xlsx(
            Sheet("Giới thiệu", cover),
            Sheet("PCI 2021", rows, [(0, 0, 0, 13), (1, 0, 1, 13)]),
            Sheet("Chỉ tiêu", indicators),
            Sheet("trongso", hidden, hidden=True),
        ),
        {("PCI", "2021"): figures},
        digits=6,
        sheets=("PCI 2021",),
    )


def pairs(figures: Figures, columns: Sequence[tuple[str, str]], names: dict[str, str]) -> list[list[Cell]]:
    """VCCI's older shape: pairs of province and score, each pair sorted by its own score."""
    rows: list[list[Cell]] = [["No."], *([n] for n in range(1, 64))]
    for part, heading in columns:
        rows[0] += ["Province", heading]
        of_part = [
            (value, name) for (name, p), (value, _) in figures.items() if p == part and value is not None
        ]
        for row, (value, name) in zip(rows[1:], sorted(of_part, reverse=True), strict=True):
            row += [names.get(name, ENGLISH[name]), value]
    return rows


@sample
def pci_pairs_2016() -> Sample:
    """The workbooks of 2011-2021: a column of provinces before every score."""
    parts = pci_parts("soe_bias")
    figures = without_ranks(published("PCI", "2016"))
    columns = [(part, PCI_PARTS[part][1]) for part in parts] + [("overall", "Weighted PCI 2016")]
    rows = pairs(figures, columns, VCCI_EN)
    note: list[list[Cell]] = [
        [MARK],
        ["Own made, after the shape of the yearly workbook; scores from data/published"],
    ]
    content = xlsx(Sheet("PCI 2016", rows), Sheet("SAMPLE", note))
    return Sample("PCI_2016_mau.xlsx", content, {("PCI", "2016"): figures}, digits=6)


@sample
def pci_pairs_2010() -> Sample:
    """The same as old XLS, with the unweighted total before the weighted one."""
    parts = pci_parts(*NOT_SINCE_2009)
    figures = without_ranks(published("PCI", "2010"))
    columns = [(part, PCI_PARTS[part][1]) for part in parts]
    columns += [("overall_unweighted", "Unweighted PCI"), ("overall", "Weighted PCI")]
    note: list[list[Cell]] = [[MARK]]
    content = xls(Sheet("PCI 2010", pairs(figures, columns, VCCI_EN)), Sheet("SAMPLE", note))
    return Sample("PCI_2010_mau.xls", content, {("PCI", "2010"): figures}, digits=6)


@sample
def pci_2006() -> Sample:
    """The old workbook of 64 provinces with Hà Tây: the table on the second sheet, under a title."""
    parts = pci_parts("equal_competition")
    figures = ranks_only_overall(published("PCI", "2006"))
    rows: list[list[Cell]] = [
        [f"The Vietnam Provincial Competitiveness Index 2006 - {MARK}"],
        ["Rank", "Province", *(PCI_PARTS[part][1] for part in parts), "Weighted PCI"],
    ]
    for province in in_order(figures):
        cells = [score(figures, province, part) for part in parts]
        name = VCCI_EN.get(province, ENGLISH[province])
        rows.append([rank(figures, province), name, *cells, score(figures, province)])
    cover: list[list[Cell]] = [["PCI 2006"], ["Own made sample; scores from data/published"]]
    content = xls(Sheet("Read me", cover), Sheet("PCI 2006", rows, [(0, 0, 0, 12)]))
    return Sample("PCI_2006_mau.xls", content, {("PCI", "2006"): figures}, digits=6)


@sample
def pci_site_2021() -> Sample:
    """The table of the publisher's site, pasted: short names, one province with N/A throughout."""
    parts = pci_parts("soe_bias")
    left_out = "Thành phố Hồ Chí Minh"
    figures = ranks_only_overall(with_places(published("PCI", "2021")))
    figures = {key: figure for key, figure in figures.items() if key[0] != left_out}
    rows: list[list[Cell]] = [
        [f"Bảng chỉ số PCI năm 2021 ({MARK})"],
        [
            "Tỉnh",
            *(
                "Chính sách hỗ trợ doanh nghiệp" if part == "business_support" else PCI_PARTS[part][0]
                for part in parts
            ),
            "Điểm số PCI",
            "Bảng xếp hạng",
            "Xếp loại PCI",
        ],
        [VCCI[left_out], *["N/A"] * 13],
    ]
    for province in in_order(figures):
        cells = [score(figures, province, part) for part in parts]
        rows.append(
            [VCCI.get(province, province), *cells, score(figures, province), rank(figures, province), "Khá"]
        )
    content = text(rows, "\t")
    return Sample("pcivietnam_bang-chi-so_2021_mau.tsv", content, {("PCI", "2021"): figures})


def pci_csv(year: str, **kind: str) -> tuple[bytes, Figures]:
    """A plain table of a year as Vietnamese Excel saves it."""
    parts = pci_parts("soe_bias")
    figures = ranks_only_overall(with_places(published("PCI", year)))
    rows: list[list[Cell]] = [
        [f"Chỉ số PCI năm {year} ({MARK})"],
        [
            "STT",
            "Tỉnh/thành phố",
            "Điểm số PCI",
            "Thứ hạng",
            *(PCI_PARTS[part][0] for part in parts),
            "Ghi chú",
        ],
    ]
    for n, province in enumerate(provinces(), start=1):
        cells = [score(figures, province, part) for part in parts]
        rows.append([n, province, score(figures, province), rank(figures, province), *cells, ""])
    return text(rows, decimal=",", **kind), figures


@sample
def pci_excel_csv() -> Sample:
    """Semicolons, decimal comma, UTF-8 with a byte order mark."""
    content, figures = pci_csv("2020", separator=";", encoding="utf-8-sig")
    return Sample("pci_2020_excel_mau.csv", content, {("PCI", "2020"): figures})


@sample
def pci_windows_1258() -> Sample:
    """The same in the Vietnamese code page of Windows."""
    content, figures = pci_csv("2019", separator=";", encoding="windows-1258")
    return Sample("pci_2019_windows-1258_mau.csv", content, {("PCI", "2019"): figures})


@sample
def pci_unicode_text() -> Sample:
    """Excel's "Unicode text": UTF-16 with tabs."""
    content, figures = pci_csv("2018", separator="\t", encoding="utf-16")
    return Sample("pci_2018_unicode_mau.txt", content, {("PCI", "2018"): figures})


@sample
def pci_panel() -> Sample:
    """Four editions under one another, told apart by a column of years."""
    parts = pci_parts("soe_bias")
    editions = {year: with_places(published("PCI", year)) for year in ("2018", "2019", "2020", "2021")}
    rows: list[list[Cell]] = [
        [
            "Tỉnh",
            "Năm",
            *(f"CSTP {n}: {PCI_PARTS[part][0]}" for n, part in enumerate(parts, start=1)),
            "Điểm PCI",
            "Hạng",
            "Ghi chú",
        ]
    ]
    for province in provinces():
        for year, figures in editions.items():
            cells = [score(figures, province, part) for part in parts]
            total = [score(figures, province), rank(figures, province)]
            rows.append([VCCI.get(province, province), int(year), *cells, *total, MARK])
    tables = {("PCI", year): ranks_only_overall(figures) for year, figures in editions.items()}
    return Sample("pci_2018-2021_panel_mau.csv", text(rows, digits=4), tables, digits=4)


@sample
def pci_matrix() -> Sample:
    """Provinces by years: merged years above, score and rank below each."""
    years = ("2017", "2018", "2019", "2020", "2021")
    editions = {year: with_places(published("PCI", year, ["overall"])) for year in years}
    rows: list[list[Cell]] = [
        [f"ĐIỂM SỐ VÀ THỨ HẠNG PCI CÁC TỈNH GIAI ĐOẠN 2017-2021 ({MARK})"],
        ["TT", "Địa phương", *(cell for year in years for cell in (f"Năm {year}", None))],
        [None, None, *["Điểm số", "Thứ hạng"] * len(years)],
    ]
    merged: list[Area] = [(0, 0, 0, 11), (1, 0, 2, 0), (1, 1, 2, 1)]
    merged += [(1, 2 + 2 * n, 1, 3 + 2 * n) for n in range(len(years))]
    for n, province in enumerate(provinces(), start=1):
        line: list[Cell] = [n, MINISTRY.get(province, province)]
        for figures in editions.values():
            value = score(figures, province)
            assert isinstance(value, float)
            line += [round(value, 2), rank(figures, province)]
        rows.append(line)
    tables = {("PCI", year): figures for year, figures in editions.items()}
    return Sample("PCI_2017-2021_ma-tran_mau.xlsx", xlsx(Sheet("Tổng hợp", rows, merged)), tables)


# --- PAPI --------------------------------------------------------------------------------------------


def papi_parts(year: int) -> list[tuple[str, list[str]]]:
    """Dimensions with their sub-dimensions in the order of their numbers."""

    def number(code: str) -> str:
        name = next(
            c.name_en
            for c in CATALOGUE.components
            if c.index == "PAPI"
            and c.component == code
            and (c.first_edition or 0) <= year <= (c.last_edition or 9999)
        )
        return "3.3" if code == "d3_peoples_inspection_boards" and year > 2015 else name[:3]

    dimensions = [spec.component for spec in CATALOGUE.components_of("PAPI", year)]
    return [
        (code, sorted((spec.component for spec in CATALOGUE.components_of("PAPI", year, code)), key=number))
        for code in dimensions
    ]


def papi_heading(code: str, year: int) -> str:
    """A sub-dimension's heading as the workbook prints it."""
    if code == "d3_peoples_inspection_boards":
        return f"{'3.3' if year > 2015 else '3.2'} People's Inspection Boards"
    spec = CATALOGUE.component("PAPI", code, year)
    assert spec is not None
    return spec.name_en


@sample
def papi_to_2017() -> Sample:
    """A sheet a year, dimensions merged over their sub-dimensions, 0 for no data, a mean row at the end."""
    sheets, tables = [], {}
    for year in (2014, 2015, 2016):
        figures = without_ranks(published("PAPI", str(year)))
        upper: list[Cell] = ["Mã tỉnh", "Vùng", "Tỉnh/Province"]
        lower: list[Cell] = [None, None, None]
        columns: list[str] = []
        merged: list[Area] = [(0, at, 1, at) for at in range(3)]
        for n, (dimension, parts) in enumerate(papi_parts(year), start=1):
            spec = CATALOGUE.component("PAPI", dimension, year)
            assert spec is not None
            merged.append((0, len(upper), 0, len(upper) + len(parts)))
            upper += [f"Dimension {n}: {spec.name_en}", *[None] * len(parts)]
            lower += [f"Dimension {n}", *(papi_heading(part, year) for part in parts)]
            columns += [dimension, *parts]
        merged.append((0, len(upper), 1, len(upper)))
        rows: list[list[Cell]] = [[*upper, "Unweighted PAPI"], lower]
        columns.append("overall")
        for spec_ in CATALOGUE.provinces.frame(63):
            cells = [score(figures, spec_.name_vi, part) or 0 for part in columns]
            rows.append([spec_.code, spec_.region_en, spec_.name_en, *cells])
        means: list[Cell] = []
        for at in range(3, 3 + len(columns)):
            held = [cell for row in rows[2:] if isinstance(cell := row[at], float)]
            means.append(statistics.fmean(held))
        rows.append([None, None, "National mean", *means])
        sheets.append(Sheet(str(year), rows, merged, number_format="0.000"))
        tables["PAPI", str(year)] = figures
    sheets.append(
        Sheet(MARK.replace("/", "-"), [["Tệp mẫu; điểm lấy từ data/published, 0: không có số liệu"]])
    )
    return Sample("PAPI_2014-2016_mau.xlsx", xlsx(*sheets), tables, digits=4)


@sample
def papi_turned() -> Sample:
    """The workbook since 2018: indicators down, provinces across, a sheet a year."""
    sheets, tables = [], {}
    for year in (2022, 2023):
        figures = without_ranks(published("PAPI", str(year)))
        names = provinces()
        rows: list[list[Cell]] = [
            [f"PAPI {year}: Bảng điểm cấp tỉnh / Provincial scores ({MARK})"],
            [
                "Chỉ số / Indicator",
                "Thang điểm thấp nhất / Min",
                "Thang điểm cao nhất / Max",
                *(f"{ENGLISH[name]} " for name in names),
            ],
            [
                "Chỉ số PAPI chưa có trọng số / Unweighted PAPI",
                10,
                80,
                *(score(figures, name) or 0 for name in names),
            ],
        ]
        for n, (dimension, parts) in enumerate(papi_parts(year), start=1):
            spec = CATALOGUE.component("PAPI", dimension, year)
            assert spec is not None
            rows.append(
                [
                    f"Dimension {n}: {spec.name_en}",
                    1,
                    10,
                    *(score(figures, name, dimension) or 0 for name in names),
                ]
            )
            low = 1 / len(parts)
            for part in parts:
                cells = [score(figures, name, part) or 0 for name in names]
                rows.append([papi_heading(part, year), round(low, 2), round(10 * low, 2), *cells])
        sheets.append(Sheet(f"{year}_VIE_ENG", rows, number_format="0.000"))
        tables["PAPI", str(year)] = figures
    return Sample("2023PAPI_ProvincialIndicators_mau.xlsx", xlsx(*sheets), tables, digits=4)


@sample
def papi_ods() -> Sample:
    """Eight dimensions by number and name in an OpenDocument sheet, a merged title above."""
    figures = without_ranks(published("PAPI", "2019"))
    dimensions = [code for code, _ in papi_parts(2019)]
    figures = only(figures, "overall", *dimensions)
    heads: list[Cell] = []
    for n, code in enumerate(dimensions, start=1):
        spec = CATALOGUE.component("PAPI", code, 2019)
        assert spec is not None
        heads.append(f"Nội dung {n}: {spec.name_vi}")
    rows: list[list[Cell]] = [
        [f"Chỉ số Hiệu quả Quản trị và Hành chính công cấp tỉnh PAPI 2019 ({MARK})", *[None] * 10],
        ["STT", "Tỉnh, thành phố", *heads, "Tổng điểm PAPI"],
    ]
    for n, province in enumerate(provinces(), start=1):
        cells = [score(figures, province, code) for code in dimensions]
        rows.append([n, MINISTRY.get(province, province), *cells, score(figures, province)])
    content = ods(Sheet("PAPI 2019", rows, [(0, 0, 0, 10)]))
    return Sample("papi_2019_mau.ods", content, {("PAPI", "2019"): figures}, digits=4)


# --- PAR and SIPAS ------------------------------------------------------------------------------------


@sample
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


@sample
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


@sample
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


# --- ICT and DTI ---------------------------------------------------------------------------------------


@sample
def ict_index() -> Sample:
    """ICT Index: parts, the index, and ranks of three years under one merged heading."""
    totals = whole("ICT", "2020", digits=4, ends=(0.9238, 0.15))
    held = published("ICT", "2020")
    parts = ("technical_infrastructure", "human_resources", "applications")
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


@sample
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


@sample
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


@sample
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


@sample
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


def main() -> None:
    """Writes every sample and the numbers of provinces and figures each edition of it holds."""
    for made in samples():
        (FOLDER / made.file).write_bytes(made.content)
        for (index, edition), figures in made.editions.items():
            held = {province for province, _ in figures}
            print(f"{made.file},{index},{edition},{len(held)},{n_figures(figures)}")


if __name__ == "__main__":
    main()
