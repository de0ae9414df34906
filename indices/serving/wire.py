"""What a server must know of the messages between a page and its script, whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """The browser asks for a run of the script."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A message that no page of ours sends, and whose effect would be on every reader."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A run of the script of `page` has begun."""

    page: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The run has ended: wholly, or broken off for the next one."""

    whole: bool


class Wire(Protocol):
    """Reads messages; gives None for those that tell nothing about a run."""

    def received(self, message: bytes) -> Asked | Foreign | None:
        """What a message from the browser tells."""

    def sent(self, message: bytes) -> Begun | Finished | None:
        """What a message to the browser tells."""
