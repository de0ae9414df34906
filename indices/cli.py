"""The command line: what the pages show, without a browser (`python -m indices --help`).

Answers go to standard output, everything else to standard error. Exit codes: 0 done, 1 problems or
nothing found, 2 wrong use or something that could not be read or written.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from indices import analysis, narrative
from indices.analysis.cells import whole
from indices.catalogue import load_catalogue
from indices.cli_options import FORMATS, WrongUseError, language_of, parser
from indices.export import tables
from indices.i18n import LANGUAGES, Language, as_language, place, problem_text, text
from indices.loaders.published import published_files, read_published
from indices.settings import from_environment
from indices.store import Held, open_held

DONE, NOTHING, WRONG = 0, 1, 2
_COVERAGE = ["index", "edition", "status", "n_scores", "n_ranks", "n_ranked"]


class _StopError(Exception):
    """The command ends here: a sentence for standard error and the exit code."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` are those of the process unless given. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # UTF-8 whatever the locale says
            stream.reconfigure(encoding="utf-8")
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(given)
    try:
        code = _run(given, language)
        sys.stdout.flush()
        return code
    except _StopError as stop:
        _tell(str(stop))
        return stop.code
    except WrongUseError as wrong:
        _tell(str(wrong))
        _tell(text("cli.see_help", language))
        return WRONG
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`); keep Python from flushing into the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # the last line of defence: people at a terminal get a sentence
        _tell(text("cli.failed", language, reason=f"{type(fault).__name__}: {fault}"))
        return WRONG


def _run(given: list[str], language: Language) -> int:
    reader = parser(language, {"editions": _editions, "table": _table, "status": _status, "check": _check})
    options = reader.parse_args(given)
    if options.lang is not None and as_language(options.lang) is None:
        allowed = ", ".join(LANGUAGES)
        raise WrongUseError(text("cli.one_of", language, option="--lang", allowed=allowed))
    if options.command is None:
        reader.print_help(sys.stderr)
        return WRONG
    command: Callable[[argparse.Namespace, Language], int] = options.command
    return command(options, language)


def _editions(options: argparse.Namespace, language: Language) -> int:
    held = _held(language)
    coverage = analysis.coverage(held.store.table(), held.catalogue)[_COVERAGE]
    if options.index is not None:
        coverage = coverage[coverage["index"] == _known_index(held, options.index, language)]
    if options.json:
        _print_json(_records(coverage))
        return DONE if len(coverage) else NOTHING
    words = coverage["status"].map(lambda code: text(f"charts.status_{code}", language))
    heads = ["columns.index", "columns.edition", "cli.status"]
    heads += ["columns.n_scores", "columns.n_ranks", "columns.n_ranked"]
    _print_rows([text(key, language) for key in heads], coverage.assign(status=words).to_numpy().tolist())
    return DONE if len(coverage) else NOTHING


def _table(options: argparse.Namespace, language: Language) -> int:
    for name in ("index", "edition"):
        if getattr(options, name) is None:
            raise WrongUseError(text("cli.option_needed", language, option=f"--{name}"))
    if options.format not in FORMATS:
        raise WrongUseError(text("cli.one_of", language, option="--format", allowed=", ".join(FORMATS)))
    binary = options.format in ("parquet", "xlsx")
    if binary and options.output is None and sys.stdout.isatty():
        raise WrongUseError(text("cli.needs_file", language, format=options.format))
    held = _held(language)
    index = _known_index(held, options.index, language)
    figures = held.store.table()
    figures = figures[figures["index"] == index]
    rows = figures[figures["edition"] == options.edition].reset_index(drop=True)
    if rows.empty:
        listed = ", ".join(str(edition) for edition in figures["edition"].unique()) or "–"
        slots = {"index": index, "edition": options.edition, "held": listed}
        raise _StopError(NOTHING, text("cli.no_edition", language, **slots))
    content = _content(rows, held, options, language)
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return DONE
    try:
        Path(options.output).write_bytes(content)
    except OSError as fault:
        slots = {"file": options.output, "reason": str(fault.strerror)}
        raise _StopError(WRONG, text("cli.not_written", language, **slots)) from fault
    return DONE


def _content(rows: pd.DataFrame, held: Held, options: argparse.Namespace, language: Language) -> bytes:
    if options.format == "xlsx":
        return tables.workbook_bytes(rows, held.catalogue, language)
    if options.format == "parquet":
        return tables.parquet_bytes(rows)
    if options.format == "json":
        return (json.dumps(_records(rows), ensure_ascii=False, indent=1) + "\n").encode()
    if options.output is not None:
        return tables.csv_bytes(rows, language)
    return str(rows.to_csv(index=False, lineterminator="\n")).encode()


def _status(options: argparse.Namespace, language: Language) -> int:
    target = int(options.target) if options.target.isascii() and options.target.isdigit() else 0
    if not 1 <= target <= 63:
        raise WrongUseError(text("cli.bad_target", language, value=options.target))
    held = _held(language)
    province = _known_province(held, options.province, language)
    statuses = analysis.statuses(held.store.table(), held.catalogue, province, target)
    if options.json:
        _print_json({"province": province, "target_rank": target, "indices": _records(statuses)})
        return DONE if len(statuses) else NOTHING
    called = held.catalogue.provinces.name(province, language)
    print(f"{called}: {narrative.headline(statuses, len(held.catalogue.indices), target, language)}")
    lines = []
    for row in statuses.to_dict("records"):
        changed = narrative.change_sentence(row, language) + narrative.break_sentence(row, language)
        where = place(whole(row["place"]), whole(row["n_ranked"]))
        state, away = narrative.status_sentence(row, language), narrative.places_sentence(row, language)
        said = [state, away, changed, narrative.limits_sentence(row, language)]
        lines.append([row["index"], row["edition"], where, *said])
    heads = ["columns.index", "columns.edition", "columns.place", "cli.status"]
    heads += ["cli.away", "columns.change", "cli.rests_on"]
    if lines:
        _print_rows([text(key, language) for key in heads], lines)
    return DONE if lines else NOTHING


def _check(_: argparse.Namespace, language: Language) -> int:
    settings = from_environment()
    if not settings.catalogue.is_dir():
        raise _StopError(WRONG, text("cli.no_folder", language, folder=settings.catalogue))
    catalogue = load_catalogue(settings.catalogue)
    files = published_files(settings.published)
    problems = list(catalogue.problems)
    for path in files:
        problems += read_published(path, catalogue)[1]
    for problem in problems:
        print(problem_text(problem, language))
    key = "cli.check_found" if problems else "cli.check_clean"
    _tell(text(key, language, n=len(problems), files=len(files), indices=len(catalogue.indices)))
    return NOTHING if problems else DONE


def _held(language: Language) -> Held:
    held = open_held(from_environment())
    if not held.catalogue.indices or not held.catalogue.provinces.frame(63):
        told = [problem_text(problem, language) for problem in held.problems[:5]]
        raise _StopError(WRONG, "\n".join([*told, text("frame.no_catalogue", language)]))
    if held.unwritable is not None:
        _tell(text("frame.unwritable", language, place=held.unwritable.place))
    if held.problems:
        _tell(text("cli.data_problems", language, n=len(held.problems)))
    return held


def _known_index(held: Held, given: str, language: Language) -> str:
    if given.upper() not in held.catalogue.indices:
        slots = {"value": given, "allowed": ", ".join(held.catalogue.indices)}
        raise _StopError(NOTHING, text("cli.no_index", language, **slots))
    return given.upper()


def _known_province(held: Held, given: str, language: Language) -> str:
    provinces = held.catalogue.provinces
    found = provinces.resolve(given)
    if found is None and (by_slug := provinces.by_slug(given)) is not None:
        found = by_slug.name_vi
    if found is None:
        near = ", ".join(provinces.name(name, language) for name, _ in provinces.suggest(given))
        key = "cli.no_province_suggest" if near else "cli.no_province"
        slots = {"value": given, **({"near": near} if near else {})}
        raise _StopError(NOTHING, text(key, language, **slots))
    return found


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with plain values, None where a figure is missing."""
    rows: list[dict[str, Any]] = pa.Table.from_pandas(table, preserve_index=False).to_pylist()
    return rows


def _print_json(answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))


def _print_rows(heads: list[str], rows: list[list[Any]]) -> None:
    """Columns side by side; numbers to the right."""
    written = [heads, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in written) for at in range(len(heads))]
    right = [bool(rows) and all(isinstance(row[at], int) for row in rows) for at in range(len(heads))]
    for row in written:
        cells = zip(row, widths, right, strict=True)
        print("  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in cells).rstrip())


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
