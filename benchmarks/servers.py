"""Servers under measurement: start one, wait for it, read its memory, stop it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
START_LIMIT_SECONDS = 120
SETTLE_LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Server:
    """A running server: its port, its process, and the seconds from its start to its first answer."""

    port: int
    process: int
    start_seconds: float

    @property
    def address(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def memory_megabytes(self) -> float:
        """Resident memory of the process, in units of 10^6 bytes. Linux only."""
        for line in Path(f"/proc/{self.process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise RuntimeError("The system does not say how much memory a process holds.")


def free_port() -> int:
    """A port on this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answer_of(address: str) -> bytes | None:
    """Body of a 200 answer, or None."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            body: bytes = answer.read()
            return body if answer.status == 200 else None
    except OSError:
        return None


@contextmanager
def running(command: list[str], health: str, settings: dict[str, str]) -> Iterator[Server]:
    """Run `command` with {port} filled in until its `health` path answers; stop it at the end."""
    port = free_port()
    # Each measurement has an empty store of its own, never the operator's database.
    kept = {name: value for name, value in os.environ.items() if name != "INDICES_DATABASE_URL"}
    environment = {**kept, **settings, "STREAMLIT_SERVER_PORT": str(port)}
    began = time.monotonic()
    process = subprocess.Popen(
        [part.format(port=port) for part in command],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while answer_of(f"http://127.0.0.1:{port}{health}") is None:
            if process.poll() is not None:
                raise RuntimeError(f"{' '.join(command)} ended with code {process.returncode}.")
            if time.monotonic() - began > START_LIMIT_SECONDS:
                raise RuntimeError(f"{' '.join(command)}: no answer in {START_LIMIT_SECONDS} s.")
            time.sleep(0.02)
        yield Server(port, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def our_server(
    store: Path, data: Path | None = None, database_url: str | None = None, **settings: str
) -> AbstractContextManager[Server]:
    """`streamlit run server.py` with its store in `store`, and `data` in place of the project's figures.

    `database_url` puts the store there; `settings` are further variables of its environment.
    """
    given = {**_settings(store, data), **settings}
    if database_url is not None:
        given["INDICES_DATABASE_URL"] = database_url
    return running(_streamlit("server.py"), "/api/health", given)


def plain_server(store: Path) -> AbstractContextManager[Server]:
    """`streamlit run dashboard.py`: the same pages as Streamlit serves them by itself."""
    return running(_streamlit("dashboard.py"), "/_stcore/health", _settings(store))


def dash_server() -> AbstractContextManager[Server]:
    """The one-chart Dash application as Dash serves it by itself."""
    return running([sys.executable, "-m", "benchmarks.dash_app", "{port}"], "/", {})


def one_chart_server() -> AbstractContextManager[Server]:
    """Plain Streamlit with one choice and one chart."""
    headless = {"STREAMLIT_SERVER_HEADLESS": "true"}
    return running(_streamlit("benchmarks/one_chart.py"), "/_stcore/health", headless)


def _streamlit(script: str) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", script]


def _settings(store: Path, data: Path | None = None) -> dict[str, str]:
    figures = {"INDICES_DATA_DIR": str(data)} if data is not None else {}
    return {"INDICES_STORE_DIR": str(store), "STREAMLIT_SERVER_HEADLESS": "true", **figures}


def wait_until_settled(server: Server, what: str = "start_work_done") -> None:
    """Wait until our server has done the work after its start, so that no visit is measured during it.

    `what` else: "all_warm", of a server with INDICES_WARM=all.
    """
    deadline = time.monotonic() + SETTLE_LIMIT_SECONDS
    while time.monotonic() < deadline:
        state = json.loads(answer_of(f"{server.address}/api/health") or b"{}")
        if state.get(what):
            return
        time.sleep(0.5)
    raise RuntimeError(f"The server was still busy {SETTLE_LIMIT_SECONDS} s after its start.")
