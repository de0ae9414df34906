"""Commands that bring a file in: look at it (`check`), add it (`add`), and the template to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import cast

from indices.access.roles import Action
from indices.cli_held import known_edition, known_index, opened, record
from indices.cli_options import Command, WrongUseError, needed
from indices.cli_receipt import print_receipt
from indices.cli_terminal import DONE, NOTHING, WRONG, StopError, give, print_json, tell
from indices.export.report import report_lines, report_records, report_to_keep
from indices.export.template import template_workbook
from indices.i18n import Language, text
from indices.intake import Answers, Edition, Intake, take_in
from indices.numbers import DecimalMark
from indices.store import AlreadyHeldError, Held

_MOST_BYTES = 100_000_000


def _check(options: argparse.Namespace, language: Language) -> int:
    held = opened(language)
    intake, _ = _taken_in(held, options, language)
    if options.json:
        print_json(report_records(intake, language))
    else:
        print("\n".join(report_lines(intake, language)))
    if not intake.report.readable:
        return WRONG
    return DONE if intake.report.clean else NOTHING


def _add(options: argparse.Namespace, language: Language) -> int:
    for option in ("index", "edition", "by", "reason"):
        needed(getattr(options, option), f"--{option}", language)
    held = opened(language, to_write=True)
    intake, wanted = _taken_in(held, options, language)
    if refused := _refusal(intake, wanted, options.accept_warnings, language):
        if options.json:
            print_json({"added": False, "why": refused, "report": report_records(intake, language)})
        else:
            print("\n".join(report_lines(intake, language)))
        tell(refused)
        return NOTHING if intake.report.readable else WRONG
    before = held.store.table()
    try:
        versions = held.store.add_all(
            [intake.tables[key] for key in sorted(intake.tables)],
            origin="upload",
            by=options.by.strip(),
            reason=options.reason.strip(),
            file_name=intake.file_name,
            content=intake.content,
            report=report_to_keep(intake),
        )
    except AlreadyHeldError as fault:
        raise StopError(NOTHING, text("cli.already_held", language, what=str(fault))) from fault
    asked = sorted(intake.tables)
    what = ", ".join(" ".join(edition) for edition in asked)
    made = [one.version for one in versions]
    record(held, options.by.strip(), Action.UPLOAD, what, file=intake.sha256, versions=made)
    print_receipt(held, versions, before, language, as_json=options.json, asked=asked)
    return DONE


def _template(options: argparse.Namespace, language: Language) -> int:
    held = opened(language)
    index = known_index(held, needed(options.index, "--index", language), language)
    edition = needed(options.edition, "--edition", language)
    known_edition(held, index, edition, language)
    output = needed(options.output, "-o", language)
    give(template_workbook(held.catalogue, index, edition, held.store.table(), language), output, language)
    return DONE


def _taken_in(held: Held, options: argparse.Namespace, language: Language) -> tuple[Intake, set[Edition]]:
    """The file taken in, and the editions that the options say it holds."""
    indices = [known_index(held, code, language, WRONG) for code in _listed(options.index)]
    editions = _listed(options.edition)
    if editions and not indices:
        raise WrongUseError(text("cli.option_needed", language, option="--index"))
    wanted = {(index, edition) for index in indices for edition in editions}
    for index, edition in wanted:
        known_edition(held, index, edition, language, WRONG)
    answers = Answers(
        # Several stand in columns or sheets of their own: the file says which row is of which.
        index=indices[0] if len(indices) == 1 else None,
        edition=editions[0] if len(editions) == 1 else None,
        sheets=tuple(options.sheet or ()),
        decimal=_decimal(options.decimal, language),
        columns=dict(_role(given, language) for given in options.column or ()),
        source=options.source or "",
    )
    path = Path(options.file)
    try:
        if path.stat().st_size > _MOST_BYTES:
            limit = _MOST_BYTES // 1_000_000
            raise StopError(WRONG, text("cli.file_too_large", language, file=options.file, limit=limit))
        content = path.read_bytes()
    except OSError as fault:
        slots = {"file": options.file, "reason": str(fault.strerror)}
        raise StopError(WRONG, text("cli.not_read", language, **slots)) from fault
    intake = take_in(path.name, content, held.catalogue, answers, held.store.table())
    return intake, wanted


def _listed(given: str | None) -> list[str]:
    """The parts of "2018,2019", each once."""
    return list(dict.fromkeys(part.strip() for part in (given or "").split(",") if part.strip()))


def _refusal(intake: Intake, wanted: set[Edition], accept: bool, language: Language) -> str | None:
    """Why the file is not added, None where nothing speaks against it."""
    if not intake.report.readable:
        return text("export.verdict_unreadable", language)
    if not intake.may_be_added:
        return text("cli.not_added_errors", language, n=len(intake.report.errors))
    found = sorted(intake.tables)
    parts = [list(dict.fromkeys(names)) for names in zip(*found, strict=True)]
    said = [list(dict.fromkeys(names)) for names in zip(*sorted(wanted), strict=True)]
    # Of several indices and several editions not every pair need be there.
    if not wanted.issuperset(found) or any(set(a) != set(b) for a, b in zip(parts, said, strict=True)):
        listed = ", ".join(" ".join(key) for key in found)
        slots = {"indices": ",".join(parts[0]), "editions": ",".join(parts[1])}
        return text("cli.not_added_editions", language, found=listed, **slots)
    if intake.report.warnings and not accept:
        return text("cli.not_added_warnings", language, n=len(intake.report.warnings))
    return None


def _decimal(given: str | None, language: Language) -> DecimalMark | None:
    if given not in (None, ",", "."):
        raise WrongUseError(text("cli.one_of", language, option="--decimal", allowed='"," "."'))
    return cast("DecimalMark | None", given)


def _role(given: str, language: Language) -> tuple[str, str]:
    heading, sign, role = given.rpartition("=")
    if not sign or not heading or not role.strip():
        raise WrongUseError(text("cli.bad_column", language, given=given))
    return heading, role.strip()


COMMANDS: dict[str, Command] = {"check_file": _check, "add": _add, "template": _template}
