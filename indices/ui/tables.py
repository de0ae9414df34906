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
    """A column of a table: its heading and how a row's cell is written; numbers stand right.

    `person`: the cells are addresses of people, whose lines end at the "@" where they must end.
    """

    heading: str
    cell: Callable[[Row], str]
    number: bool = False
    person: bool = False


def html_table(
    table: pd.DataFrame,
    columns: Sequence[Column],
    *,
    caption: str = "",
    tall: bool = False,
    labelled: bool = False,
    row_class: Callable[[Row], str] = lambda row: "",
) -> str:
    """`table` with the first column as row headings; `tall` keeps it in a window that scrolls.

    `labelled`: on a phone its cells stand below each other, each with its heading.
    """
    head = "".join(f'<th scope="col"{_align(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(_line(row, columns, row_class(row), labelled) for row in table.to_dict("records"))
    foot = f"<caption>{escape(caption)}</caption>" if caption else ""
    window = "scroll" + " tall" * tall + " labelled" * labelled
    return (
        f'<div class="{window}"><table class="figures">{foot}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _line(row: Row, columns: Sequence[Column], name: str, labelled: bool) -> str:
    first, *others = columns
    cells = f'<th scope="row"{_align(first)}{_label(first, labelled)}>{escape(first.cell(row))}</th>'
    for column in others:
        written = escape(column.cell(row))
        if column.person:
            written = written.replace("@", "<wbr>@")
        cells += f"<td{_align(column)}{_label(column, labelled)}>{written}</td>"
    return f'<tr class="{escape(name)}">{cells}</tr>' if name else f"<tr>{cells}</tr>"


def _align(column: Column) -> str:
    if column.number:
        return ' class="num"'
    return ' class="text person"' if column.person else ' class="text"'


def _label(column: Column, wanted: bool) -> str:
    return f' data-head="{escape(column.heading)}"' if wanted else ""
