"""Catalogue and store opened together, the bundled editions brought in: for pages and command line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indices.catalogue import Catalogue, load_catalogue, with_editions
from indices.problem import Problem
from indices.settings import Settings
from indices.store.bundle import bring_in
from indices.store.errors import StoreUnavailableError
from indices.store.store import Store


@dataclass(frozen=True, slots=True)
class Held:
    """The catalogue and the store in use; `unwritable` is why the store lives in memory only.

    `catalogue` is `described`, what the catalogue's files say, and every edition that the store held
    when this was made (`now` makes it anew).
    """

    catalogue: Catalogue
    store: Store
    problems: tuple[Problem, ...]
    unwritable: StoreUnavailableError | None
    described: Catalogue

    def now(self) -> Held:
        """The same with the editions that the store holds now. Raises StoreUnavailableError."""
        return replace(self, catalogue=with_editions(self.described, self.store.current()))


def open_held(settings: Settings) -> Held:
    """Open the store of `settings` and bring in the bundled editions.

    Never raises for what the data hold (see `Held.problems`) nor for a store that cannot be
    written: then the bundled editions are held in memory and `Held.unwritable` says why.
    """
    catalogue = load_catalogue(settings.catalogue)
    unwritable = None
    try:
        store = Store.open(settings.store, settings.database_url)
        problems = bring_in(settings.published, catalogue, store)
    except StoreUnavailableError as fault:
        store, unwritable = Store.in_memory(), fault
        problems = bring_in(settings.published, catalogue, store)
    return Held(catalogue, store, (*catalogue.problems, *problems), unwritable, catalogue).now()
