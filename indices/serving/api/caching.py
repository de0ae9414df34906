"""Answers kept in the process and in caches beyond it: tags, conditional requests, a bound on memory."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from indices.settings import ROOT

MOST_BYTES = 64_000_000
MOST_ANSWERS = 2000
_SOURCES = ("*.py", "*.toml")


@dataclass(frozen=True)
class Answer:
    """An answer ready to send."""

    status: int
    media: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    failed: str = ""
    """Why it is none through a fault of ours, as a code."""


class AnswerCache:
    """The answers last asked for, of one state of the store, within a bound on their bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_answers: int = MOST_ANSWERS) -> None:
        self.most_bytes, self.most_answers = most_bytes, most_answers
        self.n_bytes = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._state = ""
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, state: str, tag: str) -> Answer | None:
        """The answer kept under a tag; those of another state are dropped."""
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self.n_bytes, self._state = 0, state
            found = self._answers.get(tag)
            if found is not None:
                self._answers.move_to_end(tag)
            return found

    def keep(self, state: str, tag: str, answer: Answer) -> None:
        """Keep an answer of the state looked at last; the ones not asked for longest give way."""
        with self._lock:
            if state != self._state or tag in self._answers or len(answer.body) > self.most_bytes // 4:
                return
            self._answers[tag] = answer
            self.n_bytes += len(answer.body)
            while self.n_bytes > self.most_bytes or len(self._answers) > self.most_answers:
                _, dropped = self._answers.popitem(last=False)
                self.n_bytes -= len(dropped.body)


@cache
def program() -> str:
    """A hash of this program's own text: after an upgrade no old answer counts as current."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in (ROOT / "indices").rglob(pattern)):
        found.update(path.read_bytes())
    return found.hexdigest()


def tag_of(fingerprint: str, route: str, given: Sequence[tuple[str, str]], form: str) -> str:
    """A strong tag of the bytes that answer a request: the same in every process that holds the same."""
    asked = repr((program(), fingerprint, route, sorted(given), form))
    return f'"{hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:32]}"'


def matching(header: str, tag: str) -> str | None:
    """The tag of an If-None-Match header that is `tag`, as the header has it; None where none is.

    Compared weakly (RFC 9110, section 13.1.2): compression on the way makes a strong tag weak.
    """
    for one in header.split(","):
        given = one.strip()
        if given == "*":
            return tag
        if given.removeprefix("W/") == tag:
            return given
    return None
