"""Published standard errors of totals: `data/uncertainty/*.csv`, beside the folder of the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from indices.catalogue.reading import Line, read_lines
from indices.catalogue.specs import IndexSpec, SourceSpec
from indices.problem import Problem
from indices.provinces import Provinces

FOLDER = "uncertainty"


@dataclass(frozen=True, slots=True)
class StandardErrorSpec:
    """How far a province's total of one edition may be off for its sample: one standard error, in points.

    `se` is None where the publisher gave none. The interval columns of the file are not read: they are
    called 95 % and reach 1.645 standard errors to either side, which is 90 %.
    """

    index: str
    edition: str
    province: str
    se: float | None
    source: str


def read_standard_errors(
    directory: Path, indices: Mapping[str, IndexSpec], sources: Mapping[str, SourceSpec], provinces: Provinces
) -> tuple[tuple[StandardErrorSpec, ...], list[Problem]]:
    """The standard errors of a folder of the catalogue, and what is wrong with their files.

    A line that cannot be right is left out and named. A folder without such files has no fault: most
    indices publish no errors.
    """
    found: list[StandardErrorSpec] = []
    problems: list[Problem] = []
    frames = {spec.name_vi for frame in (34, 63, 64) for spec in provinces.frame(frame)}
    for path in sorted((directory.parent / FOLDER).glob("*.csv")):
        lines, wrong = read_lines(path, StandardErrorSpec)
        wrong += _check(lines, indices, sources, frames, path.name)
        bad = {problem.row for problem in wrong}
        found += [line.spec for line in lines if line.row not in bad]
        problems += [replace(problem, file=f"{FOLDER}/{problem.file}") for problem in wrong]
    return tuple(found), problems


def _check(
    lines: list[Line[StandardErrorSpec]],
    indices: Mapping[str, IndexSpec],
    sources: Mapping[str, SourceSpec],
    provinces: Collection[str],
    file: str,
) -> list[Problem]:
    """Index, province and source known, an error above zero, no province twice in an edition."""
    problems: list[Problem] = []
    seen: set[tuple[str, str, str]] = set()
    for line in lines:
        spec, key = line.spec, (line.spec.index, line.spec.edition, line.spec.province)
        wrong: list[tuple[str, str, str, dict[str, str]]] = []
        if spec.index not in indices:
            wrong.append(("unknown_index", "index", spec.index, {}))
        if spec.province not in provinces:
            wrong.append(("unknown_province_alone", "province", spec.province, {"frame": "63"}))
        if spec.source not in sources:
            wrong.append(("unknown_source", "source", spec.source, {}))
        if spec.se is not None and spec.se <= 0:
            wrong.append(("not_allowed", "se", f"{spec.se:g}", {"allowed": "> 0"}))
        if key in seen:
            wrong.append(("duplicate_key", "province", spec.province, {}))
        seen.add(key)
        problems += [
            Problem(code, file, line.row, column, value, slots) for code, column, value, slots in wrong
        ]
    return problems
