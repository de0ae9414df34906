"""What the cells of a table say, worked out anew: no reading of the program's takes part.

What each heading of an unchanged file stands for is known (`Meanings`, learnt from a file whose every
figure other tests have compared). A changed file that was accepted must then say, in the row of a
province and under a heading of the same words, each figure of its tidy table; and each number that
stands so must be in the tidy table, or in the report.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from indices.intake import Intake
from indices.tidy import tidy_rows
from tests.hostile.documents import Cell, Grid
from tests.samples.figures import CATALOGUE

Meaning = tuple[str | None, str | None, str | None, str]
"""Index, edition and component (None: the row says it), and score or rank."""
_PREFIXES = ("thanhpho", "tinh", "tp", "t")
_ROW = ("edition", "component", "index")


@cache
def _names() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for frame in (63, 34, 64):
        for spec in CATALOGUE.provinces.frame(frame):
            for name in (spec.name_vi, spec.name_en, *spec.aliases):
                found[_letters(name)].add(spec.name_vi)
    return found


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(sign for sign in text if "a" <= sign <= "z")


@cache
@lru_cache(maxsize=50_000)
def named(text: str) -> frozenset[str]:
    """The provinces a cell may name, whatever marks it has or lacks."""
    if len(text) > 100:
        return frozenset()
    plain = _letters(text)
    found = set(_names().get(plain, ()))
    for prefix in _PREFIXES:
        found |= _names().get(plain.removeprefix(prefix), set())
    for suffix in ("province", "city"):
        found |= _names().get(plain.removesuffix(suffix), set())
    if not found:  # a numbering by letters, or a footnote mark of letters
        found |= _names().get(_letters(re.sub(r"^\s*\w{1,5}\s*[.)/-]", "", text)), set())
    return frozenset(found)


def _as_text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def readings(cell: Cell, mark: str | None) -> frozenset[float]:
    """The number a cell says: none, one, or two where a sign may part thousands or decimals."""
    if isinstance(cell, bool) or cell is None:
        return frozenset()
    if isinstance(cell, int | float):
        return frozenset({float(cell)})
    return _typed_readings(cell, mark) if isinstance(cell, str) and len(cell) <= 500 else frozenset()


@lru_cache(maxsize=50_000)
def _typed_readings(cell: str, mark: str | None) -> frozenset[float]:
    text = "".join(_plain_sign(sign) for sign in unicodedata.normalize("NFC", cell))
    text = re.sub(r"\s+", " ", text).strip().removeprefix("'").casefold().strip()
    text = re.sub(r"\((?:tăng|giảm|up|down|[▲▼↑↓+-]) ?\d+(?: bậc)?\)$", "", text).strip()
    text = re.sub(r"^(?:thứ hạng|xếp hạng|hạng|thứ|rank) ?(?=\d)", "", text)
    text = re.sub(r"(?<=\d) ?(?:điểm|points?)$", "", text).removesuffix("%").strip()
    return frozenset(_numbers(text.partition("/")[0].strip(), mark))


def _plain_sign(sign: str) -> str:
    if unicodedata.category(sign) == "Cf":
        return ""
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    return {"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "﹣": "-", "－": "-"}.get(
        sign, {"，": ",", "．": ".", "％": "%", "／": "/", "（": "(", "）": ")", "＋": "+"}.get(sign, sign)
    )


def _numbers(text: str, mark: str | None) -> set[float]:
    if not re.fullmatch(r"[+-]?[\d., ]*\d(?:e[+-]?\d{1,3})?", text):
        return set()
    found = set()
    for decimal in (mark,) if mark else (",", "."):
        other = "." if decimal == "," else ","
        body = re.sub(r"e.*", "", text).lstrip("+-")
        whole, _, rest = body.partition(decimal)
        grouped = re.fullmatch(rf"\d{{1,3}}(?:[{other} ]\d{{3}})+|\d*", whole)
        if grouped and (rest.isdigit() or decimal not in body) and (whole or rest):
            found.add(float(text.replace(other, "").replace(" ", "").replace(decimal, ".")))
    return found


def decimal_mark(cells: Iterable[Cell]) -> str | None:
    """The mark that every text with a clear one has; None where they differ or there is none."""
    marks = set()
    for cell in cells:
        if isinstance(cell, str):
            comma, point = readings(cell, ","), readings(cell, ".")
            if comma and not point:
                marks.add(",")
            elif point and not comma:
                marks.add(".")
    return marks.pop() if len(marks) == 1 else None


@dataclass
class Meanings:
    """What the columns of a file stand for, by the words above them; `turned` files have them in rows."""

    turned: bool = False
    columns: dict[tuple[str, tuple[str, ...]], set[Meaning]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[tuple[str, ...], str] = field(default_factory=dict)
    headers: dict[str, list[list[str]]] = field(default_factory=dict)

    def of(self, sheet: str, key: tuple[str, ...]) -> set[Meaning]:
        """What words stand for in a sheet; in any, where the sheet has another name now."""
        return self.columns.get((sheet, key)) or self.columns.get(("", key), set())


def _turned(grid: Grid) -> list[list[Cell]]:
    width = grid.width
    rows = [[*row, *[None] * (width - len(row))] for row in grid.rows]
    return [list(column) for column in zip(*rows, strict=True)]


def _lines(grid: Grid, turned: bool) -> list[list[Cell]]:
    return _turned(grid) if turned else grid.rows


def _first_name(lines: list[list[Cell]]) -> int:
    return next(
        (n for n, line in enumerate(lines) if any(named(_as_text(cell)) for cell in line)), len(lines)
    )


def _keys(lines: list[list[Cell]], headers: list[int]) -> list[tuple[str, ...]]:
    """By column, the words above it; an open cell of an upper row belongs to the one left of it."""
    width = max((len(line) for line in lines), default=0)
    keys: list[list[str]] = [[] for _ in range(width)]
    for place, row in enumerate(headers):
        last = ""
        for at in range(width):
            word = " ".join(_as_text(lines[row][at] if at < len(lines[row]) else None).split())
            last = word or (last if place < len(headers) - 1 else "")
            keys[at].append(unicodedata.normalize("NFC", last))
    return [tuple(key) for key in keys]


def _header_rows(lines: list[list[Cell]], headers: list[list[str]]) -> list[int] | None:
    """Where the known rows of headings stand now: the rows most like them, in their order."""
    until = min(_first_name(lines), 80)
    found, start = [], 0
    for words in headers:
        wanted = set(words)
        rated = [
            (len(wanted & {" ".join(_as_text(cell).split()) for cell in lines[row]}), -row)
            for row in range(start, until)
        ]
        if not rated or max(rated)[0] * 2 < len(wanted):
            return None
        found.append(-max(rated)[1])
        start = found[-1] + 1
    return found


def learn(grids: list[Grid], intake: Intake) -> Meanings:
    """What an unchanged file's columns stand for: its roles as read, its editions as its figures tell."""
    views = [view for view in intake.columns if view.role]
    meanings = Meanings(turned=bool(views) and views[0].letters.isdigit())
    figures: dict[Meaning, dict[str, float]] = defaultdict(dict)
    for (index, edition), table in intake.tables.items():
        for province, part, *values in tidy_rows(table, ["province", "component", "score", "rank"]):
            for name, value in zip(("score", "rank"), values, strict=True):
                if value is not None:
                    figures[index, edition, part, name][province] = float(value)
    for grid in grids:
        lines = _lines(grid, meanings.turned)
        own = [view for view in views if (view.sheet or "") == (grid.name if view.sheet else "")]
        if not own:
            continue
        first = _first_name(lines)
        parts = {part for view in own for part in view.heading.split(" · ")}
        headers = [row for row in range(first) if _likeness(lines[row], _squeezed(parts)) >= 0.4][-3:]
        meanings.headers[grid.name] = [
            [w for cell in lines[row] if (w := " ".join(_as_text(cell).split()))] for row in headers
        ]
        keys = _keys(lines, headers)
        roles = {_place(view.letters): view.role for view in own}
        by_row = {role for role in roles.values() if role in _ROW}
        for at, role in roles.items():
            kind, _, part = role.partition(":")
            if kind in ("province", "source", "note", *_ROW):
                meanings.rows[keys[at]] = kind
            elif kind in ("score", "rank"):
                for meaning in _meant(lines, at, kind, part or "overall", figures, by_row):
                    meanings.columns[grid.name, keys[at]].add(meaning)
                    meanings.columns["", keys[at]].add(meaning)
    return meanings


