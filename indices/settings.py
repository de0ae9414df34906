"""Where figures and the store live: folders beside the program unless the environment says otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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
    return Settings(
        data=Path(os.environ.get("INDICES_DATA_DIR") or ROOT / "data"),
        store=Path(os.environ.get("INDICES_STORE_DIR") or ROOT / "store"),
        database_url=os.environ.get("INDICES_DATABASE_URL", ""),
        access=Path(os.environ.get("INDICES_ACCESS_FILE") or ROOT / "access.toml"),
    )
