"""Catalogue and store opened together, the bundled editions brought in: for pages and command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from indices.catalogue import Catalogue, load_catalogue, with_editions
from indices.problem import Problem
from indices.settings import Settings
from indices.store.bundle import bring_in
from indices.store.errors import StoreUnavailableError
from indices.store.remembered import RememberedStore
from indices.store.store import Store


@dataclass(frozen=True, slots=True)
class Held:
    """The catalogue and the store in use; `unwritable` is why nothing can be added to it now.

    `catalogue` is `described`, what the catalogue's files say, and every edition that the store held
    when this was made (`now` makes it anew). Where the store does not answer, `store` is one in its
    place that can be read: what was read of it last, at `as_of`, or where it was never read (None)
    the bundled editions.
    """

    catalogue: Catalogue
    store: Store
    problems: tuple[Problem, ...]
    unwritable: StoreUnavailableError | None
    described: Catalogue
    as_of: datetime | None = None

    def now(self) -> Held:
        """The same with the editions that the store holds now. Raises StoreUnavailableError."""
        return replace(self, catalogue=with_editions(self.described, self.store.current()))


def open_held(settings: Settings) -> Held:
    """Open the store of `settings` and bring in the bundled editions.

    Never raises for what the data hold (see `Held.problems`) nor for a store that cannot be
    written: then the bundled editions are held in memory and `Held.unwritable` says why.
    """
    try:
        return open_store(settings)
    except StoreUnavailableError as fault:
        return bundled_held(settings, fault)


def open_store(settings: Settings) -> Held:
    """`open_held` of a store that answers. Raises StoreUnavailableError."""
    catalogue = load_catalogue(settings.catalogue)
    store = Store.open(settings.store, settings.database_url)
    problems = bring_in(settings.published, catalogue, store)
    return Held(catalogue, store, (*catalogue.problems, *problems), None, catalogue).now()


def bundled_held(settings: Settings, fault: StoreUnavailableError) -> Held:
    """The bundled editions, read only, in place of a store that cannot be opened."""
    catalogue = load_catalogue(settings.catalogue)
    memory = Store.in_memory()
    problems = bring_in(settings.published, catalogue, memory)
    # What is added to memory would be lost: it is refused with the reason the store gave.
    store = RememberedStore(memory.contents(), fault)
    return Held(catalogue, store, (*catalogue.problems, *problems), fault, catalogue).now()
