"""The six cards of the overview: where the province stands in an index, on one glance."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indices import narrative
from indices.analysis.cells import whole
from indices.charts.sparkline import sparkline
from indices.ui import data
from indices.ui.frame import MENU, Page


def cards_view(page: Page, drawn: Mapping[str, str]) -> None:
    """One card an index, in catalogue order; `drawn` is the answer of `card_texts`."""
    grid = st.grid(3, min_column_width=250, gap="xsmall", key="cards")
    for index in page.catalogue.indices:
        with grid.container(border=True, height="stretch", gap="xxsmall", key=f"card-{index}"):
            address = page.address(index=index.lower())
            st.page_link(MENU["index_detail"], label=f"**{index}**", query_params=address)
            st.html(drawn[index])


def card_texts(page: Page, statuses: pd.DataFrame) -> dict[str, str]:
    """The card of every index as HTML; an index without a figure has a card that says so."""
    rows = {row["index"]: row for row in statuses.to_dict("records")}
    return {
        index: card(page, index, rows[index], data.rank_history(index, page.province))
        if index in rows
        else _empty(page, index)
        for index in page.catalogue.indices
    }


def card(page: Page, index: str, row: dict[Any, Any], history: pd.DataFrame, frame: int = 63) -> str:
    """A card as HTML: `row` is the answer of `analysis.status` for the province of `history`."""
    spec, language = page.catalogue.indices[index], page.language
    n_ranked = whole(row["n_ranked"]) or 63
    line = sparkline(
        history,
        target_rank=page.target_rank,
        n_ranked=n_ranked,
        width=300,
        height=44,
        language=language,
        color=page.theme.focal,
        band=page.theme.focal,
    )
    picture = b64encode(line.encode()).decode()
    alt = narrative.history_alt(history, index, page.called(row["province"], frame), language)
    here = whole(row["place"])
    rank = (
        f'<span class="card-rank">{here}</span><span class="card-of">/{n_ranked}</span>'
        if here is not None
        else f'<span class="card-none">{escape(page.text("overview.no_place"))}</span>'
    )
    edition = page.text("overview.edition", edition=row["edition"])
    stopped = narrative.break_sentence(row, language)
    change = narrative.change_sentence(row, language)
    distance = f"{narrative.places_sentence(row, language)} · " + narrative.points_sentence(
        row, spec.scale_max, language
    )
    return (
        f'<div class="card">{_name(page, index)}<div class="card-figure">{rank}'
        f'<span class="state {row["status"]}">{escape(narrative.status_sentence(row, language))}</span>'
        f'<span class="card-edition">{escape(edition)}</span></div>'
        # As an image: Streamlit takes drawings out of HTML.
        f'<img class="card-line" src="data:image/svg+xml;base64,{picture}" alt="{escape(alt)}">'
        f'<div class="card-change{" grey" if stopped else ""}">{escape(change + stopped)}</div>'
        f'<div class="card-distance">{escape(distance)}</div>'
        f'<div class="card-note">{escape(narrative.limits_sentence(row, language))}</div></div>'
    )


def _empty(page: Page, index: str) -> str:
    return (
        f'<div class="card">{_name(page, index)}'
        f'<div class="card-none">{escape(page.text("overview.no_figure"))}</div>'
        f'<div class="card-note">{escape(page.text("overview.no_figure_way"))}</div></div>'
    )


def _name(page: Page, index: str) -> str:
    spec = page.catalogue.indices[index]
    return f'<div class="card-name">{escape(spec.name_vi if page.language == "vi" else spec.name_en)}</div>'
