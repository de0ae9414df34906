"""What was understood of the file on the desk, and what must be asked about it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indices.i18n import count
from indices.intake import ColumnView, Intake
from indices.ui import show, state
from indices.ui.column_roles import role_options, role_word
from indices.ui.desk import Desk, desk
from indices.ui.edition_options import edition_options
from indices.ui.frame import Page, plain
from indices.ui.tables import Column, html_table

_SHOWN = 60
"""Signs of a cell shown as an example."""


def understood_view(page: Page, desk: Desk, intake: Intake) -> None:
    """What the file is taken for, each answer to be confirmed or changed; what nobody knows is asked."""
    show.section(page.text("upload.step_understood"), page.text("upload.understood_how"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="understood"):
        _index_and_edition(page, desk, intake)
        _sheets(page, desk, intake)
        _decimal(page, desk, intake)
    if lines := _read_lines(page, intake):
        st.html("".join(f'<p class="fact">{escape(line)}</p>' for line in lines))
    _questions(page, desk, intake)
    _columns(page, intake)


def _read_lines(page: Page, intake: Intake) -> list[str]:
    new = {(spec.index, spec.edition) for spec in intake.new_editions}
    lines = []
    for (index, edition), table in sorted(intake.tables.items()):
        slots = {"n_provinces": table["province"].nunique(), "n_figures": count(len(table), page.language)}
        key = "upload.read_new" if (index, edition) in new else "upload.read"
        lines.append(page.text(key, index=index, edition=edition, **slots))
    return lines


def _proposed(intake: Intake) -> tuple[str | None, str | None]:
    """Index and edition as the file says them, in its titles or else in every row."""
    found = []
    for said, of_rows in zip(intake.proposed, zip(*intake.tables, strict=True), strict=False):
        rows = set(of_rows)
        found.append(said or (rows.pop() if len(rows) == 1 else None))
    return (found[0], found[1]) if found else intake.proposed


def _index_and_edition(page: Page, desk: Desk, intake: Intake) -> None:
    indices = list(page.catalogue.indices)
    proposed_index, proposed_edition = _proposed(intake)
    index = desk.index or proposed_index
    _ask(
        page,
        desk,
        "index",
        {code: code for code in indices},
        index,
        label=page.text("upload.index"),
        placeholder=page.text("upload.choose_index"),
        width=170,
    )
    if index is None or index not in indices:
        return
    several = len({edition for _, edition in intake.tables}) > 1
    options = edition_options(page, index, also=desk.edition or proposed_edition)
    if several and desk.edition is None:
        options = {"": page.text("upload.editions_of_file", n=len(intake.tables)), **options}
    _ask(
        page,
        desk,
        "edition",
        options,
        "" if "" in options else desk.edition or proposed_edition,
        label=page.text("upload.edition"),
        placeholder=page.text("upload.choose_edition"),
        width=240,
    )


def _sheets(page: Page, desk: Desk, intake: Intake) -> None:
    if len(intake.sheets) < 2:
        return
    names = {}
    for view in intake.sheets:
        key = "upload.sheet_hidden" if view.hidden else "upload.sheet"
        names[view.name] = page.text(key, name=view.name, n=count(view.n_rows, page.language))
    key = desk.key("sheets", page.language)
    _start_from(key, [view.name for view in intake.sheets if view.used])
    st.multiselect(
        page.text("upload.sheets"),
        list(names),
        format_func=lambda name: names.get(name, name),
        placeholder=page.text("upload.choose_sheets"),
        key=key,
        on_change=_chose_sheets,
        args=(key,),
        width=360,
    )


def _chose_sheets(key: str) -> None:
    desk().sheets = tuple(st.session_state[key])


def _decimal(page: Page, desk: Desk, intake: Intake) -> None:
    if desk.decimal is None and "ambiguous_number" not in intake.report.counts():
        return
    marks = {",": page.text("upload.decimal_comma"), ".": page.text("upload.decimal_point")}
    _ask(
        page,
        desk,
        "decimal",
        marks,
        desk.decimal,
        label=page.text("upload.decimal"),
        placeholder=page.text("upload.choose_decimal"),
        width=240,
    )


def _questions(page: Page, desk: Desk, intake: Intake) -> None:
    """One question for each heading nobody knows; those answered stay open to another answer."""
    asked = {view.heading: view for view in intake.columns if not view.role or view.heading in desk.columns}
    if not asked:
        return
    open_ones = len(intake.questions)
    sentence = page.text("upload.questions", n=open_ones) if open_ones else page.text("upload.answered")
    with st.container(border=True, key="questions"):
        show.note(sentence)
        options = role_options(page, intake)
        for number, view in enumerate(asked.values()):
            key = desk.key(f"column.{number}", page.language)
            chosen = desk.columns.get(view.heading)
            _start_from(key, chosen if chosen in options else None)
            st.selectbox(
                page.text("upload.question", column=plain(_one_line(view.heading)), at=view.letters),
                list(options),
                index=None,
                format_func=lambda role: options.get(role, role),
                placeholder=page.text("upload.choose_role"),
                key=key,
                on_change=_answered,
                args=(key, view.heading),
                width=520,
            )
            show.note(page.text("upload.examples", listed="; ".join(_short(one) for one in view.examples)))


def _answered(key: str, heading: str) -> None:
    role = st.session_state[key]
    if role is None:
        desk().columns.pop(heading, None)
    else:
        desk().columns[heading] = role


def _columns(page: Page, intake: Intake) -> None:
    if not intake.columns:
        return
    known = sum(bool(view.role) for view in intake.columns)
    label = page.text("upload.columns", known=known, n=len(intake.columns))
    fold = st.expander(label, key=state.widget_key("fold.columns", page.language), on_change="rerun")
    if fold.open:
        rows = pd.DataFrame({"view": list(intake.columns)}, dtype=object)
        fold.html(html_table(rows, _column_columns(page, intake)))


def _column_columns(page: Page, intake: Intake) -> list[Column]:
    def of(write: Callable[[ColumnView], str]) -> Callable[[Any], str]:
        return lambda row: write(row["view"])

    written = [
        Column(page.text("upload.head_letters"), of(lambda view: view.letters)),
        Column(page.text("upload.head_heading"), of(lambda view: _short(view.heading))),
        Column(page.text("upload.head_role"), of(lambda view: role_word(page, intake, view.role))),
        Column(
            page.text("upload.head_examples"), of(lambda view: "; ".join(_short(e) for e in view.examples))
        ),
    ]
    if len({view.sheet for view in intake.columns}) > 1:
        written.insert(0, Column(page.text("upload.head_sheet"), of(lambda view: view.sheet or "")))
    return written


def _ask(
    page: Page, desk: Desk, name: str, options: dict[str, str], chosen: str | None, **settings: Any
) -> None:
    """A select box whose answer stands on the desk before the run that follows it."""
    key = desk.key(name, page.language)
    _start_from(key, chosen if chosen in options else None)
    st.selectbox(
        settings.pop("label"),
        list(options),
        index=0 if chosen in options else None,
        format_func=lambda code: options.get(code, code),
        key=key,
        on_change=_chose,
        args=(key, name),
        **settings,
    )


def _start_from(key: str, value: object) -> None:
    """Let a control show what the desk holds, which other answers may have changed."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _chose(key: str, name: str) -> None:
    here = desk()
    chosen = st.session_state[key] or None
    setattr(here, name, chosen)
    if name == "index":
        here.edition = None
        here.columns = {}


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def _one_line(words: str) -> str:
    return _short(" ".join(words.split()))
