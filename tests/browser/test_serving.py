"""What the server sends, asked for by hand and by a real browser."""

from __future__ import annotations

import fcntl
import gzip
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPMessage
from pathlib import Path
from threading import Event

import brotli
import pytest
from playwright.sync_api import Browser

from indices.serving.assets import accepts
from indices.serving.copies import CompressedCopies
from indices.serving.frontend import Frontend, installed_frontend
from tests.browser.visiting import FINISHED, window


def ask(address: str, method: str = "GET", **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Status, headers and body of one answer, as sent: nothing is unpacked on the way."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()


@pytest.fixture(scope="module")
def script(server_url: str) -> str:
    """Address of the frontend's entry script."""
    start_page = ask(f"{server_url}/")[2].decode()
    found = re.search(r'src="\./(static/js/index\.[^"]+\.js)"', start_page)
    assert found is not None
    return f"{server_url}/{found[1]}"


def test_health_answers(server_url: str) -> None:
    status, headers, body = ask(f"{server_url}/api/health")
    assert status == 200
    assert json.loads(body)["status"] == "ok"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/compare", "/api/health", "/_stcore/health", "/favicon.png"])
def test_every_answer_carries_the_security_headers(server_url: str, path: str) -> None:
    _, headers, _ = ask(server_url + path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_host_header_cannot_widen_the_policy(server_url: str) -> None:
    _, headers, _ = ask(f"{server_url}/api/health", Host="a.example; script-src *")
    assert "a.example" not in headers.get("Content-Security-Policy", "")


def test_the_page_names_the_chart_chunk_early(server_url: str) -> None:
    links = ask(f"{server_url}/")[1]["Link"]
    assert re.search(r"<\./static/js/PlotlyChart\.[^>]+\.js>; rel=modulepreload", links)


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_page_and_scripts_are_compressed_as_asked(
    server_url: str, script: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    for address in (f"{server_url}/", script):
        plain = ask(address, Accept_Encoding="identity")
        packed = ask(address, Accept_Encoding=encoding)
        assert plain[1]["Content-Encoding"] is None
        assert packed[1]["Content-Encoding"] == encoding
        assert "Accept-Encoding" in packed[1]["Vary"]
        assert unpack(packed[2]) == plain[2]
        assert len(packed[2]) < len(plain[2]) / 2


def test_brotli_comes_before_gzip(script: str) -> None:
    assert ask(script, Accept_Encoding="gzip, deflate, br, zstd")[1]["Content-Encoding"] == "br"
    assert ask(script, Accept_Encoding="gzip, br;q=0")[1]["Content-Encoding"] == "gzip"


def test_a_script_is_kept_for_ever_and_the_page_is_not(server_url: str, script: str) -> None:
    assert "immutable" in ask(script, Accept_Encoding="br")[1]["Cache-Control"]
    assert ask(f"{server_url}/", Accept_Encoding="br")[1]["Cache-Control"] == "no-cache"


def test_an_unchanged_script_is_not_sent_again(script: str) -> None:
    tag = ask(script, Accept_Encoding="br")[1]["ETag"]
    status, headers, body = ask(script, Accept_Encoding="br", If_None_Match=tag)
    assert (status, body) == (304, b"")
    assert headers["ETag"].removeprefix("W/") == tag.removeprefix("W/")


def test_head_tells_the_headers_without_the_body(script: str) -> None:
    status, headers, body = ask(script, "HEAD", Accept_Encoding="br")
    assert (status, body) == (200, b"")
    assert headers["Content-Type"].startswith(("text/javascript", "application/javascript"))


def test_a_range_of_the_plain_script_is_that_range(script: str) -> None:
    whole = ask(script, Accept_Encoding="identity")[2]
    status, headers, body = ask(script, Accept_Encoding="identity", Range="bytes=10-19")
    assert (status, body) == (206, whole[10:20])
    assert headers["Content-Range"] == f"bytes 10-19/{len(whole)}"


def test_a_path_that_leaves_the_folder_finds_nothing(server_url: str) -> None:
    status, _, body = ask(f"{server_url}/static/js/..%2f..%2f..%2f__init__.py", Accept_Encoding="br")
    assert status in {400, 404} or b"<!DOCTYPE html>" in brotli.decompress(body)


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("gzip, deflate, br", True),
        ("gzip", False),
        ("", False),
        ("br;q=0", False),
        ("br;q=0.000", False),
        ("br; q=0.5", True),
        ("*", True),
        ("br;q=0, *", False),
        ("*;q=0", False),
    ],
)
def test_which_encodings_a_browser_accepts(header: str, allowed: bool) -> None:
    assert accepts(header, "br") is allowed


def test_copies_are_made_once_and_only_of_what_shrinks(tmp_path: Path) -> None:
    scripts = tmp_path / "frontend" / "static" / "js"
    scripts.mkdir(parents=True)
    (scripts / "large.1a2b.js").write_bytes(b"const a = 1;" * 200)
    (scripts / "small.3c4d.js").write_bytes(b"1")
    (scripts / "font.5e6f.woff2").write_bytes(b"packed already" * 200)
    copies = CompressedCopies(Frontend(tmp_path / "frontend"), tmp_path / "cache")

    assert copies.path("static/js/large.1a2b.js", "br") is None
    assert copies.make() == 2  # one file, two encodings
    assert copies.complete
    copy = copies.path("static/js/large.1a2b.js", "br")
    assert copy is not None
    assert brotli.decompress(copy.read_bytes()) == b"const a = 1;" * 200
    assert copies.path("static/js/small.3c4d.js", "br") is None
    assert copies.path("../cache/br/static/js/large.1a2b.js", "br") is None
    assert copies.make() == 0


def test_of_two_servers_one_makes_the_copies_and_the_other_finds_them(tmp_path: Path) -> None:
    scripts = tmp_path / "frontend" / "static" / "js"
    scripts.mkdir(parents=True)
    (scripts / "large.1a2b.js").write_bytes(b"const a = 1;" * 200)
    first, second = (CompressedCopies(Frontend(tmp_path / "frontend"), tmp_path / "cache") for _ in range(2))
    (tmp_path / "cache").mkdir()
    with (tmp_path / "cache" / "being-made").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        class Waiting(Event):
            """The other server is done while this one waits for the first time."""

            made = 0

            def wait(self, timeout: float | None = None) -> bool:
                fcntl.flock(held, fcntl.LOCK_UN)
                self.made += first.make()
                return False

        stop = Waiting()
        assert second.make(stop=stop) == 0
        assert (stop.made, second.complete) == (2, True)

        fcntl.flock(held, fcntl.LOCK_EX)
        stop.set()
        second.complete = False
        assert second.make(stop=stop) == 0
        assert not second.complete


def test_every_chunk_named_early_exists() -> None:
    frontend = installed_frontend()
    assert frontend.chunks_of()
    assert set(frontend.chunks_of()) <= frontend.assets


def test_the_pages_also_run_without_the_layer(plain_url: str, browser: Browser) -> None:
    with window(browser) as page:
        page.goto(plain_url)
        page.locator(FINISHED).wait_for()
        page.locator(".card-rank").first.wait_for()
