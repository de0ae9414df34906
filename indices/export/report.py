"""The report on an uploaded file to take away: one JSON for page and command, lines for a terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from indices.i18n import Language, count, problem_sentence, text
from indices.intake import ColumnView, Intake
from indices.problem import Problem, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_MOST_OF_A_CODE = 100
_MOST_NOTES = 3
_LONGEST_VALUE = 60


def report_records(intake: Intake, language: Language) -> dict[str, Any]:
    """The whole report as plain values, sentences in `language`.

    `editions` are those whose tables could be put together (`new`: the catalogue does not know it yet,
    `n_figures`: rows of the tidy table); `counts` are those of the report's summary.
    """
    report, (index, edition) = intake.report, intake.proposed
    return {
        "file": intake.file_name,
        "sha256": intake.sha256,
        "readable": report.readable,
        "clean": report.clean,
        "may_be_added": intake.may_be_added,
        "proposed": {"index": index, "edition": edition},
        "sheets": [
            {"name": s.name, "hidden": s.hidden, "n_rows": s.n_rows, "is_table": s.is_table, "used": s.used}
            for s in intake.sheets
        ],
        "columns": [_column(view) for view in intake.columns],
        "editions": _editions(intake),
        "counts": report.summary(),
        "problems": [_problem(problem, language) for problem in report.problems],
    }


def report_to_keep(intake: Intake) -> dict[str, Any]:
    """What is kept with a version: findings by number, and what the analyst answered about the file."""
    given = asdict(intake.answers)
    return {**intake.report.summary(), "answers": {name: said for name, said in given.items() if said}}


def report_lines(intake: Intake, language: Language) -> list[str]:
    """The report as lines: the file, how it was understood, then errors, warnings and notes."""
    said = [text("export.report_file", language, file=one_line(intake.file_name), sha256=intake.sha256)]
    for found in _editions(intake):
        key = "export.report_edition_new" if found["new"] else "export.report_edition"
        counts = {name: count(found[name], language) for name in ("n_provinces", "n_figures")}
        said.append(text(key, language, index=found["index"], edition=found["edition"], **counts))
    said += [_question(view, language) for view in intake.questions]
    for severity in SEVERITIES:
        problems = intake.report.of(severity)
        if not problems:
            continue
        said += ["", text(f"export.found_{severity}", language, n=count(len(problems), language))]
        shown = _shown(problems, _MOST_NOTES if severity == "note" else _MOST_OF_A_CODE)
        said += ["  " + _line(problem, language) for problem in shown]
        if more := len(problems) - len(shown):
            said.append("  " + text("export.report_more", language, n=count(more, language)))
    return [*said, "", verdict(intake, language)]


def verdict(intake: Intake, language: Language) -> str:
    """In one sentence, what may be done with the file."""
    if not intake.report.readable:
        return text("export.verdict_unreadable", language)
    if not intake.may_be_added:
        return text("export.verdict_stopped", language)
    return text("export.verdict_clean" if intake.report.clean else "export.verdict_asks", language)


def one_line(words: str) -> str:
    """Text out of a file, fit for one line: signs that move a cursor or turn the text become spaces."""
    return _UNPRINTABLE.sub(" ", words).strip()


def _column(view: ColumnView) -> dict[str, Any]:
    facts = {"sheet": view.sheet, "letters": view.letters, "heading": view.heading, "role": view.role}
    return {**facts, "examples": list(view.examples)}


def _editions(intake: Intake) -> list[dict[str, Any]]:
    new = {(spec.index, spec.edition) for spec in intake.new_editions}
    return [
        {
            "index": index,
            "edition": edition,
            "new": (index, edition) in new,
            "n_provinces": int(table["province"].nunique()),
            "n_figures": len(table),
        }
        for (index, edition), table in sorted(intake.tables.items())
    ]


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "cell": problem.cell,
        "value": problem.value,
        "suggestion": problem.slots.get("suggestion"),
        "slots": dict(problem.slots),
        "message": problem_sentence(problem, language),
    }


def _shown(problems: Sequence[Problem], most: int) -> list[Problem]:
    """The first few of each code, in their order: a hundred of one kind must not hide another."""
    seen: Counter[str] = Counter()
    shown = []
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= most:
            shown.append(problem)
    return shown


def _line(problem: Problem, language: Language) -> str:
    places = []
    if problem.sheet is not None:
        places.append(text("export.on_sheet", language, sheet=problem.sheet))
    if problem.cell is not None:
        places.append(problem.cell)
    elif problem.row is not None:
        places.append(text("problem.row", language, row=problem.row))
    if problem.column:
        places.append(text("problem.column", language, column=_short(problem.column)))
    where = ", ".join(places)
    return one_line(f"{where}{': ' if where else ''}{problem_sentence(problem, language)} [{problem.code}]")


def _question(view: ColumnView, language: Language) -> str:
    examples = "; ".join(_short(example) for example in view.examples[:3])
    slots = {"column": view.letters, "heading": _short(view.heading), "examples": examples or "–"}
    return one_line(text("export.report_question", language, **slots))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_VALUE else words[: _LONGEST_VALUE - 1] + "…"
