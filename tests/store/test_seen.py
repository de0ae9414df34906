"""An edition that the catalogue's files do not know is seen by every answer once it is added."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from indices.catalogue import Catalogue
from indices.settings import Settings
from indices.store import open_held
from indices.tidy import as_tidy
from tests.pages.shown import alerts, control, open_page, rows
from tests.unit.conftest import DATA


def new_edition(catalogue: Catalogue, edition: str = "2025") -> pd.DataFrame:
    """PAR of an edition nobody knows yet: the 34 provinces in order of their names, 1st to 34th."""
    names = sorted(spec.name_vi for spec in catalogue.provinces.frame(34))
    columns = {
        "index": "PAR",
        "edition": edition,
        "province": names,
        "component": "overall",
        "score": [90.0 - at for at in range(len(names))],
        "rank": [1 + at for at in range(len(names))],
        "n_ranked": len(names),
        "basis": "published",
        "source": "decision",
        "note": "",
    }
    return as_tidy(pd.DataFrame(columns))


def test_the_command_line_sees_it_and_no_longer_once_it_is_withdrawn(tmp_path: Path) -> None:
    settings = Settings(DATA, tmp_path, "")
    held = open_held(settings)
    assert held.catalogue is held.described
    assert held.catalogue.edition("PAR", "2025") is None
    told = {"origin": "upload", "by": "An", "reason": "", "file_name": "x.csv", "content": b"x"}
    version = held.store.add(new_edition(held.catalogue), **told).version
    spec = open_held(settings).catalogue.edition("PAR", "2025")
    assert spec is not None
    assert (spec.frame, spec.year, spec.held) == (34, 2025, True)
    assert held.now().catalogue.edition("PAR", "2025") == spec
    assert held.now().described.edition("PAR", "2025") is None
    held.store.withdraw(version, by="An", reason="")
    assert open_held(settings).catalogue.edition("PAR", "2025") is None


@pytest.mark.filterwarnings("ignore")
def test_an_open_page_sees_it_at_its_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDICES_DATA_DIR", str(DATA))
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path))
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)
    at = open_page("index_detail", index="par", lang="vi")
    before = control(at, "edition").options
    # As another server would: through a store of its own on the same file.
    held = open_held(Settings(DATA, tmp_path, ""))
    told = {"origin": "upload", "by": "An", "reason": "", "file_name": "x.csv", "content": b"x"}
    version = held.store.add(new_edition(held.catalogue), **told).version
    at = at.run()
    assert control(at, "edition").options == ["2025 (34 tỉnh, thành)", *before]
    control(at, "edition").set_value("2025")
    ranking = rows(at.run(), "Cơ sở số liệu")
    assert len(ranking) == 34
    held.store.withdraw(version, by="An", reason="")
    assert control(at.run(), "edition").options == before
    assert alerts(at) == []
