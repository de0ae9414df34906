"""What the answers of one moment rest on: a state of the store, its figures, the catalogue."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import pandas as pd

from indices import analysis
from indices.analysis.backtest import Backtest, backtest
from indices.analysis.yearly_gains import yearly_gains
from indices.catalogue import Catalogue
from indices.store import Held

R = TypeVar("R")
_FRAMES = (63, 34, 64)


class Moment:
    """Figures and catalogue of one state of the store, and what several answers share of them.

    `state` changes whenever the store does. Nothing that is given out may be changed.
    """

    def __init__(self, state: str, catalogue: Catalogue, figures: pd.DataFrame) -> None:
        self.state, self.catalogue, self.figures = state, catalogue, figures
        self._shared: dict[tuple[str, object], object] = {}
        self._lock = threading.RLock()

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the store's state and of everything the catalogue says."""
        catalogue = self.catalogue
        provinces = [catalogue.provinces.frame(n) for n in _FRAMES]
        said = [getattr(catalogue, name) for name in catalogue.__dataclass_fields__ if name != "provinces"]
        return hashlib.sha256(repr((self.state, provinces, said)).encode()).hexdigest()

    def figures_of(self, index: str) -> pd.DataFrame:
        """The tidy rows of one index."""
        return self._keep("figures", index, lambda: self.figures[self.figures["index"] == index])

    def placed(self, index: str) -> pd.DataFrame:
        """`analysis.places` of an index."""
        return self._keep(
            "placed", index, lambda: analysis.places(self.figures_of(index), self.catalogue, index)
        )

    def tested(self, target_rank: int) -> Backtest:
        """`analysis.backtest` over everything held."""
        return self._keep("tested", target_rank, lambda: backtest(self.figures, self.catalogue, target_rank))

    def gains(self, index: str) -> pd.DataFrame:
        """`analysis.yearly_gains` of an index."""
        return self._keep("gains", index, lambda: yearly_gains(self.figures_of(index), self.catalogue, index))

    def editions_held(self, index: str) -> tuple[str, ...]:
        """Editions of an index with any figure that the catalogue knows, newest first."""
        held = set(self.figures_of(index)["edition"].unique())
        named = (spec.edition for spec in reversed(self.catalogue.editions_of(index)))
        return tuple(name for name in named if name in held)

    def _keep(self, what: str, of: object, build: Callable[[], R]) -> R:
        with self._lock:
            if (what, of) not in self._shared:
                self._shared[what, of] = build()
            found: R = self._shared[what, of]  # type: ignore[assignment]  # what was kept under this name
            return found


Now = Callable[[], Moment]
"""Gives the moment of a request; asked at every one, so that a new upload shows at once."""


def now_of(held: Held) -> Now:
    """The moments of an open store: a new one whenever its state changes."""
    last: list[Moment] = []
    lock = threading.Lock()

    def now() -> Moment:
        state = held.store.state()
        with lock:
            if not last or last[0].state != state:
                last[:] = [Moment(state, held.now().catalogue, held.store.table())]
            return last[0]

    return now
