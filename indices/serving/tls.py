"""What is added where readers come over TLS: cookies that never leave it, and browsers told to stay."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.asking import over_tls
from indices.serving.limits import Limits

STAY_SECONDS = 31_536_000
"""How long a browser goes on coming over TLS only, after each answer: a year."""
# Its very purpose is that the page's script reads it and sends it back with a file.
_FOR_SCRIPTS = b"_streamlit_xsrf="


class StayOnTls:
    """ASGI middleware: Secure on every cookie, HttpOnly where no script reads it, HSTS; over TLS only.

    The framework leaves Secure out, for it does not know of the TLS that ends at a proxy. uvicorn does,
    from X-Forwarded-Proto of a proxy it trusts (this machine, or FORWARDED_ALLOW_IPS).
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.always = limits.behind_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not (self.always or over_tls(scope)):
            await self.app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, secured(value) if name.lower() == b"set-cookie" else value)
                    for name, value in message.get("headers", [])
                ]
                headers = MutableHeaders(scope=message)
                headers.setdefault("Strict-Transport-Security", f"max-age={STAY_SECONDS}")
            await send(message)

        await self.app(scope, receive, send_secured)


def secured(cookie: bytes) -> bytes:
    """A Set-Cookie value that a browser keeps to TLS, and away from scripts where none needs it."""
    said = {part.strip().lower() for part in cookie.split(b";")[1:]}
    if b"secure" not in said:
        cookie += b"; Secure"
    if b"httponly" not in said and not cookie.startswith(_FOR_SCRIPTS):
        cookie += b"; HttpOnly"
    return cookie
