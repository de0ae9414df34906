"""What documents asked and what came, and what was to be done by whom: lists of the order's page."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indices import i18n
from indices.analysis.cells import records
from indices.analysis.directive import BeforeAfter
from indices.analysis.refusal import Refusal
from indices.narrative import source_name
from indices.narrative.directive import bearing_sentence, came_sentence, left_sentence
from indices.ui import columns, directive_data, show
from indices.ui.directive_views import told
from indices.ui.frame import Page
from indices.ui.tables import Column, Row, html_table

_MARKS = {"met": "●", "missed": "▲"}


def targets_view(page: Page) -> None:
    """Document by document: editions across where a target runs on, else one line a target."""
    show.section(page.text("directive.targets"), page.text("directive.targets_how"))
    answer = directive_data.assigned(page.province)
    if isinstance(answer, Refusal):
        told(page, answer)
        return
    st.html(page.kept("assigned", lambda: _documents(page, answer)))


def tasks_view(page: Page, answer: BeforeAfter) -> None:
    """What was to be done, by whom and when, and where the indices stand that it bears on."""
    show.section(page.text("directive.tasks"), page.text("directive.tasks_how"))
    st.html(page.kept("tasks", lambda: _tasks(page, answer)))


def _documents(page: Page, answer: pd.DataFrame) -> str:
    parts = []
    for (document, issued), rows in answer.groupby(["document_vi", "issued_on"], sort=False):
        named = str(document)
        if str(issued) not in named:  # a year alone often stands in the title
            named = page.text("directive.document", document=named, issued=_issued(page, str(issued)))
        runs_on = (
            rows["year"].nunique() > 1 and set(rows["kind"]) == {"rank"} and rows["value"].nunique() == 1
        )
        if runs_on:
            wanted = page.text("target.rank", value=rows["value"].iloc[0])
            named = page.text("directive.document_asks", document=named, wanted=wanted)
        parts.append(f'<div class="finding"><p class="fact">{escape(named)}</p></div>')
        parts.append(_editions_across(page, rows) if runs_on else _line_by_line(page, rows))
    return "".join(parts)


def _editions_across(page: Page, rows: pd.DataFrame) -> str:
    years = sorted(rows["year"].unique())
    found = records(rows, ["index", "year", "place", "computed", "outcome"])
    heads = [page.text("columns.index"), *map(str, years), page.text("directive.met_years")]
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    lines = []
    for index in dict.fromkeys(row["index"] for row in found):
        mine = {row["year"]: row for row in found if row["index"] == index}
        known = [row for row in mine.values() if row["outcome"] != "unknown"]
        met = sum(row["outcome"] == "met" for row in known)
        cells = "".join(_cell(mine.get(year)) for year in years)
        lines.append(f'<tr><th scope="row">{escape(index)}</th>{cells}<td>{met}/{len(known)}</td></tr>')
    return (
        f'<div class="scroll"><table class="figures ranks"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(row: Row | None) -> str:
    if row is None:
        return "<td></td>"
    if row["place"] is None:
        return '<td class="none">·</td>'
    mark = _MARKS[row["outcome"]]
    name = "met" if row["outcome"] == "met" else ""
    return f'<td class="{name}">{mark}{row["place"]}{"*" if row["computed"] else ""}</td>'


def _line_by_line(page: Page, rows: pd.DataFrame) -> str:
    def wanted(row: Row) -> str:
        value = page.word("target", row["value"]) if row["kind"] == "group" else row["value"]
        return page.text(f"target.{row['kind']}", value=value)

    def named(row: Row) -> str:
        return page.text("directive.edition_of", index=row["index"], edition=row["edition"])

    def outcome(row: Row) -> str:
        said, left = page.text(f"status.{row['outcome']}"), left_sentence(row, page.language)
        return page.text("directive.outcome_left", outcome=said, left=left) if left else said

    shown = [
        Column(page.text("columns.index"), named),
        Column(page.text("directive.wanted_column"), wanted),
        Column(page.text("directive.came_column"), lambda row: came_sentence(row, page.language)),
        Column(page.text("directive.outcome_column"), outcome),
    ]
    return f'<div class="stacked">{html_table(rows, shown)}</div>'


def _tasks(page: Page, answer: BeforeAfter) -> str:
    rows = directive_data.events()
    title, owner = ("title_vi", "owner_vi") if page.language == "vi" else ("title_en", "owner_en")

    def when(row: Row) -> str:
        due = row["due"]
        if isinstance(due, str):
            return page.text("directive.due", day=_issued(page, due))
        return _issued(page, row["date"])

    shown = [
        Column(page.text("directive.due_column"), when),
        Column(page.text("directive.kind_column"), lambda row: page.word("directive.kind", row["kind"])),
        columns.plain(page, "directive.what_column", title),
        columns.plain(page, "directive.owner_column", owner),
        Column(
            page.text("directive.bears_column"),
            lambda row: bearing_sentence(row["indices"], answer, page.language),
        ),
    ]
    documents = "; ".join(_document(page, key) for key in dict.fromkeys(rows["source"]))
    source = page.text("directive.tasks_source", documents=documents)
    return f'<div class="stacked">{html_table(rows, shown)}</div><p class="small">{escape(source)}</p>'


def _document(page: Page, key: str) -> str:
    """A source by its title, for documents have no site."""
    spec = page.catalogue.sources.get(key)
    return spec.title if spec is not None and spec.title else source_name(page.catalogue, key)


def _issued(page: Page, written: str) -> str:
    """A day of the catalogue as the language writes it; a year alone stays one."""
    try:
        return i18n.day(pd.Timestamp(written).date(), page.language) if len(written) > 4 else written
    except ValueError:
        return written
