"""A raw table with understood columns → figures: one line a province and part, with the cells they stand in.

Wide tables (a row a province), tidy ones (a row a figure) and panels (a year column, a year above each
column) are one case: every score or rank column says, or its row says, of which index, edition and
part it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec, edition_spec
from indices.loaders.cells import Texts, texts
from indices.loaders.findings import Findings
from indices.loaders.headings import YEAR, Vocabulary, fold
from indices.loaders.legacy import legacy_finding
from indices.loaders.published import BASES
from indices.loaders.raw import RawTable
from indices.loaders.roles import Column
from indices.loaders.rows import CERTAIN_LIKENESS, RowNames, nearest
from indices.loaders.values import Values, read_values
from indices.problem import Severity
from indices.tidy import OVERALL, TIDY_DTYPES

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
WHERE = ["sheet", "row", "score_at", "rank_at", "n_ranked_at", "name_at"]
"""Where a figure stands: number of the table, row as the spreadsheet counts, columns from 1 (0: none)."""
MOST_WORDS = 2_000
"""Different unknown names and parts that are looked at; no table has so many."""
WORTH_ASKING = 72.0
"""From this likeness on, 0 to 100, a name is asked about."""
MANY_OLDER = 10
"""So many provinces that are no more are a table of before the merger, not names to put right."""
_EDITION = re.compile(r"(?<!\d)((?:19|20)\d\d(?:-34)?)(?!\d)")


@dataclass(frozen=True, slots=True)
class Keyed:
    """By row: one of few texts ("" where there is none)."""

    words: tuple[str, ...]
    codes: Codes

    def array(self, rows: Codes) -> pa.Array:
        """The texts of some rows."""
        return pa.array(self.words, pa.string()).take(pa.array(self.codes[rows]))

    @classmethod
    def same(cls, word: str, n: int) -> Keyed:
        """One text in every row."""
        return cls((word,), np.zeros(n, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Task:
    """What is read: the table below its header, its columns, and what holds where the table is silent."""

    number: int
    table: RawTable
    columns: Sequence[Column]
    index: str | None
    edition: str | None
    source: str
    decimal: str | None


def figures_of(
    task: Task, catalogue: Catalogue, vocabulary: Vocabulary, names: RowNames, findings: Findings
) -> pd.DataFrame:
    """The figures of a table: tidy columns and WHERE; findings about its cells are added to `findings`."""
    return _Assembly(task, catalogue, vocabulary, names, findings).figures()


class _Assembly:
    def __init__(
        self, task: Task, catalogue: Catalogue, vocabulary: Vocabulary, names: RowNames, findings: Findings
    ) -> None:
        self.task, self.table = task, task.table
        self.catalogue, self.vocabulary, self.names, self.findings = catalogue, vocabulary, names, findings
        self.n = task.table.n_rows
        self.values = [c for c in task.columns if c.role in ("score", "rank", "n_ranked")]
        self.specs: dict[tuple[str, str], EditionSpec | None] = {}
        self._told: set[tuple[int, int]] = set()
        self._likeness: dict[str, float] = {}
        self._impossible: set[tuple[str, str]] = set()

    def column(self, role: str) -> Column | None:
        return next((column for column in self.task.columns if column.role == role), None)

    def figures(self) -> pd.DataFrame:
        province = self.column("province")
        if province is None:  # a header with nothing below it
            return _nothing()
        self.name_column, self.name_texts = province, texts(self.table.columns[province.at])
        self.filled = self._rows_with_figures()
        body = self._body()
        index = self._keyed("index", self.task.index or "", self._index_code)
        edition = self._keyed("edition", self.task.edition or "", self._edition_name)
        component = self._keyed("component", OVERALL, None)
        extra = {name: self._keyed(name, "", None) for name in ("basis", "source", "note")}
        decimal = self.task.decimal
        by_part = self.column("component") is not None
        read = read_values(self.table, self.values, body, decimal, self.findings, by_part)
        if not by_part:
            self._tell_empty(read)
        parts = []
        for key, group in self._groups().items():
            of_index = Keyed.same(key[0], self.n) if key[0] else index
            of_edition = Keyed.same(str(key[1]), self.n) if key[1] else edition
            of_part = Keyed.same(key[2], self.n) if key[2] != OVERALL else component
            parts += self._part(group, read, body, of_index, of_edition, of_part, extra)
        return pd.concat(parts, ignore_index=True) if parts else _nothing()

    def _tell_empty(self, read: Values) -> None:
        """Provinces with a row of their own and no figure in it; a note where the row says so itself."""
        for row in np.nonzero(read.empty)[0].tolist():
            severity: Severity = "note" if read.said_empty[row] else "warning"
            self.findings.add(
                "row_empty",
                table=self.table,
                place=row,
                at=self.name_column.at,
                heading=self.name_column.heading,
                value=self.name_texts.at(row),
                severity=severity,
                province=self._province(row),
            )

    def _groups(self) -> Mapping[tuple[str | None, int | None, str], dict[str, Column]]:
        groups: dict[tuple[str | None, int | None, str], dict[str, Column]] = {}
        for column in self.values:
            if column.role != "n_ranked":
                # "Điểm 2021" and "Hạng" of a table of 2021 are one pair.
                year = None if str(column.year) == self.task.edition else column.year
                index = None if column.index == self.task.index else column.index
                key = (index, year, column.component)
                groups.setdefault(key, {}).setdefault(column.role, column)
        return groups

    def _rows_with_figures(self) -> Mask:
        filled = np.zeros(self.n, dtype=bool)
        for column in self.values:
            has = pc.match_substring_regex(self.table.columns[column.at], r"\d")
            filled |= has.to_numpy(zero_copy_only=False).astype(bool) if len(has) else False
        return filled

    def _body(self) -> Mask:
        """Rows that are of a province, known or not; others are left out and named."""
        words = self.name_texts.words
        kinds = [self.names.read(word).kind for word in words]
        kind = np.array(kinds, dtype=object)[self.name_texts.codes] if words else np.empty(0, dtype=object)
        body: Mask = np.asarray(kind == "name", dtype=bool)
        for row in np.nonzero(~body)[0].tolist():
            word = self.name_texts.at(row).strip()
            if kind[row] == "blank":
                if self.filled[row] and not self._is_summary_row(row):
                    self._add("province_missing", row, self.name_column, "")
                continue
            if kind[row] == "unknown" and not self._left_out(row, word):
                body[row] = True
            elif kind[row] == "summary" and not self.filled[row]:
                continue  # a heading of a region, a line of column numbers: nothing is lost
            else:
                self._add("row_left_out", row, self.name_column, word, severity="note")
        return body

    def _left_out(self, row: int, word: str) -> bool:
        """Whether an unknown name is no province's: a footnote, or the header printed once more."""
        if fold(word) == fold(self.name_column.heading.split(" · ")[-1]):
            return True
        if self.filled[row]:
            return False
        if word not in self._likeness:
            if len(self._likeness) >= MOST_WORDS:
                return False
            self._likeness[word] = nearest(self.names._provinces, word, 63)[1]
        return self._likeness[word] < CERTAIN_LIKENESS

    def _is_summary_row(self, row: int) -> bool:
        cells = (
            column.slice(row, 1).to_pylist()[0] for column in self.table.columns[: self.name_column.at + 2]
        )
        found = [self.names.read(cell).kind for cell in cells if cell.strip() and not cell.strip().isdigit()]
        if "summary" in found:
            self._add("row_left_out", row, self.name_column, "", severity="note")
        return "summary" in found

    def _keyed(self, role: str, default: str, read: object) -> Keyed:
        column = self.column(role)
        if column is None:
            return Keyed.same(default, self.n)
        found = texts(self.table.columns[column.at])
        plain = tuple(word.strip() for word in found.words)
        words = tuple(read(word) if callable(read) and word else word for word in plain)
        if role in ("index", "edition"):
            self._tell_unknown(role, column, found, words)
        different = {word: code for code, word in enumerate(dict.fromkeys(word or default for word in words))}
        codes = np.array([different[word or default] for word in words], dtype=np.int64)
        return Keyed(tuple(different), codes[found.codes] if len(codes) else found.codes)

    def _tell_unknown(self, role: str, column: Column, found: Texts, words: tuple[str, ...]) -> None:
        unknown = [bool(typed.strip()) and not word for typed, word in zip(found.words, words, strict=True)]
        if any(unknown):
            rows = np.array(unknown, dtype=bool)[found.codes] & self.filled
            for row in np.nonzero(rows)[0].tolist():
                slots = {"index": self.task.index or "", "province": self._province(row)}
                self._add(f"unknown_{role}", row, column, found.at(row), **slots)

    def _index_code(self, word: str) -> str:
        if word.upper() in self.catalogue.indices:
            return word.upper()
        named = {code for code, titles in self.vocabulary.titles.items() if fold(word) in titles}
        return named.pop() if len(named) == 1 else ""

    @staticmethod
    def _edition_name(word: str) -> str:
        found = set(_EDITION.findall(word))
        return found.pop() if len(found) == 1 else ""

    def _part(
        self,
        group: Mapping[str, Column],
        read: Values,
        body: Mask,
        index: Keyed,
        edition: Keyed,
        component: Keyed,
        extra: Mapping[str, Keyed],
    ) -> list[pd.DataFrame]:
        """The figures of one pair of score and rank columns, edition by edition."""
        score, rank, n_ranked = read.of(group, self.n)
        known = body & (~np.isnan(score) | ~np.isnan(rank))
        if self.column("component") is not None:  # a row of its own that says why there is no figure
            noted = np.array([bool(word) for word in extra["note"].words], dtype=bool)
            known |= body & noted[extra["note"].codes]
        parts = []
        joint = index.codes * max(len(edition.words), 1) + edition.codes
        for pair in np.unique(joint[body]).tolist():
            of_index, of_edition = (
                index.words[pair // max(len(edition.words), 1)],
                edition.words[pair % max(len(edition.words), 1)],
            )
            rows = body & (joint == pair)
            spec = self._spec(of_index, of_edition)
            if spec is None:
                if of_index and of_edition:
                    self._tell_edition(rows, of_index, of_edition)
                continue
            named, rows = self._named(rows, spec)
            rows &= known
            rows &= self._described(rows, component, group, spec)
            at = np.nonzero(rows)[0]
            if not len(at):
                continue
            self._tell_other_scale(at, component, group, read, spec)
            parts.append(self._frame(at, spec, named, component, extra, (score, rank, n_ranked), group))
        return parts

    def _spec(self, index: str, edition: str) -> EditionSpec | None:
        if (index, edition) not in self.specs:
            self.specs[index, edition] = edition_spec(self.catalogue, index, edition)
        return self.specs[index, edition]

    def _named(self, rows: Mask, spec: EditionSpec) -> tuple[tuple[str, ...], Mask]:
        """Names by text in the frame of an edition, and the rows that have one; others are reported once."""
        frame = spec.province_frame
        words = self.name_texts.words
        names = tuple(self.names.read(word).names.get(frame, "") for word in words)
        has = np.array([bool(name) for name in names], dtype=bool)
        good = has[self.name_texts.codes]
        older = frame == MERGER_FRAME and self._tell_older(rows & ~good, spec)
        for row in np.nonzero(rows & ~good)[0].tolist():
            if not older or self.names.read(self.name_texts.at(row)).kind != "name":
                self._tell_name(row, frame)
        return names, rows & good & (not older)

    def _tell_older(self, rows: Mask, spec: EditionSpec) -> bool:
        """Whether a table for the merged provinces lists those of before; told once, at the first."""
        kinds = [self.names.read(word).kind == "name" for word in self.name_texts.words]
        found = np.nonzero(rows & np.array(kinds, dtype=bool)[self.name_texts.codes])[0].tolist()
        different = {self.name_texts.at(row) for row in found}
        if len(different) < MANY_OLDER:
            return False
        slots = {"n": str(len(different)), "edition": spec.edition, "frame": str(spec.frame)}
        self._add("frame_older", found[0], self.name_column, self.name_texts.at(found[0]), **slots)
        return True

    def _tell_edition(self, rows: Mask, index: str, edition: str) -> None:
        """An edition that a column says and that cannot be; what the sheet says is told elsewhere."""
        column = self.column("edition") or next((c for c in self.values if str(c.year) == edition), None)
        if column is not None and (index, edition) not in self._impossible:
            self._impossible.add((index, edition))
            row = int(np.nonzero(rows)[0][0])
            self._add("edition_impossible", row, column, edition, index=index, province=self._province(row))

    def _tell_name(self, row: int, frame: int) -> None:
        if (row, frame) in self._told:
            return
        self._told.add((row, frame))
        word = self.name_texts.at(row)
        if self.findings.is_full("unknown_province", self.table):
            self._add("unknown_province", row, self.name_column, word)
            return
        found = self.names.read(word)
        provinces = self.names._provinces
        if found.kind == "name":
            other = next(iter(found.names.values()))
            near = provinces.successor(other) if frame == MERGER_FRAME or other == "Hà Tây" else ""
            slots = {"frame": str(frame), "suggestion": near}
            self._add("province_wrong_frame", row, self.name_column, word, **slots)
            return
        if legacy := legacy_finding(word, self.names.is_province):
            self._add(legacy[0], row, self.name_column, word, **legacy[1])
            return
        likely, likeness = nearest(provinces, word, frame)
        likely = likely if likeness >= WORTH_ASKING else ""
        self._add("unknown_province", row, self.name_column, word, frame=str(frame), suggestion=likely)

    def _described(
        self, rows: Mask, component: Keyed, group: Mapping[str, Column], spec: EditionSpec
    ) -> Mask:
        """Rows whose part the index has in this year; a tidy table may name it by any known heading."""
        column = self.column("component")
        codes = [self._component_code(word, spec) for word in component.words[:MOST_WORDS]]
        codes += [None] * (len(component.words) - len(codes))
        self._codes = tuple(code or "" for code in codes)
        good = np.array([code is not None for code in codes], dtype=bool)[component.codes]
        for row in np.nonzero(rows & ~good)[0].tolist():
            value = component.words[component.codes[row]]
            at = column or next(iter(group.values()))
            self._add("unknown_component", row, at, value, province=self._province(row))
        return good

    def _tell_other_scale(
        self, at: Codes, component: Keyed, group: Mapping[str, Column], read: Values, spec: EditionSpec
    ) -> None:
        """Scores that name another scale than theirs ("9/63" is a rank, "6,0/6,1" two figures)."""
        if "score" not in group:
            return
        of = read.read[group["score"].at].of
        for row in at[~np.isnan(of[at])].tolist():
            scale = self.catalogue.scale_max(spec.index, self._codes[component.codes[row]], spec.year)
            if scale is not None and abs(scale - of[row]) > 1e-6:
                slots = {"of": f"{of[row]:g}", "scale": f"{scale:g}"}
                word = read.read[group["score"].at].words.at(row)
                self._add("score_of_other_scale", row, group["score"], word, **slots)

    def _component_code(self, word: str, spec: EditionSpec) -> str | None:
        if self.catalogue.component(spec.index, word, spec.year) is not None or word == OVERALL:
            return word
        meaning = self.vocabulary.read(word)
        entry = meaning.entry(spec.index, spec.year) if meaning else None
        if entry is not None and entry.role == "score":
            return entry.component
        return OVERALL if fold(word) in ("tong", "tongthe", "tonghop", "chung") else None

    def _frame(
        self,
        at: Codes,
        spec: EditionSpec,
        names: tuple[str, ...],
        component: Keyed,
        extra: Mapping[str, Keyed],
        read: tuple[npt.NDArray[np.float64], ...],
        group: Mapping[str, Column],
    ) -> pd.DataFrame:
        n = len(at)
        score, rank, n_ranked = (values[at] for values in read)
        if spec.n_ranked is not None:  # what the catalogue knows of the edition, where the file is silent
            n_ranked = np.where(np.isnan(n_ranked), spec.n_ranked, n_ranked)
        basis = extra["basis"]
        bases = Keyed(tuple(word if word in BASES else "published" for word in basis.words), basis.codes)
        source = Keyed(
            tuple(word or self.task.source for word in extra["source"].words), extra["source"].codes
        )
        columns = {
            "index": pa.array([spec.index] * n, pa.string()),
            "edition": pa.array([spec.edition] * n, pa.string()),
            "province": Keyed(names, self.name_texts.codes).array(at),
            "component": Keyed(self._codes, component.codes).array(at),
            "score": pa.array(score, pa.float64(), from_pandas=True),
            "rank": _whole(rank),
            "n_ranked": _whole(n_ranked),
            "basis": bases.array(at),
            "source": source.array(at),
            "note": extra["note"].array(at),
            "sheet": pa.array(np.full(n, self.task.number)),
            "row": pa.array(at + self.table.first_row),
            **{
                f"{role}_at": pa.array(np.full(n, group[role].at + 1 if role in group else 0))
                for role in ("score", "rank")
            },
            "n_ranked_at": pa.array(np.full(n, self._n_ranked_at(group))),
            "name_at": pa.array(np.full(n, self.name_column.at + 1)),
        }
        return pa.table(columns).to_pandas(types_mapper=pd.ArrowDtype)

    def _n_ranked_at(self, group: Mapping[str, Column]) -> int:
        """The column that says of how many: its own, or the rank's ("9/63")."""
        column = self.column("n_ranked") or group.get("rank")
        return column.at + 1 if column else 0

    def _province(self, row: int) -> str:
        return next(iter(self.names.read(self.name_texts.at(row)).names.values()), "")

    def _add(self, code: str, row: int, column: Column, value: str, **slots: str) -> None:
        place = {"table": self.table, "place": row, "at": column.at, "heading": column.heading}
        self.findings.add(code, value=value, **place, **slots)  # type: ignore[arg-type]


def _whole(values: npt.NDArray[np.float64]) -> pa.Array:
    missing = np.isnan(values)
    return pa.array(np.where(missing, 0, values).astype(np.int64), pa.int64(), mask=missing)


def _nothing() -> pd.DataFrame:
    where = dict.fromkeys(WHERE, pd.ArrowDtype(pa.int64()))
    kinds = {**TIDY_DTYPES, **where}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in kinds.items()})


__all__ = ["WHERE", "YEAR", "Task", "figures_of"]
