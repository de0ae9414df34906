"""Eight processes that add at once: nothing lost, nothing twice, and nobody is told of a lock."""

from __future__ import annotations

from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from indices.store import Store
from tests.store import work
from tests.store.conftest import FULL

N = 8
EACH = 20 if FULL else 4
ROWS = 200
ROUNDS = range(10 if FULL else 2)


def together(
    processes: ForkServerContext, function: Any, place: tuple[Path, str], given: list[Any]
) -> list[Any]:
    """What eight processes told, each run with its own of `given`."""
    barrier, told = processes.Barrier(len(given)), processes.Queue()
    started = [processes.Process(target=function, args=(place, barrier, told, each)) for each in given]
    for process in started:
        process.start()
    answers = [told.get(timeout=300) for _ in started]
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0] * len(given)
    return answers


def test_different_editions(place: tuple[Path, str], processes: ForkServerContext) -> None:
    mine = [[(str(1000 + 100 * who + at), who, ROWS) for at in range(EACH)] for who in range(N)]
    assert together(processes, work.add_each, place, mine) == [(EACH, [])] * N
    store = Store.open(*place)
    assert sorted(store.current()) == sorted(("X", edition) for each in mine for edition, _, _ in each)
    assert sorted(store.current().values()) == sorted(store.history()["version"])
    assert len(store.history()) == N * EACH
    for edition, who, n_rows in (each[-1] for each in mine):
        found = store.version_table(store.current()["X", edition])
        assert work.digest(found) == work.digest(work.table(edition, who, n_rows))


def test_the_same_edition(place: tuple[Path, str], processes: ForkServerContext) -> None:
    mine = [[("2020", 100 * who + at, ROWS) for at in range(EACH)] for who in range(N)]
    assert together(processes, work.add_each, place, mine) == [(EACH, [])] * N
    store = Store.open(*place)
    history = store.history()
    assert len(history) == N * EACH
    names = {f"{n}.csv" for each in mine for _, n, _ in each}
    assert set(history["file_name"]) == names
    assert store.current() == {("X", "2020"): history["version"].max()}
    for row in history.to_dict("records"):
        n = int(row["file_name"].removesuffix(".csv"))
        assert work.digest(store.version_table(row["version"])) == work.digest(work.table("2020", n, ROWS))
        assert store.content(row["version"]) == work.content(n)


@pytest.mark.parametrize("again", ROUNDS)
def test_the_same_file(place: tuple[Path, str], processes: ForkServerContext, again: int) -> None:
    answers = together(processes, work.add_same, place, [ROWS] * N)
    assert sorted(answers) == ["held X 2020"] * (N - 1) + ["made 3"]
    store = Store.open(*place)
    assert sorted(store.current().items()) == [
        (("X", edition), at) for at, edition in enumerate(work.PANEL, 1)
    ]
    assert len(store.history()) == 3
