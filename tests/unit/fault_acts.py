"""What is done to a clean upload to spoil it, and to cure it as a finding says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from indices.problem import Problem
from indices.tidy import COLUMNS, tidy_rows
from tests.samples.figures import published
from tests.unit.faulty import (
    FIRST,
    HEADER,
    SHEET,
    Upload,
    held_tables,
    pci,
)
from tests.unit.legacy_letters import MIXED_UP

Act = Callable[[Upload], None]
CSV, XLSX = ("csv",), ("xlsx",)


@dataclass(frozen=True)
class Found:
    """A finding: code, cell ("C8", "8" for a row alone, "" for the whole file), value, severity."""

    code: str
    cell: str = ""
    value: str | None = None
    severity: str = "error"
    sheet: str | None = SHEET
    slots: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is done to an upload, what must be found, and the cure that the sentence names."""

    name: str
    spoil: Act
    found: tuple[Found, ...]
    cure: Act
    clean: Callable[[], Upload] = pci
    forms: tuple[str, ...] = (*CSV, *XLSX)


def put(cell: str, value: object) -> Act:
    return lambda upload: upload.put(cell, value)


def answer(**given: object) -> Act:
    return lambda upload: upload.answers.update(given)


def unsay(*names: str) -> Act:
    def act(upload: Upload) -> None:
        for name in names:
            upload.answers.pop(name)

    return act


def both(*acts: Act) -> Act:
    def act(upload: Upload) -> None:
        for one in acts:
            one(upload)

    return act


def drop_row(row: int) -> Act:
    return lambda upload: upload.rows.pop(row - 1) and None


def add_row(*cells: object, at: int | None = None) -> Act:
    def act(upload: Upload) -> None:
        upload.rows.insert(len(upload.rows) if at is None else at - 1, list(cells))

    return act


def column(letter: str, change: Callable[[Any], Any]) -> Act:
    def act(upload: Upload) -> None:
        for row in range(FIRST, FIRST + 63):
            upload.put(f"{letter}{row}", change(upload.get(f"{letter}{row}")))

    return act


def add_column(heading: str, cells: Callable[[int], object], header: int = HEADER) -> Act:
    def act(upload: Upload) -> None:
        for n, row in enumerate(upload.rows, start=1):
            row.append(heading if n == header else cells(n - header) if n > header else None)

    return act


def drop_column(letter: str) -> Act:
    return lambda upload: upload.drop_columns(letter)


def swap(one: str, other: str) -> Act:
    def act(upload: Upload) -> None:
        first, second = upload.get(one), upload.get(other)
        upload.put(one, second)
        upload.put(other, first)

    return act


def encode(how: Callable[[str], bytes]) -> Act:
    return lambda upload: setattr(upload, "encode", how)


def spoil_bytes(how: Callable[[bytes], bytes]) -> Act:
    return lambda upload: setattr(upload, "bytes_of", how)


def letters(old: dict[str, str]) -> Act:
    """All text in the letters of an old font."""

    def act(upload: Upload) -> None:
        table = str.maketrans(old)
        upload.rows = [[c.translate(table) if isinstance(c, str) else c for c in row] for row in upload.rows]

    return act


def mixed_up(text: str) -> str:
    """UTF-8 as a program shows it that takes it for Western European."""
    return "".join(MIXED_UP.get(byte, chr(byte)) for byte in text.encode("utf-8"))


def all_mixed_up(upload: Upload) -> None:
    upload.rows = [[mixed_up(c) if isinstance(c, str) else c for c in row] for row in upload.rows]


def typed_anew(upload: Upload) -> None:
    """The file made again from its source."""
    fresh = pci()
    upload.rows, upload.encode, upload.bytes_of = fresh.rows, fresh.encode, fresh.bytes_of


def scores_of(edition: str) -> Act:
    """The scores of another edition in the column of scores."""

    def act(upload: Upload) -> None:
        figures = published("PCI", edition, ["overall"])
        for row in upload.rows[HEADER:]:
            row[2] = figures[row[1], "overall"][0]

    return act


def as_said(found: Problem, upload: Upload) -> None:
    """Write what the sentence suggests where it says."""
    assert found.cell is not None
    upload.put(found.cell, found.slots["suggestion"])


def held_already(upload: Upload) -> None:
    """The tidy table of PCI 2015 with every column as it is held."""
    rows = tidy_rows(held_tables().query("index == 'PCI' and edition == '2015'"), COLUMNS)
    upload.rows = [list(COLUMNS), *(list(row) for row in rows)]


def with_value_of_formula(content: bytes) -> bytes:
    """The workbook with a formula in C8 whose value Excel has saved."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            text = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                assert text.count(b"<v>58.2</v>") >= 1
                text = text.replace(b'<c r="C8" t="n"><v>', b'<c r="C8" t="n"><f>1+1</f><v>')
            new.writestr(member.filename, text)
    return target.getvalue()
