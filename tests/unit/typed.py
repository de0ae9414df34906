"""A table as an analyst types it, and the bytes it may be saved as."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from indices.tidy import tidy_rows
from tests.samples.figures import Figures

Cell = str | float | int | None
Rows = list[list[Cell]]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Text in the code page's own composition: a letter it has, else the letter and a tone after it."""
    parts = []
    for sign in unicodedata.normalize("NFC", text):
        try:
            parts.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", sign)
            letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
            tones = "".join(mark for mark in marks if mark in TONES)
            parts.append(letter.encode("cp1258") + tones.encode("cp1258"))
    return b"".join(parts)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 little with mark": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16 big with mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without mark": lambda text: text.encode("utf-16-le"),
    "windows-1258": windows_1258,
}


def separated(
    rows: Iterable[Sequence[Cell]],
    separator: str = ";",
    mark: str = ",",
    end: str = "\r\n",
    quoted: bool = True,
) -> str:
    """Text with separators; not `quoted`: a separator in a number stays bare."""
    bare = [[written(cell, mark) for cell in row] for row in rows]
    if not quoted:
        return "".join(separator.join(row) + end for row in bare)
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator, lineterminator=end).writerows(bare)
    return target.getvalue()


def written(cell: Cell, mark: str = ",") -> str:
    """A cell as text."""
    if isinstance(cell, float):
        return repr(cell).replace(".", mark)
    return "" if cell is None else str(cell)


def content_hash(rows: Iterable[tuple[object, ...]]) -> str:
    """SHA-256 of rows of plain values in any order."""
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()


def hash_of_figures(figures: Figures) -> str:
    """The content hash of scores and ranks by province and component."""
    return content_hash((province, part, *figure) for (province, part), figure in figures.items())


def hash_of_tidy(table: pd.DataFrame) -> str:
    """The same of a tidy table."""
    return content_hash(tidy_rows(table, ["province", "component", "score", "rank"]))
