"""The dashboard as a server: `streamlit run server.py`, or `uvicorn server:app`.

Around the pages of dashboard.py it adds compression, security headers, early loading of what the first
chart needs, limits, what whoever runs it watches (`/api/health`, `/api/ready`, `/api/metrics`), and the
data endpoints under `/api/v1` (docs/api.md). The pages work without it: `streamlit run dashboard.py`.
How it serves a whole province: deploy/README.md.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette_compress import CompressMiddleware

from indices.serving.affinity import StayWithServer, server_name
from indices.serving.api.mount import api_mount
from indices.serving.assets import CompressedAssets
from indices.serving.background import StartWork
from indices.serving.coming_back import ComingBack
from indices.serving.copies import CompressedCopies, cache_folder
from indices.serving.counting import CountRequests
from indices.serving.frontend import installed_frontend
from indices.serving.headers import ResponseHeaders, WeakTags
from indices.serving.limits import limits_from
from indices.serving.logs import write_json_lines
from indices.serving.metrics import Metrics
from indices.serving.origin import OwnPagesOnly
from indices.serving.patience import Patience
from indices.serving.promptly import send_at_once
from indices.serving.sessions import OpenSessions
from indices.serving.tls import StayOnTls
from indices.serving.uploads import UploadRate
from indices.serving.watching import OwnMetricsOnly, ReadMetrics, Ready
from indices.ui.failure import tell_failure
from indices.ui.state import NAMES
from indices.ui.watched import may_watch, signed_in_as, store_figures, store_holds
from indices.ui.wire import StreamlitWire

PROJECT = Path(__file__).resolve().parent

write_json_lines()
limits = limits_from()
metrics = Metrics(store_figures)
frontend = installed_frontend()
copies = CompressedCopies(frontend, cache_folder())
pages = [path.stem for path in (PROJECT / "pages").glob("*.py")]
start_work = StartWork(copies, busy=lambda: time.monotonic() - metrics.asked_at < 1)


async def health(request: Request) -> JSONResponse:
    """Say that the server answers, and how far the work after its start has come."""
    state = {
        "status": "ok",
        "data_warm": start_work.data_warm,
        "all_warm": start_work.all_warm,
        "assets_compressed": copies.complete,
        "start_work_done": start_work.done,
    }
    return JSONResponse(state, headers={"Cache-Control": "no-store"})


def what_must_hold() -> dict[str, bool]:
    """What `/api/ready` asks: the store, and that the first reader need not wait for the start."""
    return {**store_holds(), "start_over": start_work.warming_over}


def page_failed(fault: BaseException) -> bool:
    """Count a page's failure and tell the reader."""
    metrics.failures.labels("page").inc()
    return tell_failure(fault)


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Begin the work after a start without waiting for it: the server answers at once."""
    write_json_lines()  # again, for what was imported meanwhile
    start_work.start()
    send_at_once()
    try:
        yield {}
    finally:
        start_work.stop()


app = st.App(
    PROJECT / "dashboard.py",
    routes=[
        Route("/api/health", health),
        Route("/api/ready", Ready(what_must_hold).answer),
        Route("/api/metrics", ReadMetrics(metrics, may_watch).answer),
        api_mount("indices.ui.served"),
    ],
    # From the outside in: what limits refuse has its headers and is counted. The request's
    # Accept-Encoding ends at our compression, or Streamlit's own gzip would come first and Brotli never.
    middleware=[
        Middleware(CountRequests, metrics=metrics),
        Middleware(ResponseHeaders, frontend=frontend),
        Middleware(StayOnTls, limits=limits),
        Middleware(TrustedHostMiddleware, allowed_hosts=limits.hosts or ["*"], www_redirect=False),
        Middleware(OwnPagesOnly, limits=limits, metrics=metrics),
        Middleware(Patience, limits=limits),
        Middleware(StayWithServer, name=server_name(), limits=limits),
        Middleware(OpenSessions, limits=limits, identity=signed_in_as, metrics=metrics, wire=StreamlitWire()),
        Middleware(UploadRate, limits=limits, identity=signed_in_as),
        Middleware(OwnMetricsOnly),
        Middleware(ComingBack, pages=pages, names=NAMES),
        Middleware(CompressedAssets, copies=copies),
        Middleware(WeakTags),
        Middleware(CompressMiddleware, zstd=False, remove_accept_encoding=True),
    ],
    lifespan=lifespan,
    on_script_error=page_failed,
)
