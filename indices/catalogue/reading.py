"""A CSV file of the catalogue → records of one spec, every unreadable line named instead of raised."""

from __future__ import annotations

import csv
import io
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from indices.problem import Problem

T = TypeVar("T")
Readers = Mapping[str, tuple[Callable[[str], Any], str]]


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A record with the row it stands on, as a spreadsheet counts (the header is row 1)."""

    row: int
    spec: T


def read_lines(path: Path, spec: type[T]) -> tuple[list[Line[T]], list[Problem]]:
    """The records of `path`, and what could not be read: file, columns, cells."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except FileNotFoundError:
        return [], [Problem("file_missing", path.name)]
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        return [], [Problem("file_unreadable", path.name, slots={"reason": str(reason)})]
    header = rows[0] if rows else []
    readers = _readers(spec)
    missing = [name for name in readers if name not in header]
    if missing:
        return [], [Problem("column_missing", path.name, row=1, column=name) for name in missing]
    lines: list[Line[T]] = []
    problems: list[Problem] = []
    for row, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            found = {"expected": str(len(header)), "found": str(len(cells))}
            problems.append(Problem("wrong_cell_count", path.name, row, slots=found))
            continue
        values, wrong = _values(dict(zip(header, cells, strict=True)), readers, path.name, row)
        problems += wrong
        if not wrong:
            lines.append(Line(row, spec(**values)))
    return lines, problems


def _values(
    cells: Mapping[str, str], readers: Readers, file: str, row: int
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, (read, code) in readers.items():
        try:
            values[name] = read(cells[name].strip())
        except ValueError:
            problems.append(Problem(code, file, row, name, cells[name]))
    return values, problems


def _readers(spec: type[Any]) -> Readers:
    hints = get_type_hints(spec)
    return {field.name: _reader(hints[field.name]) for field in fields(spec)}


def _reader(hint: Any) -> tuple[Callable[[str], Any], str]:
    """How a cell of a type is read, and the code of the problem when it cannot be."""
    if get_origin(hint) is tuple:
        return lambda cell: tuple(part for part in cell.split("|") if part), "not_a_list"
    if isinstance(hint, types.UnionType):
        inner, code = _reader(next(part for part in get_args(hint) if part is not type(None)))
        return lambda cell: inner(cell) if cell else None, code
    readers: dict[Any, tuple[Callable[[str], Any], str]] = {
        int: (int, "not_a_whole_number"),
        float: (_finite, "not_a_number"),
        date: (date.fromisoformat, "not_a_date"),
        str: (str, "not_a_text"),
    }
    return readers[hint]


def _finite(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(cell)
    return value
