"""The store: who brought in which edition when, and what is current."""

from indices.store.backup import Manifest, back_up
from indices.store.bundle import bring_in
from indices.store.difference import difference
from indices.store.errors import (
    AlreadyHeldError,
    BackupError,
    CorrectionError,
    StoreUnavailableError,
    UnknownVersionError,
)
from indices.store.opening import Held, open_held
from indices.store.restoring import check_backup, restore_backup
from indices.store.store import Store, Version
from indices.store.watched import Seen, WatchedStore

__all__ = [
    "AlreadyHeldError",
    "BackupError",
    "CorrectionError",
    "Held",
    "Manifest",
    "Seen",
    "Store",
    "StoreUnavailableError",
    "UnknownVersionError",
    "Version",
    "WatchedStore",
    "back_up",
    "bring_in",
    "check_backup",
    "difference",
    "open_held",
    "restore_backup",
]
