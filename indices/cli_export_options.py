"""The options of the commands that write briefings: deck, workbook, brief, chart."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET

Add = Callable[[str, str, str], argparse.ArgumentParser]
"""Makes a command of a name, the key of what it runs, and its sentence."""
Words = Callable[[str], str]


def add_export_commands(add: Add, words: Words) -> None:
    """Put the commands that write files for a meeting beside the others."""

    def command(name: str, said: str) -> argparse.ArgumentParser:
        made = add(name, name, said)
        made.add_argument("-o", "--output", metavar=words("file"), help=words("export_output"))
        made.add_argument(
            "--province", metavar=f'"{FOCAL_PROVINCE}"', default=FOCAL_PROVINCE, help=words("province")
        )
        target = str(STANDING_TARGET)
        made.add_argument("--target", metavar=target, default=target, help=words("target"))
        return made

    deck, workbook = command("deck", words("deck")), command("workbook", words("workbook"))
    brief = command("brief", words("brief"))
    for told in (deck, workbook, brief):
        told.add_argument("--indices", metavar="PCI,PAPI", help=words("indices"))
        told.add_argument("--year", metavar="2023", help=words("year"))
    for told in (deck, brief):
        told.add_argument("--sections", metavar="standing,indices", help=words("sections"))
    deck.add_argument("--master", metavar=words("file"), help=words("master"))

    chart = command("chart", words("chart"))
    chart.add_argument("--name", metavar="rank", help=words("chart_name"))
    chart.add_argument("--index", metavar="PCI", help=words("index"))
    chart.add_argument("--edition", metavar="2022", help=words("edition_newest"))
    chart.add_argument("--since", metavar="2021", help=words("since"))
    chart.add_argument("--format", metavar="png|svg", default="png", help=words("chart_format"))
    chart.add_argument("--size", metavar="slide|document|square", default="slide", help=words("chart_size"))
