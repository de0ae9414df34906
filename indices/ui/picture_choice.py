"""Pictures saved by the camera button of a chart: their size and format, one choice for the whole session."""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indices.export.picture_sizes import FORMATS, SIZES, dated, layout_as_shown
from indices.i18n import Language
from indices.ui import state

if TYPE_CHECKING:
    from indices.ui.frame import Page

CHOICES = tuple(f"{size}-{form}" for size in SIZES for form in FORMATS)
DEFAULT = "slide-png"
_CHOICE = "pic"
_KEPT = 200
"""Charts of which the dated figure is kept: as many as a few pages show."""
_YEAR = re.compile(r"(?<![/\d])(20\d\d)(?!\d)")
_dated: OrderedDict[int, tuple[go.Figure, date, go.Figure]] = OrderedDict()


def picture_choice(page: Page) -> None:
    """The choice at the sidebar's end, folded away: who makes slides looks for it, who reads does not."""
    with st.popover(page.text("picture.button"), icon=":material/photo_camera:", width="stretch"):
        state.choose(
            st.selectbox,
            _CHOICE,
            {code: page.word("picture.option", code) for code in CHOICES},
            default=DEFAULT,
            language=page.language,
            refuse=page.refuse,
            label=page.text("picture.choose"),
            help=page.text("picture.help"),
        )


def camera_options(name: str, place: str, figure: go.Figure, year: str) -> dict[str, Any]:
    """What plotly's camera button needs: format, px of the layout, enlargement, and the file's name.

    `name` says chart and index, `place` the province; `year` ("" for none) follows.
    """
    held = state.code(_CHOICE)
    size, form = (held if held in CHOICES else DEFAULT).split("-")
    file = "-".join(filter(None, (name, place, year)))
    return {"filename": file, **layout_as_shown(SIZES[size], figure).options(form)}


def year_of(figure: go.Figure, table: pd.DataFrame) -> str:
    """The year a chart is about: the last its title names, else the newest its table holds, else ""."""
    named = _YEAR.findall(figure.layout.meta["title"])
    if named:
        return str(named[-1])
    for column in ("edition", "year"):
        if column in table and table[column].notna().any():
            return str(table[column].dropna().astype(str).max())[:4]
    named = _YEAR.findall(figure.layout.meta["subtitle"])
    return str(named[-1]) if named else ""


def dated_today(figure: go.Figure, language: Language) -> go.Figure:
    """`figure` with today's date, which the style sheet hides on the screen; made once a day.

    The figure itself is kept beside the dated one, so that its id stays its own.
    """
    today = date.today()
    held = _dated.get(id(figure))
    if held is None or held[1] != today:
        held = (figure, today, dated(figure, today, language))
        _dated[id(figure)] = held
        while len(_dated) > _KEPT:
            _dated.popitem(last=False)
    return held[2]
