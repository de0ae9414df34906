"""How many cells a sheet asks for, told from its XML before a reader makes room for them.

Readers lay out the whole rectangle between the first and the last filled cell: one cell at the far
corner, or one that says it repeats, is all the memory there is. Counted is what a reader may make of
the XML at most; what cannot be understood raises ValueError.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

SLICE = 1 << 20
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
MOST_SPACES = 100_000
# The forms in which programs write cells, the usual one first; any other is looked at by a parser.
_USUAL = re.compile(rb'<c r="([A-Z]{1,3}[1-9]\d{0,6})"')
_UNUSUAL = re.compile(rb"<(?:[\w.-]+:c[\s/>]|c[^ \w])")
_OPENING = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_PLAIN = re.compile(
    rb'<(?:[\w.-]+:)?c\s+(?:(?!r=)[\w:.-]+="[^"<>]*"\s+)*r="([A-Z]{1,3})([1-9]\d{0,6})"[^<>]*?(/?)>'
)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class _EnoughError(Exception):
    """More cells than anybody asked about."""


@dataclass(slots=True)
class _Extent:
    """The rectangle around the filled cells of a sheet, and how many cells are written in it."""

    top: int = _LAST_ROW
    left: int = _LAST_COLUMN
    bottom: int = 0
    right: int = 0
    n_written: int = 0

    def add(self, row: int, column: int) -> None:
        if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
            raise ValueError(f"no sheet has row {row}, column {column}")
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)

    @property
    def n_cells(self) -> int:
        """Cells to make room for; a cell written again and again counts each time."""
        return max(self.n_written, max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1))


def xlsx_cells(sheet: bytes, most: int) -> int:
    """Cells that a sheet of an XLSX asks for; more than `most` are not counted. Raises ValueError."""
    quick = _usual_cells(sheet, most)
    if quick is not None and (quick <= most or sheet.count(b"<c ") > most):
        return quick
    return _all_cells(sheet, most)


def _usual_cells(sheet: bytes, most: int) -> int | None:
    """Cells of a sheet that says of each at once where it stands, empty ones counted as filled."""
    extent = _Extent()
    for piece in _slices(sheet):
        places = _USUAL.findall(piece)
        if len(places) != piece.count(b"<c ") or _UNUSUAL.search(piece):
            return None
        extent.n_written += len(places)
        if extent.n_written > most:
            return extent.n_written
        rows = {int(place.lstrip(_LETTERS)) for place in places}
        columns = {column_number(letters) for letters in {place.rstrip(_DIGITS) for place in places}}
        if places:
            extent.add(min(rows), min(columns))
            extent.add(max(rows), max(columns))
    return extent.n_cells


def _all_cells(sheet: bytes, most: int) -> int:
    extent = _Extent()
    for piece in _slices(sheet):
        openings = len(_OPENING.findall(piece))
        places = _PLAIN.findall(piece) if openings else []
        if len(places) != openings:
            return _parsed_cells(sheet, most)
        extent.n_written += openings
        if extent.n_written > most:
            return extent.n_written
        filled = [(letters, digits) for letters, digits, closed in places if not closed]
        if filled:
            rows = [int(digits) for digits in {digits for _, digits in filled}]
            columns = [column_number(letters) for letters in {letters for letters, _ in filled}]
            extent.add(min(rows), min(columns))
            extent.add(max(rows), max(columns))
    return extent.n_cells


def _slices(sheet: bytes) -> Iterator[bytes]:
    """Pieces that end before a tag, so that no tag is cut in two."""
    start = 0
    while start < len(sheet):
        end = sheet.rfind(b"<", start + 1, start + SLICE) if start + SLICE < len(sheet) else len(sheet)
        if end <= start:  # no tag begins in a whole slice: one very long text or tag
            end = sheet.find(b"<", start + SLICE)
            end = len(sheet) if end < 0 else end
        yield sheet[start:end]
        start = end


def _parsed_cells(sheet: bytes, most: int) -> int:
    """The same by a parser, for sheets whose cells do not all say where they stand."""
    extent = _Extent()
    at = [1, 1]

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row" and "r" in attributes:
            at[0] = int(attributes["r"])
        elif name == "c":
            if "r" in attributes:
                place = _PLACE.fullmatch(attributes["r"].upper())
                if place is None:
                    raise ValueError(attributes["r"])
                row, at[1] = int(place[2]), column_number(place[1].encode())
                extent.add(row, at[1])
            else:
                extent.add(*at)
            extent.n_written += 1
            at[1] += 1
            if extent.n_written > most:
                raise _EnoughError

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "row":
            at[:] = at[0] + 1, 1

    with contextlib.suppress(_EnoughError):
        _parse(sheet, start, end)
    return extent.n_cells


@dataclass(slots=True)
class _Table:
    """A table of an ODS on its way: its filled rows, by the place of the last filled cell."""

    width: int = 0
    n_rows: int = 0
    n_empty: int = 0
    row_times: int = 1
    last: int = 0
    column: int = 0


def ods_cells(content: bytes, most: int) -> int:
    """Cells that the tables of an ODS ask for together, repeated ones counted; more than `most` are not.

    Raises ValueError.
    """
    total = n_written = 0
    spaces = 0
    now = _Table()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal now, spaces, n_written
        if name == "table:table":
            now = _Table()
        elif name == "table:table-row":
            now.row_times = _times(attributes.get("table:number-rows-repeated"))
            now.column = now.last = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            now.column += _times(attributes.get("table:number-columns-repeated"))
            n_written += 1
            if any(key.startswith("office:") or key == "table:formula" for key in attributes):
                now.last = now.column
        elif name == "text:s":
            spaces += _times(attributes.get("text:c"))
            if spaces > MOST_SPACES:
                raise ValueError("spaces")

    def end(name: str) -> None:
        nonlocal total
        if name == "table:table-row" and now.last:
            now.n_rows += now.n_empty + now.row_times
            now.n_empty, now.width = 0, max(now.width, now.last)
            if max(n_written, now.n_rows * now.width) > most:
                raise _EnoughError
        elif name == "table:table-row":
            now.n_empty += now.row_times if now.n_rows else 0
        elif name == "table:table":
            total += now.n_rows * now.width

    def text(words: str) -> None:
        if now.column and words.strip():
            now.last = now.column

    try:
        _parse(content, start, end, text)
    except _EnoughError:
        return most + 1
    return total


def _parse(content: bytes, start: object, end: object, text: object = None) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end  # type: ignore[assignment]  # handlers of fewer kinds than expat's
    if text is not None:
        parser.CharacterDataHandler = text  # type: ignore[assignment]  # the same
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise ValueError(str(fault)) from fault


def _times(said: str | None) -> int:
    if said is None:
        return 1
    if not said.isascii() or not said.isdigit():
        raise ValueError(said)
    return max(1, int(said[:12]))


def column_number(letters: bytes) -> int:
    """The number of a spreadsheet's column by its capital letters, 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
