"""Commands for whoever runs the servers: everything a store holds into one file, and back."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from indices.cli_options import Command, needed
from indices.cli_terminal import DONE, NOTHING, WRONG, StopError, print_json, tell
from indices.i18n import Language, count, moment, text
from indices.settings import from_environment
from indices.store import BackupError, Manifest, Store, back_up, check_backup, restore_backup

_COUNTED = ("versions", "figures", "files", "audit")


def _back_up(options: argparse.Namespace, language: Language) -> int:
    file = Path(needed(options.output, "-o", language))
    settings = from_environment()
    if not settings.database_url and not (settings.store / "indices.sqlite").exists():
        raise StopError(NOTHING, text("backup.no_store", language, folder=settings.store))
    try:
        made = back_up(Store.open(settings.store, settings.database_url), file)
    except FileExistsError as fault:
        raise StopError(WRONG, text("backup.exists", language, file=file)) from fault
    except OSError as fault:
        slots = {"file": file, "reason": str(fault.strerror)}
        raise StopError(WRONG, text("cli.not_written", language, **slots)) from fault
    return _told("made", file, made, options, language)


def _bring_back(options: argparse.Namespace, language: Language) -> int:
    file, settings = Path(options.file), from_environment()
    try:
        if options.check:
            return _told("whole", file, check_backup(file), options, language)
        store = Store.open(settings.store, settings.database_url)
        return _told("brought_back", file, restore_backup(file, store), options, language)
    except BackupError as fault:
        sentence = text(f"backup.{fault.code}", language, file=file, where=fault.where)
        raise StopError(WRONG, sentence) from fault
    except OSError as fault:
        slots = {"file": file, "reason": str(fault.strerror)}
        raise StopError(WRONG, text("cli.not_read", language, **slots)) from fault


def _told(what: str, file: Path, backup: Manifest, options: argparse.Namespace, language: Language) -> int:
    """What was done, what the backup holds, and the hash by which two stores are compared."""
    if options.json:
        rows = {table.name: table.rows for table in backup.tables}
        facts = {"made_at": backup.made_at, "schema": backup.schema, "sha256": backup.sha256}
        print_json({"done": what, "file": str(file), **facts, "rows": rows})
        return DONE
    when = moment(datetime.fromisoformat(backup.made_at), language)
    held = {name: count(backup.rows(name), language) for name in _COUNTED}
    print(text(f"backup.{what}", language, file=file))
    print(text("backup.holds", language, when=when, **held))
    print(text("backup.hash", language, sha256=backup.sha256))
    if what == "made":
        tell(text("backup.keep_safe", language))
    return DONE


COMMANDS: dict[str, Command] = {"backup": _back_up, "restore_backup": _bring_back}
