"""Readers stay with the server that holds their session; and the log as a whole process writes it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from indices.serving.affinity import StayWithServer, server_name
from indices.serving.limits import Limits


async def fine(request: Request) -> Response:
    return PlainTextResponse("fine")


async def greet(socket: WebSocket) -> None:
    await socket.accept(subprotocol="streamlit")
    await socket.close()


def server(name: str = "8502", **limits: bool) -> TestClient:
    given: dict[str, Any] = {"name": name, "limits": Limits(**limits)}
    routes = [WebSocketRoute("/_stcore/stream", greet), Route("/{path:path}", fine)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(StayWithServer, **given)]))


def test_a_page_tells_the_server_once() -> None:
    asking = server()
    told = asking.get("/compare").headers["Set-Cookie"]
    assert told == "indices_server=8502; Path=/; HttpOnly; SameSite=Lax"
    assert "Set-Cookie" not in asking.get("/compare").headers  # the browser has it now
    assert "Set-Cookie" not in server().get("/static/js/index.js").headers


def test_over_tls_the_cookie_is_for_tls_only() -> None:
    assert server(behind_tls=True).get("/").headers["Set-Cookie"].endswith("; Secure")
    assert "Secure" not in server().get("/").headers["Set-Cookie"]


def test_a_session_that_came_from_another_server_stays_here() -> None:
    asking = server()
    with asking.websocket_connect("/_stcore/stream", headers={"cookie": "indices_server=8501"}) as socket:
        assert (b"Set-Cookie", b"indices_server=8502; Path=/; HttpOnly; SameSite=Lax") in [
            (name.title(), value) for name, value in socket.extra_headers
        ]
    with asking.websocket_connect("/_stcore/stream", headers={"cookie": "indices_server=8502"}) as socket:
        assert list(socket.extra_headers or []) == []


def test_a_server_by_itself_says_nothing() -> None:
    assert "Set-Cookie" not in server("").get("/").headers


@pytest.mark.parametrize(
    ("written", "name"), [("8501", "8501"), (" a-1 ", "a-1"), ("", ""), ("a; Domain=b", ""), ("x" * 41, "")]
)
def test_only_a_plain_name_is_one(written: str, name: str) -> None:
    assert server_name({"INDICES_SERVER_NAME": written}) == name


PROCESS = """
import logging
from indices.serving.logs import write_json_lines
early = logging.getLogger("streamlit.early")
early.propagate = False
early.addHandler(logging.StreamHandler())
assert write_json_lines({"INDICES_LOG": "json"})
late = logging.getLogger("streamlit.late")
late.propagate = False
late.addHandler(logging.StreamHandler())
early.warning("from %s", "lan@bacgiang.gov.vn")
late.warning("late")
logging.getLogger("uvicorn.access").info("GET /?a=b")
logging.getLogger("indices").info("plain")
"""


def test_everything_a_process_logs_is_a_line_of_json_once() -> None:
    done = subprocess.run([sys.executable, "-c", PROCESS], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in lines] == ["from [e-mail]", "late", "plain"]
