"""The versions of editions: which index and edition is looked at, and the list of what came in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from indices.i18n import NOTHING, count, moment
from indices.ui import data, show, state
from indices.ui.frame import Page
from indices.ui.tables import Column, Row, html_table

ALL = "all"
_SHOWN = 300
"""Signs of a name or a reason shown in the list."""
_TALL = 12


def edition_choice(page: Page) -> tuple[str | None, str | None]:
    """Index and edition looked at; None stands for all of them."""
    found = data.versions()
    indices = [code for code in page.catalogue.indices if code in set(found["index"])]
    with st.container(horizontal=True, vertical_alignment="bottom", key="history-choice"):
        chosen = state.choose(
            st.selectbox,
            "index",
            {ALL: page.text("data.all_indices"), **{code.lower(): code for code in indices}},
            default=ALL,
            language=page.language,
            refuse=page.refuse,
            label=page.text("index.choose"),
            width=240,
        )
        if chosen == ALL:
            return None, None
        index = next(code for code in indices if code.lower() == chosen)
        editions = sorted(set(found.loc[found["index"] == index, "edition"]), reverse=True)
        edition = state.choose(
            st.selectbox,
            "edition",
            {ALL: page.text("history.all_editions"), **{edition: edition for edition in editions}},
            default=ALL,
            language=page.language,
            refuse=page.refuse,
            of=index,
            label=page.text("index.edition"),
            width=240,
        )
    return index, None if edition == ALL else edition


def versions_view(page: Page, index: str | None, edition: str | None) -> pd.DataFrame:
    """The versions newest first; returns them."""
    found = data.versions()
    if index is not None:
        found = found[found["index"] == index]
    if edition is not None:
        found = found[found["edition"] == edition]
    show.section(
        page.text("history.versions", n=count(len(found), page.language)), page.text("history.times")
    )
    if found.empty:
        show.nothing(page, page.text("history.nothing"))
        return found
    current = set(data.current().values())
    table = html_table(
        found,
        _columns(page, current, edition is None),
        tall=len(found) > _TALL,
        row_class=lambda row: "focal" if row["version"] in current and edition is not None else "",
    )
    st.html(table)
    return found


def version_label(page: Page, row: Mapping[Any, Any]) -> str:
    """A version in a list of choices: number, when, who, and whether it is in use."""
    slots = {"version": row["version"], "when": when(page, row), "who": who(page, row)}
    label = page.text("history.version_label", **slots)
    key = state_of(row, set(data.current().values()))
    return label if key == "history.state_older" else f"{label} · {page.text(key).lower()}"


def state_of(row: Mapping[Any, Any], current: set[int]) -> str:
    """The key of what a version is now: in use, withdrawn, or one that a later one took the place of."""
    if row["version"] in current:
        return "history.state_current"
    return "history.state_withdrawn" if is_withdrawn(row) else "history.state_older"


def is_withdrawn(row: Mapping[Any, Any]) -> bool:
    """Whether a version was taken out of use."""
    return not pd.isna(row["withdrawn_at"])


def when(page: Page, row: Mapping[Any, Any]) -> str:
    """When a version came in, as a clock in Vietnam showed it."""
    return moment(row["added_at"].to_pydatetime(), page.language)


def who(page: Page, row: Mapping[Any, Any]) -> str:
    """Who brought a version in; the program itself has no name."""
    return page.text("history.by_program") if row["origin"] == "bundled" else one_line(row["added_by"])


def origin(page: Page, row: Mapping[Any, Any]) -> str:
    """Where a version comes from."""
    if not pd.isna(row["restores"]):
        return page.text("history.origin_restored", version=int(row["restores"]))
    corrected = report_of(row).get("corrects")
    if isinstance(corrected, int):
        return page.text("history.origin_corrected", version=corrected)
    return page.word("history.origin", str(row["origin"]))


def findings(page: Page, row: Mapping[Any, Any]) -> str:
    """How many findings the report had that a version came in with."""
    report = report_of(row)
    if "warnings" not in report:
        return NOTHING
    counted = {name: count(report.get(name, 0), page.language) for name in ("warnings", "notes")}
    return page.text("history.findings", **counted)


def report_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What was kept with a version about its report."""
    try:
        found = json.loads(row["report"])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def one_line(words: object, longest: int = _SHOWN) -> str:
    """A text in one line, cut where it is very long."""
    plain = " ".join(str(words).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _columns(page: Page, current: set[int], named: bool) -> list[Column]:
    def of(write: Callable[[Page, Row], str]) -> Callable[[Row], str]:
        return lambda row: write(page, row)

    first = [Column(page.text("history.head_version"), lambda row: str(row["version"]), number=True)]
    if named:
        first.append(
            Column(page.text("history.head_edition"), lambda row: f"{row['index']} {row['edition']}")
        )
    checked = [] if named else [Column(page.text("history.head_findings"), of(findings))]
    return [
        *first,
        Column(page.text("history.head_state"), lambda row: page.text(state_of(row, current))),
        Column(page.text("history.head_when"), of(when)),
        Column(page.text("history.head_who"), of(who)),
        Column(page.text("history.head_origin"), of(origin)),
        Column(page.text("history.head_file"), lambda row: one_line(row["file_name"])),
        Column(page.text("history.head_reason"), lambda row: one_line(row["reason"]) or NOTHING),
        *checked,
    ]
