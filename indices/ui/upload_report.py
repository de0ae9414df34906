"""The report on the file: one sentence that says it all, then every finding with how to put it right."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indices.export.marked import marked_workbook
from indices.export.report import one_line, report_records
from indices.export.tables import csv_bytes
from indices.i18n import count, problem_sentence
from indices.intake import Intake
from indices.problem import Problem, Severity, column_letters
from indices.ui import show, state
from indices.ui.frame import Page
from indices.ui.tables import Column, Row, html_table
from indices.ui.template_view import XLSX

FIRST = 20
"""Findings of one kind written out at once; the others are one click away."""
MOST = 500
"""Findings of one kind on the page at all; the workbook holds the rest."""
_SHOWN = 120
_SIGNS: dict[Severity, str] = {"error": "missed", "warning": "near", "note": "unknown"}


def report_view(page: Page, intake: Intake, heading: str = "") -> None:
    """All findings, the worst first, with the file marked to take away."""
    show.section(heading or page.text("upload.step_report"))
    st.html(f'<p class="verdict">{_verdict(page, intake)}</p>')
    if intake.report.problems:
        _downloads(page, intake)
    for severity in ("error", "warning"):
        _groups(page, intake, severity)
    notes = intake.report.notes
    if notes:
        label = page.text("upload.notes", n=count(len(notes), page.language))
        fold = st.expander(label, key=state.widget_key("fold.notes", page.language), on_change="rerun")
        if fold.open:
            with fold:
                _groups(page, intake, "note")


def _verdict(page: Page, intake: Intake) -> str:
    """The one sentence: how many findings must be put right and how many want a yes."""
    found = intake.report
    errors, warnings = (count(len(some), page.language) for some in (found.errors, found.warnings))
    if not found.readable:
        sign, sentence = "missed", page.text("upload.verdict_unreadable")
    elif found.errors and found.warnings:
        sign, sentence = "missed", page.text("upload.verdict_both", errors=errors, warnings=warnings)
    elif found.errors:
        sign, sentence = "missed", page.text("upload.verdict_errors", errors=errors)
    elif not intake.tables:
        sign, sentence = "missed", page.text("upload.verdict_nothing")
    elif found.warnings:
        sign, sentence = "near", page.text("upload.verdict_warnings", warnings=warnings)
    else:
        sign, sentence = "met", page.text("upload.verdict_clean")
    return f'<span class="state {sign}">{escape(sentence)}</span>'


def _downloads(page: Page, intake: Intake) -> None:
    stem = intake.file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "file"
    report = f"{stem}-{page.text('upload.report_file')}"
    with st.container(horizontal=True, key="report-downloads"):
        for name, content, file, mime in (
            ("marked", lambda: marked_workbook(intake, page.language), f"{report}.xlsx", XLSX),
            ("json", lambda: _json(page, intake), f"{report}.json", "application/json"),
            ("csv", lambda: _csv(page, intake), f"{report}.csv", "text/csv"),
        ):
            st.download_button(
                page.text(f"upload.button_{name}"),
                content,
                file_name=file,
                mime=mime,
                on_click="ignore",
                key=state.widget_key(f"get.{name}", page.language),
            )


def _json(page: Page, intake: Intake) -> bytes:
    written = json.dumps(report_records(intake, page.language), ensure_ascii=False, indent=2)
    return written.encode("utf-8")


def _csv(page: Page, intake: Intake) -> bytes:
    names = ("severity", "code", "sheet", "row", "cell", "column", "value", "message", "suggestion")
    found = [{name: row[name] for name in names} for row in report_records(intake, page.language)["problems"]]
    return csv_bytes(pd.DataFrame(found, columns=list(names), dtype="string"), page.language)


def _groups(page: Page, intake: Intake, severity: Severity) -> None:
    groups: dict[str, list[Problem]] = {}
    for problem in intake.report.of(severity):
        groups.setdefault(problem.code, []).append(problem)
    for code, problems in sorted(groups.items(), key=lambda group: -len(group[1])):
        _group(page, severity, code, problems, len(intake.sheets) > 1)


def _group(page: Page, severity: Severity, code: str, problems: list[Problem], with_sheet: bool) -> None:
    sentence = page.text(
        f"upload.group_{severity}", what=page.word("upload.code", code), n=count(len(problems), page.language)
    )
    sign = _SIGNS[severity]
    st.html(f'<p class="finding"><span class="state {sign}">{escape(sentence)}</span></p>')
    columns = _finding_columns(page, problems, with_sheet)
    st.html(_table(problems[:FIRST], columns))
    if len(problems) > FIRST:
        more = problems[FIRST:MOST]
        label = page.text("upload.more", n=count(len(problems) - FIRST, page.language))
        key = state.widget_key(f"fold.{severity}.{code}", page.language)
        fold = st.expander(label, key=key, on_change="rerun")
        if fold.open:
            fold.html(_table(more, columns, tall=True))
            if len(problems) > MOST:
                with fold:
                    show.note(page.text("upload.more_in_file", n=count(len(problems) - MOST, page.language)))


def _table(problems: list[Problem], columns: list[Column], tall: bool = False) -> str:
    rows = pd.DataFrame({"problem": problems}, dtype=object)
    return f'<div class="stacked">{html_table(rows, columns, tall=tall)}</div>'


def _finding_columns(page: Page, problems: list[Problem], with_sheet: bool) -> list[Column]:
    columns = []
    if any(problem.row or problem.at for problem in problems):
        columns.append(Column(page.text("upload.head_cell"), lambda row: _where(page, row["problem"])))
    if with_sheet and any(problem.sheet for problem in problems):
        columns.append(Column(page.text("upload.head_sheet"), _cell("sheet")))
    if any(problem.column for problem in problems):
        columns.append(Column(page.text("upload.head_heading"), _cell("column")))
    if any(problem.value for problem in problems):
        columns.append(Column(page.text("upload.head_value"), _cell("value")))
    said = Column(page.text("upload.head_message"), lambda row: _sentence(page, row["problem"]))
    columns.append(said)
    return columns


def _sentence(page: Page, problem: Problem) -> str:
    words = one_line(problem_sentence(problem, page.language))
    return words[:1].upper() + words[1:]


def _where(page: Page, problem: Problem) -> str:
    if problem.cell:
        return problem.cell
    if problem.row:
        return page.text("problem.row", row=problem.row)
    return column_letters(problem.at) if problem.at else ""


def _cell(name: str) -> Any:
    def write(row: Row) -> str:
        words = one_line(str(getattr(row["problem"], name) or ""))
        return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"

    return write
