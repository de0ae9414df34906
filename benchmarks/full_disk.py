"""A store whose disk is full: reading goes on, an addition is refused in words, and goes in with room."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.additions import Additions
from benchmarks.goals import Measure
from indices.store import Store, StoreUnavailableError


def full_disk(folder: Path) -> list[Measure]:
    """The embedded store on a small disk that something else fills."""
    name = "full disk"
    if os.geteuid() != 0:
        return [Measure(name, failure="a small disk of its own can be made by root only")]
    with _small_disk(folder / "small", megabytes=24) as disk:
        additions = Additions("", Store.open(disk))
        additions.add_one()
        filling = disk / "filling"
        with filling.open("wb") as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        refused = ""
        for _ in range(200):
            try:
                additions.add_one(larger=True)
            except StoreUnavailableError as fault:
                refused = fault.kind
                break
        held = len(Store.open(disk).history()) if refused else 0
        filling.unlink()
        began = time.monotonic()
        additions.add_one()
        return [
            Measure(
                f"{name}: an addition is refused as {refused or 'NOTHING'}",
                0 if refused == "full" else 1,
                "",
                0,
            ),
            Measure(f"{name}: versions still read", held, ""),
            Measure(f"{name}: added again once there is room, after", time.monotonic() - began, "s"),
            Measure(f"{name}: additions confirmed and lost", len(additions.lost()), "", 0),
        ]


@contextmanager
def _small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
