"""What whoever runs a server sees of it: readiness, counts, and a log that names nobody."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Scope

from indices.serving.counting import CountRequests, route_of
from indices.serving.logs import JsonLines, without_people
from indices.serving.metrics import Metrics, StoreFigures
from indices.serving.watching import OwnMetricsOnly, ReadMetrics, Ready

HERE = "http://127.0.0.1"


def figures() -> StoreFigures:
    return StoreFigures(True, True, {"bundled": 72, "upload": 5}, 1)


def with_token(scope: Scope) -> bool:
    return dict(scope["headers"]).get(b"authorization") == b"Bearer ppi_right"


async def fine(request: Request) -> Response:
    return PlainTextResponse("fine")


async def wrong(request: Request) -> Response:
    raise RuntimeError("wrong")


def watched(metrics: Metrics, holds: dict[str, bool]) -> Starlette:
    given: dict[str, Any] = {"metrics": metrics}
    return Starlette(
        routes=[
            Route("/api/ready", Ready(lambda: holds).answer),
            Route("/api/metrics", ReadMetrics(metrics, with_token).answer),
            Route("/_stcore/metrics", fine),
            Route("/api/v1/{name}", fine),
            Route("/wrong", wrong),
        ],
        middleware=[Middleware(CountRequests, **given), Middleware(OwnMetricsOnly)],
    )


def asking(app: Starlette, address: str = "127.0.0.1", base: str = HERE) -> TestClient:
    return TestClient(app, base_url=base, client=(address, 50000), raise_server_exceptions=False)


def test_ready_says_what_does_not_hold() -> None:
    holds = {"store_answers": True, "schema_right": True}
    ready = asking(watched(Metrics(figures), holds)).get("/api/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    holds["schema_right"] = False
    wanting = asking(watched(Metrics(figures), holds)).get("/api/ready")
    assert wanting.status_code == 503
    assert wanting.json() == {"status": "not ready", "store_answers": True, "schema_right": False}
    assert wanting.headers["Cache-Control"] == "no-store"


def test_the_store_is_asked_once_however_often_somebody_asks() -> None:
    asked = []

    def question() -> dict[str, bool]:
        asked.append(1)
        return {"store_answers": True}

    app = Starlette(routes=[Route("/api/ready", Ready(question).answer)])
    with TestClient(app) as client:
        assert [client.get("/api/ready").status_code for _ in range(20)] == [200] * 20
    assert len(asked) == 1


def test_metrics_tell_requests_by_route_and_status_and_what_the_store_holds() -> None:
    metrics = Metrics(figures)
    client = asking(watched(metrics, {}))
    for path in ("/api/v1/gap?province=bac-giang", "/api/v1/why", "/api/ready", "/wrong", "/no/such"):
        client.get(path)
    text = client.get("/api/metrics").text
    assert 'indices_requests_total{method="GET",route="/api/v1",status="200"} 2.0' in text
    assert 'indices_requests_total{method="GET",route="page",status="500"} 1.0' in text
    assert 'indices_failures_total{where="request"} 1.0' in text
    assert 'indices_additions_total{origin="upload"} 5.0' in text
    assert "indices_store_up 1.0" in text
    assert "process_resident_memory_bytes" in text
    assert "bac-giang" not in text


def test_a_store_that_is_away_is_told_and_its_counts_left_out() -> None:
    text = Metrics(lambda: StoreFigures(False, False, {}, 0)).text().decode()
    assert "indices_store_up 0.0" in text
    assert "indices_additions_total{" not in text


@pytest.mark.parametrize(
    ("address", "base", "headers", "status"),
    [
        ("127.0.0.1", HERE, {}, 200),
        ("::1", "http://localhost:8501", {}, 200),
        ("10.1.2.3", HERE, {}, 401),  # from outside
        ("127.0.0.1", "http://chiso.example.vn", {}, 401),  # a name that points here
        ("127.0.0.1", HERE, {"X-Forwarded-For": "10.1.2.3"}, 401),  # through the proxy on this machine
        ("127.0.0.1", HERE, {"Forwarded": "for=10.1.2.3"}, 401),
        ("10.1.2.3", HERE, {"Authorization": "Bearer ppi_wrong"}, 403),
        ("10.1.2.3", HERE, {"Authorization": "Bearer ppi_right"}, 200),
    ],
)
def test_who_may_read_the_metrics(address: str, base: str, headers: dict[str, str], status: int) -> None:
    client = asking(watched(Metrics(figures), {}), address, base)
    answer = client.get("/api/metrics", headers=headers)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    allowed = client.get("/_stcore/metrics", headers=headers).status_code
    assert allowed == (200 if status == 200 and "Authorization" not in headers else 404)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "page"),
        ("/history", "page"),
        ("/tinh/api/v1/gap", "/api/v1"),
        ("/api/ready", "/api/ready"),
        ("/api/../../etc", "other"),
        ("/_stcore/upload_file/0a1b/2c3d", "upload"),
        ("/_stcore/health", "page service"),
        ("/media/5f.pptx", "download"),
        ("/static/js/index.js", "asset"),
        ("/oauth2callback", "sign-in"),
        ("/wp-login.php", "other"),
    ],
)
def test_a_route_has_one_of_few_names(path: str, route: str) -> None:
    assert route_of({"type": "http", "method": "GET", "path": path}) == route


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("lan.nguyen@bacgiang.gov.vn signed in", "[e-mail] signed in"),
        ("from 10.0.3.7:51234 to 127.0.0.1:8501", "from [address] to 127.0.0.1:8501"),
        ("from 2001:db8::17 at 12:34:56, here ::1", "from [address] at 12:34:56, here ::1"),
        ("GET /compare?lang=vi&province=bac-giang HTTP", "GET /compare?[query] HTTP"),
        ("Authorization: Bearer ppi_abc-DEF_1", "Authorization: Bearer [token]"),
        ("token ppi_abc-DEF_1 made", "token [token] made"),
        ("postgresql://indices:s3cret@db/indices", "postgresql://indices:[password]@db/indices"),
        ("INSERT [parameters: {'by': 'Nguyễn Văn A'}]", "INSERT [parameters]"),
        ("id eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2Q", "id [token]"),
        ("Made 12 compressed copies in 3.5 s.", "Made 12 compressed copies in 3.5 s."),
        ("indices.serving.background", "indices.serving.background"),
    ],
)
def test_the_log_names_nobody(written: str, shown: str) -> None:
    assert without_people(written) == shown


def test_a_line_of_the_log_is_json_with_its_facts_and_its_fault() -> None:
    record = logging.LogRecord("indices", logging.ERROR, "", 0, "Page failure %s", ("1a2b",), None)
    record.facts = {"route": "page", "ms": 12.5}
    try:
        raise ValueError("lan@bacgiang.gov.vn is not known")
    except ValueError as fault:
        record.exc_info = (type(fault), fault, fault.__traceback__)
    line = JsonLines().format(record)
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["from"], told["message"]) == ("error", "indices", "Page failure 1a2b")
    assert (told["route"], told["ms"]) == ("page", 12.5)
    assert told["fault"].endswith("ValueError: [e-mail] is not known\n")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", told["at"])


def test_a_request_is_one_line_without_its_query(caplog: pytest.LogCaptureFixture) -> None:
    client = asking(watched(Metrics(figures), {}))
    with caplog.at_level(logging.INFO, "indices.serving.counting"):
        client.get("/api/v1/gap?province=bac-giang")
    (record,) = caplog.records
    facts = record.__dict__["facts"]
    assert {name: facts[name] for name in ("route", "method", "status")} == {
        "route": "/api/v1",
        "method": "GET",
        "status": 200,
    }
    assert "bac-giang" not in JsonLines().format(record)
