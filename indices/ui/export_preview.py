"""The slides of a briefing as an outline that looks like the deck: built from the same story as the file."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape

from indices import i18n
from indices.charts.theme import Theme
from indices.export.content import Cell, ChartData, Slide, Story, TableData
from indices.i18n import Language, text
from indices.ui.export_sketch import HEIGHT, WIDTH, bars, sketch

_FIGURE = re.compile(r"[−\d][\d.,/*]*")
"""A figure, written or not: such columns stand right."""


def preview(story: Story, theme: Theme) -> str:
    """Every slide as HTML, side by side as the width allows; the title slide first."""
    cards = [_title_slide(story)]
    cards += [_slide(slide, at, story.language, theme) for at, slide in enumerate(story.slides, start=2)]
    return f'<div class="deck">{"".join(cards)}</div>'


def _title_slide(story: Story) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in story.subtitle.split("\n") if line)
    said = text("exports.slide", story.language, n=1)
    return (
        f'<article class="slide first" aria-label="{escape(said)}"><h3>{escape(story.title)}</h3>{lines}'
        f"{_foot((), '', 1)}{_notes(story.notes, story.language)}</article>"
    )


def _slide(slide: Slide, at: int, language: Language, theme: Theme) -> str:
    figure = ""
    if slide.table is not None:
        figure += table_html(slide.table, slide.alt, language)
    if slide.chart is not None:
        figure += _chart(slide.chart, slide.alt, theme, language)
    beside = f'<div class="slide-figure">{figure}</div>' if figure else ""
    said = text("exports.slide", language, n=at)
    # A table takes the width of its slide; a chart leaves room beside it.
    body = "slide-body" if slide.table is None else "slide-body wide"
    return (
        f'<article class="slide" aria-label="{escape(said)}"><h3>{escape(slide.title)}</h3>'
        f'<div class="{body}">{beside}{_bullets(slide)}</div>'
        f"{_foot(slide.footnotes, slide.source, at)}{_notes(slide.notes, language)}</article>"
    )


def _bullets(slide: Slide) -> str:
    if not slide.bullets:
        return ""
    leads = [*slide.leads, *[""] * len(slide.bullets)]
    items = "".join(
        f"<li>{f'<b>{escape(lead)}:</b> ' if lead else ''}{escape(bullet)}</li>"
        for bullet, lead in zip(slide.bullets, leads, strict=False)
    )
    return f"<ul>{items}</ul>"


def _chart(chart: ChartData, alt: str, theme: Theme, language: Language) -> str:
    name = f'<p class="slide-chart">{escape(chart.title)}</p>'
    if chart.form == "bar":
        return f"{name}{bars(chart, language)}"
    picture = b64encode(sketch(chart, theme, language).encode()).decode()
    # As an image: Streamlit takes drawings out of HTML.
    return (
        f'{name}<img src="data:image/svg+xml;base64,{picture}" width="{WIDTH}" height="{HEIGHT}" '
        f'alt="{escape(alt)}">'
    )


def table_html(table: TableData, alt: str, language: Language) -> str:
    """A table of a slide as HTML; figures stand right, in the writing of the language."""
    digits = [*table.decimals, *[0] * len(table.heads)]
    numbers = [_is_number(table, at) for at in range(len(table.heads))]
    head = "".join(
        f'<th scope="col"{_align(numbers[at])}>{escape(name)}</th>' for at, name in enumerate(table.heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_align(numbers[at])}>{escape(_written(cell, digits[at], language))}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="scroll"><table class="figures" aria-label="{escape(alt)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _is_number(table: TableData, at: int) -> bool:
    cells = [row[at] for row in table.rows if row[at] is not None]
    return bool(cells) and all(_FIGURE.fullmatch(str(cell)) for cell in cells)


def _written(cell: Cell, digits: int, language: Language) -> str:
    if cell is None:
        return i18n.NOTHING
    if isinstance(cell, float):
        return ("−" if cell < 0 else "") + i18n.score(abs(cell), language, digits)
    return str(cell)


def _align(number: bool) -> str:
    return ' class="num"' if number else ""


def _foot(footnotes: tuple[str, ...], source: str, at: int) -> str:
    lines = " ".join(escape(line) for line in (*footnotes, source) if line)
    return f'<footer><span>{lines}</span><span class="slide-number">{at}</span></footer>'


def _notes(notes: tuple[str, ...], language: Language) -> str:
    if not notes:
        return ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in notes)
    return f"<details><summary>{escape(text('exports.notes', language))}</summary>{lines}</details>"
