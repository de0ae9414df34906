"""The parts of the data page: coverage, download, the way in for a new year."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from indices.charts import Caption, coverage_grid
from indices.export.tables import csv_bytes, parquet_bytes, sources_of, workbook_bytes
from indices.ui import columns, data, show, state
from indices.ui.frame import MENU, Page
from indices.ui.permission import exported
from indices.ui.tables import Column
from indices.ui.template_view import template_view

ALL = "all"


def coverage_view(page: Page) -> None:
    """Index × edition at a glance: how many provinces have a score or a rank."""
    if not data.coverage()["n_figures"].sum():
        show.nothing(page, page.text("data.empty"))
        return
    show.chart(page, "coverage", page.kept("coverage", lambda: _coverage(page)), lambda: _columns(page))


def _coverage(page: Page) -> show.Piece:
    covered = data.coverage()
    states = covered["status"].value_counts()
    figure = coverage_grid(
        covered,
        caption=Caption(
            page.text("data.coverage_title"),
            page.text("data.coverage_how"),
            page.text("data.coverage_source"),
        ),
        language=page.language,
        theme=page.theme,
    )
    complete, partial = int(states.get("complete", 0)), int(states.get("partial", 0))
    alt = page.text("data.coverage_alt", n=len(covered), complete=complete, partial=partial)
    return show.Piece(figure, alt, covered)


def _columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.index", "index"),
        columns.plain(page, "columns.edition", "edition"),
        columns.whole_number(page, "columns.n_scores", "n_scores"),
        columns.whole_number(page, "columns.n_ranks", "n_ranks"),
        columns.whole_number(page, "columns.n_ranked", "n_ranked"),
        columns.whole_number(page, "columns.n_figures", "n_figures"),
    ]


def download_view(page: Page) -> None:
    """Figures of one index or of all, as CSV, XLSX and Parquet, with their sources."""
    show.section(page.text("data.download"), page.text("data.download_how"))
    indices = {code.lower(): code for code in page.catalogue.indices}
    chosen = state.choose(
        st.selectbox,
        "download",
        {ALL: page.text("data.all_indices"), **indices},
        default=ALL,
        language=page.language,
        refuse=page.refuse,
        label=page.text("data.which"),
        width=320,
    )

    def table() -> pd.DataFrame:
        return data.figures() if chosen == ALL else data.figures_of(indices[chosen])

    with st.container(horizontal=True):
        _button(page, "csv", lambda: csv_bytes(table(), page.language), f"{chosen}.csv", "text/csv")
        _button(
            page,
            "xlsx",
            lambda: workbook_bytes(table(), page.catalogue, page.language),
            f"{chosen}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
        _button(
            page, "parquet", lambda: parquet_bytes(table()), f"{chosen}.parquet", "application/octet-stream"
        )
        _button(
            page,
            "sources",
            lambda: csv_bytes(sources_of(table(), page.catalogue), page.language),
            f"{chosen}-{page.text('export.sources_file')}.csv",
            "text/csv",
        )


def add_view(page: Page) -> None:
    """The way a new year's table comes in: a workbook to fill, and the page that takes it."""
    show.section(page.text("data.add"), page.text("data.add_how"))
    template_view(page)
    st.page_link(MENU["upload"], label=page.text("data.add_way"), query_params=page.address())


def _button(page: Page, name: str, content: Callable[[], bytes], file_name: str, mime: str) -> None:
    """A download whose file is made only when it is asked for."""
    st.download_button(
        page.text(f"data.button_{name}"),
        exported(file_name, content),
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        key=state.widget_key(f"get.{name}", page.language),
    )
