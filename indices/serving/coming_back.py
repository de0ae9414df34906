"""Signing in and out leads back to the page and choices it was begun from, which the framework forgets."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "indices_back"
_END = "/oauth2callback"
_WAY = re.compile(rf"((?:/[\w.~-]+)*)(/auth/login|/auth/logout|{_END})", re.ASCII)
"""Our base path, which goes into headers, and a step of the framework's way to the provider and back."""
_KEPT_SECONDS = 600
"""Long enough for a password and a second factor; an address of yesterday is nobody's way back."""
_LONGEST = 2000
"""Characters of a query; a longer one is no address of ours."""


class ComingBack:
    """ASGI middleware: keeps where a sign-in or -out began while the identity provider has the reader.

    The address comes from the browser's Referer, which our Referrer-Policy lets it send to ourselves
    alone, and waits in a cookie that only the way back gets. It is checked when it is kept and when it
    is used: no more than one of `pages` below our own path, with choices of `names`.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str], names: Collection[str]) -> None:
        self.app = app
        self.pages, self.names = frozenset({"", *pages}), frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        way = _WAY.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if way is None:
            await self.app(scope, receive, send)
            return
        base, step = way.groups()
        back = self._kept(scope) if step == _END else self._began_at(scope, base)

        async def send_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                home = headers.get("location") in (base, f"{base}/")
                if home and back:
                    headers["Location"] = f"{base}/{back}"
                # Where the way ends, and where another begins, what was kept of the last counts no more.
                waits = back and not home and step != _END
                kept = f"{back}; Max-Age={_KEPT_SECONDS}" if waits else "; Max-Age=0"
                cookie = f"{COOKIE}={kept}; Path={base}{_END}; HttpOnly; SameSite=Lax"
                headers.append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_back)

    def _began_at(self, scope: Scope, base: str) -> str:
        """The page on which somebody pressed, by the Referer; "" where that is not one of ours."""
        headers = Headers(scope=scope)
        try:
            found = urlsplit(headers.get("referer", ""))
        except ValueError:
            return ""
        ours = found.netloc.lower() == headers.get("host", "").lower() and found.path.startswith(f"{base}/")
        return self._checked(found.path.removeprefix(f"{base}/"), found.query) if ours else ""

    def _kept(self, scope: Scope) -> str:
        page, _, query = HTTPConnection(scope).cookies.get(COOKIE, "").partition("?")
        return self._checked(page, query)

    def _checked(self, page: str, query: str) -> str:
        """A page of ours with the choices that are known; "" for anything else, and for the first page."""
        if page not in self.pages or len(query) > _LONGEST:
            return ""
        known = [
            (name, value) for name, value in parse_qsl(query) if name in self.names and value.isprintable()
        ]
        return f"{page}?{urlencode(known)}" if known else page
