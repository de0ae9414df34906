"""Marks on time axes: method breaks and events, in the page's language."""

from __future__ import annotations

import pandas as pd

from indices.catalogue import EventSpec
from indices.i18n import day
from indices.ui.frame import Page


def breaks_of(page: Page, index: str) -> pd.DataFrame:
    """First editions of a new method. Columns: year, text."""
    rows = [
        (spec.edition, spec.what_vi if page.language == "vi" else spec.what_en)
        for spec in page.catalogue.breaks_of(index)
    ]
    return pd.DataFrame(rows, columns=["year", "text"])


def events_of(page: Page, index: str, history: pd.DataFrame) -> pd.DataFrame:
    """Events that bear on an index within the years of `history`. Columns: x (decimal year), text, kind."""
    if history.empty:
        return pd.DataFrame({"x": [], "text": [], "kind": []})
    first, last = history["year"].min() - 0.5, history["year"].max() + 1
    rows = [
        (_decimal_year(event), _words(page, event), event.kind) for event in page.catalogue.events_of(index)
    ]
    return pd.DataFrame([row for row in rows if first <= row[0] <= last], columns=["x", "text", "kind"])


def _decimal_year(event: EventSpec) -> float:
    return event.date.year + (event.date.timetuple().tm_yday - 1) / 365


def _words(page: Page, event: EventSpec) -> str:
    title = event.title_vi if page.language == "vi" else event.title_en
    return f"{day(event.date, page.language)}: {title}"
