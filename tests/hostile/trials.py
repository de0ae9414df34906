"""Changed files by number: each number gives the same file always, and is tried against every promise."""

from __future__ import annotations

import csv
import io
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random

import openpyxl

from indices.export.marked import marked_workbook
from indices.export.report import report_lines, report_records
from indices.intake import Intake, take_in
from tests.hostile.byte_mutators import BYTE_MUTATORS, TEXT_MUTATORS, change_part
from tests.hostile.cell_mutators import MUTATORS
from tests.hostile.documents import Document, Grid, documents
from tests.hostile.oracle import Meanings, judge, learn
from tests.samples.figures import CATALOGUE

MOST_CHANGES = 4
MARKED_EVERY = 8


@dataclass
class Trial:
    """A file and what was done to make it; `grids` are its cells, None where only the bytes are known."""

    number: int
    name: str
    content: bytes
    document: int
    changes: list[str]
    grids: list[Grid] | None = None


@dataclass
class Outcome:
    """What became of a file; `wrong` says which promise was broken."""

    trial: Trial
    accepted: bool = False
    codes: tuple[str, ...] = ()
    seconds: float = 0.0
    n_checked: int = 0
    n_loose: int = 0
    wrong: list[str] = field(default_factory=list)


@cache
def meanings(document: int) -> Meanings:
    """What the columns of an unchanged document stand for; it must be accepted as it is."""
    typed = documents()[document].typed().copy()
    intake = take_in(typed.name, typed.content(), CATALOGUE)
    assert intake.may_be_added, (typed.name, intake.report.counts())
    learnt = learn(typed.sheets, intake)
    first = judge(typed.sheets, learnt, intake)
    assert not first.wrong and not first.n_loose, (typed.name, first.wrong[:5], first.n_loose)
    assert first.n_checked >= 20, typed.name
    return learnt


def trial(number: int) -> Trial:
    """The changed file of a number."""
    chance = Random(number)
    place = chance.randrange(len(documents()))
    original = documents()[place].copy()
    if chance.random() < 0.35:
        content = original.typed().content()
        chosen = change_part if content.startswith(b"PK") and chance.random() < 0.8 else None
        changes = []
        for _ in range(chance.choice((1, 1, 2))):
            kinds = BYTE_MUTATORS if content.startswith((b"PK", b"\xd0\xcf")) else TEXT_MUTATORS
            mutator = chosen or chance.choice(kinds)
            content = mutator(content, chance) or b" "
            changes.append(mutator.__name__)
            if chosen:
                break
        return Trial(number, original.name, content, place, changes, _grids(content))
    changed = _rewritten(original, chance).typed().copy()
    changes = []
    for _ in range(chance.choice((1, 1, 1, 2, 3, MOST_CHANGES))):
        mutator = chance.choice(MUTATORS)
        mutator(changed, chance)
        changes.append(mutator.__name__)
    try:
        content = changed.content()
    except UnicodeError:
        changed.encoding = "utf-8"
        content = changed.content()
    return Trial(number, changed.name, content, place, changes, changed.sheets)


def _rewritten(document: Document, chance: Random) -> Document:
    """Sometimes as another kind of file, with another separator and encoding."""
    if chance.random() < 0.4:
        kinds = ("csv", "csv", "xlsx", "ods", "xls") if len(document.sheets) == 1 else ("xlsx", "xls")
        document.kind = document.kind if document.decimal == "" else chance.choice(kinds)
    if document.kind == "csv" and chance.random() < 0.5:
        document.separator = chance.choice(";\t|")
        document.encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1258"))
        document.newline = chance.choice(("\n", "\r\n", "\r"))
    return document


def _grids(content: bytes) -> list[Grid] | None:
    """The cells of a file of changed bytes by a reader the program does not use; None: there is none."""
    if content.startswith(b"\xd0\xcf"):
        return None
    try:
        if content.startswith(b"PK"):
            pages = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets
            return [
                Grid(page.title, [list(row) for row in page.iter_rows(1, None, 1, None, True)])
                for page in pages
            ]
    except Exception:
        return None  # an ODS, or damaged
    return []


def _text_grids(content: bytes) -> list[Grid]:
    """Every table a text file can be: by encoding and separator."""
    found = []
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1258"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        for separator in ";,\t|":
            rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
            found.append(Grid("", rows))
    return found


def outcome(number: int) -> Outcome:
    """Take the file of a number in and hold it against every promise."""
    made = trial(number)
    result = Outcome(made)
    start = time.process_time()
    try:
        intake = take_in(made.name, made.content, CATALOGUE)
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        result.wrong.append(f"raised {type(fault).__name__}: {fault}"[:500])
        return result
    result.seconds = time.process_time() - start
    result.codes = tuple(intake.report.counts())
    result.accepted = intake.may_be_added
    if not intake.tables and not intake.report.errors:
        result.wrong.append("neither tables nor errors")
    _hold_cells(made, intake, result)
    _hold_report(number, intake, result)
    return result


def _hold_cells(made: Trial, intake: Intake, result: Outcome) -> None:
    if not result.accepted:
        return
    grids = made.grids
    if grids is None:  # no other reader: what the program's reader gave must still be what it is read as
        grids = [Grid(raw.sheet or "", _rows(raw)) for raw in intake.raw]
    learnt = meanings(made.document)
    if grids:
        judgements = [judge(grids, learnt, intake)]
    else:
        judgements = [judge([grid], learnt, intake) for grid in _text_grids(made.content)]
    best = min(judgements, key=lambda judgement: len(judgement.wrong))
    result.wrong += best.wrong
    result.n_checked, result.n_loose = best.n_checked, best.n_loose


def _rows(raw: object) -> list[list[object]]:
    return [[""] * 0] * (raw.first_row - 1) + raw.rows(0, raw.n_rows)  # type: ignore[attr-defined]  # as the reader gives it


def _hold_report(number: int, intake: Intake, result: Outcome) -> None:
    try:
        said = json.dumps(report_records(intake, "vi"), ensure_ascii=False)
        said.encode("utf-8")
        lines = report_lines(intake, "en")
        if any(ord(sign) < 32 or sign in "\x7f\u202e\u2028" for line in lines for sign in line):
            result.wrong.append("control signs in the report's lines")
        if number % MARKED_EVERY == 0:
            book = openpyxl.load_workbook(io.BytesIO(marked_workbook(intake, "vi")))
            formulas = [
                cell.coordinate
                for page in book
                for row in page.iter_rows()
                for cell in row
                if cell.data_type == "f"
            ]
            if formulas:
                result.wrong.append(f"formulas in the marked workbook: {formulas[:3]}")
    except Exception as fault:
        result.wrong.append(f"report raised {type(fault).__name__}: {fault}"[:500])


def summary(results: list[Outcome]) -> dict[str, object]:
    """Figures of many trials."""
    codes: Counter[str] = Counter(code for result in results if not result.accepted for code in result.codes)
    slowest = sorted(results, key=lambda result: -result.seconds)[:5]
    return {
        "files": len(results),
        "accepted": sum(result.accepted for result in results),
        "refused": sum(not result.accepted for result in results),
        "compared": sum(result.n_checked for result in results),
        "by_row_alone": sum(result.n_loose for result in results),
        "without_own_reader": sum(result.accepted and result.trial.grids is None for result in results),
        "slowest": [(result.trial.number, round(result.seconds, 2)) for result in slowest],
        "codes_of_refused": dict(codes.most_common()),
        "wrong": [
            (result.trial.number, result.trial.name, result.trial.changes, result.wrong[:3])
            for result in results
            if result.wrong
        ],
    }
