"""The log as lines of JSON, without personal data: no addresses, no e-mails, no query strings, no secrets."""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

_HIDDEN = (
    (re.compile(r"\bppi_[\w-]+"), "[token]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 [token]"),
    (re.compile(r"\b[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}\b"), "[token]"),  # as identity providers send them
    (re.compile(r"(\w+://[^\s:/@]+):[^\s@]+@"), r"\1:[password]@"),
    (re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<![\d.])(?!127\.)\d{1,3}(\.\d{1,3}){3}(?![\d.])(:\d+)?"), "[address]"),
    # What a database was to write: names of people among it.
    (re.compile(r"\[parameters: .*?\]$", re.DOTALL | re.MULTILINE), "[parameters]"),
    (re.compile(r"(?<=[\w/])\?[\w%.-]+=[^\s\"'<>]*"), "?[query]"),
)
_PERHAPS_ADDRESS = re.compile(r"(?<![\w:.])[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?!\w)")
_STANDARD_LEVEL = "INFO"
# Steps of a fault's trace that are written, for each fault in a chain: the rest is the framework's own.
_INNERMOST = 8
# A second line a request, with session numbers in it; and word of every step that was not needed.
_SILENT, _TERSE = "uvicorn.access", "alembic"


def without_people(words: str) -> str:
    """A text without what names a person, their machine or their way in."""
    for pattern, instead in _HIDDEN:
        words = pattern.sub(instead, words)
    return _PERHAPS_ADDRESS.sub(_hidden_address, words)


def _hidden_address(found: re.Match[str]) -> str:
    try:
        own = ipaddress.IPv6Address(found[0].rstrip(".:") or found[0]).is_loopback
    except ValueError:  # a time of day
        return found[0]
    return found[0] if own else "[address]"


class JsonLines(logging.Formatter):
    """One line a record: at, level, from, message, the facts given with it, and the fault's trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": without_people(record.getMessage()),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, Mapping):
            told |= {
                str(name): without_people(value) if isinstance(value, str) else value
                for name, value in facts.items()
            }
        if record.exc_info and record.exc_info[1] is not None:
            trace = traceback.format_exception(record.exc_info[1], limit=-_INNERMOST)
            told["fault"] = without_people("".join(trace))
        return json.dumps(told, ensure_ascii=False, default=str)


class _Quiet(logging.Logger):
    """A logger of the framework's, which would write lines of its own in its own form: it only passes on."""

    @property
    def propagate(self) -> bool:
        """Always: our one handler is the root's."""
        return True

    @propagate.setter
    def propagate(self, _: bool) -> None:
        """Stays as it is."""

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - logging's own name
        """Takes none of those that write to the terminal."""
        if type(hdlr) is not logging.StreamHandler:
            super().addHandler(hdlr)


def write_json_lines(environment: Mapping[str, str] = os.environ) -> bool:
    """Write the whole process's log as JSON lines where INDICES_LOG is "json"; returns whether it is.

    INDICES_LOG_LEVEL: debug, info (if nothing is said), warning or error. Otherwise the log stays as
    Streamlit makes it: readable at a terminal. Can be called again, for loggers made meanwhile.
    """
    if environment.get("INDICES_LOG", "").strip().lower() != "json":
        return False
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        root.handlers[:] = [handler]
    level = environment.get("INDICES_LOG_LEVEL", "").strip().upper()
    root.setLevel(level if level in logging.getLevelNamesMapping() else _STANDARD_LEVEL)
    logging.setLoggerClass(_Quiet)
    for name in list(logging.root.manager.loggerDict):
        one = logging.getLogger(name)
        one.handlers[:] = [held for held in one.handlers if type(held) is not logging.StreamHandler]
        one.propagate = True
    logging.getLogger(_SILENT).disabled = True
    logging.getLogger(_TERSE).setLevel(logging.WARNING)
    return True
