"""The catalogue against itself: every finding names the file, the row and the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from indices.catalogue.reading import Line
from indices.catalogue.specs import (
    OVERALL,
    BreakSpec,
    ComponentSpec,
    EditionSpec,
    EventSpec,
    HeaderSpec,
    IndexSpec,
    MethodSpec,
    ScaleSpec,
    SourceSpec,
    TargetSpec,
    WeightSpec,
)
from indices.problem import Problem

FRAMES = (34, 63, 64)
TARGET_KINDS = ("rank", "score", "group")
HEADER_ROLES = (
    *("province", "counter", "index", "edition", "component", "basis", "source", "note", "n_ranked"),
    *("score", "rank", "change", "group", "code", "weight", "title", "skip"),
)
"""What a column may hold; "title" is a phrase of titles and file names that tells the index."""
WEIGHT_TOLERANCE = 0.01  # percent: a third is written 33.3333


class _Spec(Protocol):
    @property
    def index(self) -> str: ...


class _OfIndex(Protocol):
    """A line whose record belongs to an index."""

    @property
    def row(self) -> int: ...
    @property
    def spec(self) -> _Spec: ...


Codes = Collection[tuple[str, str]]
Indices = Mapping[str, IndexSpec]


def check_indices(lines: Sequence[Line[IndexSpec]]) -> list[Problem]:
    """Codes once each, successors that exist."""
    problems: list[Problem] = []
    codes = {line.spec.index for line in lines}
    seen: set[str] = set()
    for line in lines:
        if line.spec.index in seen:
            problems.append(Problem("duplicate_key", "indices.csv", line.row, "index", line.spec.index))
        seen.add(line.spec.index)
        if line.spec.successor and line.spec.successor not in codes:
            problems.append(
                Problem("unknown_index", "indices.csv", line.row, "successor", line.spec.successor)
            )
    return problems


def check_index_known(lines: Sequence[_OfIndex], indices: Indices, file: str) -> list[Problem]:
    """Lines whose index the catalogue does not have."""
    return [
        Problem("unknown_index", file, line.row, "index", line.spec.index)
        for line in lines
        if line.spec.index not in indices
    ]


def check_components(lines: Sequence[Line[ComponentSpec]], indices: Indices) -> list[Problem]:
    """Index known, parent known, no component twice in one year."""
    problems = check_index_known(lines, indices, "components.csv")
    codes = {(line.spec.index, line.spec.component) for line in lines}
    runs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        spec = line.spec
        if spec.parent and spec.parent != OVERALL and (spec.index, spec.parent) not in codes:
            problems.append(Problem("unknown_component", "components.csv", line.row, "parent", spec.parent))
        run = (spec.first_edition or 0, spec.last_edition or 9999)
        if _overlaps(run, runs[spec.index, spec.component]):
            problems.append(
                Problem("overlapping_period", "components.csv", line.row, "first_edition", spec.component)
            )
        runs[spec.index, spec.component].append(run)
    return problems


def check_component_known(
    lines: Sequence[Line[ScaleSpec]] | Sequence[Line[WeightSpec]], codes: Codes, file: str
) -> list[Problem]:
    """Lines about a component that components.csv does not have."""
    return [
        Problem("unknown_component", file, line.row, "component", line.spec.component)
        for line in lines
        if (line.spec.index, line.spec.component) not in codes
    ]


def check_weight_sums(lines: Sequence[Line[WeightSpec]]) -> list[Problem]:
    """Every period's weights add to 100 percent (named at the period's first line)."""
    sums: dict[tuple[str, int], float] = defaultdict(float)
    first: dict[tuple[str, int], int] = {}
    for line in lines:
        period = (line.spec.index, line.spec.first_edition)
        sums[period] += line.spec.weight_percent
        first.setdefault(period, line.row)
    return [
        Problem(
            "weights_not_100",
            "weights.csv",
            first[period],
            "weight_percent",
            f"{total:g}",
            {"index": period[0], "period": str(period[1])},
        )
        for period, total in sums.items()
        if abs(total - 100) > WEIGHT_TOLERANCE
    ]


def check_periods(lines: Sequence[Line[MethodSpec]], indices: Indices, file: str) -> list[Problem]:
    """One method at a time."""
    problems = check_index_known(lines, indices, file)
    runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        run = (line.spec.first_edition, line.spec.last_edition or 9999)
        if _overlaps(run, runs[line.spec.index]):
            problems.append(Problem("overlapping_period", file, line.row, "first_edition", str(run[0])))
        runs[line.spec.index].append(run)
    return problems


def check_breaks(lines: Sequence[Line[BreakSpec]], indices: Indices, codes: Codes) -> list[Problem]:
    """Breaks of known components, within the index's life."""
    problems = check_index_known(lines, indices, "breaks.csv")
    for line in lines:
        spec = line.spec
        if spec.scope != OVERALL and (spec.index, spec.scope) not in codes:
            problems.append(Problem("unknown_component", "breaks.csv", line.row, "scope", spec.scope))
        problems += _outside_life(spec.index, spec.edition, indices, "breaks.csv", line.row)
    return problems


