"""An upload from bytes to report, and a million rows checked and stored; in a process of its own.

`python -m benchmarks.uploads FOLDER` prints what it measured as JSON, so that its peak memory is that
of this work alone.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from benchmarks.goals import Measure
from benchmarks.million import write_million
from benchmarks.servers import PROJECT
from indices.catalogue import load_catalogue
from indices.intake import take_in
from indices.settings import Settings
from indices.store import Store, open_held

TIMES = 15
DATA = PROJECT / "data"


def measure_uploads(folder: Path) -> list[Measure]:
    """Run this module as a process and put its figures beside the goals."""
    command = [sys.executable, "-m", "benchmarks.uploads", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=600)
    found = json.loads(done.stdout)
    return [
        Measure("upload, XLSX of 63 rows: bytes to report", found["workbook"], "s", 0.5),
        Measure(
            "upload, XLSX of 63 rows, against reading it with pandas",
            found["workbook"],
            "s",
            None,
            found["read_excel"],
        ),
        Measure("panel of a million rows", found["rows"], "rows"),
        Measure("panel: checked and stored", found["checked"] + found["stored"], "s", 20),
        Measure("panel: checked, against pandas.read_csv", found["checked"], "s", None, found["read_csv"]),
        Measure("panel: stored, against pandas.read_csv", found["stored"], "s", None, found["read_csv"]),
        Measure("panel: peak memory of the process", found["memory"], "MB", 1500),
    ]


def _workbook(folder: Path) -> dict[str, float]:
    held = open_held(Settings(DATA, folder / "store", ""))
    rows = pd.read_csv(DATA / "published" / "pci" / "2021.csv")
    wide = rows.pivot(index="province", columns="component", values="score").reset_index()
    buffer = io.BytesIO()
    wide.to_excel(buffer, index=False)
    content, current = buffer.getvalue(), held.store.table()
    times, alone = [], []
    for _ in range(TIMES):
        start = time.perf_counter()
        intake = take_in("PCI_2021.xlsx", content, held.catalogue, held=current)
        times.append(time.perf_counter() - start)
        start = time.perf_counter()
        pd.read_excel(io.BytesIO(content))
        alone.append(time.perf_counter() - start)
        assert [len(table) for table in intake.tables.values()] == [len(rows)]
    return {"workbook": statistics.median(times), "read_excel": statistics.median(alone)}


def _panel(folder: Path) -> dict[str, float]:
    names = [spec.name_vi for spec in load_catalogue(DATA / "catalogue").provinces.frame(63)]
    path, n_rows = write_million(DATA, folder, names)
    catalogue = load_catalogue(folder / "catalogue")
    start = time.perf_counter()
    pd.read_csv(path)
    alone = time.perf_counter() - start
    content = path.read_bytes()
    start = time.perf_counter()
    intake = take_in(path.name, content, catalogue)
    checked = time.perf_counter() - start
    assert intake.may_be_added and sum(map(len, intake.tables.values())) == n_rows
    store = Store.open(folder / "panel-store")
    start = time.perf_counter()
    store.add_all(
        list(intake.tables.values()), by="benchmark", reason="", file_name=path.name, content=content
    )
    stored = time.perf_counter() - start
    return {"rows": n_rows, "read_csv": alone, "checked": checked, "stored": stored}


def main() -> None:
    """Measure and print JSON."""
    folder = Path(sys.argv[1])
    found = {**_workbook(folder), **_panel(folder)}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps(found))


if __name__ == "__main__":
    main()