def _likeness(line: list[Cell], words: set[str]) -> float:
    cells = [word for cell in line if (word := " ".join(_as_text(cell).split()))]
    return sum(unicodedata.normalize("NFC", cell) in words for cell in cells) / max(len(cells), 1)


def _squeezed(words: Iterable[str]) -> set[str]:
    return {unicodedata.normalize("NFC", " ".join(word.split())) for word in words}


def _place(letters: str) -> int:
    if letters.isdigit():
        return int(letters) - 1
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _meant(
    lines: list[list[Cell]],
    at: int,
    kind: str,
    part: str,
    figures: dict[Meaning, dict[str, float]],
    by_row: set[str],
) -> Iterator[Meaning]:
    if "edition" in by_row or "component" in by_row:
        index, edition = (_only(figures, at) for at in (0, 1))
        yield (
            None if "index" in by_row else index,
            None if "edition" in by_row else edition,
            None if "component" in by_row else part,
            kind,
        )
        return
    said = {}
    for line in lines:
        cell = line[at] if at < len(line) else None
        for province in _row_names(line, at):
            said[province] = readings(cell, None)
    for (index, edition, component, name), values in figures.items():
        if component == part and name == kind and values:
            right = sum(value in said.get(province, ()) for province, value in values.items())
            if right >= 0.95 * len(values):
                yield index, edition, component, name


