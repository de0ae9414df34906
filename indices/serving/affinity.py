"""One of several servers behind a proxy: its readers stay with it, for their session lives in its memory."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indices.serving.asking import over_tls
from indices.serving.limits import Limits
from indices.serving.sessions import STREAM_PATH, is_page

COOKIE = "indices_server"
"""Name of the cookie by which the proxy chooses the server: deploy/nginx/indices.conf."""
_NAME = re.compile(r"[A-Za-z0-9-]{1,40}")


def server_name(environment: Mapping[str, str] = os.environ) -> str:
    """INDICES_SERVER_NAME where it is a name (letters, digits, -), else "": a server by itself."""
    written = environment.get("INDICES_SERVER_NAME", "").strip()
    return written if _NAME.fullmatch(written) else ""


class StayWithServer:
    """ASGI middleware: tells the browser which server it came to, with a page and with a session.

    The cookie holds the server's name and nothing about the reader. With a session too, because after
    a server fell away its readers come back to another one without loading the page again: from then
    on that one is theirs, also when the first is back, or their next file would go to the wrong one.
    """

    def __init__(self, app: ASGIApp, name: str, limits: Limits) -> None:
        self.app, self.name, self.always_tls = app, name, limits.behind_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or carry one session."""
        begins = {"http": "http.response.start", "websocket": "websocket.accept"}.get(scope["type"])
        session = scope["type"] == "websocket" and scope["path"].endswith(STREAM_PATH)
        page = scope["type"] == "http" and is_page(scope)
        if not self.name or not (session or page) or chosen_server(scope) == self.name:
            await self.app(scope, receive, send)
            return
        cookie = f"{COOKIE}={self.name}; Path=/; HttpOnly; SameSite=Lax"
        if self.always_tls or over_tls(scope):
            cookie += "; Secure"

        async def send_with_name(message: Message) -> None:
            if message["type"] == begins:
                message.setdefault("headers", [])
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_name)


def chosen_server(scope: Scope) -> str:
    """The server that a browser says it came to last; "" where it says none."""
    try:
        cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
