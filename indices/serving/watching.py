"""What whoever runs the server asks of it: does it answer, can it work, what does it count."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from indices.serving.asking import from_this_machine
from indices.serving.metrics import Metrics
from indices.serving.refusing import refusal

READY_LIMIT_SECONDS = 5.0
_KNOWN_FOR_SECONDS = 1.0
_OPEN_METRICS = "text/plain; version=0.0.4; charset=utf-8"

Question = Callable[[], dict[str, bool]]
"""Gives what must hold for the server to work, by name; may take its time."""
MayWatch = Callable[[Scope], bool]
"""Whether the token of a request is an administrator's; may ask the store."""


class Ready:
    """`/api/ready`: 200 where everything that must hold holds, else 503, and which does not.

    Asked of the store at most once a second, however often somebody asks here.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self._known: tuple[float, dict[str, bool]] = (-1e9, {})
        self._asking = asyncio.Lock()

    async def answer(self, request: Request) -> JSONResponse:
        """Answer one request."""
        async with self._asking:
            at, holds = self._known
            if time.monotonic() - at > _KNOWN_FOR_SECONDS:
                holds = await self._ask()
                self._known = (time.monotonic(), holds)
        ready = all(holds.values())
        told = {"status": "ready" if ready else "not ready", **holds}
        return JSONResponse(told, 200 if ready else 503, headers={"Cache-Control": "no-store"})

    async def _ask(self) -> dict[str, bool]:
        try:
            return await asyncio.wait_for(run_in_threadpool(self.question), READY_LIMIT_SECONDS)
        except TimeoutError:
            return {"answers_in_time": False}


class ReadMetrics:
    """`/api/metrics`: for this machine itself, or with the token of an administrator."""

    def __init__(self, metrics: Metrics, may_watch: MayWatch) -> None:
        self.metrics, self.may_watch = metrics, may_watch

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        if not from_this_machine(request.scope):
            if not request.headers.get("authorization"):
                answer = refusal(request.scope, 401, "metrics_token")
                answer.headers["WWW-Authenticate"] = "Bearer"
                return answer
            if not await run_in_threadpool(self.may_watch, request.scope):
                return refusal(request.scope, 403, "metrics_token")
        content = await run_in_threadpool(self.metrics.text)
        return Response(content, media_type=_OPEN_METRICS, headers={"Cache-Control": "no-store"})


class OwnMetricsOnly:
    """ASGI middleware: the framework's own metrics, open to anybody as it stands, for this machine only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        inner = scope["type"] == "http" and scope["path"].endswith("/_stcore/metrics")
        if inner and not from_this_machine(scope):
            await refusal(scope, 404, "not_here")(scope, receive, send)
        else:
            await self.app(scope, receive, send)
