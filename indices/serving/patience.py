"""Time limits: a request that stops sending, and an answer that does not begin, are ended in words."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.limits import Limits
from indices.serving.refusing import refusal


class _SilentError(Exception):
    """Whoever asked stopped sending before the end of the request."""


class Patience:
    """ASGI middleware: 408 where a body stops coming, 503 where the answer takes too long to begin.

    A body may take its time as long as it comes: a large table over a slow line is no fault. Once an
    answer has begun it is not cut off. WebSockets have their own pings.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.body_seconds = limits.body_seconds or None
        self.request_seconds = limits.request_seconds or None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = whole = False
        clock: asyncio.Timeout | None = None

        def wait_again() -> None:
            if clock is not None and self.request_seconds is not None:
                clock.reschedule(asyncio.get_running_loop().time() + self.request_seconds)

        async def receive_in_time() -> Message:
            nonlocal whole
            if whole:  # nothing but the end of the connection can come now, whenever that is
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self.body_seconds)
            except TimeoutError as silence:
                raise _SilentError from silence
            whole = not message.get("more_body", False)
            if not begun:
                wait_again()
            return message

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            if clock is not None and not clock.expired():
                clock.reschedule(None)
            await send(message)

        try:
            async with asyncio.timeout(self.request_seconds) as clock:
                await self.app(scope, receive_in_time, send_and_note)
        except _SilentError:
            if not begun:
                # The rest of the body will never be read: the connection cannot be used again.
                answer = refusal(scope, 408, "silent")
                answer.headers["Connection"] = "close"
                await answer(scope, receive, send)
        except TimeoutError:
            if begun or clock is None or not clock.expired():
                raise
            await refusal(scope, 503, "too_long", seconds=30)(scope, receive, send)
