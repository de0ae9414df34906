"""Pages run on a store of their own, filled once; cases with other data get folders of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pages.shown import PROJECT

DATA = PROJECT / "data"
SCAN = "streamlit.components.v2.manifest_scanner.scan_component_manifests"
MakeData = Callable[..., Path]


@pytest.fixture(scope="session")
def pages_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of `bundled_store` is: one for a process, filled by its first page."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="package", autouse=True)
def bundled_store(pages_folder: Path) -> Iterator[Path]:
    """The store all pages share, with the figures that come with the program.

    Its address holds for this package alone; between its files a process may have others.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("INDICES_STORE_DIR", str(pages_folder))
        environment.delenv("INDICES_DATA_DIR", raising=False)
        environment.delenv("INDICES_DATABASE_URL", raising=False)
        # Every run of AppTest reads the papers of all installed packages for components; we have none.
        environment.setattr(SCAN, list, raising=False)
        yield pages_folder


@pytest.fixture
def make_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeData:
    """`make_data("papi/2024", …)`: the pages see a copy of data/ with these published files only."""

    def made(*published: str) -> Path:
        folder = tmp_path / "data"
        for name in ("catalogue", "geo", "uncertainty"):
            shutil.copytree(DATA / name, folder / name)
        (folder / "published").mkdir()
        for name in published:
            copy = folder / "published" / f"{name}.csv"
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(DATA / "published" / f"{name}.csv", copy)
        monkeypatch.setenv("INDICES_DATA_DIR", str(folder))
        monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "store"))
        return folder

    return made
