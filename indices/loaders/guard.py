"""What a workbook unpacks to, looked at before any reader of workbooks touches it.

A small file can unpack to gigabytes, name a cell at the far corner of a sheet, or carry entities
that grow; readers would fill the memory. What is refused here has a problem code.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from indices.problem import column_letters

MOST_UNPACKED = 250_000_000
MOST_MEMBERS = 3_000
MOST_CELLS = 6_000_000
STEP = 1 << 20
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')
_FULL_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?[^/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>(.*?)</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>", re.DOTALL)
_ODS_ROW = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_ODS_CELL = re.compile(rb'<table:table-cell\b[^>]*number-columns-repeated="(\d+)"[^>]*?(/?)>')
_MOST_REPEATED = 2_000


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What is inside: `kind` (xlsx, ods, docx, zip), or `why` it may not be read.

    `odd_cells` are cells of an XLSX that a reader would show as empty: errors ("#REF!") and formulas
    without a saved value ("=A1+1"), by sheet file and place (row, column counted from 1);
    `n_formulas` counts formulas whose saved value is used.
    """

    kind: str = "zip"
    why: str | None = None
    value: str | None = None
    odd_cells: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    n_formulas: int = 0


def look_inside(content: bytes) -> Unpacked:
    """Unpack a ZIP file piece by piece within limits and see what it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, RuntimeError):
        return Unpacked(why="file_damaged")
    except (NotImplementedError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return Unpacked(why="file_damaged")


def _look(archive: zipfile.ZipFile) -> Unpacked:
    members = archive.infolist()
    names = {member.filename for member in members}
    kind = _kind(names)
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        return Unpacked(kind, why="file_too_large", value=str(MOST_UNPACKED // 1_000_000))
    if any(member.flag_bits & 1 for member in members):
        return Unpacked(kind, why="file_password")
    if kind not in ("xlsx", "ods"):
        return Unpacked(kind, why="file_kind")
    odd: dict[str, dict[tuple[int, int], str]] = {}
    n_formulas = unpacked = 0
    for member in members:
        content = b"".join(_pieces(archive, member))
        unpacked += len(content)
        if unpacked > MOST_UNPACKED:
            return Unpacked(kind, why="file_too_large", value=str(MOST_UNPACKED // 1_000_000))
        if not member.filename.endswith((".xml", ".rels")):
            continue
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or _ENTITY.search(content):
            return Unpacked(kind, why="file_unsafe")
        if member.filename.startswith("xl/worksheets/"):
            if _area(content) > MOST_CELLS:
                return Unpacked(kind, why="sheet_too_large", value=str(MOST_CELLS))
            cells, used = _odd_cells(content)
            n_formulas += used
            if cells:
                odd[member.filename] = cells
        if kind == "ods" and member.filename == "content.xml" and _repeats(content):
            return Unpacked(kind, why="sheet_too_large", value=str(MOST_CELLS))
    return Unpacked(kind, odd_cells=odd, n_formulas=n_formulas)


def _kind(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("ppt/") for name in names):
        return "pptx"
    return "ods" if "content.xml" in names else "zip"


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member really unpacks to; its stated size is not believed."""
    left = MOST_UNPACKED
    with archive.open(member) as stream:
        while piece := stream.read(STEP):
            left -= len(piece)
            if left < 0:
                raise ValueError(member.filename)
            yield piece


def _area(sheet: bytes) -> int:
    """Cells of the smallest rectangle that holds every cell of a sheet: what readers make room for."""
    rows: set[int] = set()
    columns: set[bytes] = set()
    for letters, row in _CELL.findall(sheet):
        rows.add(int(row))
        columns.add(letters)
    if not rows:
        return 0
    numbers = [_number(letters) for letters in columns]
    return (max(rows) - min(rows) + 1) * (max(numbers) - min(numbers) + 1)


def _odd_cells(sheet: bytes) -> tuple[dict[tuple[int, int], str], int]:
    odd: dict[tuple[int, int], str] = {}
    n_formulas = 0
    if b"<f" not in sheet and b":f" not in sheet and b't="e"' not in sheet:
        return odd, 0
    for attributes, inside in _FULL_CELL.findall(sheet):
        place, value, formula = _PLACE.search(attributes), _VALUE.search(inside), _FORMULA.search(inside)
        if place is None:
            continue
        at = int(place[2]), _number(place[1])
        if b't="e"' in attributes and value:
            odd[at] = value[1].decode("utf-8", "replace")
        elif formula and (value is None or not value[1]):
            odd[at] = "=" + (formula[1] or b"").decode("utf-8", "replace")[:200]
        elif formula:
            n_formulas += 1
    return odd, n_formulas


def _repeats(content: bytes) -> bool:
    """Whether an ODS repeats filled cells more often than any table does."""
    for times, inside in _ODS_ROW.findall(content):
        if int(times) > _MOST_REPEATED and (b"office:value" in inside or b"<text:" in inside):
            return True
    return any(
        int(times) > _MOST_REPEATED and not closed for times, closed in _ODS_CELL.findall(content)
    ) or any(
        int(times) > _MOST_REPEATED and b"office:value" in content[found.start() : found.end()]
        for found in _ODS_CELL.finditer(content)
        for times in [found[1]]
    )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


__all__ = ["Unpacked", "column_letters", "look_inside"]
