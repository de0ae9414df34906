"""Stores that several processes work on at once, in a file and on PostgreSQL."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import ModuleType

import pytest

from indices.settings import Settings, from_environment
from tests.databases import empty_server
from tests.unit.conftest import DATA

FULL = os.environ.get("INDICES_FULL_TRIALS") == "1"
"""All trials: 200 kills, ten rounds of eight processes. Else a share that `make test` has time for."""


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """New processes run the main module again, and tests of pages leave a page's script in its place."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(scope="package")
def processes() -> ForkServerContext:
    """Processes that start at once, from one that has everything imported and holds no store."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.work"])
    return context


@pytest.fixture
def settings_of(tmp_path: Path) -> Callable[..., Settings]:
    """Settings of a store in a folder or at an address, with one bundled edition: PCI 2022."""
    data = tmp_path / "data"
    (data / "published" / "pci").mkdir(parents=True)
    (data / "catalogue").symlink_to(DATA / "catalogue")
    shutil.copy(DATA / "published" / "pci" / "2022.csv", data / "published" / "pci")

    def settings(store: Path, database_url: str = "") -> Settings:
        return replace(from_environment(), data=data, store=store, database_url=database_url)

    return settings


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Folder and database address of a store that is not there yet."""
    if request.param == "sqlite":
        yield tmp_path / "store", ""
    else:
        with empty_server() as address:
            yield tmp_path, address
