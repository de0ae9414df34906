"""What guards a browser on every kind of answer, errors too, and who may speak to a page's script at all."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from indices.serving.headers import FIXED
from tests.browser.test_serving import ask

EVIL = "<script>q7()</script>"
QUOTED = quote(EVIL, safe="")
ANSWERS = (
    ("GET", "/api/v1/gap?index=pci&province=bac-giang", 200, "application/json"),
    ("GET", f"/api/v1/gap?index={QUOTED}", 404, "application/json"),
    ("GET", f"/api/v1/gap?{QUOTED}={QUOTED}", 400, "application/json"),
    ("GET", f"/api/v1/history?index=pci&province={QUOTED}&lang={QUOTED}", 400, "application/json"),
    ("GET", f"/api/v1/{QUOTED}", 404, "application/json"),
    ("POST", "/api/v1/gap?index=pci", 405, "application/json"),
    ("GET", "/api/v1/history?index=pci&format=csv", 200, "text/csv"),
    ("GET", "/api/health", 200, "application/json"),
    ("GET", f"/media/{QUOTED}.html", 404, "text/plain"),
    ("PUT", "/_stcore/upload_file/q7/q7", 403, "text/plain"),
    ("GET", "/_stcore/host-config", 200, "application/json"),
)
"""Method, path, status and kind of answers that repeat or could repeat what was asked."""


def guarded(headers: object) -> dict[str, str]:
    """Of the headers of an answer those that guard, where they are as they should be."""
    get = headers.get  # type: ignore[attr-defined]  # a mapping or the answer's headers
    found = {name: get(name, "") for name in FIXED}
    policy = get("Content-Security-Policy", "")
    script = re.search(r"script-src ([^;]*)", policy)
    assert script is not None, policy
    assert not re.search(r"unsafe-|\*|https?:|data:", script[1])
    assert "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'" in policy
    return found


@pytest.mark.parametrize(("method", "path", "status", "kind"), ANSWERS)
def test_an_answer_of_every_kind_is_guarded_and_no_page(
    server_url: str, method: str, path: str, status: int, kind: str
) -> None:
    found, headers, body = ask(server_url + path, method)
    assert (found, headers.get_content_type()) == (status, kind)
    assert guarded(headers) == FIXED
    if kind == "application/json":
        json.loads(body)


def test_the_frontends_scripts_are_guarded_too(server_url: str) -> None:
    script = re.search(r'src="\./(static/js/index\.[^"]+\.js)"', ask(f"{server_url}/")[2].decode())
    assert script is not None
    _, headers, _ = ask(f"{server_url}/{script[1]}")
    assert guarded(headers) == FIXED
    assert headers.get_content_type() in {"text/javascript", "application/javascript"}


@pytest.mark.parametrize("path", [f"/?province={QUOTED}", f"/{QUOTED}", f"/gap/{QUOTED}?lang={QUOTED}"])
def test_a_start_page_repeats_nothing_of_its_address(server_url: str, path: str) -> None:
    _, headers, body = ask(server_url + path)
    assert guarded(headers) == FIXED
    assert b"q7" not in body


@pytest.mark.parametrize(
    "path", [f"/oauth2callback?error={QUOTED}&state={QUOTED}", f"/auth/login?provider={QUOTED}"]
)
def test_where_nobody_signs_in_the_ways_of_sign_in_repeat_nothing(server_url: str, path: str) -> None:
    _, headers, body = ask(server_url + path)
    assert guarded(headers) == FIXED
    assert EVIL.encode() not in body


def test_another_sites_page_does_not_speak_to_a_script(server_url: str) -> None:
    address = f"{server_url.replace('http:', 'ws:')}/_stcore/stream"
    # Of this machine on another port too, which the framework itself would let in.
    here = "http://127.0.0.1:9"
    for origin in ("https://q7.example", "http://127.0.0.1.q7.example", "null", here, "http://localhost"):
        with pytest.raises(InvalidStatus) as refused:
            connect(address, origin=origin, subprotocols=["streamlit"])  # type: ignore[arg-type, list-item]  # plain texts of the types' own kind
        assert refused.value.response.status_code == 403
    with connect(address, origin=server_url, subprotocols=["streamlit"]) as socket:  # type: ignore[arg-type, list-item]  # plain texts
        assert socket.subprotocol == "streamlit"


@pytest.mark.parametrize("path", ["/api/v1/gap?index=pci", "/_stcore/host-config", "/"])
def test_another_sites_page_may_not_read_answers(server_url: str, path: str) -> None:
    _, headers, _ = ask(server_url + path, Origin="https://q7.example")
    assert headers.get("Access-Control-Allow-Origin") is None
