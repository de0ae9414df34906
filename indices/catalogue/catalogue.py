"""The catalogue: every fact about the indices that is data, not code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from indices.catalogue.specs import (
    OVERALL,
    BreakSpec,
    ComponentSpec,
    ConflictSpec,
    EditionSpec,
    EventSpec,
    HeaderSpec,
    IndexSpec,
    MethodSpec,
    ScaleSpec,
    SourceSpec,
    TargetSpec,
    WeightSpec,
    covers,
)
from indices.catalogue.uncertainty import StandardErrorSpec
from indices.problem import Problem
from indices.provinces import Provinces

MERGER_FRAME = 34
"""Provinces since 1 July 2025. Editions of this frame are never ranked with those of 63 or 64."""

STANDING_TARGET = 15
"""The rank every provincial index is to reach: order of the chairman of Bắc Giang, July 2020."""

FOCAL_PROVINCE = "Bắc Giang"
"""The province in focus where nobody chose another one."""


@dataclass(frozen=True)
class Catalogue:
    """Specs by kind, in the order of their files, and the problems found while reading them."""

    indices: Mapping[str, IndexSpec]
    components: tuple[ComponentSpec, ...]
    scales: tuple[ScaleSpec, ...]
    methods: tuple[MethodSpec, ...]
    weights: tuple[WeightSpec, ...]
    breaks: tuple[BreakSpec, ...]
    editions: tuple[EditionSpec, ...]
    targets: tuple[TargetSpec, ...]
    events: tuple[EventSpec, ...]
    headers: tuple[HeaderSpec, ...]
    sources: Mapping[str, SourceSpec]
    conflicts: tuple[ConflictSpec, ...]
    provinces: Provinces
    problems: tuple[Problem, ...]
    errors: tuple[StandardErrorSpec, ...] = ()

    @cached_property
    def _editions_by_index(self) -> dict[str, tuple[EditionSpec, ...]]:
        ordered = sorted(self.editions, key=lambda edition: (edition.index, edition.edition))
        return {index: tuple(group) for index, group in groupby(ordered, key=lambda edition: edition.index)}

    @cached_property
    def _errors_by_edition(self) -> dict[tuple[str, str], dict[str, float]]:
        found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for spec in self.errors:
            if spec.se is not None:
                found[spec.index, spec.edition][spec.province] = spec.se
        return dict(found)

    @cached_property
    def _components_by_code(self) -> dict[tuple[str, str], list[ComponentSpec]]:
        found: dict[tuple[str, str], list[ComponentSpec]] = defaultdict(list)
        for spec in self.components:
            found[spec.index, spec.component].append(spec)
        return dict(found)

    def editions_of(self, index: str) -> tuple[EditionSpec, ...]:
        """Editions of an index, oldest first."""
        return self._editions_by_index.get(index, ())

    def comparable_editions(self, index: str, frame: int) -> tuple[EditionSpec, ...]:
        """Editions of an index that may stand in one history: of the 34 merged provinces, or of 63 and 64."""
        merged = frame == MERGER_FRAME
        return tuple(spec for spec in self.editions_of(index) if (spec.frame == MERGER_FRAME) == merged)

    def edition(self, index: str, edition: str) -> EditionSpec | None:
        """One edition, or None where the catalogue has none of that name."""
        return next((spec for spec in self.editions_of(index) if spec.edition == edition), None)

    def components_of(self, index: str, year: int, parent: str = OVERALL) -> tuple[ComponentSpec, ...]:
        """Parts directly below `parent` in the editions of `year`, every split of them."""
        year = self._described(index, year)
        return tuple(
            spec
            for spec in self.components
            if spec.index == index and spec.parent == parent and covers(spec, year)
        )

    def component(self, index: str, code: str, year: int) -> ComponentSpec | None:
        """The component `code` as it stood in `year`."""
        year = self._described(index, year)
        found = self._components_by_code.get((index, code), ())
        return next((spec for spec in found if covers(spec, year)), None)

    def _described(self, index: str, year: int) -> int:
        """`year`, or the last year whose parts are described, for an edition that came in after it."""
        ends = [spec.last_edition for spec in self._components_by_code.get((index, OVERALL), ())]
        known = [end for end in ends if end is not None]
        return min(year, max(known)) if known and len(known) == len(ends) else year

    def scale_max(self, index: str, code: str, year: int) -> float | None:
        """Upper end of a component's scale in `year`, or None where it is not known."""
        for scale in self.scales:
            if scale.index == index and scale.component == code and covers(scale, year):
                return scale.scale_max
        component = self.component(index, code, year)
        if component is not None:
            return component.scale_max
        return self.indices[index].scale_max if code == OVERALL else None

    def method(self, index: str, year: int) -> MethodSpec | None:
        """The method in force in `year`."""
        return next((spec for spec in self.methods if spec.index == index and covers(spec, year)), None)

    def breaks_of(self, index: str, scope: str = OVERALL) -> tuple[BreakSpec, ...]:
        """First editions of a new method, of the whole index or of one component."""
        return tuple(spec for spec in self.breaks if spec.index == index and spec.scope == scope)

    def targets_of(self, index: str, year: int) -> tuple[TargetSpec, ...]:
        """Targets that documents set for the editions of `year`."""
        return tuple(spec for spec in self.targets if spec.index == index and covers(spec, year))

    def standard_errors(self, index: str, edition: str) -> Mapping[str, float]:
        """Published standard errors of an edition's totals, in points by province; empty where none are."""
        return self._errors_by_edition.get((index, edition), {})

    def events_of(self, index: str) -> tuple[EventSpec, ...]:
        """Events that bear on an index, oldest first."""
        return tuple(sorted((spec for spec in self.events if index in spec.indices), key=lambda e: e.date))
