"""One file taken in by a process of its own that may not use more than so much memory.

A process that fills its memory, or that its reader brings down, ends here and not in the tests. It comes from
one that has everything imported and has read nothing: importing takes longer than most of the files.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from indices.export.marked import marked_workbook
from indices.export.report import report_lines, report_records
from indices.intake import take_in
from indices.loaders.headings import vocabulary_of
from tests.samples.figures import CATALOGUE

ROOM = 3_000_000_000
"""Address space the process may ask for beyond what its libraries have mapped; not all of it is memory."""
LONGEST = 120


@dataclass(frozen=True)
class Outcome:
    """What the process said; `died` says how it ended where it said nothing."""

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
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    answer, said = processes.Pipe(duplex=False)
    child = processes.Process(target=_taken, args=(said, path, name or path.name, room))
    # New processes run the main module again, and tests of pages leave a page's script in its place.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        child.start()
    said.close()
    try:
        if not answer.poll(LONGEST):
            return Outcome(died=f"no answer within {LONGEST} s")
        return answer.recv()  # type: ignore[no-any-return]
    except EOFError:
        child.join()
        return Outcome(died=f"code {child.exitcode}")
    finally:
        child.kill()
        child.join()


def _megabytes() -> float:
    """The most memory this process has had; getrusage would tell its parent's as well."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _taken(said: Connection, path: Path, name: str, room: int) -> None:
    vocabulary_of(CATALOGUE)
    content = path.read_bytes()
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + room,) * 2)
    before, start = _megabytes(), time.perf_counter()
    try:
        intake = take_in(name, content, CATALOGUE)
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        json.dumps(report_records(intake, "vi"))
        report_lines(intake, "en")
        marked_workbook(intake, "vi")
    except BaseException:
        said.send(Outcome(died=traceback.format_exc()[-2000:]))
        return
    said.send(
        Outcome(
            codes=tuple(sorted(intake.report.counts())),
            readable=intake.report.readable,
            may_be_added=intake.may_be_added,
            n_figures=sum(map(len, intake.tables.values())),
            seconds=round(seconds, 3),
            marked_seconds=round(time.perf_counter() - start, 3),
            megabytes=round(_megabytes() - before, 1),
        )
    )
