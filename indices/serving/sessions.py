"""Open pages: how many there may be, and how long their scripts take."""

from __future__ import annotations

import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.asking import Identity, visitor
from indices.serving.limits import Limits
from indices.serving.metrics import Metrics
from indices.serving.refusing import refusal
from indices.serving.wire import Asked, Begun, Finished, Foreign, Wire

STREAM_PATH = "/_stcore/stream"
# Pages that were handed out just before the last place was taken still get their connection.
_UNDER_WAY = 1.1
_FULL_AGAIN_SECONDS = 15
_TRY_LATER = 1013
"""WebSocket close code: try again later (RFC 6455 registry)."""


class OpenSessions:
    """ASGI middleware: a page in words instead of the dashboard where too many are open already.

    The page is refused before its scripts are loaded; a browser that has it already and comes back
    after a break goes through, up to a tenth more.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, identity: Identity, metrics: Metrics, wire: Wire
    ) -> None:
        self.app, self.limits, self.identity = app, limits, identity
        self.metrics, self.wire = metrics, wire
        self.open = 0
        self.open_each: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or carry one session."""
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM_PATH):
            await self._carry(scope, receive, send)
        elif scope["type"] == "http" and is_page(scope) and self._full(1.0):
            self.metrics.sessions_refused.inc()
            await refusal(scope, 503, "full", seconds=_FULL_AGAIN_SECONDS)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _full(self, allowance: float) -> bool:
        return 0 < self.limits.sessions * allowance <= self.open

    async def _carry(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Nobody is told apart by address here: a meeting hall has one.
        who = visitor(scope, self.identity) if self.identity(scope) is not None else ""
        each = self.limits.sessions_each
        if self._full(_UNDER_WAY) or (who and 0 < each <= self.open_each[who]):
            self.metrics.sessions_refused.inc()
            await receive()  # the greeting, which must be taken before it can be answered
            await send({"type": "websocket.close", "code": _TRY_LATER})
            return
        self.open += 1
        self.open_each[who] += 1
        self.metrics.sessions.inc()
        runs = Runs(self.metrics, self.wire)

        async def receive_and_read() -> Message:
            while True:
                message = await receive()
                content = message.get("bytes") if message["type"] == "websocket.receive" else None
                if content is None or runs.received(content):
                    return message

        async def send_and_read(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                runs.sent(message["bytes"])
            await send(message)

        try:
            await self.app(scope, receive_and_read, send_and_read)
        finally:
            self.open -= 1
            self.open_each[who] -= 1
            if not self.open_each[who]:
                del self.open_each[who]
            self.metrics.sessions.dec()


class Runs:
    """The script runs of one session, timed from a reader's choice to the end of the script."""

    def __init__(self, metrics: Metrics, wire: Wire) -> None:
        self.metrics, self.wire = metrics, wire
        self.asked_at: float | None = None
        self.page = "unknown"

    def received(self, message: bytes) -> bool:
        """Note when a run was asked for; whether the message may go on to the page.

        A choice made while a run waits belongs to the same wait.
        """
        told = self.wire.received(message)
        if isinstance(told, Foreign):
            self.metrics.refused.labels("message").inc()
            return False
        if self.asked_at is None and isinstance(told, Asked):
            self.asked_at = self.metrics.asked_at = time.monotonic()
        return True

    def sent(self, message: bytes) -> None:
        """Note which page runs, and count its time at the end."""
        told = self.wire.sent(message)
        if isinstance(told, Begun):
            self.page = told.page
            # A script may begin its own next run.
            self.asked_at = self.asked_at or time.monotonic()
        elif isinstance(told, Finished) and told.whole and self.asked_at is not None:
            self.metrics.script_seconds.labels(self.page).observe(time.monotonic() - self.asked_at)
            self.asked_at = None


def is_page(scope: Scope) -> bool:
    """Whether a request is for the dashboard's own page, by its last part: a page's name, nothing else."""
    path = scope["path"]
    last = path.rpartition("/")[2]
    inner = ("/api/", "/_stcore/", "/static/", "/media/", "/component/", "/auth/", "/oauth2callback")
    return scope["method"] == "GET" and "." not in last and not any(part in f"{path}/" for part in inner)
