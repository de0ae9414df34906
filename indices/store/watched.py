"""The store of a running server: looked at whenever somebody asks; away and back without a restart."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indices.catalogue import with_editions
from indices.settings import Settings
from indices.store.contents import Contents
from indices.store.errors import StoreUnavailableError
from indices.store.opening import Held, bundled_held, open_store
from indices.store.remembered import RememberedStore

logger = logging.getLogger(__name__)

LOOK_AGAIN = 2.0
"""Seconds after which a store that is away is looked for again, by one visitor; the others go on."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run of a page rests on; `key` changes with what the store holds, and only with that."""

    held: Held
    key: str
    contents: Contents


class WatchedStore:
    """The store of `settings`, for all visitors of a server at once.

    While it does not answer, what was read of it last stands in its place; where it was never read,
    the bundled editions do.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the store, or what stands in its place; never raises StoreUnavailableError."""
        self.settings = settings
        self._one = threading.Lock()
        self._live: Seen | None = None  # what the store itself told last
        self._seen_at = datetime.now(UTC)
        self._away_until: float | None = None  # None: it answers
        try:
            self._seen = self._live = self._opened()
        except StoreUnavailableError as fault:
            logger.warning("The store cannot be opened (%s): bundled figures only.", fault.kind)
            held = bundled_held(settings, fault)
            self._seen = Seen(held, "bundled", held.store.contents())
            self._away_until = time.monotonic() + LOOK_AGAIN

    def now(self) -> Seen:
        """What the store holds now, or held last."""
        until = self._away_until  # asked once: another visitor may find the store back meanwhile
        if until is not None:
            return self._looked_for(until)
        seen = self._seen
        try:
            state, unwritable = seen.held.store.look()
            self._seen_at = datetime.now(UTC)
            if _same(seen, state, unwritable):  # most of the time
                return seen
            with self._one:
                if self._seen is seen:
                    self._seen = self._live = _up_to_date(seen, state, unwritable)
                return self._seen
        except StoreUnavailableError as fault:
            return self.lost(fault)

    def lost(self, fault: StoreUnavailableError) -> Seen:
        """What stands in place of a store that has just not answered."""
        with self._one:
            live = self._live
            if live is not None and self._away_until is None:
                logger.warning("The store is away (%s): pages go on with what was read last.", fault.kind)
                store = RememberedStore(live.contents, fault)
                held = replace(live.held, store=store, unwritable=fault, as_of=self._seen_at)
                self._seen = replace(live, held=held)
                self._away_until = time.monotonic() + LOOK_AGAIN
            return self._seen

    def _looked_for(self, until: float) -> Seen:
        """Look for a store that is away, if it is time and nobody else does."""
        if time.monotonic() < until or not self._one.acquire(blocking=False):
            return self._seen
        try:
            if self._away_until is not None:
                self._seen = self._live = self._found(self._live)
                self._seen_at, self._away_until = datetime.now(UTC), None
                logger.warning("The store is back.")
        except StoreUnavailableError:
            self._away_until = time.monotonic() + LOOK_AGAIN
        finally:
            self._one.release()
        return self._seen

    def _found(self, live: Seen | None) -> Seen:
        if live is None:
            return self._opened()
        return _up_to_date(live, *live.held.store.look())

    def _opened(self) -> Seen:
        held = open_store(self.settings)
        return _read(held, held.store.look()[1])


def _same(seen: Seen, state: str, unwritable: StoreUnavailableError | None) -> bool:
    kinds = [fault.kind if fault is not None else None for fault in (unwritable, seen.held.unwritable)]
    return state == seen.contents.state and kinds[0] == kinds[1]


def _up_to_date(seen: Seen, state: str, unwritable: StoreUnavailableError | None) -> Seen:
    """`seen` made anew, as far as what the store says differs from it."""
    if state == seen.contents.state:
        return replace(seen, held=replace(seen.held, unwritable=unwritable))
    return _read(seen.held, unwritable)


def _read(held: Held, unwritable: StoreUnavailableError | None) -> Seen:
    """Everything the store holds now."""
    found = held.store.contents()
    catalogue = with_editions(held.described, found.current)
    return Seen(replace(held, catalogue=catalogue, unwritable=unwritable), found.state, found)
