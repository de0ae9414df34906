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

import pandas as pd

from indices import (
    analysis,
    cli_access,
    cli_answers,
    cli_backup,
    cli_exports,
    cli_history,
    cli_uploads,
    narrative,
)
from indices.analysis.cells import whole
from indices.catalogue import load_catalogue
from indices.cli_held import known_index, known_province, opened
from indices.cli_options import FORMATS, WrongUseError, language_of, parser
from indices.cli_terminal import DONE, NOTHING, WRONG, StopError, give, print_json, print_rows, records, tell
from indices.export import tables
from indices.i18n import LANGUAGES, Language, as_language, place, problem_text, text
from indices.loaders.published import published_files, read_published
from indices.settings import from_environment
from indices.store import Held, StoreUnavailableError

_COVERAGE = ["index", "edition", "status", "n_scores", "n_ranks", "n_ranked"]


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
    except StopError as stop:
        tell(str(stop))
        return stop.code
    except WrongUseError as wrong:
        tell(str(wrong))
        tell(text("cli.see_help", language))
        return WRONG
    except StoreUnavailableError as fault:
        tell(text("cli.no_store", language, place=fault.place, reason=fault.reason))
        return WRONG
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`); keep Python from flushing into the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # the last line of defence: people at a terminal get a sentence
        tell(text("cli.failed", language, reason=f"{type(fault).__name__}: {fault}"))
        return WRONG


def _run(given: list[str], language: Language) -> int:
    answers = {"editions": _editions, "table": _table, "status": _status, "check": _check}
    further = {**cli_answers.COMMANDS, **cli_uploads.COMMANDS, **cli_history.COMMANDS}
    further |= cli_exports.COMMANDS
    further |= cli_access.COMMANDS | cli_backup.COMMANDS
    reader = parser(language, {**answers, **further})
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
    held = opened(language)
    coverage = analysis.coverage(held.store.table(), held.catalogue)[_COVERAGE]
    if options.index is not None:
        coverage = coverage[coverage["index"] == known_index(held, options.index, language)]
    if options.json:
        print_json(records(coverage))
        return DONE if len(coverage) else NOTHING
    words = coverage["status"].map(lambda code: text(f"charts.status_{code}", language))
    heads = ["columns.index", "columns.edition", "cli.status"]
    heads += ["columns.n_scores", "columns.n_ranks", "columns.n_ranked"]
    print_rows([text(key, language) for key in heads], coverage.assign(status=words).to_numpy().tolist())
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
    held = opened(language)
    index = known_index(held, options.index, language)
    figures = held.store.table()
    figures = figures[figures["index"] == index]
    rows = figures[figures["edition"] == options.edition].reset_index(drop=True)
    if rows.empty:
        listed = ", ".join(str(edition) for edition in figures["edition"].unique()) or "–"
        slots = {"index": index, "edition": options.edition, "held": listed}
        raise StopError(NOTHING, text("cli.no_edition", language, **slots))
    content = _content(rows, held, options, language)
    give(content, options.output, language)
    return DONE


def _content(rows: pd.DataFrame, held: Held, options: argparse.Namespace, language: Language) -> bytes:
    if options.format == "xlsx":
        return tables.workbook_bytes(rows, held.catalogue, language)
    if options.format == "parquet":
        return tables.parquet_bytes(rows)
    if options.format == "json":
        return (json.dumps(records(rows), ensure_ascii=False, indent=1) + "\n").encode()
    if options.output is not None:
        return tables.csv_bytes(rows, language)
    return str(rows.to_csv(index=False, lineterminator="\n")).encode()


def _status(options: argparse.Namespace, language: Language) -> int:
    target = int(options.target) if options.target.isascii() and options.target.isdigit() else 0
    if not 1 <= target <= 63:
        raise WrongUseError(text("cli.bad_target", language, value=options.target))
    held = opened(language)
    province = known_province(held, options.province, language)
    statuses = analysis.statuses(held.store.table(), held.catalogue, province, target)
    if options.json:
        print_json({"province": province, "target_rank": target, "indices": records(statuses)})
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
        print_rows([text(key, language) for key in heads], lines)
    return DONE if lines else NOTHING


def _check(_: argparse.Namespace, language: Language) -> int:
    settings = from_environment()
    if not settings.catalogue.is_dir():
        raise StopError(WRONG, text("cli.no_folder", language, folder=settings.catalogue))
    catalogue = load_catalogue(settings.catalogue)
    files = published_files(settings.published)
    problems = list(catalogue.problems)
    for path in files:
        problems += read_published(path, catalogue)[1]
    for problem in problems:
        print(problem_text(problem, language))
    key = "cli.check_found" if problems else "cli.check_clean"
    tell(text(key, language, n=len(problems), files=len(files), indices=len(catalogue.indices)))
    return NOTHING if problems else DONE
