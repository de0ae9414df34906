"""What a briefing says, before anyone writes it: slides of sentences, a chart or a table, and their sources.

Built once from answer tables and the sentences of `indices.narrative`; the deck, the brief and the
preview are written from it, so none of them can say another number than the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | float | int | None
"""What stands in a table: a text, a figure (written in the format of its column), or nothing."""
Role = Literal["focal", "target", "other", "gain", "loss", "total"]
"""What a series is to the reader, which decides its look; never its colour itself."""
Form = Literal["line", "bar", "column"]


@dataclass(frozen=True, slots=True)
class SeriesData:
    """One series of a chart, a value a category; None is a gap and stays one.

    `computed` marks the values that we worked out (drawn hollow or said in a footnote).
    """

    name: str
    role: Role
    values: tuple[float | None, ...]
    computed: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart that an office program can draw by itself.

    `categories` are years or names in reading order. `reversed_axis`: 1 on top (ranks). `decimals` of
    its figures, `suffix` what is written behind them ("%"). A line that a new method cuts comes as one
    series a stretch, all of the same name. `axis_unit`: figures between two lines of the axis.
    """

    form: Form
    title: str
    categories: tuple[str, ...]
    series: tuple[SeriesData, ...]
    reversed_axis: bool = False
    decimals: int = 0
    axis_title: str = ""
    axis_max: float | None = None
    suffix: str = ""
    axis_unit: float | None = None


@dataclass(frozen=True, slots=True)
class TableData:
    """A table: headings, rows of cells, and the decimals of each column's figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    decimals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One message: its title is the sentence that says it.

    `section` and `index` name it ("standing", "index" + "PCI", …); `bullets` are sentences beside the
    chart or table, `leads` the few words before each that say what it answers ("" for none); `source`
    and `footnotes` (breaks, partial editions, computed figures) stand at the foot; `alt` tells the
    chart to who cannot see it; `notes` are the speaker's, with the numbers.
    """

    section: str
    index: str | None
    title: str
    bullets: tuple[str, ...] = ()
    chart: ChartData | None = None
    table: TableData | None = None
    source: str = ""
    footnotes: tuple[str, ...] = ()
    alt: str = ""
    notes: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A whole briefing: the title slide's words, the slides in order, and when and on what it rests.

    `title`, `subtitle` (lines parted by a line break) and `notes` are the title slide's; `slides` are
    those after it. `made_on` is the day in the language's writing, `day` the same as a date.
    """

    title: str
    subtitle: str
    province: str
    language: Literal["vi", "en"]
    made_on: str
    slides: tuple[Slide, ...]
    notes: tuple[str, ...] = ()
    day: date | None = None
