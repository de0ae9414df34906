"""A real server with a store of its own, and a real browser, for every test in this folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("INDICES_CHROMIUM", "/usr/bin/chromium")
START_LIMIT_SECONDS = 60


def free_port() -> int:
    """A port on this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return when `address` answers 200; fail with the server's log when it ends or takes too long."""
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The server ended with code {process.returncode}:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"No answer from {address} in {START_LIMIT_SECONDS} s:\n{log.read_text()[-4000:]}")


@contextmanager
def running_server(
    script: str, health: str, folder: Path, more: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Address of `streamlit run <script>` with an empty store in `folder`; stopped at the end.

    `more` are further settings of its environment.
    """
    port = free_port()
    log = folder / "server.log"
    environment = {
        **os.environ,
        "INDICES_STORE_DIR": str(folder / "store"),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_HEADLESS": "true",
        **(more or {}),
    }
    environment.pop("INDICES_DATABASE_URL", None)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(process, address + health, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of `streamlit run server.py`, without a slash at the end."""
    with running_server("server.py", "/api/health", tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def plain_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of `streamlit run dashboard.py`, the way without our HTTP layer."""
    with running_server("dashboard.py", "/_stcore/health", tmp_path_factory.mktemp("plain")) as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What starts browsers; a process can have one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """The system's Chromium. Without it the tests are skipped, or fail if INDICES_REQUIRE_BROWSER=1."""
    if not Path(CHROMIUM).exists():
        reason = f"No browser at {CHROMIUM}; install chromium or set INDICES_CHROMIUM."
        if os.environ.get("INDICES_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    instance = driver.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
    )
    yield instance
    instance.close()
