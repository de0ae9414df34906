"""What lies on the upload desk of one session: a file, what the analyst said of it, what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

from indices.intake import Answers, Edition, Intake, take_in
from indices.numbers import DecimalMark
from indices.store import Version
from indices.ui import data
from indices.ui.frame import Page

R = TypeVar("R")

_KEY = "desk"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was put into the store: the versions, the file, who brought it in.

    `newest` is the number of the last version of all when the preview was shown.
    """

    versions: tuple[Version, ...]
    file_name: str
    by: str
    newest: int


@dataclass(slots=True)
class Desk:
    """A file and the answers to what is asked about it.

    `seen` are the current versions that the shown preview was worked out against (None: the edition
    is new), `newest` the number of the last version of all then: what was shown is what gets a yes.
    `number` counts the files, so that every file gets controls of its own. `proposal` is the number of
    what was sent to a second person last.
    """

    number: int = 0
    file_name: str = ""
    content: bytes | None = None
    index: str | None = None
    edition: str | None = None
    sheets: tuple[str, ...] = ()
    decimal: DecimalMark | None = None
    columns: dict[str, str] = field(default_factory=dict)
    by: str = ""
    seen: dict[Edition, int | None] = field(default_factory=dict)
    newest: int = 0
    receipt: Receipt | None = None
    proposal: int | None = None
    taken: tuple[Any, Intake] | None = None
    worked_out: dict[Hashable, Any] = field(default_factory=dict)

    def put(self, file_name: str, content: bytes) -> None:
        """Lay a file on the desk; what was there, and what was said of it, is gone."""
        self.clear()
        self.file_name, self.content, self.receipt, self.proposal = file_name, content, None, None

    def clear(self) -> None:
        """Empty the desk, but for the name of who works at it and the last receipt."""
        self.number += 1
        self.file_name, self.content, self.taken, self.worked_out = "", None, None, {}
        self.index, self.edition, self.sheets, self.decimal = None, None, (), None
        self.columns, self.seen = {}, {}

    def key(self, name: str, language: str) -> str:
        """The key of a control that asks about this file."""
        return f"desk.{name}.{self.number}.{language}"

    def kept(self, name: Hashable, build: Callable[[], R]) -> R:
        """What `build` makes of the file as it is taken in now, made once."""
        if name not in self.worked_out:
            self.worked_out[name] = build()
        made: R = self.worked_out[name]
        return made

    def answers(self, source: str = "") -> Answers:
        """What the analyst said of the file so far."""
        return Answers(
            index=self.index,
            edition=self.edition,
            sheets=self.sheets,
            decimal=self.decimal,
            columns=dict(self.columns),
            source=source,
        )


def desk() -> Desk:
    """The desk of this session.

    One object for the whole session and changed in place: Streamlit may end a run whenever the
    session's state is asked, and a yes must not be lost between the store and the receipt.
    """
    found: Desk = st.session_state.setdefault(_KEY, Desk())
    return found


def intake_of(page: Page, desk: Desk) -> Intake | None:
    """The file on the desk taken in with the answers given, worked out again only where one changed."""
    if desk.content is None:
        return None
    digest = hashlib.sha256(desk.content).hexdigest()
    key = (digest, desk.file_name, repr(desk.answers()), data.state())
    if desk.taken is None or desk.taken[0] != key:
        with st.spinner(page.text("upload.reading")):
            desk.taken, desk.worked_out = (key, with_source(page, desk, "")), {}
    return desk.taken[1]


def with_source(page: Page, desk: Desk, source: str) -> Intake:
    """The file taken in with where its figures come from."""
    answers = desk.answers(source)
    return take_in(desk.file_name, desk.content or b"", page.catalogue, answers, data.figures())
