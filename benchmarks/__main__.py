"""`python -m benchmarks`: measure everything once, in one run, and print one table.

Options: `--visits N` first visits a server (3), `--runs N` runs a page (15), `--only PART` of
visits, scripts, start, memory, uploads, answers, api, files, pictures, load, faults (may be repeated),
`--sessions N` and `--seconds S` of the last two (100 for 180 s; less is done sooner). Nothing is judged
from an earlier run. Two servers need Debian's PostgreSQL, the faults its nginx and libfaketime too.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.answers import measure_answers
from benchmarks.api import measure_api
from benchmarks.faults import measure_faults
from benchmarks.files import measure_files
from benchmarks.goals import Measure, table
from benchmarks.load import SECONDS, SESSIONS, measure_load
from benchmarks.pictures import measure_pictures
from benchmarks.scripts import RUNS, median_run
from benchmarks.servers import PROJECT, Server, dash_server, our_server, plain_server, wait_until_settled
from benchmarks.tenfold import write_tenfold
from benchmarks.uploads import measure_uploads
from benchmarks.visits import Visit, chromium, first_visit, median_visit, walk_through

# The overview and everything in pages/, by the name in the address.
PAGES = ["", *sorted(path.stem for path in (PROJECT / "pages").glob("[!_]*.py"))]
MEGABYTE = 1e6
PARTS = [
    "start",
    "scripts",
    "memory",
    "uploads",
    "answers",
    "api",
    "files",
    "pictures",
    "visits",
    "load",
    "faults",
]


def measure_visits(folder: Path, visits: int) -> list[Measure]:
    """First card and first chart over the emulated link: our server, plain Streamlit, Dash."""
    with (
        chromium() as browser,
        our_server(folder / "ours") as ours,
        plain_server(folder / "plain") as plain,
        dash_server() as dash,
    ):
        wait_until_settled(ours)
        seen: dict[Server, list[Visit]] = {ours: [], plain: [], dash: []}
        for server in seen:
            first_visit(browser, server, cards=server is not dash)
        # By turns, so that a busy moment of the machine does not fall on one server alone.
        for _ in range(visits):
            for server, taken in seen.items():
                taken.append(first_visit(browser, server, cards=server is not dash))
    our, other, dashes = (median_visit(taken) for taken in seen.values())
    return [
        Measure("first chart, against plain Streamlit", our.chart_seconds, "s", 0.45, other.chart_seconds),
        Measure("first chart, against Dash", our.chart_seconds, "s", 0.8, dashes.chart_seconds),
        Measure(
            "bytes to the first chart, against plain Streamlit",
            our.chart_bytes / MEGABYTE,
            "MB",
            0.35,
            other.chart_bytes / MEGABYTE,
        ),
        Measure(
            "bytes of the whole page, against plain Streamlit",
            our.page_bytes / MEGABYTE,
            "MB",
            0.35,
            other.page_bytes / MEGABYTE,
        ),
        Measure("first card, against Dash's first chart", our.card_seconds, "s", 0.45, dashes.chart_seconds),
        Measure("first card, plain Streamlit", other.card_seconds, "s"),
    ]


def measure_scripts(folder: Path, runs: int) -> list[Measure]:
    """Script run of each page, and with ten times the figures."""
    before, after = write_tenfold(PROJECT / "data", folder / "tenfold")
    with our_server(folder / "once") as server:
        wait_until_settled(server)
        once = {page: median_run(server, page, runs) * 1000 for page in PAGES}
    with our_server(folder / "ten-times", folder / "tenfold") as server:
        wait_until_settled(server)
        ten_times = {page: median_run(server, page, runs) * 1000 for page in PAGES}
    measures = [Measure("figures with ten times the data", after, "rows", against=before)]
    for page in PAGES:
        name = page or "overview"
        measures.append(Measure(f"script run, {name}", once[page], "ms", 60))
        measures.append(Measure(f"script run, {name}, ten times", ten_times[page], "ms", 1.5, once[page]))
    return measures


def measure_start(folder: Path) -> list[Measure]:
    """Seconds from starting the command to the first answer of /api/health."""
    measures = []
    for name in ("first start, empty store", "second start"):
        with our_server(folder / "start") as server:
            wait_until_settled(server)
            measures.append(Measure(f"{name}: to health", server.start_seconds, "s", 5))
    return measures


def measure_memory(folder: Path) -> list[Measure]:
    """Resident memory of our server after a browser has seen every page."""
    with chromium() as browser, our_server(folder / "memory") as server:
        wait_until_settled(server)
        at_rest = server.memory_megabytes()
        walk_through(browser, server, PAGES)
        return [
            Measure("memory before the first visit", at_rest, "MB"),
            Measure("memory after all pages", server.memory_megabytes(), "MB", 350),
        ]


def main() -> None:
    """Measure the chosen parts and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--visits", type=int, default=3)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", action="append", choices=PARTS)
    chosen = parser.parse_args()
    parts: dict[str, Callable[[Path], list[Measure]]] = {
        "start": measure_start,
        "scripts": lambda folder: measure_scripts(folder, chosen.runs),
        "memory": measure_memory,
        "uploads": measure_uploads,
        "answers": measure_answers,
        "api": measure_api,
        "files": measure_files,
        "pictures": measure_pictures,
        "visits": lambda folder: measure_visits(folder, chosen.visits),
        "load": lambda folder: measure_load(folder, chosen.sessions, chosen.seconds),
        "faults": lambda folder: measure_faults(folder, chosen.sessions, chosen.seconds),
    }
    measures: list[Measure] = []
    for name, measure in parts.items():
        if chosen.only and name not in chosen.only:
            continue
        print(f"measuring: {name} ...", flush=True)
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            try:
                measures += measure(Path(folder))
            except Exception as failure:
                # The other parts are still worth knowing; this one is shown as not measured.
                measures.append(Measure(name, failure=f"{type(failure).__name__}: {failure}"))
    print(f"\n{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print("link: 10 Mbit/s each way, 40 ms round trip; browser on this machine, cold cache\n")
    print(table(measures))


if __name__ == "__main__":
    main()
