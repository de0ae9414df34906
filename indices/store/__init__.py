"""The store: who brought in which edition when, and what is current."""

from indices.store.bundle import bring_in
from indices.store.difference import difference
from indices.store.errors import (
    AlreadyHeldError,
    CorrectionError,
    StoreUnavailableError,
    UnknownVersionError,
)
from indices.store.opening import Held, open_held
from indices.store.store import Store, Version
from indices.store.watched import Seen, WatchedStore

__all__ = [
    "AlreadyHeldError",
    "CorrectionError",
    "Held",
    "Seen",
    "Store",
    "StoreUnavailableError",
    "UnknownVersionError",
    "Version",
    "WatchedStore",
    "bring_in",
    "difference",
    "open_held",
]
