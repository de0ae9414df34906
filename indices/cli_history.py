"""Commands on what was brought in: who and when, what differs, back to an older version, corrections."""

from __future__ import annotations

import argparse
import json
from typing import Any

from indices.access.roles import Action
from indices.catalogue import EditionSpec
from indices.cli_held import known_edition, known_index, known_province, opened, record
from indices.cli_options import Command, WrongUseError, needed
from indices.cli_receipt import difference_records, figure_text, print_difference, print_receipt
from indices.cli_terminal import DONE, NOTHING, StopError, give, print_json, print_rows, records, tell
from indices.export.report import one_line
from indices.i18n import Language, moment, text
from indices.numbers import read_number
from indices.store import CorrectionError, Held, UnknownVersionError
from indices.tidy import OVERALL

_FIELDS = ("score", "rank", "n_ranked")


def _history(options: argparse.Namespace, language: Language) -> int:
    held = opened(language)
    index = known_index(held, options.index, language) if options.index is not None else None
    found = held.store.history(index, options.edition)
    current = set(held.store.current().values())
    if options.json:
        print_json([_version(row, current) for row in records(found)])
        return DONE if len(found) else NOTHING
    if found.empty:
        tell(text("history.nothing", language))
        return NOTHING
    heads = ["history.head_version", "columns.index", "columns.edition", "history.head_state"]
    heads += ["history.head_when", "history.head_who", "history.head_file", "history.head_reason"]
    lines = [_line(row, current, language) for row in records(found)]
    print_rows([text(key, language) for key in heads], lines)
    return DONE


def _line(row: dict[str, Any], current: set[int], language: Language) -> list[Any]:
    """A version as a line, times as in Vietnam."""
    state = "older" if row["withdrawn_at"] is None else "withdrawn"
    if row["version"] in current:
        state = "current"
    bundled = row["origin"] == "bundled"
    who = text("history.by_program", language) if bundled else row["added_by"]
    facts = [row["version"], row["index"], row["edition"], text(f"history.state_{state}", language)]
    told = (moment(row["added_at"], language), who, row["file_name"], row["reason"])
    return [*facts, *(one_line(words) for words in told)]


def _version(row: dict[str, Any], current: set[int]) -> dict[str, Any]:
    """A version as JSON: times in ISO 8601 (UTC), the report's summary as an object."""
    times = {name: row[name].isoformat() if row[name] else None for name in ("added_at", "withdrawn_at")}
    return {**row, **times, "report": json.loads(row["report"]), "current": row["version"] in current}


def _difference(options: argparse.Namespace, language: Language) -> int:
    held = opened(language)
    old, new = (_known_version(held, given, language) for given in (options.old, options.new))
    facts = held.store.history().set_index("version")
    of = [tuple(facts.loc[version, ["index", "edition"]]) for version in (old, new)]
    if of[0] != of[1]:
        slots = {"old": " ".join(of[0]), "new": " ".join(of[1])}
        raise WrongUseError(text("cli.other_edition", language, **slots))
    found = held.store.difference(old, new)
    if options.json:
        print_json({"old": old, "new": new, **difference_records(found)})
    else:
        print_difference(found, language)
    return DONE


def _restore(options: argparse.Namespace, language: Language) -> int:
    by, reason = needed(options.by, "--by", language), needed(options.reason, "--reason", language)
    held = opened(language, to_write=True)
    version = _known_version(held, options.version, language)
    before = held.store.table()
    made = held.store.restore(version, by=by, reason=reason)
    record(held, by, Action.CHANGE, "restore", version=version)
    print_receipt(held, [made], before, language)
    return DONE


def _withdraw(options: argparse.Namespace, language: Language) -> int:
    by, reason = needed(options.by, "--by", language), needed(options.reason, "--reason", language)
    held = opened(language, to_write=True)
    version = _known_version(held, options.version, language)
    held.store.withdraw(version, by=by, reason=reason)
    record(held, by, Action.CHANGE, "withdraw", version=version)
    row = records(held.store.history().query("version == @version"))[0]
    now = held.store.current().get((row["index"], row["edition"]))
    slots = {"version": version, "index": row["index"], "edition": row["edition"]}
    if now is None:
        print(text("cli.withdrawn_none", language, **slots))
    else:
        print(text("cli.withdrawn", language, **slots, now=now))
    return DONE


def _correct(options: argparse.Namespace, language: Language) -> int:
    given = {name: needed(getattr(options, at), f"--{name}", language) for name, at in _CORRECTION.items()}
    if given["field"] not in _FIELDS:
        allowed = ", ".join(_FIELDS)
        raise WrongUseError(text("cli.one_of", language, option="--field", allowed=allowed))
    old, new = (_figure(given[name], f"--{name}", given["field"], language) for name in ("from", "to"))
    held = opened(language, to_write=True)
    index = known_index(held, given["index"], language)
    spec = known_edition(held, index, given["edition"], language)
    province = known_province(held, given["province"], language, spec.province_frame)
    before = held.store.table()
    if wrong := _out_of_bounds(held, spec, options.component or OVERALL, given["field"], new, language):
        raise WrongUseError(wrong)
    what = (index, spec.edition, province, options.component or OVERALL, given["field"])
    told = {name: given[name] for name in ("by", "reason", "source")}
    try:
        version = held.store.correct(*what, old, new, **told)
    except CorrectionError as fault:
        sentence = text(f"cli.refused_{fault.code}", language, held=figure_text(fault.held, language))
        raise StopError(NOTHING, sentence) from fault
    names = ("index", "edition", "province", "component", "field")
    record(held, told["by"], Action.CHANGE, "correct", **dict(zip(names, what, strict=True)))
    print_receipt(held, [version], before, language)
    return DONE


_CORRECTION = {
    **{name: name for name in ("index", "edition", "province", "field")},
    "from": "old",
    "to": "new",
    **{name: name for name in ("by", "reason", "source")},
}
"""Options of a correction that must be there, with their names in the namespace."""


def _figure(given: str, option: str, field: str, language: Language) -> float | int | None:
    """A figure as typed; "-" is a missing one."""
    number = read_number(given)
    if number.why == "missing":
        return None
    whole = number.value is not None and number.value.is_integer()
    if number.value is None or number.of is not None or number.percent or (field != "score" and not whole):
        raise WrongUseError(text("cli.bad_figure", language, option=option, value=given))
    return int(number.value) if field != "score" else number.value


def _out_of_bounds(
    held: Held, spec: EditionSpec, component: str, field: str, new: float | None, language: Language
) -> str:
    """Why a figure cannot be one of this component, or ""."""
    if field == "score":
        most = held.catalogue.scale_max(spec.index, component, spec.year)
        if new is None or most is None or 0 <= new <= most:
            return ""
        return text("history.out_of_scale", language, scale=figure_text(most, language))
    n = spec.n_ranked or spec.frame
    return "" if new is None or 1 <= new <= n else text("history.out_of_field", language, n=n)


def _content(options: argparse.Namespace, language: Language) -> int:
    held = opened(language)
    give(held.store.content(_known_version(held, options.version, language)), options.output, language)
    return DONE


def _known_version(held: Held, given: str, language: Language) -> int:
    plain = given.removeprefix("#")
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 19 else 0
    try:
        held.store.version_table(number)
    except UnknownVersionError as fault:
        raise StopError(NOTHING, text("cli.no_version", language, value=given)) from fault
    return number


COMMANDS: dict[str, Command] = {
    "history": _history,
    "difference": _difference,
    "restore": _restore,
    "withdraw": _withdraw,
    "correct": _correct,
    "content": _content,
}
