"""Looking into a deck: its charts with the workbooks inside, its texts, and where they stand."""

import io
import zipfile
from dataclasses import dataclass
from itertools import combinations

import openpyxl
from pptx import Presentation
from pptx.oxml.ns import qn

from indices.export.content import ChartData

Sheet = list[tuple[object, ...]]


@dataclass(frozen=True)
class Drawn:
    """A chart of a slide: its XML and the cells of the workbook that opens from it."""

    alt: str
    space: object
    sheet: Sheet


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def charts(page) -> list[Drawn]:
    found = []
    for shape in page.shapes:
        if shape.has_chart:
            part = shape.chart.part
            book = openpyxl.load_workbook(io.BytesIO(part.chart_workbook.xlsx_part.blob))
            cells = [tuple(cell.value for cell in row) for row in book.active.iter_rows()]
            found.append(Drawn(described(shape), part._element, cells))
    return found


def described(shape) -> str:
    return shape._element.xpath(".//p:cNvPr")[0].get("descr", "")


def expected(data: ChartData) -> Sheet:
    """The workbook of a chart: a column a series, a row a category, an empty cell for a gap."""
    names = [one.name.replace(" ", "\u00a0") if one.role == "target" else one.name for one in data.series]
    rows = zip(data.categories, *(one.values for one in data.series), strict=True)
    return [(None, *names), *rows]


def same(sheet: Sheet, wanted: Sheet) -> bool:
    """Whether two sheets hold the same, figures to the sixteen digits that a workbook keeps."""
    return [[_kept(cell) for cell in row] for row in sheet] == [
        [_kept(cell) for cell in row] for row in wanted
    ]


def _kept(cell: object) -> object:
    return f"{cell:.12g}" if isinstance(cell, int | float) else cell


def cached(space) -> list[list[float | None]]:
    """The values that the chart shows before its workbook is opened, series by series."""
    found = []
    for series in space.iter(qn("c:ser")):
        cache = series.find(f"{qn('c:val')}/{qn('c:numRef')}/{qn('c:numCache')}")
        n = int(cache.find(qn("c:ptCount")).get("val"))
        points = {int(at.get("idx")): float(at.find(qn("c:v")).text) for at in cache.iter(qn("c:pt"))}
        found.append([points.get(at) for at in range(n)])
    return found


def words(page) -> str:
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)


def notes(page) -> str:
    return page.notes_slide.notes_text_frame.text


def overlapping(deck) -> list[tuple[int, str, str]]:
    """Shapes of one slide that lie over each other by more than a point, and what leaves the slide."""
    found, point = [], 12700
    for number, page in enumerate(deck.slides, start=1):
        boxes = [
            (shape.name, shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in page.shapes
        ]
        for name, left, top, right, bottom in boxes:
            if (
                min(left, top) < -point
                or right > deck.slide_width + point
                or bottom > deck.slide_height + point
            ):
                found.append((number, name, "the slide"))
        for one, other in combinations(boxes, 2):
            wide = min(one[3], other[3]) - max(one[1], other[1])
            high = min(one[4], other[4]) - max(one[2], other[2])
            if wide > point and high > point:
                found.append((number, one[0], other[0]))
    return found


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
