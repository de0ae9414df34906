"""What a workbook unpacks to, looked at before any reader of workbooks touches it.

A small file can unpack to gigabytes, name a cell at the far corner of a sheet, or carry entities
that grow; readers would fill the memory. What is refused here has a problem code. What is let
through is packed anew, so that a reader sees the very bytes that were looked at: two programs may
read one ZIP file in two ways.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from indices.loaders.areas import column_number, ods_cells, xlsx_cells

MOST_UNPACKED = 250_000_000
MOST_MEMBERS = 3_000
MOST_CELLS = 3_000_000
MOST_TEXTS = 1_000_000
STEP = 1 << 20
_LONG_TEXT = re.compile(rb"<[^<]{200001}")
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_MANIFEST = "META-INF/manifest.xml"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?/>")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What is inside: `kind` (xlsx, ods, docx, zip), or `why` it may not be read.

    `content` is the file packed anew, with the parts a reader of tables needs and no others.
    `odd_cells` are cells of an XLSX that a reader would show as empty: errors ("#REF!") and formulas
    without a saved value ("=A1+1"), by sheet file and place (row, column counted from 1);
    `n_formulas` counts formulas whose saved value is used.
    """

    kind: str = "zip"
    why: str | None = None
    value: str | None = None
    content: bytes = b""
    odd_cells: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    n_formulas: int = 0


def look_inside(content: bytes) -> Unpacked:
    """Unpack a ZIP file within limits and see what it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, EOFError):
        return Unpacked(why="file_damaged")
    except (ValueError, RuntimeError, NotImplementedError, OverflowError):
        return Unpacked(why="file_damaged")


def _look(archive: zipfile.ZipFile) -> Unpacked:
    members = archive.infolist()
    names = {member.filename for member in members}
    kind = _kind(names)
    too_large = Unpacked(kind, why="file_too_large", value=str(MOST_UNPACKED // 1_000_000))
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        return too_large
    if any(member.flag_bits & 1 for member in members):
        return Unpacked(kind, why="file_password")
    if kind not in ("xlsx", "ods"):
        return Unpacked(kind, why="file_kind")
    if kind == "ods" and _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        return Unpacked(kind, why="file_password")
    if len(names) != len(members) or any(member.compress_type not in _PACKINGS for member in members):
        return Unpacked(kind, why="file_damaged")
    odd: dict[str, dict[tuple[int, int], str]] = {}
    n_formulas = n_cells = 0
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as anew:
        for member in members:
            if not _is_needed(member.filename, kind):
                continue
            part = _unpacked(archive, member)
            if not _is_plain(part):
                return Unpacked(kind, why="file_unsafe")
            if _LONG_TEXT.search(part):
                return Unpacked(kind, why="cell_too_long")
            if member.filename.lower() == "xl/sharedstrings.xml" and part.count(b"<") > 4 * MOST_TEXTS:
                return too_large
            if kind == "xlsx" and b"sheetData" in part:
                n_cells += xlsx_cells(part, MOST_CELLS)
                cells, used = _odd_cells(part)
                n_formulas += used
                if cells:
                    odd[member.filename] = cells
            elif member.filename == "content.xml":
                n_cells += ods_cells(part, MOST_CELLS)
            if n_cells > MOST_CELLS:
                return Unpacked(kind, why="sheet_too_large", value=str(MOST_CELLS))
            anew.writestr(zipfile.ZipInfo(member.filename), part)
    return Unpacked(kind, content=packed.getvalue(), odd_cells=odd, n_formulas=n_formulas)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A part piece by piece: no more than the size it states, whatever it unpacks to, checked by its sum."""
    with archive.open(member) as stream:
        return b"".join(iter(lambda: stream.read(STEP), b""))


def _kind(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("ppt/") for name in names):
        return "pptx"
    return "ods" if "content.xml" in names else "zip"


def _is_needed(name: str, kind: str) -> bool:
    """Whether a reader of tables opens this part; parts of another kind of file could mislead it."""
    if kind == "ods":
        return name in ("mimetype", "content.xml", _MANIFEST)
    folder = name.startswith(("xl/", "_rels/")) or name == "[Content_Types].xml"
    return folder and name.endswith((".xml", ".rels"))


def _is_plain(part: bytes) -> bool:
    """Whether a part is XML in UTF-8 without declarations of its own."""
    said = _ENCODING.match(part[:1000])
    if said and said[1].lower() not in _PLAIN_ENCODINGS:
        return False
    return b"\0" not in part and not part.startswith((b"\xff\xfe", b"\xfe\xff")) and not _UNSAFE.search(part)


def _odd_cells(sheet: bytes) -> tuple[dict[tuple[int, int], str], int]:
    odd: dict[tuple[int, int], str] = {}
    n_formulas = 0
    if b"<f" not in sheet and b":f" not in sheet and b't="e"' not in sheet:
        return odd, 0
    for piece in _CELL_END.split(sheet):
        opening = next(reversed(list(_CELL.finditer(piece))), None)
        place = _PLACE.search(opening[1]) if opening else None
        if opening is None or place is None:
            continue
        inside = piece[opening.end() :]
        value, formula = _VALUE.search(inside), _FORMULA.search(inside)
        at = int(place[2]), column_number(place[1])
        if b't="e"' in opening[1] and value:
            odd[at] = value[1].decode("utf-8", "replace")
        elif formula and (value is None or not value[1]):
            odd[at] = "=" + (formula[1] or b"").decode("utf-8", "replace")[:200]
        elif formula:
            n_formulas += 1
    return odd, n_formulas
