"""How fast one visitor may upload: files and bytes in a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.asking import Identity, visitor
from indices.serving.limits import Limits
from indices.serving.refusing import refusal

UPLOAD_PATH = "/_stcore/upload_file/"
WINDOW_SECONDS = 60.0
# Visitors of the last minutes; beyond so many the quiet ones are forgotten.
_REMEMBERED = 5000


class Allowance:
    """An amount that is used up and comes back evenly, whole after a minute without use."""

    def __init__(self, most: float, now: float) -> None:
        self.most, self.left, self.at = most, most, now

    def wait(self, amount: float, now: float) -> float:
        """Seconds until an amount is there, 0 where it is. More than all there can be waits for all."""
        self.left = min(self.most, self.left + (now - self.at) * self.most / WINDOW_SECONDS)
        self.at = now
        lacking = min(amount, self.most) - self.left
        return lacking * WINDOW_SECONDS / self.most if lacking > 1e-9 else 0.0

    def use(self, amount: float) -> None:
        """Use an amount up, even one that was not all there."""
        self.left -= amount


class UploadRate:
    """ASGI middleware: 429 with Retry-After to a visitor who sends more than the limits allow.

    Who is signed in has an allowance of their own, everybody else that of their address. Counted is
    what a request says of its own length, and what comes beyond that.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, identity: Identity, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app, self.limits, self.identity, self.clock = app, limits, identity, clock
        self.known: dict[str, tuple[Allowance, Allowance]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in {"PUT", "POST"} or not is_upload(scope["path"]):
            await self.app(scope, receive, send)
            return
        files, sent = self._allowances(visitor(scope, self.identity))
        now, told = self.clock(), _length(scope)
        wait = files.wait(1, now) if self.limits.uploads else 0.0
        if self.limits.upload_bytes:
            wait = max(wait, sent.wait(told, now))
        if wait:
            answer = refusal(scope, 429, "uploads", seconds=max(1, round(wait + 0.5)))
            answer.headers["Connection"] = "close"
            await answer(scope, receive, send)
            return
        files.use(1)
        # At once, or many files begun together would all find the whole allowance.
        sent.use(told)
        came = 0

        async def receive_and_count() -> Message:
            nonlocal came
            message = await receive()
            more = len(message.get("body", b""))
            sent.use(max(0, came + more - max(came, told)))
            came += more
            return message

        await self.app(scope, receive_and_count, send)

    def _allowances(self, of: str) -> tuple[Allowance, Allowance]:
        if of not in self.known:
            now = self.clock()
            if len(self.known) >= _REMEMBERED:
                quiet = [one for one, (files, _) in self.known.items() if now - files.at > WINDOW_SECONDS]
                for one in quiet or list(self.known)[: _REMEMBERED // 2]:
                    del self.known[one]
            self.known[of] = Allowance(self.limits.uploads, now), Allowance(self.limits.upload_bytes, now)
        return self.known[of]


def is_upload(path: str) -> bool:
    """Whether a path is one a browser sends a file to; below a base URL too."""
    return UPLOAD_PATH in path


def _length(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 1
