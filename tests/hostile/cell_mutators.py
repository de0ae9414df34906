"""Changes to the cells of a table, as people and programs make them, and as somebody would in malice.

Each takes a document and a source of chance, and changes the document. Columns move with their
headings, so that what a figure is of still stands above it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from random import Random

from tests.hostile.documents import Cell, Document, Grid
from tests.samples.figures import provinces

Mutator = Callable[[Document, Random], None]
HOSTILE_TEXTS = (
    *("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "=1+1", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x")'),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></table><b>", "&lt;b&gt;&amp;"),
    *("[đây](javascript:alert(1))", "![x](http://x/y.png)", "$x^2$ $y$", ":material/delete:", "**đậm** _x_"),
    *("# Tiêu đề", "| a | b |", "{value}", "%s %d {0}", "\\n\\t\\", "'; DROP TABLE versions; --", '"', "'"),
    *("\u202e93.46\u202c", "\u200f71,23", "\u200b71,23", "71\u00ad,23", "\ufeff", "a\u0301\u0323\u0301" * 9),
    *("x" * 200_000, "1" * 5_000, " " * 5_000, "9" * 400 + ",5", "0," + "3" * 400, "(" * 3_000, "1(" * 999),
    *("NaN", "inf", "-inf", "1e999", "1e-999", "1e5", "0x1F", "1_000", "١٢٣", "७१,२३", "①", "²", "½", "Ⅸ"),
    *("TRUE", "#REF!", "#N/A", "N/A", "KCDL", "-", "--", "…", "0", "0,0", "-5", "−5", "1.234", "1,234"),
    *(
        "9/63",
        "9 (tăng 3)",
        "9/0",
        "63/9",
        "9/63/2",
        "hạng 9",
        "71,23 điểm",
        "71,23%",
        "1.234,56",
        "1,234.56",
    ),
    *(
        "7l,23",
        "7O,23",
        "71;23",
        "71,23,45",
        "71. 23",
        "71 , 23",
        "'71,23",
        "71,23\n",
        "\n71,23",
        "\x07",
        "\x00",
    ),
    *("😀", "\U0010ffff", "\ud7ff", "ﷺ", "Z̸͎͐", "Tỉnh", "Bắc Giang", "Trung bình", "2021", "PCI", "PAPI 1999"),
)
_DIGITS = {
    name: {ord("0") + n: chr(first + n) for n in range(10)}
    for name, first in (("arabic", 0x660), ("devanagari", 0x966), ("wide", 0xFF10), ("bold", 0x1D7CE))
}


def _grid(document: Document, chance: Random) -> Grid:
    grid = chance.choice(document.sheets)
    grid.even()
    return grid


def _place(grid: Grid, chance: Random) -> tuple[int, int]:
    return chance.randrange(len(grid.rows)), chance.randrange(max(grid.width, 1))


def _body_place(grid: Grid, chance: Random) -> tuple[int, int]:
    """A cell that holds a figure."""
    for _ in range(60):
        row, column = _place(grid, chance)
        if _is_figure(grid.rows[row][column]):
            return row, column
    return _place(grid, chance)


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return any(sign.isdigit() for sign in cell) and not any(sign.isalpha() for sign in cell)
    return isinstance(cell, int | float)


def change_figure(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    row, column = _body_place(grid, chance)
    cell = grid.rows[row][column]
    if isinstance(cell, float):
        grid.rows[row][column] = round(cell * chance.choice((0.1, 0.5, 0.99, 1.01, 10, -1)), 4)
    elif isinstance(cell, int) and not isinstance(cell, bool):
        grid.rows[row][column] = cell + chance.choice((-1, 1, 10, -100))
    elif isinstance(cell, str) and cell:
        at = chance.randrange(len(cell))
        grid.rows[row][column] = cell[:at] + chance.choice("0123456789,. -") + cell[at + 1 :]


def swap_cells(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    (r, c), (s, d) = _body_place(grid, chance), _body_place(grid, chance)
    if chance.random() < 0.5:
        d = c
    grid.rows[r][c], grid.rows[s][d] = grid.rows[s][d], grid.rows[r][c]


def empty_cells(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    for _ in range(chance.randint(1, 9)):
        row, column = _place(grid, chance)
        grid.rows[row][column] = None


def put_hostile_text(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    for _ in range(chance.choice((1, 1, 1, 4))):
        row, column = _place(grid, chance) if chance.random() < 0.5 else _body_place(grid, chance)
        if chance.random() < 0.2:
            row = chance.randrange(min(4, len(grid.rows)))
        grid.rows[row][column] = chance.choice(HOSTILE_TEXTS)


def put_other_value(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    row, column = _body_place(grid, chance)
    grid.rows[row][column] = chance.choice(
        (True, False, date(2021, 9, 6), 0, -1, 1e300, 1e-300, 12345678901234567890, 71.23, 9, 0.1 + 0.2)
    )


def mix_into_cell(document: Document, chance: Random) -> None:
    """A sign nobody sees, or one too many, in a figure or a name."""
    grid = _grid(document, chance)
    row, column = _place(grid, chance)
    text = str(grid.rows[row][column] or "")
    at = chance.randint(0, len(text))
    sign = chance.choice(
        ("\u200b", "\u202e", "\xa0", " ", "'", '"', "\u0301", "*", "(1)", "%", ",", ".", "0", "\t")
    )
    grid.rows[row][column] = text[:at] + sign + text[at:]


def other_digits(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    table = _DIGITS[chance.choice(sorted(_DIGITS))]
    for _ in range(chance.choice((1, 5))):
        row, column = _body_place(grid, chance)
        cell = grid.rows[row][column]
        if isinstance(cell, str):
            grid.rows[row][column] = cell.translate(table)


def other_mark(document: Document, chance: Random) -> None:
    """The other decimal mark in one cell, a column or everywhere."""
    grid = _grid(document, chance)
    row, column = _body_place(grid, chance)
    kind = chance.choice(("cell", "column", "all"))
    swapped = str.maketrans(",.", ".,")
    for r, cells in enumerate(grid.rows):
        for c, cell in enumerate(cells):
            chosen = kind == "all" or (c == column and (kind == "column" or r == row))
            if chosen and _is_figure(cell):
                text = f"{cell:.4f}".replace(".", ",") if isinstance(cell, float) else cell
                grid.rows[r][c] = text.translate(swapped) if text is cell and isinstance(text, str) else text


def as_typed_text(document: Document, chance: Random) -> None:
    """Numbers of a column as text: with thousands marks, remarks, "of 63"."""
    grid = _grid(document, chance)
    _, column = _body_place(grid, chance)
    form = chance.choice(
        ("{}", "{}/63", "{} (tăng 3)", "hạng {}", "{} điểm", "{}%", " {} ", "'{}", "+{}", "{}.000")
    )
    for cells in grid.rows:
        if _is_figure(cells[column]):
            cells[column] = form.format(str(cells[column]).replace(".", document.decimal or "."))


def round_column(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    _, column = _body_place(grid, chance)
    digits = chance.choice((0, 1, 3))
    for cells in grid.rows:
        cell = cells[column]
        if isinstance(cell, float):
            cells[column] = round(cell, digits)
        elif isinstance(cell, str) and _is_figure(cell):
            head, mark, tail = cell.partition(document.decimal or ".")
            cells[column] = head + mark + tail[:digits] if digits else head


def swap_rows(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    one, other = _place(grid, chance)[0], _place(grid, chance)[0]
    grid.rows[one], grid.rows[other] = grid.rows[other], grid.rows[one]


def delete_rows(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    grid.merged.clear()
    start = _place(grid, chance)[0]
    del grid.rows[start : start + chance.choice((1, 1, 3, 20))]
    grid.rows = grid.rows or [[None]]


def duplicate_rows(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    start = _place(grid, chance)[0]
    block = [list(row) for row in grid.rows[start : start + chance.choice((1, 1, 3, 40))]]
    at = chance.choice((start, len(grid.rows)))
    grid.rows[at:at] = block
    if at != len(grid.rows) - len(block):
        grid.merged.clear()


def insert_rows(document: Document, chance: Random) -> None:
    """Titles, empty rows, totals, column numbers, a note."""
    grid = _grid(document, chance)
    n = grid.width
    row: list[Cell] = [None] * n
    kind = chance.choice(("title", "empty", "total", "numbers", "note", "header"))
    at = chance.randint(0, len(grid.rows))
    if kind == "title":
        row[chance.randrange(n)], at = "BẢNG XẾP HẠNG", chance.randint(0, 2)
    elif kind == "total":
        row = [chance.choice((50.5, "50,5", "x"))] * n
        row[chance.randrange(min(n, 3))] = chance.choice(
            ("Trung bình", "Tổng cộng", "Đồng bằng sông Hồng", "Cả nước")
        )
    elif kind == "numbers":
        row = list(range(1, n + 1))
    elif kind == "note":
        row[0] = "Ghi chú: số liệu năm 2021, không xếp hạng 3 tỉnh"
    elif kind == "header":
        row = list(chance.choice(grid.rows[:4]))
    grid.rows.insert(at, row)
    grid.merged = [
        (top + (top >= at), left, bottom + (bottom >= at), right) for top, left, bottom, right in grid.merged
    ]
    if any(top < at <= bottom for top, _, bottom, _ in grid.merged):
        grid.merged.clear()


def move_columns(document: Document, chance: Random) -> None:
    """A column moved, doubled, taken out or put in, with everything that stands in it."""
    grid = _grid(document, chance)
    grid.merged.clear()
    n = grid.width
    at, to = chance.randrange(n), chance.randrange(n)
    kind = chance.choice(("move", "double", "delete", "insert"))
    for row in grid.rows:
        if kind == "insert":
            row.insert(to, None)
            continue
        cell = row[at] if kind == "double" else row.pop(at)
        if kind != "delete":
            row.insert(to, cell)
    if not grid.width:
        grid.rows = [[None]]


def change_heading(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    top = grid.rows[: chance.choice((1, 2, 6))]
    places = [
        (r, c) for r, row in enumerate(top) for c, cell in enumerate(row) if isinstance(cell, str) and cell
    ]
    if not places:
        return
    (r, c), (s, d) = chance.choice(places), chance.choice(places)
    kind = chance.choice(("swap", "copy", "upper", "marks", "note", "other"))
    cell = str(grid.rows[r][c])
    if kind == "swap":
        grid.rows[r][c], grid.rows[s][d] = grid.rows[s][d], cell
    else:
        changed = {
            "copy": str(grid.rows[s][d]),
            "upper": cell.upper(),
            "marks": "".join(x for x in unicodedata.normalize("NFD", cell) if not unicodedata.combining(x)),
            "note": cell + chance.choice((" (*)", " 2019", " - %", " (điểm)", "\n(tiếp theo)")),
            "other": chance.choice(
                ("Điểm", "Hạng", "Tỉnh", "Năm", "Thay đổi", "Nhóm", "Điểm PAPI", "Gia nhập thị trường")
            ),
        }
        grid.rows[r][c] = changed[kind]


def change_name(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    known = set(provinces(63))
    places = [(r, c) for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if cell in known]
    if not places:
        return
    r, c = chance.choice(places)
    name = str(grid.rows[r][c])
    at = chance.randrange(len(name))
    grid.rows[r][c] = chance.choice(
        (
            name.upper(),
            f"TP. {name}",
            f"Tỉnh {name} (*)",
            f"{r}. {name}",
            name.replace(" ", ""),
            unicodedata.normalize("NFD", name),
            "".join(x for x in unicodedata.normalize("NFD", name) if not unicodedata.combining(x)),
            name[:at] + name[at + 1 :],
            name[:at] + chance.choice("aăâeêioôơuưy") + name[at + 1 :],
            chance.choice(sorted(known)),
            chance.choice(provinces(34)),
            f"{name}, {chance.choice(sorted(known))}",
            "Hà Tây",
        )
    )


def change_sheets(document: Document, chance: Random) -> None:
    if document.kind == "csv":
        return
    grid = _grid(document, chance)
    kind = chance.choice(("rename", "hide", "double", "junk", "reverse"))
    if kind == "rename":
        grid.name = chance.choice(("Sheet1", "PCI 2019", "PAPI", "=cmd", "<b>", "2018", "x" * 31, "Ẩn"))
    elif kind == "hide":
        grid.hidden = not grid.hidden
    elif kind == "double" and grid.width * len(grid.rows) < 4_000:
        document.sheets.append(Grid(grid.name[:25] + " (2)", [list(row) for row in grid.rows]))
    elif kind == "junk":
        document.sheets.insert(0, Grid("Bìa", [["Sách trắng 2021"], [None], ["Nguồn: x"]]))
    else:
        document.sheets.reverse()
    names: set[str] = set()
    for number, sheet in enumerate(document.sheets):
        if sheet.name.casefold() in names or not sheet.name:
            sheet.name = f"S{number}"
        names.add(sheet.name.casefold())


def turn_round(document: Document, chance: Random) -> None:
    grid = _grid(document, chance)
    grid.merged.clear()
    grid.rows = [list(row) for row in zip(*grid.rows, strict=True)] or [[None]]


MUTATORS: tuple[Mutator, ...] = (
    *(change_figure, swap_cells, empty_cells, put_hostile_text, put_hostile_text, put_other_value),
    *(mix_into_cell, other_digits, other_mark, as_typed_text, round_column, swap_rows, delete_rows),
    *(duplicate_rows, insert_rows, insert_rows, move_columns, move_columns, change_heading, change_name),
    *(change_sheets, turn_round),
)
