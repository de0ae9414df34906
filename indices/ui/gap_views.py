"""The gap page: three facts, where the province is behind or ahead, where it loses points."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices import i18n
from indices.analysis.cells import number
from indices.analysis.gap import Gap
from indices.analysis.gap_parts import RESIDUAL
from indices.analysis.refusal import Refusal
from indices.catalogue import EditionSpec
from indices.export.gap_charts import (
    compared_with,
    difference_chart,
    difference_rows,
    lost_chart,
    lost_rows,
)
from indices.export.index_charts import source_of
from indices.narrative import gap as words
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL
from indices.ui import columns, gap_data, show, state
from indices.ui.frame import Page
from indices.ui.gap_facts import documents_view, facts_view
from indices.ui.tables import Column, Row

WHOLE = "all"


def gap_title(page: Page, index: str, edition: EditionSpec) -> None:
    """The finding in one sentence: how far, and where most points are lost."""
    found = gap_data.gap(index, edition.edition, page.province, page.target_rank)
    if isinstance(found, Refusal):
        show.title(page, page.text("gap.title", index=index, edition=edition.edition))
    else:
        show.title(page, words.gap_headline(found, page.called(page.province), page.language))


def gap_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The facts and the parts of the distance; says what is missing where they are not known."""
    found = gap_data.gap(index, edition.edition, page.province, page.target_rank)
    if isinstance(found, Refusal):
        show.nothing(page, refusal_sentence(found, page.language))
        return
    facts_view(page, index, edition, found)
    show.section(page.text("gap.where"), page.text("gap.where_how"))
    with st.container(horizontal=True, gap="medium", key="gap-choices"):
        parent = _dimension(page, index, found)
        against = _against(page, found, parent)
    left, right = st.columns(2)
    with left:
        _difference_view(page, index, edition, found, parent, against)
    with right:
        _lost_view(page, index, edition, found, parent)
    documents_view(page, index, edition)


def _dimension(page: Page, index: str, found: Gap) -> str:
    """The part looked into, where parts have parts of their own: its code, or the whole index."""
    tables = [table for table in (found.parts, found.lost) if not isinstance(table, Refusal)]
    names: dict[str, str] = {}
    for table in tables:
        parents = set(table["parent"])
        names |= {
            str(row["component"]): words.plain_name(str(row[_name(page)]))
            for row in table.to_dict("records")
            if row["component"] in parents
        }
    if not names:
        return OVERALL
    chosen = state.choose(
        st.selectbox,
        "dimension",
        {WHOLE: page.text("gap.whole"), **names},
        default=WHOLE,
        language=page.language,
        refuse=page.refuse,
        of=index,
        label=page.text("gap.dimension"),
        width=420,
    )
    return OVERALL if chosen == WHOLE else chosen


def _against(page: Page, found: Gap, parent: str) -> str:
    """With whom the parts are compared: the province at the line (line) or those around it (around)."""
    options = _compared(page, found, parent)
    if len(options) < 2:
        return next(iter(options), "line")
    return state.choose(
        st.segmented_control,
        "against",
        options,
        default=next(iter(options)),
        language=page.language,
        refuse=page.refuse,
        label=page.text("gap.against"),
        required=True,
    )


def _compared(page: Page, found: Gap, parent: str) -> dict[str, str]:
    """With whom the parts may be compared: the province at the line unless it is ours, those around it."""
    if isinstance(found.parts, Refusal):
        return {}
    parts = found.parts[found.parts["parent"] == parent]
    options, line = {}, str(found.summary["target_province"].iloc[0])
    if line != page.province:
        options["line"] = page.text("gap.against_line", province=page.called(line), target=page.target_rank)
    if len(parts) and parts["difference_around"].notna().all():
        options["around"] = page.text("gap.against_around", n=len(found.around), target=page.target_rank)
    return options


def _difference_view(
    page: Page, index: str, edition: EditionSpec, found: Gap, parent: str, against: str
) -> None:
    if isinstance(found.parts, Refusal):
        show.nothing(page, refusal_sentence(found.parts, page.language))
        return
    parts = found.parts[found.parts["parent"] == parent]
    if parts.empty:
        show.nothing(page, page.text("gap.no_parts_below"))
        return
    codes = (index, edition.edition, parent, against)
    piece = page.kept("gap-differences", lambda: _differences(page, found, parts, *codes), *codes)
    show.chart(page, f"gap-parts-{index.lower()}", piece, lambda: _difference_columns(page))


def _differences(
    page: Page, found: Gap, parts: pd.DataFrame, index: str, edition: str, parent: str, against: str
) -> show.Piece:
    row, called = found.summary.iloc[0].to_dict(), page.called(page.province)
    around = against == "around"
    column = "difference_around" if around else "difference"
    table = difference_rows(page, parts, around)
    figure = difference_chart(page, index, edition, found, table, around)
    other, source = compared_with(page, found, around), source_of(page, index, parts)
    said = words.parts_sentence(parts, row, column, other, page.language)
    alt = page.text(
        "gap.difference_alt", index=index, edition=edition, province=called, other=other, said=said
    )
    return show.Piece(figure, alt, table, source)


def _lost_view(page: Page, index: str, edition: EditionSpec, found: Gap, parent: str) -> None:
    if isinstance(found.lost, Refusal):
        if isinstance(found.parts, Refusal) and found.parts.code == found.lost.code:
            return  # said at the left already
        show.nothing(page, refusal_sentence(found.lost, page.language))
        return
    lost = found.lost[found.lost["parent"] == parent]
    if lost.empty:
        show.nothing(page, page.text("gap.no_parts_below"))
        return
    codes = (index, edition.edition, parent)
    piece = page.kept("gap-lost", lambda: _lost(page, found, lost, *codes), *codes)
    scale_max = number(found.summary["scale_max"].iloc[0])
    show.chart(page, f"gap-lost-{index.lower()}", piece, lambda: _lost_columns(page, scale_max))


def _lost(page: Page, found: Gap, lost: pd.DataFrame, index: str, edition: str, parent: str) -> show.Piece:
    row, called = found.summary.iloc[0].to_dict(), page.called(page.province)
    table, source = lost_rows(page, lost), source_of(page, index, lost)
    figure = lost_chart(page, index, edition, found, table, parent)
    alt = words.lost_alt(table, row, index, called, page.language)
    return show.Piece(figure, alt, table, source)


def _name(page: Page) -> str:
    return "name_vi" if page.language == "vi" else "name_en"


def _difference_columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.component", "name"),
        columns.signed(page, "gap.column_difference", "difference", 4),
        columns.points(page, 1, "own", "gap.column_own"),
        columns.points(page, 1, "other", "gap.column_other"),
        columns.points(page, None, "factor", "gap.column_factor"),
        columns.source(page),
    ]


def _lost_columns(page: Page, scale_max: float | None) -> list[Column]:
    def lost(row: Row) -> str:
        """What is lost; the rounding has a sign."""
        value = number(row["lost"])
        if row["component"] == RESIDUAL:
            return i18n.change(value, page.language, 4)
        return i18n.score(value, page.language, i18n.points(scale_max))

    return [
        columns.plain(page, "columns.component", "name"),
        Column(page.text("gap.column_lost"), lost, number=True),
        columns.points(page, scale_max, "attainable", "gap.column_attainable"),
        columns.points(page, scale_max, "best", "gap.column_best"),
        columns.points(page, scale_max, "own", "gap.column_own"),
        columns.scale(page),
        columns.source(page),
    ]
