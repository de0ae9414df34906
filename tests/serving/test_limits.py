"""Limits: what is allowed, and what is said to whoever goes beyond."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Message, Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from indices.serving.limits import MEGABYTE, OWN_NAMES, Limits, limits_from
from indices.serving.metrics import Metrics, StoreFigures
from indices.serving.patience import Patience
from indices.serving.sessions import OpenSessions, is_page
from indices.serving.tls import StayOnTls, secured
from indices.serving.uploads import UploadRate
from indices.serving.wire import Asked, Begun, Finished, Foreign

UPLOAD = "/_stcore/upload_file/session/file"
BROWSER = {"accept": "text/html,application/xhtml+xml"}


async def take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def nobody(_: Scope) -> None:
    return None


def by_header(scope: Scope) -> str | None:
    return dict(scope["headers"]).get(b"x-name", b"").decode() or None


def no_figures() -> StoreFigures:
    return StoreFigures(False, False, {}, 0)


# What the environment says


def test_the_environment_sets_limits_and_what_cannot_be_read_changes_nothing() -> None:
    given = {
        "INDICES_SESSIONS": "120",
        "INDICES_UPLOAD_MB_A_MINUTE": "7",
        "INDICES_BODY_SECONDS": "soon",
        "INDICES_ALLOWED_HOSTS": "Chiso.BacGiang.gov.vn, *.example.vn",
        "INDICES_BEHIND_TLS": "1",
    }
    limits = limits_from(given)
    assert (limits.sessions, limits.upload_bytes, limits.body_seconds) == (120, 7 * MEGABYTE, 30)
    assert limits.hosts == ("chiso.bacgiang.gov.vn", "*.example.vn", *OWN_NAMES)
    assert limits.behind_tls
    assert limits_from({}) == Limits()


def test_a_list_of_hosts_without_a_right_name_lets_nobody_in_from_outside() -> None:
    assert limits_from({"INDICES_ALLOWED_HOSTS": "https://a.vn/"}).hosts == ("host.invalid", *OWN_NAMES)


# Uploads


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def uploading(clock: Clock, **limits: int) -> TestClient:
    given: dict[str, Any] = {"limits": Limits(**limits), "identity": by_header, "clock": clock}
    rate = Middleware(UploadRate, **given)
    routes = [Route(UPLOAD, take, methods=["PUT"]), Route("/other", take, methods=["PUT"])]
    return TestClient(Starlette(routes=routes, middleware=[rate]))


def test_a_fourth_file_in_a_minute_waits_and_others_do_not() -> None:
    clock = Clock()
    asking = uploading(clock, uploads=3, upload_bytes=0)
    assert [asking.put(UPLOAD, content=b"123").text for _ in range(3)] == ["3", "3", "3"]
    refused = asking.put(UPLOAD, content=b"123")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "20")
    assert refused.text.startswith("Gửi tệp quá nhanh.")
    # Somebody signed in is somebody else, though the address is the same; and only files are counted.
    assert asking.put(UPLOAD, content=b"123", headers={"x-name": "lan"}).status_code == 200
    assert asking.put("/other", content=b"123").status_code == 200
    clock.now += 20.5
    assert asking.put(UPLOAD, content=b"123").status_code == 200
    assert asking.put(UPLOAD, content=b"123").status_code == 429


def test_bytes_are_limited_too_and_a_file_as_large_as_all_of_them_passes_once() -> None:
    clock = Clock()
    asking = uploading(clock, uploads=0, upload_bytes=1000)
    assert asking.put(UPLOAD, content=b"x" * 1500).status_code == 200
    assert asking.put(UPLOAD, content=b"x").headers["Retry-After"] == "31"  # 500 too many, 1000 a minute
    clock.now += 3600
    assert asking.put(UPLOAD, content=b"x" * 600).status_code == 200
    assert asking.put(UPLOAD, content=b"x" * 600).status_code == 429


def test_a_body_without_a_length_counts_as_it_comes() -> None:
    asking = uploading(Clock(), uploads=0, upload_bytes=1000)
    assert asking.put(UPLOAD, content=iter([b"x" * 900, b"x" * 900])).text == "1800"
    assert asking.put(UPLOAD, content=b"x").status_code == 429


# Time


async def late(request: Request) -> Response:
    await asyncio.sleep(30)
    return PlainTextResponse("late")


def run(app: Any, messages: list[Message], seconds_between: float, path: str = UPLOAD) -> list[Message]:
    """What an application sends to a request whose body comes as `messages`, each after a pause."""
    sent: list[Message] = []
    left = list(messages)

    async def receive() -> Message:
        await asyncio.sleep(seconds_between)
        return left.pop(0) if left else await asyncio.sleep(60, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "PUT",
        "path": path,
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
    }
    asyncio.run(app(scope, receive, send))
    return sent


def patient(limits: Limits) -> Starlette:
    routes = [Route(UPLOAD, take, methods=["PUT"]), Route("/late", late, methods=["PUT"])]
    given: dict[str, Any] = {"limits": limits}
    return Starlette(routes=routes, middleware=[Middleware(Patience, **given)])


def part(more: bool = True) -> Message:
    return {"type": "http.request", "body": b"12345", "more_body": more}


def test_a_body_that_stops_coming_is_told_and_let_go() -> None:
    app = patient(Limits(body_seconds=1, request_seconds=0))
    sent = run(app, [part(), part()], 0.0)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def test_a_body_that_comes_slowly_is_no_fault_even_beyond_the_limit_of_a_request() -> None:
    app = patient(Limits(body_seconds=1, request_seconds=1))
    sent = run(app, [part(), part(), part(), part(more=False)], 0.4)
    assert sent[0]["status"] == 200
    assert sent[1]["body"] == b"20"


def test_an_answer_that_does_not_begin_is_given_up_in_words() -> None:
    app = patient(Limits(body_seconds=1, request_seconds=1))
    sent = run(app, [part(more=False)], 0.0, "/late")
    assert sent[0]["status"] == 503
    assert "chưa trả lời kịp".encode() in sent[1]["body"]


# Sessions


class Told:
    """A wire whose messages are single letters: a asked, b begun, f finished, x broken off, z foreign."""

    def received(self, message: bytes) -> Asked | Foreign | None:
        return {b"a": Asked(), b"z": Foreign()}.get(message)

    def sent(self, message: bytes) -> Begun | Finished | None:
        return {b"b": Begun("gap"), b"f": Finished(True), b"x": Finished(False)}.get(message)


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_bytes(await socket.receive_bytes())
    except WebSocketDisconnect:
        pass


def meeting(**limits: int) -> tuple[TestClient, Metrics]:
    metrics = Metrics(no_figures)
    given: dict[str, Any] = {"limits": Limits(**limits), "identity": by_header, "metrics": metrics}
    routes = [
        WebSocketRoute("/_stcore/stream", echo),
        Route("/api/health", take),
        Route("/{page:path}", take),
    ]
    middleware = [Middleware(OpenSessions, wire=Told(), **given)]
    return TestClient(Starlette(routes=routes, middleware=middleware)), metrics


def test_too_many_readers_get_a_page_in_both_languages_that_asks_again() -> None:
    asking, metrics = meeting(sessions=2)
    with asking.websocket_connect("/_stcore/stream"), asking.websocket_connect("/_stcore/stream"):
        full = asking.get("/compare?lang=en", headers=BROWSER)
        assert (full.status_code, full.headers["Retry-After"]) == (503, "15")
        assert "<h1>Too many people are viewing at the moment.</h1>" in full.text
        assert '<meta http-equiv="refresh" content="15">' in full.text
        assert "Đang có quá nhiều người xem cùng lúc." in full.text
        assert asking.get("/api/health").status_code == 200
        # A browser that has the page already comes back after a break, up to a tenth more.
        with (
            asking.websocket_connect("/_stcore/stream"),
            pytest.raises(WebSocketDisconnect) as closed,
            asking.websocket_connect("/_stcore/stream"),
        ):
            pass
        assert closed.value.code == 1013
    assert asking.get("/compare", headers=BROWSER).status_code == 200
    assert metrics.registry.get_sample_value("indices_sessions_refused_total") == 2
    assert metrics.registry.get_sample_value("indices_sessions") == 0


def test_a_message_that_no_page_sends_does_not_reach_one() -> None:
    asking, metrics = meeting()
    with asking.websocket_connect("/_stcore/stream") as socket:
        socket.send_bytes(b"z")
        socket.send_bytes(b"b")
        assert socket.receive_bytes() == b"b"
    assert metrics.registry.get_sample_value("indices_refused_total", {"limit": "message"}) == 1


def test_one_who_is_signed_in_cannot_take_every_place() -> None:
    asking, _ = meeting(sessions=100, sessions_each=1)
    lan, hoa = {"x-name": "lan"}, {"x-name": "hoa"}
    with asking.websocket_connect("/_stcore/stream", headers=lan):
        with (
            pytest.raises(WebSocketDisconnect),
            asking.websocket_connect("/_stcore/stream", headers=lan),
        ):
            pass
        with asking.websocket_connect("/_stcore/stream", headers=hoa):
            pass
    with asking.websocket_connect("/_stcore/stream", headers=lan):
        pass


def test_script_runs_are_timed_by_page_and_one_broken_off_counts_with_the_next() -> None:
    asking, metrics = meeting()
    with asking.websocket_connect("/_stcore/stream") as socket:
        for message in b"abf", b"abxbf":
            for letter in message:
                socket.send_bytes(bytes([letter]))
                socket.receive_bytes()
    found = metrics.registry.get_sample_value("indices_script_seconds_count", {"page": "gap"})
    assert found == 2


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", True),
        ("/compare", True),
        ("/tinh/compare", True),
        ("/api/health", False),
        ("/_stcore/health", False),
        ("/static/js/index.js", False),
        ("/favicon.png", False),
        ("/oauth2callback", False),
        ("/auth/login", False),
    ],
)
def test_which_requests_are_for_a_page(path: str, page: bool) -> None:
    assert is_page({"type": "http", "method": "GET", "path": path}) is page


# TLS


def baking(**limits: bool) -> TestClient:
    async def bake(request: Request) -> Response:
        answer = PlainTextResponse("")
        answer.headers.append("Set-Cookie", "_streamlit_xsrf=2|a; Path=/; SameSite=Lax")
        answer.headers.append("Set-Cookie", "_streamlit_user=b; HttpOnly; Path=/; SameSite=lax")
        return answer

    given: dict[str, Any] = {"limits": Limits(**limits)}
    app = Starlette(routes=[Route("/", bake)], middleware=[Middleware(StayOnTls, **given)])
    return TestClient(app)


@pytest.mark.parametrize(("scheme", "behind"), [("https", False), ("http", True)])
def test_over_tls_cookies_are_secure_and_browsers_told_to_stay(scheme: str, behind: bool) -> None:
    answer = baking(behind_tls=behind).get(f"{scheme}://testserver/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    xsrf, user = answer.headers.get_list("Set-Cookie")
    assert xsrf == "_streamlit_xsrf=2|a; Path=/; SameSite=Lax; Secure"
    assert user == "_streamlit_user=b; HttpOnly; Path=/; SameSite=lax; Secure"


def test_without_tls_cookies_stay_as_they_are() -> None:
    answer = baking().get("http://testserver/")
    assert "Strict-Transport-Security" not in answer.headers
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_a_cookie_that_no_script_reads_is_kept_from_scripts() -> None:
    assert secured(b"noi=1; path=/; secure") == b"noi=1; path=/; secure; HttpOnly"
