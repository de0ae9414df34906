"""Which pages may open a session: those of the host that was asked, and no other site's."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from indices.serving.limits import OWN_NAMES, Limits
from indices.serving.metrics import Metrics, StoreFigures
from indices.serving.origin import OwnPagesOnly

STREAM = "/_stcore/stream"


async def greet(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("the script")
    await socket.close()


def opens(origin: str | list[str] | None, host: str, *hosts: str) -> bool:
    """Whether a page of `origin` gets to the script of a server that is asked as `host`."""
    metrics = Metrics(lambda: StoreFigures(False, False, {}, 0))
    given: dict[str, Any] = {"limits": Limits(hosts=(*hosts, *OWN_NAMES)), "metrics": metrics}
    app = Starlette(routes=[WebSocketRoute(STREAM, greet)], middleware=[Middleware(OwnPagesOnly, **given)])
    named = [origin] if isinstance(origin, str) else origin or []
    headers = httpx2.Headers([("host", host), *(("origin", one) for one in named)])
    refused = 'indices_refused_total{limit="origin"} 1.0'
    try:
        with TestClient(app).websocket_connect(STREAM, headers=headers) as socket:
            assert socket.receive_text() == "the script"
    except WebSocketDisconnect as closed:
        assert closed.code == 1008
        assert refused in metrics.text().decode()
        return False
    assert refused not in metrics.text().decode()
    return True


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("http://localhost:8501", "localhost:8501"),
        ("https://chiso.example.vn", "chiso.example.vn"),
        ("https://Chiso.Example.vn", "chiso.example.vn:443"),
        ("http://chiso.example.vn", "chiso.example.vn:80"),
        ("http://[::1]:8501", "[::1]:8501"),
        (None, "127.0.0.1:8501"),
    ],
)
def test_a_page_of_the_host_that_was_asked_opens_a_session(origin: str | None, host: str) -> None:
    assert opens(origin, host)


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:8600",
        "http://localhost:8501",
        "http://127.0.0.1",
        "http://0.0.0.0:8501",
        "https://evil.example",
        "http://127.0.0.1.evil.example:8501",
        "http://evil.example@127.0.0.1:8502",
        "null",
        "",
        "file://127.0.0.1:8501",
        "ws://127.0.0.1:8501",
        "http://127.0.0.1:x",
        "http://[127.0.0.1:8501",
        ["http://127.0.0.1:8501", "https://evil.example"],
    ],
)
def test_a_page_of_any_other_origin_does_not(origin: str | list[str]) -> None:
    assert not opens(origin, "127.0.0.1:8501", "chiso.example.vn")


def test_behind_a_proxy_with_a_name_of_its_own_the_allowed_names_are_ours() -> None:
    hosts = ("chiso.example.vn", "*.tinh.example.vn")
    assert opens("https://chiso.example.vn", "127.0.0.1:8501", *hosts)
    assert opens("https://chiso.tinh.example.vn", "127.0.0.1:8501", *hosts)
    for other in ("https://chiso.example.vn:8443", "https://tinh.example.vn", "https://a.chiso.example.vn"):
        assert not opens(other, "127.0.0.1:8501", *hosts)
