"""What an endpoint is: its name, its parameters, its answer and the tables in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indices.serving.api.moment import Moment
from indices.serving.api.parameters import in_order
from indices.serving.api.question import Question

Columns = Mapping[str, str]
"""Types of a table's columns by name, as in the answers' own DTYPES."""
Newest = Callable[[Moment, str, str], str]


@dataclass(frozen=True)
class ApiRoute:
    """An endpoint: `/api/v1/<name>`.

    `answer` gives its parts by name, the one asked for first; `parts` the type of each; `within` the
    columns of the tables in them, and `tables` the same by path (a part, a dot, a table of it).
    `takes` and `needs` name parameters beside lang, format and table. `newest` finds the edition where
    the request names none and the answer is of one; `first_index` takes the catalogue's first index
    likewise; of a route with `filters` a parameter that is not given leaves everything in.
    """

    name: str
    answer: Callable[[Question], dict[str, Any]]
    parts: Mapping[str, Any]
    within: Mapping[str, Any]
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    newest: Newest | None = None
    first_index: bool = False
    filters: tuple[str, ...] = ()
    parameters: tuple[str, ...] = field(init=False)
    tables: Mapping[str, Columns] = field(init=False)

    def __post_init__(self) -> None:
        every = (*self.takes, *self.needs, "lang", "format", "table")
        object.__setattr__(self, "parameters", in_order(every))
        object.__setattr__(self, "tables", dict(_paths(self.within, "")))

    @property
    def main(self) -> str:
        """The part that was asked for: where it is refused, the request is."""
        return next(iter(self.parts))


def _paths(within: Mapping[str, Any], before: str) -> Iterator[tuple[str, Columns]]:
    """Tables by path; what names columns has no mapping in it."""
    for name, inner in within.items():
        if any(isinstance(one, Mapping) for one in inner.values()):
            yield from _paths(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}", inner