def _only(figures: dict[Meaning, dict[str, float]], place: int) -> str | None:
    found = {meaning[place] for meaning in figures}
    return found.pop() if len(found) == 1 else None


def _row_names(line: list[Cell], at: int) -> frozenset[str]:
    """The provinces that the nearest name left of a cell, else the first right of it, may mean."""
    for cell in (*reversed(line[: at + 1]), *line[at + 1 :]):
        if found := named(_as_text(cell)):
            return found
    return frozenset()


@dataclass
class Judgement:
    """Where an accepted table and its cells differ; `n_checked` figures compared, `n_loose` by row alone."""

    wrong: list[str] = field(default_factory=list)
    n_checked: int = 0
    n_loose: int = 0


def judge(grids: list[Grid], meanings: Meanings, intake: Intake) -> Judgement:
    """An accepted file against its cells."""
    judgement = Judgement()
    used = {view.name for view in intake.sheets if view.used}
    cells = _Cells(meanings)
    for grid in grids:
        if len(grids) == 1 or grid.name in used:
            cells.add(grid)
    cells.read()
    figures = {}
    for (index, edition), table in intake.tables.items():
        for province, part, *values in tidy_rows(table, ["province", "component", "score", "rank"]):
            for name, value in zip(("score", "rank"), values, strict=True):
                if value is None:
                    continue
                judgement.n_checked += 1
                figures[index, edition, part, name, province] = float(value)
                said = cells.said.get((index, edition, part, name, province))
                if _near(value, said or ()):
                    continue
                if said is None and _near(value, cells.loose[province]):
                    judgement.n_loose += 1
                else:
                    judgement.wrong.append(f"not said: {index} {edition} {province} {part} {name} {value}")
    judgement.wrong += _lost(cells, figures, intake)
    return judgement


