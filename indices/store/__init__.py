"""The store: who brought in which edition when, and what is current."""

from indices.store.bundle import bring_in
from indices.store.store import AlreadyHeld, Store, StoreUnavailable, UnknownVersion, Version

__all__ = ["AlreadyHeld", "Store", "StoreUnavailable", "UnknownVersion", "Version", "bring_in"]
