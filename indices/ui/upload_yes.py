"""The analyst's yes: name, reason, source and assent to warnings; one transaction; the receipt."""

from __future__ import annotations

from html import escape

import streamlit as st

from indices.access.roles import Action
from indices.i18n import count, moment, problem_sentence
from indices.intake import Edition, Intake
from indices.narrative.store import failure_sentence
from indices.store import AlreadyHeldError, StoreUnavailableError
from indices.ui import data, show
from indices.ui.desk import Desk, Receipt, with_source
from indices.ui.frame import MENU, Page, plain
from indices.ui.history_views import one_line, who
from indices.ui.permission import allowed, by_whom, record, require, second_person
from indices.ui.proposing import propose_file, report_of
from indices.ui.tables import Column, html_table
from indices.ui.upload_effect import n_lost

_SAID = 3
"""Errors told below the form, where the source typed there brings them up."""


def changed_view(page: Page, desk: Desk) -> bool:
    """Whether somebody changed an edition since its preview was shown; says who, and that it is made anew."""
    current = data.current()
    changed = [edition for edition, version in desk.seen.items() if current.get(edition) != version]
    rows = {row["version"]: row for row in data.versions().to_dict("records")} if changed else {}
    for index, edition in changed:
        row = rows.get(current.get((index, edition)))
        named = {"index": index, "edition": edition}
        if row is None:
            said = page.text("upload.changed_withdrawn", **named)
        else:
            slots = {"version": row["version"], "who": plain(who(page, row))}
            said = page.text("upload.changed", **named, **slots)
        st.warning(said, icon=":material/sync:")
    return bool(changed)


def yes_view(page: Page, desk: Desk, intake: Intake, *, changed: bool) -> None:
    """The form that puts the file into the store; `changed`: its preview was not seen before this run."""
    two = second_person()
    how = page.text("proposal.yes_how") if two else page.text("upload.yes_how")
    show.section(page.text("proposal.step_yes") if two else page.text("upload.step_yes"), how)
    if not allowed(page):
        return
    before = _in_use(intake, data.current())
    key = f"yes.{desk.number}.{page.language}"
    with st.form(key, enter_to_submit=False):
        left, right = st.columns(2)
        by = by_whom(page)
        if by:
            left.html(f'<p class="small">{escape(page.text("sign_in.by_you", name=by))}</p>')
        else:
            by = left.text_input(page.text("upload.by"), value=desk.by, key=f"{key}.by", max_chars=120)
        source = right.text_input(
            page.text("upload.source"),
            key=f"{key}.source",
            max_chars=500,
            placeholder=page.text("upload.source_example"),
        )
        reason = st.text_input(page.text("upload.reason"), key=f"{key}.reason", max_chars=500)
        asked = {"assent": len(intake.report.warnings), "assent_lost": n_lost(desk, intake)}
        given = [
            st.checkbox(page.text(f"upload.{name}", n=count(n, page.language)), key=f"{key}.{name}.{n}")
            for name, n in asked.items()
            if n
        ]
        several = len(intake.tables)
        button = page.text("upload.button_yes")
        if two:
            button = page.text("proposal.button_propose")
        elif several > 1:
            button = page.text("upload.button_yes_several", n=several)
        agreed = st.form_submit_button(button, type="primary")
    desk.seen, desk.newest = before, max(data.versions()["version"], default=0)
    if agreed and changed:
        st.warning(page.text("upload.changed_here"))
    if not agreed or changed:
        return
    by, reason, source = (str(typed or "").strip() for typed in (by, reason, source))
    if not by or not reason or not source:
        st.error(page.text("upload.name_and_reason_and_source"))
    elif not all(given):
        st.error(page.text("upload.assent_missing"))
    else:
        _add(page, desk, by, reason, source)


