"""One file taken in by a process of its own that may not use more than so much memory.

`python -m tests.hostile.child FILE NAME` prints what came of it as JSON. A process that fills its
memory, or that its reader brings down, ends here and not in the tests.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOM = 3_000_000_000
"""Address space the process may ask for beyond what its libraries have mapped; not all of it is memory."""
LONGEST = 120


@dataclass(frozen=True)
class Outcome:
    """What the process said; `died` holds the end of its standard error where it said nothing."""

    codes: tuple[str, ...] = ()
    readable: bool = False
    may_be_added: bool = False
    n_figures: int = 0
    seconds: float = 0.0
    marked_seconds: float = 0.0
    megabytes: float = 0.0
    died: str = ""


def taken_by_child(path: Path, name: str = "", room: int = ROOM) -> Outcome:
    """Take a file in, write its report and its marked workbook, within `room` bytes of memory."""
    command = [sys.executable, "-m", "tests.hostile.child", str(path), name or path.name, str(room)]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=LONGEST, check=False, cwd=Path(__file__).parents[2]
        )
    except subprocess.TimeoutExpired:
        return Outcome(died=f"no answer within {LONGEST} s")
    if done.returncode:
        return Outcome(died=f"code {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    said = json.loads(done.stdout.decode().splitlines()[-1])
    return Outcome(**{**said, "codes": tuple(said["codes"])})


def _megabytes() -> float:
    """The most memory this process has had; getrusage would tell its parent's as well."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _main(path: str, name: str, room: str) -> None:
    from indices.export.marked import marked_workbook
    from indices.export.report import report_lines, report_records
    from indices.intake import take_in
    from indices.loaders.headings import vocabulary_of
    from tests.samples.figures import CATALOGUE

    vocabulary_of(CATALOGUE)
    content = Path(path).read_bytes()
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + int(room),) * 2)
    before, start = _megabytes(), time.perf_counter()
    intake = take_in(name, content, CATALOGUE)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    json.dumps(report_records(intake, "vi"))
    report_lines(intake, "en")
    marked_workbook(intake, "vi")
    said = {
        "codes": sorted(intake.report.counts()),
        "readable": intake.report.readable,
        "may_be_added": intake.may_be_added,
        "n_figures": sum(map(len, intake.tables.values())),
        "seconds": round(seconds, 3),
        "marked_seconds": round(time.perf_counter() - start, 3),
        "megabytes": round(_megabytes() - before, 1),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    _main(*sys.argv[1:])
