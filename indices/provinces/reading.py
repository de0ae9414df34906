"""Provinces from `provinces.csv` and `provinces_2025.csv`; a broken row is a problem and left out."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from indices.problem import Problem
from indices.provinces.frames import Provinces, ProvinceSpec
from indices.provinces.names import Spelling, slug, spelling

_COMMON = ("province_vi", "province_en", "region_vi", "region_en", "iso_code", "aliases")
_COLUMNS_63 = (*_COMMON, "gso_code", "successor_2025_vi")
_COLUMNS_34 = (*_COMMON, "code_2025", "predecessors_vi")
_MAY_BE_EMPTY = {"iso_code", "aliases"}

# A province of its own until it joined Hà Nội on 1 August 2008; only the 64 frame has it.
HA_TAY = ProvinceSpec(
    name_vi="Hà Tây",
    name_en="Ha Tay",
    slug="ha-tay",
    code="28",
    iso_code="VN-15",
    region_vi="Đồng bằng sông Hồng",
    region_en="Red River Delta",
    frame=64,
    successor="Hà Nội",
    predecessors=(),
    aliases=("Hatay", "Hà Tây (cũ)", "Hà Tây cũ"),
)


@dataclass
class _Reader:
    """One file on its way to specs: what was accepted, what was claimed, what was wrong."""

    path: Path
    problems: list[Problem]
    specs: dict[str, ProvinceSpec] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    claims: dict[Spelling, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def report(self, code: str, row: int | None, column: str | None, value: str | None, **slots: str) -> None:
        self.problems.append(Problem(code, self.path.name, row, column, value, slots))

    def cells(self, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows with every needed cell filled, as text, with the number a spreadsheet gives them."""
        if not self.path.is_file():
            self.report("file_missing", None, None, None)
            return
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
            table = list(csv.reader(io.StringIO(unicodedata.normalize("NFC", text), newline="")))
        except (UnicodeDecodeError, OSError, csv.Error):
            self.report("file_unreadable", None, None, None)
            return
        header = [cell.strip() for cell in table[0]] if table else []
        if missing := [column for column in columns if column not in header]:
            for column in missing:
                self.report("column_missing", 1, column, None)
            return
        for number, values in enumerate(table[1:], start=2):
            cells = {c: " ".join(v.split()) for c, v in zip(header, values, strict=False)}
            if not any(cells.values()):
                continue
            cells = {column: cells.get(column, "") for column in columns}
            self.stated.add(cells["province_vi"])
            empty = [column for column in columns if not cells[column] and column not in _MAY_BE_EMPTY]
            for column in empty:
                self.report("cell_empty", number, column, "")
            if not empty:
                yield number, cells

    def accept(self, number: int, spec: ProvinceSpec) -> None:
        """Keep a province unless its name or a spelling of it belongs to another one."""
        if spec.name_vi in self.specs:
            first = str(self.rows[spec.name_vi])
            self.report("province_duplicate", number, "province_vi", spec.name_vi, first=first)
            return
        for alias in (spec.name_vi, spec.name_en, *spec.aliases):
            owner = self.claims.get(spelling(alias))
            if owner is not None:
                self.report("alias_shared", number, "aliases", alias, other=owner, province=spec.name_vi)
                self._take(alias, owner)
                return
        self.specs[spec.name_vi] = spec
        self.rows[spec.name_vi] = number
        self.claims.update(dict.fromkeys(spec.spellings(), spec.name_vi))

    def _take(self, alias: str, owner: str) -> None:
        """A spelling that two provinces claim names neither, unless it is the owner's own name."""
        spec, wanted = self.specs[owner], spelling(alias)
        kept = tuple(name for name in spec.aliases if spelling(name) != wanted)
        self.specs[owner] = replace(spec, aliases=kept)


def read_provinces(directory: Path) -> tuple[Provinces, tuple[Problem, ...]]:
    """The provinces of all frames from the catalogue's folder, and every problem found on the way."""
    problems: list[Problem] = []
    new = _Reader(directory / "provinces_2025.csv", problems)
    for number, cells in new.cells(_COLUMNS_34):
        predecessors = tuple(cells["predecessors_vi"].split("|"))
        new.accept(number, _spec(cells, 34, cells["code_2025"], None, predecessors))
    old = _Reader(directory / "provinces.csv", problems)
    for number, cells in old.cells(_COLUMNS_63):
        successor = cells["successor_2025_vi"]
        # A row of the newer file that was left out is still stated there: one fault, one problem.
        if new.stated and successor not in new.stated:
            old.report("successor_unknown", number, "successor_2025_vi", successor)
            continue
        old.accept(number, _spec(cells, 63, cells["gso_code"], successor, ()))
    if old.stated:
        _check_predecessors(new, old)
    frame_63 = tuple(old.specs.values())
    return Provinces(frame_63, new.specs.values(), _with_ha_tay(frame_63)), tuple(problems)


def _spec(
    cells: dict[str, str], frame: int, code: str, successor: str | None, predecessors: tuple[str, ...]
) -> ProvinceSpec:
    return ProvinceSpec(
        name_vi=cells["province_vi"],
        name_en=cells["province_en"],
        slug=slug(cells["province_vi"]),
        code=code,
        iso_code=cells["iso_code"],
        region_vi=cells["region_vi"],
        region_en=cells["region_en"],
        frame=frame,
        successor=successor,
        predecessors=predecessors,
        aliases=tuple(alias for alias in cells["aliases"].split("|") if alias),
    )


def _check_predecessors(new: _Reader, old: _Reader) -> None:
    """Both files must tell the same story of the merger; one made of an unknown province is left out."""
    for spec in list(new.specs.values()):
        for name in spec.predecessors:
            if name not in old.stated:
                new.report("predecessor_unknown", new.rows[spec.name_vi], "predecessors_vi", name)
                new.specs.pop(spec.name_vi, None)
            elif name in old.specs and old.specs[name].successor != spec.name_vi:
                stated = str(old.specs[name].successor)
                row = new.rows[spec.name_vi]
                new.report("predecessor_elsewhere", row, "predecessors_vi", name, successor=stated)


def _with_ha_tay(frame_63: tuple[ProvinceSpec, ...]) -> tuple[ProvinceSpec, ...]:
    older = [replace(spec, frame=64) for spec in frame_63]
    place = next((i for i, spec in enumerate(older, start=1) if spec.name_vi == "Hà Nội"), len(older))
    return (*older[:place], HA_TAY, *older[place:]) if older else ()
