"""The options of the commands that bring figures in, go through their history and take them back."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Add = Callable[[str, str, str], argparse.ArgumentParser]
"""Makes a command of a name, the key of what it runs, and its sentence."""
Words = Callable[[str], str]


def add_upload_commands(add: Add, words: Words) -> None:
    """Put the commands of uploads and history beside the others."""
    check = add("check", "check_file", words("check_file"))
    _file(check, words)
    _as_json(check, words)

    addition = add("add", "add", words("add"))
    _file(addition, words)
    _who(addition, words)
    addition.add_argument("--accept-warnings", action="store_true", help=words("accept_warnings"))
    _as_json(addition, words)

    template = add("template", "template", words("template"))
    _edition(template, words)
    template.add_argument("-o", "--output", metavar=words("file"), help=words("template_output"))

    history = add("history", "history", words("history"))
    _edition(history, words)
    _as_json(history, words)

    difference = add("difference", "difference", words("difference"))
    difference.add_argument("old", metavar=words("version_1"), help=words("older"))
    difference.add_argument("new", metavar=words("version_2"), help=words("newer"))
    _as_json(difference, words)

    for name, said in (("restore", words("restore")), ("withdraw", words("withdraw"))):
        command = add(name, name, said)
        _version(command, words)
        _who(command, words)

    correct = add("correct", "correct", words("correct"))
    _edition(correct, words)
    correct.add_argument("--province", metavar='"Bắc Giang"', help=words("province_any"))
    correct.add_argument("--component", metavar="overall", default="overall", help=words("component"))
    correct.add_argument("--field", metavar="score|rank", help=words("field"))
    # "from" is a word of Python's own.
    correct.add_argument("--from", dest="old", metavar="71,23", help=words("old"))
    correct.add_argument("--to", dest="new", metavar="71,32", help=words("new"))
    correct.add_argument("--source", metavar=words("text"), help=words("source"))
    _who(correct, words)

    content = add("content", "content", words("content"))
    _version(content, words)
    content.add_argument("-o", "--output", metavar=words("file"), help=words("output"))


def _file(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("file", metavar=words("file"), help=words("file_read"))
    command.add_argument("--index", metavar="PCI", help=words("index_said"))
    command.add_argument("--edition", metavar="2019", help=words("edition_said"))
    command.add_argument("--sheet", action="append", metavar=words("text"), help=words("sheet"))
    command.add_argument("--decimal", metavar=",|.", help=words("decimal"))
    command.add_argument("--column", action="append", metavar=words("column_role"), help=words("column"))
    command.add_argument("--source", metavar=words("text"), help=words("source"))


def _edition(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("--index", metavar="PCI", help=words("index"))
    command.add_argument("--edition", metavar="2019", help=words("edition"))


def _version(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("version", metavar=words("version"), help=words("version_number"))


def _who(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("--by", metavar=words("name"), help=words("by"))
    command.add_argument("--reason", metavar=words("text"), help=words("reason"))


def _as_json(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("--json", action="store_true", help=words("json"))
