"""kill -9 at random moments of an addition: afterwards every edition is whole, old or new."""

from __future__ import annotations

import random
import sqlite3
import time
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

from indices.store import Store
from tests.store import work
from tests.store.conftest import FULL

KILLS = 200 if FULL else 12
KILLS_A_STORE = 10 if FULL else 6
SEED = 20_200_714
ROWS = (63, 2_000, 12_000)
"""Rows of an edition: some additions fit SQLite's memory, some are written out before they are whole."""


@dataclass
class _Trial:
    """One store and what its killed processes said before they were killed."""

    folder: Path
    n_rows: int
    checked: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def said(self, word: str) -> set[int]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return {int(line.split()[1]) for line in lines if line.startswith(f"{word} ")}

    def seconds(self, n: int) -> float | None:
        """How long addition `n` took, None where it is not done."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        done = [line.split() for line in lines if line.startswith(f"done {n} ")]
        return float(done[0][2]) if done else None

    def check(self) -> set[int]:
        """The additions the store holds; every one of them must be whole, with its file."""
        with sqlite3.connect(self.folder / "indices.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        store = Store.open(self.folder)
        history = store.history().sort_values("version")
        held = {int(Path(name).stem): rows for name, rows in history.groupby("file_name")}
        # Nothing that was acknowledged is lost, nothing came from nowhere.
        assert self.said("done") <= set(held) <= self.said("start")
        for n, rows in held.items():
            assert tuple(rows["edition"]) == work.PANEL, f"addition {n} is not whole"
        for version, name in history.loc[history["version"] > self.checked, ["version", "file_name"]].values:
            n = int(Path(name).stem)
            (edition,) = history.loc[history["version"] == version, "edition"]
            found = store.version_table(int(version))
            assert work.digest(found) == work.digest(work.table(edition, n, self.n_rows))
            assert store.content(int(version)) == work.content(n)
            self.checked = int(version)
        if held:
            newest = max(held)
            sources = {edition: set(rows["source"]) for edition, rows in store.table().groupby("edition")}
            assert sources == {edition: {f"source-{newest}"} for edition in work.PANEL}
        with sqlite3.connect(self.folder / "indices.sqlite") as connection:
            (n_figures,) = connection.execute("SELECT count(*) FROM figures").fetchone()
        connection.close()
        assert n_figures == len(history) * self.n_rows
        return set(held)


def test_an_addition_killed_at_any_moment_is_whole_or_not_there(
    tmp_path: Path, processes: ForkServerContext
) -> None:
    chance = random.Random(SEED)
    outcomes = {"within, old": 0, "within, new": 0, "between": 0}
    for kill in range(KILLS):
        if kill % KILLS_A_STORE == 0:
            folder = tmp_path / f"store-{kill // KILLS_A_STORE}"
            folder.mkdir()
            trial = _Trial(folder, ROWS[(kill // KILLS_A_STORE) % len(ROWS)])
        first = max(trial.said("start"), default=0) + 1
        child = processes.Process(target=work.add_for_ever, args=(folder, trial.log, first, trial.n_rows))
        child.start()
        until = time.monotonic() + 120
        while (took := trial.seconds(first)) is None:
            assert child.is_alive(), "the process ended by itself"
            assert time.monotonic() < until, "the process did not start"
            time.sleep(0.001)
        # The next addition has begun: any moment of it and of one more, and every other time one near
        # its end, where it becomes visible.
        time.sleep(took * (chance.uniform(0, 2) if kill % 2 else chance.uniform(0.7, 1.2)))
        child.kill()
        child.join()
        assert child.exitcode == -9
        held = trial.check()
        open_ones = trial.said("start") - trial.said("done") - set(range(1, first))
        if open_ones:
            outcomes["within, new" if open_ones <= held else "within, old"] += 1
        else:
            outcomes["between"] += 1
    print(f"{KILLS} kills: {outcomes}")
    # Trials that killed nothing would show nothing.
    assert outcomes["within, old"] >= KILLS // 3, outcomes
