"""PCI: the workbook of a year, the site's table, Excel's text files, panel and matrix."""

from __future__ import annotations

import statistics

from tests.samples.figures import Figures, in_order, provinces, published, with_places
from tests.samples.pci_names import PCI_PARTS, pci_parts
from tests.samples.sample import MARK, MINISTRY, VCCI, Sample, rank, ranks_only_overall, score
from tests.samples.writing import Area, Cell, Sheet, text, xlsx


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


def pci_excel_csv() -> Sample:
    """Semicolons, decimal comma, UTF-8 with a byte order mark."""
    content, figures = pci_csv("2020", separator=";", encoding="utf-8-sig")
    return Sample("pci_2020_excel_mau.csv", content, {("PCI", "2020"): figures})


def pci_windows_1258() -> Sample:
    """The same in the Vietnamese code page of Windows."""
    content, figures = pci_csv("2019", separator=";", encoding="windows-1258")
    return Sample("pci_2019_windows-1258_mau.csv", content, {("PCI", "2019"): figures})


def pci_unicode_text() -> Sample:
    """Excel's "Unicode text": UTF-16 with tabs."""
    content, figures = pci_csv("2018", separator="\t", encoding="utf-16")
    return Sample("pci_2018_unicode_mau.txt", content, {("PCI", "2018"): figures})


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
