"""A PostgreSQL server of our own, on this machine only: started, stopped and gone with the measurement."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.servers import free_port

_USER = "postgres"
"""PostgreSQL refuses to run as root: where we are root it runs as Debian's own user of it."""


class Postgres:
    """One server with its data in `folder`."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs, self.port = folder, programs, free_port()

    @property
    def url(self) -> str:
        """Address of its one database."""
        return f"postgresql://indices@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the folder of its data."""
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:
            for above in (self.folder, *self.folder.parents):
                if above.stat().st_mode & 0o001 == 0:  # its user must be able to come in
                    above.chmod(above.stat().st_mode | 0o011)
            shutil.chown(self.folder, _USER)
        data = self.folder / "data"
        self._run(
            "initdb", "-D", str(data), "-U", "indices", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"
        )

    def start(self) -> None:
        """Start and wait until it answers."""
        listens = f"-p {self.port} -h 127.0.0.1 -k {self.folder}"
        self._control("-w", "-l", str(self.folder / "log"), "-o", listens, "start")

    def stop(self) -> None:
        """Stop: connections are broken off, as at a restart of the machine."""
        self._control("-m", "fast", "-w", "stop")

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        # A number of its own: "postgres" has no shell everywhere, and no file of ours.
        user = {"user": _USER, "group": _USER, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **user,  # type: ignore[call-overload]  # the mapping's values are of several types
        )


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres | None]:
    """A started server with its data below `folder`; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        yield None
        return
    server = Postgres(folder / "postgres", found[-1].parent)
    server.make()
    server.start()
    try:
        yield server
    finally:
        server._control("-m", "immediate", "stop")
