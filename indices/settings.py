"""Where figures and the store live: folders beside the program unless the environment says otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NAMES = ("INDICES_DATA_DIR", "INDICES_STORE_DIR", "INDICES_DATABASE_URL", "INDICES_ACCESS_FILE")


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` holds catalogue and published files; `database_url` is empty for the embedded store.

    `access` says who may do what; the file beside the program need not be there.
    """

    data: Path
    store: Path
    database_url: str
    access: Path = ROOT / "access.toml"

    @property
    def catalogue(self) -> Path:
        """Folder of the catalogue files."""
        return self.data / "catalogue"

    @property
    def published(self) -> Path:
        """Folder of the published figures, one folder an index, one file an edition."""
        return self.data / "published"


def from_environment() -> Settings:
    """INDICES_DATA_DIR, _STORE_DIR, _DATABASE_URL and _ACCESS_FILE, else what lies beside the program."""
    return _settings(*(os.environ.get(name, "") for name in _NAMES))


@lru_cache(maxsize=8)
def _settings(data: str, store: str, database_url: str, access: str) -> Settings:
    """Made once of the same words: every page asks several times."""
    return Settings(
        data=Path(data or ROOT / "data"),
        store=Path(store or ROOT / "store"),
        database_url=database_url,
        access=Path(access or ROOT / "access.toml"),
    )
