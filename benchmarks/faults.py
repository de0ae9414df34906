"""What goes wrong while people read: what they saw of it, what was lost, how long until all was well.

Readers come through nginx as deploy/ sets it up, to two servers on one PostgreSQL, while editions are
added all the time. A reader whose connection breaks comes back after a second, as a browser does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.additions import Additions
from benchmarks.full_disk import full_disk
from benchmarks.goals import Measure
from benchmarks.half_sent import half_sent
from benchmarks.own_server import OwnServer, faketime
from benchmarks.postgres import Postgres, postgres
from benchmarks.proxy import PORTS, Proxy, proxied
from benchmarks.readers import Readers

DATABASE_AWAY_SECONDS = 5.0
RESTART_SECONDS = 1.0
"""After so long systemd starts a server again: RestartSec in deploy/systemd/indices@.service."""
NORMAL_GOAL_SECONDS = 30.0


@dataclass(frozen=True)
class Scene:
    """Everything that is under load."""

    first: OwnServer
    second: OwnServer
    database: Postgres
    proxy: Proxy
    readers: Readers
    additions: Additions


def measure_faults(folder: Path, sessions: int, seconds: float) -> list[Measure]:
    """Every fault in turn, each with `seconds` / 6 to become normal again."""
    with postgres(folder) as database:
        if database is None:
            return [Measure("faults", failure="PostgreSQL is not installed")]
        clock = folder / "clock"
        first = OwnServer(PORTS[0], folder, database.url)
        second = OwnServer(PORTS[1], folder, database.url, clock)
        try:
            for server in (first, second):
                server.start()
            for server in (first, second):
                server.wait_until_ready()
            with proxied(folder / "nginx", (first.port, second.port)) as proxy:
                readers = Readers(proxy, sessions)
                scene = Scene(first, second, database, proxy, readers, Additions(database.url))
                measures = _in_turn(scene, max(10.0, seconds / 6))
        finally:
            for server in (first, second):
                server.stop()
    return [*measures, *full_disk(folder)]


def _in_turn(scene: Scene, each: float) -> list[Measure]:
    faults: dict[str, Callable[[Scene], None]] = {
        "nothing": lambda scene: None,
        "kill -9 of one server": _kill,
        "restart of PostgreSQL": _restart_database,
        "reload of nginx": lambda scene: scene.proxy.reload(),
        "clock a day ahead, then two days back": _jump,
    }
    measures = []
    with scene.readers.reading(), scene.additions.adding():
        time.sleep(each)  # the first choices are worked out
        for name, happen in faults.items():
            if happen is _jump and faketime() is None:
                measures.append(Measure(name, failure="libfaketime is not installed"))
                continue
            began = time.monotonic()
            with scene.additions.hurrying():
                happen(scene)
            time.sleep(each)
            measures += _seen(scene, name, began)
        measures += half_sent(scene.proxy)
    lost = scene.additions.lost()
    measures += [
        Measure("additions confirmed during all faults", len(scene.additions.confirmed), ""),
        Measure("additions refused or not certain, tried again", scene.additions.refused, ""),
        Measure("additions confirmed and lost", len(lost), "", 0),
        Measure("additions half made", scene.additions.half_made(), "", 0),
    ]
    return measures


def _seen(scene: Scene, name: str, began: float) -> list[Measure]:
    seen = scene.readers.since(began)
    said = "; ".join(sorted({one.partition(":")[0] for one in seen.errors})[:3])
    head = f"{name}: choices that failed of {seen.choices}" + (f" ({said})" if said else "")
    return [
        Measure(head, len(seen.errors), ""),
        Measure(f"{name}: slowest answer", seen.slowest, "s"),
        Measure(f"{name}: last failure after", seen.last_failure, "s", NORMAL_GOAL_SECONDS),
        Measure(f"{name}: longest wait of an addition", scene.additions.longest_since(began), "s"),
    ]


def _kill(scene: Scene) -> None:
    scene.first.kill()
    # Whatever takes long here is seen by the readers meanwhile.
    time.sleep(RESTART_SECONDS)
    scene.first.start()


def _restart_database(scene: Scene) -> None:
    scene.database.stop()
    time.sleep(DATABASE_AWAY_SECONDS)
    scene.database.start()


def _jump(scene: Scene) -> None:
    clock = scene.second.clock
    assert clock is not None
    for offset in ("+1d", "-1d", "+0"):
        clock.write_text(f"{offset}\n")
        time.sleep(4)
