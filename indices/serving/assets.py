"""Answers requests for frontend assets from their compressed copies."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from indices.serving.copies import ENCODERS, CompressedCopies

# Names carry a hash of the content: a browser that has the file never needs to ask again.
KEEP_FOR_EVER = "public, max-age=31536000, immutable"


def accepts(accept_encoding: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header allows `encoding`: by name or `*`, with a quality above 0."""
    allowed: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.partition(";")
        quality = parameters.replace(" ", "").removeprefix("q=")
        allowed[name.strip()] = quality.strip("0.") != "" or parameters == ""
    return allowed.get(encoding, allowed.get("*", False))


class CompressedAssets:
    """ASGI middleware: the best copy the browser accepts, else the wrapped application's answer.

    Conditional and range requests are answered for the copy that is sent: it has an ETag of its own,
    and a range counts bytes of the copy (RFC 9110, section 14).
    """

    def __init__(self, app: ASGIApp, copies: CompressedCopies) -> None:
        self.app = app
        self.copies = copies
        self.files = StaticFiles(directory=copies.folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            # Below a base URL the path is longer; a hashed name means the same file everywhere.
            _, found, rest = scope["path"].rpartition("/static/")
            accepted = Headers(scope=scope).get("accept-encoding", "")
            for encoding in ENCODERS if found else ():
                copy = self.copies.path(f"static/{rest}", encoding) if accepts(accepted, encoding) else None
                if copy is not None:
                    answer = self.files.file_response(copy, copy.stat(), scope)
                    answer.headers["Content-Encoding"] = encoding
                    answer.headers["Cache-Control"] = KEEP_FOR_EVER
                    answer.headers["Vary"] = "Accept-Encoding"
                    await answer(scope, receive, send)
                    return
        await self.app(scope, receive, send)
