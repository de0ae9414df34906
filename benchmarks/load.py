"""Many readers at once: each keeps a page open and changes the province every few seconds.

Against a plain Streamlit application of one chart under the same load in the same run, and by two
servers on one PostgreSQL. The readers share the processors with the servers, as everything here runs
on one machine.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from benchmarks.goals import Measure
from benchmarks.postgres import postgres
from benchmarks.servers import Server, one_chart_server, our_server, wait_until_settled
from benchmarks.visitors import PageFailedError, Visitor

SESSIONS = 100
SECONDS = 180.0
EVERY_SECONDS = 5.0
MEMORY_GOAL_MEGABYTES = 3.0
_SEED = 6


@dataclass
class Load:
    """What all readers saw together; `memory` is megabytes a further session costs."""

    charts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: float = 0.0

    def chart(self, share: float) -> float:
        """Seconds within which this share of choices had its new chart; infinity where there was none."""
        if not self.charts:
            return float("inf")
        return sorted(self.charts)[min(len(self.charts) - 1, int(share * len(self.charts)))]


def measure_load(folder: Path, sessions: int = SESSIONS, seconds: float = SECONDS) -> list[Measure]:
    """Time to the new chart, errors and memory a session: plain Streamlit, one server, two servers."""
    with one_chart_server() as server:
        plain = loaded([server], sessions, seconds)
    with our_server(folder / "one", INDICES_WARM="all") as server:
        _wait(server)
        one = loaded([server], sessions, seconds)
    measures = _measures("one server", one, plain, sessions)
    with postgres(folder) as database:
        if database is None:
            return [*measures, Measure("load, two servers", failure="PostgreSQL is not installed")]
        url = database.url
        with (
            our_server(folder / "two", database_url=url, INDICES_WARM="all") as first,
            our_server(folder / "two", database_url=url, INDICES_WARM="all") as second,
        ):
            for server in (first, second):
                _wait(server)
            two = loaded([first, second], sessions, seconds)
    return [*measures, *_measures("two servers", two, plain, sessions)]


def _wait(server: Server) -> None:
    """As after a night: everything is done, every province is warm."""
    for what in ("start_work_done", "all_warm"):
        wait_until_settled(server, what)


def loaded(servers: Sequence[Server], sessions: int, seconds: float) -> Load:
    """What `sessions` readers saw, spread evenly over the servers."""
    return asyncio.run(_loaded(servers, sessions, seconds))


def _measures(name: str, load: Load, plain: Load, sessions: int) -> list[Measure]:
    of = f"load of {sessions}, {name}"
    shown = [
        Measure(f"{of}: new chart, median", load.chart(0.5), "s", against=plain.chart(0.5)),
        Measure(f"{of}: new chart, 95th percentile", load.chart(0.95), "s", against=plain.chart(0.95)),
        Measure(f"{of}: whole page, median", statistics.median(load.ends or [float("inf")]), "s"),
        Measure(f"{of}: errors of {len(load.ends) + len(load.errors)} choices", len(load.errors), "", 0),
        Measure(f"{of}: errors of plain Streamlit", len(plain.errors), ""),
        Measure(f"{of}: memory a session", load.memory, "MB", MEMORY_GOAL_MEGABYTES),
        Measure(f"{of}: memory a session, plain Streamlit", plain.memory, "MB"),
    ]
    for said in sorted(set(load.errors))[:3]:
        shown.append(Measure(f"{of}: an error", failure=said[:90]))
    return shown


async def _loaded(servers: Sequence[Server], sessions: int, seconds: float) -> Load:
    seen = Load()
    visitors = [Visitor(servers[n % len(servers)].address) for n in range(sessions)]
    began = time.monotonic()
    await asyncio.gather(
        *(
            _reader(visitor, began + n * EVERY_SECONDS / sessions, seconds, random.Random(_SEED + n), seen)
            for n, visitor in enumerate(visitors)
        )
    )
    # By now every answer is kept: what further sessions add is their own.
    before = sum(server.memory_megabytes() for server in servers)
    further = [Visitor(servers[n % len(servers)].address) for n in range(sessions)]
    for visitor in further:
        await _opened(visitor, seen)
    seen.memory = (sum(server.memory_megabytes() for server in servers) - before) / sessions
    await asyncio.gather(*(visitor.close() for visitor in [*visitors, *further]))
    return seen


async def _opened(visitor: Visitor, seen: Load) -> bool:
    try:
        await visitor.open()
    except (PageFailedError, OSError, WebSocketException, TimeoutError) as failure:
        seen.errors.append(f"opening: {failure}")
        return False
    return True


async def _reader(visitor: Visitor, start: float, seconds: float, chance: random.Random, seen: Load) -> None:
    """Open the page at `start`, then choose every EVERY_SECONDS; somebody who waits longer chooses then."""
    await asyncio.sleep(max(0.0, start - time.monotonic()))
    if not await _opened(visitor, seen):
        return
    following = start + EVERY_SECONDS
    while following < start + seconds:
        await asyncio.sleep(max(0.0, following - time.monotonic()))
        following = max(following + EVERY_SECONDS, time.monotonic())
        try:
            shown = await visitor.run(chance.choice(visitor.options))
        except PageFailedError as failure:
            seen.errors.append(str(failure))
            if not await _opened(visitor, seen):
                return
            continue
        seen.ends.append(shown.end_seconds)
        if shown.chart_seconds is not None:
            seen.charts.append(shown.chart_seconds)
