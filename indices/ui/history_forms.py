"""One version at a time: its facts and its file to take away, restoring it, taking it out of use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indices.access.roles import Action
from indices.narrative.store import failure_sentence
from indices.store import StoreUnavailableError
from indices.ui import data, show, state
from indices.ui.frame import Page, plain
from indices.ui.history_views import findings, is_withdrawn, one_line, origin, version_label, when, who
from indices.ui.permission import allowed, by_whom, exported, record, require

_KEY = "done-in-history"


@dataclass(slots=True)
class Done:
    """What the last form of this session came to; `number` gives the next one controls of its own.

    One object changed in place: see `indices.ui.desk.desk`.
    """

    told: str = ""
    number: int = 0


def done() -> Done:
    """What this session did in the history."""
    found: Done = st.session_state.setdefault(_KEY, Done())
    return found


def told_view(page: Page) -> None:
    """Say once what was done."""
    last = done()
    if last.told:
        st.success(plain(last.told), icon=":material/check:")
        last.told = ""


def version_view(page: Page, index: str, edition: str, found: pd.DataFrame) -> None:
    """The version chosen: what is known of it, its file, and what may be done with it."""
    show.section(page.text("history.one_version"))
    rows = {str(row["version"]): row for row in found.to_dict("records")}
    chosen = state.choose(
        st.selectbox,
        "version",
        {number: version_label(page, row) for number, row in rows.items()},
        default=next(iter(rows)),
        language=page.language,
        refuse=page.refuse,
        of=f"{index} {edition}",
        label=page.text("history.version"),
        width=520,
    )
    row = rows[chosen]
    _facts(page, row)
    number, store = int(row["version"]), data.held().store
    st.download_button(
        page.text("history.button_file"),
        exported(f"file of version {number}", lambda: store.content(number)),
        file_name=file_of(row["file_name"]),
        mime="application/octet-stream",
        on_click="ignore",
        key=state.widget_key("get.original", page.language),
    )
    if not allowed(page, Action.CHANGE):
        return
    left, right = st.columns(2)
    with left:
        _restore(page, row, found)
    with right:
        _withdraw(page, row, found)


def file_of(name: str) -> str:
    """A file's name without folders, fit for a browser's folder of downloads."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return kept.strip(". ") or "file"


def act(page: Page, what: str, change: Callable[[], str], **facts: object) -> None:
    """Do a change to the store, once, and let the whole page tell of it.

    `what` ("restore") and the `facts` go into the audit log.
    """
    if not require(page, Action.CHANGE, what):
        return
    last = done()
    try:
        last.told = change()
    except StoreUnavailableError as fault:
        record(Action.CHANGE, {"what": what, **facts}, "failed")
        st.error(failure_sentence(fault, page.language))
        return
    last.number += 1
    record(Action.CHANGE, {"what": what, **facts})
    st.rerun()


def signed(page: Page, name: str, why: str) -> tuple[Any, Any]:
    """The two fields every change asks for: who and why; `why` is the key of the second's label."""
    last = done()
    by = by_whom(page)
    if by:
        show.note(page.text("sign_in.by_you", name=by))
    else:
        key = f"{name}.by.{last.number}.{page.language}"
        by = st.text_input(page.text("upload.by"), key=key, max_chars=120)
    reason = st.text_input(page.text(why), key=f"{name}.why.{last.number}.{page.language}", max_chars=500)
    return (by or "").strip(), (reason or "").strip()


def _facts(page: Page, row: dict[Any, Any]) -> None:
    lines = [
        page.text("history.fact_in", when=when(page, row), who=who(page, row), origin=origin(page, row)),
        page.text("history.fact_file", file=one_line(row["file_name"]), sha256=row["sha256"]),
    ]
    if row["reason"]:
        lines.append(page.text("history.fact_reason", reason=one_line(row["reason"], 1000)))
    lines.append(page.text("history.fact_findings", findings=findings(page, row)))
    if is_withdrawn(row):
        by = one_line(row["withdrawn_by"])
        at = when(page, {"added_at": row["withdrawn_at"]})
        lines.append(page.text("history.fact_withdrawn", when=at, who=by))
    st.html("".join(f'<p class="fact">{escape(line)}</p>' for line in lines))


def _restore(page: Page, row: dict[Any, Any], found: pd.DataFrame) -> None:
    version = int(row["version"])
    with st.container(border=True, key="restore"):
        show.note(page.text("history.restore_how", version=version))
        if version in data.current().values():
            show.note(page.text("history.restore_current"))
            return
        with st.form(f"restore.form.{done().number}", border=False, enter_to_submit=False):
            by, reason = signed(page, "restore", "history.why_restore")
            if st.form_submit_button(page.text("history.button_restore")):
                if not by or not reason:
                    st.error(page.text("upload.name_and_reason"))
                    return

                def change() -> str:
                    new = data.held().store.restore(version, by=by, reason=reason)
                    return page.text("history.restored", version=version, new=new.version)

                act(page, "restore", change, version=version)


def _withdraw(page: Page, row: dict[Any, Any], found: pd.DataFrame) -> None:
    version = int(row["version"])
    with st.container(border=True, key="withdraw"):
        show.note(page.text("history.withdraw_how", version=version))
        if is_withdrawn(row):
            show.note(page.text("history.withdraw_already"))
            return
        show.note(_after_withdrawal(page, row, found))
        with st.form(f"withdraw.form.{done().number}", border=False, enter_to_submit=False):
            by, reason = signed(page, "withdraw", "history.why_withdraw")
            if st.form_submit_button(page.text("history.button_withdraw")):
                if not by or not reason:
                    st.error(page.text("upload.name_and_reason"))
                    return

                def change() -> str:
                    data.held().store.withdraw(version, by=by, reason=reason)
                    return page.text("history.withdrawn", version=version)

                act(page, "withdraw", change, version=version)


def _after_withdrawal(page: Page, row: dict[Any, Any], found: pd.DataFrame) -> str:
    """What the edition shows once the version is out of use."""
    if row["version"] not in data.current().values():
        return page.text("history.after_nothing_changes")
    left = found[(found["version"] != row["version"]) & found["withdrawn_at"].isna()]
    uploads = left[left["origin"] != "bundled"]
    rest = uploads if len(uploads) else left
    if rest.empty:
        return page.text("history.after_empty")
    return page.text("history.after_version", version=int(rest["version"].max()))
