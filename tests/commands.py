"""Commands run as at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indices.cli import main

Run = Callable[..., tuple[int, str, str]]


def runner(captured: Any) -> Run:
    """A function that runs a command: exit code, standard output, standard error (from `capfd`)."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        told = captured.readouterr()
        return code, told.out, told.err

    return command
