"""What the pages ask for: answers of `indices.analysis`, worked out once per state of the store.

Answers are shared between sessions and must not be changed by whoever gets them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from indices import analysis
from indices.catalogue import Catalogue
from indices.settings import Settings, from_environment
from indices.store import Held as Held  # part of this module's interface
from indices.store import Seen, StoreUnavailableError, WatchedStore

P = ParamSpec("P")
R = TypeVar("R")


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr})  # asked at every run
def _open(settings: Settings) -> WatchedStore:
    """Open the store and bring in the bundled editions, once per process."""
    return WatchedStore(settings)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one script run rests on: asked of the store once, not once an answer."""

    seen: Seen
    key: str
    store: WatchedStore


_run: ContextVar[_Run | None] = ContextVar("_run", default=None)


def begin_run() -> Held:
    """Fix the state of the store for this script run, and the catalogue with every edition it holds.

    Of a store that does not answer it is the last state known: `Held.unwritable` says so.
    """
    store = _open(from_environment())
    return _rest_on(store, store.now())


def _rest_on(store: WatchedStore, seen: Seen) -> Held:
    _run.set(_Run(seen, f"{store.settings} {seen.key}", store))
    return seen.held


def _now() -> _Run:
    run = _run.get()
    if run is None:
        begin_run()
        run = _run.get()
    assert run is not None  # begin_run has just set it
    return run


def _go_on_without(fault: StoreUnavailableError) -> None:
    """Rest the remainder of this run on what was known before the store went away; raises where it does."""
    run = _now()
    if run.seen.held.as_of is not None or fault.kind != "away":
        raise fault
    _rest_on(run.store, run.store.lost(fault))


def held() -> Held:
    """The catalogue and store of this run."""
    return _now().seen.held


def catalogue() -> Catalogue:
    """The catalogue of this run."""
    return _now().seen.held.catalogue


def answer(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what `function` answers until the store changes; its arguments are codes and numbers."""

    def kept(key: str, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    # Streamlit tells kept functions apart by name and source: each needs a name of its own.
    kept.__qualname__ = f"answer.{function.__module__}.{function.__qualname__}"
    cached = st.cache_resource(show_spinner=False, max_entries=2000)(kept)

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return cached(_now().key, *args, **kwargs)
        except StoreUnavailableError as fault:
            _go_on_without(fault)
            return cached(_now().key, *args, **kwargs)

    return ask


@st.cache_resource(show_spinner=False, max_entries=2000)
def _kept(key: str, codes: tuple[Any, ...], _build: Callable[[], Any]) -> Any:
    return _build()


def kept(codes: tuple[Any, ...], build: Callable[[], R]) -> R:
    """What `build` makes (a chart, a table as HTML), kept under `codes` until the store changes."""
    made: R = _kept(_now().key, codes, build)
    return made


@answer
def figures() -> pd.DataFrame:
    """The tidy table of all current versions."""
    return _now().seen.contents.table


@answer
def figures_of(index: str) -> pd.DataFrame:
    """The tidy rows of one index."""
    table = figures()
    return table[table["index"] == index]


@answer
def places(index: str) -> pd.DataFrame:
    """`analysis.places` of an index."""
    return analysis.places(figures_of(index), catalogue(), index)


@answer
def editions_held(index: str) -> tuple[str, ...]:
    """Editions of an index that hold a place or a score, newest first."""
    placed = places(index)
    named = set(placed.loc[placed["place"].notna() | placed["score"].notna(), "edition"])
    editions = reversed(catalogue().editions_of(index))
    return tuple(spec.edition for spec in editions if spec.edition in named)


@answer
def latest_edition(index: str, province: str) -> str | None:
    """The newest edition with a place of the province, else with a score, else None."""
    found = analysis.latest_figure(rank_history(index, province))
    return str(found["edition"]) if found else None


@answer
def ranking(index: str, edition: str) -> pd.DataFrame:
    """`analysis.ranking` of an edition."""
    return analysis.ranking(places(index), edition)


@answer
def field_history(index: str, target_rank: int) -> pd.DataFrame:
    """`analysis.field_history` of an index."""
    return analysis.field_history(places(index), catalogue(), index, target_rank)


@answer
def rank_history(index: str, province: str, frame: int = 63) -> pd.DataFrame:
    """`analysis.rank_history` of a province in an index."""
    return analysis.rank_history(places(index), catalogue(), index, province, frame)


@answer
def rank_histories(index: str, provinces: tuple[str, ...]) -> pd.DataFrame:
    """Rank histories of several provinces, joined in the order given."""
    return pd.concat([rank_history(index, province) for province in provinces], ignore_index=True)


@answer
def all_histories(province: str) -> pd.DataFrame:
    """Rank histories of a province in every index, joined in catalogue order."""
    tables = [rank_history(index, province) for index in catalogue().indices]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


@answer
def statuses(province: str, target_rank: int) -> pd.DataFrame:
    """`analysis.status` of a province in every index that has a figure of it."""
    tables = [
        analysis.status(rank_history(index, province), field_history(index, target_rank), target_rank)
        for index in catalogue().indices
    ]
    known = [table for table in tables if not table.empty]
    return pd.concat(known, ignore_index=True) if known else pd.DataFrame()


@answer
def target_counts(province: str, target_rank: int) -> pd.DataFrame:
    """`analysis.target_counts` of a province over every index."""
    return analysis.target_counts(all_histories(province), target_rank)


@answer
def missing_editions(province: str) -> pd.DataFrame:
    """`analysis.missing_editions` of a province over every index."""
    return analysis.missing_editions(all_histories(province))


@answer
def coverage() -> pd.DataFrame:
    """`analysis.coverage` of everything held."""
    return analysis.coverage(figures(), catalogue())


@answer
def components(index: str, edition: str, province: str, target_rank: int, parent: str) -> pd.DataFrame:
    """`analysis.components` of a province in an edition."""
    rows = figures_of(index)
    return analysis.components(rows, catalogue(), index, edition, province, target_rank, parent)


@answer
def peer_group(group: str, index: str, edition: str, province: str, target_rank: int) -> tuple[str, ...]:
    """`analysis.peer_group` by the ranking of an edition."""
    return analysis.peer_group(group, ranking(index, edition), catalogue(), province, target_rank)


@answer
def differences(index: str, edition: str, focal: str, provinces: tuple[str, ...]) -> pd.DataFrame:
    """`analysis.differences` of provinces in an edition."""
    return analysis.differences(places(index), edition, focal, provinces)


def state() -> str:
    """The state of the store that this run rests on."""
    return _now().key


@answer
def versions() -> pd.DataFrame:
    """`Store.history` of every edition."""
    return held().store.history()


@answer
def current() -> dict[tuple[str, str], int]:
    """`Store.current`: the version in use of every edition."""
    return held().store.current()


@answer
def difference(old: int, new: int) -> pd.DataFrame:
    """`Store.difference` of two versions."""
    return held().store.difference(old, new)
