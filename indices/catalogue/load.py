"""`data/catalogue` → Catalogue: read every file, check it against the others, keep what holds."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from indices.catalogue import checks
from indices.catalogue.catalogue import Catalogue
from indices.catalogue.reading import Line, read_lines
from indices.catalogue.specs import (
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
)
from indices.catalogue.uncertainty import read_standard_errors
from indices.problem import Problem
from indices.provinces import read_provinces

T = TypeVar("T")


def load_catalogue(directory: Path) -> Catalogue:
    """The catalogue of a folder (`indices.csv`, `components.csv`, …, `provinces.csv`).

    Never raises for what the files hold: a line that cannot be read or contradicts another file is
    left out and named in `Catalogue.problems` with file, row and reason, and the rest is usable.
    """
    problems: list[Problem] = []

    def lines(name: str, spec: type[T]) -> list[Line[T]]:
        found, wrong = read_lines(directory / name, spec)
        problems.extend(wrong)
        return found

    def sound(found: list[Line[T]], wrong: list[Problem]) -> list[Line[T]]:
        problems.extend(wrong)
        bad = {problem.row for problem in wrong if problem.severity == "error"}
        return [line for line in found if line.row not in bad]

    indices = lines("indices.csv", IndexSpec)
    indices = sound(indices, checks.check_indices(indices))
    by_code = {line.spec.index: line.spec for line in indices}
    sources = {line.spec.source: line.spec for line in lines("sources.csv", SourceSpec)}

    components = lines("components.csv", ComponentSpec)
    components = sound(components, checks.check_components(components, by_code))
    codes = {(line.spec.index, line.spec.component) for line in components}
    # A heading of a part that was left out for a fault of its own is no second fault.
    whole = not any(problem.file == "components.csv" for problem in problems)

    scales = lines("scales.csv", ScaleSpec)
    scales = sound(scales, checks.check_component_known(scales, codes, "scales.csv"))
    weights = lines("weights.csv", WeightSpec)
    weights = sound(weights, checks.check_component_known(weights, codes, "weights.csv"))
    problems += checks.check_weight_sums(weights)
    methods = lines("methods.csv", MethodSpec)
    methods = sound(methods, checks.check_periods(methods, by_code, "methods.csv"))
    breaks = lines("breaks.csv", BreakSpec)
    breaks = sound(breaks, checks.check_breaks(breaks, by_code, codes))
    editions = lines("editions.csv", EditionSpec)
    editions = sound(editions, checks.check_editions(editions, by_code))
    targets = lines("targets.csv", TargetSpec)
    targets = sound(targets, checks.check_targets(targets, by_code, sources))
    events = lines("events.csv", EventSpec)
    events = sound(events, checks.check_events(events, by_code, sources))
    headers = lines("headers.csv", HeaderSpec)
    headers = sound(headers, checks.check_headers(headers, by_code, codes if whole else None))
    conflicts = lines("conflicts.csv", ConflictSpec)
    conflicts = sound(conflicts, checks.check_index_known(conflicts, by_code, "conflicts.csv"))
    provinces, wrong = read_provinces(directory)
    problems.extend(wrong)
    errors, unsound = read_standard_errors(directory, by_code, sources, provinces)
    problems.extend(unsound)

    def specs(found: list[Line[T]]) -> tuple[T, ...]:
        return tuple(line.spec for line in found)

    return Catalogue(
        indices=by_code,
        components=specs(components),
        scales=specs(scales),
        methods=specs(methods),
        weights=specs(weights),
        breaks=specs(breaks),
        editions=specs(editions),
        targets=specs(targets),
        events=specs(events),
        headers=specs(headers),
        sources=sources,
        conflicts=specs(conflicts),
        provinces=provinces,
        problems=tuple(problems),
        errors=errors,
    )
