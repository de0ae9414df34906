"""XLSX, ODS and ZIP files put together part by part, with parts that no honest program writes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TABLE = (("Tỉnh", "Điểm PCI"), ("Bắc Giang", 64.74), ("Bắc Ninh", 69.45), ("Hà Nội", 68.6))
"""A small good table, so that only what is hostile in a file can be what is told of it."""
CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("sharedStrings", "sharedStrings"),
            ("styles", "styles"),
        )
    )
    + "</Types>"
)
TOP_LINKS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK_LINKS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)
BOOK = (
    f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="PCI 2021" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
)
SHARED = f'{DECLARATION}<sst xmlns="{MAIN}"><si><t>Tỉnh</t></si></sst>'


def cell(place: str, value: object) -> str:
    """A cell of a sheet with its place, a number or a text of its own."""
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows(table: Iterable[Iterable[object]] = TABLE, first: int = 1) -> str:
    """Rows of a sheet, at most 26 columns."""
    return "".join(
        f'<row r="{line}">'
        + "".join(cell(f"{chr(ord('A') + at)}{line}", value) for at, value in enumerate(cells))
        + "</row>"
        for line, cells in enumerate(table, start=first)
    )


def sheet(inside: str = "", after: str = "", before: str = "") -> str:
    """A sheet around its rows (the small good table unless told otherwise)."""
    return (
        f'{DECLARATION}{before}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheetData>{inside or rows()}</sheetData>{after}</worksheet>"
    )


def xlsx(changed: Mapping[str, str | bytes] | None = None) -> bytes:
    """An XLSX of the small good table with some parts changed or added."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": TOP_LINKS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_LINKS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": SHARED,
        "xl/worksheets/sheet1.xml": sheet(),
    }
    return zipped({**parts, **(changed or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of some parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def lying(parts: Mapping[str, str | bytes], name: str, stated: int) -> bytes:
    """A ZIP file that states a smaller size for one part, with the sum of what it admits to."""
    whole = zipped(parts)
    content = parts[name]
    admitted = (content.encode() if isinstance(content, str) else content)[:stated]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        local, central = archive.getinfo(name).header_offset, archive.start_dir
    while whole[central + 46 : central + 46 + len(name)] != name.encode():
        central = whole.index(b"PK\x01\x02", central + 4)
    changed = bytearray(whole)
    for at in (local + 14, central + 16):
        struct.pack_into("<L", changed, at, zlib.crc32(admitted))
    for at in (local + 22, central + 24):
        struct.pack_into("<L", changed, at, stated)
    return bytes(changed)


def ods(content: str) -> bytes:
    """An ODS around the rows of one table."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    body = (
        f"{DECLARATION}<office:document-content {names} office:version='1.2'><office:body>"
        f'<office:spreadsheet><table:table table:name="PCI 2021">{content}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": body})


def ods_rows(table: Iterable[Iterable[object]] = TABLE) -> str:
    """Rows of an ODS table."""
    return "".join(
        f"<table:table-row>{''.join(ods_cell(value) for value in cells)}</table:table-row>" for cells in table
    )


def ods_cell(value: object, more: str = "") -> str:
    """A filled cell of an ODS table."""
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind} {more}><text:p>{value}</text:p></table:table-cell>"
