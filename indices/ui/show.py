"""How a page shows things: headings, charts with their table and source, empty states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indices.ui import state
from indices.ui.frame import Page
from indices.ui.picture_choice import camera_options, dated_today, year_of
from indices.ui.tables import Column, html_table

MODEBAR_WORDS = {
    "Download plot as a PNG": "show.save_picture",
    "Download plot": "show.save_picture",
    "Download plot as a SVG": "show.save_picture",
    "Taking snapshot - this may take a few seconds": "show.saving_picture",
    "Snapshot succeeded": "show.saved_picture",
    "Sorry, there was a problem downloading your snapshot!": "show.failed_picture",
}


def title(page: Page, sentence: str, below: str = "") -> None:
    """The page's one heading, with a line below it."""
    under = f'<p class="subline">{escape(below)}</p>' if below else ""
    st.html(f'<h1 class="headline">{escape(sentence)}</h1>{under}')


def section(sentence: str, below: str = "") -> None:
    """A heading within a page."""
    under = f'<p class="small">{escape(below)}</p>' if below else ""
    st.html(f'<h2 class="section">{escape(sentence)}</h2>{under}')


def note(sentence: str) -> None:
    """A small grey line."""
    st.html(f'<p class="small">{escape(sentence)}</p>')


def nothing(page: Page, sentence: str) -> None:
    """The designed place of a chart that has nothing to show: why, and what to do."""
    st.info(sentence, icon=":material/info:")


@dataclass(frozen=True)
class Piece:
    """A chart ready to show: the figure, its words for who cannot see it, the figures behind it."""

    figure: go.Figure
    alt: str
    table: pd.DataFrame
    caption: str = ""

    @cached_property
    def year(self) -> str:
        """`picture_choice.year_of` the chart."""
        return year_of(self.figure, self.table)


def chart(
    page: Page,
    name: str,
    piece: Piece,
    columns: Callable[[], Sequence[Column]],
    **settings: Any,
) -> Any:
    """A chart, and the table of its figures one click below it.

    `name` is the chart's name in keys and file names; `settings` go to `st.plotly_chart`. Returns
    what `st.plotly_chart` returns (a selection where asked for).
    """
    chosen = st.plotly_chart(
        dated_today(piece.figure, page.language),
        theme=None,
        config=_config(page, name, piece),
        alt=piece.alt,
        key=state.widget_key(f"chart.{name}", page.language) + page.province,
        **settings,
    )
    with_table(page, name, piece.table, columns, piece.caption)
    return chosen


def with_table(
    page: Page,
    name: str,
    table: pd.DataFrame,
    columns: Callable[[], Sequence[Column]],
    caption: str = "",
    label: str = "show.figures",
) -> None:
    """The figures behind a chart, folded away until asked for; `label` names them by a key."""
    fold = st.expander(
        page.text(label), key=state.widget_key(f"fold.{name}", page.language), on_change="rerun"
    )
    if fold.open:
        fold.html(html_table(table, columns(), caption=caption))


def _config(page: Page, name: str, piece: Piece) -> dict[str, Any]:
    place = page.catalogue.provinces.get(page.province).slug
    words = {english: page.text(key) for english, key in MODEBAR_WORDS.items()}
    return {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "locale": page.language,
        "locales": {page.language: {"dictionary": words, "format": {}}},
        "toImageButtonOptions": camera_options(name, place, piece.figure, piece.year),
    }
