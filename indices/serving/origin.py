"""Which pages may speak to a script: our own, and no other site's."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from indices.serving.limits import OWN_NAMES, Limits
from indices.serving.metrics import Metrics

_PORTS = {"http": 80, "https": 443}
_NOT_ALLOWED = 1008
"""WebSocket close code: against the rules (RFC 6455); before the greeting is answered it becomes a 403."""


class OwnPagesOnly:
    """ASGI middleware: a WebSocket from a page of another origin is refused before the framework sees it.

    Browsers always say which page opens one, and let any page try; what says nothing is no browser and
    goes through. Ours is a page of the host and port asked for, or, behind a proxy that asks us under a
    name of its own, one of `limits.hosts` at its scheme's own port. Pages of this machine on another port
    are not ours, whatever the framework's own rule says.
    """

    def __init__(self, app: ASGIApp, limits: Limits, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics
        self.names = tuple(name for name in limits.hosts if name not in OWN_NAMES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or carry one session."""
        if scope["type"] == "websocket" and not self._ours(Headers(scope=scope)):
            self.metrics.refused.labels("origin").inc()
            await receive()  # the greeting, which must be taken before it can be answered
            await send({"type": "websocket.close", "code": _NOT_ALLOWED})
            return
        await self.app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        given = headers.getlist("origin")
        if not given:
            return True
        try:
            origin, asked = urlsplit(given[0]), urlsplit(f"//{headers.get('host', '')}")
            usual = _PORTS.get(origin.scheme)
            if len(given) > 1 or usual is None or not origin.hostname:
                return False
            port = origin.port or usual
            if (origin.hostname, port) == (asked.hostname, asked.port or usual):
                return True
        except ValueError:
            return False
        return port == usual and self._named(origin)

    def _named(self, origin: SplitResult) -> bool:
        host = origin.hostname or ""
        return any(host == name or (name[:2] == "*." and host.endswith(name[1:])) for name in self.names)
