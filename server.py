"""The dashboard as a server: `streamlit run server.py`, or `uvicorn server:app`.

Around the pages of dashboard.py it adds compression, security headers, early loading of what the first
chart needs, `/api/health`, and the data endpoints under `/api/v1` (docs/api.md). The pages work without
it: `streamlit run dashboard.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette_compress import CompressMiddleware

from indices.serving.api.mount import api_mount
from indices.serving.assets import CompressedAssets
from indices.serving.background import StartWork
from indices.serving.copies import CompressedCopies, cache_folder
from indices.serving.frontend import installed_frontend
from indices.serving.headers import ResponseHeaders, WeakTags
from indices.serving.promptly import send_at_once
from indices.ui.failure import tell_failure

PROJECT = Path(__file__).resolve().parent

frontend = installed_frontend()
copies = CompressedCopies(frontend, cache_folder())
start_work = StartWork(copies)


async def health(request: Request) -> JSONResponse:
    """Say that the server answers, and how far the work after its start has come."""
    state = {
        "status": "ok",
        "data_warm": start_work.data_warm,
        "assets_compressed": copies.complete,
        "start_work_done": start_work.done,
    }
    return JSONResponse(state, headers={"Cache-Control": "no-store"})


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Begin the work after a start without waiting for it: the server answers at once."""
    start_work.start()
    send_at_once()
    try:
        yield {}
    finally:
        start_work.stop()


app = st.App(
    PROJECT / "dashboard.py",
    routes=[Route("/api/health", health), api_mount("indices.ui.served")],
    # From the outside in. The request's Accept-Encoding ends at our compression, or Streamlit's own
    # gzip would come first and Brotli never.
    middleware=[
        Middleware(ResponseHeaders, frontend=frontend),
        Middleware(CompressedAssets, copies=copies),
        Middleware(WeakTags),
        Middleware(CompressMiddleware, zstd=False, remove_accept_encoding=True),
    ],
    lifespan=lifespan,
    on_script_error=tell_failure,
)
