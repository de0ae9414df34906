"""Old workbooks (XLS) read by a process of their own.

There is no looking into an XLS before it is read: one wrong number in it (a cell in row 60 000, a
count of texts) makes its reader ask for more memory than there is, and that ends the process it runs
in. So that is a small one, with room of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from indices.loaders.sheet_cells import BookCells, SheetCells, book_cells

ROOM = 1_500_000_000
LONGEST_SECONDS = 60
_ROOT = str(Path(__file__).parents[2])
_RUN = "import sys; sys.path.insert(0, sys.argv[1]); from indices.loaders import apart; apart.answer()"


def book_cells_apart(content: bytes) -> BookCells:
    """`book_cells`, worked out by another process; "file_damaged" where that one is brought down."""
    command = [sys.executable, "-P", "-c", _RUN, _ROOT]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=LONGEST_SECONDS, check=False
        )
        said = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        said = None
    if said is None:
        return BookCells(why="file_damaged")
    sheets = tuple(
        SheetCells(
            **{
                **sheet,
                "dates": [(row, column) for row, column in sheet["dates"]],
                "merged": [(up, left, down, right) for up, left, down, right in sheet["merged"]],
            }
        )
        for sheet in said["sheets"]
    )
    return BookCells(sheets, said["why"], said["value"])


def answer() -> None:
    """What the other process does: a workbook from standard input to its cells as JSON."""
    _keep_within(ROOM)
    found = book_cells(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(asdict(found)))


def _keep_within(room: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; there the time-out alone must do
        return
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
