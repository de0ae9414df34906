"""Looking into a workbook: its tables by heading, its charts, its sentences."""

import io
import zipfile
from xml.etree import ElementTree

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = 4
"""The row of the headings, as a reader counts."""
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet's table by heading; none where the sheet has no table."""
    heads = [cell.value for cell in sheet[HEADER]]
    found = []
    for cells in sheet.iter_rows(min_row=HEADER + 1, max_row=last_row(sheet)):
        found.append({str(head): cell.value for head, cell in zip(heads, cells, strict=True) if head})
    return found


def last_row(sheet: Worksheet) -> int:
    """The last row of a sheet's table: where its filter ends."""
    reach = sheet.auto_filter.ref
    return int(reach.partition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if reach else HEADER


def sentences(sheet: Worksheet) -> list[str]:
    """What stands below the table, and what stands above it."""
    below = [sheet.cell(row, 1).value for row in range(last_row(sheet) + 1, sheet.max_row + 1)]
    return [str(said) for said in (sheet["A1"].value, sheet["A2"].value, *below) if said]


def charts(content: bytes) -> list[ElementTree.Element]:
    """The charts of a workbook in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        n = sum(name.startswith("xl/charts/chart") for name in package.namelist())
        return [ElementTree.fromstring(package.read(f"xl/charts/chart{at}.xml")) for at in range(1, n + 1)]


def shown(chart: ElementTree.Element) -> list[tuple[str, str, str]]:
    """Name, cells of the categories and cells of the values of every series."""
    found = []
    for series in chart.iter(f"{CHART}ser"):
        name = series.find(f"{CHART}tx")
        said = "".join(name.itertext()) if name is not None else ""
        formulas = [one.text or "" for one in series.iter(f"{CHART}f") if "!" in (one.text or "")]
        found.append((said, *formulas[-2:]))
    return found
