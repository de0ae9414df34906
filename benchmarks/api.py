"""The data endpoints over HTTP, on a running server: kept answers, known answers, files.

Asked over one connection that is kept open, as Excel, Power BI and programs do. Medians of several
requests; against `/api/health`, which works nothing out, so that a busy machine can be told from a
slow answer.
"""

from __future__ import annotations

import http.client
import statistics
import time
from pathlib import Path

from benchmarks.goals import Measure
from benchmarks.servers import Server, our_server, wait_until_settled

RUNS = 40
WARM_MILLISECONDS = 30
GAP = "/api/v1/gap?index=papi&edition=2024"
WARM = {
    "gap, JSON": GAP,
    "gap, CSV": f"{GAP}&format=csv&table=gap.parts",
    "gap, XLSX": f"{GAP}&format=xlsx",
    "why, JSON": "/api/v1/why?index=pci&edition=2022",
    "status, JSON": "/api/v1/status",
    "description": "/api/v1/openapi.json",
    "all PCI figures, Parquet": "/api/v1/table?index=pci&format=parquet",
    "slides": "/api/v1/deck.pptx",
}
"""Requests whose answer is kept after the first; every one has the goal of a warm answer."""
COLD = "/api/v1/gap?index=papi&edition={edition}&target={target}"


def measure_api(folder: Path) -> list[Measure]:
    """Milliseconds of warm answers, of answers the asker has already, and of new ones."""
    with our_server(folder / "api") as server:
        wait_until_settled(server)
        health = _median(server, ["/api/health"] * RUNS)
        measures = [Measure("endpoint that works nothing out (health)", health, "ms")]
        for name, address in WARM.items():
            _ask(server, [address])  # the first request works the answer out
            warm = _median(server, [address] * RUNS)
            measures.append(Measure(f"endpoint, warm: {name}", warm, "ms", WARM_MILLISECONDS))
        tag = _ask(server, [GAP])[0][1]
        known = _median(server, [GAP] * RUNS, {"If-None-Match": tag}, 304)
        measures.append(Measure("endpoint, known already (304)", known, "ms", WARM_MILLISECONDS))
        measures.append(Measure("endpoint, known already, as a ratio", known, "ms", against=health))
        new = [
            COLD.format(edition=edition, target=target)
            for edition in ("2023", "2020", "2019", "2018")
            for target in range(1, 11)
        ]
        measures.append(Measure("endpoint, worked out anew: gap, JSON", _median(server, new), "ms"))
    return measures


def _median(
    server: Server, addresses: list[str], headers: dict[str, str] | None = None, status: int = 200
) -> float:
    """Median milliseconds from a request to the last byte of its answer."""
    return statistics.median(milliseconds for milliseconds, _ in _ask(server, addresses, headers, status))


def _ask(
    server: Server, addresses: list[str], headers: dict[str, str] | None = None, status: int = 200
) -> list[tuple[float, str]]:
    """Milliseconds and tag of each answer. Raises RuntimeError for another status."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    answers = []
    for address in addresses:
        began = time.perf_counter()
        connection.request("GET", address, headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        if answer.status != status:
            raise RuntimeError(f"{address}: {answer.status}")
        answers.append(((time.perf_counter() - began) * 1000, answer.headers.get("ETag", "")))
    connection.close()
    return answers