def _lost(cells: _Cells, figures: dict[tuple[str, ...], float], intake: Intake) -> Iterator[str]:
    """Numbers that stand where figures stand, and are neither in the tidy table nor in the report."""
    problems = intake.report.problems
    rows = {(problem.sheet or "", problem.row) for problem in problems}
    columns = {(problem.sheet or "", problem.at) for problem in problems}
    if any(problem.code == "more_of_a_code" for problem in problems):
        return
    for key, value, sheet, row, at in cells.sure:
        told = {(sheet, row), ("", row)} & rows or {(sheet, at), ("", at)} & columns
        if value and not told and not _near(value, [figures[key]] if key in figures else ()):
            yield f"lost: {key} {value} in row {row}, column {at}"


@dataclass
class _Lines:
    """A sheet by the lines its provinces stand in: the last line of headings, and the words above columns."""

    sheet: str
    turned: bool
    lines: list[list[Cell]]
    last: int
    keys: list[tuple[str, ...]]


class _Cells:
    """What the cells of a file say: by figure, by province alone, and what they say beyond doubt."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self.said: dict[tuple[str, ...], set[float]] = defaultdict(set)
        self.loose: dict[str, set[float]] = defaultdict(set)
        self.sure: list[tuple[tuple[str, ...], float, str, int, int]] = []
        self._grids: list[_Lines] = []

    def add(self, grid: Grid) -> None:
        known = self.meanings.headers
        wanted = [known[grid.name]] if grid.name in known else list(known.values())
        turned = self.meanings.turned
        for way in (turned, not turned):
            lines = _lines(grid, way)
            for words in wanted:
                if headers := _header_rows(lines, words):
                    keys = _keys(lines, headers)
                    self._grids.append(_Lines(grid.name, way, lines, headers[-1], keys))
                    return
        self._grids.append(_Lines(grid.name, turned, _lines(grid, turned), -1, []))

    def read(self) -> None:
        mark = decimal_mark(self._score_cells())
        for lines in self._grids:
            self._read(lines, mark)

    def _score_cells(self) -> Iterator[Cell]:
        for found in self._grids:
            for line in found.lines[found.last + 1 :]:
                for at, cell in enumerate(line):
                    meant = self.meanings.of(found.sheet, found.keys[at]) if at < len(found.keys) else set()
                    if not found.keys or any(kind == "score" for *_, kind in meant):
                        yield cell

    def _read(self, found: _Lines, mark: str | None) -> None:
        keys = found.keys
        special = {self.meanings.rows[key]: at for at, key in enumerate(keys) if key in self.meanings.rows}
        known = [self.meanings.of(found.sheet, key) for key in keys]
        for number, line in enumerate(found.lines):
            by_row = {role: _said(role, _text_at(line, special[role])) for role in _ROW if role in special}
            everyone = {name for cell in line for name in named(_as_text(cell))}
            for at, cell in enumerate(line):
                numbers = readings(cell, mark)
                for province in everyone if numbers else ():
                    self.loose[province] |= numbers
                if not numbers or number <= found.last or at >= len(known) or not known[at]:
                    continue
                names = _row_names(line, at)
                for meaning in known[at]:
                    of = tuple(
                        by_row.get(role, "") if said is None else said
                        for role, said in zip(("index", "edition", "component", ""), meaning, strict=True)
                    )
                    for province in names:
                        self.said[*of, province] |= numbers
                sure = len(names) == len(numbers) == len(known[at]) == keys.count(keys[at]) == 1
                if sure:
                    row, column = (at, number) if found.turned else (number, at)
                    key = (*of, next(iter(names)))
                    self.sure.append((key, next(iter(numbers)), found.sheet, row + 1, column + 1))


def _said(role: str, text: str) -> str:
    """An index, edition or part as a row says it, signs around it left out."""
    if role == "edition":
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?:-34)?(?!\d)", text)
        return str(years[0]) if len(set(years)) == 1 else ""
    plain = re.sub(r"[^a-z0-9_]", "", text.casefold())
    return plain.upper() if role == "index" else plain


def _text_at(line: list[Cell], at: int) -> str:
    return _as_text(line[at]).strip() if at < len(line) else ""


def _near(value: float, numbers: Iterable[float]) -> bool:
    return any(value == number or abs(value - number) <= 1e-9 * abs(number) for number in numbers)
