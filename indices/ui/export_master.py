"""The master an office brings for its slides: kept in the session, looked at when it comes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from html import escape

import streamlit as st

from indices.export.masters import opened
from indices.i18n import problem_sentence
from indices.problem import Problem
from indices.ui import show, state
from indices.ui.frame import Page, plain
from indices.ui.uploader_words import uploader_words

_KEY = "own-master"


@dataclass(slots=True)
class OwnMaster:
    """The file of this session's master (None: ours), what is wrong with it, and the deck made on it.

    `number` counts the files, so that each gets an uploader of its own. The deck stays with the
    session too: an office's design is nobody else's.
    """

    number: int = 0
    file_name: str = ""
    content: bytes | None = None
    problems: tuple[Problem, ...] = ()
    made: tuple[Hashable, bytes] | None = None

    @property
    def usable(self) -> bytes | None:
        """The file where slides can stand on it."""
        return None if any(problem.severity == "error" for problem in self.problems) else self.content

    def put(self, file_name: str, content: bytes) -> None:
        """Take a file as the master, and see what is wrong with it."""
        self.clear()
        self.file_name, self.content = file_name, content
        self.problems = opened(content).problems

    def clear(self) -> None:
        """Leave the master out."""
        self.number += 1
        self.file_name, self.content, self.problems, self.made = "", None, (), None

    def kept(self, codes: Hashable, make: Callable[[], bytes]) -> bytes:
        """The deck of `codes` on this master, made once."""
        if self.made is None or self.made[0] != codes:
            self.made = (codes, make())
        return self.made[1]


def own_master() -> OwnMaster:
    """The master of this session."""
    found: OwnMaster = st.session_state.setdefault(_KEY, OwnMaster())
    return found


def master_view(page: Page, mine: OwnMaster) -> None:
    """Where the file is dropped, folded away; which one is in use, and what is wrong with it."""
    fold = st.expander(
        page.text("exports.master"), key=state.widget_key("fold.master", page.language), on_change="rerun"
    )
    if fold.open:
        with fold:
            _uploader(page, mine)
    if mine.content is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="master-held"):
        words = page.text("exports.master_held", file=mine.file_name)
        st.html(f'<p class="on-desk">{escape(words)}</p>', width="content")
        st.button(
            page.text("exports.master_away"),
            on_click=_taken_away,
            key=state.widget_key(f"master.away.{mine.number}", page.language),
        )
    if mine.problems:
        lead = "exports.master_refused" if mine.usable is None else "exports.master_lacks"
        found = (problem_sentence(problem, page.language) for problem in mine.problems)
        told = [f"- {plain(words[:1].upper() + words[1:])}" for words in found]
        st.warning("\n".join([page.text(lead), *told]))


def _uploader(page: Page, mine: OwnMaster) -> None:
    show.note(page.text("exports.master_how"))
    uploader_words(page)
    key = state.widget_key(f"master.file.{mine.number}", page.language)
    st.file_uploader(
        page.text("exports.master_drop"),
        key=key,
        on_change=_dropped,
        args=(key,),
        label_visibility="collapsed",
    )


def _dropped(key: str) -> None:
    found = st.session_state[key]
    if found is not None:
        own_master().put(found.name, found.getvalue())


def _taken_away() -> None:
    own_master().clear()
