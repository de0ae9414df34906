"""Headers on every answer: what a browser may do with it, and what it should fetch early."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.frontend import Frontend

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=(), fullscreen=(self), clipboard-write=(self)"
    ),
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


def content_security_policy(script_hashes: Iterable[str], host: str = "") -> str:
    """Policy under which the dashboard works whole: no other host, no eval, no inline script but the hashed.

    `host` is the request's Host header. Browsers differ on whether 'self' covers a WebSocket of
    the same host, so it is named; a header that is no host name is left out.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    directives = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        # Streamlit and Plotly write style elements and attributes at run time.
        "style-src": "'self' 'unsafe-inline'",
        # Plotly draws an image for download from a data: or blob: address.
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        "connect-src": f"'self'{sockets}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def preload_links(chunks: Sequence[str]) -> str:
    """Value of a Link header that lets the browser fetch `chunks` before a script asks for them."""
    return ", ".join(f"</{chunk}>; rel=modulepreload; as=script; crossorigin" for chunk in chunks)


class ResponseHeaders:
    """ASGI middleware: security headers on every answer, preload links on a page."""

    def __init__(self, app: ASGIApp, frontend: Frontend) -> None:
        self.app = app
        self.script_hashes = frontend.inline_script_hashes()
        self.links = preload_links(frontend.chunks_of())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in FIXED.items():
                    headers.setdefault(name, value)
                headers.setdefault(
                    "Content-Security-Policy", content_security_policy(self.script_hashes, host)
                )
                if self.links and headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", self.links)
            await send(message)

        await self.app(scope, receive, send_with_headers)
