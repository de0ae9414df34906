"""The store: who brought in which edition when, and what is current."""

from indices.store.bundle import bring_in
from indices.store.opening import Held, open_held
from indices.store.store import AlreadyHeldError, Store, StoreUnavailableError, UnknownVersionError, Version

__all__ = [
    "AlreadyHeldError",
    "Held",
    "Store",
    "StoreUnavailableError",
    "UnknownVersionError",
    "Version",
    "bring_in",
    "open_held",
]
