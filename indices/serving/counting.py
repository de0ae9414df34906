"""Every request counted and written down: route, status, milliseconds; nothing that names a person."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.metrics import Metrics
from indices.serving.sessions import is_page

logger = logging.getLogger(__name__)

_KNOWN = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
# What a limit refuses, by its status; 503 is told by the limit itself, a store away answers it too.
_LIMITS = {400: "malformed", 408: "silence", 413: "size", 429: "rate", 503: "unavailable"}
_INNER = {
    "/_stcore/upload_file/": "upload",
    "/_stcore/": "page service",
    "/media/": "download",
    "/static/": "asset",
    "/component/": "asset",
    "/auth/": "sign-in",
    "/oauth2callback": "sign-in",
}


class CountRequests:
    """ASGI middleware around all others, so that what they refuse is counted too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, route, status = time.monotonic(), route_of(scope), 0
        method = scope["method"] if scope["method"] in _KNOWN else "other"

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self.metrics.request_seconds.labels(route).observe(time.monotonic() - began)
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception:
            status = status or 500
            raise
        finally:
            # 0: whoever asked was gone before there was an answer.
            self.metrics.requests.labels(route, method, str(status)).inc()
            if status == 500:
                self.metrics.failures.labels("request").inc()
            elif status in _LIMITS:
                self.metrics.refused.labels(_LIMITS[status]).inc()
            facts = {
                "route": route,
                "method": method,
                "status": status,
                "ms": round((time.monotonic() - began) * 1000, 1),
            }
            level = logging.DEBUG if route == "asset" else logging.INFO
            logger.log(level, "request", extra={"facts": facts})


def route_of(scope: Scope) -> str:
    """The kind of thing asked for: few names, whatever anybody types, and no number of a session or file."""
    path: str = scope["path"]
    for part, name in _INNER.items():
        if part in f"{path}/":
            return name
    if "/api/" in path:
        from_api = path[path.index("/api/") :].split("/")
        known = from_api[2] in {"health", "ready", "metrics"} or from_api[2:3] == ["v1"]
        return "/".join(from_api[:3]) if known else "other"
    return "page" if is_page(scope) else "other"
