"""A server that can be killed and started again at the same port, and see another time of day."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers import PROJECT, answer_of, free_port

FAKETIME = "/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1"
_START_SECONDS = 120


@dataclass
class OwnServer:
    """One of the two servers: can be killed and started again at the same port."""

    name: str
    folder: Path
    url: str
    clock: Path | None = None
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        given = {
            "INDICES_DATABASE_URL": self.url,
            "INDICES_STORE_DIR": str(self.folder),
            "INDICES_SERVER_NAME": self.name,
            "STREAMLIT_SERVER_PORT": str(self.port),
            "STREAMLIT_SERVER_HEADLESS": "true",
            "INDICES_BODY_SECONDS": "5",
            "INDICES_WARM": "all",
        }
        library = faketime()
        if self.clock is not None and library is not None:
            self.clock.write_text("+0\n")
            given |= {
                "LD_PRELOAD": str(library),
                "FAKETIME_TIMESTAMP_FILE": str(self.clock),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "server.py"],
                cwd=PROJECT,
                env={**os.environ, **given},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _START_SECONDS
        while answer_of(f"http://127.0.0.1:{self.port}/api/health") is None:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"server {self.name} does not start")
            time.sleep(0.1)

    def wait_until_ready(self) -> None:
        """Wait until it says it is ready."""
        deadline = time.monotonic() + _START_SECONDS
        while answer_of(f"http://127.0.0.1:{self.port}/api/ready") is None:
            if time.monotonic() > deadline:
                raise RuntimeError(f"server {self.name} is not ready")
            time.sleep(0.2)

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=15)
            self.kill()


def faketime() -> Path | None:
    """The library that lets one process see another time of day; None where it is not installed."""
    found = Path(FAKETIME.format(machine=os.uname().machine))
    return found if found.is_file() else None