def _add(page: Page, desk: Desk, by: str, reason: str, source: str) -> None:
    what = ", ".join(" ".join(edition) for edition in sorted(desk.seen))
    if not require(page, Action.UPLOAD, what):
        return
    with st.spinner(page.text("upload.adding")):
        intake = with_source(page, desk, source)
        store = data.held().store
        if not intake.may_be_added:
            said = (problem_sentence(problem, page.language) for problem in intake.report.errors[:_SAID])
            st.error("\n\n".join(plain(one_line(words[:1].upper() + words[1:])) for words in said))
            return
        try:
            in_use = store.current()
        except StoreUnavailableError as fault:
            st.error(failure_sentence(fault, page.language))
            return
        if _in_use(intake, in_use) != desk.seen:
            st.rerun()
        if second_person():  # asked again: the rules may have changed since the form was drawn
            propose_file(page, desk, intake, reason)
            return
        try:
            versions = store.add_all(
                list(intake.tables.values()),
                by=by,
                reason=reason,
                file_name=intake.file_name,
                content=intake.content,
                report=report_of(intake),
            )
        except AlreadyHeldError as held:
            st.error(page.text("upload.already_held", edition=str(held)))
            return
        except StoreUnavailableError as fault:
            record(Action.UPLOAD, {"what": what, "file": intake.sha256}, "failed")
            st.error(failure_sentence(fault, page.language))
            return
        # Nothing may come between the store and these lines: see `desk`.
        desk.receipt, desk.by = Receipt(tuple(versions), intake.file_name, by, desk.newest), by
        desk.clear()
        record(
            Action.UPLOAD,
            {"what": what, "file": intake.sha256, "versions": [one.version for one in versions]},
        )
    st.rerun()


def receipt_view(page: Page, desk: Desk) -> None:
    """What was put into the store last, for the analyst's own files; the desk is free for the next file."""
    receipt = desk.receipt
    if receipt is None:
        return
    rows = data.versions()
    rows = rows[rows["version"].isin([version.version for version in receipt.versions])]
    with st.container(border=True, key="receipt"):
        st.html(
            f'<p class="verdict"><span class="state met">{escape(page.text("upload.received"))}</span></p>'
        )
        if not rows.empty:
            at = moment(rows["added_at"].iloc[0].to_pydatetime(), page.language)
            said = page.text(
                "upload.receipt", file=one_line(receipt.file_name), who=one_line(receipt.by), when=at
            )
            show.note(said)
        st.html(html_table(rows, _receipt_columns(page)))
        _meanwhile(page, receipt)
        newest = receipt.versions[-1]
        address = page.address(index=newest.index.lower(), edition=newest.edition)
        with st.container(horizontal=True):
            st.page_link(MENU["history"], label=page.text("upload.to_history"), query_params=address)
            label = page.text("upload.to_index", index=newest.index)
            st.page_link(MENU["index_detail"], label=label, query_params=address)
        show.note(page.text("upload.next_file"))


def _meanwhile(page: Page, receipt: Receipt) -> None:
    """Tell of versions that somebody added between the last look and the yes."""
    found = data.versions()
    for version in receipt.versions:
        of = found[(found["index"] == version.index) & (found["edition"] == version.edition)]
        for row in of[(of["version"] > receipt.newest) & (of["version"] < version.version)].to_dict(
            "records"
        ):
            slots = {"index": version.index, "edition": version.edition, "version": row["version"]}
            st.warning(page.text("upload.meanwhile", who=plain(who(page, row)), **slots))


def _receipt_columns(page: Page) -> list[Column]:
    return [
        Column(page.text("history.head_version"), lambda row: str(row["version"]), number=True),
        Column(page.text("history.head_edition"), lambda row: f"{row['index']} {row['edition']}"),
        Column(page.text("upload.head_sha256"), lambda row: str(row["sha256"])),
    ]


def _in_use(intake: Intake, current: dict[Edition, int]) -> dict[Edition, int | None]:
    """The version in use of each edition of the file."""
    return {edition: current.get(edition) for edition in intake.tables}