def check_editions(lines: Sequence[Line[EditionSpec]], indices: Indices) -> list[Problem]:
    """Editions once each, within the index's life, on a known frame of provinces."""
    problems = check_index_known(lines, indices, "editions.csv")
    seen: set[tuple[str, str]] = set()
    for line in lines:
        spec = line.spec
        if (spec.index, spec.edition) in seen:
            problems.append(Problem("duplicate_key", "editions.csv", line.row, "edition", spec.edition))
        seen.add((spec.index, spec.edition))
        if spec.frame not in FRAMES:
            frames = {"allowed": ", ".join(map(str, FRAMES))}
            problems.append(
                Problem("not_allowed", "editions.csv", line.row, "frame", str(spec.frame), frames)
            )
        problems += _outside_life(spec.index, spec.year, indices, "editions.csv", line.row, spec.edition)
    return problems


def check_targets(
    lines: Sequence[Line[TargetSpec]], indices: Indices, sources: Mapping[str, SourceSpec]
) -> list[Problem]:
    """Targets of a known kind, from a named source."""
    problems = check_index_known(lines, indices, "targets.csv")
    for line in lines:
        if line.spec.kind not in TARGET_KINDS:
            kinds = {"allowed": ", ".join(TARGET_KINDS)}
            problems.append(Problem("not_allowed", "targets.csv", line.row, "kind", line.spec.kind, kinds))
        problems += _unknown_source(line.spec.source, sources, "targets.csv", line.row)
    return problems


def check_events(
    lines: Sequence[Line[EventSpec]], indices: Indices, sources: Mapping[str, SourceSpec]
) -> list[Problem]:
    """Events of known indices, from a named source."""
    problems: list[Problem] = []
    for line in lines:
        problems += [
            Problem("unknown_index", "events.csv", line.row, "indices", code)
            for code in line.spec.indices
            if code not in indices
        ]
        problems += _unknown_source(line.spec.source, sources, "events.csv", line.row)
    return problems


def _unknown_source(source: str, sources: Mapping[str, SourceSpec], file: str, row: int) -> list[Problem]:
    return [] if source in sources else [Problem("unknown_source", file, row, "source", source)]


def _outside_life(
    index: str, year: int, indices: Indices, file: str, row: int, value: str | None = None
) -> list[Problem]:
    spec = indices.get(index)
    if spec is None or spec.first_edition <= year <= (spec.last_edition or 9999):
        return []
    life = {"index": index, "first": str(spec.first_edition), "last": str(spec.last_edition or "…")}
    return [Problem("outside_life", file, row, "edition", value or str(year), life)]


def _overlaps(run: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(run[0] <= last and first <= run[1] for first, last in others)


def check_headers(lines: Sequence[Line[HeaderSpec]], indices: Indices, codes: Codes | None) -> list[Problem]:
    """Index known or none, a role that exists, a part the index has (not asked where `codes` is None)."""
    problems: list[Problem] = []
    for line in lines:
        spec, file = line.spec, "headers.csv"
        role, _, component = spec.role.partition(":")
        if spec.index is not None and spec.index not in indices:
            problems.append(Problem("unknown_index", file, line.row, "index", spec.index))
        elif role not in HEADER_ROLES or (component and role not in ("score", "rank")):
            allowed = ", ".join(HEADER_ROLES)
            problems.append(Problem("not_allowed", file, line.row, "role", spec.role, {"allowed": allowed}))
        elif component and codes is not None and (spec.index or "", component) not in codes:
            problems.append(Problem("unknown_component", file, line.row, "role", spec.role))
    return problems
