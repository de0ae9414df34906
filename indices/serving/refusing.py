"""What a server says instead of an answer: a page for a reader, a sentence for a program."""

from __future__ import annotations

from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from indices.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, as_language, text

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{seconds}"><title>{title}</title>
<style>
body{{font:18px/1.5 "Source Sans","Segoe UI",sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.25rem;
color:#17212b;background:#fff}} h1{{font-size:1.6rem;line-height:1.25}} .other{{color:#4a5866;font-size:1rem}}
@media (prefers-color-scheme:dark){{body{{color:#e6ebf0;background:#10161d}} .other{{color:#a9b4bf}}}}
</style></head><body>{parts}</body></html>
"""


def refusal(scope: Scope, status: int, code: str, seconds: int = 0) -> Response:
    """The sentence "serving.<code>" in the form the asker reads; `seconds` until it is worth asking again.

    A browser that opens a page gets a page that asks again by itself, in Vietnamese and English; the
    endpoints answer as JSON; anything else, such as the browser's own sending of a file, as text.
    """
    accepted = Headers(scope=scope).get("accept", "")
    answer: Response
    if scope["path"].find("/api/") >= 0:
        told = {"error": code, "message": text(f"serving.{code}", _language(scope))}
        answer = JSONResponse(told, status)
    elif "text/html" in accepted and scope["method"] in {"GET", "HEAD"}:
        answer = HTMLResponse(page(code, _language(scope), seconds or 30), status)
    else:
        answer = PlainTextResponse(text(f"serving.{code}", _language(scope)), status)
    answer.headers["Cache-Control"] = "no-store"
    if seconds:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def page(code: str, language: Language, seconds: int) -> str:
    """The page: the reader's language first, the other below it."""
    parts = []
    for one in sorted(LANGUAGES, key=lambda other: other != language):
        said = escape(text(f"serving.{code}", one))
        again = escape(text("serving.again", one, seconds=seconds))
        kind = "" if one == language else ' class="other"'
        head = f"<h1>{said}</h1>" if one == language else f"<p{kind}>{said}</p>"
        parts.append(f'<section lang="{one}">{head}<p{kind}>{again}</p></section>')
    title = escape(text("frame.product", language))
    return _PAGE.format(language=language, seconds=seconds, title=title, parts="".join(parts))


def _language(scope: Scope) -> Language:
    query = dict(
        part.partition("=")[::2] for part in scope.get("query_string", b"").decode("latin-1").split("&")
    )
    return as_language(query.get("lang", "")) or DEFAULT_LANGUAGE
