"""Tables of figures as HTML: real tables for readers and printers, every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and how a row's cell is written; numbers stand right."""

    heading: str
    cell: Callable[[Row], str]
    number: bool = False


def html_table(
    table: pd.DataFrame,
    columns: Sequence[Column],
    *,
    caption: str = "",
    tall: bool = False,
    row_class: Callable[[Row], str] = lambda row: "",
) -> str:
    """`table` with the first column as row headings; `tall` keeps it in a window that scrolls."""
    head = "".join(f'<th scope="col"{_align(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(_line(row, columns, row_class(row)) for row in table.to_dict("records"))
    foot = f"<caption>{escape(caption)}</caption>" if caption else ""
    window = "scroll tall" if tall else "scroll"
    return (
        f'<div class="{window}"><table class="figures">{foot}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _line(row: Row, columns: Sequence[Column], name: str) -> str:
    first, *others = columns
    cells = f'<th scope="row"{_align(first)}>{escape(first.cell(row))}</th>'
    cells += "".join(f"<td{_align(column)}>{escape(column.cell(row))}</td>" for column in others)
    return f'<tr class="{escape(name)}">{cells}</tr>' if name else f"<tr>{cells}</tr>"


def _align(column: Column) -> str:
    return ' class="num"' if column.number else ' class="text"'
