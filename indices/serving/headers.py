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


def is_host(written: str) -> bool:
    """Whether a text is the name of a host, with or without a port."""
    return _HOST.fullmatch(written) is not None


def content_security_policy(script_hashes: Iterable[str], host: str = "") -> str:
    """Policy under which the dashboard works whole: no other host, no eval, no inline script but the hashed.

    `host` is the request's Host header. Browsers differ on whether 'self' covers a WebSocket of
    the same host, so it is named; a header that is no host name is left out.
    """
    sockets = f" ws://{host} wss://{host}" if is_host(host) else ""
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
    """Value of a Link header that lets the browser fetch `chunks` before a script asks for them.

    Addresses are relative, as in the start page, so they hold below a base URL. They come after what the
    start page itself asks for: on a slow link a chart's code, the largest file of all, would otherwise
    keep the first readable text waiting, and on a slow processor its start would.
    """
    preload = "rel=modulepreload; as=script; crossorigin; fetchpriority=low"
    return ", ".join(f"<./{chunk}>; {preload}" for chunk in chunks)


class WeakTags:
    """ASGI middleware around compression on the fly: a compressed answer gets a weak ETag.

    A strong one promises equal bytes, and the tag was made for the uncompressed ones; a browser that
    resumes a broken download must not join the two (RFC 9110, section 8.8.1).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_with_weak_tag(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "")
                if tag.startswith('"') and "content-encoding" in headers:
                    headers["ETag"] = f"W/{tag}"
            await send(message)

        await self.app(scope, receive, send_with_weak_tag if scope["type"] == "http" else send)


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
