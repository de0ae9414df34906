"""Failures of our own: each has a number, by which whoever was told finds it in the server's log."""

from __future__ import annotations

import logging
from uuid import uuid4


def numbered(log: logging.Logger, what: str, fault: BaseException) -> str:
    """Write a failure of `what` ("Page", "deck.pptx") into the server's log; returns its number."""
    number = uuid4().hex[:8]
    log.error("%s failure %s", what, number, exc_info=fault)
    return number
