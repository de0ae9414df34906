"""PAPI: a sheet a year to 2017, turned round since 2018, dimensions alone."""

from __future__ import annotations

import statistics

from tests.samples.figures import CATALOGUE, provinces, published
from tests.samples.sample import ENGLISH, MARK, MINISTRY, Sample, only, score, without_ranks
from tests.samples.writing import Area, Cell, Sheet, ods, xlsx


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
