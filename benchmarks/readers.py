"""Readers that go on whatever happens: one whose connection breaks comes back, as a browser does."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from websockets.exceptions import WebSocketException

from benchmarks.beside import beside
from benchmarks.proxy import Proxy
from benchmarks.visitors import PageFailedError, Visitor

EVERY_SECONDS = 5.0
BACK_SECONDS = 1.0
"""A browser tries again after so long."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers saw since a moment: seconds from it to the end of the last failure (0: none failed)."""

    choices: int
    errors: list[str]
    slowest: float
    last_failure: float


@dataclass(frozen=True, slots=True)
class _Choice:
    ended: float
    seconds: float
    error: str


class Readers:
    """`sessions` readers of one proxy, in a thread of their own."""

    def __init__(self, proxy: Proxy, sessions: int) -> None:
        self.proxy, self.sessions = proxy, sessions
        self._choices: list[_Choice] = []
        self._end = threading.Event()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read until the end of the block."""
        with beside(lambda: asyncio.run(self._all()), self._end):
            yield

    def since(self, began: float) -> Seen:
        """What they saw since a moment of `time.monotonic`."""
        choices = [choice for choice in list(self._choices) if choice.ended >= began]
        errors = [choice for choice in choices if choice.error]
        return Seen(
            len(choices),
            [choice.error for choice in errors],
            max((choice.seconds for choice in choices), default=0.0),
            max((choice.ended - began for choice in errors), default=0.0),
        )

    async def _all(self) -> None:
        tls = self.proxy.tls
        visitors = [Visitor(self.proxy.address, tls=tls, peer=self.proxy.peer) for _ in range(self.sessions)]
        await asyncio.gather(*(self._one(number, visitor) for number, visitor in enumerate(visitors)))

    async def _one(self, number: int, visitor: Visitor) -> None:
        chance, connected = random.Random(number), False
        await asyncio.sleep(EVERY_SECONDS * number / self.sessions)
        while not self._end.is_set():
            began, error = time.monotonic(), ""
            try:
                if connected:
                    await visitor.run(chance.choice(visitor.options))
                else:
                    await visitor.open(visitor.query)
                    connected = True
            except (PageFailedError, OSError, WebSocketException, TimeoutError) as failure:
                error, connected = str(failure) or type(failure).__name__, False
            now = time.monotonic()
            self._choices.append(_Choice(now, now - began, error))
            await asyncio.sleep(BACK_SECONDS if error else max(0.0, EVERY_SECONDS - (now - began)))
        await visitor.close()
