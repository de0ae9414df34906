"""Where a sign-in leads back to: the page it was begun from, and never anywhere else."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from indices.serving.coming_back import COOKIE, ComingBack

PROVIDER = "https://dangnhap.example.vn/authorize"
OURS = "http://testserver"


def asking(base: str = "") -> TestClient:
    """The framework's own way of signing in and out, as far as its answers tell."""

    async def to_provider(request: Request) -> Response:
        return RedirectResponse(PROVIDER, 302)

    async def home(request: Request) -> Response:
        return RedirectResponse(f"{base}/", 302)

    routes = [
        Route(f"{base}/auth/login", to_provider),
        Route(f"{base}/auth/logout", home),
        Route(f"{base}/oauth2callback", home),
    ]
    given: dict[str, Any] = {"pages": ["history", "gap"], "names": ["lang", "index", "with"]}
    app = Starlette(routes=routes, middleware=[Middleware(ComingBack, **given)])
    return TestClient(app, follow_redirects=False)


def begun(client: TestClient, referer: str, base: str = "") -> httpx2.Response:
    return client.get(f"{base}/auth/login", headers={"referer": referer} if referer else {})


def led_back(client: TestClient, base: str = "") -> str:
    return client.get(f"{base}/oauth2callback").headers["Location"]


@pytest.mark.parametrize(
    ("began", "back"),
    [
        ("/history?index=pci&lang=en", "/history?index=pci&lang=en"),
        ("/gap", "/gap"),
        ("/?lang=en", "/?lang=en"),
        ("/history?with=a,b%20c", "/history?with=a%2Cb+c"),
        ("/history?index=pci&utm=x&embed=true", "/history?index=pci"),
        ("/", "/"),
    ],
)
def test_a_sign_in_comes_back_to_where_it_was_begun_once(began: str, back: str) -> None:
    client = asking()
    answer = begun(client, OURS + began)
    assert answer.headers["Location"] == PROVIDER
    assert led_back(client) == back
    assert led_back(client) == "/"


def test_the_cookie_is_kept_from_scripts_and_waits_ten_minutes_for_the_way_back_alone() -> None:
    told = begun(asking(), f"{OURS}/history?index=pci").headers["Set-Cookie"]
    assert told == (f"{COOKIE}=history?index=pci; Max-Age=600; Path=/oauth2callback; HttpOnly; SameSite=Lax")


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://evil.example/history?index=pci",
        "http://testserver.evil.example/history",
        "http://testserver@evil.example/history",
        "http://testserver:81/history",
        f"{OURS}//evil.example",
        f"{OURS}/\\evil.example",
        f"{OURS}/%2F%2Fevil.example",
        f"{OURS}/history/../../evil",
        f"{OURS}/api/v1/gap",
        f"{OURS}/auth/logout",
        f"{OURS}/history?{'index=pci&' * 300}",
        "http://[testserver/history",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_not_a_page_of_ours_leads_to_the_first_page(referer: str) -> None:
    client = asking()
    begun(client, f"{OURS}/history?index=pci")
    begun(client, referer)  # and forgets where an earlier one was begun
    assert led_back(client) == "/"


@pytest.mark.parametrize(
    "kept",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "@evil.example",
        ".evil.example",
        "history/../../evil",
        "history#//evil.example",
        "%2Fevil.example",
        "x" * 5000,
    ],
)
def test_a_cookie_that_somebody_else_wrote_leads_to_the_first_page(kept: str) -> None:
    answer = asking().get("/oauth2callback", headers={"cookie": f"{COOKIE}={kept}"})
    assert answer.headers["Location"] == "/"


def test_no_header_can_be_written_by_an_address_or_a_cookie() -> None:
    told = "history?index=a%0d%0aSet-Cookie:x=1&lang=en%00"
    answer = asking().get("/oauth2callback", headers={"cookie": f"{COOKIE}={told}"})
    assert answer.headers["Location"] == "/history"
    client = asking()
    begun(client, f"{OURS}/{told}")
    assert led_back(client) == "/history"
    strange = asking().get("/a%0d%0aSet-Cookie:x=1/auth/login", headers={"referer": f"{OURS}/history"})
    assert (strange.status_code, "Set-Cookie" in strange.headers) == (404, False)


def test_signing_out_stays_on_the_page_too() -> None:
    answer = asking().get("/auth/logout", headers={"referer": f"{OURS}/gap?lang=en"})
    assert answer.headers["Location"] == "/gap?lang=en"
    assert "Max-Age=0" in answer.headers["Set-Cookie"]


def test_below_a_path_of_our_own_it_stays_there() -> None:
    client = asking("/chiso")
    begun(client, f"{OURS}/chiso/gap?lang=en", "/chiso")
    assert led_back(client, "/chiso") == "/chiso/gap?lang=en"
    begun(client, f"{OURS}/gap?lang=en", "/chiso")
    assert led_back(client, "/chiso") == "/chiso/"
