"""The options of the command line, in the reader's language: argparse with our words around it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET
from indices.cli_access_options import add_access_commands
from indices.cli_answer_options import add_answer_commands
from indices.cli_backup_options import add_backup_commands
from indices.cli_export_options import add_export_commands
from indices.cli_upload_options import Add, add_upload_commands
from indices.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, as_language, text

FORMATS = ("csv", "json", "parquet", "xlsx")
Command = Callable[[argparse.Namespace, Language], int]
_NO_VALUE = re.compile(r"argument (?P<option>\S+): expected one argument")
_MISSING = re.compile(r"the following arguments are required: (?P<names>.+)")
_NO_COMMAND = re.compile(r".*invalid choice: '(?P<given>.*?)' \(")


class WrongUseError(Exception):
    """Options that make no sense, as a sentence."""


def language_of(given: Sequence[str]) -> Language:
    """The language asked for, wherever `--lang` stands: help and errors need it before parsing."""
    for option, value in zip(given, [*given, ""][1:], strict=True):
        name, joined, own = option.partition("=")
        if name == "--lang" and (language := as_language(own if joined else value)) is not None:
            return language
    return DEFAULT_LANGUAGE


def needed(given: str | None, option: str, language: Language) -> str:
    """The value of an option that must be there and say something. Raises WrongUseError."""
    if given is None or not given.strip():
        raise WrongUseError(text("cli.option_needed", language, option=option))
    return given.strip()


class _Parser(argparse.ArgumentParser):
    def __init__(self, language: Language, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self.language = language
        self._positionals.title = self.words("commands")
        self._optionals.title = self.words("options")
        self.add_argument("-h", "--help", action="help", help=self.words("help"))
        # Kept only where it was given, so that a command does not undo what stood before it.
        codes = "|".join(LANGUAGES)
        self.add_argument("--lang", metavar=codes, default=argparse.SUPPRESS, help=self.words("lang"))

    def words(self, key: str) -> str:
        return text(f"cli.help.{key}", self.language)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", self.words("usage"), 1)

    def error(self, message: str) -> NoReturn:
        """Say in our words what argparse found."""
        if found := _NO_VALUE.match(message):
            raise WrongUseError(text("cli.value_needed", self.language, option=found["option"]))
        if found := _NO_COMMAND.match(message):
            raise WrongUseError(text("cli.no_command", self.language, given=found["given"]))
        if found := _MISSING.match(message):
            raise WrongUseError(text("cli.option_needed", self.language, option=found["names"]))
        raise WrongUseError(text("cli.not_understood", self.language, given=message.partition(": ")[2]))


def parser(language: Language, commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The options of every command; `options.command` is what to run, None where nothing was asked."""

    def add(
        to: argparse._SubParsersAction[_Parser], name: str, command: Command | None, said: str = ""
    ) -> argparse.ArgumentParser:
        said = said or text(f"cli.help.{name}", language)
        added = to.add_parser(name, language=language, help=said, description=said)
        if command is not None:
            added.set_defaults(command=command)
        return added

    main = _Parser(language, prog="python -m indices")
    main.description, main.epilog = main.words("about"), main.words("codes")
    main.set_defaults(command=None, lang=None)
    names = main.add_subparsers(parser_class=_Parser, metavar=main.words("command"))

    editions = add(names, "editions", commands["editions"])
    editions.add_argument("--index", metavar="PCI", help=main.words("index"))
    editions.add_argument("--json", action="store_true", help=main.words("json"))

    table = add(names, "table", commands["table"])
    table.add_argument("--index", metavar="PCI", help=main.words("index"))
    table.add_argument("--edition", metavar="2019", help=main.words("edition"))
    table.add_argument("--format", metavar="|".join(FORMATS), default="csv", help=main.words("format"))
    table.add_argument("-o", "--output", metavar=main.words("file"), help=main.words("output"))

    status = add(names, "status", commands["status"])
    status.add_argument(
        "--province", metavar=f'"{FOCAL_PROVINCE}"', default=FOCAL_PROVINCE, help=main.words("province")
    )
    target = str(STANDING_TARGET)
    status.add_argument("--target", metavar=target, default=target, help=main.words("target"))
    status.add_argument("--json", action="store_true", help=main.words("json"))

    def further_command(name: str, command: str, said: str) -> argparse.ArgumentParser:
        made = add(names, name, commands[command], said)
        made._positionals.title = main.words("what")
        return made

    def commands_within(name: str, said: str) -> Add:
        inner = add(names, name, None, said).add_subparsers(
            parser_class=_Parser, metavar=main.words("command")
        )

        def further(own: str, command: str, told: str) -> argparse.ArgumentParser:
            made = add(inner, own, commands[command], told)
            made._positionals.title = main.words("what")
            return made

        return further

    add_answer_commands(further_command, main.words)
    add_export_commands(further_command, main.words)
    add_upload_commands(further_command, main.words)
    add_access_commands(further_command, commands_within, main.words)
    add_backup_commands(further_command, main.words)

    catalogue = add(names, "catalogue", None)
    add(
        catalogue.add_subparsers(parser_class=_Parser, metavar=main.words("command")),
        "check",
        commands["check"],
    )
    return main
