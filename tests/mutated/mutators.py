"""Files changed at random, each from a seed: cells of a table, then bytes of a file."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable

import openpyxl

Grid = list[list[str]]

ODD_CELLS = (
    *("", "-", "N/A", "KCDL", "0", "-1", "1.234", "1,234", "12.345,6", "71,23", "71.23", "7l,2", "9/63"),
    *("64/63", "1e309", "1e-9", "٧١", "７１", "½", "∞", "NaN", "TRUE", "100,0001", "00071", "+5", "5%"),
    *("=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "[a](javascript:b)", "$x$"),
    *("'71,2", "71 ,2", "71,2,3", "7 1", "\u202e71", "\ufeff71", "a\nb", 'a"b', "x" * 5_000, "\u0000"),
    *("Bắc Giangg", "Hà Nội", "Ha Noi", "TP.HCM", "Hà Tây", "Tổng", "Trung bình cả nước", "B¾c Giang"),
    *("63", "1963-09-01", "Năm 2019", "PAPI 2020", "Xếp hạng", "Tỉnh", "Điểm", "Tiếp cận đất đai"),
)


def _change(grid: Grid, chance: random.Random) -> None:
    row = chance.choice(grid)
    if row:
        row[chance.randrange(len(row))] = chance.choice(ODD_CELLS)


def _swap(grid: Grid, chance: random.Random) -> None:
    one, other = chance.choice(grid), chance.choice(grid)
    if one and other:
        a, b = chance.randrange(len(one)), chance.randrange(len(other))
        one[a], other[b] = other[b], one[a]


def _digit(grid: Grid, chance: random.Random) -> None:
    row = chance.choice(grid)
    at = chance.randrange(len(row)) if row else 0
    if row and row[at]:
        place = chance.randrange(len(row[at]))
        row[at] = row[at][:place] + chance.choice("0123456789.,/ -") + row[at][place + 1 :]


def _delete_row(grid: Grid, chance: random.Random) -> None:
    if len(grid) > 2:
        del grid[chance.randrange(len(grid))]


def _double_row(grid: Grid, chance: random.Random) -> None:
    grid.insert(chance.randrange(len(grid) + 1), list(chance.choice(grid)))


def _delete_column(grid: Grid, chance: random.Random) -> None:
    at = chance.randrange(max(map(len, grid)))
    for row in grid:
        del row[at : at + 1]


def _double_column(grid: Grid, chance: random.Random) -> None:
    at = chance.randrange(max(map(len, grid)))
    for row in grid:
        row[at:at] = row[at : at + 1]


def _swap_columns(grid: Grid, chance: random.Random) -> None:
    width = min(map(len, grid))
    if width > 1:
        a, b = chance.sample(range(width), 2)
        for row in grid:
            row[a], row[b] = row[b], row[a]


def _title(grid: Grid, chance: random.Random) -> None:
    words = ("BẢNG XẾP HẠNG", "Phụ lục kèm theo Quyết định 12/QĐ-BNV ngày 1/4/2024", "PAPI năm 2019", "")
    grid.insert(chance.randrange(3), [chance.choice(words)])


def _blank_row(grid: Grid, chance: random.Random) -> None:
    grid.insert(chance.randrange(len(grid) + 1), [""] * len(grid[0]))


def _shorten(grid: Grid, chance: random.Random) -> None:
    row = chance.choice(grid)
    del row[chance.randrange(len(row) + 1) :]


def _lengthen(grid: Grid, chance: random.Random) -> None:
    chance.choice(grid).extend(chance.choice(ODD_CELLS) for _ in range(chance.randrange(1, 4)))


def _marks(grid: Grid, chance: random.Random) -> None:
    """Another decimal mark in one row or in all."""
    chosen = [chance.choice(grid)] if chance.random() < 0.5 else grid
    for row in chosen:
        row[:] = [cell.translate(str.maketrans(".,", ",.")) for cell in row]


def _unmark(grid: Grid, chance: random.Random) -> None:
    row = chance.choice(grid)
    row[:] = [unicodedata.normalize(chance.choice(("NFD", "NFC")), cell) for cell in row]


CELL_MUTATORS: tuple[Callable[[Grid, random.Random], None], ...] = (
    *(_change, _change, _change, _digit, _digit, _swap, _delete_row, _double_row, _delete_column),
    *(_double_column, _swap_columns, _title, _blank_row, _shorten, _lengthen, _marks, _unmark),
)


def mutated_grid(grid: Grid, chance: random.Random) -> Grid:
    """A copy with one to four changes."""
    changed = [list(row) for row in grid]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        if any(changed):
            chance.choice(CELL_MUTATORS)(changed, chance)
    return changed


def mutated_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut, put in, doubled or moved, one to eight times."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        kind = chance.randrange(6)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = chance.randbytes(length)
        elif kind == 3:
            data[at:at] = data[at : at + length]
        elif kind == 4:
            data = data[:at] if chance.random() < 0.3 else data
        else:
            data[at : at + 1] = chance.choice((b";", b",", b'"', b"\n", b"\t", b"\x00", b"\xff", b"\xe1"))
    return bytes(data)


def as_text(grid: Grid, separator: str, encoding: str) -> bytes:
    """The grid as a text file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(grid)
    return out.getvalue().encode(encoding, "replace")


def as_workbook(grid: Grid) -> bytes:
    """The grid as an XLSX: clear numbers as numbers, everything else as text, never a formula."""
    book = openpyxl.Workbook(write_only=False)
    sheet = book.active
    for at, row in enumerate(grid, start=1):
        for column, cell in enumerate(row, start=1):
            text = "".join(sign for sign in cell if sign in "\n\t" or ord(sign) >= 32)[:32_000]
            if not text:
                continue
            placed = sheet.cell(at, column)
            plain = text.replace(",", ".", 1)
            number = plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdigit()
            placed.value = float(plain) if number else text
            if not number:
                placed.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
